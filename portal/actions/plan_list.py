"""Every plan that is kept here: open drafts, and every version that was ever signed."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from fhir import kept_people, kept_plans
from fhir.codes import PLAN_SERIES
from fhir.store import Reader, Store
from fhir.store.tables import drafts
from fhir.store.tables.drafts import Draft
from plans.plan import Plan, Status


@dataclass(frozen=True)
class ListedPlan:
    """A plan as a list shows it: `child` is an id; a draft has the version that it is to become."""

    id: str
    child: str
    version: int
    status: Status
    language: str
    review_by: date | None
    name: str  # of the child, for people's eyes

    def as_json(self) -> dict[str, str | int | None]:
        """Return what other programs are told: never the name."""
        told = {key: value for key, value in vars(self).items() if key != "name"}
        return told | {"review_by": self.review_by.isoformat() if self.review_by else None}


def all_plans(store: Store, *, by: str, at: datetime) -> list[ListedPlan]:
    """Return every plan, by child and then the newest version first; the reading is recorded."""
    signed = list(_signed(store))
    newest = {one.child: one.version for one in sorted(signed, key=lambda one: one.version)}
    drafted = [_draft(store, draft, newest.get(draft.child_id, 0)) for draft in drafts.all_open(store)]
    with store.write_beside(by=by, at=at) as write:
        write.audit("R", detail="list the plans")
    return sorted([*drafted, *signed], key=lambda one: (one.name.casefold(), one.child, -one.version))


def _signed(reader: Reader) -> Iterator[ListedPlan]:
    for child_id in dict.fromkeys(one["identifier"][0]["value"] for one in _care_plans(reader)):
        name = kept_people.child(reader, child_id).name
        yield from (_listed(plan, name) for plan in kept_plans.plans_of(reader, child_id))


def _care_plans(reader: Reader) -> list[dict]:
    return [one for one in reader.search("CarePlan") if _is_ours(one)]


def _is_ours(care_plan: dict) -> bool:
    return any(one.get("system") == PLAN_SERIES for one in care_plan.get("identifier", ()))


def _listed(plan: Plan, name: str) -> ListedPlan:
    return ListedPlan(plan.id, plan.child_id, plan.version, plan.status, plan.language, plan.review_by, name)


def _draft(reader: Reader, draft: Draft, newest: int) -> ListedPlan:
    return ListedPlan(
        id=draft.id,
        child=draft.child_id,
        version=newest + 1,
        status=Status.DRAFT,
        language=draft.fields.get("language", ""),
        review_by=_day(draft.fields.get("review-by", "")),
        name=kept_people.child(reader, draft.child_id).name,
    )


def _day(text: str) -> date | None:
    """Return the day that a draft says so far, None while it says none that can be read."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
