"""The stays in hospital in the store: found by their visit number or their end, ended, and ended no more."""

from datetime import datetime

from fhir.codes import VISIT
from fhir.encounter import (
    Stay,
    destination_in,
    to_encounter,
    was_out_of_hours,
    with_destination,
    without_destination,
)
from fhir.store import Reader, Write
from plans.discharge_notice import Destination
from plans.working_days import in_utc

HOSPITAL = frozenset({"IMP", "EMER", "ACUTE", "NONAC", "OBSENC", "SS", "FLD"})


def find_stay(reader: Reader, child_id: str, visit: str, discharged_at: datetime | None) -> dict | None:
    """Return the Encounter of a visit: by its number, whoever gave it, else by the moment of its end."""
    whose = f"Patient/{child_id}"
    if visit:
        found = [
            one for one in reader.search("Encounter", subject=whose, identifier=visit) if is_hospital(one)
        ]
        if found:
            return min(found, key=_told_first)
    if discharged_at is None:
        return None
    ended = (one for one in reader.search("Encounter", subject=whose) if is_hospital(one))
    return min((one for one in ended if _end(one) == in_utc(discharged_at)), key=_told_first, default=None)


def is_hospital(encounter: dict) -> bool:
    """Return whether this was a stay, an emergency visit or other urgent care, and not a review or a call."""
    return encounter.get("class", {}).get("code") in HOSPITAL or was_out_of_hours(encounter)


def was_told(encounter: dict) -> bool:
    """Return whether a hospital told us of it, and not a GP record only."""
    return any(one.get("system") == VISIT for one in encounter.get("identifier", ()))


def has_visit_number(encounter: dict) -> bool:
    """Return whether the hospital's number of the visit is known."""
    return bool(encounter.get("identifier"))


def discharged_at(encounter: dict) -> datetime | None:
    """Return when the stay ended, None while it lasts."""
    return _end(encounter)


def keep(write: Write, stay: Stay) -> dict:
    """Keep a new stay and return it; the audit is the caller's."""
    return write.create(to_encounter(stay))


def complete(write: Write, encounter: dict, *, visit: str, went_to: Destination | None) -> None:
    """Keep the visit number and where the child went, as far as a stay was kept without them."""
    changed = encounter
    if visit and not has_visit_number(encounter):
        changed = changed | {"identifier": [{"system": VISIT, "value": visit}]}
    if went_to and destination_in(encounter) is None:
        changed = with_destination(changed, went_to)
    if changed != encounter:
        _change(write, changed)


def lasts_still(write: Write, encounter: dict) -> None:
    """Keep that a stay of which a hospital told us has not ended; what a GP record says is left as it is."""
    if was_told(encounter):
        period = {name: value for name, value in encounter.get("period", {}).items() if name != "end"}
        left = without_destination(encounter)
        changed = {name: value for name, value in left.items() if name != "period"}
        _change(write, changed | ({"period": period} if period else {}) | {"status": "in-progress"})


def ended(write: Write, encounter: dict, at: datetime, went_to: Destination | None) -> None:
    """Keep that a stay which lasted still has ended now, and where the child went if that was told."""
    if encounter["status"] == "in-progress":
        period = encounter.get("period", {}) | {"end": at.isoformat()}
        changed = encounter | {"status": "finished", "period": period}
        _change(write, with_destination(changed, went_to) if went_to else changed)


def _change(write: Write, encounter: dict) -> None:
    write.update(encounter, if_match=encounter["meta"]["versionId"])


def _end(encounter: dict) -> datetime | None:
    text = encounter.get("period", {}).get("end", "")
    return in_utc(datetime.fromisoformat(text)) if "T" in text else None


def _told_first(encounter: dict) -> bool:
    return not was_told(encounter)
