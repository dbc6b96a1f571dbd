package io.meninx.pathway;

import io.meninx.guideline.Findings.AlertSlot;
import java.util.ArrayList;
import java.util.List;

/**
 * The open alerts of a patient in the course of a decision, in the order of their slots. Most
 * decisions leave most of them as they are, so it is made at little cost, and what did not change
 * is still the same list.
 */
final class OpenAlerts {
  private final List<OpenAlert> before;
  private final List<Place> places;
  private boolean changed;

  /** An alert at its slot. */
  static final class Place {
    private final AlertSlot slot;
    private OpenAlert alert;

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
  }

  /** Those that were left by the last decision. */
  OpenAlerts(List<OpenAlert> before) {
    this.before = before;
    this.places = new ArrayList<>(before.size() + 2);
    for (OpenAlert alert : before) {
      add(new AlertSlot(alert.last().code(), alert.last().gap()), alert);
    }
  }

  /** All places, to be looked at; they change with the alerts. */
  List<Place> places() {
    return places;
  }

  /** The alerts as they are now. */
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
  void open(AlertSlot slot, OpenAlert alert) {
    changed = true;
    add(slot, alert);
  }

  private void add(AlertSlot slot, OpenAlert alert) {
    int at = places.size();
    while (at > 0 && places.get(at - 1).slot.compareTo(slot) > 0) {
      at--;
    }
    places.add(at, new Place(slot, alert));
  }

  /** Puts another revision of an alert in its place. */
  void replace(Place place, OpenAlert alert) {
    changed = true;
    place.alert = alert;
  }

  /** Takes an alert away. */
  void end(Place place) {
    changed = true;
    places.remove(place);
  }
}
