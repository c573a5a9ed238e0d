"""Whether a nebuliser at home is known of, and under 18 has a specialist and a hospital."""

from collections.abc import Iterator

from plans.checks.situation import Check, Situation
from plans.peak_flow import CHILD_UNDER
from plans.plan import Plan
from plans.problems import Kind


def _not_said(plan: Plan, situation: Situation) -> Iterator[str]:
    if situation.has_nebuliser_liquid and plan.nebuliser.at_home is None:
        yield "nebuliser-at-home"


def _without_specialist(plan: Plan, situation: Situation) -> Iterator[str]:
    if plan.nebuliser.at_home and situation.age < CHILD_UNDER:
        if not plan.nebuliser.specialist:
            yield "nebuliser-specialist"
        if not plan.nebuliser.hospital:
            yield "nebuliser-hospital"


def _left_over(plan: Plan, _: Situation) -> Iterator[str]:
    if (plan.nebuliser.specialist or plan.nebuliser.hospital) and not plan.nebuliser.at_home:
        yield "nebuliser-at-home"


CHECKS = (
    Check(
        "nebuliser-not-said",
        Kind.MUST_BE_PUT_RIGHT,
        "The record names liquid for a nebuliser: say whether there is a nebuliser at home.",
        "MHRA Drug Safety Update of August 2022 (clinical reference 2.6 and 7)",
        _not_said,
    ),
    Check(
        "nebuliser-without-specialist",
        Kind.MUST_BE_PUT_RIGHT,
        "Under 18 only a specialist manages a nebuliser at home: type the {what}.",
        "MHRA Drug Safety Update of August 2022 (clinical reference 2.6 and 7)",
        _without_specialist,
    ),
    Check(
        "nebuliser-left-over",
        Kind.MUST_BE_PUT_RIGHT,
        "A specialist or a hospital is typed: say that there is a nebuliser at home, or clear both.",
        "MHRA Drug Safety Update of August 2022 (clinical reference 2.6 and 7)",
        _left_over,
    ),
)
