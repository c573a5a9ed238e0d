"""Invented GP records at scale: child number N is always the same child, whoever asks and in which order.

Names are put together from lists, NHS numbers are of the 999 range, which is kept for tests and ends after
some 900,000; later children have none. Doses are illustrations, not advice. For the bench and for tests.
"""

import json
import re
from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache
from itertools import count
from pathlib import Path
from uuid import NAMESPACE_URL, uuid5

from fhir.codes import LANGUAGE, NHS_NUMBER, ODS_CODE, SNOMED, UCUM, concept
from plans.errors import NhsNumberInvalid
from plans.medicines import read_medicines
from plans.people import nhs_number

UNTIL = date(2026, 11, 20)  # the last day that a record tells of
CHILDREN_OF_A_PRACTICE, CHILDREN_OF_A_SCHOOL = 1000, 150
SCHOOL_AGE = 5
HOST = "https://gp-record.example.org/"
GIVEN = re.findall(
    r"\w+",
    "Aisha Alfie Amelia Amina Anton Arjun Bilal Carys Chidi Daisy Dilan Elsie Emeka Farah Finlay Grace Hana "
    "Harvey Idris Iona Jakub Jasleen Kacper Keira Leila Lewis Maja Mateusz Nadia Noah Oskar Parveen Rhys "
    "Rosa Samir Sofia Tariq Tomasz Yusuf Zahra",
)
FAMILY = re.findall(
    r"\w+",
    "Abbasi Adewale Ahmed Ali Anderson Baker Begum Bello Bianchi Campbell Chaudhry Davies Dhillon Evans "
    "Farah Gill Hussain Ibrahim Ionescu Jones Kaur Khan Kowalska Lewandowski Mahmood Mensah Mohamed Nowak "
    "Okafor Osman Patel Popescu Quinn Rahman Roberts Sharif Singh Taylor Uddin Warsame Williams "
    "Yilmaz Zielinska",
)
READS = ("en", "en", "en", "en", "ur", "pl", "bn", "pa", "so", "ar", "ro")
RELIEVER, PREVENTERS = "ventolin-evohaler-100", ("clenil-modulite-50", "clenil-modulite-100", "qvar-50")
STREETS = ("Alder", "Birch", "Cedar", "Elm", "Hazel", "Juniper", "Larch", "Maple", "Rowan", "Willow")


