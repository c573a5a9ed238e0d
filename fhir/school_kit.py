"""A check of a school's emergency inhaler kit as a QuestionnaireResponse, and back.

One form for each site of a school, filled in again at each check: every version says who and when.
"""

from datetime import datetime
from uuid import NAMESPACE_URL, uuid5

from fhir.codes import KIT_FORM, id_in, profile, reference
from fhir.school_answers import Answers, read_items, to_items
from plans.month_year import read_month
from plans.school_kit import ITEMS, KitCheck, KitItem


def kit_id(school_id: str, site: str) -> str:
    """Return the id of the form about the kit at one site: the same however its name is spaced or written."""
    return str(uuid5(NAMESPACE_URL, f"{KIT_FORM}/{school_id}/{' '.join(site.casefold().split())}"))


def to_kit_form(found: KitCheck, *, is_first: bool) -> dict:
    """Return the QuestionnaireResponse of a check."""
    items: Answers = {str(item): (words, "valueBoolean", item in found.has) for item, words in ITEMS.items()}
    return {
        "resourceType": "QuestionnaireResponse",
        "id": kit_id(found.school_id, found.site),
        "meta": profile("QuestionnaireResponse"),
        "questionnaire": KIT_FORM,
        "status": "completed" if is_first else "amended",
        "subject": reference("Organization", found.school_id),
        "authored": found.checked_at.isoformat(),
        "author": reference("PractitionerRole", found.checked_by),
        "item": to_items(
            {
                "site": ("Where the kit is kept", "valueString", found.site),
                "kept": ("Is there still a kit?", "valueBoolean", found.is_kept),
                "inhalers": ("Salbutamol inhalers", "valueInteger", found.inhalers),
                "batch": ("Batch number", "valueString", found.batch or None),
                "expires": ("Expiry on it", "valueDate", str(found.expires) if found.expires else None),
                "spacers": ("Spacers", "valueInteger", found.spacers),
                **items,
            }
        ),
    }


def from_kit_form(response: dict) -> KitCheck:
    """Return what the newest check found."""
    said = read_items(response)
    return KitCheck(
        school_id=id_in(response["subject"]),
        site=said["site"],
        checked_by=id_in(response["author"]),
        checked_at=datetime.fromisoformat(response["authored"]),
        inhalers=said["inhalers"],
        batch=said.get("batch", ""),
        expires=read_month(said["expires"]) if "expires" in said else None,
        spacers=said["spacers"],
        has=frozenset(item for item in KitItem if said.get(item)),
        is_kept=said["kept"],
    )
