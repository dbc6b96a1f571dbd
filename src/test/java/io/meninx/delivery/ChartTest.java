package io.meninx.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.openshift.api.model.monitoring.v1.PrometheusRule;
import io.fabric8.openshift.api.model.monitoring.v1.ServiceMonitor;
import io.meninx.service.settings.ServiceSettings;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The Helm chart: rendered with several files of values, each manifest checked. */
class ChartTest {
  private static final Path MINIMAL = values("minimal");
  private static final Path PRODUCTION = values("production");
  private static final Path HIGHLY_AVAILABLE = values("ha");
  private static final String LABEL = "(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?";
  private static final String SECRETS = "/run/secrets/meninx";

  /** What Kubernetes and the Prometheus operator know, by apiVersion and kind. */
  private static final Map<String, Class<?>> KINDS =
      Map.of(
          "v1 ConfigMap", ConfigMap.class,
          "v1 Service", Service.class,
          "v1 ServiceAccount", ServiceAccount.class,
          "apps/v1 StatefulSet", StatefulSet.class,
          "batch/v1 Job", Job.class,
          "policy/v1 PodDisruptionBudget", PodDisruptionBudget.class,
          "networking.k8s.io/v1 NetworkPolicy", NetworkPolicy.class,
          "monitoring.coreos.com/v1 ServiceMonitor", ServiceMonitor.class,
          "monitoring.coreos.com/v1 PrometheusRule", PrometheusRule.class);

  @TempDir private static Path copy;
  @TempDir private Path secrets;
  private static Chart chart = Chart.delivered();

  @BeforeAll
  static void showHooks() throws IOException {
    chart = Chart.withHooksShown(copy);
  }

  private static Path values(String name) {
    return Chart.DIRECTORY.resolve("ci").resolve(name + "-values.yaml");
  }

  static List<Path> files() {
    return List.of(MINIMAL, PRODUCTION, HIGHLY_AVAILABLE);
  }

  @Test
  void lintFindsNothing() {
    var result = Chart.delivered().helm().lint().strict().call();

    assertThat(result.isFailed()).as("%s", result.getMessages()).isFalse();
  }

  @Test
  void everyFileOfValuesIsTested() throws IOException {
    try (Stream<Path> there = Files.list(Chart.DIRECTORY.resolve("ci"))) {
      assertThat(there).containsExactlyInAnyOrderElementsOf(files());
    }
  }

  @ParameterizedTest
  @MethodSource("files")
  void everyManifestHasTheFieldsOfItsKindAndNoOthers(Path values) throws IOException {
    List<JsonNode> manifests = chart.render(values, Map.of());

    assertThat(manifests).hasSizeGreaterThan(6);
    for (JsonNode manifest : manifests) {
      String kind = manifest.path("apiVersion").asText() + " " + manifest.path("kind").asText();
      Class<?> type =
          Optional.<Class<?>>ofNullable(KINDS.get(kind))
              .orElseThrow(() -> new AssertionError("an unknown kind: " + kind));
      assertThat(Chart.as(manifest, type)).as(kind).isNotNull();
      assertThat(manifest.at("/metadata/name").asText()).matches("r1-meninx(-[a-z]+)?");
      assertThat(manifest.at("/metadata/labels/app.kubernetes.io~1name").asText())
          .isEqualTo("meninx");
      manifest
          .at("/metadata/labels")
          .forEach(label -> assertThat(label.asText()).matches(LABEL).hasSizeLessThan(64));
    }
  }

