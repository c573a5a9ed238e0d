"""The hospital and the practice that a discharge names, as they are known here."""

from uuid import uuid4

from fhir import kept_people
from fhir.codes import ODS_CODE
from fhir.organization import from_organization, to_organization
from fhir.store import Reader, Write
from fhir.store.errors import ResourceNotFound
from fhir.store.tables import posts
from plans.places import Nation, Organisation, OrganisationKind, Role
from portal.actions.discharge.told import Told

ANSWERS = frozenset({Role.HOSPITAL, Role.CLINICIAN})


def hospital_of(write: Write, told: Told) -> Organisation | None:
    """Return the hospital that tells; one whose code is new here is kept, so that it can own a review."""
    if told.hospital_id:
        return kept_people.organisation(write, told.hospital_id)
    code, name = told.notice.hospital_code, told.notice.hospital_name
    if not code:
        return None
    known = _by_code(write, code)
    if known is None:
        new = Organisation(str(uuid4()), OrganisationKind.HOSPITAL, name or _by_its(code), code)
        return from_organization(write.create(to_organization(new)))
    if name and known.name == _by_its(code):
        return _named(write, known.id, name)
    return known


def practice_named(reader: Reader, told: Told) -> Organisation | None:
    """Return the practice that the notice names, if it is known here."""
    return _by_code(reader, told.notice.practice_code) if told.notice.practice_code else None


def is_staffed(reader: Reader, organisation_id: str) -> bool:
    """Return whether somebody works there now who may answer: only then can it own anything."""
    here = posts.at(reader, organisation_id)
    return any(post.ended_at is None and post.role in ANSWERS for post in here)


def who_can_own(reader: Reader, *candidates: Organisation | None) -> Organisation | None:
    """Return the first of these where somebody works, else a team here that is staffed; None where nobody is.

    The last rung is always a staffed team: where nobody works at any place that a message names, a hospital
    here keeps it, else a practice; the first by its code, so that it is always the same one.
    """
    for one in candidates:
        if one and is_staffed(reader, one.id):
            return one
    for kind in (OrganisationKind.HOSPITAL, OrganisationKind.PRACTICE):
        here = sorted(kept_people.places_of_kind(reader, kind), key=lambda place: place.code)
        found = next((one for one in here if is_staffed(reader, one.id)), None)
        if found:
            return found
    return None


def who_stands_behind(reader: Reader, hospital_id: str, practice_id: str) -> str:
    """Return the hospital if it is staffed, "" where only the practice is, else a team that is there."""
    if hospital_id and is_staffed(reader, hospital_id):
        return hospital_id
    if practice_id and is_staffed(reader, practice_id):
        return ""
    found = who_can_own(reader)
    return found.id if found else hospital_id


def practice_of(reader: Reader, practice_id: str) -> Organisation | None:
    """Return a child's practice; None where nobody knows it."""
    return known_place(reader, practice_id)


def known_place(reader: Reader, id: str) -> Organisation | None:
    """Return a place by its id, "" for none; None where nobody knows it."""
    try:
        return kept_people.organisation(reader, id) if id else None
    except ResourceNotFound:
        return None


def nation_of(told: Told, practice: Organisation | None, hospital: Organisation | None) -> Nation:
    """Return whose bank holidays count: the practice's, else what the notice says, else the hospital's."""
    if practice:
        return practice.nation
    return told.notice.nation or (hospital.nation if hospital else Nation.ENGLAND_AND_WALES)


def _by_code(reader: Reader, code: str) -> Organisation | None:
    found = reader.search("Organization", identifier=f"{ODS_CODE}|{code}")
    return from_organization(found[0]) if found else None


def _by_its(code: str) -> str:
    """Return what a hospital is called until somebody tells its name."""
    return f"Hospital {code}"


def _named(write: Write, id: str, name: str) -> Organisation:
    kept = write.read("Organization", id)
    return from_organization(write.update(kept | {"name": name}, if_match=kept["meta"]["versionId"]))
