"""Somebody's word as typed: who, how, on which day, and until when."""

from collections.abc import Iterable, Mapping
from datetime import date

from plans.consent import How, Word
from portal.actions.circle.deciding import Decider
from portal.forms.days import NotADay, typed_day


class Missing(ValueError):
    """Something that is not typed yet, at its field; its text says what to do."""

    def __init__(self, field: str, sentence: str) -> None:
        super().__init__(sentence)
        self.field = field


def typed_word(form: Mapping[str, str], deciders: Iterable[Decider]) -> Word:
    """Return whose word it is, how they gave it and when; raises Missing for the first that is not typed."""
    who = next((one for one in deciders if one.ref == form.get("consent-by")), None)
    if who is None:
        raise Missing("consent-by", "Choose whose word it is.")
    try:
        how = How(form.get("consent-how", ""))
    except ValueError:
        raise Missing("consent-how", "Choose how they told you.") from None
    return Word(who.ref, who.name, how, _day_of(form, "consent-on"))


def typed_until(form: Mapping[str, str]) -> date | None:
    """Return the last day of a share, None for no end; raises Missing for what is no day."""
    try:
        return typed_day(form, "until")
    except NotADay:
        raise Missing("until-day", "Write the last day as day, month and year, or leave it empty.") from None


def _day_of(form: Mapping[str, str], name: str) -> date:
    try:
        found = typed_day(form, name)
    except NotADay:
        found = None
    if found is None:
        raise Missing(f"{name}-day", "Write the day on which they told you, as day, month and year.")
    return found
