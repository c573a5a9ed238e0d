"""What becomes of a concern: seen, answered, disagreed with once, or withdrawn; each by name."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from fhir import kept_concerns, kept_weekend
from fhir.store import Reader, Store, Write
from fhir.store.errors import ResourceNotFound
from fhir.store.tables import next_looks
from plans import concern as rules
from plans.concern import Concern, DecisionMissing, Event, Happened, State
from plans.weekend import Decision
from plans.working_days import uk_day
from portal.actions.alerts import close, keep_answered
from portal.actions.clocks import HolidaysFor
from portal.actions.concerns.seen import Found, find
from portal.actions.concerns.telling import tell, whom_to_tell
from portal.actions.weekend.deciding import keep_decision
from portal.person import Person
from portal.policy import policy_here

Change = Callable[[Concern, Event], Concern]
SEEN = "The concern was seen. Its clock runs until it is answered."
CLOSED: dict[Happened, str] = {
    Happened.ANSWERED: "The concern was answered.",
    Happened.WITHDRAWN: "The concern was withdrawn by those who raised it.",
}


def acknowledge(store: Store, id: str, event_id: str, *, by: Person, at: datetime) -> None:
    """Keep that somebody of a team that was told has seen the concern; its clock runs on.

    Only the team that must act, or whoever covers it, ends by that what waits for somebody to see it.

    Raises NotOpen, and ResourceNotFound for who may not act on it.
    """
    with store.write(by=by.ref, at=at) as write:
        concern, kind = _acted_on(write, id, by, at), Happened.READ
        if find(write, id, by, at).must_act:
            kind = Happened.ACKNOWLEDGED
        _keep(write, concern, _event(event_id, kind, by, at, ""), rules.acknowledged)
        for alert in kept_concerns.alerts(write, concern):
            if alert.owner_id == by.organisation_id and alert.acknowledged_at is None:
                seen = replace(alert, acknowledged_by=by.practitioner_id, acknowledged_at=at, action=SEEN)
                keep_answered(write, seen, "acknowledge the alert")


def answer(store: Store, id: str, event_id: str, words: str, *, by: Person, at: datetime) -> None:
    """Keep what was done about a concern, and end its clock.

    Raises AnswerMissing, NotOpen, DecisionMissing while nobody has decided who looks after a child who is not
    safe now, and ResourceNotFound for who may not act on it.
    """
    with store.write(by=by.ref, at=at) as write:
        _answer(write, _acted_on(write, id, by, at), _event(event_id, Happened.ANSWERED, by, at, words))


def decide_and_answer(
    store: Store, decision: Decision, words: str, *, by: Person, at: datetime, holidays_for: HolidaysFor
) -> None:
    """Keep from one form who looks after the child and what was done about the concern: both, or neither.

    Raises what `decide` and `answer` raise.
    """
    with store.write(by=by.ref, at=at) as write:
        concern = _acted_on(write, decision.about.removeprefix("Task/"), by, at)
        keep_decision(write, decision, off_from=uk_day(at), by=by, holidays_for=holidays_for)
        _answer(write, concern, _event(decision.id, Happened.ANSWERED, by, at, words))


def if_disagreed(
    reader: Reader, concern: Concern, *, by: Person, at: datetime, holidays_for: HolidaysFor
) -> Concern:
    """Return an answered concern as it would stand if `by` disagreed now: who must act, and by when."""
    again = rules.disagreed(concern, _event("", Happened.DISAGREED, by, at, "."))
    (first, *_) = rules.rungs(again, policy_here().numbers("concern"), at)
    owner_id, *_ = whom_to_tell(reader, again, first, at, holidays_for)
    return replace(again, owner_id=owner_id)


def disagree(
    store: Store, id: str, event_id: str, words: str, *, by: Person, at: datetime, holidays_for: HolidaysFor
) -> None:
    """Open a concern again whose answer those who raised it do not agree with, one rung up.

    Raises ReasonMissing, NothingToDisagreeWith, DisagreedBefore, and ResourceNotFound for all others.
    """
    with store.write(by=by.ref, at=at) as write:
        found = _followed(find(write, id, by, at))
        event = _event(event_id, Happened.DISAGREED, by, at, words)
        changed = _keep(write, found.concern, event, rules.disagreed)
        looked = tell(write, changed, at, holidays_for)
        if looked.next_at:
            next_looks.put(write, kept_concerns.LOOK, id, looked.next_at)


def withdraw(store: Store, id: str, event_id: str, words: str, *, by: Person, at: datetime) -> None:
    """Keep that a concern was raised in error; whoever was told still reads it, and why.

    Raises ReasonMissing, NotOpen, and ResourceNotFound for all but those who raised it.
    """
    with store.write(by=by.ref, at=at) as write:
        found = _followed(find(write, id, by, at))
        event = _event(event_id, Happened.WITHDRAWN, by, at, words)
        _close(write, _keep(write, found.concern, event, rules.withdrawn), Happened.WITHDRAWN)


def _followed(found: Found) -> Found:
    if not (found.follows and found.reads):
        raise ResourceNotFound
    return found


def _acted_on(reader: Reader, id: str, by: Person, at: datetime) -> Concern:
    """Return a concern on which somebody may act; raises ResourceNotFound for all others."""
    found = find(reader, id, by, at)
    if not found.may_act:
        raise ResourceNotFound
    return found.concern


def _answer(write: Write, concern: Concern, event: Event) -> None:
    if _is_kept(concern, event):
        return
    changed = rules.answered(concern, event)
    if concern.is_urgent and not kept_weekend.decisions_about(write, f"Task/{concern.id}"):
        raise DecisionMissing
    _keep(write, concern, event, lambda _concern, _event: changed)
    _close(write, changed, Happened.ANSWERED)


def _event(id: str, kind: Happened, by: Person, at: datetime, words: str) -> Event:
    return Event(id, kind, at, str(by.ref), by.organisation_id, words)


def _keep(write: Write, concern: Concern, event: Event, change: Change) -> Concern:
    """Keep what has happened, once; the same form sent again changes nothing."""
    if _is_kept(concern, event):
        return concern
    changed = change(concern, event)
    if changed != concern:
        kept_concerns.keep_changed(write, changed)
        write.audit("U", f"Task/{concern.id}", f"Patient/{concern.child_id}", f"concern: {event.kind}")
    return changed


def _is_kept(concern: Concern, event: Event) -> bool:
    """Return whether the same person said the same by the same form; in other words it is not the same."""
    same = replace(event, words=event.words.strip())
    return any(replace(one, at=event.at) == same for one in concern.events)


def _close(write: Write, concern: Concern, kind: Happened) -> None:
    if concern.state in {State.ANSWERED, State.WITHDRAWN}:
        told = kept_concerns.alerts(write, concern)
        close(write, [one for one in told if one.acknowledged_at is None], CLOSED[kind])
