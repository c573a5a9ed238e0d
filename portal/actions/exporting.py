"""A plan as one FHIR collection bundle: whole for the record, else rebuilt from what its reader may see."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from fhir import kept_people, kept_plans
from fhir.care_plan import to_care_plan
from fhir.codes import id_in
from fhir.intake.bundle import read_json
from fhir.intake.errors import IntakeError
from fhir.kept_names import is_named_anew_since
from fhir.medication import to_medication_requests
from fhir.organization import to_organization
from fhir.patient import to_patient
from fhir.peak_flow import to_observation
from fhir.plan_bundle import NotAPlanBundle, PlanBundle, from_bundle, to_bundle
from fhir.products import printed
from fhir.store import Reader, Store
from fhir.store.errors import ResourceNotFound
from plans.content import Copy
from plans.content.readers import subject
from plans.errors import PuffinError
from plans.leaflet.languages import SOURCE
from plans.leaflet.page import narrative
from plans.leaflet.wording import in_language
from plans.medicines import read_medicines
from plans.people import Child, Professional
from plans.regimens import most_at_once
from plans.seen_by import seen_by
from plans.working_days import uk_day
from portal.actions.copies import people_seen_by, sections_of
from portal.actions.importing.record import HolidaysFor
from portal.actions.originals import Original, in_store
from portal.actions.record_copy import printed_for_the_family, signals_now
from portal.actions.wording_for_fhir import narrative_of
from portal.calendar import holidays_for as published_holidays

NAME_THE_SCHOOL = frozenset({Copy.SCHOOL, Copy.EMERGENCY})


class SheetIsPaper(PuffinError):
    """The sheet after hospital was to be exported, which is made for a family and not for another system."""

    def __init__(self) -> None:
        super().__init__("The sheet after hospital is paper for the family. Print it with `pdf` instead.")


def export(
    store: Store,
    plan_id: str,
    copy: Copy,
    *,
    by: str,
    at: datetime,
    url: str = "",
    holidays_for: HolidaysFor = published_holidays,
) -> dict:
    """Return one copy of a signed plan as a FHIR collection bundle, and record that it was handed over.

    The record's copy holds the family's as printed; `url` is the portal's, where the code on that leads.
    Raises PlanNotFound, DraftHasNoCopies, SheetIsPaper, and SignalsNotCounted for the record's copy.
    """
    if copy is Copy.DISCHARGE:
        raise SheetIsPaper
    original = in_store(store, plan_id, url=url)
    if copy is Copy.RECORD:
        resources = [
            *_whole(store, original),
            *signals_now(store, original, at=at, holidays_for=holidays_for),
            *printed_for_the_family(original if url else replace(original, code_url=""), at=at),
        ]
    else:
        resources = list(_seen(original, copy, at))
    bundle = to_bundle(resources, copy, at=at, is_demo=original.is_demo)
    with store.write_beside(by=by, at=at) as write:
        patient = f"Patient/{original.plan.child_id}"
        write.audit("R", f"CarePlan/{plan_id}", patient, f"export the {copy} copy")
    return bundle


def read_export(path: Path) -> PlanBundle:
    """Return the plan in a file that `export` wrote; raises NotAPlanBundle for any other file."""
    try:
        return from_bundle(read_json(path))
    except IntakeError:
        raise NotAPlanBundle from None


def _whole(reader: Reader, original: Original) -> Iterator[dict]:
    """Yield all that was kept with the plan, and everybody and every place that it names."""
    plan = original.plan
    kept = kept_plans.resources_of(reader, plan.id)
    yield from _as_named_now(reader, kept, original)
    yield from _named(reader, [("Condition", id_in(one)) for one in kept[0].get("addresses", ())])
    yield reader.read("Patient", plan.child_id)
    child = kept_people.child(reader, plan.child_id)
    places = [child.practice_id, child.school_id]
    if plan.author:
        yield from _named(reader, [("Practitioner", plan.author.id)])
        yield from _jobs(reader, plan.author)
        places.append(plan.author.organisation_id)
    yield from _named(reader, [("Organization", id) for id in dict.fromkeys(places) if id])


def _as_named_now(reader: Reader, kept: list[dict], original: Original) -> list[dict]:
    """Return what was kept with a plan; its narrative anew where it would say a name of before."""
    if not is_named_anew_since(reader, original.plan):
        return kept
    people = original.people
    words = narrative_of(original.plan, people.child, people.practice)
    return [kept[0] | {"text": kept[0]["text"] | {"div": words}}, *kept[1:]]


def _jobs(reader: Reader, author: Professional) -> list[dict]:
    """Return the posts of the author where the plan was signed."""
    who, where = f"Practitioner/{author.id}", f"Organization/{author.organisation_id}"
    return reader.search("PractitionerRole", practitioner=who, organization=where)


def _named(reader: Reader, wanted: list[tuple[str, str]]) -> Iterator[dict]:
    for kind, id in wanted:
        try:
            yield reader.read(kind, id)
        except ResourceNotFound:
            continue  # a record may name what it did not bring


def _seen(original: Original, copy: Copy, at: datetime) -> Iterator[dict]:
    """Yield the plan as readers of this copy may see it, with its words, its child, practice and school."""
    plan, people = seen_by(copy, original.plan), people_seen_by(copy, original.people)
    words = narrative(sections_of(original, copy, today=uk_day(at)), in_language(SOURCE))
    yield to_care_plan(plan, narrative=words)
    script = subject(original.plan, original.people.child, read_medicines(), uk_day(at)).script
    yield from to_medication_requests(plan, printed, most_at_once=most_at_once(script))
    observation = to_observation(plan)
    if observation:
        yield observation
    yield to_patient(_named_by(copy, people.child))
    school = people.school if copy in NAME_THE_SCHOOL else None
    # The mailbox of a team is for Puffin's own messages: nobody is to send a child's record there.
    places = (place for place in (people.practice, school) if place)
    yield from (to_organization(replace(place, email="")) for place in places)


def _named_by(copy: Copy, child: Child) -> Child:
    """Return the child without the school where the copy does not name it."""
    return child if copy in NAME_THE_SCHOOL else replace(child, school_id="")
