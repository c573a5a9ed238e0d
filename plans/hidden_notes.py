"""A note that only some professionals read: why it is hidden, and from whom."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from plans.errors import PuffinError
from plans.places import Role
from plans.school_form import NotWhole

LONGEST_NOTE = 2000  # characters


class Hidden(StrEnum):
    """Why a note must never reach a family, a school or paper."""

    SAFEGUARDING = "safeguarding"
    MISUSE = "misuse"
    THIRD_PARTY = "third-party"


BECAUSE: Mapping[Hidden, str] = {
    Hidden.SAFEGUARDING: "The child may be at risk if it is read",
    Hidden.MISUSE: "Somebody else may be misusing the inhalers",
    Hidden.THIRD_PARTY: "It is about somebody else, or somebody else said it",
}

CARE = frozenset({Role.CLINICIAN, Role.HOSPITAL, Role.SCHOOL_NURSE, Role.COMMUNITY_NURSE})
# Who reads what another person hid. That an inhaler may be misused is for the practice and the hospital alone
# (hazard 25). That social care and pharmacists are told by phone, and not here, is design (tag U).
READS: Mapping[Hidden, frozenset[Role]] = {
    Hidden.SAFEGUARDING: CARE,
    Hidden.MISUSE: frozenset({Role.CLINICIAN, Role.HOSPITAL}),
    Hidden.THIRD_PARTY: CARE,
}


class NobodyWouldRead(PuffinError):
    """A note was to be hidden from everybody at the place that acts for the child, or it has not the plan."""

    def __init__(self) -> None:
        super().__init__(
            "No place is known here that may read this note. It is not kept. Phone the child's GP surgery, "
            "and tell your safeguarding lead."
        )


class NoteStands(PuffinError):
    """A form that was sent before came again in other words."""

    def __init__(self) -> None:
        super().__init__(
            "This note was sent before and is kept as it was. To add to it, open the page again."
        )


@dataclass(frozen=True)
class HiddenNote:
    """What somebody wrote about a child, and why it is hidden.

    `by` is the writer (Practitioner id), `organisation_id` their place. `about` is the thing beside which it
    was written (a reference), "" for the child as a whole. `error` says why it was withdrawn, "" while it
    stands; `error_by` (Practitioner id) and `error_at` who said so and when, "" and None where not kept.
    """

    id: str
    child_id: str
    words: str
    because: Hidden
    by: str
    at: datetime
    organisation_id: str
    about: str = ""
    error: str = ""
    error_by: str = ""
    error_at: datetime | None = None

    @property
    def stands(self) -> bool:
        return not self.error


def checked(note: HiddenNote) -> HiddenNote:
    """Return the note; raises NotWhole for one without words, or with too many."""
    if not note.words.strip() or len(note.words) > LONGEST_NOTE:
        raise NotWhole("hidden-note", "Write the note, in up to 2,000 letters.")
    return replace(note, words=note.words.strip())


def withdrawn(note: HiddenNote, reason: str, *, by: str, at: datetime) -> HiddenNote:
    """Return the note as written in error, by a Practitioner's word; raises NotWhole without a reason."""
    said = reason.strip()
    if not said or len(said) > LONGEST_NOTE:
        raise NotWhole("reason", "Write why this note is wrong, in up to 2,000 letters.")
    return replace(note, error=said, error_by=by, error_at=at)


def may_read(role: Role, person_id: str, note: HiddenNote) -> bool:
    """Return whether somebody in this role reads the note: who wrote it always does, in any role."""
    return note.by == person_id or role in READS[note.because]
