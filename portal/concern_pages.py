"""The page of one concern: all that its template shows, for whoever looks at it."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import uuid4

from fhir import kept_concerns, kept_people, kept_weekend
from fhir.record import Record
from fhir.store import Reader, Store
from plans.concern import Concern, State
from plans.people import Child
from plans.places import Role
from plans.weekend import WAYS, Prompt, back_on
from portal.actions.concerns.answering import if_disagreed
from portal.actions.concerns.numbers import to_phone
from portal.actions.concerns.seen import Found, open_about
from portal.actions.concerns.teams import teams_of
from portal.actions.concerns.telling import act_by
from portal.actions.review_list import name_of_person, name_of_place
from portal.actions.weekend.deciding import holidays_of, prompt_for, said_of
from portal.actions.weekend.listing import LISTS
from portal.calendar import holidays_for
from portal.concern_words import RUNGS, WHEN, happened_for, tag_of
from portal.person import Person
from portal.review_words import Tag
from portal.team_words import due_words


@dataclass(frozen=True)
class OpenConcern:
    """An open concern as one line on a child's page: how it stands, by when to act and who must."""

    id: str
    raised_at: datetime
    words: str


def open_concerns(store: Store, child_id: str, person: Person, now: datetime) -> list[OpenConcern]:
    """Return the open concerns about a child that somebody finds, the newest first, and no word of any."""
    return [
        OpenConcern(one.id, one.raised_at, _line(store, one, person, now))
        for one in open_about(store, child_id, person, now)
    ]


def tag_for(reader: Reader, person: Person, seen_ids: Collection[str]) -> Callable[[Concern], Tag]:
    """Return what says of a concern how it stands, to somebody who sees these children (ids) now."""

    def tag(concern: Concern) -> Tag:
        tells = _tells_death(person, concern.child_id in seen_ids)
        return tag_of(concern, lambda id: name_of_place(reader, id), tells_death=tells)

    return tag


def _tells_death(person: Person, sees_child: bool) -> bool:
    """Return whether somebody may read that a child has died: no school is told, nor who sees no child."""
    return sees_child and person.role is not Role.SCHOOL_STAFF


def _line(reader: Reader, concern: Concern, person: Person, now: datetime) -> str:
    owner, due = name_of_place(reader, concern.owner_id), due_words(act_by(concern), now)
    return (
        f"{tag_for(reader, person, [concern.child_id])(concern).words}. Act by {due}. Who must act: {owner}."
    )


def concern_page(
    reader: Reader, record: Record, found: Found, person: Person, now: datetime
) -> dict[str, Any]:
    """Return what the page of a concern shows to this person."""
    concern = found.concern
    child = kept_people.child(reader, concern.child_id)
    seen = _seen(record, child, found)
    them = teams_of(reader, concern, now)
    may_disagree = found.follows and found.reads and concern.state is State.ANSWERED and not concern.disagreed
    again = (
        if_disagreed(reader, concern, by=person, at=now, holidays_for=holidays_for) if may_disagree else None
    )
    return {
        "concern": concern,
        "found": found,
        "child": seen,
        "tag": tag_for(reader, person, [seen.id] if seen else [])(concern),
        "told": kept_concerns.alerts(reader, concern),
        "staffed": them.staffed,
        "phones": to_phone(
            reader,
            again.owner_id if again else concern.owner_id,
            them.staffed,
            them.first,
            person.organisation_id,
            person=person,
            now=now,
            holidays_for=holidays_for,
        ),
        "again": again,
        "may_say_seen": concern.is_open
        and found.may_act
        and not concern.is_seen_by(person.organisation_id, must_act=found.must_act),
        "decisions": kept_weekend.decisions_about(reader, f"Task/{concern.id}"),
        "prompt": _prompt(reader, record, concern, child, person, now),
        "back_on": back_on(now, holidays_of(reader, child, holidays_for)),
        "due": lambda one: due_words(act_by(one), now),
        "happened": happened_for(tells_death=_tells_death(person, seen is not None)),
        "whens": WHEN,
        "rungs": RUNGS,
        "ways": WAYS,
        "said_of": said_of,
        "new_id": lambda: str(uuid4()),
        "name_of": lambda ref: _name_of(reader, ref),
        "name_of_place": lambda id: name_of_place(reader, id),
    }


def _prompt(
    reader: Reader, record: Record, concern: Concern, child: Child, person: Person, now: datetime
) -> Prompt | None:
    """Return why the weekend route is offered; None for who acts on the concern and reads no facts."""
    if not concern.is_open or person.role not in LISTS or child.id not in record.some_of([child.id]):
        return None
    return prompt_for(reader, child, [concern], now, holidays_for)


def _seen(record: Record, child: Child, found: Found) -> Child | None:
    """Return the child by name: for teams that were told, and for others only while they see the child."""
    return child if found.may_act else record.some_of([child.id]).get(child.id)


def _name_of(reader: Reader, ref: str) -> str:
    kind, _, id = ref.partition("/")
    return name_of_place(reader, id) if kind == "Organization" else name_of_person(reader, ref)
