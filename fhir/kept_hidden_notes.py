"""The hidden notes in the store. Who may not read one does not find it: nothing says that it is there."""

from fhir.hidden_note import CATEGORY, from_hidden_note, to_hidden_note
from fhir.store import Reader, Write
from fhir.store.errors import ResourceNotFound
from plans.hidden_notes import HiddenNote, may_read
from plans.places import Role

CODE = CATEGORY["coding"][0]["code"]


def notes_for(reader: Reader, child_id: str, *, role: Role, person_id: str) -> list[HiddenNote]:
    """Return the notes about a child that somebody (a role, a Practitioner id) may read, the newest first.

    This is the one way to a hidden note: each carries in its label from whom it is hidden.
    """
    found = reader.search("Communication", subject=f"Patient/{child_id}", category=CODE)
    notes = (from_hidden_note(one) for one in found)
    mine = (note for note in notes if may_read(role, person_id, note))
    return sorted(mine, key=lambda note: (note.at, note.id), reverse=True)


def note_for(reader: Reader, child_id: str, id: str, *, role: Role, person_id: str) -> HiddenNote:
    """Return one of these notes; raises ResourceNotFound."""
    for note in notes_for(reader, child_id, role=role, person_id=person_id):
        if note.id == id:
            return note
    raise ResourceNotFound


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
