"""Who did what to whose record, where and why, as a FHIR R4 AuditEvent, and back."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum

from fhir.actor import Actor, Purpose
from fhir.codes import ACT_REASON, ROLE, concept

AUDIT_TYPE = {
    "system": "http://terminology.hl7.org/CodeSystem/audit-event-type",
    "code": "rest",
    "display": "RESTful Operation",
}
INTERACTION = "http://hl7.org/fhir/restful-interaction"
PERSON = {
    "system": "http://terminology.hl7.org/CodeSystem/audit-entity-type",
    "code": "1",
    "display": "Person",
}
PATIENT_ROLE = {
    "system": "http://terminology.hl7.org/CodeSystem/object-role",
    "code": "1",
    "display": "Patient",
}
OURSELVES = "Puffin"
REFERENCE = re.compile(r"[A-Z][A-Za-z]+/[A-Za-z0-9.\-]{1,64}(/_history/[A-Za-z0-9.\-]{1,64})?")


class Action(StrEnum):
    """What was done. Source: FHIR R4, AuditEventAction."""

    CREATE = "C"
    READ = "R"
    UPDATE = "U"
    DELETE = "D"
    EXECUTE = "E"


# Source: FHIR R4, TypeRestfulInteraction.
INTERACTION_OF = {
    Action.CREATE: "create",
    Action.READ: "read",
    Action.UPDATE: "update",
    Action.DELETE: "delete",
    Action.EXECUTE: "operation",
}


@dataclass(frozen=True)
class AuditEntry:
    """One act: `by` and `child` are references; `what` is a reference or a name, the child if left out.

    Where `by` is an Actor, the entry says their post, role, place and purpose too.
    """

    action: Action
    by: str
    at: datetime
    what: str | None = None
    child: str | None = None
    detail: str = ""
    outcome: str = "0"


def to_audit_event(entry: AuditEntry) -> dict:
    """Return an entry as an AuditEvent without an id."""
    subtype = [{"system": INTERACTION, "code": INTERACTION_OF[entry.action]}]
    if entry.detail:
        subtype.append({"display": entry.detail})
    event = {
        "resourceType": "AuditEvent",
        "type": AUDIT_TYPE,
        "subtype": subtype,
        "action": entry.action.value,
        "recorded": entry.at.astimezone(UTC).isoformat().replace("+00:00", "Z"),
        "outcome": entry.outcome,
        "agent": [_agent(entry.by)],
        "source": _source(entry.by),
    }
    entities = _entities(entry)
    return {**event, "entity": entities} if entities else event


def from_audit_event(event: dict) -> AuditEntry:
    """Return an AuditEvent that `to_audit_event` made as an entry."""
    entities = event.get("entity", [])
    children = [_name(each["what"]) for each in entities if each.get("role") == PATIENT_ROLE]
    return AuditEntry(
        action=Action(event["action"]),
        by=_by(event),
        at=datetime.fromisoformat(event["recorded"]),
        what=_name(entities[0]["what"]) if entities else None,
        child=children[0] if children else None,
        detail=next((each["display"] for each in event["subtype"] if "code" not in each), ""),
        outcome=event["outcome"],
    )


def place_in(event: dict) -> str | None:
    """Return the id of the organisation for which somebody acted, None where the event says none."""
    kind, _, id = event.get("source", {}).get("site", "").partition("/")
    return id if kind == "Organization" and id else None


def _agent(by: str) -> dict:
    """Return who acted; one who is signed in with the post, the role and the purpose of that moment."""
    # Plain text each: what is a kind of text would have to be read by the FHIR model, which takes its time.
    agent: dict = {"who": _reference(str(by)), "requestor": True}
    if not isinstance(by, Actor):
        return agent
    agent["role"] = [concept(ROLE, str(by.role))]
    agent["purposeOfUse"] = [concept(ACT_REASON, by.purpose.value)]
    return agent | ({"altId": f"PractitionerRole/{by.post_id}"} if by.post_id else {})


def _source(by: str) -> dict:
    site = f"Organization/{by.organisation_id}" if isinstance(by, Actor) and by.organisation_id else ""
    return ({"site": site} if site else {}) | {"observer": {"type": "Device", "display": OURSELVES}}


def _by(event: dict) -> str:
    """Return who acted: an Actor, unless the entry is older than what says their role, or nobody's."""
    agent = event["agent"][0]
    name = _name(agent["who"])
    if "role" not in agent:
        return name
    return Actor(
        name,
        role=agent["role"][0]["coding"][0]["code"],
        purpose=Purpose(agent["purposeOfUse"][0]["coding"][0]["code"]),
        post_id=agent.get("altId", "").removeprefix("PractitionerRole/"),
        organisation_id=place_in(event) or "",
    )


def _entities(entry: AuditEntry) -> list[dict]:
    """Return the thing and the child; once where the child is the thing."""
    entities = []
    if entry.what and entry.what != entry.child:
        entities.append({"what": _reference(entry.what)})
    if entry.child:
        entities.append({"what": _reference(entry.child), "type": PERSON, "role": PATIENT_ROLE})
    return entities


def _reference(name: str) -> dict:
    """Return a reference to a resource; what is not one (a draft, a link, the system) goes by its name."""
    return {"reference": name} if REFERENCE.fullmatch(name) else {"identifier": {"value": name}}


def _name(reference: dict) -> str:
    return reference.get("reference") or reference["identifier"]["value"]
