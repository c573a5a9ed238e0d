"""A hidden note as it was typed, on its own page or beside other words, and the note that is wanted."""

from collections.abc import Mapping
from datetime import datetime
from uuid import NAMESPACE_URL, UUID, uuid4, uuid5

from plans.hidden_notes import Hidden, HiddenNote, checked
from plans.school_form import NotWhole
from portal.person import Person

Form = Mapping[str, str]
WORDS, BECAUSE = "hidden-note", "hidden-because"  # names of the fields


def typed_note(form: Form, child_id: str, *, by: Person, at: datetime) -> HiddenNote:
    """Return the note; raises NotWhole without words, or without why it is hidden."""
    return _note(form, child_id, _id(form.get("note", "")), "", by, at)


def typed_beside(
    form: Form, child_id: str, about: str, *, once: str, by: Person, at: datetime
) -> HiddenNote | None:
    """Return the note that was typed beside something else (a reference), None where none was.

    `once` names the form: sent again it is the same note, and another form about the same thing brings
    another note. Raises NotWhole for a note without why it is hidden.
    """
    if not form.get(WORDS, "").strip():
        return None
    id = str(uuid5(NAMESPACE_URL, f"puffin:hidden-note/{about}/{once}"))
    return _note(form, child_id, id, about, by, at)


def _note(form: Form, child_id: str, id: str, about: str, by: Person, at: datetime) -> HiddenNote:
    note = HiddenNote(
        id=id,
        child_id=child_id,
        words=form.get(WORDS, ""),
        because=Hidden.MISUSE,
        by=by.practitioner_id,
        at=at,
        organisation_id=by.organisation_id,
        about=about,
    )
    checked(note)
    return HiddenNote(**{**vars(note), "because": _because(form)})


def _because(form: Form) -> Hidden:
    try:
        return Hidden(form.get(BECAUSE, ""))
    except ValueError:
        raise NotWhole(BECAUSE, "Say why this note is hidden.") from None


def _id(typed: str) -> str:
    """Return the id that the form was made with; a new one where that is none of ours."""
    try:
        return str(UUID(typed))
    except ValueError:
        return str(uuid4())
