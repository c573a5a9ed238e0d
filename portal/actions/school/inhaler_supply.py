"""The supply of inhalers, for the readers who are shown it beside their own copy of the plan."""

from datetime import datetime

from fhir.store import Store
from plans.places import Role
from plans.supply import InhalerSupply, supply_of
from plans.working_days import uk_day
from portal.actions.importing.record import kept_record
from portal.person import Person

SHOWN_TO = frozenset({Role.PHARMACIST})


def supply_for(store: Store, child_id: str, person: Person, *, at: datetime) -> InhalerSupply | None:
    """Return the inhalers supplied to a child whom this person sees, and record that it was read.

    None for a reader who is not shown it, and where no record of the child was ever brought in.
    """
    record = kept_record(store, child_id) if person.role in SHOWN_TO else None
    if record is None:
        return None
    with store.write_beside(by=person.ref, at=at) as write:
        write.audit("R", f"Patient/{child_id}", f"Patient/{child_id}", "see the supply of inhalers")
    return supply_of(record, uk_day(at))
