"""Saying, confirming and withdrawing a death: two people make it final, and one can hold everything back."""

from datetime import datetime, timedelta

from fhir import kept_deaths, kept_people, kept_reviews, kept_team_tasks
from fhir.store import Reader, Store, Write
from fhir.store.errors import ResourceNotFound
from fhir.store.tables import next_looks
from plans import death as rules
from plans.death import Death, DeathSaidBefore, NotToConfirm, State
from plans.team_task import TaskKind, TeamTask
from portal.actions.clocks import HolidaysFor
from portal.actions.deaths.closing import close_all, open_again
from portal.actions.inbox.tasks import NewTask, raise_task, settle
from portal.actions.looked import NEVER_AGAIN, Looked
from portal.person import Person

ASKED_AGAIN = timedelta(hours=24)  # design (U)
SAID = (
    "A death of this child was said. Until a second person has confirmed it, nothing goes to the family or "
    "the school."
)
RECORD_SAYS = "The record that was brought in says that this child has died. Nobody here has said it yet."
CONFIRMED = "A second person has confirmed it."
WITHDRAWN = "It was withdrawn: it was said in error."
FOUND_ALIVE = "Somebody has found that the child is alive."
# What two people, or who withdraws it, have answered; a discharge may have been the first to speak of it.
ABOUT_A_DEATH = frozenset({TaskKind.CONFIRM_DEATH, TaskKind.DISCHARGE_AFTER_DEATH})
ASKED_ONCE_MORE = "Nobody has confirmed it yet, so it was asked again."


def say(store: Store, death: Death, *, by: Person, at: datetime) -> None:
    """Keep that somebody says that a child has died, and ask a second person of each team that acts for it.

    From now on nothing goes out to family or school, and no ladder has anybody phone them. The same form
    again changes nothing. Raises NotWhole, DeathSaidBefore while another one stands, and NotToConfirm for a
    form whose death was withdrawn since.
    """
    with store.write(by=by.ref, at=at) as write:
        child = kept_people.child(write, death.child_id)
        new = rules.checked(death, child.born)
        standing = kept_deaths.standing(write, child.id)
        if standing and standing.id == new.id:
            return
        if standing:
            raise DeathSaidBefore
        if any(one.id == new.id for one in kept_deaths.deaths_of(write, child.id)):
            raise NotToConfirm
        kept_deaths.keep(write, new)
        write.audit("C", f"Task/{new.id}", f"Patient/{child.id}", "say that the child has died")
        _ask(write, new, 0)


def confirm(store: Store, child_id: str, id: str, *, by: Person, at: datetime) -> None:
    """Keep that a second person confirms a death, and close all that waits for the child as died.

    Raises SamePerson, NotToConfirm, and ResourceNotFound for a death of another child.
    """
    with store.write(by=by.ref, at=at) as write:
        death = rules.confirmed(_of(write, child_id, id), by=str(by.ref), at=at)
        kept_deaths.keep_changed(write, death)
        write.audit("U", f"Patient/{child_id}", f"Patient/{child_id}", "confirm that the child has died")
        _settle_asked(write, child_id, CONFIRMED, ABOUT_A_DEATH)
        close_all(write, death, by)


def withdraw(store: Store, child_id: str, id: str, reason: str, *, by: Person, at: datetime) -> None:
    """Keep that a death was said in error: all that it had closed is open again, due as before.

    Anybody of the practice or hospital may, as a child who lives must not wait for one person. Raises
    NotWhole, NotToConfirm, and ResourceNotFound for a death of another child.
    """
    with store.write(by=by.ref, at=at) as write:
        before = _of(write, child_id, id)
        death = rules.withdrawn(before, by=str(by.ref), reason=reason, at=at)
        kept_deaths.keep_changed(write, death)
        write.audit("U", f"Patient/{child_id}", f"Patient/{child_id}", "withdraw the death of the child")
        _settle_asked(write, child_id, WITHDRAWN, ABOUT_A_DEATH)
        if before.state is State.CONFIRMED:
            open_again(write, before, by)
        _look_at_reviews(write, child_id)


def say_alive(store: Store, child_id: str, how: str, *, by: Person, at: datetime) -> None:
    """Keep that a child lives of whom a record alone says a death: what it held back runs again.

    It answers what was asked about it, with the name of whoever says so; one person may, as for what is
    withdrawn. Raises NotWhole without `how` they know, and NotToConfirm where no record alone says a death.
    """
    with store.write(by=by.ref, at=at) as write:
        if not kept_deaths.only_a_record_says(write, child_id):
            raise NotToConfirm
        asked = _ask_what_record_says(write, child_id, by.organisation_id)
        answered = rules.found_alive(asked, how=how, by=str(by.ref), at=at)
        kept_team_tasks.keep_changed(write, answered)
        kept_deaths.keep_alive(write, child_id)
        write.audit("U", f"Task/{answered.id}", f"Patient/{child_id}", f"do a task: {answered.kind}")
        write.audit("U", f"Patient/{child_id}", f"Patient/{child_id}", "say that the child is alive")
        _settle_asked(write, child_id, FOUND_ALIVE, ABOUT_A_DEATH)
        _look_at_reviews(write, child_id)


