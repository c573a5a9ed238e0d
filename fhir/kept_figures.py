"""What the figures of a place are counted from, read from the store once for each page."""

from datetime import date, datetime

from fhir.codes import ASTHMA_PLAN, id_in
from fhir.entries import read_parts
from fhir.review_task import CODE, from_review_task
from fhir.store import Reader
from fhir.store.moments import moment_text
from fhir.store.sight import Sight
from plans.figures import PlanNow
from plans.places import Organisation
from plans.review import Review
from plans.understanding import Understanding


def reviews_between(
    reader: Reader, window: tuple[datetime, datetime], sight: Sight | None = None, **asked: str
) -> list[Review]:
    """Return the reviews of children who left hospital in a window, the closed ones too.

    A window is its first moment and the first one after it. `asked` narrows the search, such as
    `owner="Organization/..."`; without a sight all children are meant.
    """
    left = (f"ge{moment_text(window[0])}", f"lt{moment_text(window[1])}")
    found = reader.search("Task", sight, code=CODE, authored_on=left, **asked)
    return [from_review_task(task) for task in found]


def children_of(reader: Reader, sight: Sight | None, schools: list[Organisation] | None) -> set[str]:
    """Return the ids of the children within sight, those who have died too; of these schools, if not None."""
    if schools is not None and not schools:
        return set()
    of = {"school": [f"Organization/{school.id}" for school in schools]} if schools else {}
    return {one.id for one in reader.values("Patient", "name-key", sight, **of)}


def children_who_died(reader: Reader, sight: Sight | None) -> set[str]:
    """Return the ids of the children within sight whose death was confirmed."""
    return {one.id for one in reader.values("Patient", "death-date", sight)}


def plans_now(reader: Reader, sight: Sight | None = None) -> list[PlanNow]:
    """Return each live plan of ours within sight: by when it is reviewed, and whether it was taught."""
    coding = ASTHMA_PLAN["coding"][0]
    ours = f"{coding['system']}|{coding['code']}"
    return [_plan(one) for one in reader.search("CarePlan", sight, status="active", category=ours)]


def _plan(care_plan: dict) -> PlanNow:
    details = care_plan["extension"][0]["extension"]
    seen: list[dict] = next((one["extension"] for one in details if one["url"] == "understanding"), [])
    review_by = date.fromisoformat(care_plan["period"]["end"][:10])
    return PlanNow(id_in(care_plan["subject"]), review_by, read_parts(Understanding, seen).is_taught)
