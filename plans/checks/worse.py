"""Whether the part for getting worse says how much of the reliever, how often, and no more than is safe."""

from collections.abc import Iterator

from plans.checks.doses import MOST_PUFFS
from plans.checks.situation import Check, Situation
from plans.further_treatment import Weaning
from plans.plan import Plan, Regimen, Slot
from plans.problems import Kind
from plans.regimens import ONE_INHALER

# Source: relief for less than 4 hours is an attack (Asthma + Lung UK; clinical reference 2.3). Tag V.
ATTACK_IF_SOONER = 4  # hours
HOURS_OF_A_DAY = 24
# Source: "6 to 10 puffs 4-hourly" is local practice (hazard 7); plans in use give 2 to 4 (UHSussex). Tag V.
MANY_PUFFS = 6


def _missing(plan: Plan, _: Situation) -> Iterator[str]:
    is_half_typed = plan.regimen is Regimen.OTHER and bool(plan.worse_puffs) is not bool(plan.worse_hours)
    if plan.regimen is Regimen.PREVENTER_RELIEVER or is_half_typed:
        if not plan.worse_puffs:
            yield "worse-puffs"
        if not plan.worse_hours:
            yield "worse-hours"


def _sooner_than_an_attack(plan: Plan, _: Situation) -> Iterator[str]:
    yield from (field for field, hours in _hours(plan) if 0 < hours < ATTACK_IF_SOONER)


def _longer_than_a_day(plan: Plan, _: Situation) -> Iterator[str]:
    yield from (field for field, hours in _hours(plan) if hours > HOURS_OF_A_DAY)


def _hours(plan: Plan) -> Iterator[tuple[str, int]]:
    if plan.regimen not in ONE_INHALER:
        yield "worse-hours", plan.worse_hours or 0
        yield "weaning-hours", (plan.weaning or Weaning()).hours or 0


def _many(plan: Plan, _: Situation) -> Iterator[str]:
    if plan.regimen not in ONE_INHALER and MANY_PUFFS <= (plan.worse_puffs or 0) <= MOST_PUFFS:
        yield "worse-puffs"


def _on_one_inhaler(plan: Plan, _: Situation) -> Iterator[str]:
    combination = plan.medicines.get(Slot.COMBINATION)
    if plan.regimen not in ONE_INHALER or combination is None:
        return
    if plan.worse_puffs is not None and plan.worse_puffs != combination.when_needed:
        yield "worse-puffs"
    if plan.worse_hours is not None:
        yield "worse-hours"


CHECKS = (
    Check(
        "worse-puffs-missing",
        Kind.MUST_BE_PUT_RIGHT,
        "Type the {what}.",
        "Clinical reference 2.3: reliever as a clinician writes it",
        _missing,
    ),
    Check(
        "worse-sooner-than-4-hours",
        Kind.MUST_BE_PUT_RIGHT,
        "A reliever needed again within 4 hours is an attack: type 4 hours or more.",
        "Asthma + Lung UK (clinical reference 2.3)",
        _sooner_than_an_attack,
    ),
    Check(
        "hours-over-a-day",
        Kind.MUST_BE_PUT_RIGHT,
        "A reliever works for about 4 hours: type 24 hours or fewer.",
        "Clinical reference 2.6: a reliever lasts about 4 hours",
        _longer_than_a_day,
    ),
    Check(
        "many-puffs-when-worse",
        Kind.MUST_BE_EXPLAINED,
        "So many puffs can make severe illness at home look normal: type fewer, or say why.",
        "Hazard 7 of the safety list; clinical reference 2.3",
        _many,
    ),
    Check(
        "worse-dose-on-one-inhaler",
        Kind.MUST_BE_PUT_RIGHT,
        "MART and AIR have no other dose for getting worse: clear the {what}.",
        "Clinical reference 2.3: the dose rises by itself with use",
        _on_one_inhaler,
    ),
)
