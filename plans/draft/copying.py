"""From a plan back to the fields of a draft: all of them, or those that a new version may start from."""

from collections.abc import Iterator

from plans.plan import Allergy, Medicine, PeakFlow, Plan, SchoolCare, Slot, Status
from plans.working_days import uk_day

# Not strftime, whose month names follow the machine.
MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip

# Given or typed by a clinician for one version only: a new version asks for each of them again. The puffs and
# limits are among them because a draft has no place where they could wait, unconfirmed, for a tick.
NEVER_COPIED = (
    "wording-", "reason-", "taught-to", "review-by", "allergy-plan-confirmed", "no-pens-reason",
    "worse-", "attack-", "peak-flow-worse-below", "peak-flow-attack-below", "replaces",
)  # fmt: skip


def fields_of(plan: Plan) -> dict[str, str]:
    """Return the fields that a draft to amend `plan` starts with.

    Every dose is copied unconfirmed, with the plan it comes from as its source. Wordings, reasons, the
    day of review, who was taught, and puffs and limits that have no line of their own are asked for anew.
    """
    kept = {
        name: text for name, text in every_field(plan).items()
        if not name.startswith(NEVER_COPIED) and not name.endswith("-confirmed")
    }  # fmt: skip
    sources = {f"{slot}-source": _source(plan) for slot in plan.medicines}
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
    for slot, medicine in plan.medicines.items():
        yield from _medicine(slot, medicine)
    yield "worse-puffs", _text(plan.worse_puffs)
    yield "worse-hours", _text(plan.worse_hours)
    if plan.attack_steps is not None:
        yield "attack-puffs", _text(plan.attack_steps.puffs)
        yield "attack-gap-seconds", _text(plan.attack_steps.gap_seconds)
        yield "attack-maximum", _text(plan.attack_steps.maximum)
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


def _medicine(slot: Slot, medicine: Medicine) -> Iterator[tuple[str, str]]:
    yield f"{slot}-product", medicine.product
    yield f"{slot}-colour", medicine.colour
    yield f"{slot}-morning", _text(medicine.morning)
    yield f"{slot}-evening", _text(medicine.evening)
    yield f"{slot}-when-needed", _text(medicine.when_needed)
    yield f"{slot}-spacer", _text(medicine.spacer)
    yield f"{slot}-source", medicine.source
    yield f"{slot}-confirmed", _tick(bool(medicine.source) and medicine.confirmed)


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
    yield "child-words", plan.child_words
    yield "language", plan.language
    yield "review-by", _text(plan.review_by)
    yield "taught-to", plan.taught_to
    yield "replaces", plan.replaces


def _text(value: object) -> str:
    return "" if value is None else str(value)


def _tick(ticked: bool) -> str:
    return "yes" if ticked else ""


def _answer(answer: bool | None) -> str:
    return {True: "yes", False: "no", None: ""}[answer]