def look_at_death(write: Write, id: str, now: datetime, _holidays_for: HolidaysFor) -> Looked:
    """Ask anew each day for the second person of a death that nobody has confirmed or withdrawn.

    The id of a child stands for a death that the child's record alone says: whoever was not asked is asked.
    """
    if not kept_deaths.is_said(write, id):
        ask_about_record(write, id)
        return Looked(now + ASKED_AGAIN) if kept_deaths.only_a_record_says(write, id) else NEVER_AGAIN
    death = kept_deaths.death(write, id)
    if death.state is not State.SAID:
        return NEVER_AGAIN
    days = (now - death.said_at) // ASKED_AGAIN
    if days and not _is_asked(write, death, days):
        _settle_asked(write, death.child_id, ASKED_ONCE_MORE, frozenset({TaskKind.CONFIRM_DEATH}))
        _ask(write, death, days)
    return Looked(death.said_at + (days + 1) * ASKED_AGAIN)


def ask_about_record(write: Write, child_id: str) -> None:
    """Ask the teams of a child about a death that the record alone says: no ladder goes on.

    It is asked once, and once more where a record says it again after somebody said that the child lives.
    """
    if kept_deaths.only_a_record_says(write, child_id):
        for owner_id in teams_for(write, child_id):
            _ask_what_record_says(write, child_id, owner_id)


def follow_record(write: Write, child_id: str) -> None:
    """Ask about a death that a new record says; settle what was asked once the record is put right."""
    if kept_deaths.only_a_record_says(write, child_id):
        ask_about_record(write, child_id)
        kept_deaths.keep_asked(write, child_id)
    elif not kept_deaths.is_on_record(write, child_id):
        _settle_put_right(write, child_id)


def teams_for(reader: Reader, child_id: str) -> list[str]:
    """Return the ids of the practice of a child and of each hospital that keeps or asked for a review."""
    reviews = kept_reviews.reviews_of_child(reader, child_id)
    held = (id for one in reviews for id in (one.owner_id, one.requester_id))
    practice = kept_people.child(reader, child_id).practice_id
    return [id for id in dict.fromkeys((practice, *held)) if id]


def _settle_put_right(write: Write, child_id: str) -> None:
    asked = kept_team_tasks.tasks_on(write, f"Patient/{child_id}")
    still = [one for one in asked if one.kind is TaskKind.CONFIRM_DEATH and one.is_open]
    for task in still:
        settle(write, task, rules.RECORD_PUT_RIGHT)
    if still:
        _look_at_reviews(write, child_id)


def _ask_what_record_says(write: Write, child_id: str, owner_id: str) -> TeamTask:
    about = f"Patient/{child_id}"
    put_right = [
        one for one in kept_team_tasks.tasks_on(write, about) if one.answer == rules.RECORD_PUT_RIGHT
    ]
    once = f"record/{child_id}/{len(kept_deaths.denied_at(write, child_id)) + len(put_right)}"
    return raise_task(write, NewTask(TaskKind.CONFIRM_DEATH, owner_id, child_id, about, RECORD_SAYS, once))


def _of(reader: Reader, child_id: str, id: str) -> Death:
    death = kept_deaths.death(reader, id)
    if death.child_id != child_id:
        raise ResourceNotFound
    return death


def _ask(write: Write, death: Death, day: int) -> None:
    for owner_id in teams_for(write, death.child_id):
        once = _occasion(death, day)
        about = f"Task/{death.id}"
        raise_task(write, NewTask(TaskKind.CONFIRM_DEATH, owner_id, death.child_id, about, SAID, once))


def _is_asked(reader: Reader, death: Death, day: int) -> bool:
    asked = kept_team_tasks.tasks_on(reader, f"Task/{death.id}")
    since = death.said_at + day * ASKED_AGAIN
    return any(one.raised_at >= since for one in asked if one.kind is TaskKind.CONFIRM_DEATH)


def _occasion(death: Death, day: int) -> str:
    return f"{death.id}/{day}"


def _settle_asked(write: Write, child_id: str, because: str, kinds: frozenset[TaskKind]) -> None:
    for task in kept_team_tasks.open_tasks_about(write, child_id):
        if task.kind in kinds:
            settle(write, task, because)


def _look_at_reviews(write: Write, child_id: str) -> None:
    """Let the worker look at once at what a death has held back."""
    for review in kept_reviews.open_reviews_of_child(write, child_id):
        next_looks.put_at_once(write, kept_reviews.LOOK, review.id)
