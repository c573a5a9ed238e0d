"""What teams have said of facts, in the store: each team finds its own alone."""

from fhir.fact_seen import CATEGORY, from_fact_seen, to_fact_seen
from fhir.store import Reader, Write
from plans.fact_seen import FactSeen

CODE = CATEGORY["coding"][0]["code"]


def said_by(reader: Reader, organisation_ids: list[str], child_id: str = "") -> list[FactSeen]:
    """Return what stands of what these organisations have said of facts; of one child if one is named."""
    of_whom = {"subject": f"Patient/{child_id}"} if child_id else {}
    places = [f"Organization/{id}" for id in organisation_ids]
    found = reader.search("Communication", recipient=places, category=CODE, status="in-progress", **of_whom)
    return [from_fact_seen(one) for one in found]


def is_kept(reader: Reader, id: str) -> bool:
    """Return whether this was kept before."""
    return bool(reader.count("Communication", _id=id))


def keep(write: Write, seen: FactSeen) -> None:
    """Keep something new that was said of a fact; the audit is the caller's."""
    write.create(to_fact_seen(seen))


def keep_changed(write: Write, seen: FactSeen) -> None:
    """Keep that something else was said of the fact since; the audit is the caller's."""
    before = write.read("Communication", seen.id)
    write.update(to_fact_seen(seen), if_match=before["meta"]["versionId"])
