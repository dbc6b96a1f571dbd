package io.meninx.casefile;

import io.meninx.fact.AlertResponse;
import io.meninx.fact.BiopsyResult;
import io.meninx.fact.ClinicalAssessment;
import io.meninx.fact.ClinicalAssessment.ExtracranialDisease;
import io.meninx.fact.ClinicalAssessment.Labs;
import io.meninx.fact.ClinicalAssessment.NeurologicalExam;
import io.meninx.fact.ClinicalAssessment.Suspicion;
import io.meninx.fact.CsfResult;
import io.meninx.fact.Fact;
import io.meninx.fact.FactKind;
import io.meninx.fact.Header;
import io.meninx.fact.ImagingReport;
import io.meninx.fact.ImagingReport.Region;
import io.meninx.fact.OutcomeReport;
import io.meninx.fact.OutcomeReport.Vital;
import io.meninx.fact.PerformanceStatus;
import io.meninx.fact.TreatmentEvent;
import io.meninx.guideline.AlertCode;
import io.meninx.guideline.RecommendationCode;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** The values of one fact by its kind: the lists of contract section 6, key by key. */
final class FactReader {

  private static final Map<String, Set<Region>> REGIONS = regions();
  private static final Map<String, String> DECLINABLE = declinable();

  private FactReader() {}

  static Fact read(FactKind kind, Fields fields, Header header) {
    return switch (kind) {
      case IMAGING -> imaging(fields, header);
      case CSF -> csf(fields, header);
      case BIOPSY -> biopsy(fields, header);
      case PERFORMANCE -> performance(fields, header);
      case ASSESSMENT -> assessment(fields, header);
      case TREATMENT -> treatment(fields, header);
      case OUTCOME -> new OutcomeReport(header, fields.code("status", Vital.class, Vital.UNKNOWN));
      case RESPONSE_TO_ALERT -> response(fields, header);
    };
  }

  private static ImagingReport imaging(Fields fields, Header header) {
    OptionalDouble tesla = fields.amount("tesla");
    if (tesla.isPresent() && tesla.getAsDouble() == 0) {
      fields.refuse("tesla", "must be more than 0");
    }
    return new ImagingReport(
        header,
        fields.code("modality", ImagingReport.Modality.class, ImagingReport.Modality.UNKNOWN),
        regions(fields, "regions"),
        fields.flag("contrast"),
        tesla.orElse(Double.NaN),
        fields.code(
            "leptomeningealPattern", ImagingReport.Pattern.class, ImagingReport.Pattern.UNKNOWN),
        fields.flag("thinDeposits"),
        fields.flag("hydrocephalus"),
        fields.flag("massEffect"),
        fields.code("csfFlow", ImagingReport.CsfFlow.class, ImagingReport.CsfFlow.UNKNOWN),
        fields.flag("parenchymalMetastases"),
        fields.flag("lungMass"),
        regions(fields, "enhancementLevels"),
        fields.flag("cordCompression"),
        fields.code("response", ImagingReport.Response.class, ImagingReport.Response.UNKNOWN));
  }

  private static Set<Region> regions(Fields fields, String key) {
    Set<Region> all = EnumSet.noneOf(Region.class);
    fields.codes(key, REGIONS).ifPresent(named -> named.forEach(all::addAll));
    return all;
  }

  private static CsfResult csf(Fields fields, Header header) {
    return new CsfResult(
        header,
        fields.code("site", CsfResult.Site.class).orElse(CsfResult.Site.UNKNOWN),
        fields.code("cytology", CsfResult.Cytology.class, CsfResult.Cytology.UNKNOWN),
        fields.amount("volumeMl"),
        // Processed before collected is implausible, not malformed: it is kept and flagged (G11).
        fields.integer("minutesToProcessing", -Integer.MAX_VALUE, Integer.MAX_VALUE),
        fields.flag("fixed"),
        fields.amount("proteinMgDl"),
        fields.amount("glucoseMgDl"),
        fields.amount("wbcPerUl"),
        fields.number("openingPressureCmH2O"),
        fields.text("csfMutation"));
  }

