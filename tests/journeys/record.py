"""GP records for the journeys: invented children of the demo practice, at the demo school."""

from datetime import date, timedelta

from plans.people import Child
from tests.fhir.gp_records import (
    BLUE,
    BROWN,
    MOTHER,
    PRACTICE,
    SCHOOL,
    allergy,
    bundle,
    concept,
    condition,
    entry,
    language,
    observation,
    organization,
    related_person,
    repeat,
)

IDRIS = Child("", "Idris", "Qureshi", date(2017, 10, 5), "9991234535")
MOTHER_NAME = "Nadia Qureshi"
UNRECOGNISED = "Easybreath Forte inhaler (Invented Medicines Ltd)"
BEST_PEAK_FLOW = 240  # L/min
TWO_TWICE = "2 puffs in the morning and 2 puffs in the evening with a spacer (mouthpiece)"
TWO_WHEN_NEEDED = "2 puffs when needed with a spacer (mouthpiece)"

ASTHMA = concept("195967001")
BEST_PEAK_FLOW_CODE = concept("251936000")
EU_METER = {"text": "EU scale (EN 13826)"}


def gp_record(today: date) -> dict:
    """Return the record as a FHIR bundle: one medicine of three is in no list, the rest can be copied."""
    lately = (today - timedelta(days=60)).isoformat()
    return record_of(
        IDRIS,
        allergy("Peanut", category=["food"], criticality="high"),
        repeat(BROWN, twice_a_day(TWO_TWICE, 2), authoredOn=lately),
        repeat(BLUE, when_needed(TWO_WHEN_NEEDED, 2), authoredOn=lately),
        repeat(("", UNRECOGNISED), authoredOn=lately),
        best_peak_flow(lately),
        mother=mother("Nadia", IDRIS.family, "ur", "Urdu"),
    )


def record_of(child: Child, *resources: dict, mother: dict) -> dict:
    """Return a record of these resources as a FHIR bundle."""
    entries = [entry(resource) for resource in (condition(ASTHMA), *resources)]
    record = bundle(*entries, {"fullUrl": MOTHER, "resource": mother}, **_patient(child))
    record["entry"][1:3] = [
        {"fullUrl": PRACTICE, "resource": organization("Y99901", "Oldbrook Lane Surgery")},
        {"fullUrl": SCHOOL, "resource": organization("EE999901", "Larkhill Green Primary School")},
    ]
    return record


def _patient(child: Child) -> dict:
    return {
        "identifier": [{"system": "https://fhir.nhs.uk/Id/nhs-number", "value": child.nhs_number}],
        "name": [{"use": "official", "family": child.family, "given": [child.given]}],
        "gender": "male",
        "birthDate": child.born.isoformat(),
    }


def mother(given: str, family: str, reads: str, named: str) -> dict:
    """Return the mother, who reads and speaks this language."""
    said = related_person(
        given,
        "mother",
        "Has parental responsibility",
        languages=(language(reads, f"{named} (reads and speaks)", preferred=True),),
    )
    phone = [{"system": "phone", "value": "07700 900161"}]
    return said | {"name": [{"family": family, "given": [given]}], "telecom": phone}


def best_peak_flow(day: str) -> dict:
    """Return the best reading, on today's scale."""
    measured = {"valueQuantity": {"value": BEST_PEAK_FLOW, "unit": "L/min"}, "method": EU_METER}
    return observation(BEST_PEAK_FLOW_CODE, day, **measured)


def twice_a_day(words: str, number: int, unit: str = "puff") -> dict:
    """Return a daily dose as a practice types it: in words, and in numbers beside them."""
    return {
        "text": words,
        "asNeededBoolean": False,
        "timing": {"repeat": {"frequency": 2, "period": 1, "periodUnit": "d", "when": ["MORN", "EVE"]}},
        "doseAndRate": [{"doseQuantity": {"value": number, "unit": unit}}],
    }


def when_needed(words: str, number: int, unit: str = "puff", **changes: object) -> dict:
    """Return a dose for symptoms, likewise."""
    return {
        "text": words,
        "asNeededBoolean": True,
        "doseAndRate": [{"doseQuantity": {"value": number, "unit": unit}}],
    } | changes
