"""Hidden notes: what a professional writes down that no family and no school may read, and who is told."""

from dataclasses import dataclass
from datetime import datetime

from fhir import kept_hidden_notes, kept_people
from fhir.store import Reader, Store, Write
from plans.hidden_notes import (
    BECAUSE,
    READS,
    HiddenNote,
    NobodyWouldRead,
    NoteStands,
    checked,
    withdrawn,
)
from plans.places import WORKS_IN, Organisation
from plans.team_task import TaskKind
from portal.actions.inbox.tasks import NewTask, raise_task
from portal.actions.review_list import name_of_person, name_of_place
from portal.actions.school.places import who_acts
from portal.person import Person

IN_ERROR = "This note was marked as written in error. Read why beside it, and do not count it."


@dataclass(frozen=True)
class Shown:
    """A note as somebody reads it: who wrote it and where they work, and why it is hidden.

    `error_by` is the name of who marked it as an error, "" where nobody did or it was not kept.
    """

    note: HiddenNote
    who: str
    why: str
    error_by: str


def write_note(store: Store, note: HiddenNote, *, by: Person, at: datetime) -> None:
    """Keep a hidden note, and tell the team that acts for the child that there is one.

    Raises what `keep_with` raises.
    """
    with store.write(by=by.ref, at=at) as write:
        keep_with(write, note, by=by)


def keep_with(write: Write, note: HiddenNote, *, by: Person) -> None:
    """Keep a hidden note in a write that keeps something else too; the same form again changes nothing.

    Raises NotWhole, NoteStands for a form that comes again in other words, and NobodyWouldRead.
    """
    new = checked(note)
    if kept_hidden_notes.is_kept(write, new.id):
        _must_say_the_same(write, new, by)
        return
    child = kept_people.child(write, new.child_id)
    owner = kept_people.organisation(write, who_acts(write, child, otherwise=by.organisation_id))
    if not _is_read_at(write, owner, new):
        raise NobodyWouldRead
    kept_hidden_notes.keep(write, new)
    write.audit("C", f"Communication/{new.id}", f"Patient/{new.child_id}", "write a hidden note")
    if owner.id != by.organisation_id:
        about = f"Communication/{new.id}"
        raise_task(write, NewTask(TaskKind.HIDDEN_NOTE, owner.id, new.child_id, about, once=new.id))


def notes_read(store: Store, child_id: str, *, by: Person, at: datetime) -> list[Shown]:
    """Return the hidden notes about a child that somebody may read, the newest first, and keep that they did.

    Whether they may see the child is for the caller to know.
    """
    found = kept_hidden_notes.notes_for(store, child_id, by, at)
    if found:
        with store.write_beside(by=by.ref, at=at) as write:
            for note in found:
                patient = f"Patient/{child_id}"
                write.audit("R", f"Communication/{note.id}", patient, "read a hidden note")
    return [_shown(store, note) for note in found]


def withdraw_note(store: Store, child_id: str, id: str, reason: str, *, by: Person, at: datetime) -> None:
    """Keep that a note was written in error, and tell the teams that count on it.

    Raises NotWhole, and ResourceNotFound for one not for them.
    """
    with store.write(by=by.ref, at=at) as write:
        note = kept_hidden_notes.note_for(write, child_id, id, by, at)
        changed = withdrawn(note, reason, by=by.practitioner_id, at=at)
        if note.stands:
            kept_hidden_notes.keep_changed(write, changed)
            write.audit("U", f"Communication/{id}", f"Patient/{child_id}", "withdraw a hidden note")
            _tell_withdrawn(write, note, by)


def _tell_withdrawn(write: Write, note: HiddenNote, by: Person) -> None:
    """Tell the writer's team, and the one that acts for the child, where somebody there reads the note."""
    child = kept_people.child(write, note.child_id)
    acts = who_acts(write, child, otherwise=by.organisation_id)
    for id in {note.organisation_id, acts} - {by.organisation_id}:
        if _is_read_at(write, kept_people.organisation(write, id), note):
            about, once = f"Communication/{note.id}", f"{note.id}/error"
            raise_task(write, NewTask(TaskKind.HIDDEN_NOTE, id, note.child_id, about, IN_ERROR, once=once))


def _is_read_at(write: Write, place: Organisation, note: HiddenNote) -> bool:
    """Return whether somebody at this place reads the note, besides whoever wrote it."""
    works_there = any(place.kind in WORKS_IN[role] for role in READS[note.because])
    return works_there and kept_hidden_notes.is_read_at(write, note.child_id, place.id, write.at)


def _shown(reader: Reader, note: HiddenNote) -> Shown:
    who = (name_of_person(reader, note.by), name_of_place(reader, note.organisation_id))
    error_by = name_of_person(reader, note.error_by) if note.error_by else ""
    return Shown(note, ", ".join(name for name in who if name), BECAUSE[note.because], error_by)


def _must_say_the_same(write: Write, new: HiddenNote, by: Person) -> None:
    """Raise NoteStands unless this is the note that the same person sent before."""
    for kept in kept_hidden_notes.notes_for(write, new.child_id, by, write.at):
        if (kept.id, kept.words, kept.because, kept.by) == (new.id, new.words, new.because, new.by):
            return
    raise NoteStands
