"""The page of one review: all that its template shows, for whoever looks at it."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any
from uuid import uuid4

from fhir import kept_people, kept_questions
from fhir.store import Reader
from plans.discharge_questions import DATE_IN_DOUBT
from plans.leaflet.languages import languages
from plans.people import Child
from plans.places import Role
from plans.review import Review
from plans.review_checklist import CHECKLIST
from plans.review_events import EventKind, that_stand
from plans.working_days import uk_day
from portal.actions.discharge.sheet import words_to_confirm
from portal.actions.facts.about import Facts, facts_shown
from portal.actions.gp_inbox.shown import by_mesh
from portal.actions.review_list import name_of_person, name_of_place, one
from portal.actions.reviews import may_record, version_of
from portal.actions.steps import next_step_of
from portal.calendar import holidays_for
from portal.person import Person
from portal.review_words import FORMS, HAPPENED, RUNGS, STANDINGS, WITHDRAW, Form


def review_page(reader: Reader, review: Review, person: Person, now: datetime) -> dict[str, Any]:
    """Return what the page of a review shows to this person."""
    row = one(reader, review, now, holidays_for)
    may = may_record(review, person.organisation_id)
    return {
        "row": row,
        "tag": STANDINGS[row.standing.state],
        "questions": kept_questions.questions_about(reader, review.encounter_id),
        "is_late": lambda asked: asked.is_open and now > asked.due_at,
        "events": sorted(review.events, key=lambda event: event.at, reverse=True),
        "standing_ids": {event.id for event in that_stand(review.events, now)},
        "happened": HAPPENED,
        "forms": [] if row.standing.is_closed else list(_forms(may)),
        "withdraw": WITHDRAW if EventKind.WITHDRAWN in may else None,
        "checklist_items": [{"value": looked.code, "text": looked.words} for looked in CHECKLIST],
        "version": version_of(reader, review.id),
        "new_id": lambda: str(uuid4()),
        "name_of": lambda ref: name_of_person(reader, ref),
        "name_of_place": lambda id: name_of_place(reader, id),
        "next_step": next_step_of(reader, review.id, now, holidays_for),
        "rungs": RUNGS,
        "date_in_doubt": DATE_IN_DOUBT,
        "languages": languages().values(),
        "family_reads": _family_reads(reader, row.child),
        "words_to_confirm": [] if row.standing.is_closed else words_to_confirm(reader, review, now),
        "by_mesh": by_mesh(reader, f"Task/{review.id}", is_for_another=_is_told_by_another(review)),
        **_of_practice(reader, row.child, person, now),
    }


def _is_told_by_another(review: Review) -> bool:
    """Return whether another place tells of the discharge, from which the sheet goes to the practice."""
    return bool(review.requester_id) and review.requester_id != review.owner_id


def _family_reads(reader: Reader, child: Child) -> list[str]:
    """Return the languages that people at home read, by their English names, each once."""
    known = languages()
    codes = [one.reads for one in kept_people.family(reader, child.id) if one.reads and not one.barred]
    return list(dict.fromkeys(known[code].english if code in known else code for code in codes))


def _forms(may: frozenset[EventKind]) -> Iterator[tuple[EventKind, Form]]:
    yield from ((kind, form) for kind, form in FORMS.items() if kind in may)


def _of_practice(reader: Reader, child: Child, person: Person, now: datetime) -> dict[str, Any]:
    """Return what only the child's own practice sees: the facts on record."""
    is_practice = person.role is Role.CLINICIAN and child.practice_id == person.organisation_id
    facts: Facts | None = None
    if is_practice:
        facts = facts_shown(reader, child, today=uk_day(now), holidays_for=holidays_for)
    return {"is_practice": is_practice, "facts": facts}
