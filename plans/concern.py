"""A concern about a child: how safe the child is, by when to act, and who is told until it is answered.

A table, as plans/ladder.py is for reviews. No source gives these hours: they are design (tag U), and a local
policy can only shorten them. A score is a person's word; nothing here makes one.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from enum import StrEnum
from uuid import UUID, uuid5

from plans.errors import PuffinError
from plans.places import Role
from plans.school_form import NotWhole
from plans.working_days import (
    ONE_DAY,
    Holidays,
    in_utc,
    is_worked,
    uk_day,
    uk_moment,
    uk_time,
)

SAFEST = 10
NOT_SAFE = 2  # this or lower opens the weekend and safeguarding route at once, as "tonight" does
LONGEST_WORDS = 1500  # characters
FARTHEST = 7  # days: what is later belongs to a review, and a slip of the pen is found

# The least time in which anybody can act, and until when "tonight" and "today" last where that leaves it.
HOURS_TO_ACT = timedelta(hours=2)
NIGHT_ENDS = time(6)


class When(StrEnum):
    """By when somebody must act, as whoever raises a concern says it."""

    TONIGHT = "tonight"
    TODAY = "today"
    BY = "by"  # a working day and a time


ENDS: Mapping[When, time] = {When.TONIGHT: time(20), When.TODAY: time(18)}


class Place(StrEnum):
    """A team that may own a concern about a child."""

    PRACTICE = "practice"
    HOSPITAL = "hospital"  # where the child is theirs
    NURSES = "nurses"  # of the child's school
    SIGNER = "signer"  # where the child's plan was signed
    OWN = "own"  # that of whoever raised it


class Team(StrEnum):
    """Who must act on a rung; the portal turns it into the team itself."""

    FIRST = "first-team"
    LEAD = "lead-of-first-team"
    NEXT = "next-team"
    STAFFED = "staffed-team"  # somebody is there day and night


# Which team owns a concern first, and which next, by what whoever raised it does: the first two known here.
ORDER: Mapping[Role, tuple[Place, ...]] = {
    Role.CLINICIAN: (Place.HOSPITAL, Place.NURSES, Place.PRACTICE, Place.SIGNER, Place.OWN),
    Role.HOSPITAL: (Place.PRACTICE, Place.NURSES, Place.HOSPITAL, Place.SIGNER, Place.OWN),
    Role.SCHOOL_NURSE: (Place.PRACTICE, Place.HOSPITAL, Place.NURSES, Place.SIGNER, Place.OWN),
    Role.COMMUNITY_NURSE: (Place.PRACTICE, Place.HOSPITAL, Place.NURSES, Place.SIGNER, Place.OWN),
    Role.PHARMACIST: (Place.PRACTICE, Place.HOSPITAL, Place.NURSES, Place.SIGNER, Place.OWN),
    Role.SOCIAL_WORKER: (Place.PRACTICE, Place.HOSPITAL, Place.NURSES, Place.SIGNER, Place.OWN),
    Role.SCHOOL_STAFF: (Place.PRACTICE, Place.NURSES, Place.HOSPITAL, Place.SIGNER, Place.OWN),
}
RAISES = frozenset(ORDER)  # a privacy lead sees no child
# Who reads a concern that their team owns or was told of. A pharmacist and a school read only their own.
READS = frozenset(
    {Role.CLINICIAN, Role.HOSPITAL, Role.SCHOOL_NURSE, Role.COMMUNITY_NURSE, Role.SOCIAL_WORKER}
)

HOURS: Mapping[str, int] = {
    "acknowledge-urgent": 1,
    "take-urgent": 2,
    "acknowledge": 4,
    "staffed": 2,
    "answer-again-urgent": 2,
    "answer-again": 4,
    "tell-again": 24,
}
Hours = Mapping[str, int]


class Happened(StrEnum):
    """What became of a concern."""

    READ = "read"  # by a team that was told beside the one that must act: it stops no step
    ACKNOWLEDGED = "acknowledged"  # by the team that must act, or by whoever covers it
    ANSWERED = "answered"
    DISAGREED = "disagreed"
    WITHDRAWN = "withdrawn"
    DIED = "died"  # the child, confirmed by two people; never an answer
    DEATH_WITHDRAWN = "death-withdrawn"  # said in error: it is open again


SEEN = frozenset({Happened.READ, Happened.ACKNOWLEDGED})


class State(StrEnum):
    """How a concern stands, computed from what happened."""

    SENT = "sent"
    ACKNOWLEDGED = "acknowledged"
    ANSWERED = "answered"
    WITHDRAWN = "withdrawn"
    DIED = "died"


class AnswerMissing(PuffinError):
    def __init__(self) -> None:
        super().__init__("Write what was done, in up to 1,500 letters.")


class ReasonMissing(PuffinError):
    def __init__(self) -> None:
        super().__init__("Write why, in up to 1,500 letters.")


class NotOpen(PuffinError):
    def __init__(self) -> None:
        super().__init__("This concern is answered or withdrawn already. Open it again to read it.")


class NothingToDisagreeWith(PuffinError):
    def __init__(self) -> None:
        super().__init__("Nobody has answered this concern yet, so there is nothing to disagree with.")


class DisagreedBefore(PuffinError):
    def __init__(self) -> None:
        super().__init__(
            "Somebody has disagreed with an answer to this concern before. Is the child still not safe? "
            "Raise a new concern, and phone the safeguarding team."
        )


class DecisionMissing(PuffinError):
    def __init__(self) -> None:
        super().__init__("Record first who looks after the child now: the decision on this page.")


@dataclass(frozen=True)
class Event:
    """Something that happened to a concern. `by` is a reference; `organisation_id` where they did it."""

    id: str
    kind: Happened
    at: datetime
    by: str
    organisation_id: str
    words: str = ""


@dataclass(frozen=True)
class Concern:
    """What worries somebody, how safe they say that the child is, and by when somebody must act.

    `how_safe` goes from 0, not safe, to 10, safe; it is None only for a concern of an older version that did
    not say. `asked_by` is the moment that was asked for. `raised_at_id` is the place (Organization id) where
    it was raised, `owner_id` that of the team that must act now.
    """

    id: str
    child_id: str
    words: str
    how_safe: int | None
    when: When
    asked_by: datetime
    raised_by: str
    raised_as: Role
    raised_at_id: str
    raised_at: datetime
    owner_id: str = ""
    events: tuple[Event, ...] = ()

    @property
    def is_urgent(self) -> bool:
        """Return whether it opens the weekend and safeguarding route at once."""
        return self.how_safe is None or self.how_safe <= NOT_SAFE or self.when is When.TONIGHT

    @property
    def act_by(self) -> datetime:
        """Return by when somebody must act, in UTC: never later than tonight for one that is urgent."""
        if not self.is_urgent:
            return self.asked_by
        return min(self.asked_by, end_of(When.TONIGHT, self.raised_at))

    @property
    def state(self) -> State:
        if any(one.kind is Happened.WITHDRAWN for one in self.events):
            return State.WITHDRAWN
        deaths = [one.kind for one in self.events if one.kind in {Happened.DIED, Happened.DEATH_WITHDRAWN}]
        if deaths and deaths[-1] is Happened.DIED:
            return State.DIED
        kinds = {one.kind for one in self.this_round}
        if Happened.ANSWERED in kinds:
            return State.ANSWERED
        return State.ACKNOWLEDGED if Happened.ACKNOWLEDGED in kinds else State.SENT

    @property
    def is_open(self) -> bool:
        return self.state in {State.SENT, State.ACKNOWLEDGED}

    @property
    def disagreed(self) -> Event | None:
        """Return that whoever raised it disagreed with its answer, None where nobody did."""
        return next((one for one in self.events if one.kind is Happened.DISAGREED), None)

    @property
    def contested(self) -> Event | None:
        """Return the answer that whoever raised it did not agree with, None where nobody disagreed."""
        answers = (one for one in self.events if one.kind is Happened.ANSWERED)
        return next(answers, None) if self.disagreed else None

    @property
    def is_back(self) -> bool:
        """Return whether the team must act again whose answer somebody disagreed with."""
        return bool(self.is_open and self.contested and self.contested.organisation_id == self.owner_id)

    @property
    def seen_by(self) -> tuple[str, ...]:
        """Return the places (Organization ids) where somebody has seen it in this round, each once."""
        return tuple(dict.fromkeys(one.organisation_id for one in self.this_round if one.kind in SEEN))

    def is_seen_by(self, organisation_id: str, *, must_act: bool) -> bool:
        """Return whether somebody at this place has said so in this round: as who `must_act`, or at all."""
        kinds = {Happened.ACKNOWLEDGED} if must_act else SEEN
        seen = (one for one in self.this_round if one.kind in kinds)
        return any(one.organisation_id == organisation_id for one in seen)

    @property
    def this_round(self) -> tuple[Event, ...]:
        """Return what happened since it was raised, or since somebody disagreed."""
        disagreed = self.disagreed
        return self.events[self.events.index(disagreed) + 1 :] if disagreed else self.events


@dataclass(frozen=True)
class Clock:
    """What a ladder is climbed from: `starts` and `act_by` in UTC, and the hours that hold here."""

    starts: datetime
    act_by: datetime
    hours: Hours

    def after(self, name: str) -> datetime:
        return self.starts + timedelta(hours=self.hours[name])


@dataclass(frozen=True)
class Step:
    """One row of the ladder. `about` names no child and says nothing that anybody wrote.

    `until_acknowledged`: it is needless once the team that must act said that it has seen the concern; that
    another one was told and has seen it changes nothing. `by_another`: not for the team whose answer somebody
    disagreed with, while another is known that is there.
    """

    code: str
    falls: Callable[[Clock], datetime]
    owner: Team
    also: tuple[Team, ...]
    about: str
    until_acknowledged: bool = False
    by_another: bool = False


NOT_ANSWERED = (
    "A concern about a child is not answered, and the time to act has come: read it, act now, and write what "
    "was done."
)
STAFFED_NOW = (
    "A concern about a child is not answered by anybody: your team must act now, and write what was done."
)
LAST = (Team.FIRST, Team.NEXT)

URGENT = (
    Step(
        "concern-raised", lambda clock: clock.starts, Team.FIRST, (Team.STAFFED,),
        "A concern about a child must be acted on at once: read it now, and phone whoever raised it.",
    ),
    Step(
        "concern-not-acknowledged", lambda clock: min(clock.after("acknowledge-urgent"), clock.act_by),
        Team.LEAD, (Team.STAFFED,),
        "Nobody has said that they have seen an urgent concern about a child: the lead of the team names who "
        "acts now.",
        until_acknowledged=True,
    ),
    Step(
        "concern-not-taken", lambda clock: min(clock.after("take-urgent"), clock.act_by),
        Team.STAFFED, LAST, STAFFED_NOW,
        until_acknowledged=True,
    ),
    Step("concern-not-answered", lambda clock: clock.act_by, Team.STAFFED, LAST, STAFFED_NOW),
)  # fmt: skip

USUAL = (
    Step(
        "concern-raised", lambda clock: clock.starts, Team.FIRST, (),
        "Somebody has raised a concern about a child: read it, and phone whoever raised it.",
    ),
    Step(
        "concern-not-acknowledged", lambda clock: min(clock.after("acknowledge"), clock.act_by),
        Team.LEAD, (Team.NEXT,),
        "Nobody has said that they have seen a concern about a child: the lead of the team names who acts.",
        until_acknowledged=True,
    ),
    Step("concern-not-answered", lambda clock: clock.act_by, Team.NEXT, (Team.FIRST,), NOT_ANSWERED),
    Step(
        "concern-staffed", lambda clock: clock.act_by + timedelta(hours=clock.hours["staffed"]),
        Team.STAFFED, LAST, STAFFED_NOW,
    ),
)  # fmt: skip

DISAGREED = (
    Step(
        "concern-disagreed", lambda clock: clock.starts, Team.NEXT, (Team.FIRST, Team.STAFFED),
        "Whoever raised a concern about a child does not agree with the answer: read both, act, and answer "
        "again.",
        by_another=True,
    ),
    Step("concern-not-answered", lambda clock: clock.act_by, Team.STAFFED, LAST, STAFFED_NOW),
)  # fmt: skip

# The last rung, again and again until somebody answers.
AGAIN = Step(
    "concern-told-again", lambda clock: clock.starts, Team.STAFFED, LAST,
    "A concern about a child is still not answered: your team must act now, and write what was done.",
)  # fmt: skip
STEPS = {step.code: step for step in (*URGENT, *USUAL, *DISAGREED, AGAIN)}

# Who must act once somebody disagreed with the answer of a team.
UP_FROM: Mapping[Team, Team] = {
    Team.FIRST: Team.NEXT,
    Team.LEAD: Team.NEXT,
    Team.NEXT: Team.STAFFED,
    Team.STAFFED: Team.STAFFED,
}


@dataclass(frozen=True)
class Rung:
    """A step of one concern: one `owner` must act, the others in `told` know of it. `id` is its alert's.

    `not_by` is the team (Organization id) that must not be asked where another is known: its answer was
    disagreed with.
    """

    id: str
    code: str
    falls_at: datetime
    owner: Team
    told: tuple[Team, ...]
    about: str
    not_by: str = ""


def end_of(when: When, raised_at: datetime) -> datetime:
    """Return the moment in UTC until which "tonight" or "today" lasts for what was raised then.

    Whoever must act has two hours at least; in the small hours "tonight" is the night that goes on.
    """
    soonest, clock = in_utc(raised_at) + HOURS_TO_ACT, uk_time(raised_at)
    if when is When.TONIGHT and clock.time() < NIGHT_ENDS:
        return soonest
    return max(soonest, uk_moment(uk_day(raised_at), ENDS[when]))


def checked(concern: Concern, holidays: Holidays) -> Concern:
    """Return a new concern as it is kept; raises NotWhole for what is missing or cannot be."""
    for refusal in lacks(concern, holidays):
        raise refusal
    return replace(concern, words=concern.words.strip())


def lacks(concern: Concern, holidays: Holidays) -> Iterator[NotWhole]:
    """Yield what is missing in a new concern or cannot be, in the order of the form."""
    if not concern.words.strip() or len(concern.words) > LONGEST_WORDS:
        yield NotWhole("words", "Write what worries you, in up to 1,500 letters.")
    if concern.how_safe is None or not 0 <= concern.how_safe <= SAFEST:
        yield NotWhole("how-safe", "Say how safe the child is: a number from 0, not safe, to 10, safe.")
    if concern.when is When.BY:
        try:
            _check_day(concern, holidays)
        except NotWhole as refusal:
            yield refusal


def acknowledged(concern: Concern, event: Event) -> Concern:
    """Return the concern as seen by a team, each once in a round, and once more once it must act.

    Raises NotOpen.
    """
    if not concern.is_open:
        raise NotOpen
    must_act = event.kind is Happened.ACKNOWLEDGED
    return concern if concern.is_seen_by(event.organisation_id, must_act=must_act) else _with(concern, event)


def answered(concern: Concern, event: Event) -> Concern:
    """Return the concern with what was done; raises AnswerMissing and NotOpen."""
    said = _words(event, AnswerMissing)
    if not concern.is_open:
        raise NotOpen
    return _with(concern, said)


def disagreed(concern: Concern, event: Event) -> Concern:
    """Return the concern as open again, one rung up; raises ReasonMissing, and what keeps it from that."""
    said = _words(event, ReasonMissing)
    if concern.state is not State.ANSWERED:
        raise NothingToDisagreeWith
    if concern.disagreed:
        raise DisagreedBefore
    return _with(concern, said)


def withdrawn(concern: Concern, event: Event) -> Concern:
    """Return the concern as raised in error; raises ReasonMissing and NotOpen."""
    said = _words(event, ReasonMissing)
    if not concern.is_open:
        raise NotOpen
    return _with(concern, said)


def closed_as_died(concern: Concern, event: Event) -> Concern:
    """Return an open concern as closed by the child's death; raises NotOpen."""
    if not concern.is_open:
        raise NotOpen
    return _with(concern, event)


