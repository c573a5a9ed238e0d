"""The records that were opened in an emergency, in the store."""

from datetime import datetime

from fhir.emergency_access import from_emergency_consent, to_emergency_consent
from fhir.sights import in_emergency
from fhir.store import Reader, Write
from plans.emergency_access import EmergencyAccess


def live(reader: Reader, practitioner: str, now: datetime, child_id: str = "") -> list[EmergencyAccess]:
    """Return what somebody (a reference) has open, the newest first; of one child if named."""
    [[witness]] = in_emergency(practitioner, now).ways
    whose = {"patient": f"Patient/{child_id}"} if child_id else {}
    return [from_emergency_consent(one) for one in reader.search("Consent", None, **witness.asked, **whose)]


def keep(write: Write, new: EmergencyAccess) -> None:
    """Keep a new one; the audit is the caller's."""
    write.create(to_emergency_consent(new))


def keep_closed(write: Write, closed: EmergencyAccess) -> None:
    """Keep that it was closed early; the audit is the caller's."""
    kept = write.read("Consent", closed.id)
    write.update(to_emergency_consent(closed), if_match=kept["meta"]["versionId"])
