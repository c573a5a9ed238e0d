"""The child, the practice, the school and the doctor of a GP record."""

from dataclasses import dataclass

from fhir.codes import NHS_NUMBER, ODS_CODE
from fhir.intake.bundle import Bundle, Entry
from fhir.intake.elements import WHENEVER, full_name, identifiers, phone
from fhir.intake.errors import ChildNotNamed, NotOneChild
from fhir.intake.ledger import Ledger
from fhir.organization import NATION
from fhir.patient import SCHOOL, with_current_names
from plans.partial_date import partial_date
from plans.people import Child, nhs_number
from plans.places import Nation, Organisation, OrganisationKind

SCOTTISH = "S"  # how practice codes of Scotland begin


@dataclass(frozen=True)
class Places:
    """Where the child is registered and goes to school, and the doctor's name."""

    practice: Organisation | None
    school: Organisation | None
    gp: str


def the_child(bundle: Bundle) -> Entry:
    """Return the one Patient; raises NotOneChild."""
    patients = bundle.of("Patient")
    if len(patients) != 1:
        raise NotOneChild(len(patients))
    return patients[0]


def read_child(entry: Entry, places: Places) -> Child:
    """Return who the child is, named by the address in the file. Raises ChildNotNamed."""
    patient = with_current_names(entry.resource, WHENEVER)
    given, family = full_name(patient)
    born = partial_date(patient.get("birthDate", ""))
    if not (given or family) or born is None or not born.is_exact:
        raise ChildNotNamed
    number = next((value for system, value in identifiers(patient) if system == NHS_NUMBER), "")
    return Child(
        id=entry.address,
        given=given,
        family=family,
        born=born.first,
        nhs_number=nhs_number(number) if number else "",
        practice_id=places.practice.id if places.practice else "",
        school_id=places.school.id if places.school else "",
    )


def read_places(ledger: Ledger) -> Places:
    """Return practice, school and doctor, as far as the Patient points to them."""
    patient, at = ledger.child.resource, ledger.bundle.at
    registered = [at(one) for one in patient.get("generalPractitioner", ())]
    doctors = [one for one in registered if one and one.kind == "Practitioner"]
    managing = at(patient.get("managingOrganization"))
    practices = [one for one in (*registered, managing) if one and one.kind == "Organization"]
    schools = [at(one.get("organization")) for one in patient.get("contact", ()) if _is_school(one)]
    practice = _organisation(practices[0], OrganisationKind.PRACTICE, ledger) if practices else None
    school = next((_organisation(one, OrganisationKind.SCHOOL, ledger) for one in schools if one), None)
    if practice is None:
        ledger.doubt("The record does not say which practice the child is registered with. Ask for it.")
    for doctor in doctors[:1]:
        ledger.use(doctor)
    return Places(practice, school, " ".join(full_name(doctors[0].resource)).strip() if doctors else "")


def nation_of(organization: dict) -> Nation | None:
    """Return the nation of a practice: the country of its address, or what its code says; None if neither."""
    countries = (address.get("country", "") for address in organization.get("address", ()))
    said = next((NATION[country] for country in countries if country in NATION), None)
    return said or nation_of_code(code_of(organization))


def nation_of_code(code: str) -> Nation | None:
    """Return Scotland for a practice code that begins with S, None for any other: those do not tell."""
    return Nation.SCOTLAND if code.startswith(SCOTTISH) else None


def code_of(organization: dict) -> str:
    """Return the ODS code, "" if there is none."""
    return next((value for system, value in identifiers(organization) if system == ODS_CODE), "")


def _organisation(entry: Entry, kind: OrganisationKind, ledger: Ledger) -> Organisation:
    ledger.use(entry)
    nation = nation_of(entry.resource)
    if nation is None and kind is OrganisationKind.PRACTICE:
        ledger.doubt(
            "The record does not say in which nation the practice is. "
            "Bank holidays of England and Wales were used: check them."
        )
    return Organisation(
        id=entry.address,
        kind=kind,
        name=entry.resource.get("name", ""),
        code=code_of(entry.resource),
        phone=phone(entry.resource),
        nation=nation or Nation.ENGLAND_AND_WALES,
    )


def _is_school(contact: dict) -> bool:
    said = (relationship.get("text", "") for relationship in contact.get("relationship", ()))
    return any(text.strip().casefold() == SCHOOL.casefold() for text in said)
