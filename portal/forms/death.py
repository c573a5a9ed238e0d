"""A death as it was typed: the day, and who told us."""

from collections.abc import Mapping
from datetime import datetime

from plans.death import Death
from plans.school_form import NotWhole
from portal.forms.concern import typed_id
from portal.forms.days import NotADay, typed_day
from portal.person import Person


def typed_death(form: Mapping[str, str], child_id: str, *, by: Person, at: datetime) -> Death:
    """Return the death that is said; raises NotWhole without a day. Nothing is filled in."""
    try:
        died_on = typed_day(form, "died")
    except NotADay:
        died_on = None
    if died_on is None:
        raise NotWhole("died-day", "Type the day on which the child died, like 20 11 2026.")
    return Death(typed_id(form), child_id, died_on, form.get("told-by", ""), str(by.ref), at)
