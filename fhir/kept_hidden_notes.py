"""The hidden notes in the store. Who may not read one does not find it: nothing says that it is there."""

from datetime import datetime
from typing import Protocol

from fhir.hidden_note import CATEGORY, from_hidden_note, to_hidden_note
from fhir.sights import organisations_seen_for, with_plan
from fhir.store import Reader, Write
from fhir.store.errors import ResourceNotFound
from plans.hidden_notes import HiddenNote, may_read
from plans.places import Role

CODE = CATEGORY["coding"][0]["code"]


class Viewer(Protocol):
    """Who is looking: their role, their organisation, and themselves (a Practitioner id)."""

    @property
    def role(self) -> Role: ...
    @property
    def organisation_id(self) -> str: ...
    @property
    def practitioner_id(self) -> str: ...


def notes_for(reader: Reader, child_id: str, viewer: Viewer, now: datetime) -> list[HiddenNote]:
    """Return the notes about a child that somebody may read, the newest first.

    Each carries in its label from whom it is hidden. What others wrote is for the practice and for those
    with whom the plan is shared now: that a hospital once asked for a review is not enough.
    """
    found = reader.search("Communication", subject=f"Patient/{child_id}", category=CODE)
    notes = [from_hidden_note(one) for one in found]
    has_plan = bool(notes) and _has_plan(reader, child_id, viewer, now)
    role, who = viewer.role, viewer.practitioner_id
    mine = (note for note in notes if note.by == who or (has_plan and may_read(role, who, note)))
    return sorted(mine, key=lambda note: (note.at, note.id), reverse=True)


def note_for(reader: Reader, child_id: str, id: str, viewer: Viewer, now: datetime) -> HiddenNote:
    """Return one of these notes; raises ResourceNotFound."""
    for note in notes_for(reader, child_id, viewer, now):
        if note.id == id:
            return note
    raise ResourceNotFound


def is_read_at(reader: Reader, child_id: str, organisation_id: str, now: datetime) -> bool:
    """Return whether an organisation has the child's plan now: it reads what others hid, as its roles may."""
    place = f"Organization/{organisation_id}"
    return bool(reader.count("Patient", with_plan(place, now), _id=child_id))


def is_kept(reader: Reader, id: str) -> bool:
    """Return whether a note with this id is kept."""
    return bool(reader.count("Communication", _id=id))


def keep(write: Write, note: HiddenNote) -> None:
    """Keep a new note; the audit is the caller's."""
    write.create(to_hidden_note(note))


def keep_changed(write: Write, note: HiddenNote) -> None:
    """Keep that a note was withdrawn; the audit is the caller's."""
    before = write.read("Communication", note.id)
    write.update(to_hidden_note(note), if_match=before["meta"]["versionId"])


def _has_plan(reader: Reader, child_id: str, viewer: Viewer, now: datetime) -> bool:
    places = organisations_seen_for(reader, viewer.role, viewer.organisation_id, now)
    return any(is_read_at(reader, child_id, place.partition("/")[2], now) for place in places)
