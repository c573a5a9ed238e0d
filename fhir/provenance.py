"""Who signed a plan, when and for whom: a Provenance."""

from uuid import UUID, uuid5

from fhir.codes import SIGNED, SIGNER, profile, reference
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
