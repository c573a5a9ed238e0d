"""Which child somebody means: by NHS number and date of birth, never by name; a doubt goes to a person."""

import unicodedata

from fhir.codes import NHS_NUMBER
from fhir.patient import from_patient
from fhir.store import Reader
from plans.discharge_notice import DischargeNotice
from plans.people import Child
from portal.actions.discharge.waiting import Reason


def child_told_of(reader: Reader, notice: DischargeNotice) -> Child | Reason:
    """Return the child, or why it is not certain who that is."""
    if not notice.nhs_number:
        return Reason.NO_NUMBER
    found = reader.search("Patient", identifier=f"{NHS_NUMBER}|{notice.nhs_number}")
    if not found:
        return Reason.UNKNOWN_CHILD
    if len(found) > 1:
        return Reason.TWO_CHILDREN
    child = from_patient(found[0])
    return child if child.born == notice.born else Reason.BORN_DIFFERS


def has_another_name(child: Child, notice: DischargeNotice) -> bool:
    """Return whether the family name told is not the one on the record, accents and capitals apart."""
    return bool(notice.family.strip()) and _letters(notice.family) != _letters(child.family)


def _letters(name: str) -> str:
    decomposed = unicodedata.normalize("NFKD", name).casefold()
    return "".join(letter for letter in decomposed if letter.isalpha())