def opened_again(concern: Concern, event: Event) -> Concern:
    """Return a concern that a death had closed as open, due as before: the death was said in error."""
    return _with(concern, event) if concern.state is State.DIED else concern


def rungs(concern: Concern, hours: Hours, until: datetime) -> tuple[Rung, ...]:
    """Return each rung of an open concern that nothing has settled, and the next one after `until`.

    They come in the order in which they fall; none once it is answered or withdrawn. Of those that come again
    and again only the last by `until` counts, so that a silence is not followed by all of them at once.
    Raises NaiveDatetime.
    """
    if not concern.is_open:
        return ()
    seen = concern.state is State.ACKNOWLEDGED
    found: list[Rung] = []
    for rung, step in _ladder(concern, hours):
        if seen and step.until_acknowledged:
            continue
        if step is AGAIN and found[-1].code == AGAIN.code and rung.falls_at <= in_utc(until):
            found.pop()
        found.append(rung)
        if rung.falls_at > in_utc(until):
            break
    return tuple(found)


def act_by_now(concern: Concern, hours: Hours) -> datetime:
    """Return by when somebody must act, in UTC: by a new clock once somebody disagreed with the answer."""
    return _clock(concern, hours).act_by


def owner_when(concern: Concern, hours: Hours, at: datetime) -> Team:
    """Return who had to act at a moment of the first round."""
    first = replace(concern, events=())
    fallen = [rung.owner for rung, _step in _up_to(first, hours, at)]
    return fallen[-1] if fallen else Team.FIRST


