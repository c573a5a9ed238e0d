"""The GP record that the journey begins with: one invented child of the demo practice, at the demo school."""

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

ASTHMA = concept("195967001")
BEST_PEAK_FLOW_CODE = concept("251936000")
EU_METER = {"text": "EU scale (EN 13826)"}


def gp_record(today: date) -> dict:
    """Return the record as a FHIR bundle: one medicine of three is in no list, the rest can be copied."""
    lately = (today - timedelta(days=60)).isoformat()
    measured = {"valueQuantity": {"value": BEST_PEAK_FLOW, "unit": "L/min"}, "method": EU_METER}
    record = bundle(
        entry(condition(ASTHMA)),
        entry(allergy("Peanut", category=["food"], criticality="high")),
        entry(repeat(BROWN, _twice_a_day(2), authoredOn=lately)),
        entry(repeat(BLUE, _when_needed(2), authoredOn=lately)),
        entry(repeat(("", UNRECOGNISED), authoredOn=lately)),
        entry(observation(BEST_PEAK_FLOW_CODE, lately, **measured)),
        {"fullUrl": MOTHER, "resource": _mother()},
        **_patient(),
    )
    record["entry"][1:3] = [
        {"fullUrl": PRACTICE, "resource": organization("Y99901", "Oldbrook Lane Surgery")},
        {"fullUrl": SCHOOL, "resource": organization("EE999901", "Larkhill Green Primary School")},
    ]
    return record


def _patient() -> dict:
    return {
        "identifier": [{"system": "https://fhir.nhs.uk/Id/nhs-number", "value": IDRIS.nhs_number}],
        "name": [{"use": "official", "family": IDRIS.family, "given": [IDRIS.given]}],
        "gender": "male",
        "birthDate": IDRIS.born.isoformat(),
    }


def _mother() -> dict:
    reads = language("ur", "Urdu (reads and speaks)", preferred=True)
    said = related_person("Nadia", "mother", "Has parental responsibility", languages=(reads,))
    phone = [{"system": "phone", "value": "07700 900161"}]
    return said | {"name": [{"family": "Qureshi", "given": ["Nadia"]}], "telecom": phone}


def _twice_a_day(puffs: int) -> dict:
    """Return a dose as a practice types it: in words, and in numbers beside them."""
    return {
        "text": f"{puffs} puffs in the morning and {puffs} puffs in the evening with a spacer (mouthpiece)",
        "asNeededBoolean": False,
        "timing": {"repeat": {"frequency": 2, "period": 1, "periodUnit": "d", "when": ["MORN", "EVE"]}},
        "doseAndRate": [{"doseQuantity": {"value": puffs, "unit": "puff"}}],
    }


def _when_needed(puffs: int) -> dict:
    return {
        "text": f"{puffs} puffs when needed with a spacer (mouthpiece)",
        "asNeededBoolean": True,
        "doseAndRate": [{"doseQuantity": {"value": puffs, "unit": "puff"}}],
    }
