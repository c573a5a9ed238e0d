"""What stands out in the audit, for a privacy lead to look at: facts by rules, none of which says "wrong"."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import NAMESPACE_URL, uuid5

from plans.errors import PuffinError

# Children whose records one person opens within an hour of the clock (U): more than a clinic has.
MANY = 30
LONGEST_NOTE = 1000  # characters


class Rule(StrEnum):
    """What stands out."""

    EMERGENCY = "emergency"
    NO_RELATION = "no-relation"
    MANY_CHILDREN = "many-children"
    SAME_FAMILY_NAME = "same-family-name"


@dataclass(frozen=True)
class Row:
    """What a rule is called, and what the privacy lead may ask."""

    title: str
    ask: str


RULES: Mapping[Rule, Row] = {
    Rule.EMERGENCY: Row(
        "Opened in an emergency",
        "Was the child in their care then, and was the record needed?",
    ),
    Rule.NO_RELATION: Row(
        "No relation to the child",
        "This place was not the child's GP surgery, and nothing was shared with it. Why did they look?",
    ),
    Rule.MANY_CHILDREN: Row(
        "Many children in one hour",
        "Was there a reason to open so many records, such as a list that was worked through?",
    ),
    Rule.SAME_FAMILY_NAME: Row(
        "Same family name",
        "Is this child of their own family? Many families share a name.",
    ),
}


class NoteMissing(PuffinError):
    def __init__(self) -> None:
        super().__init__("Write what you found, in up to 1,000 characters.")


class AboutYourself(PuffinError):
    def __init__(self) -> None:
        super().__init__(
            "This is about what you did, so somebody else answers for it. Ask another privacy lead."
        )


@dataclass(frozen=True)
class Look:
    """One reading of a child's record, with what was so then. `who` is a reference, `place` an id."""

    who: str
    place: str
    child_id: str
    practice_id: str
    who_name: str
    child_family_name: str
    has_relation: bool
    in_emergency: bool


@dataclass(frozen=True)
class Unusual:
    """One line of the list of an organisation's privacy lead: reviewed once somebody has written a note."""

    id: str
    rule: Rule
    organisation_id: str  # whose privacy lead looks at it
    who: str
    place: str  # Organization id of who looked
    at: datetime
    child_id: str = ""
    children: int = 1
    reviewed_by: str = ""
    reviewed_at: datetime | None = None
    note: str = ""

    @property
    def is_open(self) -> bool:
        return self.reviewed_at is None


def rules_of(look: Look) -> Iterator[Rule]:
    """Yield the rules by which one reading stands out."""
    if not (look.has_relation or look.in_emergency):
        yield Rule.NO_RELATION
    if has_same_family_name(look.who_name, look.child_family_name):
        yield Rule.SAME_FAMILY_NAME


def is_many(children: int, most: int = MANY) -> bool:
    """Return whether so many children in one hour stand out."""
    return children >= most


def has_same_family_name(name: str, family_name: str) -> bool:
    """Return whether a full name ends in this family name, however it is written."""
    words, last = name.casefold().split(), family_name.casefold().split()
    return bool(last) and words[-len(last) :] == last and len(words) > len(last)


def line_id(rule: Rule, *what: str) -> str:
    """Return the one id of a line, so that none is listed twice."""
    return str(uuid5(NAMESPACE_URL, f"puffin:unusual-access/{rule}/{'/'.join(what)}"))


def checked_note(note: str) -> str:
    """Return what somebody found; raises NoteMissing."""
    said = note.strip()
    if not said or len(said) > LONGEST_NOTE:
        raise NoteMissing
    return said
