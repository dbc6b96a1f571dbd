package io.meninx;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import io.meninx.topology.TickPublisher;
import io.meninx.wire.registry.Patience;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Random;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.random.RandomGenerator;

/** The invariants that can be read off the code: what may know what. */
@AnalyzeClasses(packages = "io.meninx", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  private static final String[] CORE = {
    "io.meninx.fact..", "io.meninx.guideline..", "io.meninx.pathway..", "io.meninx.journal.."
  };

  /** Names of methods that tell the time. */
  private static final Set<String> TELL_THE_TIME =
      Set.of(
          "now",
          "currentTimeMillis",
          "nanoTime",
          "systemUTC",
          "systemDefaultZone",
          "system",
          "tickMillis");

  private static final DescribedPredicate<JavaCall<?>> ASKS_THE_MACHINE_FOR_THE_TIME =
      DescribedPredicate.describe(
          "asks the machine for the time", call -> asksForTime(call.getTarget()));

  private static boolean asksForTime(AccessTarget.CodeUnitCallTarget target) {
    JavaClass owner = target.getOwner();
    boolean ofTime =
        owner.getPackageName().startsWith("java.time") || owner.isEquivalentTo(System.class);
    // A java.util.Date or Calendar that nobody gave a time has the present one.
    boolean legacy =
        owner.isEquivalentTo(java.util.Date.class)
            || owner.isAssignableTo(java.util.Calendar.class);
    return legacy || (ofTime && TELL_THE_TIME.contains(target.getName()));
  }

  /** Invariant 1. */
  @ArchTest
  static final ArchRule theCoreKnowsNothingOfTheWorld =
      noClasses()
          .that()
          .resideInAnyPackage(CORE)
          .should()
          .dependOnClassesThat(
              resideInAnyPackage(
                  "org.apache..",
                  "com.fasterxml..",
                  "com.sun..",
                  "org.slf4j..",
                  "java.util.logging..",
                  "io.micrometer..",
                  "picocli..",
                  "java.net..",
                  "java.sql..",
                  "java.io..",
                  "java.nio.file..",
                  "java.nio.channels..",
                  "java.util.concurrent..",
                  "javax.."))
          .because("it is a function of its arguments (invariant 1)");

  /** Invariant 1: what the core may use is listed, so that a new library has to ask. */
  @ArchTest
  static final ArchRule theCoreUsesTheLanguageAndItself =
      classes()
          .that()
          .resideInAnyPackage(CORE)
          .should()
          .onlyDependOnClassesThat(
              resideInAnyPackage(
                      "java.lang..",
                      "java.util..",
                      "java.time..",
                      "java.math..",
                      "java.text..",
                      "java.nio.charset..",
                      "java.security..",
                      "org.jspecify..",
                      "io.meninx.fact..",
                      "io.meninx.guideline..",
                      "io.meninx.pathway..",
                      "io.meninx.journal..")
                  .or(DescribedPredicate.describe("are arrays", JavaClass::isArray))
                  .or(DescribedPredicate.describe("are primitive", JavaClass::isPrimitive)));

  /** Invariants 1 and 11. */
  @ArchTest
  static final ArchRule theCoreAndTheTopologyDrawNothingByChance =
      noClasses()
          .that()
          .resideInAnyPackage(
              "io.meninx.fact..",
              "io.meninx.guideline..",
              "io.meninx.pathway..",
              "io.meninx.journal..",
              "io.meninx.topology..",
              "io.meninx.wire..")
          .should()
          .dependOnClassesThat(
              belongToAnyOf(
                  Random.class,
                  SecureRandom.class,
                  SplittableRandom.class,
                  ThreadLocalRandom.class,
                  RandomGenerator.class))
          .orShould()
          .callMethod(UUID.class, "randomUUID")
          .orShould()
          .callMethod(Math.class, "random")
          .because("ids are computed, not drawn (invariant 11)");

  /** Invariant 1. */
  @ArchTest
  static final ArchRule theCoreKnowsNoClock =
      noClasses()
          .that()
          .resideInAnyPackage(CORE)
          .should()
          .callCodeUnitWhere(ASKS_THE_MACHINE_FOR_THE_TIME)
          .orShould()
          .dependOnClassesThat(belongToAnyOf(Clock.class));

  /** Invariant 2. */
  @ArchTest
  static final ArchRule onlyTheTickPublisherAsksForTheTime =
      noClasses()
          .that()
          .resideInAnyPackage("io.meninx.topology..")
          .and(not(belongToAnyOf(TickPublisher.class)))
          .should()
          .callCodeUnitWhere(ASKS_THE_MACHINE_FOR_THE_TIME)
          .orShould()
          .dependOnClassesThat(belongToAnyOf(Clock.class))
          .because("time is data: only ticks move it (invariant 2)");

  /**
   * Invariant 2: how long to wait for a registry is no decision about a patient; nothing else in
   * wire looks at a clock.
   */
  @ArchTest
  static final ArchRule theWireAsksForTheTimeOnlyToGiveUpWaiting =
      noClasses()
          .that()
          .resideInAnyPackage("io.meninx.wire..")
          .and(not(belongToAnyOf(Patience.class)))
          .and()
          .doNotHaveSimpleName("RegistryHttp")
          .and()
          .resideOutsideOfPackage("io.meninx.wire.avro..")
          .should()
          .callCodeUnitWhere(ASKS_THE_MACHINE_FOR_THE_TIME);

  @ArchTest
  static final ArchRule generatedClassesStayInTheWire =
      noClasses()
          .that()
          .resideOutsideOfPackages("io.meninx.wire", "io.meninx.wire.avro..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("io.meninx.wire.avro..");

  /** RegistryTls lets Kafka's clients read trust and key stores, which are the same as theirs. */
  @ArchTest
  static final ArchRule theWireKnowsNoStream =
      noClasses()
          .that()
          .resideInAnyPackage("io.meninx.wire..")
          .and()
          .doNotHaveSimpleName("RegistryTls")
          .should()
          .dependOnClassesThat(
              resideInAnyPackage(
                  "org.apache.kafka..", "io.meninx.topology..", "io.meninx.embedded.."));

  @ArchTest
  static final ArchRule onlyEmbeddedKnowsTheBroker =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.meninx.embedded..")
          .should()
          .dependOnClassesThat(
              resideInAnyPackage(
                  "kafka..", "org.apache.kafka.metadata..", "org.apache.kafka.server.."));

  /** Dependencies point from the edge to the core only. */
  @ArchTest
  static final ArchRule theTopologyKnowsNoEdge =
      noClasses()
          .that()
          .resideInAnyPackage("io.meninx.topology..", "io.meninx.wire..")
          .should()
          .dependOnClassesThat(
              resideInAnyPackage(
                  "io.meninx.cli..",
                  "io.meninx.demo..",
                  "io.meninx.casefile..",
                  "io.meninx.service..",
                  "io.meninx.replay..",
                  "io.meninx.simulate..",
                  "io.meninx.deadletter..",
                  "io.meninx.embedded.."));

  /** A report is made from what a replay found, wherever the journal lay; two runs, same bytes. */
  @ArchTest
  static final ArchRule theReportKnowsTheReplayAndTheCore =
      noClasses()
          .that()
          .resideInAnyPackage("io.meninx.report..")
          .should()
          .dependOnClassesThat(
              resideInAnyPackage(
                  "org.apache..",
                  "io.meninx.topology..",
                  "io.meninx.wire..",
                  "io.meninx.archive..",
                  "io.meninx.embedded..",
                  "io.meninx.service..",
                  "io.meninx.casefile..",
                  "io.meninx.demo.."))
          .orShould()
          .callCodeUnitWhere(ASKS_THE_MACHINE_FOR_THE_TIME);

  @ArchTest
  static final ArchRule nothingButTheCommandLineKnowsTheCommandLine =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.meninx.cli..")
          .should()
          .dependOnClassesThat(resideInAnyPackage("io.meninx.cli..", "picocli.."));

  @ArchTest
  static final ArchRule firstLevelPackagesHaveNoCycles =
      slices().matching("io.meninx.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule nothingStaticCanChange =
      fields()
          .that()
          .areStatic()
          .and()
          .areDeclaredInClassesThat()
          .resideOutsideOfPackage("io.meninx.wire.avro..")
          .should()
          .beFinal();

  @ArchTest
  static final ArchRule onlyTheCommandLinePrints =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.meninx.cli..")
          .should()
          .accessField(System.class, "out")
          .orShould()
          .accessField(System.class, "err")
          .orShould()
          .callMethod(Throwable.class, "printStackTrace");

  /** A replay decides by the core alone; only what reads the topic knows Kafka. */
  @ArchTest
  static final ArchRule aReplayDecidesWithoutKafka =
      noClasses()
          .that()
          .resideInAnyPackage("io.meninx.replay..", "io.meninx.archive..")
          .and()
          .haveNameNotMatching(".*KafkaJournal.*")
          .should()
          .dependOnClassesThat(
              resideInAnyPackage("org.apache.kafka..", "io.meninx.topology..", "io.meninx.cli.."))
          .orShould()
          .callCodeUnitWhere(ASKS_THE_MACHINE_FOR_THE_TIME)
          .orShould()
          .dependOnClassesThat(belongToAnyOf(Clock.class))
          .because("two runs give the same report, wherever the journal lies");
}
