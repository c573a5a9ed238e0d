"""Whether a reader has read the version that stands, and the register of those with whom a school shares."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from fhir import kept_plans, kept_receipts
from fhir.kept_names import changes_of_name, is_named_anew_since
from fhir.store import Reader
from fhir.store.errors import ResourceNotFound
from plans.people import Child
from plans.plan import Plan, Status
from plans.receipts import PlanHasChanged, that_counts

NUMBER = re.compile(r"[0-9]{0,9}")  # of a version, as a form says it; "" for none


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


def must_be_as_opened(reader: Reader, plan: Plan, *, plan_id: str, version: str) -> None:
    """Raise PlanHasChanged where a page was opened with another plan, or the child has another name since.

    `version` is that of the Patient as the page had it; without one the page named the child as at signing.
    """
    if plan_id != plan.id or not NUMBER.fullmatch(version):
        raise PlanHasChanged
    try:
        is_named_anew = is_named_anew_since(reader, plan, int(version) if version else None)
    except ResourceNotFound:
        raise PlanHasChanged from None
    if is_named_anew:
        raise PlanHasChanged


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
