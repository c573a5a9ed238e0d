"""From a plan back to the fields of a draft: all of them, or those that a new version may start from."""

from collections.abc import Iterator
from datetime import date

from plans.draft.names import SLOT_FIELDS
from plans.further_treatment import SteroidPack
from plans.plan import Allergy, AttackSteps, Medicine, PeakFlow, Plan, SchoolCare, Slot, Status, Unlisted
from plans.understanding import Understanding
from plans.working_days import uk_day

# Not strftime, whose month names follow the machine.
MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip

# Given or typed by a clinician for one version only: a new version asks for each of them again. The puffs and
# limits are among them because a draft has no place where they could wait, unconfirmed, for a tick.
NEVER_COPIED = (
    "wording-", "reason-", "override-", "review-by", "allergy-plan-confirmed", "no-pens-reason",
    "worse-", "attack-", "exercise-", "increase-", "weaning-", "steroids-",
    "peak-flow-worse-below", "peak-flow-attack-below", "replaces",
    "diagnosis", "trial-", "given-to", "taught-to", "technique", "teach-back-", "control-", "attacks-in-year",
)  # fmt: skip


def fields_of(plan: Plan, *, today: date) -> dict[str, str]:
    """Return the fields that a draft to amend `plan` starts with on `today`.

    Every dose is copied unconfirmed, with the plan it comes from as its source. Wordings, reasons, the
    day of review, who was taught, and puffs and limits that have no line of their own are asked for anew.
    A preventer whose trial is over is not copied (hazard 12 of the safety list).
    """
    left_out = {f"{Slot.PREVENTER}-{part}" for part in SLOT_FIELDS} if plan.trial.is_over(today) else set()
    kept = {
        name: text for name, text in every_field(plan).items()
        if name not in left_out and not name.startswith(NEVER_COPIED) and not name.endswith("-confirmed")
    }  # fmt: skip
    sources = {name: _source(plan) for slot in plan.medicines if (name := f"{slot}-source") not in left_out}
    return kept | sources | ({"replaces": plan.id} if plan.status is Status.SIGNED else {})


def every_field(plan: Plan) -> dict[str, str]:
    """Return all fields of a draft that says what `plan` says: `read_draft` turned round."""
    return {name: text for name, text in _all(plan) if text}


def _source(plan: Plan) -> str:
    if plan.signed_at is None:
        return f"Plan that nobody signed, version {plan.version}"
    day = uk_day(plan.signed_at)
    return f"Plan of {day.day} {MONTHS[day.month - 1]} {day.year}, version {plan.version}"


def _all(plan: Plan) -> Iterator[tuple[str, str]]:
    yield "regimen", _text(plan.regimen)
    yield "diagnosis", _text(plan.trial.diagnosis)
    yield "trial-until", _text(plan.trial.decide_by)
    if plan.override is not None:
        yield "override-reason", plan.override.reason
        yield "override-by", plan.override.by
    for slot, medicine in plan.medicines.items():
        yield from _medicine(slot, medicine)
    yield "worse-puffs", _text(plan.worse_puffs)
    yield "worse-hours", _text(plan.worse_hours)
    yield "exercise-puffs", _text(plan.exercise_puffs)
    if plan.attack_steps is not None:
        yield from _attack_steps(plan.attack_steps)
    yield from _further(plan)
    if plan.steroids is not None:
        yield from _steroids(plan.steroids)
    if plan.peak_flow is not None:
        yield from _peak_flow(plan.peak_flow)
    for number, allergy in enumerate(plan.allergies, start=1):
        yield from _allergy(number, allergy)
    yield "allergy-plan-confirmed", _tick(plan.allergy_care.plan_confirmed)
    yield "pens-expire-on", _text(plan.allergy_care.pens_expire_on)
    yield "no-pens-reason", plan.allergy_care.no_pens_reason
    yield from _school(plan.school)
    yield from _people(plan)
    yield from ((f"trigger-{key}", "yes") for key in plan.triggers)
    yield from ((f"wording-{key}", "yes") for key in plan.wordings_confirmed)
    yield from ((f"reason-{reason.check}", reason.text) for reason in plan.reasons)


def _attack_steps(steps: AttackSteps) -> Iterator[tuple[str, str]]:
    yield "attack-inhaler", _text(steps.slot)
    yield "attack-puffs", _text(steps.puffs)
    yield "attack-gap-seconds", _text(steps.gap_seconds)
    yield "attack-maximum", _text(steps.maximum)


