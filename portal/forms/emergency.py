"""What was typed to open a record in an emergency -> the reason, the NHS number and the date of birth."""

from collections.abc import Mapping

from plans.problems import Kind, Problem
from portal.actions.emergency_access import Typed
from portal.forms.days import NotADay, typed_day

SENTENCES = {
    "reason": "Write why you need this record now.",
    "nhs-number": "Enter the NHS number of the child.",
    "born-day": "Enter the date of birth of the child in numbers.",
}


def typed_problems(form: Mapping[str, str]) -> list[Problem]:
    """Return what is missing, in the order of the boxes."""
    missing = [name for name in ("reason", "nhs-number") if not form.get(name, "").strip()]
    try:
        missing += [] if typed_day(form, "born") else ["born-day"]
    except NotADay:
        missing.append("born-day")
    return [Problem(name, Kind.MUST_BE_PUT_RIGHT, name, SENTENCES[name]) for name in missing]


def typed(form: Mapping[str, str]) -> Typed:
    """Return what was typed, where nothing is missing."""
    born = typed_day(form, "born")
    if born is None:
        raise NotADay
    return Typed(form["reason"], form["nhs-number"], born)
