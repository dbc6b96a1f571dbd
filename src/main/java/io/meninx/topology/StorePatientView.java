package io.meninx.topology;

import io.meninx.fact.EventId;
import io.meninx.fact.PatientId;
import io.meninx.fact.ReportId;
import io.meninx.fact.StoredFact;
import io.meninx.pathway.PatientState;
import io.meninx.pathway.PatientView;
import io.meninx.pathway.Recollection;
import java.util.List;
import java.util.Optional;

/** One patient as the stores have it; reads what is asked for and nothing else. */
record StorePatientView(PatientId patient, FactTable facts, PathwayTable pathways)
    implements PatientView {
  @Override
  public PatientState state() {
    return pathways.state(patient);
  }

  @Override
  public Optional<StoredFact> byEventId(EventId eventId) {
    return facts.byEventId(patient, eventId);
  }

  @Override
  public List<StoredFact> versions(ReportId reportId) {
    return facts.versions(patient, reportId);
  }

  @Override
  public List<StoredFact> all() {
    return facts.all(patient);
  }

  @Override
  public int endedRevision(String alertKey) {
    return pathways.endedRevision(patient, alertKey);
  }

  @Override
  public Recollection recollection() {
    return pathways.recollection(patient);
  }
}
