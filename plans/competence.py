"""Who decides about sharing a young person's plan: they themselves, or whoever is responsible for them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from plans.errors import PuffinError
from plans.people import Child
from plans.places import Nation

# Whole years. Source: clinical.md 8.6: Scotland tag V, 16 and 17 tag U.
OWN_FROM = 16
OWN_FROM_IN_SCOTLAND = 12
LONGEST_DECISION = 500  # characters


class Finding(StrEnum):
    """What a clinician found: whether the young person understands what they decide."""

    UNDERSTANDS = "understands"
    DOES_NOT_YET = "does-not-yet"


class Ground(StrEnum):
    """Why somebody decides for themselves, or does not."""

    FROM_16 = "from-16"
    FROM_12_IN_SCOTLAND = "from-12-in-scotland"
    JUDGED_TO_UNDERSTAND = "judged-to-understand"
    JUDGED_NOT_TO = "judged-not-to"
    NOT_JUDGED = "not-judged"


DECIDES_ALONE = frozenset({Ground.FROM_16, Ground.FROM_12_IN_SCOTLAND, Ground.JUDGED_TO_UNDERSTAND})


class DecisionMissing(PuffinError):
    def __init__(self) -> None:
        super().__init__("Write what the young person decides about, in up to 500 characters.")


class JudgedInTheFuture(PuffinError):
    def __init__(self) -> None:
        super().__init__("The day of this talk cannot be in the future.")


@dataclass(frozen=True)
class Judgement:
    """What a clinician found in a talk with the young person: who (Practitioner id), when, about what."""

    id: str
    child_id: str
    finding: Finding
    decision: str
    by: str
    by_name: str
    on: date


def checked(judgement: Judgement, today: date) -> Judgement:
    """Return the judgement; raises DecisionMissing and JudgedInTheFuture."""
    if not judgement.decision.strip() or len(judgement.decision) > LONGEST_DECISION:
        raise DecisionMissing
    if judgement.on > today:
        raise JudgedInTheFuture
    return judgement


def ground(child: Child, nation: Nation, judgements: Iterable[Judgement], day: date) -> Ground:
    """Return why this child decides about sharing on `day`, or does not; `nation` is the practice's.

    The latest judgement holds until the birthday from which the law presumes something else: who was found
    not to understand yet is judged again then.
    """
    presumed = _presumed(child, nation, day)
    found = [one for one in judgements if one.on <= day and _presumed(child, nation, one.on) is presumed]
    latest = max(found, key=lambda one: one.on, default=None)
    if latest is None:
        return presumed or Ground.NOT_JUDGED
    if latest.finding is Finding.DOES_NOT_YET:
        return Ground.JUDGED_NOT_TO
    return presumed or Ground.JUDGED_TO_UNDERSTAND


def _presumed(child: Child, nation: Nation, day: date) -> Ground | None:
    age = child.age_on(day)
    if age >= OWN_FROM:
        return Ground.FROM_16
    if nation is Nation.SCOTLAND and age >= OWN_FROM_IN_SCOTLAND:
        return Ground.FROM_12_IN_SCOTLAND
    return None
