package io.meninx.explain;

import io.meninx.fact.AlertResponse;
import io.meninx.fact.BiopsyResult;
import io.meninx.fact.ClinicalAssessment;
import io.meninx.fact.CsfResult;
import io.meninx.fact.Fact;
import io.meninx.fact.ImagingReport;
import io.meninx.fact.OutcomeReport;
import io.meninx.fact.PerformanceStatus;
import io.meninx.fact.ResultStatus;
import io.meninx.fact.TreatmentEvent;
import io.meninx.fact.Tri;
import io.meninx.guideline.EntryState;
import io.meninx.guideline.Evidence;
import io.meninx.pathway.AlertRevision;
import io.meninx.pathway.PathwayEvent;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Facts and decisions in a line each. A decision is never worded as an order: criteria are met, or
 * no longer met, and a clinician decides.
 */
public final class Words {

  /** Statements and gaps of the clinical rules; other rules are named like what they decide. */
  private static final Pattern RULE_NUMBER = Pattern.compile("[SG][0-9]+");

  private Words() {}

  /** What a fact says, without what it does not know. */
  public static String of(Fact fact) {
    var line = new Line();
    switch (fact) {
      case ImagingReport imaging -> imaging(line, imaging);
      case CsfResult csf -> csf(line, csf);
      case BiopsyResult biopsy -> biopsy(line, biopsy);
      case PerformanceStatus status -> {
        line.number("KPS", status.kps());
        line.number("ECOG", status.ecog());
      }
      case ClinicalAssessment assessment -> assessment(line, assessment);
      case TreatmentEvent treatment -> treatment(line, treatment);
      case OutcomeReport outcome -> line.code(outcome.vital(), OutcomeReport.Vital.UNKNOWN);
      case AlertResponse response -> {
        line.text(lower(response.action()));
        response.code().ifPresent(line::text);
        response.gap().ifPresent(line::text);
      }
    }
    ResultStatus status = fact.header().status();
    if (status != ResultStatus.FINAL) {
      line.text("(" + lower(status) + ")");
    }
    return line.toString("nothing stated");
  }

  private static void imaging(Line line, ImagingReport imaging) {
    line.code(imaging.modality(), ImagingReport.Modality.UNKNOWN);
    line.text(
        imaging.regions().stream()
            .map(Words::lower)
            .collect(Collectors.joining(" + "))
            .replace("cervical spine + thoracic spine + lumbosacral spine", "spine"));
    line.flag("contrast", imaging.contrast());
    if (imaging.pattern() != ImagingReport.Pattern.UNKNOWN) {
      line.text("leptomeninges " + lower(imaging.pattern()));
    }
    line.flag("thin deposits", imaging.thinDeposits());
    line.flag("hydrocephalus", imaging.hydrocephalus());
    line.flag("mass effect", imaging.massEffect());
    if (imaging.csfFlow() != ImagingReport.CsfFlow.UNKNOWN
        && imaging.csfFlow() != ImagingReport.CsfFlow.NOT_ASSESSED) {
      line.text("CSF flow " + lower(imaging.csfFlow()));
    }
    line.flag("brain metastases", imaging.parenchymalMetastases());
    line.flag("lung mass", imaging.lungMass());
    line.flag("cord compression", imaging.cordCompression());
    if (imaging.response() != ImagingReport.Response.UNKNOWN) {
      line.text("response: " + lower(imaging.response()));
    }
  }

  private static void csf(Line line, CsfResult csf) {
    if (csf.cytology() != CsfResult.Cytology.UNKNOWN) {
      line.text("cytology " + lower(csf.cytology()));
    }
    line.code(csf.site(), CsfResult.Site.UNKNOWN);
    line.amount("", csf.volumeMl(), "mL");
    csf.minutesToProcessing().ifPresent(minutes -> line.text("after " + minutes + " min"));
    line.flag("fixed", csf.fixed());
    csf.csfMutation().ifPresent(line::text);
  }

  private static void biopsy(Line line, BiopsyResult biopsy) {
    biopsy.site().ifPresent(site -> line.text(site.toLowerCase(Locale.ROOT)));
    line.code(biopsy.histology(), BiopsyResult.Histology.UNKNOWN);
    biopsy.markers().forEach((gene, found) -> line.text(gene + " " + found));
  }

  private static void assessment(Line line, ClinicalAssessment assessment) {
    line.text(
        assessment.signs().stream()
            .map(sign -> sign.toLowerCase(Locale.ROOT).replace('_', ' '))
            .collect(Collectors.joining(", ")));
    if (assessment.suspicion() != ClinicalAssessment.Suspicion.UNKNOWN) {
      line.text("suspicion " + lower(assessment.suspicion()));
    }
    if (assessment.extracranialDisease() != ClinicalAssessment.ExtracranialDisease.UNKNOWN) {
      line.text("extracranial disease " + lower(assessment.extracranialDisease()));
    }
    line.number("life expectancy in days:", assessment.lifeExpectancyDays());
    line.flag("severe symptoms", assessment.severeSymptoms());
    line.flag("Ommaya feasible", assessment.ommayaFeasible());
    assessment
        .labs()
        .ifPresent(
            labs -> {
              line.amount("platelets", labs.plateletsE9L(), "");
              line.amount("INR", labs.inr(), "");
              line.amount("ANC", labs.ancE9L(), "");
              line.amount("eGFR", labs.egfr(), "");
            });
    line.flag("restaging done", assessment.restagingDone());
    line.flag("palliative referral", assessment.palliativeReferral());
    assessment
        .declines()
        .filter(declined -> !declined.isEmpty())
        .ifPresent(declined -> line.text("declines " + String.join(", ", declined)));
  }

