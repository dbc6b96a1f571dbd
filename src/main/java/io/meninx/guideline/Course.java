package io.meninx.guideline;

import io.meninx.fact.ObservedAt;
import io.meninx.fact.TreatmentEvent.Action;
import io.meninx.fact.TreatmentEvent.Modality;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * An intrathecal course: from its first order, start or dose to its end. Doses that are ordered one
 * by one, each with an order id of its own, are one course of their agent, so that the count of
 * doses is not lost (S16).
 */
final class Course {
  /** An end reported together with an act comes after it, and an order before it. */
  private static final Comparator<Act> BY_REPORT =
      Comparator.<Act, Instant>comparing(act -> act.known().firstReported())
          .thenComparing(act -> act.fact().action().ends())
          .thenComparing(act -> act.fact().action() != Action.ORDERED);

  private final List<Act> acts = new ArrayList<>();

  /** Acts of orders that ended while the course went on. */
  private final Set<Act> over = Collections.newSetFromMap(new IdentityHashMap<>());

  /** Acts of orders of one dose that were completed with it. */
  private final Set<Act> completed = Collections.newSetFromMap(new IdentityHashMap<>());

  private Optional<Act> end = Optional.empty();

  /** The courses of a picture, oldest first. */
  static List<Course> of(Picture picture, Parameters parameters) {
    List<Course> courses = new ArrayList<>();
    List<Act> done = asDone(picture);
    for (int i = 0; i < done.size(); i++) {
      Act act = done.get(i);
      switch (act.fact().action()) {
        case ORDERED, STARTED, ADMINISTERED -> openCourse(courses, act, parameters).acts.add(act);
        case STOPPED, COMPLETED, CANCELLED -> {
          for (Course course : courses) {
            if (course.end.isEmpty()
                && course.endedBy(act, done.subList(i + 1, done.size()), parameters)) {
              course.end = Optional.of(act);
            }
          }
        }
        case UNKNOWN -> {}
      }
    }
    return courses;
  }

  /**
   * Intrathecal acts in the order in which they were done. Where only the day of one of two is
   * known, the one that was reported first comes first, as for the end of an order: an amendment of
   * a dose does not jump over the end of its course.
   */
  private static List<Act> asDone(Picture picture) {
    List<Act> byDay = new ArrayList<>();
    List<Act> byInstant = new ArrayList<>();
    for (Act act : picture.acts()) {
      if (act.is(Modality.INTRATHECAL)) {
        boolean day = act.known().observed().precision() == ObservedAt.Precision.DAY;
        (day ? byDay : byInstant).add(act);
      }
    }
    byDay.sort(Comparator.comparing(Act::day).thenComparing(BY_REPORT));
    byInstant.sort(
        Comparator.<Act, Instant>comparing(act -> act.known().observed().instant())
            .thenComparing(BY_REPORT));
    List<Act> asDone = new ArrayList<>(byDay.size() + byInstant.size());
    int next = 0;
    for (Act act : byDay) {
      while (next < byInstant.size() && isBefore(byInstant.get(next), act)) {
        asDone.add(byInstant.get(next++));
      }
      asDone.add(act);
    }
    asDone.addAll(byInstant.subList(next, byInstant.size()));
    return asDone;
  }

  private static boolean isBefore(Act one, Act other) {
    return one.day() == other.day() ? BY_REPORT.compare(one, other) < 0 : one.day() < other.day();
  }

  /**
   * The course that goes on with an act, or one that it opens. One of which nothing was heard for
   * 49 days is over; but for maintenance with methotrexate, where a dose that is critically late is
   * no induction (G35), unless two of them were left out.
   */
  private static Course openCourse(List<Course> courses, Act act, Parameters parameters) {
    for (Course course : courses.reversed()) {
      if (course.end.isEmpty() && course.acts.stream().anyMatch(one -> one.sameOrder(act))) {
        return course;
      }
    }
    for (Course course : courses.reversed()) {
      long silent = act.day() - course.acts.getLast().day();
      if (course.end.isEmpty()
          && course.sameAgent(act)
          && silent <= course.silentDays(act, parameters)) {
        return course;
      }
    }
    Course course = new Course();
    courses.add(course);
    return course;
  }

  private long silentDays(Act next, Parameters parameters) {
    Parameters.Intrathecal limits = parameters.intrathecal();
    long doses =
        acts.stream()
            .filter(act -> act.intrathecalMethotrexate())
            .filter(act -> act.fact().action() == Action.ADMINISTERED)
            .count();
    boolean maintained = doses > limits.gapsDays().size() && next.fact().action() != Action.STARTED;
    return maintained
        ? 2L * limits.maintenanceGapDays() + limits.maintenance().overdueDays()
        : limits.courseSilentDays();
  }

  private boolean sameAgent(Act act) {
    return (act.intrathecalMethotrexate() && methotrexate())
        || (act.agent().recognised() && act.agent().names().equals(first().agent().names()));
  }

