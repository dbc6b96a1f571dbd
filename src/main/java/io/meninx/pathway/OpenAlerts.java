package io.meninx.pathway;

import io.meninx.guideline.AlertFinding;
import io.meninx.guideline.Findings.AlertSlot;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The open alerts of a patient from one decision to the next, in the order of their slots, with
 * what the rules found for each of them. Most decisions leave most of them as they are; what did
 * not change is still the same list.
 */
final class OpenAlerts {
  private final List<Place> places;
  private List<OpenAlert> before;
  private boolean changed;

  /** An alert at its slot. */
  static final class Place {
    private final AlertSlot slot;
    private OpenAlert alert;
    private @Nullable AlertFinding finding;
    private boolean settled;

    private Place(AlertSlot slot, OpenAlert alert) {
      this.slot = slot;
      this.alert = alert;
    }

    AlertSlot slot() {
      return slot;
    }

    OpenAlert alert() {
      return alert;
    }

    /** Notes that the alert says what the rules found: by the very same nothing comes of it. */
    void settle() {
      settled = true;
    }

    /** Whether that was noted, and the alert has not changed since. */
    @SuppressWarnings("ReferenceEquality") // this very finding, and not one like it
    boolean isSettledBy(AlertFinding other) {
      return settled && finding == other;
    }

    /** Whether a finding for the slot is about the same as the one before; not if there is none. */
    boolean isStillAbout(AlertFinding other) {
      AlertFinding last = finding;
      return last != null && last.anchor().equals(other.anchor());
    }

    /** What the rules found for it now. */
    @SuppressWarnings("ReferenceEquality") // this very finding, and not one like it
    void found(AlertFinding other) {
      settled &= finding == other;
      finding = other;
    }
  }

  /** Those that were left by the last decision. */
  OpenAlerts(List<OpenAlert> before) {
    this.before = before;
    this.places = new ArrayList<>(before.size() + 2);
    for (OpenAlert alert : before) {
      add(new AlertSlot(alert.last().code(), alert.last().gap()), alert);
    }
  }

  /**
   * Goes on with the next decision.
   *
   * @param left the alerts that the last one left, which are these
   */
  void resume(List<OpenAlert> left) {
    before = left;
    changed = false;
  }

  /** All places, to be looked at; they change with the alerts. */
  List<Place> places() {
    return places;
  }

  /** The alerts as they are now: the list there was before, if nothing changed. */
  List<OpenAlert> list() {
    if (!changed) {
      return before;
    }
    List<OpenAlert> alerts = new ArrayList<>(places.size());
    for (Place place : places) {
      alerts.add(place.alert);
    }
    return alerts;
  }

  /** Puts an alert where there is none. */
  void open(AlertFinding finding, OpenAlert alert) {
    changed = true;
    add(finding.slot(), alert).found(finding);
  }

  private Place add(AlertSlot slot, OpenAlert alert) {
    Place place = new Place(slot, alert);
    int at = places.size();
    while (at > 0 && places.get(at - 1).slot.compareTo(slot) > 0) {
      at--;
    }
    places.add(at, place);
    return place;
  }

  /** Puts another revision of an alert in its place. */
  void replace(Place place, OpenAlert alert) {
    changed = true;
    place.alert = alert;
    place.settled = false;
  }

  /** Takes an alert away. */
  void end(Place place) {
    changed = true;
    places.remove(place);
  }
}
