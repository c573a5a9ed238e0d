"""What a clinician found about a young person's understanding, as an Observation, and back."""

from datetime import date

from fhir.codes import COMPETENCE, RESTRICTED, concept, id_in, is_coded, profile, reference
from plans.competence import Finding, Judgement

CODE = "decides-about-sharing"
ABOUT = concept(COMPETENCE, CODE, "Whether the young person understands a decision about sharing")
WORDS = {
    Finding.UNDERSTANDS: "Understands the decision",
    Finding.DOES_NOT_YET: "Does not understand the decision yet",
}


def to_competence(judgement: Judgement) -> dict:
    """Return the UK Core Observation of a judgement; what was decided about is its note."""
    return {
        "resourceType": "Observation",
        "id": judgement.id,
        "meta": profile("Observation") | {"security": [RESTRICTED]},
        "status": "final",
        "code": ABOUT,
        "subject": reference("Patient", judgement.child_id),
        "effectiveDateTime": judgement.on.isoformat(),
        "performer": [reference("Practitioner", judgement.by, judgement.by_name)],
        "valueCodeableConcept": concept(COMPETENCE, judgement.finding, WORDS[judgement.finding]),
        "note": [{"text": judgement.decision}],
    }


def is_competence(observation: dict) -> bool:
    """Return whether an Observation is one of these."""
    return is_coded(observation.get("code"), COMPETENCE, CODE)


def from_competence(observation: dict) -> Judgement:
    """Return the judgement that an Observation of ours keeps."""
    who = observation["performer"][0]
    return Judgement(
        id=observation["id"],
        child_id=id_in(observation["subject"]),
        finding=Finding(observation["valueCodeableConcept"]["coding"][0]["code"]),
        decision=observation["note"][0]["text"],
        by=id_in(who),
        by_name=who.get("display", ""),
        on=date.fromisoformat(observation["effectiveDateTime"]),
    )
