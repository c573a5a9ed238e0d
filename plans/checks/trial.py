"""Whether it is said how sure the diagnosis is under 5, and until when a preventer is on trial."""

from collections.abc import Iterator
from datetime import timedelta

from plans.checks.situation import Check, Situation
from plans.further_treatment import Diagnosis
from plans.plan import Plan, Slot
from plans.problems import Kind

# Source: NG245 1.9.1 to 1.9.4 (clinical reference 1.2). Tag V.
TRIED_UNDER = 5  # years
LONGEST = timedelta(weeks=12)
TRIED = frozenset({Slot.PREVENTER, Slot.COMBINATION})


def _diagnosis_missing(plan: Plan, situation: Situation) -> Iterator[str]:
    if situation.age < TRIED_UNDER and plan.trial.diagnosis is None:
        yield "diagnosis"


def _over(plan: Plan, situation: Situation) -> Iterator[str]:
    if plan.trial.is_over(situation.today):
        yield "trial-until"


def _of_nothing(plan: Plan, situation: Situation) -> Iterator[str]:  # noqa: ARG001
    """A reliever is never on trial, so that nobody reads of it to keep taking it."""
    if plan.trial.decide_by is not None and TRIED.isdisjoint(plan.medicines):
        yield "trial-until"


def _without_end(plan: Plan, situation: Situation) -> Iterator[str]:
    is_tried = plan.trial.diagnosis is Diagnosis.SUSPECTED and Slot.PREVENTER in plan.medicines
    if situation.age < TRIED_UNDER and is_tried and plan.trial.decide_by is None:
        yield "trial-until"


def _too_long(plan: Plan, situation: Situation) -> Iterator[str]:
    decide_by = plan.trial.decide_by
    if decide_by is not None and decide_by > situation.today + LONGEST:
        yield "trial-until"


CHECKS = (
    Check(
        "diagnosis-missing",
        Kind.MUST_BE_PUT_RIGHT,
        "Under 5, say whether asthma is suspected or confirmed.",
        "NG245 1.9.1 to 1.9.4 and 1.14.3 (clinical reference 1.2 and 2.1)",
        _diagnosis_missing,
    ),
    Check(
        "trial-over",
        Kind.MUST_BE_PUT_RIGHT,
        "This trial is over: decide on the preventer, then type a new day or clear this one.",
        "NG245 1.9.3 (clinical reference 1.2); hazard 12 of the safety list",
        _over,
    ),
    Check(
        "trial-of-nothing",
        Kind.MUST_BE_PUT_RIGHT,
        "Only a preventer is on trial: clear this day, or add the preventer.",
        "NG245 1.9.1 (clinical reference 1.2)",
        _of_nothing,
    ),
    Check(
        "trial-without-end",
        Kind.MUST_BE_EXPLAINED,
        "Under 5 a preventer for suspected asthma is a trial: type its last day, or say why not.",
        "NG245 1.9.1 to 1.9.3: a trial of 8 to 12 weeks (clinical reference 1.2)",
        _without_end,
    ),
    Check(
        "trial-over-12-weeks",
        Kind.MUST_BE_EXPLAINED,
        "A trial lasts 8 to 12 weeks: type an earlier day, or say why this one.",
        "NG245 1.9.1 (clinical reference 1.2)",
        _too_long,
    ),
)
