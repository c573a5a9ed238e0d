"""What the elements of a resource say: words, codes, days, moments, phone numbers."""

from collections.abc import Iterator
from datetime import date, datetime, time

from fhir.codes import SNOMED
from fhir.store.moments import written
from plans.diagnosis import Diagnosis
from plans.partial_date import PartialDate, on, partial_date
from plans.working_days import UK, MomentOutOfReach, in_utc, uk_day, uk_moment, uk_time

DMD = "https://dmd.nhs.uk"
UK_SYSTEMS = frozenset({SNOMED, DMD})
ICD10 = frozenset({"http://hl7.org/fhir/sid/icd-10", "http://hl7.org/fhir/sid/icd-10-uk"})


# How names are marked that somebody had before.
FORMER = frozenset({"old", "maiden"})
# For who reads without a day to go by: an end that is said then counts, whenever it is.
WHENEVER = date.max


def codings(concept: dict | None) -> Iterator[dict]:
    """Give the codings of a CodeableConcept that hold a code."""
    return (coding for coding in (concept or {}).get("coding", ()) if coding.get("code"))


def codes(concept: dict | None, systems: frozenset[str] = UK_SYSTEMS) -> tuple[str, ...]:
    """Return the codes of these systems: SNOMED CT and dm+d unless others are named."""
    return tuple(coding["code"] for coding in codings(concept) if coding.get("system") in systems)


def code_values(concept: dict | None) -> frozenset[str]:
    """Return the codes of every system, for small lists whose system does not matter."""
    return frozenset(coding["code"] for coding in codings(concept))


def words(concept: dict | None) -> str:
    """Return how a CodeableConcept reads: its text, or the first display."""
    if not concept:
        return ""
    shown = (coding.get("display", "") for coding in concept.get("coding", ()))
    return concept.get("text") or next(filter(None, shown), "")


def diagnosis(concept: dict) -> Diagnosis:
    """Return a diagnosis: the first SNOMED CT or ICD-10 code, and the words."""
    known = codes(concept, UK_SYSTEMS | ICD10)
    return Diagnosis(code=known[0] if known else "", text=words(concept))


def day_of(text: str | None) -> PartialDate | None:
    """Return the UK day of a FHIR date or dateTime, as precisely as it is given; None if there is none."""
    if not text:
        return None
    moment = _moment(text)
    return on(uk_day(moment)) if moment else partial_date(text)


def moment_of(text: str | None) -> datetime | None:
    """Return a FHIR dateTime in UTC; a bare day begins at midnight in the UK, less than a day is None."""
    if not text:
        return None
    moment = _moment(text)
    if moment:
        return in_utc(moment)
    day = partial_date(text)
    return uk_moment(day.first, time()) if day and day.is_exact else None


def phone(resource: dict) -> str:
    """Return the first phone number, "" if there is none."""
    numbers = (one.get("value", "") for one in resource.get("telecom", ()) if one.get("system") == "phone")
    return next(filter(None, numbers), "")


def identifiers(resource: dict) -> tuple[tuple[str, str], ...]:
    """Return the (system, value) pairs that name a resource for its senders."""
    listed = resource.get("identifier", ())
    return tuple((one["system"], one["value"]) for one in listed if one.get("system") and one.get("value"))


def full_name(resource: dict) -> tuple[str, str]:
    """Return given and family name, the official one of now where there are several."""
    names = current_names(resource, WHENEVER)
    if not names:
        return "", ""
    name = next((one for one in names if one.get("use") == "official"), names[0])
    given = " ".join(filter(None, name.get("given", ())))
    return (given, name.get("family", "")) if given or "family" in name else ("", name.get("text", ""))


def current_names(resource: dict, today: date) -> list[dict]:
    """Return the names that are not former on this day; where every one has ended, all but those before."""
    names = [one for one in resource.get("name", ()) if one.get("use") not in FORMER]
    return [one for one in names if not is_former(one, today)] or names


def is_former(one: dict, today: date) -> bool:
    """Return whether a name or an identifier is one of before: marked so, or with an end that has passed.

    Its last day counts as passed: a record of today that ends a name today says that it is no more.
    """
    end = one.get("period", {}).get("end")
    day = day_of(end)
    return one.get("use") in FORMER or (bool(end) and (day is None or day.first <= today))


def _moment(text: str) -> datetime | None:
    """Return a time, in the UK where it names no zone; None for a bare day, or what no clock can show."""
    if "T" not in text:
        return None
    moment = written(text)
    try:
        return uk_time(moment if moment.tzinfo else moment.replace(tzinfo=UK))
    except MomentOutOfReach:
        return None
