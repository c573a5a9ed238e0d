"""A store of invented children with records, plans and tasks, of any size."""

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from uuid import NAMESPACE_URL, uuid5

from bench.population import write_lines
from docs.template_plans import AUTHOR, TEMPLATES
from fhir import kept_plans, kept_reviews, kept_stays
from fhir.codes import NHS_NUMBER
from fhir.encounter import Stay
from fhir.patient import from_patient
from fhir.store import Store, Write
from plans.people import Child
from plans.places import Organisation, OrganisationKind
from plans.plan import Plan, Status
from plans.review import Review
from portal.actions.importing.files import handed_over
from portal.actions.importing.run import bring_in
from portal.actions.wording_for_fhir import narrative_of, zone_words

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
LATE_ONE_IN = 20  # children: so many wait for a review that is late
PAGE = 200  # plans kept in one write


@dataclass(frozen=True)
class Known:
    """What the questions need of a child."""

    id: str
    plan_id: str
    practice_id: str
    nhs_number: str
    family: str
    born: str


def import_records(store: Store, folder: Path, children: int) -> None:
    """Import the records of so many children, as `run.py import` does."""
    file = folder / "records.ndjson"
    write_lines(file, range(children))
    given = handed_over([file])
    for outcome in bring_in(store, given, by="system", clock=lambda: NOW, today=NOW.date(), reports=False):
        if outcome.refusal:
            raise ValueError(outcome.refusal)
    file.unlink()


def keep_plans(store: Store, sample: int) -> list[Known]:
    """Sign a plan for every child and start some late reviews; return a `sample` of the children."""
    children = store.count("Patient")
    known, number = [], 0
    for page in _pages(store):
        with store.write(by=f"Practitioner/{AUTHOR.id}", at=NOW) as write:
            for child in page:
                plan_id = _keep(write, child, number)
                if number % max(1, children // sample) == 0:
                    known.append(_known(child, plan_id))
                number += 1
    return known


def saved(known: list[Known], file: Path) -> None:
    """Keep the sample for the processes that ask."""
    file.write_text(json.dumps([asdict(one) for one in known]), encoding="utf-8")


def loaded(file: Path) -> list[Known]:
    """Return the sample that was kept."""
    return [Known(**one) for one in json.loads(file.read_text(encoding="utf-8"))]


def _pages(store: Store) -> Iterator[list[Child]]:
    after, more = "", True
    while more:
        page = store.page("Patient", None, after, _sort="_lastUpdated", _count=PAGE)
        yield [from_patient(json.loads(text)) for text in page.matches]
        after, more = page.next, bool(page.next)


def _keep(write: Write, child: Child, number: int) -> str:
    plan = _plan(child)
    kept_plans.keep(write, plan, narrative=NARRATIVE, words=WORDS)
    write.audit("C", f"CarePlan/{plan.id}", f"Patient/{child.id}", "sign the plan")
    if number % LATE_ONE_IN == 0:
        _keep_late_review(write, child)
    return plan.id


def _keep_late_review(write: Write, child: Child) -> None:
    left = NOW - timedelta(days=14)
    stay = kept_stays.keep(write, Stay(id=_id(child, "stay"), child_id=child.id, discharged_at=left))
    review = Review(
        id=_id(child, "review"),
        child_id=child.id,
        encounter_id=stay["id"],
        discharged_at=left,
        due=date(2026, 11, 11),
        owner_id=child.practice_id,
        requester_id="",
    )
    kept_reviews.keep(write, review)
    write.audit("C", f"Task/{review.id}", f"Patient/{child.id}", "start the review")


def _plan(child: Child) -> Plan:
    author = replace(AUTHOR, organisation_id=child.practice_id)
    return replace(TEMPLATE, id=_id(child, "plan"), child_id=child.id, author=author)


def _id(child: Child, what: str) -> str:
    return str(uuid5(NAMESPACE_URL, f"{child.id}/{what}"))


def _known(child: Child, plan_id: str) -> Known:
    return Known(
        child.id,
        plan_id,
        child.practice_id,
        f"{NHS_NUMBER}|{child.nhs_number}",
        child.family,
        str(child.born),
    )


def _template() -> Plan:
    first = next(one.plan for one in TEMPLATES.values() if one.plan.regimen)
    return replace(first, signed_at=NOW, status=Status.SIGNED, author=AUTHOR, review_by=date(2027, 11, 1))


TEMPLATE = _template()
OWNER = Child("c1", "Rayyan", "Test", date(2019, 3, 14), "9991047077")
PRACTICE = Organisation("o1", OrganisationKind.PRACTICE, "Larkhill Surgery", "Y99901", "0121 496 0123")
NARRATIVE = narrative_of(TEMPLATE, OWNER, PRACTICE)
WORDS = zone_words(TEMPLATE, OWNER, PRACTICE)
