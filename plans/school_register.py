"""How a child stands on a school nurse's register: statuses in groups, each with its words and its colour."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from plans.school_consent import ConsentState
from plans.school_inhaler import InhalerState
from plans.school_log import EntryKind


class Status(StrEnum):
    """One thing that a child can be looked for by."""

    TO_READ = "to-read"
    READ = "read"
    PAST_REVIEW = "past-review"
    WITHDRAWN = "withdrawn"
    NOT_WITH_SCHOOL = "not-with-school"
    INHALER_THERE = "inhaler-there"
    INHALER_MISSING = "inhaler-missing"
    INHALER_EXPIRED = "inhaler-expired"
    INHALER_EXPIRES_SOON = "inhaler-expires-soon"
    INHALER_NOT_CHECKED = "inhaler-not-checked"
    SPACER_MISSING = "spacer-missing"
    CONSENT_YES = "consent-yes"
    CONSENT_NO = "consent-no"
    CONSENT_NOT_ASKED = "consent-not-asked"
    CONSENT_DIFFERS = "consent-differs"
    RELIEVER_USED = "reliever-used"
    ATTACK = "attack"
    MISSED_PE = "missed-pe"
    CONCERN_OPEN = "concern-open"


@dataclass(frozen=True)
class Tag:
    """The words of a status and the colour behind them: what is said never rests on colour alone."""

    words: str
    colour: str


@dataclass(frozen=True)
class Group:
    """Statuses of one question, as they stand together among the filters."""

    title: str
    statuses: tuple[Status, ...]


# Colours as school nurses know them: green ready, blue somebody must act, orange they conflict, red not there
# or refused, grey no answer, white for a note. Source: the register of the national school vaccination tool.
TAGS: Mapping[Status, Tag] = {
    Status.TO_READ: Tag("Plan to read", "blue"),
    Status.READ: Tag("Plan read", "green"),
    Status.PAST_REVIEW: Tag("Plan past its review date", "orange"),
    Status.WITHDRAWN: Tag("Plan withdrawn", "red"),
    Status.NOT_WITH_SCHOOL: Tag("Not shared with school staff", "blue"),
    Status.INHALER_THERE: Tag("Inhaler at school", "green"),
    Status.INHALER_MISSING: Tag("No inhaler at school", "red"),
    Status.INHALER_EXPIRED: Tag("Inhaler expired", "red"),
    Status.INHALER_EXPIRES_SOON: Tag("Inhaler expires soon", "orange"),
    Status.INHALER_NOT_CHECKED: Tag("Inhaler not checked", "grey"),
    Status.SPACER_MISSING: Tag("No spacer at school", "red"),
    Status.CONSENT_YES: Tag("Emergency inhaler: yes", "green"),
    Status.CONSENT_NO: Tag("Emergency inhaler: no", "red"),
    Status.CONSENT_NOT_ASKED: Tag("Emergency inhaler: not asked", "grey"),
    Status.CONSENT_DIFFERS: Tag("Emergency inhaler: answers differ", "orange"),
    Status.RELIEVER_USED: Tag("Reliever used this term", "white"),
    Status.ATTACK: Tag("Attack this term", "red"),
    Status.MISSED_PE: Tag("Missed PE this term", "white"),
    Status.CONCERN_OPEN: Tag("Concern not answered yet", "blue"),
}

GROUPS = (
    Group(
        "Plan",
        (Status.TO_READ, Status.READ, Status.PAST_REVIEW, Status.WITHDRAWN, Status.NOT_WITH_SCHOOL),
    ),
    Group(
        "Inhaler at school",
        (
            Status.INHALER_THERE,
            Status.INHALER_MISSING,
            Status.INHALER_EXPIRED,
            Status.INHALER_EXPIRES_SOON,
            Status.INHALER_NOT_CHECKED,
            Status.SPACER_MISSING,
        ),
    ),
    Group(
        "School's emergency inhaler",
        (Status.CONSENT_YES, Status.CONSENT_NO, Status.CONSENT_NOT_ASKED, Status.CONSENT_DIFFERS),
    ),
    Group("This term", (Status.RELIEVER_USED, Status.ATTACK, Status.MISSED_PE)),
    Group("Concern", (Status.CONCERN_OPEN,)),
)

OF_ENTRY: Mapping[EntryKind, Status] = {
    EntryKind.RELIEVER: Status.RELIEVER_USED,
    EntryKind.ATTACK: Status.ATTACK,
    EntryKind.MISSED_PE: Status.MISSED_PE,
}

OF_INHALER: Mapping[InhalerState, Status] = {
    InhalerState.THERE: Status.INHALER_THERE,
    InhalerState.MISSING: Status.INHALER_MISSING,
    InhalerState.EMPTY: Status.INHALER_MISSING,
    InhalerState.EXPIRED: Status.INHALER_EXPIRED,
    InhalerState.EXPIRES_SOON: Status.INHALER_EXPIRES_SOON,
    InhalerState.NOT_CHECKED: Status.INHALER_NOT_CHECKED,
}
OF_CONSENT: Mapping[ConsentState, Status] = {
    ConsentState.YES: Status.CONSENT_YES,
    ConsentState.NO: Status.CONSENT_NO,
    ConsentState.NOT_ASKED: Status.CONSENT_NOT_ASKED,
    ConsentState.DIFFERS: Status.CONSENT_DIFFERS,
}


def answers(has: frozenset[Status], wanted: frozenset[Status]) -> bool:
    """Return whether a child is shown: in each group that anything is ticked in, one of it is so."""
    for group in GROUPS:
        ticked = wanted & frozenset(group.statuses)
        if ticked and not ticked & has:
            return False
    return True


def in_order(statuses: Iterable[Status]) -> Iterator[Status]:
    """Yield statuses in the order of the filters."""
    has = frozenset(statuses)
    return (status for group in GROUPS for status in group.statuses if status in has)
