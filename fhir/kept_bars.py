"""Who at home is barred, by the Consents that came with the child's record."""

from collections.abc import Sequence

from fhir.codes import id_in
from fhir.intake.elements import day_of
from fhir.provisions import DENY, PERMIT, named
from fhir.store import Reader


def barred_ids(reader: Reader, child_id: str) -> set[str]:
    """Return the ids of those whom a Consent in force denies the child's information.

    A court order counts whatever else was permitted. A young person's own denial counts as much, unless they
    permit the same reader no earlier: then it keeps back a topic. A share made here permits nothing of the
    kind, or whoever has a link could never be barred.
    """
    consents = reader.search("Consent", patient=f"Patient/{child_id}", status="active")
    own = [consent for consent in consents if _is_own(consent, child_id)]
    denied = ((id, consent) for consent in consents for id in named(consent, DENY))
    return {id for id, consent in denied if consent not in own or not _is_permitted(id, own, consent)}


def _is_own(consent: dict, child_id: str) -> bool:
    """Return whether the child decided this, and nobody else with them."""
    deciders = {id_in(one) for one in consent.get("performer", ())}
    return deciders == {child_id}


def _is_permitted(id: str, own: Sequence[dict], denial: dict) -> bool:
    return any(id in named(consent, PERMIT) and _is_no_earlier(consent, denial) for consent in own)


def _is_no_earlier(permission: dict, denial: dict) -> bool:
    """Return whether a permission was surely given on or after the day of a denial."""
    permitted, denied = day_of(permission.get("dateTime")), day_of(denial.get("dateTime"))
    return permitted is not None and denied is not None and permitted.first >= denied.last
