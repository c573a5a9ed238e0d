"""Which rungs of a review's ladder have passed, and who must act on each, computed from what happened."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID, uuid5

from plans.ladder import LADDER, Owner, Step
from plans.review_events import Event, closing_event, that_stand, times_reopened
from plans.working_days import CalendarEnds, Holidays, in_utc, is_working_day, uk_day


@dataclass(frozen=True)
class Rung:
    """A step of one child's ladder: one `owner` must act, the others in `told` know of it."""

    code: str
    falls_at: datetime
    owner: Owner
    told: tuple[Owner, ...]
    about: str


def whole_ladder(discharged_at: datetime, due: date, holidays: Holidays) -> tuple[Rung, ...]:
    """Return every rung of one review in the order in which they fall.

    A morning discharge may see its due day begin before its 48 hours are over. Raises NaiveDatetime.
    """
    rungs = (_rung(step, discharged_at, due, holidays) for step in LADDER)
    return tuple(sorted(rungs, key=lambda rung: rung.falls_at))


def rungs_passed(
    discharged_at: datetime, due: date, events: tuple[Event, ...], now: datetime, holidays: Holidays
) -> tuple[Rung, ...]:
    """Return every rung that has fallen by `now`, in order; none once the review is closed.

    A late sweep gets all of them. Raises NaiveDatetime.
    """
    standing = rungs_standing(discharged_at, due, events, now, holidays)
    return tuple(rung for rung in standing if rung.falls_at <= in_utc(now))


def rungs_standing(
    discharged_at: datetime, due: date, events: tuple[Event, ...], now: datetime, holidays: Holidays
) -> tuple[Rung, ...]:
    """Return every rung that nothing has settled by `now`, those too that are still to fall, in order.

    None once the review is closed. Raises NaiveDatetime.
    """
    if closing_event(events, discharged_at, now):
        return ()
    happened = {event.kind for event in that_stand(events, now)}
    settled = {step.code for step in LADDER if step.settled_by in happened}
    return tuple(rung for rung in whole_ladder(discharged_at, due, holidays) if rung.code not in settled)


def alert_id(review_id: str, rung: Rung, events: tuple[Event, ...], now: datetime) -> str:
    """Return the one id that the alert for this rung of this review has, so that two sweeps raise one.

    A review that was reopened climbs its ladder anew: its old alerts are closed, and would tell nobody.
    """
    return str(uuid5(UUID(review_id), f"{rung.code}/{times_reopened(events, now)}"))


def _rung(step: Step, discharged_at: datetime, due: date, holidays: Holidays) -> Rung:
    falls_at = step.falls(discharged_at, due, holidays)
    is_open = _practice_is_open(uk_day(falls_at), holidays)
    return Rung(
        code=step.code,
        falls_at=falls_at,
        owner=step.owner if is_open else step.when_closed,
        told=_others(step, is_open),
        about=step.about.format(due=f"{due:%A} {due.day} {due:%B %Y}"),
    )


def _others(step: Step, is_open: bool) -> tuple[Owner, ...]:
    if is_open or step.owner is step.when_closed:
        return step.also
    return (step.owner, *step.also)


def _practice_is_open(day: date, holidays: Holidays) -> bool:
    try:
        return is_working_day(day, holidays)
    except CalendarEnds:
        return False  # nobody knows, so somebody who never closes owns it
