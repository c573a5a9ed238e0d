"""Resources that are wrong, each in one way that the typed models do not see, and the words that say so."""

from dataclasses import dataclass

from fhir.codes import UK_CORE

CHILD = {"reference": "Patient/1"}
PLAN = {"resourceType": "CarePlan", "status": "active", "intent": "plan", "subject": CHILD}


@dataclass(frozen=True)
class Broken:
    """`says` is in the words or the path of an error of either validator; `by_uk_core` where R4 allows it."""

    rule: str
    resource: dict
    says: str
    by_uk_core: bool = False


BROKEN = (
    Broken("a required code", PLAN | {"status": "activ"}, "request-status"),
    Broken(
        "an invariant",
        PLAN | {"activity": [{"reference": {"reference": "Task/1"}, "detail": {"status": "scheduled"}}]},
        "cpl-3",
    ),
    Broken("a required element", PLAN | {"activity": [{"detail": {"kind": "Task"}}]}, "status"),
    Broken(
        "an element that UK Core requires",
        {
            "resourceType": "MedicationRequest",
            "meta": {"profile": [UK_CORE + "MedicationRequest"]},
            "status": "active",
            "intent": "plan",
            "medicationCodeableConcept": {"text": "Something"},
            "subject": CHILD,
        },
        "substitution",
        by_uk_core=True,
    ),
    Broken(
        "a language that is no code",
        {
            "resourceType": "RelatedPerson",
            "meta": {"profile": [UK_CORE + "RelatedPerson"]},
            "patient": CHILD,
            "communication": [{"language": {"text": "Urdu"}}],
        },
        "all-languages",
        by_uk_core=True,
    ),
    Broken(
        "a claim of a profile that nobody has",
        PLAN | {"meta": {"profile": [UK_CORE + "Nothing"]}},
        "UKCore-Nothing",
        by_uk_core=True,
    ),
)
