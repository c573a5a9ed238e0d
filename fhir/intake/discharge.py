"""A discharge that came as a FHIR bundle: the same notice that an ADT message gives."""

from fhir.codes import NHS_NUMBER
from fhir.encounter import destination_in, how_left
from fhir.intake.bundle import Bundle, Entry
from fhir.intake.child import code_of, nation_of, the_child
from fhir.intake.elements import WHENEVER, full_name, identifiers, moment_of
from fhir.intake.errors import NotOneDischarge
from fhir.intake.ledger import Ledger
from fhir.intake.visits import diagnoses_of, kind_of_visit, visit_number
from fhir.patient import with_current_names
from plans.diagnosis import was_asthma
from plans.discharge_notice import DischargeNotice, VisitKind
from plans.partial_date import partial_date
from plans.people import nhs_number

DID_NOT_HAPPEN = frozenset({"cancelled", "entered-in-error"})


def read_discharge(bundle: Bundle) -> DischargeNotice:
    """Return the one visit that the bundle tells about; without its end `discharged_at` is None.

    Raises NotOneChild, NotOneDischarge and NhsNumberInvalid.
    """
    child = the_child(bundle)
    ledger = Ledger(bundle, child)
    encounter = _the_visit(ledger).resource
    patient, period = with_current_names(child.resource, WHENEVER), encounter.get("period", {})
    given, family = full_name(patient)
    born = partial_date(patient.get("birthDate", ""))
    number = next((value for system, value in identifiers(patient) if system == NHS_NUMBER), "")
    practice = _practice(ledger)
    hospital = _organization(bundle.at(encounter.get("serviceProvider")))
    diagnoses = diagnoses_of(encounter, ledger)
    return DischargeNotice(
        nhs_number=nhs_number(number) if number else "",
        given=given,
        family=family,
        born=born.first if born and born.is_exact else None,
        practice_code=code_of(practice),
        nation=nation_of(practice),
        visit=visit_number(encounter),
        hospital_code=code_of(hospital),
        hospital_name=hospital.get("name", ""),
        kind=_kind(encounter),
        admitted_at=moment_of(period.get("start")),
        discharged_at=moment_of(period.get("end")),
        asthma=was_asthma(diagnoses),
        diagnoses=diagnoses,
        is_cancelled=encounter.get("status") in DID_NOT_HAPPEN,
        has_ended=encounter.get("status") == "finished",
        went_to=destination_in(encounter),
        left_how=how_left(encounter),
    )


def _kind(encounter: dict) -> VisitKind:
    """Return what kind of care it was; an ambulance's visit is a discharge too."""
    if encounter.get("class", {}).get("code") == VisitKind.PARAMEDICS:
        return VisitKind.PARAMEDICS
    return kind_of_visit(encounter)


def _the_visit(ledger: Ledger) -> Entry:
    """Return the hospital visit; where there is none, the one encounter, such as an ambulance's."""
    encounters = list(ledger.about_the_child("Encounter"))
    in_hospital = [one for one in encounters if kind_of_visit(one.resource) is not VisitKind.OTHER]
    found = in_hospital or encounters
    if len(found) != 1:
        raise NotOneDischarge(len(found))
    return found[0]


def _practice(ledger: Ledger) -> dict:
    registered = (ledger.bundle.at(one) for one in ledger.child.resource.get("generalPractitioner", ()))
    return next((one.resource for one in registered if one and one.kind == "Organization"), {})


def _organization(entry: Entry | None) -> dict:
    return entry.resource if entry else {}
