"""Whether every puff that the regimen asks for is typed, and none that makes no sense."""

from collections.abc import Iterator

from plans.checks.situation import Check, Situation, listed
from plans.licences import usual_maxima
from plans.plan import Medicine, Plan, Regimen, Slot
from plans.problems import Kind
from plans.regimens import ONE_INHALER, PLACES, STANDARD_STEPS, Asks, Place, Script

# Source: the most puffs of any standard script (clinical reference 2.4). More is a slip of the hand.
MOST_PUFFS = STANDARD_STEPS[Script.A].maximum
# Source: relief for less than 4 hours is an attack (Asthma + Lung UK; clinical reference 2.3). Tag V.
ATTACK_IF_SOONER = 4  # hours
# Source: "6 to 10 puffs 4-hourly" is local practice (hazard 7); plans in use give 2 to 4 (UHSussex). Tag V.
MANY_PUFFS = 6


def _places(plan: Plan) -> Iterator[tuple[Slot, Medicine, Place]]:
    places = PLACES[plan.regimen] if plan.regimen else {}
    for slot, medicine in plan.medicines.items():
        if slot in places:
            yield slot, medicine, places[slot]


def _puffs_missing(plan: Plan, _: Situation) -> Iterator[str]:
    for slot, medicine, place in _places(plan):
        if place.daily is Asks.REQUIRED and not _a_day(medicine):
            yield f"{slot}-morning"
        if place.when_needed is Asks.REQUIRED and not medicine.when_needed:
            yield f"{slot}-when-needed"


def _puffs_not_in_regimen(plan: Plan, _: Situation) -> Iterator[str]:
    for slot, medicine, place in _places(plan):
        for field, puffs in _doses(slot, medicine):
            asked = place.when_needed if field.endswith("when-needed") else place.daily
            if asked is Asks.FORBIDDEN and puffs:
                yield field


def _too_many_at_once(plan: Plan, _: Situation) -> Iterator[str]:
    doses = [dose for slot, medicine in plan.medicines.items() for dose in _doses(slot, medicine)]
    for field, puffs in [*doses, ("worse-puffs", plan.worse_puffs)]:
        if puffs is not None and puffs > MOST_PUFFS:
            yield field


def _over_usual_maximum(plan: Plan, situation: Situation) -> Iterator[str]:
    for slot, medicine, product in listed(plan, situation):
        maxima = usual_maxima(product, situation.age) if slot is Slot.COMBINATION else None
        if maxima is not None and maxima.a_day is not None and _a_day(medicine) > maxima.a_day:
            yield f"{slot}-morning"
        if maxima is not None and maxima.at_once is not None and (medicine.when_needed or 0) > maxima.at_once:
            yield f"{slot}-when-needed"


def _worse_missing(plan: Plan, _: Situation) -> Iterator[str]:
    if plan.regimen is Regimen.PREVENTER_RELIEVER:
        if not plan.worse_puffs:
            yield "worse-puffs"
        if not plan.worse_hours:
            yield "worse-hours"


def _worse_sooner_than_an_attack(plan: Plan, _: Situation) -> Iterator[str]:
    if plan.regimen is Regimen.PREVENTER_RELIEVER and 0 < (plan.worse_hours or 0) < ATTACK_IF_SOONER:
        yield "worse-hours"


def _many_when_worse(plan: Plan, _: Situation) -> Iterator[str]:
    if plan.regimen is Regimen.PREVENTER_RELIEVER and MANY_PUFFS <= (plan.worse_puffs or 0) <= MOST_PUFFS:
        yield "worse-puffs"


def _worse_on_one_inhaler(plan: Plan, _: Situation) -> Iterator[str]:
    combination = plan.medicines.get(Slot.COMBINATION)
    if plan.regimen not in ONE_INHALER or combination is None:
        return
    if plan.worse_puffs is not None and plan.worse_puffs != combination.when_needed:
        yield "worse-puffs"
    if plan.worse_hours is not None:
        yield "worse-hours"


def _a_day(medicine: Medicine) -> int:
    return (medicine.morning or 0) + (medicine.evening or 0)


def _doses(slot: Slot, medicine: Medicine) -> Iterator[tuple[str, int | None]]:
    yield f"{slot}-morning", medicine.morning
    yield f"{slot}-evening", medicine.evening
    yield f"{slot}-when-needed", medicine.when_needed


CHECKS = (
    Check(
        "puffs-missing",
        Kind.MUST_BE_PUT_RIGHT,
        "Type how much of the {what} to take {when}.",
        "Clinical reference 2.1 and 2.2",
        _puffs_missing,
    ),
    Check(
        "puffs-not-in-regimen",
        Kind.MUST_BE_PUT_RIGHT,
        "On this regimen the {what} is not taken {when}: clear this number.",
        "Clinical reference 2.2: AIR has no daily puffs, and a preventer is never for symptoms",
        _puffs_not_in_regimen,
    ),
    Check(
        "too-many-at-once",
        Kind.MUST_BE_PUT_RIGHT,
        "No more than 10 are taken at one time: type the number for {what} again.",
        "Clinical reference 2.4: 10 puffs are the most of any standard script",
        _too_many_at_once,
    ),
    Check(
        "over-usual-maximum",
        Kind.MUST_BE_EXPLAINED,
        "This is over the usual maximum of this inhaler: type another number, or say why.",
        "Clinical reference 1.6",
        _over_usual_maximum,
    ),
    Check(
        "worse-puffs-missing",
        Kind.MUST_BE_PUT_RIGHT,
        "Type the {what}.",
        "Clinical reference 2.3: reliever as a clinician writes it",
        _worse_missing,
    ),
    Check(
        "worse-sooner-than-4-hours",
        Kind.MUST_BE_PUT_RIGHT,
        "A reliever needed again within 4 hours is an attack: type 4 hours or more.",
        "Asthma + Lung UK (clinical reference 2.3)",
        _worse_sooner_than_an_attack,
    ),
    Check(
        "many-puffs-when-worse",
        Kind.MUST_BE_EXPLAINED,
        "So many puffs can make severe illness at home look normal: type fewer, or say why.",
        "Hazard 7 of the safety list; clinical reference 2.3",
        _many_when_worse,
    ),
    Check(
        "increase-on-one-inhaler",
        Kind.MUST_BE_PUT_RIGHT,
        "MART and AIR have no other dose for getting worse: clear the {what}.",
        "Clinical reference 2.3: the dose rises by itself with use",
        _worse_on_one_inhaler,
    ),
)
