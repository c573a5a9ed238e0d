"""The children of a practice as pages list them: the live plan, an open draft, a review that is running."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from fhir import kept_reviews
from fhir.kept_plans import LivePlan
from fhir.record import Named, Record
from fhir.store import Reader
from fhir.store.tables import drafts
from plans.concern import Concern
from plans.errors import NhsNumberInvalid
from plans.people import Child, nhs_number
from plans.similar_names import name_key


@dataclass(frozen=True)
class Listed:
    """One child of a list; `draft_id` is "" without an open draft. `concerns` are the ids of open ones."""

    child: Child
    plan: LivePlan | None
    draft_id: str
    review_running: bool
    review_late: bool = False
    concerns: tuple[str, ...] = ()


class Need(StrEnum):
    """What somebody still has to do for a child, as the list is looked through by it."""

    CONCERN = "concern"
    REVIEW = "review"
    PAST = "past"
    DRAFT = "draft"
    NO_PLAN = "no-plan"


ORDER = tuple(Need)  # the most pressing first: design (U)
PAGE = 50  # children on one page


@dataclass(frozen=True)
class Wanted:
    """What is looked for: a name or NHS number, and one need or any. `page` begins at 1."""

    name: str = ""
    need: Need | None = None
    page: int = 1


@dataclass(frozen=True)
class Page:
    """One page of the list. `counts` are of all the children, whatever is looked for."""

    rows: tuple[Listed, ...]
    found: int
    total: int
    pages: int
    counts: Counter[Need]


def children_page(
    reader: Reader,
    record: Record,
    wanted: Wanted,
    *,
    with_plans: bool,
    concerns: Iterable[Concern],
    today: date,
) -> Page:
    """Return a page of the children whom the record's viewer sees: who needs something first, then by name.

    It costs as much for a thousand children as for fifty: of the others only names and days are read. How
    plans stand is said `with_plans` alone: not to who has some of the children without their plan. `concerns`
    are the open ones that the viewer may know of.
    """
    worries: dict[str, list[str]] = {}
    for one in concerns:
        worries.setdefault(one.child_id, []).append(one.id)
    names = record.names()
    needs = _needs(reader, record, [one.id for one in names], with_plans, worries, today)
    meant = _meant(record, names, wanted.name)
    found = [one.id for one in names if one.id in meant and wanted.need in (None, *needs[one.id])]
    found.sort(key=lambda id: ORDER.index(needs[id][0]) if needs[id] else len(ORDER))  # else as they stood
    shown = found[(wanted.page - 1) * PAGE : wanted.page * PAGE]
    return Page(
        rows=tuple(
            replace(one, concerns=tuple(worries.get(one.child.id, ())))
            for one in _listed(reader, record, shown, needs, today)
        ),
        found=len(found),
        total=len(names),
        pages=max(1, -(-len(found) // PAGE)),
        counts=Counter(need for one in names for need in needs[one.id]),
    )


def _needs(
    reader: Reader,
    record: Record,
    ids: Sequence[str],
    with_plans: bool,
    worries: Collection[str],
    today: date,
) -> dict[str, tuple[Need, ...]]:
    """Return what each child needs, the most pressing first."""
    review_by = record.review_days() if with_plans else {}
    drafted = {one.child_id for one in drafts.open_of(reader, ids)} if with_plans else set()
    past = {id for id, day in review_by.items() if day < today}
    no_plan = set(ids) - set(review_by) if with_plans else set()
    has = {
        Need.CONCERN: worries,
        Need.REVIEW: record.children_after_hospital(),
        Need.PAST: past,
        Need.DRAFT: drafted,
        Need.NO_PLAN: no_plan,
    }
    return {id: tuple(need for need in ORDER if id in has[need]) for id in ids}


def _meant(record: Record, names: Iterable[Named], text: str) -> set[str]:
    """Return the ids of the children whom a search means: by NHS number, or by parts of the name."""
    if not text:
        return {one.id for one in names}
    try:
        return record.with_number(nhs_number(text))
    except NhsNumberInvalid:
        parts = name_key(text)
        return {one.id for one in names if parts and all(part in one.words for part in parts)}


def _listed(
    reader: Reader, record: Record, ids: Sequence[str], needs: Mapping[str, tuple[Need, ...]], today: date
) -> Iterator[Listed]:
    children, plans = record.some_of(ids), record.live_plans(*ids) if ids else {}
    begun = {draft.child_id: draft.id for draft in drafts.open_of(reader, ids)}
    for id in ids:
        if id in children:
            runs = Need.REVIEW in needs[id]
            yield Listed(
                children[id], plans.get(id), begun.get(id, ""), runs, runs and _is_late(reader, id, today)
            )


def _is_late(reader: Reader, child_id: str, today: date) -> bool:
    """Return whether a review of this child that nothing has closed was due before today."""
    return any(one.due < today for one in kept_reviews.open_reviews_of_child(reader, child_id))


def found_by(text: str, children: Iterable[Child]) -> list[Child]:
    """Return the children whom a search means: by NHS number, spaced or not, or by parts of the name."""
    try:
        number = nhs_number(text)
    except NhsNumberInvalid:
        words = text.casefold().split()
        return [child for child in children if all(word in child.name.casefold() for word in words)]
    return [child for child in children if child.nhs_number == number]
