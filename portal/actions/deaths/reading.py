"""Reading what was said of a child's death: each reading is kept."""

from datetime import datetime

from fhir.store import Store
from portal.person import Person


def note_reading(store: Store, child_id: str, *, by: Person, at: datetime) -> None:
    """Keep that somebody reads what was said of a child's death."""
    patient = f"Patient/{child_id}"
    with store.write_beside(by=by.ref, at=at) as write:
        write.audit("R", patient, patient, "read what was said of a death")
