"""A signal that a record gave as a DetectedIssue, and back.

It has no severity: a signal is a fact for a professional to look at, never a grade of risk.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid5

from fhir.codes import RESTRICTED, SIGNAL, SNOMED, concept, extension, extension_value, id_in, reference
from plans.products import Tag
from plans.signals import Signal, Visibility

# Named in other systems too: tag V (clinical reference 6.3).
ALSO_CODED: Mapping[str, dict] = {
    "looked-after": {"system": SNOMED, "code": "764841000000100", "display": "Looked after child"}
}


@dataclass(frozen=True)
class Detected:
    """A signal as it was found `at` a moment in a child's record.

    `evidence` are references to what it rests on, where that is known, such as "Encounter/ID".
    """

    child_id: str
    signal: Signal
    at: datetime
    evidence: tuple[str, ...] = ()


def to_detected_issue(detected: Detected) -> dict:
    """Return the DetectedIssue, labelled: no signal is for families, schools or paper."""
    issue: dict = {
        "resourceType": "DetectedIssue",
        "id": str(uuid5(UUID(detected.child_id), f"signal/{detected.signal.name}")),
        "meta": {"security": [RESTRICTED]},
        "extension": said_of(detected.signal),
        "status": "final",
        "code": code_of(detected.signal),
        "patient": reference("Patient", detected.child_id),
        "identifiedDateTime": detected.at.isoformat(),
        "detail": detected.signal.sentence,
    }
    if detected.evidence:
        issue["evidence"] = [{"detail": [{"reference": one} for one in detected.evidence]}]
    return issue


def from_detected_issue(issue: dict) -> Detected:
    """Return the signal that a DetectedIssue of ours says, and when it was found."""
    rests_on = (one for evidence in issue.get("evidence", ()) for one in evidence["detail"])
    return Detected(
        child_id=id_in(issue["patient"]),
        signal=signal_in(issue, issue["detail"]),
        at=datetime.fromisoformat(issue["identifiedDateTime"]),
        evidence=tuple(one["reference"] for one in rests_on),
    )


def code_of(signal: Signal) -> dict:
    """Return the code of a signal, with a code of others where one is sure."""
    coded = concept(SIGNAL, signal.name)
    also = ALSO_CODED.get(signal.name)
    return {"coding": [*coded["coding"], *([also] if also else [])]}


def said_of(signal: Signal) -> list[dict]:
    """Return the extensions for where a rule comes from, how sure that is, and who may see the signal."""
    return [
        {"url": extension("signal-source"), "valueString": signal.source},
        {"url": extension("signal-source-tag"), "valueCode": signal.tag},
        {"url": extension("signal-visibility"), "valueCode": signal.visibility},
    ]


def signal_in(resource: dict, sentence: str) -> Signal:
    """Return the signal that a resource of ours carries in its code and extensions."""
    codings = resource["code"]["coding"]
    return Signal(
        name=next(one["code"] for one in codings if one["system"] == SIGNAL),
        sentence=sentence,
        source=str(extension_value(resource, "signal-source", "valueString")),
        tag=Tag(str(extension_value(resource, "signal-source-tag", "valueCode"))),
        visibility=Visibility(str(extension_value(resource, "signal-visibility", "valueCode"))),
    )
