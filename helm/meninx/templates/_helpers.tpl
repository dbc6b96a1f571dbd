{{/* At most 40 characters, and "meninx" is always among them: alert rules look for it in the job, which is this name. */}}
{{- define "meninx.name" -}}
{{- if contains .Chart.Name (trunc 40 .Release.Name) }}{{ .Release.Name | trunc 40 | trimSuffix "-" }}{{ else }}{{ printf "%s-%s" (.Release.Name | trunc (int (sub 39 (len .Chart.Name))) | trimSuffix "-") .Chart.Name }}{{ end -}}
{{- end }}

{{- define "meninx.selector" -}}
app.kubernetes.io/name: {{ .Chart.Name }}
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end }}

{{- define "meninx.labels" -}}
{{ include "meninx.selector" . }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version }}
{{- end }}

{{- define "meninx.image" -}}
{{- with .Values.image -}}
{{- if .digest }}{{ printf "%s@%s" .repository .digest }}{{ else }}{{ printf "%s:%s" .repository (.tag | default $.Chart.AppVersion) }}{{ end -}}
{{- end -}}
{{- end }}

{{- define "meninx.serviceAccount" -}}
{{- .Values.serviceAccount.name | default (include "meninx.name" .) -}}
{{- end }}

{{/* What the schema cannot say: values that need each other. Each message says what to do. */}}
{{- define "meninx.check" -}}
{{- $security := .Values.kafka.security -}}
{{- if not .Values.kafka.bootstrapServers }}{{ fail "kafka.bootstrapServers is needed: --set 'kafka.bootstrapServers={broker-1.example.org:9092}'" }}{{ end -}}
{{- if not .Values.schemaRegistry.url }}{{ fail "schemaRegistry.url is needed: --set schemaRegistry.url=https://registry.example.org:8081" }}{{ end -}}
{{- range .Values.kafka.bootstrapServers }}{{ if not (regexMatch "^[^\\s,:/@]+:[0-9]{1,5}$" .) }}{{ fail (printf "kafka.bootstrapServers: %s is not HOST:PORT, such as broker-1.example.org:9092" (quote .)) }}{{ end }}{{ end -}}
{{- range splitList "," .Values.schemaRegistry.url }}{{ if not (regexMatch "^https?://[^\\s@]+$" .) }}{{ fail (printf "schemaRegistry.url: %s is no address: begin it with https:// or http://, and keep user and password in schemaRegistry.userInfo" (quote .)) }}{{ end }}{{ end -}}
{{- if and (eq .Values.image.tag "latest") (not .Values.image.digest) }}{{ fail "image.tag is latest, which is another program tomorrow: set image.tag to a version, or image.digest" }}{{ end -}}
{{- if le (int .Values.replicas) (int .Values.standbyReplicas) }}{{ fail (printf "replicas is %d, which is too few for standbyReplicas %d: set replicas to %d or more, or standbyReplicas to %d" (int .Values.replicas) (int .Values.standbyReplicas) (add .Values.standbyReplicas 1) (sub .Values.replicas 1)) }}{{ end -}}
{{- if gt (int .Values.replicas) (int .Values.topics.partitions) }}{{ fail (printf "replicas is %d, but there are %d partitions to share (topics.partitions): the rest would do nothing" (int .Values.replicas) (int .Values.topics.partitions)) }}{{ end -}}
{{- if gt (int .Values.topics.minInSyncReplicas) (int .Values.topics.replicationFactor) }}{{ fail (printf "topics.minInSyncReplicas is %d, more than topics.replicationFactor, %d: nothing could be written" (int .Values.topics.minInSyncReplicas) (int .Values.topics.replicationFactor)) }}{{ end -}}
{{- if and (hasPrefix "SASL" $security.protocol) (not $security.jaasConfig.secretName) }}{{ fail (printf "kafka.security.protocol is %s: name the Secret with sasl.jaas.config in kafka.security.jaasConfig.secretName" $security.protocol) }}{{ end -}}
{{- if and (not (hasPrefix "SASL" $security.protocol)) $security.jaasConfig.secretName }}{{ fail (printf "kafka.security.jaasConfig is set, but kafka.security.protocol is %s: set it to SASL_SSL" $security.protocol) }}{{ end -}}
{{- if and (not (hasSuffix "SSL" $security.protocol)) (or $security.trustStore.secretName $security.keyStore.secretName) }}{{ fail (printf "kafka.security.trustStore or keyStore is set, but kafka.security.protocol is %s: set it to SSL or SASL_SSL" $security.protocol) }}{{ end -}}
{{- if and .Values.schemaRegistry.userInfo.secretName .Values.schemaRegistry.bearerToken.secretName }}{{ fail "schemaRegistry has both userInfo and bearerToken: keep one" }}{{ end -}}
{{- range $path := list "instance" "stateDir" "http.host" "http.port" "http.api" "http.plaintext" "http.jwks" "http.tlsKeyStore" "stream.standbyReplicas" "topics.prefix" "topics.partitions" "topics.replicationFactor" "topics.minInSyncReplicas" "kafka.bootstrapServers" }}
{{- $parts := splitList "." $path }}
{{- $section := ternary (get $.Values.settings (first $parts)) $.Values.settings (gt (len $parts) 1) }}
{{- if and (kindIs "map" $section) (hasKey $section (last $parts)) }}{{ fail (printf "settings.%s: the chart writes this setting itself; %s" $path (ternary "leave it out" (printf "use its value %s" (ternary "standbyReplicas" $path (eq $path "stream.standbyReplicas"))) (has $path (list "instance" "stateDir" "http.host" "http.tlsKeyStore")))) }}{{ end -}}
{{- end -}}
{{- with .Values.http -}}
{{- if and .jwks.url .jwks.secretName }}{{ fail "http.jwks has both url and secretName: keep one" }}{{ end -}}
{{- $jwks := or .jwks.url .jwks.secretName -}}
{{- if and .api (not (and $jwks .issuer .audience)) }}{{ fail "http.api is true, so callers need tokens: set http.jwks.url (or http.jwks.secretName), http.issuer and http.audience" }}{{ end -}}
{{- if and .api (not .tls.secretName) (not .plaintext) }}{{ fail "http.api is true, so TLS is needed: set http.tls.secretName, or http.plaintext=true when TLS ends in front of the pods" }}{{ end -}}
{{- if and (or $jwks .issuer .audience) (not (and $jwks .issuer .audience)) }}{{ fail "http.jwks, http.issuer and http.audience go together: set all three or none" }}{{ end -}}
{{- end -}}
{{- end }}

