"""The child's asthma in the store, as a GP record brought it."""

from fhir.codes import SNOMED
from fhir.intake.elements import code_values, codes
from fhir.intake.findings import DOUBTED, GONE, OF_ONE_VISIT, VOID
from fhir.store import Reader
from plans.diagnosis import SNOMED_ASTHMA_ITSELF


def asthma_of(reader: Reader, child_id: str) -> str:
    """Return the id of the Condition that a plan is for, "" if no record brought one that is sure.

    Only asthma itself counts, not an attack of it, and only as a standing diagnosis: neither over, refuted
    nor doubted, nor written for one visit. Of several the plainest code, then the newest.
    """
    wanted = [f"{SNOMED}|{code}" for code in SNOMED_ASTHMA_ITSELF]
    found = reader.search("Condition", subject=f"Patient/{child_id}", code=wanted)
    return min((one for one in found if stands(one)), key=_rank, default={"id": ""})["id"]


def stands(condition: dict) -> bool:
    """Return whether a Condition is a standing diagnosis: not over, refuted, doubted, or of one visit."""
    status = code_values(condition.get("clinicalStatus")) | code_values(condition.get("verificationStatus"))
    of_one_visit = any(OF_ONE_VISIT in code_values(one) for one in condition.get("category", ()))
    return not status & (VOID | GONE | DOUBTED) and not of_one_visit


def _rank(condition: dict) -> int:
    said = codes(condition.get("code"))
    return next(n for n, code in enumerate(SNOMED_ASTHMA_ITSELF) if code in said)
