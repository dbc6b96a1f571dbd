package io.meninx.guideline;

import io.meninx.fact.TreatmentEvent.Action;
import io.meninx.fact.TreatmentEvent.Modality;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** An intrathecal course: from its first order, start or dose to its end. */
final class Course {
  private final List<Act> acts = new ArrayList<>();
  private Optional<Act> end = Optional.empty();

  /** The courses of a picture, oldest first. */
  static List<Course> of(Picture picture) {
    List<Course> courses = new ArrayList<>();
    for (Act act : picture.acts()) {
      if (!act.is(Modality.INTRATHECAL)) {
        continue;
      }
      switch (act.fact().action()) {
        case ORDERED, STARTED, ADMINISTERED -> openCourse(courses, act).acts.add(act);
        case STOPPED, COMPLETED, CANCELLED -> {
          for (Course course : courses) {
            if (course.end.isEmpty() && course.first().sameOrder(act)) {
              course.end = Optional.of(act);
            }
          }
        }
        case UNKNOWN -> {}
      }
    }
    return courses;
  }

  private static Course openCourse(List<Course> courses, Act act) {
    for (int i = courses.size() - 1; i >= 0; i--) {
      Course course = courses.get(i);
      if (course.end.isEmpty() && course.first().sameOrder(act)) {
        return course;
      }
    }
    Course course = new Course();
    courses.add(course);
    return course;
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

  /** Doses given, oldest first. Only ADMINISTERED counts as a dose. */
  List<Act> doses() {
    return acts.stream().filter(act -> act.fact().action() == Action.ADMINISTERED).toList();
  }

  /** Day 1: the first start or dose. */
  Optional<Act> dayOne() {
    return acts.stream().filter(act -> act.fact().action().given()).findFirst();
  }

  /** Whether it runs: not ended, and its last fact at most 49 days ago (contract section 5). */
  boolean runs(Moment moment, Parameters parameters) {
    return end.isEmpty()
        && !moment.reachedDay(
            acts.getLast().day() + parameters.intrathecal().courseSilentDays() + 1L);
  }

  /** Orders, starts and the first dose: the acts that INTRATHECAL_NOT_ELIGIBLE looks at. */
  List<Act> proposals() {
    List<Act> proposals = new ArrayList<>();
    boolean dosed = false;
    for (Act act : acts) {
      boolean dose = act.fact().action() == Action.ADMINISTERED;
      if (!dose || !dosed) {
        proposals.add(act);
      }
      dosed |= dose;
    }
    return proposals;
  }
}