  /** The job of Prometheus is named so, and rules look for meninx in it. */
  @ParameterizedTest
  @CsvSource({
    "r1, r1-meninx",
    "meninx, meninx",
    "lm-meninx-of-the-clinic-for-neuro-oncology-ward-7, lm-meninx-of-the-clinic-for-neuro-oncolo",
    "clinic-for-neuro-oncology-and-radiotherapy-ward-7, clinic-for-neuro-oncology-and-rad-meninx",
    "clinic-for-neuro-oncology-and-radio-meninx-ward-7, clinic-for-neuro-oncology-and-rad-meninx",
    "clinic-for-neuro-oncology-and-ra-radiotherapy-w-7, clinic-for-neuro-oncology-and-ra-meninx"
  })
  void theNameKeepsMeninxHoweverLongThatOfTheReleaseIs(String release, String name)
      throws IOException {
    assertThat(chart.render(release, MINIMAL, Map.of()))
        .filteredOn(manifest -> manifest.path("kind").asText().equals("StatefulSet"))
        .extracting(manifest -> manifest.at("/metadata/name").asText())
        .containsExactly(name);
  }

  @Test
  void aFieldThatKubernetesDoesNotKnowIsFound() throws IOException {
    JsonNode wrong =
        Chart.yaml(
            """
            apiVersion: apps/v1
            kind: StatefulSet
            spec: {template: {spec: {containers: [{name: a, readinessprobe: {}}]}}}
            """);

    assertThatThrownBy(() -> Chart.as(wrong, StatefulSet.class))
        .isInstanceOf(UnrecognizedPropertyException.class)
        .hasMessageContaining("readinessprobe");
  }

  @Test
  void whatIsOptionalIsThereWhenAskedFor() throws IOException {
    assertThat(kinds(MINIMAL)).doesNotContain("PodDisruptionBudget", "ServiceMonitor");
    assertThat(kinds(PRODUCTION))
        .contains(
            "StatefulSet",
            "Job",
            "PodDisruptionBudget",
            "NetworkPolicy",
            "ServiceAccount",
            "ServiceMonitor",
            "PrometheusRule");
    assertThat(kinds(HIGHLY_AVAILABLE)).doesNotContain("ServiceAccount");
  }

  private static List<String> kinds(Path values) throws IOException {
    return chart.render(values, Map.of()).stream().map(one -> one.get("kind").asText()).toList();
  }

  @ParameterizedTest
  @MethodSource("files")
  void podsRunAsNobodyAndMayDoNothing(Path values) throws IOException {
    for (JsonNode pod : pods(values)) {
      assertThat(pod.path("automountServiceAccountToken").asBoolean(true)).isFalse();
      assertThat(pod.path("enableServiceLinks").asBoolean(true)).isFalse();
      assertThat(pod.path("hostNetwork").isMissingNode()).isTrue();
      JsonNode security = pod.get("securityContext");
      assertThat(security.get("runAsNonRoot").asBoolean()).isTrue();
      assertThat(security.get("runAsUser").asInt()).isPositive();
      assertThat(security.at("/seccompProfile/type").asText()).isEqualTo("RuntimeDefault");
      for (JsonNode volume : pod.get("volumes")) {
        assertThat(volume.has("hostPath")).isFalse();
      }
      for (JsonNode container : pod.get("containers")) {
        JsonNode own = container.get("securityContext");
        assertThat(own.get("allowPrivilegeEscalation").asBoolean(true)).isFalse();
        assertThat(own.get("readOnlyRootFilesystem").asBoolean(false)).isTrue();
        assertThat(own.get("privileged").asBoolean(true)).isFalse();
        assertThat(own.at("/capabilities/drop").toString()).isEqualTo("[\"ALL\"]");
      }
    }
  }

