"""What a register of a place says of many children at once: read for all of them, never child by child."""

from collections.abc import Iterable
from datetime import datetime

from fhir.codes import SNOMED, id_in
from fhir.kept_conditions import stands
from fhir.kept_shares import live_at
from fhir.medication import request_id
from fhir.organization import from_organization
from fhir.patient import from_patient
from fhir.receipt_task import CODE as RECEIPT
from fhir.school_consent import emergency_consent_id, from_emergency_consent, to_emergency_consent
from fhir.store import Reader, Write
from fhir.store.sight import Sight
from plans.diagnosis import SNOMED_ASTHMA_ITSELF
from plans.people import Child
from plans.places import Organisation
from plans.plan import Slot
from plans.school_consent import EmergencyConsent

RELIEVERS = (Slot.RELIEVER, Slot.BACKUP)


def schools_of_team(reader: Reader, team_id: str) -> list[Organisation]:
    """Return the schools that a nursing team looks after, by name."""
    found = (from_organization(one) for one in reader.search("Organization", type="edu"))
    return sorted((one for one in found if one.nursing_team_id == team_id), key=lambda one: one.name)


def children_in_sight(reader: Reader, sight: Sight) -> list[Child]:
    """Return the children in sight, by family name."""
    found = [from_patient(one) for one in reader.search("Patient", sight)]
    return sorted(found, key=lambda one: (one.family.casefold(), one.given.casefold(), one.born))


def plans_read_by(reader: Reader, sight: Sight, organisation_id: str) -> set[str]:
    """Return the ids of the plans of which an organisation has said that it read them."""
    owner = f"Organization/{organisation_id}"
    found = reader.search("Task", sight, code=RECEIPT, owner=owner, status="completed")
    return {id_in(one["focus"]) for one in found}


def shared_with_schools(
    reader: Reader, sight: Sight, school_ids: Iterable[str], now: datetime
) -> set[tuple[str, str]]:
    """Return for which child in sight which of these schools has a live share."""
    actors = [f"Organization/{one}" for one in school_ids]
    found = reader.search("Consent", sight, actor=actors, **live_at(now)) if actors else []
    return {(id_in(one["patient"]), id_in(one["provision"]["actor"][0]["reference"])) for one in found}


def emergency_consents(reader: Reader, child_ids: Iterable[str]) -> dict[str, EmergencyConsent]:
    """Return what school was answered about its emergency inhaler, by the child's id."""
    ids = [emergency_consent_id(one) for one in child_ids]
    found = reader.search("Consent", _id=ids) if ids else []
    return {one.child_id: one for one in map(from_emergency_consent, found)}


def keep_emergency_consent(write: Write, answer: EmergencyConsent) -> None:
    """Keep an answer as the newest; the audit is the caller's."""
    id = emergency_consent_id(answer.child_id)
    if write.count("Consent", _id=id):
        before = write.read("Consent", id)
        write.update(to_emergency_consent(answer), if_match=before["meta"]["versionId"])
    else:
        write.create(to_emergency_consent(answer))


def children_with_asthma(reader: Reader, sight: Sight) -> set[str]:
    """Return the ids of the children in sight in whose record asthma stands as a diagnosis."""
    wanted = [f"{SNOMED}|{code}" for code in SNOMED_ASTHMA_ITSELF]
    found = reader.search("Condition", sight, code=wanted)
    return {id_in(one["subject"]) for one in found if stands(one)}


def plans_with_a_reliever(reader: Reader, plan_ids: Iterable[str]) -> set[str]:
    """Return those of these plans that name a reliever inhaler."""
    of_plan = {request_id(plan, slot): plan for plan in plan_ids for slot in RELIEVERS}
    found = reader.search("MedicationRequest", _id=list(of_plan)) if of_plan else []
    return {of_plan[one["id"]] for one in found}
