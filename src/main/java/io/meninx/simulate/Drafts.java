package io.meninx.simulate;

import io.meninx.fact.ClinicalAssessment;
import io.meninx.fact.Fact;
import io.meninx.fact.Header;
import io.meninx.fact.ImagingReport;
import io.meninx.fact.TreatmentEvent;
import io.meninx.fact.Tri;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;

/** Facts with many fields in the making: what is not said stays unknown. */
final class Drafts {
  private Drafts() {}

  /** An imaging report. */
  static final class Imaging {
    ImagingReport.Modality modality = ImagingReport.Modality.MRI;
    Set<ImagingReport.Region> regions = Set.of();
    Tri contrast = Tri.UNKNOWN;
    double tesla = Double.NaN;
    ImagingReport.Pattern pattern = ImagingReport.Pattern.UNKNOWN;
    Tri thinDeposits = Tri.UNKNOWN;
    Tri hydrocephalus = Tri.UNKNOWN;
    Tri massEffect = Tri.UNKNOWN;
    ImagingReport.CsfFlow csfFlow = ImagingReport.CsfFlow.UNKNOWN;
    Tri parenchymalMetastases = Tri.UNKNOWN;
    Tri lungMass = Tri.UNKNOWN;
    Set<ImagingReport.Region> enhancementLevels = Set.of();
    Tri cordCompression = Tri.UNKNOWN;
    ImagingReport.Response response = ImagingReport.Response.UNKNOWN;

    Fact fact(Header header) {
      return new ImagingReport(
          header,
          modality,
          regions,
          contrast,
          tesla,
          pattern,
          thinDeposits,
          hydrocephalus,
          massEffect,
          csfFlow,
          parenchymalMetastases,
          lungMass,
          enhancementLevels,
          cordCompression,
          response);
    }

    /** What an order or a cancelled examination says: which examination, nothing else. */
    Fact asked(Header header) {
      Imaging order = new Imaging();
      order.modality = modality;
      order.regions = regions;
      return order.fact(header);
    }

    Imaging copy() {
      Imaging copy = new Imaging();
      copy.modality = modality;
      copy.regions = regions;
      copy.contrast = contrast;
      copy.tesla = tesla;
      copy.pattern = pattern;
      copy.thinDeposits = thinDeposits;
      copy.hydrocephalus = hydrocephalus;
      copy.massEffect = massEffect;
      copy.csfFlow = csfFlow;
      copy.parenchymalMetastases = parenchymalMetastases;
      copy.lungMass = lungMass;
      copy.enhancementLevels = enhancementLevels;
      copy.cordCompression = cordCompression;
      copy.response = response;
      return copy;
    }
  }

  /** A clinical assessment. */
  static final class Assessment {
    List<String> signs = List.of();
    ClinicalAssessment.Suspicion suspicion = ClinicalAssessment.Suspicion.UNKNOWN;
    ClinicalAssessment.ExtracranialDisease extracranial =
        ClinicalAssessment.ExtracranialDisease.UNKNOWN;
    OptionalInt lifeExpectancyDays = OptionalInt.empty();
    Tri severeSymptoms = Tri.UNKNOWN;
    ClinicalAssessment.NeurologicalExam exam = ClinicalAssessment.NeurologicalExam.UNKNOWN;
    Tri ommayaFeasible = Tri.UNKNOWN;
    Optional<ClinicalAssessment.Labs> labs = Optional.empty();
    Tri restagingDone = Tri.UNKNOWN;
    OptionalDouble dexamethasoneMg = OptionalDouble.empty();
    Tri pleuralEffusion = Tri.UNKNOWN;
    Optional<List<String>> declines = Optional.empty();
    Tri palliativeReferral = Tri.UNKNOWN;

    Fact fact(Header header) {
      return new ClinicalAssessment(
          header,
          signs,
          suspicion,
          extracranial,
          lifeExpectancyDays,
          severeSymptoms,
          exam,
          ommayaFeasible,
          labs,
          restagingDone,
          dexamethasoneMg,
          pleuralEffusion,
          declines,
          palliativeReferral);
    }
  }

  /** An act of treatment. */
  static final class Treatment {
    private final TreatmentEvent.Modality modality;
    Optional<String> orderId = Optional.empty();
    Optional<String> agent = Optional.empty();
    Optional<String> dose = Optional.empty();
    OptionalDouble doseMg = OptionalDouble.empty();
    TreatmentEvent.Route route = TreatmentEvent.Route.UNKNOWN;
    TreatmentEvent.Field field = TreatmentEvent.Field.UNKNOWN;
    OptionalDouble doseGy = OptionalDouble.empty();
    OptionalInt fractions = OptionalInt.empty();
    TreatmentEvent.Indication indication = TreatmentEvent.Indication.UNKNOWN;

    Treatment(TreatmentEvent.Modality modality) {
      this.modality = modality;
    }

    Fact fact(Header header, TreatmentEvent.Action action) {
      return new TreatmentEvent(
          header,
          modality,
          action,
          orderId,
          agent,
          dose,
          doseMg,
          route,
          field,
          doseGy,
          fractions,
          indication);
    }
  }
}
