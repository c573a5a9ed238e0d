"""Days on which a team is away, as a form: what was typed, or what must be put right."""

from collections.abc import Mapping
from datetime import date

from plans.problems import Kind, Problem
from plans.team import DaysNotRight
from portal.forms.days import NotADay, typed_day


def typed_end(form: Mapping[str, str], which: str) -> date:
    """Return the last day that was typed into one of the forms of the page; raises DaysNotRight."""
    return _day(form, which, "last", "Enter the last day, like 4 9 2027.")


def typed_range(form: Mapping[str, str], which: str) -> tuple[date, date]:
    """Return the first and the last day that were typed; raises DaysNotRight."""
    return _day(form, which, "first", "Enter the first day, like 24 7 2027."), typed_end(form, which)


def problem(refusal: DaysNotRight, which: str) -> Problem:
    """Return what must be put right, at its field in one of the forms of the page."""
    field = f"{which}-{refusal.field}"
    return Problem(field, Kind.MUST_BE_PUT_RIGHT, field, str(refusal))


def _day(form: Mapping[str, str], which: str, name: str, sentence: str) -> date:
    try:
        typed = typed_day(form, f"{which}-{name}")
    except NotADay:
        typed = None
    if typed is None:
        raise DaysNotRight(f"{name}-day", sentence)
    return typed
