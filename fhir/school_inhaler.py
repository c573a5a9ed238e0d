"""A check of a child's inhaler at school as a QuestionnaireResponse, and back.

The form about one child is one resource, filled in again at each check: every version says who and when.
"""

from datetime import datetime
from uuid import NAMESPACE_URL, uuid5

from fhir.codes import INHALER_FORM, id_in, profile, reference
from fhir.school_answers import read_items, to_items
from plans.month_year import read_month
from plans.school_inhaler import SchoolInhaler, Spacer


def inhaler_form_id(child_id: str) -> str:
    """Return the id of the form about a child's inhaler at school: the same each time."""
    return str(uuid5(NAMESPACE_URL, f"{INHALER_FORM}/{child_id}"))


def to_inhaler_form(found: SchoolInhaler, *, is_first: bool) -> dict:
    """Return the QuestionnaireResponse of a check."""
    return {
        "resourceType": "QuestionnaireResponse",
        "id": inhaler_form_id(found.child_id),
        "meta": profile("QuestionnaireResponse"),
        "questionnaire": INHALER_FORM,
        "status": "completed" if is_first else "amended",
        "subject": reference("Patient", found.child_id),
        "authored": found.checked_at.isoformat(),
        "author": reference("PractitionerRole", found.checked_by),
        "item": to_items(
            {
                "school": ("School", "valueReference", reference("Organization", found.school_id)),
                "there": ("Is the inhaler there?", "valueBoolean", found.is_there),
                "place": ("Where it is kept", "valueString", found.place or None),
                "expires": ("Expiry on it", "valueDate", str(found.expires) if found.expires else None),
                "doses-left": ("Doses left", "valueInteger", found.doses_left),
                "spacer": ("Spacer", "valueString", found.spacer),
            }
        ),
    }


def from_inhaler_form(response: dict) -> SchoolInhaler:
    """Return what the newest check found."""
    said = read_items(response)
    return SchoolInhaler(
        child_id=id_in(response["subject"]),
        school_id=id_in(said["school"]),
        is_there=said["there"],
        spacer=Spacer(said["spacer"]),
        checked_by=id_in(response["author"]),
        checked_at=datetime.fromisoformat(response["authored"]),
        place=said.get("place", ""),
        expires=read_month(said["expires"]) if "expires" in said else None,
        doses_left=said.get("doses-left"),
    )
