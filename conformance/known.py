"""What a validator says and we let stand, by name, each with its reason. Nothing else passes unnamed."""

import re
from dataclasses import dataclass

from conformance.validators import Issue


@dataclass(frozen=True)
class Known:
    """Something a validator says: `said` is looked for in its rule and words; `why` is why it stands.

    An error stands only where `may_be_error` is said, and then only for a resource that has what `only` says.
    """

    name: str
    said: re.Pattern[str]
    why: str
    may_be_error: bool = False
    only: tuple[str, str] = ("", "")


KNOWN = (
    Known(
        "Reason of an appointment to which nobody came",
        re.compile(r"#app-4 .*Cancelation reason is only used for appointments"),
        "FHIR R4 misspells its own code in this rule: it reads no-show where the status is noshow. Only "
        "appointments with that status are let through; they are from GP records.",
        may_be_error=True,
        only=("status", "noshow"),
    ),
    Known(
        "SNOMED CT, which includes dm+d",
        re.compile(r"http://snomed\.info/sct"),
        "No terminology server is asked, so whether a code is current or in a value set is not known.",
    ),
    Known("LOINC", re.compile(r"http://loinc\.org"), "As SNOMED CT: not checked here."),
    Known(
        "RxNorm",
        re.compile(r"/rxnorm "),
        "Codes of the United States in third-party records, kept as they came.",
    ),
    Known(
        "Code systems of our own",
        re.compile(r"CodeSystem is unknown and can't be validated: https://puffin\.example/fhir/"),
        "They are described in docs/fhir and are not part of FHIR or UK Core.",
    ),
    Known(
        "No narrative",
        re.compile(r"#dom-6 "),
        "A best practice. The words of a plan are in its CarePlan; others have no page of their own.",
    ),
    Known(
        "Words where a code is preferred",
        re.compile(r"Terminology_TX_Code_ValueSet_Ext "),
        "An extensible value set: words alone are allowed where nobody coded them.",
    ),
    Known(
        "A code beside an extensible value set",
        re.compile(r"Terminology_TX_NoValid_2_CC "),
        "An extensible value set allows another code where it has none that fits.",
    ),
    Known(
        "No performer",
        re.compile(r"all observations should have a performer"),
        "A best practice. Who took a reading is often not known.",
    ),
    Known(
        "What looks like a tag in somebody's words",
        re.compile(r"appears to be an embedded HTML tag"),
        "Words are kept as they were typed, and escaped where they are shown.",
    ),
    Known(
        "A very long fraction",
        re.compile(r"outside the range of commonly/reasonably supported decimals"),
        "Of third-party records, kept as it came.",
    ),
    Known(
        "References by whole address",
        re.compile(r'Invalid reference: got "https:'),
        "Medplum reads the kind of resource off a relative reference only. In a copy that leaves, what leads "
        "out of it has a whole address.",
    ),
)


def name_of(issue: Issue, resource: dict) -> str:
    """Return the name under which something said is let through, "" where it is not."""
    text = f"{issue.rule} {issue.message} "
    for known in KNOWN:
        if (
            known.said.search(text)
            and (known.may_be_error or not issue.is_error)
            and _has(resource, known.only)
        ):
            return known.name
    return ""


def _has(resource: dict, only: tuple[str, str]) -> bool:
    name, value = only
    return not name or resource.get(name) == value
