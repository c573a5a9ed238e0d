"""The hospital and the practice that a discharge names, as they are known here."""

from uuid import uuid4

from fhir import kept_people
from fhir.codes import ODS_CODE
from fhir.organization import from_organization, to_organization
from fhir.store import Reader, Write
from fhir.store.errors import ResourceNotFound
from plans.places import Nation, Organisation, OrganisationKind
from portal.actions.discharge.told import Told


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


def practice_of(reader: Reader, practice_id: str) -> Organisation | None:
    """Return a child's practice; None where nobody knows it."""
    try:
        return kept_people.organisation(reader, practice_id) if practice_id else None
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
