"""What clinicians found about a young person's understanding, in the store."""

from fhir.codes import COMPETENCE
from fhir.competence import CODE, from_competence, to_competence
from fhir.store import Reader, Write
from plans.competence import Judgement


def judgements_of(reader: Reader, child_id: str) -> list[Judgement]:
    """Return every judgement about a child, the latest first."""
    found = reader.search("Observation", subject=f"Patient/{child_id}", code=f"{COMPETENCE}|{CODE}")
    return sorted((from_competence(one) for one in found), key=lambda one: one.on, reverse=True)


def keep(write: Write, judgement: Judgement) -> None:
    """Keep a new judgement; the audit is the caller's."""
    write.create(to_competence(judgement))
