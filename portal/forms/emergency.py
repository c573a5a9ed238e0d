"""What was typed to open a record in an emergency -> the reason, the NHS number and the date of birth."""

from collections.abc import Mapping

from plans.emergency_access import LONGEST_REASON, ReasonMissing
from plans.errors import NhsNumberInvalid
from plans.people import nhs_number
from plans.problems import Kind, Problem
from portal.actions.emergency_access import Typed
from portal.forms.days import NotADay, typed_day

SENTENCES = {
    "reason": "Write why you need this record now.",
    "nhs-number": "Enter the NHS number of the child.",
    "born-day": "Enter the date of birth of the child in numbers.",
}


def typed_problems(form: Mapping[str, str]) -> list[Problem]:
    """Return all that is missing or wrong, in the order of the boxes, so that one try finds out.

    A wrong number alone is for the look itself, which answers the same whatever is wrong.
    """
    found = {"reason": _reason(form), "nhs-number": _number(form), "born-day": _born(form)}
    if form.get("nhs-number", "").strip() and not (found["reason"] or found["born-day"]):
        return []
    return [Problem(name, Kind.MUST_BE_PUT_RIGHT, name, said) for name, said in found.items() if said]


def _reason(form: Mapping[str, str]) -> str:
    said = form.get("reason", "").strip()
    return str(ReasonMissing()) if len(said) > LONGEST_REASON else "" if said else SENTENCES["reason"]


def _number(form: Mapping[str, str]) -> str:
    if not form.get("nhs-number", "").strip():
        return SENTENCES["nhs-number"]
    try:
        nhs_number(form["nhs-number"])
    except NhsNumberInvalid as refusal:
        return str(refusal)
    return ""


def _born(form: Mapping[str, str]) -> str:
    try:
        return "" if typed_day(form, "born") else SENTENCES["born-day"]
    except NotADay:
        return SENTENCES["born-day"]


def typed(form: Mapping[str, str]) -> Typed:
    """Return what was typed, where nothing is missing."""
    born = typed_day(form, "born")
    if born is None:
        raise NotADay
    return Typed(form["reason"], form["nhs-number"], born)