  private static void treatment(Line line, TreatmentEvent treatment) {
    line.code(treatment.modality(), TreatmentEvent.Modality.UNKNOWN);
    line.code(treatment.field(), TreatmentEvent.Field.UNKNOWN);
    treatment.agent().ifPresent(line::text);
    line.amount("", treatment.doseMg(), "mg");
    if (treatment.doseMg().isEmpty()) {
      treatment.dose().ifPresent(line::text);
    }
    line.amount("", treatment.doseGy(), "Gy");
    line.number("fractions:", treatment.fractions());
    line.code(treatment.route(), TreatmentEvent.Route.UNKNOWN);
    line.code(treatment.action(), TreatmentEvent.Action.UNKNOWN);
    line.code(treatment.indication(), TreatmentEvent.Indication.UNKNOWN);
  }

  /** What was decided, without why. */
  public static String of(PathwayEvent event) {
    String code = event.code() + event.gap().map(gap -> " " + gap).orElse("");
    return switch (event.type()) {
      case CLASSIFICATION_CHANGED -> "classified " + code + before(event);
      case STATUS_GROUP_CHANGED -> "status group " + code + before(event);
      case STAGE_CHANGED -> "stage " + code + before(event);
      case RECOMMENDATION_ISSUED -> "criteria met for " + code;
      case RECOMMENDATION_WITHDRAWN -> "criteria no longer met for " + code;
      case CONTRAINDICATION_RAISED -> "contraindication " + code;
      case CONTRAINDICATION_LIFTED -> "no longer a contraindication: " + code;
      case SCHEDULE_ISSUED -> "schedule " + code + next(event);
      case SCHEDULE_CHANGED -> "schedule " + code + " changed" + next(event);
      case RESPONSE_ASSESSED -> "response " + code;
      case FACT_SUPERSEDED -> "a newer version of a result: " + code;
      case FACT_WITHDRAWN -> "a result was withdrawn: " + code;
    };
  }

  private static String before(PathwayEvent event) {
    return event.previous().map(previous -> " (was " + previous + ")").orElse("");
  }

  private static String next(PathwayEvent event) {
    return event.entries().stream()
        .filter(entry -> entry.state() != EntryState.DONE)
        .findFirst()
        .map(entry -> ", next " + entry.dueAt().toString().substring(0, 10) + " " + entry.state())
        .orElse("");
  }

  /** Why it was decided: the rule, what it rests on, and what was missing. */
  public static String why(PathwayEvent event) {
    List<String> statements =
        event.rule().statements().stream().filter(RULE_NUMBER.asMatchPredicate()).toList();
    return why(statements, event.evidence(), event.missing());
  }

  /** An alert revision without its priority. */
  public static String of(AlertRevision alert) {
    return alert.code()
        + alert.gap().map(gap -> " " + gap).orElse("")
        + alert.stage().map(stage -> " " + stage).orElse("");
  }

  private static String why(
      Collection<String> statements, List<Evidence> evidence, List<String> missing) {
    List<String> parts = new ArrayList<>();
    parts.add(String.join(" ", statements));
    evidence.stream()
        .map(e -> e.observedAt().date() + " " + e.value())
        .distinct()
        .limit(2)
        .forEach(parts::add);
    if (!missing.isEmpty()) {
      parts.add("missing: " + String.join(", ", missing));
    }
    return parts.stream().filter(part -> !part.isBlank()).collect(Collectors.joining("; "));
  }

  public static String lower(Enum<?> code) {
    return code.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  /** Words with commas between, without those that say nothing. */
  private static final class Line {
    private final List<String> words = new ArrayList<>();

    void text(String text) {
      if (!text.isBlank()) {
        words.add(text);
      }
    }

    <E extends Enum<E>> void code(E code, E notKnown) {
      if (code != notKnown) {
        text(code.name().length() <= 3 ? code.name() : lower(code));
      }
    }

    void flag(String name, Tri value) {
      switch (value) {
        case YES -> text(name);
        case NO -> text("no " + name);
        case UNKNOWN -> {}
      }
    }

    void number(String name, OptionalInt value) {
      value.ifPresent(number -> text(name + " " + number));
    }

    void amount(String name, OptionalDouble value, String unit) {
      if (value.isPresent()) {
        String number =
            BigDecimal.valueOf(value.getAsDouble()).stripTrailingZeros().toPlainString();
        text((name + " " + number + " " + unit).strip());
      }
    }

    String toString(String whenEmpty) {
      return words.isEmpty() ? whenEmpty : String.join(", ", words);
    }
  }
}