  private static BiopsyResult biopsy(Fields fields, Header header) {
    SortedMap<String, String> markers = new TreeMap<>();
    fields.eachText("markers", markers::put);
    return new BiopsyResult(
        header,
        fields.text("site"),
        fields.code("histology", BiopsyResult.Histology.class, BiopsyResult.Histology.UNKNOWN),
        markers);
  }

  private static PerformanceStatus performance(Fields fields, Header header) {
    OptionalInt kps = fields.integer("kps", 0, 100);
    if (kps.isPresent() && kps.getAsInt() % 10 != 0) {
      fields.refuse("kps", "must be a multiple of 10 from 0 to 100");
      kps = OptionalInt.empty();
    }
    return new PerformanceStatus(header, kps, fields.integer("ecog", 0, 5));
  }

  private static ClinicalAssessment assessment(Fields fields, Header header) {
    return new ClinicalAssessment(
        header,
        fields.texts("signs").orElse(List.of()),
        fields.code("suspicion", Suspicion.class, Suspicion.UNKNOWN),
        fields
            .code("extracranialDisease", ExtracranialDisease.class)
            .orElse(ExtracranialDisease.UNKNOWN),
        fields.integer("lifeExpectancyDays", 0, Integer.MAX_VALUE),
        fields.flag("severeSymptoms"),
        fields.code("neurologicalExam", NeurologicalExam.class, NeurologicalExam.UNKNOWN),
        fields.flag("ommayaFeasible"),
        fields.object("labs").map(FactReader::labs),
        fields.flag("restagingDone"),
        fields.amount("dexamethasoneMg"),
        fields.flag("pleuralEffusion"),
        fields.codes("declines", DECLINABLE),
        fields.flag("palliativeReferral"));
  }

  private static Labs labs(Fields fields) {
    var labs =
        new Labs(
            fields.amount("plateletsE9L"),
            fields.amount("inr"),
            fields.amount("ancE9L"),
            fields.amount("egfr"));
    fields.refuseOthers();
    return labs;
  }

  private static TreatmentEvent treatment(Fields fields, Header header) {
    return new TreatmentEvent(
        header,
        fields.code("modality", TreatmentEvent.Modality.class, TreatmentEvent.Modality.UNKNOWN),
        fields.code("action", TreatmentEvent.Action.class, TreatmentEvent.Action.UNKNOWN),
        fields.text("orderId"),
        fields.text("agent"),
        fields.text("dose"),
        fields.amount("doseMg"),
        fields.code("route", TreatmentEvent.Route.class, TreatmentEvent.Route.UNKNOWN),
        fields.code("radiotherapyField", TreatmentEvent.Field.class, TreatmentEvent.Field.UNKNOWN),
        fields.amount("doseGy"),
        fields.integer("fractions", 1, Integer.MAX_VALUE),
        fields.code(
            "indication", TreatmentEvent.Indication.class, TreatmentEvent.Indication.UNKNOWN));
  }

  private static AlertResponse response(Fields fields, Header header) {
    Optional<String> code = fields.code("code", AlertCode.class).map(Enum::name);
    if (code.isEmpty() && fields.value("code").isEmpty()) {
      fields.refuse("code", "must say which alert is answered");
    }
    Optional<AlertResponse.Action> action = fields.code("action", AlertResponse.Action.class);
    if (action.isEmpty() && fields.value("action").isEmpty()) {
      fields.refuse("action", "must say how the alert is answered");
    }
    return new AlertResponse(
        header,
        Optional.empty(),
        code,
        fields.text("gap"),
        action.orElse(AlertResponse.Action.ACKNOWLEDGED),
        fields.text("reason"),
        fields.integer("snoozeDays", 1, 7),
        fields.text("mdtId"));
  }

  private static Map<String, Set<Region>> regions() {
    Map<String, Set<Region>> byName = new LinkedHashMap<>();
    for (Region region : Region.values()) {
      byName.put(region.name(), Set.of(region));
    }
    byName.put(
        "SPINE",
        EnumSet.of(Region.CERVICAL_SPINE, Region.THORACIC_SPINE, Region.LUMBOSACRAL_SPINE));
    return byName;
  }

  private static Map<String, String> declinable() {
    Map<String, String> byName = new LinkedHashMap<>();
    for (RecommendationCode code : RecommendationCode.values()) {
      byName.put(code.name(), code.name());
    }
    byName.put("ALL", "ALL");
    return byName;
  }
}
