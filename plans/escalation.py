"""Which rungs of a review's ladder have passed, and who must act on each, computed from what happened."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from uuid import UUID, uuid5

from plans.ladder import (
    ACCEPT,
    EVENING,
    HOURS,
    IS_STAFFED_TEAM,
    LADDER,
    MORNING,
    NEXT_OWNER,
    UNANSWERED_ABOUT,
    Owner,
    Start,
    Step,
    unanswered,
)
from plans.review_events import Event, EventKind, closing_event, that_stand, times_reopened, withdrawals
from plans.working_days import (
    ONE_DAY,
    Holidays,
    in_utc,
    is_worked,
    uk_day,
    uk_moment,
    uk_time,
    working_day_after,
)

IsAway = Callable[[date], bool]


@dataclass(frozen=True)
class Rung:
    """A step of one child's ladder: one `owner` must act, the others in `told` know of it.

    `occasion` tells apart the times at which one step falls anew, "" where it falls as the ladder says.
    """

    code: str
    falls_at: datetime
    owner: Owner
    told: tuple[Owner, ...]
    about: str
    occasion: str = ""


@dataclass(frozen=True)
class Climb:
    """What one ladder is climbed with: the discharge, the practice's holidays and absences, the hours.

    `hours` are those of plans/ladder.py, or shorter ones of a local policy.
    """

    discharged_at: datetime
    due: date
    events: tuple[Event, ...]
    holidays: Holidays
    is_away: IsAway = lambda _day: False
    hours: Mapping[str, int] = field(default_factory=lambda: HOURS)

    @property
    def start(self) -> Start:
        accept_in = timedelta(hours=self.hours[ACCEPT])
        return Start(self.discharged_at, self.due, self.holidays, accept_in)

    def is_open(self, at: datetime) -> bool:
        """Return whether somebody answers at the practice; at midnight, whether they will in the morning."""
        shown = uk_time(at)
        # Where nobody knows whether people work, somebody who never closes owns it.
        if self.is_away(shown.date()) or not is_worked(shown.date(), self.holidays, unknown=False):
            return False
        return shown.time() == time.min or MORNING <= shown.time() < EVENING


def rungs_standing(climb: Climb, now: datetime) -> tuple[Rung, ...]:
    """Return every rung that nothing has settled by `now`, those too that are still to fall, in order.

    Of a step that comes again the last time, and the next. None once the review is closed. Raises
    NaiveDatetime.
    """
    if closing_event(climb.events, climb.discharged_at, now):
        return ()
    events = that_stand(climb.events, now)
    rungs = (
        rung
        for step in LADDER
        if not _is_settled(step, events)
        for rung in _times_of(step, climb, events, in_utc(now))
    )
    return tuple(sorted(rungs, key=lambda rung: rung.falls_at))


def settled_codes(events: tuple[Event, ...], now: datetime) -> dict[str, EventKind]:
    """Return each step that what happened by `now` has made needless, passed on or not, and by what."""
    happened = that_stand(events, now)
    settled = [step for step in LADDER if _is_settled(step, happened)]
    codes = ((step, code) for step in settled for code in (step.code, unanswered(step.code)))
    return {code: step.settled_by for step, code in codes if step.settled_by}


def alert_id(review_id: str, rung: Rung, events: tuple[Event, ...], now: datetime) -> str:
    """Return the one id that the alert for this rung of this review has, so that two sweeps raise one.

    A review that was reopened climbs its ladder anew: its old alerts are closed, and would tell nobody.
    """
    said = "/".join(part for part in (rung.code, rung.occasion) if part)
    return str(uuid5(UUID(review_id), f"{said}/{times_reopened(events, now)}"))


def next_alert_id(alert_id: str) -> str:
    """Return the one id of the alert that passes this one on, so that it is passed on once."""
    return str(uuid5(UUID(alert_id), "unanswered"))


def answer_by(code: str, owner: Owner, raised_at: datetime, hours: Mapping[str, int]) -> datetime:
    """Return by when an alert has to be acknowledged, in UTC.

    The hours of a practice that is told in the night count from the morning on.
    """
    since = in_utc(raised_at)
    if not IS_STAFFED_TEAM[owner]:
        since = max(since, uk_moment(uk_day(since), MORNING))
    return since + timedelta(hours=hours[f"answer-{code.removesuffix(unanswered(''))}"])


def passed_on(rung: Rung, owner: Owner, climb: Climb, now: datetime) -> Rung | None:
    """Return what is told where `owner` has not acknowledged this rung's alert in its time, by `now`.

    It goes to whoever is next and open; None where `owner` is a team with nobody after it.
    """
    after = NEXT_OWNER[owner]
    while after and not (IS_STAFFED_TEAM[after] or climb.is_open(now)):
        after = NEXT_OWNER[after]
    if after is None:
        return None
    told = tuple(one for one in dict.fromkeys((owner, rung.owner, *rung.told)) if one is not after)
    about = UNANSWERED_ABOUT[after].format(about=rung.about)
    return replace(
        rung, code=unanswered(rung.code), falls_at=in_utc(now), owner=after, told=told, about=about
    )


def _is_settled(step: Step, events: tuple[Event, ...]) -> bool:
    """Return whether what happened last of the two makes a step needless."""
    kinds = [event.kind for event in events if event.kind in (step.settled_by, step.unsettled_by)]
    return bool(kinds) and kinds[-1] is step.settled_by


def _times_of(step: Step, climb: Climb, events: tuple[Event, ...], now: datetime) -> Iterator[Rung]:
    """Yield a step as it falls; of one that comes again the last time by `now`, and the next.

    One that was unsettled falls anew with what unsettled it last: it may have been told before, and closed.
    """
    first = step.falls(climb.start)
    if not step.comes_again:
        unsettled = (*_withdrawn(step, climb, now), *(e for e in events if e.kind is step.unsettled_by))
        last = max(unsettled, key=lambda one: in_utc(one.at), default=None)
        yield _rung(step, climb, max(first, in_utc(last.at)), last.id) if last else _rung(step, climb, first)
        return
    day = uk_day(now) if uk_moment(uk_day(now), MORNING) <= now else uk_day(now) - ONE_DAY
    while day > uk_day(first) and not is_worked(day, climb.holidays, unknown=True):
        day -= ONE_DAY
    if day < uk_day(first):
        yield _rung(step, climb, first, uk_day(first).isoformat())
        return
    for one in (day, working_day_after(day, climb.holidays)):
        yield _rung(step, climb, uk_moment(one, MORNING), one.isoformat())


def _withdrawn(step: Step, climb: Climb, now: datetime) -> Iterator[Event]:
    """Yield each time by `now` at which what had settled a step was withdrawn: from then on it is not."""
    if step.settled_by:
        for one in withdrawals(climb.events, step.settled_by, now):
            without = tuple(event for event in climb.events if event is not one)
            if _is_settled(step, that_stand(without, one.at)):
                yield one


def _rung(step: Step, climb: Climb, falls_at: datetime, occasion: str = "") -> Rung:
    is_open = climb.is_open(falls_at)
    due = f"{climb.due:%A} {climb.due.day} {climb.due:%B %Y}"
    return Rung(
        code=step.code,
        falls_at=falls_at,
        owner=step.owner if is_open else step.when_closed,
        told=_others(step, is_open),
        about=step.about.format(due=due, hours=climb.hours[ACCEPT]),
        occasion=occasion,
    )


def _others(step: Step, is_open: bool) -> tuple[Owner, ...]:
    if is_open or step.owner is step.when_closed:
        return step.also
    return (step.owner, *step.also)