def record(number: int) -> dict:
    """Return the GP record of child `number`, counted from 0, as a FHIR collection bundle."""
    resources = [
        _practice(number // CHILDREN_OF_A_PRACTICE),
        *([_school(_school_number(number))] if _goes_to_school(number) else []),
        _patient(number),
        _parent(number),
        _asthma(number),
        *_medicines(number),
        _review(number),
        _peak_flow(number),
    ]
    entries = [{"fullUrl": f"{HOST}{one['resourceType']}/{one['id']}", "resource": one} for one in resources]
    return {"resourceType": "Bundle", "type": "collection", "entry": entries}


def number_of(number: int) -> str:
    """Return the NHS number of child `number` as 10 digits, "" once the range for tests has ended."""
    known, more = _numbers()
    while len(known) <= number and (found := next(more, "")):
        known.append(found)
    return known[number] if number < len(known) else ""


def write_lines(file: Path, numbers: range) -> None:
    """Write the records of these children, one bundle a line, as a GP supplier hands them over."""
    with file.open("w", encoding="utf-8") as out:
        for number in numbers:
            out.write(json.dumps(record(number), ensure_ascii=False, separators=(",", ":")) + "\n")


@cache
def _numbers() -> tuple[list[str], Iterator[str]]:
    """Return the numbers found so far, and what finds the next: about 1 in 11 has no check digit."""
    return [], filter(None, map(_with_check_digit, range(10**6)))


def _with_check_digit(six: int) -> str:
    nine = f"999{six:06}"
    weighted = sum(int(digit) * weight for digit, weight in zip(nine, range(10, 1, -1), strict=True))
    try:
        return nhs_number(f"{nine}{(11 - weighted % 11) % 11}")
    except NhsNumberInvalid:
        return ""


def _id(kind: str, number: int, nth: int = 0) -> str:
    return str(uuid5(NAMESPACE_URL, f"{HOST}{kind}/{number}/{nth}"))


def _to(kind: str, number: int) -> dict:
    return {"reference": f"{kind}/{_id(kind, number)}"}


def _resource(kind: str, number: int, nth: int = 0, /, **values: object) -> dict:
    return {"resourceType": kind, "id": _id(kind, number, nth)} | values


def _identifier(system: str, value: str) -> list[dict]:
    return [{"system": system, "value": value}]


def _born(number: int) -> date:
    return UNTIL - timedelta(days=365 * 2 + number * 37 % (365 * 14))


def _goes_to_school(number: int) -> bool:
    return UNTIL.year - _born(number).year >= SCHOOL_AGE


def _school_number(number: int) -> int:
    return 10**6 + number // CHILDREN_OF_A_SCHOOL  # after every practice: both are organisations


def _organisation(number: int, code: str, name: str, kind: str) -> dict:
    return _resource(
        "Organization",
        number,
        identifier=_identifier(ODS_CODE, code),
        active=True,
        type=[concept("http://terminology.hl7.org/CodeSystem/organization-type", kind)],
        name=name,
        telecom=[{"system": "phone", "value": f"0121 496 0{number % 1000:03}", "use": "work"}],
        address=[{"use": "work", "line": [f"1 {_street(number)}"], "country": "England"}],
    )


def _practice(practice: int) -> dict:
    return _organisation(practice, f"Y9{practice:04}", f"{_street(practice)} Surgery {practice + 1}", "prov")


def _school(school: int) -> dict:
    nth = school - 10**6
    return _organisation(school, f"EE9{nth:05}", f"{_street(nth)} School {nth + 1}", "edu")


def _street(number: int) -> str:
    return f"{STREETS[number % len(STREETS)]} Road"


def _patient(number: int) -> dict:
    given, family = GIVEN[number % len(GIVEN)], _family(number)
    school = {
        "relationship": [{"text": "School"}],
        "organization": _to("Organization", _school_number(number)),
    }
    known = number_of(number)
    return _resource(
        "Patient",
        number,
        **({"identifier": _identifier(NHS_NUMBER, known)} if known else {}),
        active=True,
        name=[{"use": "official", "family": family, "given": [given]}],
        gender=("female", "male")[number % 2],
        birthDate=_born(number).isoformat(),
        address=[{"use": "home", "line": [f"{number % 90 + 1} {_street(number)}"], "city": "Testford"}],
        communication=[_language(number)],
        generalPractitioner=[_to("Organization", number // CHILDREN_OF_A_PRACTICE)],
        **({"contact": [school]} if _goes_to_school(number) else {}),
    )


def _family(number: int) -> str:
    return FAMILY[number // len(GIVEN) % len(FAMILY)]


def _language(number: int) -> dict:
    return {"language": concept(LANGUAGE, READS[number % len(READS)]), "preferred": True}


def _parent(number: int) -> dict:
    return _resource(
        "RelatedPerson",
        number,
        active=True,
        patient=_to("Patient", number),
        relationship=[{"text": ("mother", "father")[number % 2]}, {"text": "Has parental responsibility"}],
        name=[
            {"use": "official", "family": _family(number), "given": [GIVEN[(number * 7 + 3) % len(GIVEN)]]}
        ],
        telecom=[{"system": "phone", "value": f"07700 900{number % 1000:03}", "use": "mobile"}],
        communication=[_language(number)],
    )


def _asthma(number: int) -> dict:
    system = "http://terminology.hl7.org/CodeSystem/condition-"
    return _resource(
        "Condition",
        number,
        clinicalStatus=concept(f"{system}clinical", "active"),
        verificationStatus=concept(f"{system}ver-status", "confirmed"),
        code=concept(SNOMED, "195967001", "Asthma"),
        subject=_to("Patient", number),
        onsetDateTime=str(_born(number).year + 2),
    )


def _medicines(number: int) -> Iterator[dict]:
    """Yield the two lines of the repeat list, and two issues of each in the year."""
    daily = PREVENTERS[number % len(PREVENTERS)]
    doses = {RELIEVER: "2 puffs when needed, with a spacer", daily: "2 puffs twice a day, with a spacer"}
    nth = count()
    for key, dose in doses.items():
        yield _request(
            number, next(nth), key, intent="plan", status="active", dosageInstruction=[{"text": dose}]
        )
    for key in doses:
        for months in (2 + number % 3, 7 + number % 4):
            day = UNTIL - timedelta(days=30 * months + number % 30)
            yield _request(number, next(nth), key, day, intent="order", status="completed")


def _request(number: int, nth: int, key: str, day: date = date(2025, 1, 6), **values: object) -> dict:
    return _resource(
        "MedicationRequest",
        number,
        nth,
        identifier=_identifier(f"{HOST}Id/request", f"{number}-{nth}"),
        medicationCodeableConcept=_medicine(key),
        subject=_to("Patient", number),
        authoredOn=day.isoformat(),
        dispenseRequest={"quantity": {"value": 1, "unit": "inhaler"}},
        **values,
    )


@cache
def _medicine(key: str) -> dict:
    product = next(code for code in read_medicines().codes if code.key == key and code.code)
    return concept(SNOMED, product.code, product.term) | {"text": product.term}


def _review(number: int) -> dict:
    day = UNTIL - timedelta(days=20 + number % 400)
    return _resource(
        "Encounter",
        number,
        identifier=_identifier(f"{HOST}Id/visit", f"V{number}"),
        status="finished",
        **{"class": {"system": "http://terminology.hl7.org/CodeSystem/v3-ActCode", "code": "AMB"}},
        type=[concept(SNOMED, "394700004", "Asthma annual review")],
        subject=_to("Patient", number),
        period={"start": f"{day}T10:10:00+00:00", "end": f"{day}T10:30:00+00:00"},
        serviceProvider=_to("Organization", number // CHILDREN_OF_A_PRACTICE),
    )


def _peak_flow(number: int) -> dict:
    day = UNTIL - timedelta(days=20 + number % 400)
    unit = {"unit": "L/min", "system": UCUM, "code": "L/min"}
    return _resource(
        "Observation",
        number,
        status="final",
        code=concept(SNOMED, "251936000", "Best ever PEFR"),
        subject=_to("Patient", number),
        effectiveDateTime=day.isoformat(),
        valueQuantity={"value": 150 + number % 30 * 10} | unit,
        method={"text": "Mini-Wright meter, EU scale (EN 13826)"},
    )
