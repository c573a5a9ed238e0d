"""Whether there is one rule for when to start the steroids kept at home, and everybody can follow it."""

from collections.abc import Iterator

from plans.checks.situation import Check, Situation
from plans.further_treatment import StartRule, SteroidPack
from plans.plan import Plan
from plans.problems import Kind

ENGLISH = "en"


def _pack(plan: Plan) -> SteroidPack:
    return plan.steroids or SteroidPack()


def _no_start(plan: Plan, _: Situation) -> Iterator[str]:
    if _pack(plan).supplied and _pack(plan).start is None:
        yield "steroids-start"


def _start_incomplete(plan: Plan, _: Situation) -> Iterator[str]:
    pack = _pack(plan)
    if pack.start is StartRule.PEAK_FLOW and not pack.below:
        yield "steroids-below"
    if pack.start is StartRule.WRITTEN and not pack.start_words:
        yield "steroids-start-words"


def _start_left_over(plan: Plan, _: Situation) -> Iterator[str]:
    pack = _pack(plan)
    if pack.below is not None and pack.start not in (None, StartRule.PEAK_FLOW):
        yield "steroids-below"
    if pack.start_words and pack.start not in (None, StartRule.WRITTEN):
        yield "steroids-start-words"


def _start_without_peak_flow(plan: Plan, _: Situation) -> Iterator[str]:
    if _pack(plan).start is StartRule.PEAK_FLOW and plan.peak_flow is None:
        yield "steroids-start"


def _limit_out_of_order(plan: Plan, _: Situation) -> Iterator[str]:
    below, flow = _pack(plan).below, plan.peak_flow
    if below and flow and _pack(plan).start is StartRule.PEAK_FLOW:
        highest = [limit for limit in (flow.best, flow.worse_below) if limit]
        if highest and below > min(highest):
            yield "steroids-below"


def _limit_low(plan: Plan, _: Situation) -> Iterator[str]:
    pack, flow = _pack(plan), plan.peak_flow
    if pack.start is StartRule.PEAK_FLOW and pack.below and flow and pack.below < (flow.attack_below or 0):
        yield "steroids-below"


def _words_not_translated(plan: Plan, _: Situation) -> Iterator[str]:
    is_english = plan.language.split("-")[0].lower() in ("", ENGLISH)
    if _pack(plan).start_words and not is_english:
        yield "steroids-start-words"


CHECKS = (
    Check(
        "steroids-without-start",
        Kind.MUST_BE_PUT_RIGHT,
        "Choose when to start the steroids: nobody may have to guess.",
        "Clinical reference 2.3: exact start rule",
        _no_start,
    ),
    Check(
        "steroids-start-incomplete",
        Kind.MUST_BE_PUT_RIGHT,
        "Type the {what}, or choose another rule.",
        "Clinical reference 2.3: exact start rule",
        _start_incomplete,
    ),
    Check(
        "steroids-start-left-over",
        Kind.MUST_BE_PUT_RIGHT,
        "Another rule starts the steroids: clear the {what}.",
        "Clinical reference 2.3: one start rule",
        _start_left_over,
    ),
    Check(
        "steroids-start-without-peak-flow",
        Kind.MUST_BE_PUT_RIGHT,
        "This plan goes by symptoms only: choose another start of the steroids, or use peak flow.",
        "Hazard 6 of the safety list: a clinician types L/min, and a plan by symptoms has none",
        _start_without_peak_flow,
    ),
    Check(
        "steroids-limit-out-of-order",
        Kind.MUST_BE_PUT_RIGHT,
        "Steroids cannot start before getting worse does: type the {what} again.",
        "Clinical reference 10.3: limits go down from best to getting worse",
        _limit_out_of_order,
    ),
    Check(
        "steroids-limit-low",
        Kind.MUST_BE_EXPLAINED,
        "An attack starts above this peak flow: type a higher one for the steroids, or say why not.",
        "Clinical reference 10.3: steroids start below 70 or 60% of best, an attack below 50%",
        _limit_low,
    ),
    Check(
        "steroids-words-not-translated",
        Kind.MUST_BE_PUT_RIGHT,
        "The family reads another language: choose a rule that is offered, and clear these words.",
        "Hazard 3 of the safety list: free text there blocks a copy in another language",
        _words_not_translated,
    ),
)