  @ParameterizedTest
  @MethodSource("files")
  void imagesAreNamedWithAVersionAndContainersHaveLimits(Path values) throws IOException {
    for (JsonNode pod : pods(values)) {
      for (JsonNode container : pod.get("containers")) {
        assertThat(container.get("image").asText())
            .matches(".+(:[^/]+|@sha256:[0-9a-f]{64})")
            .doesNotEndWith(":latest");
        for (String amount : List.of("/requests/cpu", "/requests/memory", "/limits/memory")) {
          assertThat(container.get("resources").at(amount).asText()).as(amount).isNotEmpty();
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("files")
  void theServiceHasEveryProbeAndTimeToRestoreAndToStop(Path values) throws IOException {
    JsonNode pod = stateful(values).at("/spec/template/spec");
    JsonNode container = pod.get("containers").get(0);
    for (String probe : List.of("startupProbe", "livenessProbe", "readinessProbe")) {
      assertThat(container.at("/" + probe + "/httpGet/port").asText()).isEqualTo("http");
      assertThat(container.at("/" + probe + "/httpGet/path").asText()).startsWith("/health/");
    }
    Duration budget =
        Duration.ofSeconds(
            container.at("/startupProbe/failureThreshold").asLong()
                * container.at("/startupProbe/periodSeconds").asLong());
    assertThat(budget).isEqualTo(Duration.ofMinutes(30));
    assertThat(pod.get("terminationGracePeriodSeconds").asInt()).isGreaterThan(10);
  }

  @ParameterizedTest
  @MethodSource("files")
  void whatPointsAtSomethingFindsIt(Path values) throws IOException {
    List<JsonNode> manifests = chart.render(values, Map.of());
    JsonNode set = stateful(values);
    Map<String, String> pod = labels(set.at("/spec/template/metadata/labels"));
    assertThat(pod).containsAllEntriesOf(labels(set.at("/spec/selector/matchLabels")));
    assertThat(services(manifests))
        .containsKey(set.at("/spec/serviceName").asText())
        .allSatisfy(
            (name, service) ->
                assertThat(pod).containsAllEntriesOf(labels(service.at("/spec/selector"))));
    JsonNode governing = find(manifests, "Service", set.at("/spec/serviceName").asText());
    assertThat(governing.at("/spec/clusterIP").asText()).isEqualTo("None");
    for (JsonNode one : manifests) {
      switch (one.get("kind").asText()) {
        case "PodDisruptionBudget" ->
            assertThat(pod).containsAllEntriesOf(labels(one.at("/spec/selector/matchLabels")));
        case "NetworkPolicy" ->
            assertThat(pod).containsAllEntriesOf(labels(one.at("/spec/podSelector/matchLabels")));
        case "ServiceMonitor" ->
            assertThat(services(manifests).values())
                .filteredOn(
                    service ->
                        labels(service.at("/metadata/labels"))
                            .entrySet()
                            .containsAll(labels(one.at("/spec/selector/matchLabels")).entrySet()))
                .hasSize(1);
        default -> {}
      }
    }
    for (JsonNode spec : pods(values)) {
      Set<String> volumes = names(spec.get("volumes"));
      for (JsonNode mount : spec.get("containers").get(0).get("volumeMounts")) {
        assertThat(mount.get("name").asText())
            .matches(name -> name.equals("state") || volumes.contains(name));
      }
      for (JsonNode volume : spec.get("volumes")) {
        if (volume.has("configMap")) {
          assertThat(configs(manifests)).containsKey(volume.at("/configMap/name").asText());
        }
      }
    }
    assertThat(names(set.at("/spec/volumeClaimTemplates"), "/metadata/name"))
        .containsExactly("state");
  }

  @ParameterizedTest
  @MethodSource("files")
  void theServiceTakesItsSettings(Path values) throws IOException {
    JsonNode set = stateful(values);
    JsonNode container = set.at("/spec/template/spec/containers/0");
    List<JsonNode> manifests = chart.render(values, Map.of());
    Map<String, String> environment = new HashMap<>(Map.of("HOSTNAME", "r1-meninx-0"));
    container
        .path("env")
        .forEach(one -> environment.put(one.get("name").asText(), one.get("value").asText()));
    Set<String> mounted = makeSecrets(set.at("/spec/template/spec/volumes"));

    for (String name : List.of("r1-meninx", "r1-meninx-topics")) {
      String text = config(manifests, name).at("/data/meninx.yaml").asText();
      assertThat(mounted).containsAll(secretsNamedIn(text));
      Path file =
          Files.writeString(
              secrets.resolve("meninx.yaml"), text.replace(SECRETS, secrets.toString()));

      ServiceSettings settings = ServiceSettings.load(file, environment);

      assertThat(settings.instance()).isEqualTo("r1-meninx-0");
      assertThat(settings.stateDir().toString())
          .startsWith(mountOf("state", container.get("volumeMounts")) + "/");
      assertThat(settings.http().port()).isEqualTo(container.at("/ports/0/containerPort").asInt());
      assertThat(settings.http().onLoopback()).as("nobody would reach it").isFalse();
      assertThat(settings.http().tls().isPresent())
          .isEqualTo(container.at("/livenessProbe/httpGet/scheme").asText().equals("HTTPS"));
      assertThat(settings.stream().standbyReplicas()).isLessThan(set.at("/spec/replicas").asInt());
      assertThat(settings.warnings()).isEmpty();
    }
  }

  /** What does not stop the instances must not stop an upgrade. */
  @Test
  void theJobFailsOnWhatIsEssentialOnly() throws IOException {
    assertThat(
            find(chart.render(PRODUCTION, Map.of()), "Job")
                .at("/spec/template/spec/containers/0/args"))
        .extracting(JsonNode::asText)
        .contains("--create", "--essential");
  }

  @Test
  void theJobAndTheServiceHaveTheSameSettings() throws IOException {
    List<JsonNode> manifests = chart.render(PRODUCTION, Map.of());

    assertThat(config(manifests, "r1-meninx").get("data"))
        .isEqualTo(config(manifests, "r1-meninx-topics").get("data"));
  }

  /** A heap for the instances is more than all the memory that the job may have. */
  @Test
  void theJobHasTheVariablesOfTheInstancesButNotTheirHeap() throws IOException {
    Map<String, String> more = Map.of("javaOptions", "-Xms2g");
    String environment = "/spec/template/spec/containers/0/env";
    for (Path values : files()) {
      List<JsonNode> manifests = chart.render(values, more);

      assertThat(find(manifests, "StatefulSet").at(environment).toString()).contains("-Xms2g");
      assertThat(find(manifests, "Job").at(environment).toString()).doesNotContain("JAVA_OPTS");
    }
    assertThat(find(chart.render(HIGHLY_AVAILABLE, more), "Job").at(environment).toString())
        .contains("MENINX_LOG_LEVEL");
  }

  @Test
  void furtherSettingsGetIntoThose() throws IOException {
    String text =
        config(chart.render(PRODUCTION, Map.of()), "r1-meninx").at("/data/meninx.yaml").asText();

    JsonNode settings = Chart.yaml(text);
    assertThat(settings.get("guideline").asText()).isEqualTo("lm-nsclc-strict");
    assertThat(settings.at("/stream/threads").asInt()).isEqualTo(4);
    assertThat(settings.at("/stream/standbyReplicas").asInt()).isEqualTo(1);
    assertThat(settings.at("/topics/journalRetention").asText()).isEqualTo("3650d");
  }

  @Test
  void otherSettingsMakeOtherPods() throws IOException {
    String path = "/spec/template/metadata/annotations/meninx~1settings";

    assertThat(stateful(MINIMAL).at(path).asText()).hasSize(64);
    assertThat(
            find(chart.render(MINIMAL, Map.of("settings.stream.threads", "3")), "StatefulSet")
                .at(path))
        .isNotEqualTo(stateful(MINIMAL).at(path));
  }

  @Test
  void instancesKeepApartAndTheirNetworkIsNarrow() throws IOException {
    JsonNode pod = stateful(HIGHLY_AVAILABLE).at("/spec/template/spec");
    assertThat(pod.at("/affinity/podAntiAffinity").toString())
        .contains("requiredDuringScheduling", "kubernetes.io/hostname");
    assertThat(pod.at("/topologySpreadConstraints/0/topologyKey").asText())
        .isEqualTo("topology.kubernetes.io/zone");
    assertThat(stateful(PRODUCTION).at("/spec/template/spec/affinity/podAntiAffinity").toString())
        .contains("preferredDuringScheduling");

    JsonNode policy = find(chart.render(HIGHLY_AVAILABLE, Map.of()), "NetworkPolicy");
    assertThat(policy.at("/spec/egress/1/ports").toString())
        .isEqualTo("[{\"port\":9093},{\"port\":443},{\"port\":9094}]");
    assertThat(policy.at("/spec/ingress/0/from/0/podSelector/matchLabels/app").asText())
        .isEqualTo("gateway");
  }

  @Test
  void rulesAndDashboardsAreThoseOfTheFiles() throws IOException {
    List<JsonNode> manifests = chart.render(PRODUCTION, Map.of());
    JsonNode rules =
        Chart.yaml(Files.readString(Chart.DIRECTORY.resolve("rules/meninx.rules.yaml")));

    assertThat(find(manifests, "PrometheusRule").get("spec")).isEqualTo(rules);
    JsonNode dashboards = config(manifests, "r1-meninx-dashboards").get("data");
    try (Stream<Path> files = Files.list(Chart.DIRECTORY.resolve("dashboards"))) {
      for (Path file : files.toList()) {
        assertThat(dashboards.get(file.getFileName().toString()).asText().strip())
            .isEqualTo(Files.readString(file).strip());
      }
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          kafka.bootstrapServers[0]=kafka | "kafka" is not HOST:PORT, such as broker-1.example.org:9092
          schemaRegistry.url= | schemaRegistry.url is needed: --set schemaRegistry.url=https://
          schemaRegistry.url=registry:8081 | begin it with https:// or http://
          image.tag=latest | set image.tag to a version, or image.digest
          replicas=0 | '/replicas': minimum: got 0, want 1
          standbyReplicas=1 | set replicas to 2 or more, or standbyReplicas to 0
          replicas=5 | there are 4 partitions to share (topics.partitions)
          replica=2 | additional properties 'replica' not allowed
          topics.minInSyncReplicas=2 | more than topics.replicationFactor, 1
          topics.job=delete | must be one of 'create', 'check', 'none'
          kafka.security.protocol=TLS | must be one of 'PLAINTEXT', 'SSL', 'SASL_PLAINTEXT', 'SASL_SSL'
          kafka.security.protocol=SASL_SSL | name the Secret with sasl.jaas.config in kafka.security.jaasConfig.secretName
          kafka.security.jaasConfig.secretName=a | set it to SASL_SSL
          kafka.security.trustStore.secretName=a | set it to SSL or SASL_SSL
          http.api=true | set http.jwks.url (or http.jwks.secretName), http.issuer and http.audience
          http.issuer=a | set all three or none
          http.port=80 | '/http/port': minimum
          settings.http.port=9 | settings.http.port: the chart writes this setting itself; use its value http.port
          settings.instance=a | settings.instance: the chart writes this setting itself; leave it out
          terminationGracePeriodSeconds=5 | '/terminationGracePeriodSeconds': minimum
          resources.limits=null | '/resources': missing property 'limits'
          persistence.accessModes[0]=ReadWriteMany | must be one of 'ReadWriteOnce', 'ReadWriteOncePod'
          """)
  void aWrongValueIsToldWithWhatToDo(String set, String told) {
    int equals = set.indexOf('=');
    Map<String, String> more = Map.of(set.substring(0, equals), set.substring(equals + 1));

    assertThatThrownBy(() -> chart.render(MINIMAL, more)).hasMessageContaining(told);
  }

  @Test
  void tlsIsAskedForWhereTheInterfaceIsOn() {
    Map<String, String> more =
        Map.of(
            "http.api",
            "true",
            "http.jwks.url",
            "https://a.example",
            "http.issuer",
            "a",
            "http.audience",
            "b");

    assertThatThrownBy(() -> chart.render(MINIMAL, more))
        .hasMessageContaining("set http.tls.secretName, or http.plaintext=true");
  }

  @Test
  void theNotesTellWhatIsOnAndWhatIsMissing() {
    assertThat(chart.notes(PRODUCTION))
        .contains("3 instances of Meninx for 12 partitions", "https://localhost:8080/")
        .contains("logs job/r1-meninx-topics")
        .doesNotContain("Not for patients", "<no value>");
    assertThat(chart.notes(MINIMAL))
        .contains("1 instance of Meninx for 4 partitions", "Only health and metrics are answered")
        .contains("Not for patients: set kafka.security");
  }

  /** Chart, image and program are built from one commit. */
  @Test
  void theVersionIsThatOfTheProgram() throws IOException {
    Properties program = new Properties();
    try (Reader in =
        Files.newBufferedReader(Path.of("target/classes/io/meninx/version.properties"))) {
      program.load(in);
    }
    String version = program.getProperty("version");

    JsonNode about = Chart.yaml(Files.readString(Chart.DIRECTORY.resolve("Chart.yaml")));
    assertThat(about.get("appVersion").asText()).isEqualTo(version);
    assertThat(Path.of("Dockerfile")).content().contains("ARG VERSION=" + version + "\n");
  }

  /** A file for each that the pod has, below the directory that stands for the mount. */
  private Set<String> makeSecrets(JsonNode volumes) throws IOException {
    List<String> paths = new ArrayList<>();
    for (JsonNode volume : volumes) {
      for (JsonNode source : volume.at("/projected/sources")) {
        for (JsonNode item : source.at("/secret/items")) {
          String path = item.get("path").asText();
          Files.writeString(secrets.resolve(path), "a:secret");
          paths.add(SECRETS + "/" + path);
        }
      }
    }
    return Set.copyOf(paths);
  }

  private static Set<String> secretsNamedIn(String text) {
    Matcher matcher = Pattern.compile(Pattern.quote(SECRETS) + "/[-a-z.]+").matcher(text);
    return matcher.results().map(java.util.regex.MatchResult::group).collect(Collectors.toSet());
  }

  private static JsonNode stateful(Path values) throws IOException {
    return find(chart.render(values, Map.of()), "StatefulSet");
  }

  private static JsonNode find(List<JsonNode> manifests, String kind) {
    return manifests.stream()
        .filter(one -> one.get("kind").asText().equals(kind))
        .findFirst()
        .orElseThrow();
  }

  /** Of the instances and of the job. */
  private static List<JsonNode> pods(Path values) throws IOException {
    List<JsonNode> pods =
        chart.render(values, Map.of()).stream()
            .map(one -> one.at("/spec/template/spec"))
            .filter(JsonNode::isObject)
            .toList();
    assertThat(pods).hasSize(2);
    return pods;
  }

  private static JsonNode config(List<JsonNode> manifests, String name) {
    return find(manifests, "ConfigMap", name);
  }

  private static JsonNode find(List<JsonNode> manifests, String kind, String name) {
    return manifests.stream()
        .filter(one -> one.get("kind").asText().equals(kind))
        .filter(one -> one.at("/metadata/name").asText().equals(name))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no " + kind + " " + name));
  }

  private static Map<String, JsonNode> services(List<JsonNode> manifests) {
    return named(manifests, "Service");
  }

  private static Map<String, JsonNode> configs(List<JsonNode> manifests) {
    return named(manifests, "ConfigMap");
  }

  private static Map<String, JsonNode> named(List<JsonNode> manifests, String kind) {
    return manifests.stream()
        .filter(one -> one.get("kind").asText().equals(kind))
        .collect(Collectors.toMap(one -> one.at("/metadata/name").asText(), one -> one));
  }

  private static Map<String, String> labels(JsonNode labels) {
    assertThat(labels.isObject()).as("labels").isTrue();
    Map<String, String> map = new HashMap<>();
    labels.properties().forEach(entry -> map.put(entry.getKey(), entry.getValue().asText()));
    return map;
  }

  private static Set<String> names(JsonNode list) {
    return names(list, "/name");
  }

  private static Set<String> names(JsonNode list, String at) {
    return StreamSupport.stream(list.spliterator(), false)
        .map(one -> one.at(at).asText())
        .collect(Collectors.toSet());
  }

  private static String mountOf(String volume, JsonNode mounts) {
    return StreamSupport.stream(mounts.spliterator(), false)
        .filter(one -> one.get("name").asText().equals(volume))
        .map(one -> one.get("mountPath").asText())
        .findFirst()
        .orElseThrow();
  }
}
