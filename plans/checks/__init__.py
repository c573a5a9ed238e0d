"""What must be put right, and what must be explained, before anyone signs: small checks in one table."""

from dataclasses import replace

from plans.checks import (
    allergy,
    attack,
    attack_inhaler,
    confirming,
    devices,
    doses,
    increase,
    medicines,
    most_a_day,
    nebuliser,
    one_inhaler,
    paper,
    peak_flow,
    regimen,
    steroid_start,
    steroids,
    trial,
    understood,
    unlisted,
    weaning,
    worse,
)
from plans.checks.situation import Check, Situation
from plans.errors import PlanNotSafeToSign
from plans.plan import Plan
from plans.problems import Kind, Problem

__all__ = ["CHECKS", "Check", "Situation", "check", "open_problems", "ready_to_sign"]

# In the order of the form, so that problems are listed as they are met.
CHECKS: tuple[Check, ...] = (
    *trial.CHECKS,
    *regimen.CHECKS,
    *unlisted.CHECKS,
    *medicines.CHECKS,
    *one_inhaler.CHECKS,
    *devices.CHECKS,
    *doses.CHECKS,
    *most_a_day.CHECKS,
    *worse.CHECKS,
    *increase.CHECKS,
    *steroids.CHECKS,
    *steroid_start.CHECKS,
    *attack.CHECKS,
    *attack_inhaler.CHECKS,
    *weaning.CHECKS,
    *nebuliser.CHECKS,
    *peak_flow.CHECKS,
    *allergy.CHECKS,
    *paper.CHECKS,
    *understood.CHECKS,
    *confirming.CHECKS,
)


def check(plan: Plan, situation: Situation) -> tuple[Problem, ...]:
    """Return every problem of the plan, explained or not: first what could not be read, then what fired.

    At a field that could not be read nothing else is reported, because nothing else is known of it.
    """
    unread = {problem.field for problem in situation.unread}
    found = (problem for rule in CHECKS for problem in rule.problems(plan, situation))
    return (*situation.unread, *(problem for problem in found if problem.field not in unread))


def open_problems(plan: Plan, situation: Situation) -> tuple[Problem, ...]:
    """Return what still stands in the way: all to be put right, and all to be explained without a reason."""
    return tuple(problem for problem in check(plan, situation) if not _is_explained(problem, plan))


def ready_to_sign(plan: Plan, situation: Situation) -> Plan:
    """Return the plan with the codes of the checks that fired, to be kept with it once it is signed.

    Raises PlanNotSafeToSign, with the open problems, unless every one is put right or explained.
    """
    problems = open_problems(plan, situation)
    if problems:
        raise PlanNotSafeToSign(problems)
    return replace(plan, fired=tuple(dict.fromkeys(problem.code for problem in check(plan, situation))))


def _is_explained(problem: Problem, plan: Plan) -> bool:
    return problem.kind is Kind.MUST_BE_EXPLAINED and bool(plan.reason_for(problem.code).strip())
