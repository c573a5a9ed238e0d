"""What copies are made from: a plan with everybody whom a copy may name, from the store or from a bundle."""

from dataclasses import dataclass

from fhir import kept_people, kept_plans, kept_reviews
from fhir.kept_names import version_of_child
from fhir.plan_bundle import PlanBundle
from fhir.store import Reader
from fhir.store.errors import ResourceNotFound
from fhir.store.tables import drafts, marks
from plans.content import Copy, People
from plans.errors import PlanNotFound, PuffinError
from plans.people import Child
from plans.places import Organisation
from plans.plan import Plan
from plans.review import Review


class DraftHasNoCopies(PuffinError):
    """A draft was to be printed or handed over, which nobody has signed."""

    def __init__(self) -> None:
        super().__init__("This plan is a draft. Sign it first, then print or export it.")


@dataclass(frozen=True)
class Discharge:
    """An open review after hospital, and the hospital where it is known: what the family's sheet says."""

    review: Review
    hospital: Organisation | None


@dataclass(frozen=True)
class Original:
    """A plan to make copies of. `holds` is the copy that is at hand: only the store has the whole plan.

    `code_url` is where the code on paper leads, "" for none; in a demo everybody is invented.
    """

    plan: Plan
    people: People
    is_demo: bool
    code_url: str = ""
    holds: Copy = Copy.RECORD
    discharge: Discharge | None = None


def in_store(reader: Reader, plan_id: str, *, url: str) -> Original:
    """Return a signed plan as it is kept; `url` is the portal's.

    Raises PlanNotFound, and DraftHasNoCopies for a draft.
    """
    plan = _signed_plan(reader, plan_id)
    leads_to = code_url(url, plan_id, version_of_child(reader, plan.child_id))
    child = kept_people.child(reader, plan.child_id)
    return Original(
        plan=plan,
        people=people_around(reader, child, plan),
        is_demo=marks.is_demo(reader),
        code_url=leads_to,
        discharge=open_discharge(reader, child.id),
    )


def in_bundle(read: PlanBundle, *, url: str) -> Original:
    """Return the plan of a bundle, with no more than the copy that it holds.

    Its code is that of the name under which the plan was signed: of a file nobody knows when it was written.
    """
    return Original(read.plan, read.people, read.is_demo, code_url(url, read.plan.id), holds=read.copy)


def people_around(reader: Reader, child: Child, plan: Plan) -> People:
    """Return everybody whose name a copy of the child's plan may print."""
    practice, school = place(reader, child.practice_id), place(reader, child.school_id)
    return People(child, practice, plan.author, school)


def place(reader: Reader, organisation_id: str) -> Organisation | None:
    """Return an organisation, None where it is not said or not kept."""
    if not organisation_id:
        return None
    try:
        return kept_people.organisation(reader, organisation_id)
    except ResourceNotFound:
        return None


def open_discharge(reader: Reader, child_id: str) -> Discharge | None:
    """Return the child's latest discharge whose review nobody has closed, None if there is none."""
    reviews = kept_reviews.open_reviews_of_child(reader, child_id)
    latest = max(reviews, key=lambda one: one.discharged_at, default=None)
    return Discharge(latest, place(reader, latest.requester_id)) if latest else None


def code_url(url: str, plan_id: str, version: int | None = None) -> str:
    """Return where the code on a copy leads; `version` is that of the Patient whom the copy names."""
    return f"{url}/c/{plan_id}" if version is None else f"{url}/c/{plan_id}/{version}"


def _signed_plan(reader: Reader, plan_id: str) -> Plan:
    try:
        return kept_plans.plan(reader, plan_id)
    except PlanNotFound:
        _refuse_draft(reader, plan_id)
        raise


def _refuse_draft(reader: Reader, plan_id: str) -> None:
    try:
        draft = drafts.read(reader, plan_id)
    except ResourceNotFound:
        return
    if draft.status == drafts.DRAFT:
        raise DraftHasNoCopies
