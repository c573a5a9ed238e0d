"""The three zones of a plan as RequestGroups: every day, getting worse, attack.

They hold for other systems what the printed plan says; nothing of ours is read back from them.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID, uuid5

from fhir.codes import INSTRUCTION, ZONE, concept, reference
from fhir.medication import request_id
from plans.plan import Plan, Slot
from plans.regimens import attack_slot

EVERY_DAY, WORSE, ATTACK = "every-day", "getting-worse", "attack"
MEDICINES = {
    EVERY_DAY: (Slot.PREVENTER, Slot.COMBINATION, Slot.ADD_ON),
    WORSE: (Slot.RELIEVER, Slot.COMBINATION),
    ATTACK: (Slot.RELIEVER, Slot.COMBINATION, Slot.BACKUP),
}


@dataclass(frozen=True)
class ZoneWords:
    """A zone in plain English: its heading, when it applies, and what to do, sentence by sentence."""

    code: str
    heading: str
    applies_when: str
    steps: Sequence[str]


def zone_id(plan: Plan, code: str) -> str:
    """Return the id of a plan's zone: the same each time."""
    return str(uuid5(UUID(plan.id), f"zone/{code}"))


def to_zones(plan: Plan, words: Sequence[ZoneWords]) -> list[dict]:
    """Return each zone's RequestGroup and the CommunicationRequest that carries its words."""
    return [resource for zone in words for resource in (_group(plan, zone), _instruction(plan, zone))]


def _group(plan: Plan, zone: ZoneWords) -> dict:
    taken = [slot for slot in _taken(plan, zone.code) if slot in plan.medicines]
    actions = [
        {"title": "Take", "resource": reference("MedicationRequest", request_id(plan.id, slot))}
        for slot in taken
    ]
    say = {"title": "Do", "resource": reference("CommunicationRequest", _words_id(plan, zone))}
    return {
        "resourceType": "RequestGroup",
        "id": zone_id(plan, zone.code),
        "status": "active",
        "intent": "plan",
        "code": concept(ZONE, zone.code, zone.heading),
        "subject": reference("Patient", plan.child_id),
        "action": [
            {
                "title": zone.heading,
                "description": zone.applies_when,
                "condition": [
                    {
                        "kind": "applicability",
                        "expression": {
                            "description": zone.applies_when,
                            "language": "text/fhirpath",
                            "expression": f"%zone = '{zone.code}'",  # which a person judges
                        },
                    }
                ],
                "groupingBehavior": "logical-group",
                "selectionBehavior": "all",
                "action": [*actions, say],
            }
        ],
    }


def _taken(plan: Plan, code: str) -> tuple[Slot, ...]:
    """Return the places of a zone; in an attack also the one that a clinician chose."""
    chosen = attack_slot(plan) if code == ATTACK else None
    listed = MEDICINES[code]
    return (*listed, chosen) if chosen and chosen not in listed else listed


def _instruction(plan: Plan, zone: ZoneWords) -> dict:
    return {
        "resourceType": "CommunicationRequest",
        "id": _words_id(plan, zone),
        "status": "active",
        "category": [INSTRUCTION],
        "subject": reference("Patient", plan.child_id),
        "payload": [{"contentString": step} for step in zone.steps],
    }


def _words_id(plan: Plan, zone: ZoneWords) -> str:
    return str(uuid5(UUID(plan.id), f"words/{zone.code}"))
