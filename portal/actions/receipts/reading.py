"""Whether a reader has read the version that stands, and the register of those with whom a school shares."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from fhir import kept_plans, kept_receipts
from fhir.kept_names import changes_of_name
from fhir.store import Reader
from plans.people import Child
from plans.plan import Plan, Status
from plans.receipts import that_counts


@dataclass(frozen=True)
class Entry:
    """One child on a reader's register: the newest plan, and whether this reader has read that version.

    `is_asked` to read it: who sees a plan only because they cover another team is not.
    """

    child: Child
    plan: Plan
    is_asked: bool
    has_read: bool
    review_passed: bool

    @property
    def is_withdrawn(self) -> bool:
        """Return whether the newest plan is no longer to be followed."""
        return self.plan.status is not Status.SIGNED


def has_read(reader: Reader, plan_id: str, reader_id: str) -> bool:
    """Return whether a reader (Organization or RelatedPerson id) has said that they read this version."""
    receipt = that_counts(kept_receipts.receipts_of(reader, plan_id), reader_id)
    return receipt is not None and receipt.acknowledged is not None


def has_former_name(reader: Reader, plan: Plan, reader_id: str) -> bool:
    """Return whether a reader was asked before the child's name changed, and has not read the plan since.

    Who was asked later never had the former name, and is told of no change.
    """
    changes = changes_of_name(reader, plan.child_id)
    mine = [one for one in kept_receipts.receipts_of(reader, plan.id) if one.reader_id == reader_id]
    if not (changes and mine) or min(one.asked_at for one in mine) >= changes[-1]:
        return False
    last = that_counts(mine, reader_id)
    return last is not None and last.is_open


def register(reader: Reader, children: Iterable[Child], reader_id: str, *, today: date) -> list[Entry]:
    """Return an entry for each of these children, in their order; `today` is the day in the UK."""
    return [entry(reader, child, reader_id, today=today) for child in children]


def entry(reader: Reader, child: Child, reader_id: str, *, today: date) -> Entry:
    """Return what the register says of one child, whose plan is shared with the reader."""
    newest = kept_plans.plans_of(reader, child.id)[0]
    passed = newest.review_by is not None and newest.review_by < today
    receipt = that_counts(kept_receipts.receipts_of(reader, newest.id), reader_id)
    read = receipt is not None and receipt.acknowledged is not None
    return Entry(child, newest, is_asked=receipt is not None, has_read=read, review_passed=passed)
