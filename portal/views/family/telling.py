"""What a family tells the surgery, after the page has said what to do now; and what became of it."""

from datetime import date

from flask import g
from flask.typing import ResponseReturnValue

from fhir import kept_people
from plans.content.discharge import DO_NOT_WAIT, PHONE_THE_SURGERY
from plans.plan import Regimen
from plans.sentences import Day, Moment, Sentence
from plans.team_task import TaskKind
from plans.working_days import uk_day
from portal import family_words
from portal.access import anyone
from portal.actions.family import link as family
from portal.actions.family.reports import REPORTS, Told, standing, tell
from portal.actions.family.surgery_days import read_from
from portal.calendar import holidays_for
from portal.family_pages import family_page
from portal.parts import parts
from portal.views.family.link import bp, go, language_of, opened_by
from portal.views.family.surgery import number_of

NAMES = "any('no-inhaler', 'not-called')"
TITLES = {TaskKind.NO_INHALER: family_words.NO_INHALER, TaskKind.NOT_CALLED: family_words.NOT_CALLED}
# Nobody is sent to phone a surgery that is closed today: (has a reliever, whether the surgery is open).
WITHOUT = {
    (True, True): family_words.NO_RELIEVER_NOW,
    (False, True): family_words.NO_INHALER_NOW,
    (True, False): family_words.NO_RELIEVER_CLOSED,
    (False, False): family_words.NO_INHALER_CLOSED,
}


@bp.get(f"/tell/<{NAMES}:name>")
@anyone
def telling(token: str, name: str) -> ResponseReturnValue:
    """Say what to do now; then let the family tell the surgery, or show what became of it."""
    opened, kind = opened_by(token, f"look at what they told the surgery: {name}"), REPORTS[name]
    told = standing(parts().store, opened, kind, now=g.now)
    return family_page(
        "family/telling.jinja",
        language_of(opened),
        token=token,
        name=name,
        title=TITLES[kind],
        first=_first(opened, kind, is_open=read_from_day(opened) is None),
        **number_of(opened),
        told=told,
        became=_became(told),
        when_read=when_read(opened, told.hours),
    )


@bp.post(f"/tell/<{NAMES}:name>")
@anyone
def told(token: str, name: str) -> ResponseReturnValue:
    """Tell the surgery, once a day."""
    opened, kind = opened_by(token, f"tell the surgery: {name}"), REPORTS[name]
    people = kept_people.family(parts().store, opened.child.id)
    who = next(one.name for one in people if one.id == opened.reader_id)
    if standing(parts().store, opened, kind, now=g.now).may_tell:
        tell(parts().store, opened, kind, name=who, at=g.now)
    return go("telling", token, name=name)


def read_from_day(opened: family.Opened) -> date | None:
    """Return the day on which the surgery, which is closed today, reads again; None where it is open."""
    return read_from(parts().store, opened, today=uk_day(g.now), holidays_for=holidays_for)


def when_read(opened: family.Opened, hours: int) -> tuple[Sentence, ...]:
    """Return when the surgery reads what is sent now: never at night, and not on a day when it is closed."""
    day = read_from_day(opened)
    if day is None:
        return (family_words.NOT_AT_NIGHT, family_words.within(hours))
    return (family_words.CLOSED_TODAY, family_words.nobody_reads_before(Day(day, with_weekday=True)))


def _first(opened: family.Opened, kind: TaskKind, *, is_open: bool) -> tuple[Sentence, ...]:
    """Return what to do now: in an attack, without the inhaler for it, and instead of waiting for a call."""
    if kind is TaskKind.NOT_CALLED:
        return (family_words.ATTACK_CALL_999, DO_NOT_WAIT, PHONE_THE_SURGERY)
    has_reliever = opened.plan.regimen is Regimen.PREVENTER_RELIEVER
    return (family_words.ATTACK_CALL_999, WITHOUT[has_reliever, is_open])


def _became(told: Told) -> tuple[Sentence, ...]:
    """Return what became of what this person told last; nothing if they have told nothing."""
    if told.last is None:
        return ()
    if told.last.done_at:
        return (family_words.answered_at(Moment(told.last.done_at)), family_words.NOT_RIGHT_YET)
    waits = (family_words.told_at(Moment(told.last.raised_at)), family_words.NOBODY_ANSWERED)
    return (*waits, family_words.LATE) if told.is_late(g.now) else waits
