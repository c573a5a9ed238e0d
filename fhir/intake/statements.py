"""What a record states or denies about a child's life: smoke, mould, vaping, being looked after."""

import re
from collections.abc import Mapping

from fhir.intake.elements import codes, words
from fhir.intake.ledger import Ledger
from plans.gp_record import Fact, Statement
from plans.partial_date import PartialDate

# SNOMED CT, tag V unless said (clinical reference 6.3).
STATED_BY_CODE: Mapping[str, tuple[Fact, bool]] = {
    "228524006": (Fact.SMOKE_AT_HOME, True),  # Exposed to tobacco smoke at home
    "43381005": (Fact.SMOKE_AT_HOME, True),  # Passive smoker
    "711563001": (Fact.SMOKE_AT_HOME, False),  # No known exposure
    "77176002": (Fact.SMOKES, True),  # Smoker, tag V2
    "764841000000100": (Fact.LOOKED_AFTER, True),  # Looked after child
}
# Says that a child breathes smoke in, but not where.
ELSEWHERE_TOO = frozenset({"43381005"})
# No code is confirmed for these: known by the name of the observation, told by its words.
STATED_BY_NAME: Mapping[re.Pattern[str], tuple[Fact, re.Pattern[str]]] = {
    re.compile(r"\b(vaping|vapes?|e-cigarettes?)\b", re.I): (Fact.VAPES, re.compile(r"")),
    re.compile(r"\b(home|housing|damp|mould)\b", re.I): (
        Fact.DAMP_OR_MOULD,
        re.compile(r"\b(damp|mould\w*)\b", re.I),
    ),
}
DENIED = re.compile(r"\b(no|not|never|none|nil|denies|without|free of|doesn't|isn't)\b", re.IGNORECASE)
CLAUSE = re.compile(r"[;.,:]|\bbut\b")
INTENSIVE_CARE = re.compile(r"\b(intensive care|[np]?icu)\b", re.IGNORECASE)


def statements_in(resource: dict, ledger: Ledger) -> list[Statement]:
    """Return what a Condition, Observation or Flag states; an empty list if it is about something else."""
    day = ledger.day(
        resource.get("effectiveDateTime")
        or resource.get("onsetDateTime")
        or resource.get("recordedDate")
        or resource.get("period", {}).get("start")
    ) if _may_state(resource) else None  # fmt: skip
    stated = [_by_code(code, resource, day, ledger) for code in _codes(resource) if code in STATED_BY_CODE]
    return stated or _by_name(resource, day, ledger)


def is_intensive_care(text: str) -> bool:
    """Return whether a place or a stay is one of intensive care; high dependency is not."""
    return INTENSIVE_CARE.search(text) is not None and not DENIED.search(text)


def is_denied(text: str, about: re.Pattern[str]) -> bool:
    """Return whether the first clause that is about it denies it: "No mould", but not "Mould; no heating"."""
    clauses = [clause for clause in CLAUSE.split(text) if clause.strip() and about.search(clause)]
    return bool(clauses) and DENIED.search(clauses[0]) is not None


def _codes(resource: dict) -> tuple[str, ...]:
    return (*codes(resource.get("code")), *codes(resource.get("valueCodeableConcept")))


def _may_state(resource: dict) -> bool:
    name = words(resource.get("code"))
    return bool(STATED_BY_CODE.keys() & set(_codes(resource))) or any(
        one.search(name) for one in STATED_BY_NAME
    )


def _by_code(code: str, resource: dict, day: PartialDate | None, ledger: Ledger) -> Statement:
    fact, is_so = STATED_BY_CODE[code]
    may_print = code not in ELSEWHERE_TOO and not ledger.is_hidden(resource)
    return Statement(fact, is_so and resource.get("valueBoolean", True), day, may_print)


def _by_name(resource: dict, day: PartialDate | None, ledger: Ledger) -> list[Statement]:
    name, may_print = words(resource.get("code")), not ledger.is_hidden(resource)
    if resource["resourceType"] != "Observation":
        return []
    for pattern, (fact, about) in STATED_BY_NAME.items():
        if not pattern.search(name):
            continue
        said = resource.get("valueString") or words(resource.get("valueCodeableConcept"))
        if "valueBoolean" in resource and (about.pattern == "" or about.search(name)):
            return [Statement(fact, resource["valueBoolean"], day, may_print)]
        if said and about.search(said):
            return [Statement(fact, not is_denied(said, about), day, may_print)]
        if about.pattern == "":
            ledger.doubt(
                "The record names a habit without saying whether it is so. Ask the young person, in private."
            )
    return []