def _up_to(concern: Concern, hours: Hours, at: datetime) -> Iterator[tuple[Rung, Step]]:
    for rung, step in _ladder(concern, hours):
        if rung.falls_at > in_utc(at):
            return
        yield rung, step


def _ladder(concern: Concern, hours: Hours) -> Iterator[tuple[Rung, Step]]:
    """Yield every rung of this round in the order in which they fall, the last one for ever."""
    clock, steps = _clock(concern, hours), _steps(concern, hours)
    round = 2 if concern.disagreed else 1
    falls = [(step.falls(clock), step) for step in steps]
    last = {(at, step.owner): step for at, step in falls}  # one team is told once at one moment
    fallen = sorted(((at, step) for (at, _owner), step in last.items()), key=lambda one: one[0])
    for at, step in fallen:
        yield _rung(concern, step, at, f"{round}/{step.code}"), step
    at, number = fallen[-1][0], 0
    while True:
        at, number = at + timedelta(hours=hours["tell-again"]), number + 1
        yield _rung(concern, AGAIN, at, f"{round}/{AGAIN.code}/{number}"), AGAIN


def _clock(concern: Concern, hours: Hours) -> Clock:
    again = concern.disagreed
    if again is None:
        return Clock(in_utc(concern.raised_at), in_utc(concern.act_by), hours)
    name = "answer-again-urgent" if concern.is_urgent else "answer-again"
    starts = in_utc(again.at)
    return Clock(starts, starts + timedelta(hours=hours[name]), hours)


