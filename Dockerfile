# The service on a Java 25 runtime, without the broker that `demo` and `cluster` start, and without build tools.
#
#   mvn -B -DskipTests package && docker build -t meninx .
#
# The base needs glibc and bash. A cluster and a registry are settings: /etc/meninx/meninx.yaml, or variables. State is in
# /var/lib/meninx, so mount a volume there; the root file system may be read-only, with a tmpfs on /tmp.
ARG BASE=eclipse-temurin:25-jre

FROM ${BASE} AS prepared
COPY target/image/ /opt/meninx/
COPY src/image/meninx src/image/healthcheck /opt/meninx/bin/
COPY src/image/prepare /whole/
COPY target/meninx.jar /whole/
COPY target/lib/ /whole/lib/
RUN /whole/prepare /whole

FROM ${BASE}
ARG VERSION=0.1.0-SNAPSHOT
ARG REVISION=unknown
ARG CREATED=1970-01-01T00:00:00Z
ARG BASE
LABEL org.opencontainers.image.title="Meninx" \
      org.opencontainers.image.description="Follows the guideline pathway of patients with leptomeningeal metastases as their results arrive" \
      org.opencontainers.image.licenses="Apache-2.0" \
      org.opencontainers.image.version="${VERSION}" \
      org.opencontainers.image.revision="${REVISION}" \
      org.opencontainers.image.created="${CREATED}" \
      org.opencontainers.image.base.name="${BASE}"
COPY --from=prepared /opt/meninx/ /opt/meninx/
COPY LICENSE NOTICE topology-docs/licences.md /opt/meninx/licences/
COPY src/image/meninx.yaml /etc/meninx/meninx.yaml
RUN mkdir -p /var/lib/meninx && chown 10001:10001 /var/lib/meninx
# A number: Kubernetes can then see that it is not root.
USER 10001:10001
WORKDIR /var/lib/meninx
# What RocksDB frees is used again, and does not stay behind in an arena for each thread.
ENV MALLOC_ARENA_MAX=2
EXPOSE 8080
STOPSIGNAL SIGTERM
# Whether it must be started anew. An instance that restores its state is healthy, and not ready.
HEALTHCHECK --interval=10s --timeout=6s --start-period=60s --retries=3 CMD ["/opt/meninx/bin/healthcheck", "live"]
ENTRYPOINT ["/opt/meninx/bin/meninx"]
CMD ["run", "--config", "/etc/meninx/meninx.yaml"]
