"""What happened at school: the reliever was given, an attack, or PE was missed because of asthma."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from plans.school_form import NotWhole

LONGEST_WORDS = 1000  # letters
LONGEST_NAME = 200  # letters
MOST_PUFFS = 99  # a slip of the pen; it says nothing about how many are right
SLACK = timedelta(minutes=10)  # clocks of two rooms differ


class EntryKind(StrEnum):
    """What is written down."""

    RELIEVER = "reliever"
    ATTACK = "attack"
    MISSED_PE = "missed-pe"


class Inhaler(StrEnum):
    """Which inhaler was given."""

    OWN = "own"
    EMERGENCY = "emergency"


class Why(StrEnum):
    """Why the reliever was given."""

    SYMPTOMS = "symptoms"
    EXERCISE = "exercise"


KIND_WORDS: Mapping[EntryKind, str] = {
    EntryKind.RELIEVER: "Reliever given",
    EntryKind.ATTACK: "Asthma attack",
    EntryKind.MISSED_PE: "Missed PE because of asthma",
}
INHALER_WORDS: Mapping[Inhaler, str] = {
    Inhaler.OWN: "the child's own inhaler",
    Inhaler.EMERGENCY: "the school's emergency inhaler",
}
WHY_WORDS: Mapping[Why, str] = {Why.SYMPTOMS: "for symptoms", Why.EXERCISE: "before exercise"}


@dataclass(frozen=True)
class SchoolEntry:
    """One thing that happened to a child at school. `kept_by` is a PractitionerRole id.

    `school_id` is the school at which it happened, "" where that was not kept.

    `words` say what happened, or what happened after the reliever. `told_by` is who told a parent, "" while
    nobody has. `is_hidden` keeps it from the family. `error` says why it was withdrawn, "" while it stands.
    """

    id: str
    child_id: str
    kind: EntryKind
    at: datetime
    kept_by: str
    words: str = ""
    told_by: str = ""
    is_hidden: bool = False
    puffs: int | None = None
    inhaler: Inhaler | None = None
    why: Why | None = None
    given_by: str = ""
    called_999: bool = False
    error: str = ""
    school_id: str = ""

    @property
    def stands(self) -> bool:
        return not self.error


def checked(entry: SchoolEntry, now: datetime) -> SchoolEntry:
    """Return the entry; raises NotWhole for a time to come, or without what belongs to its kind."""
    if entry.at > now + SLACK:
        raise NotWhole("day", "Enter when it happened. It cannot be after now.")
    if len(entry.words) > LONGEST_WORDS or max(len(entry.told_by), len(entry.given_by)) > LONGEST_NAME:
        raise NotWhole("words", "Write less: up to 1,000 letters, and up to 200 for a name.")
    if entry.kind is EntryKind.RELIEVER:
        return _with_its_dose(entry)
    if entry.kind is EntryKind.ATTACK and not entry.words.strip():
        raise NotWhole("words", "Write what happened and what was done.")
    return entry


def withdrawn(reason: str) -> str:
    """Return why an entry is withdrawn, as it is kept; raises NotWhole without a reason."""
    said = reason.strip()
    if not said or len(said) > LONGEST_WORDS:
        raise NotWhole("reason", "Write why this is wrong, in up to 1,000 letters.")
    return said


def line(entry: SchoolEntry, clock: str) -> str:
    """Return the entry in one line for the practice; `clock` is the UK time at which it happened."""
    said = [f"{clock}: {KIND_WORDS[entry.kind]}"]
    if entry.kind is EntryKind.RELIEVER and entry.inhaler and entry.why:
        said.append(f"{puffs_words(entry.puffs)}, {INHALER_WORDS[entry.inhaler]}, {WHY_WORDS[entry.why]}")
    if entry.called_999:
        said.append("999 was called")
    if not entry.told_by:
        said.append("no parent told yet")
    return ", ".join(said) + "."


def puffs_words(puffs: int | None) -> str:
    """Return 1 puff or 2 puffs."""
    return "1 puff" if puffs == 1 else f"{puffs} puffs"


def _with_its_dose(entry: SchoolEntry) -> SchoolEntry:
    if entry.puffs is None or not 1 <= entry.puffs <= MOST_PUFFS:
        raise NotWhole("puffs", "Enter how many puffs were given, as a number.")
    if entry.inhaler is None:
        raise NotWhole("inhaler", "Say which inhaler was given.")
    if entry.why is None:
        raise NotWhole("why", "Say whether it was for symptoms or before exercise.")
    return entry