  /**
   * Whether an end of an order ends the course: it does when no other order is left, and that of
   * the newest order does, unless it was for one dose and another order still stands; and the stop
   * or completion of the protocol under which each dose has an order of its own. As long as others
   * are left, an order that is taken back before anything of it was given never was, and the
   * completion of an order of one dose is that of the dose.
   *
   * @param later acts after the end
   */
  private boolean endedBy(Act end, List<Act> later, Parameters parameters) {
    List<Act> ofOrder = acts.stream().filter(act -> act.sameOrder(end)).toList();
    if (ofOrder.isEmpty()) {
      return false;
    }
    Set<String> singleDoses = singleDoses();
    if (isProtocol(ofOrder, end, singleDoses, later)) {
      return true;
    }
    List<Act> others =
        acts.stream().filter(act -> !ofOrder.contains(act) && !over.contains(act)).toList();
    boolean nothingGiven = ofOrder.stream().noneMatch(act -> act.fact().action().given());
    if (nothingGiven && end.fact().action().ends() && !others.isEmpty()) {
      // A first order is what the doses of others were given under, if all of them are done.
      boolean first = ofOrder.contains(first());
      acts.removeAll(ofOrder);
      return first && completed.containsAll(others);
    }
    boolean newest = ofOrder.contains(acts.getLast());
    boolean ofOneDose = ofOrder.stream().anyMatch(act -> isOf(singleDoses, act));
    if (ofOneDose
        && end.fact().action() == Action.COMPLETED
        && (!others.isEmpty() || another(singleDoses, later, parameters))) {
      completed.addAll(ofOrder);
      return false;
    }
    over.addAll(ofOrder);
    return others.isEmpty() || (newest && !(ofOneDose && anotherStands(singleDoses)));
  }

  /**
   * Orders of which all that is known is one dose that was given, and perhaps that it was asked
   * for.
   */
  private Set<String> singleDoses() {
    Set<String> once = new HashSet<>();
    Set<String> others = new HashSet<>();
    for (Act act : acts) {
      Optional<String> order = act.fact().orderId();
      boolean dose = act.fact().action() == Action.ADMINISTERED;
      if (order.isPresent() && act.fact().action() != Action.ORDERED) {
        boolean again = !once.add(order.get());
        if (!dose || again) {
          others.add(order.get());
        }
      }
    }
    once.removeAll(others);
    return once;
  }

  private static boolean isOf(Set<String> orders, Act act) {
    return act.fact().orderId().filter(orders::contains).isPresent();
  }

  /** Whether an order stands that did not end, nor was for one dose, which was given. */
  private boolean anotherStands(Set<String> singleDoses) {
    return acts.stream()
        .anyMatch(
            act ->
                act.fact().action() != Action.ADMINISTERED
                    && !over.contains(act)
                    && !isOf(singleDoses, act));
  }

  /** Whether another order follows before the course would be silent for too long. */
  private boolean another(Set<String> singleDoses, List<Act> later, Parameters parameters) {
    return later.stream()
        .filter(Course::isToBeGiven)
        .filter(act -> act.fact().orderId().isPresent() && !isOf(singleDoses, act))
        .filter(this::sameAgent)
        .anyMatch(act -> act.day() - acts.getLast().day() <= silentDays(act, parameters));
  }

  private static boolean isToBeGiven(Act act) {
    return act.fact().action() == Action.ORDERED || act.fact().action().given();
  }

  /**
   * Whether an order ended under which nothing was given, but all others, of one dose each, were:
   * each of them after it, and none is to come.
   */
  private boolean isProtocol(List<Act> ofOrder, Act end, Set<String> singleDoses, List<Act> later) {
    if (end.fact().action() == Action.CANCELLED
        || !ofOrder.contains(first())
        || ofOrder.stream().anyMatch(act -> act.fact().action() == Action.ADMINISTERED)) {
      return false;
    }
    Set<String> orders = new HashSet<>();
    for (Act act : acts) {
      boolean askedFor = act.fact().action() == Action.ORDERED && isOf(singleDoses, act);
      if (!ofOrder.contains(act)
          && !askedFor
          && (act.fact().action() != Action.ADMINISTERED
              || act.fact().orderId().isEmpty()
              || !orders.add(act.fact().orderId().get()))) {
        return false;
      }
    }
    return later.stream()
        .filter(Course::isToBeGiven)
        .noneMatch(act -> act.fact().orderId().filter(orders::contains).isPresent());
  }

  Act first() {
    return acts.getFirst();
  }

  List<Act> acts() {
    return acts;
  }

  Optional<Act> end() {
    return end;
  }

  boolean methotrexate() {
    return acts.stream().anyMatch(Act::intrathecalMethotrexate);
  }

  /**
   * Of a methotrexate course the acts that are or may be methotrexate, oldest first: one order can
   * name other drugs besides, each given as an act of its own (contract section 6). An agent that
   * is not recognised is never "not methotrexate", nor is one that the act itself doesn't name or
   * calls chemotherapy only.
   */
  List<Act> methotrexateActs() {
    return acts.stream()
        .filter(
            act ->
                act.intrathecalMethotrexate()
                    || !act.agent().recognised()
                    || act.agent().unnamedChemotherapy()
                    || act.fact().agent().isEmpty())
        .toList();
  }

  /** Whether it runs: not ended, and its last fact at most 49 days ago (contract section 5). */
  boolean runs(Moment moment, Parameters parameters) {
    return end.isEmpty()
        && !moment.reachedDay(
            acts.getLast().day() + parameters.intrathecal().courseSilentDays() + 1L);
  }

  /**
   * Orders, starts and the first dose, also the first after 49 days without anything: the acts that
   * INTRATHECAL_NOT_ELIGIBLE looks at.
   */
  List<Act> proposals(Parameters parameters) {
    List<Act> proposals = new ArrayList<>();
    boolean dosed = false;
    long before = first().day();
    for (Act act : acts) {
      boolean dose = act.fact().action() == Action.ADMINISTERED;
      boolean anew = act.day() - before > parameters.intrathecal().courseSilentDays();
      if (!dose || !dosed || anew) {
        proposals.add(act);
      }
      dosed |= dose;
      before = act.day();
    }
    return proposals;
  }
}