def _steps(concern: Concern, hours: Hours) -> tuple[Step, ...]:
    answer = concern.contested
    if answer is None:
        return URGENT if concern.is_urgent else USUAL
    up = Team.STAFFED if concern.is_urgent else UP_FROM[owner_when(concern, hours, answer.at)]
    return (replace(DISAGREED[0], owner=up), *DISAGREED[1:])


def _rung(concern: Concern, step: Step, falls_at: datetime, key: str) -> Rung:
    id = str(uuid5(UUID(concern.id), key))
    not_by = concern.contested.organisation_id if step.by_another and concern.contested else ""
    return Rung(id, step.code, falls_at, step.owner, step.also, step.about, not_by)


def _with(concern: Concern, event: Event) -> Concern:
    return replace(concern, events=(*concern.events, event))


def _words(event: Event, missing: type[PuffinError]) -> Event:
    if not event.words.strip() or len(event.words) > LONGEST_WORDS:
        raise missing
    return replace(event, words=event.words.strip())


def _check_day(concern: Concern, holidays: Holidays) -> None:
    by, raised = in_utc(concern.asked_by), in_utc(concern.raised_at)
    if by <= raised:
        raise NotWhole(
            "by-day", "Somebody must act at a time that is still to come. Check the day and the time."
        )
    if by > raised + FARTHEST * ONE_DAY:
        raise NotWhole("by-day", "Choose a day within the next 7 days. A concern cannot wait for longer.")
    if not is_worked(uk_day(by), holidays, unknown=True):
        raise NotWhole("by-day", "Nobody works on that day. Choose today or tonight, or a working day.")
