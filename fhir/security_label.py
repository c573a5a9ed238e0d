"""The labels of a resource that say who must not see it: ours, and those that a GP record brings."""

from fhir.codes import HIDDEN_BECAUSE, RESTRICTED
from plans.hidden_notes import Hidden

# HL7 confidentiality: restricted, very restricted. GP Connect marks what is not for the patient, family or
# carers with NOPAT of HL7 ActCode: its Data Model, "Resources not to be disclosed to a patient" (read
# 2026-11-22).
KEPT_FROM_FAMILY = frozenset({"R", "V", "NOPAT"})


def is_restricted(resource: dict) -> bool:
    """Return whether a family and a school must never see a resource."""
    return any(one.get("code") in KEPT_FROM_FAMILY for one in _labels(resource))


def restricted(meta: dict, because: Hidden | None = None) -> dict:
    """Return the `meta` with our label, once, and why it was hidden where somebody said so."""
    ours = [RESTRICTED, *([{"system": HIDDEN_BECAUSE, "code": because}] if because else ())]
    other = [one for one in meta.get("security", ()) if not _is_ours(one)]
    return meta | {"security": [*other, *ours]}


def hidden_because(resource: dict) -> Hidden:
    """Return why a note is hidden; what gives no reason that is known here is hidden most."""
    said = (one.get("code") for one in _labels(resource) if one.get("system") == HIDDEN_BECAUSE)
    return next((Hidden(code) for code in said if code in set(Hidden)), Hidden.MISUSE)


def _labels(resource: dict) -> list[dict]:
    return list(resource.get("meta", {}).get("security", ()))


def _is_ours(label: dict) -> bool:
    named = (label.get("system"), label.get("code"))
    return named == (RESTRICTED["system"], RESTRICTED["code"]) or label.get("system") == HIDDEN_BECAUSE
