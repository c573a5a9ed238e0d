"""Whether peak flow may set limits on this plan; a plan by symptoms only is always possible."""

from collections.abc import Iterator

from plans.checks.situation import Check, Situation
from plans.peak_flow import (
    CHILD_UNDER,
    RELIABLE_FROM,
    SCALE,
    is_believable,
    is_exceeded,
    is_out_of_date,
    is_outgrown,
)
from plans.plan import PeakFlow, Plan
from plans.problems import Kind

# Source: below 33% of best an attack is life-threatening (SIGN158, clinical reference 10.3). Tag V.
LIFE_THREATENING_PERCENT = 33
NOT_SAID = PeakFlow()


def _missing(plan: Plan, _: Situation) -> Iterator[str]:
    flow = plan.peak_flow
    if flow is None:
        return
    said = {
        "peak-flow-best": flow.best,
        "peak-flow-measured-on": flow.measured_on,
        "peak-flow-scale": flow.scale,
        "peak-flow-worse-below": flow.worse_below,
        "peak-flow-attack-below": flow.attack_below,
    }
    yield from (field for field, value in said.items() if not value)


def _not_believable(plan: Plan, _: Situation) -> Iterator[str]:
    best = (plan.peak_flow or NOT_SAID).best
    if best and not is_believable(best):
        yield "peak-flow-best"


def _wrong_scale(plan: Plan, _: Situation) -> Iterator[str]:
    if (plan.peak_flow or NOT_SAID).scale not in ("", SCALE):
        yield "peak-flow-scale"


def _in_future(plan: Plan, situation: Situation) -> Iterator[str]:
    measured_on = (plan.peak_flow or NOT_SAID).measured_on
    if measured_on and measured_on > situation.today:
        yield "peak-flow-measured-on"


def _out_of_date(plan: Plan, situation: Situation) -> Iterator[str]:
    measured_on = (plan.peak_flow or NOT_SAID).measured_on
    if measured_on and situation.age < CHILD_UNDER and is_out_of_date(measured_on, situation.today):
        yield "peak-flow-measured-on"


def _outgrown(plan: Plan, situation: Situation) -> Iterator[str]:
    measured_on = (plan.peak_flow or NOT_SAID).measured_on
    if measured_on and situation.age < CHILD_UNDER and is_outgrown(measured_on, situation.heights):
        yield "peak-flow-best"


def _exceeded(plan: Plan, situation: Situation) -> Iterator[str]:
    flow = plan.peak_flow or NOT_SAID
    if flow.best and flow.measured_on and is_exceeded(flow.best, flow.measured_on, situation.readings):
        yield "peak-flow-best"


def _out_of_order(plan: Plan, _: Situation) -> Iterator[str]:
    flow = plan.peak_flow or NOT_SAID
    if flow.best and flow.worse_below and flow.worse_below > flow.best:
        yield "peak-flow-worse-below"
    if flow.worse_below and flow.attack_below and flow.attack_below >= flow.worse_below:
        yield "peak-flow-attack-below"


def _attack_limit_low(plan: Plan, _: Situation) -> Iterator[str]:
    flow = plan.peak_flow or NOT_SAID
    if flow.best and flow.attack_below and 100 * flow.attack_below < LIFE_THREATENING_PERCENT * flow.best:
        yield "peak-flow-attack-below"


def _under_5(plan: Plan, situation: Situation) -> Iterator[str]:
    if plan.peak_flow is not None and situation.age < RELIABLE_FROM:
        yield "use-peak-flow"


CHECKS = (
    Check(
        "peak-flow-missing",
        Kind.MUST_BE_PUT_RIGHT,
        "Give the {what}, or choose a plan by symptoms only.",
        "Clinical reference 10.3; hazard 6 of the safety list",
        _missing,
    ),
    Check(
        "peak-flow-not-believable",
        Kind.MUST_BE_PUT_RIGHT,
        "No meter shows this best peak flow: type it again, or choose a plan by symptoms only.",
        "Hazard 6 of the safety list: 60 to 900 L/min (tag U)",
        _not_believable,
    ),
    Check(
        "peak-flow-wrong-scale",
        Kind.MUST_BE_PUT_RIGHT,
        "Limits need a best on the EU scale: measure again on today's meter, or go by symptoms only.",
        "Clinical reference 10.3; hazard 6 of the safety list",
        _wrong_scale,
    ),
    Check(
        "peak-flow-in-future",
        Kind.MUST_BE_PUT_RIGHT,
        "This day is still to come: type the day on which the best was measured.",
        "Hazard 6 of the safety list",
        _in_future,
    ),
    Check(
        "peak-flow-out-of-date",
        Kind.MUST_BE_PUT_RIGHT,
        "This best is older than 12 months: measure again, or choose a plan by symptoms only.",
        "Clinical reference 10.3: best is updated with growth; hazard 6 of the safety list",
        _out_of_date,
    ),
    Check(
        "peak-flow-outgrown",
        Kind.MUST_BE_PUT_RIGHT,
        "The child has grown 5 cm or more since this best: measure again, or go by symptoms only.",
        "Clinical reference 10.3; hazard 6 of the safety list",
        _outgrown,
    ),
    Check(
        "peak-flow-exceeded",
        Kind.MUST_BE_PUT_RIGHT,
        "A later reading is higher than this best: type the new best, or go by symptoms only.",
        "Clinical reference 10.3; hazard 6 of the safety list",
        _exceeded,
    ),
    Check(
        "peak-flow-out-of-order",
        Kind.MUST_BE_PUT_RIGHT,
        "Type the {what} again: limits go down from best to getting worse to attack.",
        "Clinical reference 10.3",
        _out_of_order,
    ),
    Check(
        "peak-flow-attack-limit-low",
        Kind.MUST_BE_EXPLAINED,
        "Below a third of the best an attack is life-threatening: type a higher limit, or say why not.",
        "SIGN158 (clinical reference 10.3)",
        _attack_limit_low,
    ),
    Check(
        "peak-flow-under-5",
        Kind.MUST_BE_EXPLAINED,
        "Under 5, peak flow cannot be relied on: choose a plan by symptoms only, or say why not.",
        "Clinical reference 2.4 and 10.1 (tag U)",
        _under_5,
    ),
)
