"""From the fields of a draft to the plan that they say."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from plans.draft.entries import RECORD_TEXT, Entries
from plans.draft.inhalers import attack_steps, medicines
from plans.draft.names import ALLERGIES, UNKNOWNS
from plans.draft.treatment import increase, nebuliser, steroids, trial, weaning
from plans.draft.understood import understanding
from plans.plan import (
    Allergy,
    AllergyCare,
    Override,
    PeakFlow,
    Plan,
    Reason,
    Regimen,
    SchoolCare,
)
from plans.problems import Problem

CHILD_WORDS = 300  # characters: a box on the page
REASON = 500


class UnknownChoice(StrEnum):
    """What a clinician says that a medicine in no list is for."""

    PREVENTER = "preventer"
    RELIEVER = "reliever"
    COMBINATION = "combination"
    ADD_ON = "add-on"
    NOT_FOR_THIS_PLAN = "not-for-this-plan"


class Scale(StrEnum):
    EU = "EU"
    WRIGHT = "Wright"


@dataclass(frozen=True)
class UnknownMedicine:
    """A medicine on the child's record that is in no list, and what was chosen for it (None: nothing)."""

    field: str
    text: str
    choice: UnknownChoice | None = None


@dataclass(frozen=True)
class DraftReading:
    """What a draft says so far, what could not be read of it, and the medicines still to be placed."""

    plan: Plan
    problems: tuple[Problem, ...] = ()
    unknown: tuple[UnknownMedicine, ...] = ()


def read_draft(fields: Mapping[str, str], *, draft_id: str, child_id: str) -> DraftReading:
    """Return the plan that the fields of a draft say, with a problem for each that cannot be read.

    A missing or empty field is "not said". Nothing is guessed: an unreadable entry is "not said" in the
    plan and a must-be-put-right problem beside it. Puffs are whole numbers from 0 to 99, dates are ISO.
    """
    entries = Entries(fields)
    plan = Plan(
        id=draft_id,
        child_id=child_id,
        regimen=entries.choice("regimen", Regimen),
        medicines=medicines(entries),
        worse_puffs=entries.number("worse-puffs"),
        worse_hours=entries.number("worse-hours"),
        attack_steps=attack_steps(entries),
        exercise_puffs=entries.number("exercise-puffs"),
        increase=increase(entries),
        weaning=weaning(entries),
        steroids=steroids(entries),
        steroid_card=entries.yes_or_no("steroid-card"),
        nebuliser=nebuliser(entries),
        trial=trial(entries),
        override=_override(entries),
        peak_flow=_peak_flow(entries),
        allergies=_allergies(entries),
        allergy_care=_allergy_care(entries),
        triggers=tuple(key for name, key in entries.after("trigger-") if entries.ticked(name)),
        school=_school(entries),
        surgery_phone=entries.text("surgery-phone"),
        open_access_phone=entries.text("open-access-phone"),
        child_words=entries.text("child-words", CHILD_WORDS, lines=True),
        language=entries.key("language"),
        language_spoken=entries.text("language-spoken"),
        interpreter=entries.yes_or_no("interpreter"),
        review_by=entries.day("review-by"),
        understanding=understanding(entries),
        wordings_confirmed=tuple(key for name, key in entries.after("wording-") if entries.ticked(name)),
        reasons=_reasons(entries),
        replaces=entries.key("replaces"),
    )
    unknown = tuple(_unknown(entries))
    entries.refuse_unknown_names()
    return DraftReading(plan, tuple(entries.problems), unknown)


def _override(entries: Entries) -> Override | None:
    if not entries.is_typed("override-reason", "override-by"):
        return None
    return Override(entries.text("override-reason", REASON, lines=True), entries.text("override-by"))


def _peak_flow(entries: Entries) -> PeakFlow | None:
    """Read every field even when the plan goes by symptoms only: what cannot be read is never hidden."""
    peak_flow = PeakFlow(
        best=entries.number("peak-flow-best", digits=4),
        measured_on=entries.day("peak-flow-measured-on"),
        scale=entries.choice("peak-flow-scale", Scale) or "",
        worse_below=entries.number("peak-flow-worse-below", digits=4),
        attack_below=entries.number("peak-flow-attack-below", digits=4),
    )
    used = entries.yes_or_no("use-peak-flow")
    has_limits = entries.is_typed("peak-flow-worse-below", "peak-flow-attack-below")
    if has_limits and not entries.is_typed("use-peak-flow"):
        entries.refuse("use-peak-flow", "peak-flow-not-chosen")
    return peak_flow if used else None


def _allergies(entries: Entries) -> tuple[Allergy, ...]:
    found = []
    for number in ALLERGIES:
        name = entries.text(f"allergy-{number}-name")
        severe = entries.ticked(f"allergy-{number}-severe")
        if severe and not entries.is_typed(f"allergy-{number}-name"):
            entries.refuse(f"allergy-{number}-name", "allergy-without-name")
        if name:
            found.append(Allergy(name, severe))
    return tuple(found)


def _allergy_care(entries: Entries) -> AllergyCare:
    return AllergyCare(
        plan_confirmed=entries.ticked("allergy-plan-confirmed"),
        pens_expire_on=entries.day("pens-expire-on"),
        no_pens_reason=entries.text("no-pens-reason"),
    )


def _school(entries: Entries) -> SchoolCare:
    return SchoolCare(
        inhaler_place=entries.text("school-inhaler-place"),
        spacer_at_school=entries.yes_or_no("school-spacer"),
        emergency_inhaler_consent=entries.yes_or_no("school-emergency-consent"),
        contact_name=entries.text("school-contact-name"),
        contact_phone=entries.text("school-contact-phone"),
    )


def _reasons(entries: Entries) -> tuple[Reason, ...]:
    texts = ((check, entries.text(name, REASON, lines=True)) for name, check in entries.after("reason-"))
    return tuple(Reason(check, text) for check, text in texts if text)


def _unknown(entries: Entries) -> list[UnknownMedicine]:
    found = []
    for number in UNKNOWNS:
        field = f"unknown-{number}"
        text = entries.text(field, RECORD_TEXT, lines=True)
        choice = entries.choice(f"{field}-choice", UnknownChoice)
        if entries.is_typed(field):
            found.append(UnknownMedicine(field, text, choice))
    return found