{{/* Secrets that are named, each as a file below /run/secrets/meninx: a list of {secret, key, file}. */}}
{{- define "meninx.secrets" -}}
{{- $security := .Values.kafka.security -}}
{{- $registry := .Values.schemaRegistry -}}
{{- $http := .Values.http -}}
{{- $files := list
  (dict "of" $security.jaasConfig "key" $security.jaasConfig.key "file" "kafka-jaas")
  (dict "of" $security.trustStore "key" $security.trustStore.key "file" "kafka-ca.pem")
  (dict "of" $security.keyStore "key" $security.keyStore.key "file" "kafka-client.pem")
  (dict "of" $registry.userInfo "key" $registry.userInfo.key "file" "registry-user")
  (dict "of" $registry.bearerToken "key" $registry.bearerToken.key "file" "registry-token")
  (dict "of" $registry.trustStore "key" $registry.trustStore.key "file" "registry-ca.pem")
  (dict "of" $registry.keyStore "key" $registry.keyStore.key "file" "registry-client.pem")
  (dict "of" $http.tls "key" $http.tls.key "file" "http-keystore")
  (dict "of" $http.tls "key" $http.tls.passwordKey "file" "http-keystore-password")
  (dict "of" $http.jwks "key" $http.jwks.key "file" "http-jwks.json")
  (dict "of" $http.accessLogKey "key" $http.accessLogKey.key "file" "http-access-log-key")
-}}
{{- range $files }}
{{- if .of.secretName }}
- secret:
    name: {{ .of.secretName }}
    items:
      - key: {{ .key }}
        path: {{ .file }}
{{- end }}
{{- end }}
{{- end }}

{{- define "meninx.tls" -}}
{{- if .trustStore }}
ssl.truststore.type: PEM
ssl.truststore.location: /run/secrets/meninx/{{ .name }}-ca.pem
{{- end }}
{{- if .keyStore }}
ssl.keystore.type: PEM
ssl.keystore.location: /run/secrets/meninx/{{ .name }}-client.pem
{{- end }}
{{- end }}

{{/* The settings of the service, as topology-docs/settings.md has them. */}}
{{- define "meninx.ownSettings" -}}
kafka:
  bootstrapServers: {{ .Values.kafka.bootstrapServers | toJson }}
  {{- with .Values.kafka.security }}
  common:
    security.protocol: {{ .protocol }}
    {{- if hasPrefix "SASL" .protocol }}
    sasl.mechanism: {{ .saslMechanism }}
    sasl.jaas.config: file:/run/secrets/meninx/kafka-jaas
    {{- end }}
    {{- include "meninx.tls" (dict "trustStore" .trustStore.secretName "keyStore" .keyStore.secretName "name" "kafka") | nindent 4 }}
  {{- end }}
