"""Who signed a plan, or withdrew it and why, when and for whom: a Provenance for each."""

from dataclasses import dataclass
from uuid import UUID, uuid5

from fhir.codes import SIGNED, SIGNER, profile, reference
from fhir.security_label import restricted
from plans.people import Professional
from plans.plan import Plan


def to_provenance(plan: Plan) -> dict:
    """Return the Provenance of a signed plan; `verified` by the account that was signed in."""
    if plan.author is None or plan.signed_at is None:
        raise ValueError("only a signed plan has a signer")
    who = reference("Practitioner", plan.author.id, plan.author.name)
    signature = {
        "type": [
            {
                "system": "urn:iso-astm:E1762-95:2013",
                "code": "1.2.840.10065.1.12.1.1",
                "display": "Author's Signature",
            }
        ],
        "when": plan.signed_at.isoformat(),
        "who": who,
    }
    return {
        "resourceType": "Provenance",
        "id": str(uuid5(UUID(plan.id), "provenance")),
        "meta": profile("Provenance"),
        "target": [reference("CarePlan", plan.id)],
        "recorded": plan.signed_at.isoformat(),
        "activity": SIGNED,
        "agent": [
            {"type": SIGNER, "who": who, "onBehalfOf": reference("Organization", plan.author.organisation_id)}
        ],
        "signature": [signature],
    }


@dataclass(frozen=True)
class Withdrawal:
    """Why a plan was withdrawn, for professionals only, and the name of who did it."""

    reason: str
    by: str


def to_withdrawal(plan: Plan, *, reason: str, by: Professional) -> dict:
    """Return the Provenance of a withdrawn plan, with the reason as it was typed."""
    if plan.ended_at is None:
        raise ValueError("only a withdrawn plan has a withdrawal")
    who = reference("Practitioner", by.id, by.name)
    return {
        "resourceType": "Provenance",
        "id": withdrawal_id(plan),
        "meta": restricted(profile("Provenance")),
        "target": [reference("CarePlan", plan.id)],
        "recorded": plan.ended_at.isoformat(),
        "activity": {"text": "withdrawn"},
        "reason": [{"text": reason}],
        "agent": [{"who": who, "onBehalfOf": reference("Organization", by.organisation_id)}],
    }


def from_withdrawal(provenance: dict) -> Withdrawal:
    """Return what the Provenance of a withdrawn plan says."""
    return Withdrawal(provenance["reason"][0]["text"], provenance["agent"][0]["who"]["display"])


def withdrawal_id(plan: Plan) -> str:
    """Return the id of the Provenance that keeps why this plan was withdrawn."""
    return str(uuid5(UUID(plan.id), "withdrawal"))