def _further(plan: Plan) -> Iterator[tuple[str, str]]:
    if plan.increase is not None:
        yield "increase-morning", _text(plan.increase.morning)
        yield "increase-evening", _text(plan.increase.evening)
        yield "increase-days", _text(plan.increase.days)
    if plan.weaning is not None:
        yield "weaning-puffs", _text(plan.weaning.puffs)
        yield "weaning-hours", _text(plan.weaning.hours)
        yield "weaning-days", _text(plan.weaning.days)
    yield "steroid-card", _answer(plan.steroid_card)
    yield "nebuliser-at-home", _answer(plan.nebuliser.at_home)
    yield "nebuliser-specialist", plan.nebuliser.specialist
    yield "nebuliser-hospital", plan.nebuliser.hospital


def _steroids(pack: SteroidPack) -> Iterator[tuple[str, str]]:
    yield "steroids-supplied", _tick(pack.supplied)
    yield "steroids-product", pack.product
    yield "steroids-milligrams", _text(pack.milligrams)
    yield "steroids-amount", _text(pack.amount)
    yield "steroids-days", _text(pack.days)
    yield "steroids-start", _text(pack.start)
    yield "steroids-below", _text(pack.below)
    yield "steroids-start-words", pack.start_words


def _medicine(slot: Slot, medicine: Medicine) -> Iterator[tuple[str, str]]:
    yield f"{slot}-product", medicine.product
    if medicine.unlisted is not None:
        yield from _unlisted(slot, medicine.unlisted)
    yield f"{slot}-colour", medicine.colour
    yield f"{slot}-morning", _text(medicine.morning)
    yield f"{slot}-evening", _text(medicine.evening)
    yield f"{slot}-when-needed", _text(medicine.when_needed)
    yield f"{slot}-most-a-day", _text(medicine.most_a_day)
    yield f"{slot}-spacer", _text(medicine.spacer)
    yield f"{slot}-source", medicine.source
    yield f"{slot}-confirmed", _tick(bool(medicine.source) and medicine.confirmed)


def _unlisted(slot: Slot, written: Unlisted) -> Iterator[tuple[str, str]]:
    yield f"{slot}-name", written.name
    yield f"{slot}-strength", written.strength
    yield f"{slot}-device", _text(written.device)


def _peak_flow(peak_flow: PeakFlow) -> Iterator[tuple[str, str]]:
    yield "use-peak-flow", "yes"
    yield "peak-flow-best", _text(peak_flow.best)
    yield "peak-flow-measured-on", _text(peak_flow.measured_on)
    yield "peak-flow-scale", peak_flow.scale
    yield "peak-flow-worse-below", _text(peak_flow.worse_below)
    yield "peak-flow-attack-below", _text(peak_flow.attack_below)


def _allergy(number: int, allergy: Allergy) -> Iterator[tuple[str, str]]:
    yield f"allergy-{number}-name", allergy.name
    yield f"allergy-{number}-severe", _tick(allergy.severe)


def _school(school: SchoolCare) -> Iterator[tuple[str, str]]:
    yield "school-inhaler-place", school.inhaler_place
    yield "school-spacer", _answer(school.spacer_at_school)
    yield "school-emergency-consent", _answer(school.emergency_inhaler_consent)
    yield "school-contact-name", school.contact_name
    yield "school-contact-phone", school.contact_phone


def _people(plan: Plan) -> Iterator[tuple[str, str]]:
    yield "surgery-phone", plan.surgery_phone
    yield "open-access-phone", plan.open_access_phone
    yield "child-words", plan.child_words
    yield "language", plan.language
    yield "language-spoken", plan.language_spoken
    yield "interpreter", _answer(plan.interpreter)
    yield "review-by", _text(plan.review_by)
    yield from _understanding(plan.understanding)
    yield "replaces", plan.replaces


def _understanding(seen: Understanding) -> Iterator[tuple[str, str]]:
    yield "given-to", seen.given_to
    yield "taught-to", seen.taught_to
    yield "technique", _text(seen.technique)
    yield "teach-back-every-day", _text(seen.every_day)
    yield "teach-back-attack", _text(seen.attack)
    yield "teach-back-emergency", _text(seen.emergency)
    yield "control-tool", _text(seen.control_tool)
    yield "control-score", _text(seen.control_score)
    yield "control-on", _text(seen.control_on)
    yield "attacks-in-year", _text(seen.attacks_in_year)


def _text(value: object) -> str:
    return "" if value is None else str(value)


def _tick(ticked: bool) -> str:
    return "yes" if ticked else ""


def _answer(answer: bool | None) -> str:
    return {True: "yes", False: "no", None: ""}[answer]