schemaRegistry:
  {{- with .Values.schemaRegistry }}
  url: {{ .url | quote }}
  {{- if .userInfo.secretName }}
  basic.auth.credentials.source: USER_INFO
  basic.auth.user.info: file:/run/secrets/meninx/registry-user
  {{- end }}
  {{- if .bearerToken.secretName }}
  bearer.auth.token: file:/run/secrets/meninx/registry-token
  {{- end }}
  {{- include "meninx.tls" (dict "trustStore" .trustStore.secretName "keyStore" .keyStore.secretName "name" "registry") | nindent 2 }}
  {{- end }}
# Not the volume itself: file systems put files of their own there.
stateDir: /var/lib/meninx/state
stream:
  standbyReplicas: {{ .Values.standbyReplicas }}
topics:
  prefix: {{ .Values.topics.prefix | quote }}
  partitions: {{ .Values.topics.partitions }}
  replicationFactor: {{ .Values.topics.replicationFactor }}
  minInSyncReplicas: {{ .Values.topics.minInSyncReplicas }}
http:
  host: 0.0.0.0
  {{- with .Values.http }}
  port: {{ .port }}
  api: {{ .api }}
  plaintext: {{ .plaintext }}
  {{- if .tls.secretName }}
  tlsKeyStore: /run/secrets/meninx/http-keystore
  tlsKeyStorePassword: file:/run/secrets/meninx/http-keystore-password
  {{- end }}
  {{- if or .jwks.url .jwks.secretName }}
  jwks: {{ .jwks.url | default "/run/secrets/meninx/http-jwks.json" | quote }}
  issuer: {{ .issuer | quote }}
  audience: {{ .audience | quote }}
  rolesClaim: {{ .rolesClaim | quote }}
  {{- end }}
  {{- if .accessLogKey.secretName }}
  accessLogKey: file:/run/secrets/meninx/http-access-log-key
  {{- end }}
  {{- end }}
{{- end }}

{{- define "meninx.settings" -}}
{{- mergeOverwrite (include "meninx.ownSettings" . | fromYaml) (deepCopy .Values.settings) | toYaml -}}
{{- end }}

{{/* Of the instances and of the job alike. */}}
{{- define "meninx.podSecurity" -}}
automountServiceAccountToken: false
# Variables of other services are nothing to this one.
enableServiceLinks: false
securityContext:
  runAsNonRoot: true
  runAsUser: 10001
  runAsGroup: 10001
  fsGroup: 10001
  fsGroupChangePolicy: OnRootMismatch
  seccompProfile:
    type: RuntimeDefault
{{- with .Values.imagePullSecrets }}
imagePullSecrets:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- end }}

{{- define "meninx.containerSecurity" -}}
allowPrivilegeEscalation: false
privileged: false
readOnlyRootFilesystem: true
runAsNonRoot: true
capabilities:
  drop: [ALL]
{{- end }}

{{- define "meninx.env" -}}
{{- if or .Values.extraEnv .Values.javaOptions }}
env:
  {{- with .Values.javaOptions }}
  - name: MENINX_JAVA_OPTS
    value: {{ . | quote }}
  {{- end }}
  {{- with .Values.extraEnv }}
  {{- toYaml . | nindent 2 }}
  {{- end }}
{{- end }}
{{- end }}

{{- define "meninx.mounts" -}}
- name: settings
  mountPath: /etc/meninx
  readOnly: true
- name: tmp
  mountPath: /tmp
{{- if include "meninx.secrets" . }}
- name: secrets
  mountPath: /run/secrets/meninx
  readOnly: true
{{- end }}
{{- end }}

{{- define "meninx.volumes" -}}
- name: tmp
  emptyDir:
    medium: Memory
    sizeLimit: 64Mi
{{- with include "meninx.secrets" . }}
- name: secrets
  projected:
    defaultMode: 0440
    sources:
      {{- . | nindent 6 }}
{{- end }}
{{- end }}

{{/* Ports of addresses HOST:PORT, or URLs, parted by commas; those that a URL's scheme means. */}}
{{- define "meninx.ports" -}}
{{- range . }}
{{- range splitList "," . }}
{{- if . }}
{{- $address := regexReplaceAll "^([a-z]+://[^/]*).*$" . "${1}" }}
{{- if regexMatch ":[0-9]+$" $address }}
- {{ regexFind "[0-9]+$" $address }}
{{- else if hasPrefix "https:" $address }}
- 443
{{- else }}
- 80
{{- end }}
{{- end }}
{{- end }}
{{- end }}
{{- end }}
