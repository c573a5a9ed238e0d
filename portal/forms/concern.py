"""A concern, a decision before a weekend and the numbers of a place, as they were typed."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from uuid import UUID, uuid4

from plans.concern import Concern, When, end_of, lacks
from plans.errors import PuffinError
from plans.school_form import NotWhole
from plans.weekend import Decision, Way
from plans.working_days import Holidays, uk_moment
from portal.actions.concerns.numbers import Purpose
from portal.forms.days import NotADay, NotATime, typed_day, typed_time
from portal.person import Person

Form = Mapping[str, str]


class ConcernNotWhole(PuffinError):
    """A form for a concern that cannot be kept as it is: everything in it that must be put right."""

    def __init__(self, refusals: Sequence[NotWhole]) -> None:
        super().__init__(" ".join(str(one) for one in refusals))
        self.refusals = tuple(refusals)


def typed_concern(form: Form, child_id: str, holidays: Holidays, *, by: Person, at: datetime) -> Concern:
    """Return the concern that is wanted; raises ConcernNotWhole with all that is missing or cannot be.

    Nothing is filled in for what was left empty.
    """
    unread: list[NotWhole] = []
    when, asked_by = When.TODAY, at
    try:
        when = _when(form)
        asked_by = _asked_by(form) if when is When.BY else end_of(when, at)
    except NotWhole as refusal:
        when = When.TODAY  # so that only the rest of the form is looked at: this one is never kept
        unread.append(refusal)
    typed = Concern(
        id=typed_id(form),
        child_id=child_id,
        words=form.get("words", ""),
        how_safe=_how_safe(form),
        when=when,
        asked_by=asked_by,
        raised_by=str(by.ref),
        raised_as=by.role,
        raised_at_id=by.organisation_id,
        raised_at=at,
    )
    refusals = [*lacks(typed, holidays), *unread]
    if refusals:
        raise ConcernNotWhole(refusals)
    return typed


def typed_decision(
    form: Form, child_id: str, about: str, back_on: date, *, by: Person, at: datetime
) -> Decision:
    """Return the decision that is wanted, about a thing (a reference), until the next working day."""
    ways = {way: form.get(way, "") for way in Way}
    return Decision(typed_id(form), child_id, about, str(by.ref), by.organisation_id, at, back_on, ways)


def typed_numbers(form: Form) -> dict[Purpose, tuple[str, str]]:
    """Return the name and the number that were typed for each purpose."""
    return {
        purpose: (form.get(f"{purpose}-name", "").strip(), form.get(f"{purpose}-phone", "").strip())
        for purpose in Purpose
    }


def typed_id(form: Form) -> str:
    """Return the id that the form was made with; a new one where that is none of ours."""
    try:
        return str(UUID(form.get("once", "")))
    except ValueError:
        return str(uuid4())


def _how_safe(form: Form) -> int | None:
    """Return the number that was typed, None for what is none: it is refused then as one that is missing."""
    typed = form.get("how-safe", "").strip()
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) <= 2 else None


def _when(form: Form) -> When:
    try:
        return When(form.get("when", ""))
    except ValueError:
        raise NotWhole("when", "Say by when somebody must act.") from None


def _asked_by(form: Form) -> datetime:
    try:
        day, at = typed_day(form, "by"), typed_time(form.get("by-time", ""))
    except (NotADay, NotATime):
        day = None
    if day is None:
        raise NotWhole("by-day", "Enter the day and the time by which somebody must act.")
    return uk_moment(day, at)
