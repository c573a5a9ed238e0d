"""What people decided for children before weekends and holidays, in the store."""

from fhir.codes import id_in
from fhir.store import Reader, Write
from fhir.weekend_task import CODE, from_weekend_task, to_weekend_task
from plans.weekend import Decision


def kept(reader: Reader, id: str) -> Decision | None:
    """Return the decision with this id, None where there is none."""
    found = reader.search("Task", code=CODE, _id=id)
    return from_weekend_task(found[0]) if found else None


def is_taken(reader: Reader, id: str) -> bool:
    """Return whether something has this id already, be it a decision or not."""
    return bool(reader.count("Task", _id=id))


def decisions_about(reader: Reader, about: str) -> list[Decision]:
    """Return what was decided about one thing (a reference), the newest first."""
    return _newest_first(reader.search("Task", code=CODE, focus=about))


def decisions_for(reader: Reader, *child_ids: str) -> list[Decision]:
    """Return what was decided for these children, the newest first."""
    whose = [f"Patient/{id}" for id in child_ids]
    found = reader.search("Task", code=CODE, subject=whose) if whose else []
    return _newest_first([one for one in found if id_in(one["for"]) in child_ids])


def keep(write: Write, decision: Decision) -> None:
    """Keep a decision; the audit is the caller's."""
    write.create(to_weekend_task(decision))


def _newest_first(found: list[dict]) -> list[Decision]:
    decisions = (from_weekend_task(one) for one in found)
    return sorted(decisions, key=lambda one: (one.at, one.id), reverse=True)
