"""What changed between two versions of a child's plan, as far as one kind of reader may see both."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from fhir import kept_plans, kept_shares
from fhir.store import Reader
from plans.content import Copy
from plans.differences import Difference, differences
from plans.leaflet.languages import languages
from plans.medicines import read_medicines
from plans.plan import Plan, Status
from plans.plan_rows import Names
from plans.seen_by import seen_by
from portal.actions.receipts.reading import has_read


@dataclass(frozen=True)
class Changes:
    """Two versions of one child's plan, the older first, and what the later one says otherwise."""

    before: Plan
    after: Plan
    found: tuple[Difference, ...]


def changes_between(one: Plan, other: Plan, copy: Copy = Copy.RECORD) -> Changes:
    """Return what changed between two versions, given in any order, for the readers of this copy.

    What is hidden from them is taken out of both plans first: that it changed is not to be seen either.
    """
    before, after = sorted((one, other), key=lambda plan: plan.version)
    seen = seen_by(copy, before), seen_by(copy, after)
    return Changes(before, after, differences(*seen, _names()))


def changes_since_last(plan: Plan, versions: Sequence[Plan]) -> Changes | None:
    """Return what changed since the version before this one, None for a child's first plan."""
    former = [one for one in versions if one.version < plan.version]
    return changes_between(max(former, key=lambda one: one.version), plan) if former else None


def changes_for(reader: Reader, plan: Plan, copy: Copy, reader_id: str) -> Changes | None:
    """Return what changed for somebody with whom the plan is shared since the version that they know.

    That is the newest that they said they had read, else the oldest that they had: it may be on their wall.
    None where every former version had ended before it was shared with them, so that none was theirs to
    read, and where nothing changed in what they see. A withdrawn plan is not shown again.
    `reader_id` is an Organization or, at home, a RelatedPerson.
    """
    theirs = [one for one in _former(reader, plan) if _was_theirs(reader, one, reader_id)]
    if not theirs:
        return None
    known = next((one for one in theirs if has_read(reader, one.id, reader_id)), theirs[-1])
    changes = changes_between(known, plan, copy)
    return changes if changes.found else None


def _former(reader: Reader, plan: Plan) -> Iterator[Plan]:
    """Yield the versions before this one that were replaced, the newest first."""
    for one in kept_plans.plans_of(reader, plan.child_id):
        if one.version < plan.version and one.status is Status.REPLACED:
            yield one


def _was_theirs(reader: Reader, former: Plan, reader_id: str) -> bool:
    """Return whether a share that still stands had begun before this version ended."""
    shares = kept_shares.shares_of(reader, former.child_id)
    mine = [one for one in shares if one.reader_id == reader_id and one.stopped_at is None]
    return former.ended_at is not None and any(one.since < former.ended_at for one in mine)


def _names() -> Names:
    return Names(read_medicines(), {code: one.english for code, one in languages().items()})
