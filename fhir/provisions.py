"""The rules in a Consent: the one at its root, and the exceptions inside it, where FHIR R4 puts a denial."""

from collections.abc import Iterator

from fhir.codes import id_in

PERMIT, DENY = "permit", "deny"


def rules(consent: dict) -> Iterator[dict]:
    """Yield the root rule and every rule nested in it, however deep."""
    waiting = [consent.get("provision", {})]
    while waiting:
        rule = waiting.pop()
        yield rule
        waiting += rule.get("provision", ())


def named(consent: dict, kind: str) -> set[str]:
    """Return the ids of those whom any rule of this kind (PERMIT or DENY) names."""
    said = (rule for rule in rules(consent) if rule.get("type") == kind)
    return {id_in(actor.get("reference")) for rule in said for actor in rule.get("actor", ())} - {""}
