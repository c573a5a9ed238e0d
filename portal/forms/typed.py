"""What somebody typed into the form of a plan, as the fields of a draft."""

from collections.abc import Mapping
from datetime import date

from plans.draft import is_field
from plans.draft.names import SLOT_FIELDS, UNKNOWNS
from plans.plan import Slot
from portal.forms.words_to_confirm import confirmed_together

# What a record said is shown beside the form, never sent by it: nobody can change where a dose came from.
SAID_BY_THE_RECORD = frozenset([*(f"{slot}-source" for slot in Slot), *(f"unknown-{n}" for n in UNKNOWNS)])


def typed_fields(form: Mapping[str, str]) -> dict[str, str]:
    """Return the fields that were posted, the empty ones left out; an empty reason stays, to clear it."""
    return {
        name: text
        for name, text in (dict(form.items()) | confirmed_together(form)).items()
        if is_field(name) and name not in SAID_BY_THE_RECORD and (text.strip() or name.startswith("reason-"))
    }


def without_medicine(slot: Slot) -> dict[str, str]:
    """Return the fields that clear one medicine, with where it came from."""
    return {f"{slot}-{part}": "" for part in SLOT_FIELDS}


def is_day(text: str) -> bool:
    """Return whether a box for dates can show what was typed; it would leave anything else out."""
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False
