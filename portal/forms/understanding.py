"""A talk with the young person about what they understand, as typed."""

from collections.abc import Mapping

from plans.competence import Finding
from portal.actions.circle.deciding import Talk
from portal.forms.consent import Missing
from portal.forms.days import NotADay, typed_day


def typed_talk(form: Mapping[str, str]) -> Talk:
    """Return what the clinician found, about what and when; raises Missing for the first not typed."""
    try:
        finding = Finding(form.get("finding", ""))
    except ValueError:
        raise Missing("finding", "Choose what you found.") from None
    try:
        on = typed_day(form, "talked-on")
    except NotADay:
        on = None
    if on is None:
        raise Missing("talked-on-day", "Write the day of the talk, as day, month and year.")
    return Talk(finding, form.get("decision", ""), on)
