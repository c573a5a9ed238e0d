"""Whether a hospital visit was for asthma, told from its diagnoses: yes, no, or somebody has to be asked."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum


class Asthma(StrEnum):
    """Whether it was asthma; UNCLEAR opens the question "was this asthma?" with the clock running."""

    YES = "yes"
    NO = "no"
    UNCLEAR = "unclear"


@dataclass(frozen=True)
class Diagnosis:
    """A diagnosis as it came: `code` of ICD-10 or SNOMED CT, "" if there was none, and its words."""

    code: str = ""
    text: str = ""


# ICD-10, tag V (clinical reference 6.3): asthma, and status asthmaticus.
ICD10_ASTHMA = ("J45", "J46")
# SNOMED CT, tag V (clinical reference 6.1): the asthma diagnoses of the primary care cluster AST_COD that
# the reference lists.
SNOMED_ASTHMA_ITSELF = (
    "195967001",  # Asthma
    "233678006",  # Childhood asthma
    "401193004",  # Asthma confirmed
    "370221004",  # Severe asthma
    "426656000",  # Severe persistent asthma
)
SNOMED_ASTHMA = frozenset(
    {
        *SNOMED_ASTHMA_ITSELF,
        "281239006",  # Exacerbation of asthma
        "708038006",  # Acute exacerbation of asthma
        "708090002",  # Acute severe exacerbation of asthma
        "734904007",  # Life threatening acute exacerbation of asthma
        "734905008",  # Moderate acute exacerbation of asthma
        "786836003",  # Near fatal asthma
    }
)
# SNOMED CT, tag V2 (clinical reference 6.2): emergency admission, asthma.
SNOMED_ASTHMA_ADMISSION = frozenset({"183478001"})
# SNOMED CT, tag V (clinical reference 6.1).
NEAR_FATAL_ASTHMA = "786836003"

ICD10 = re.compile(r"[A-Z]\d\d")
DOUBT = re.compile(r"\?|\b(?:no|not|without|query|possible|probable|suspected|history of|resolved)\b", re.I)
ASTHMA_WORD = re.compile(r"\basthma", re.I)
WHEEZE_WORD = re.compile(r"\bwheez", re.I)


def was_asthma(diagnoses: Sequence[Diagnosis]) -> Asthma:
    """Return whether these diagnoses, the main one first, say that the visit was for asthma.

    Asthma that is only named behind another main diagnosis may be the child's history or the cause, so
    that is unclear; so are wheeze, which is how asthma is often written down under 5, and no diagnosis. So is
    a SNOMED CT code without words that is not listed here: more codes for asthma are in use than are listed.
    """
    verdicts = [_verdict(diagnosis) for diagnosis in diagnoses if diagnosis.code or diagnosis.text]
    if not verdicts:
        return Asthma.UNCLEAR
    if verdicts[0] is Asthma.YES:
        return Asthma.YES
    return Asthma.NO if set(verdicts) == {Asthma.NO} else Asthma.UNCLEAR


def was_wheeze(diagnoses: Sequence[Diagnosis]) -> bool:
    """Return whether one of them is wheeze: a visit that counts as an attack in a child with asthma."""
    return any(WHEEZE_WORD.search(one.text) and not DOUBT.search(one.text) for one in diagnoses)


def _verdict(diagnosis: Diagnosis) -> Asthma:
    code = diagnosis.code.upper().replace(".", "")
    if code.startswith(ICD10_ASTHMA) or code in SNOMED_ASTHMA | SNOMED_ASTHMA_ADMISSION:
        return Asthma.YES
    if ASTHMA_WORD.search(diagnosis.text):
        return Asthma.UNCLEAR if DOUBT.search(diagnosis.text) else Asthma.YES
    is_told = bool(diagnosis.text) or bool(ICD10.match(code))
    return Asthma.NO if is_told and not WHEEZE_WORD.search(diagnosis.text) else Asthma.UNCLEAR
