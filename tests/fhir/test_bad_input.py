"""Bad input at the store: refused by name, with nothing of it kept. More of it stands with each part."""

import json
from datetime import UTC, datetime
from secrets import choice
from string import ascii_letters

import pytest

from fhir.intake.bundle import parse_bundle
from fhir.intake.errors import NotJson
from fhir.store.errors import ResourceNotValid, SearchNotUnderstood, TextNotKept
from fhir.store.tables import accounts, drafts, imported, incoming, marks, outbox, pulse
from fhir.store.tables.accounts import NewAccount
from fhir.store.tables.imported import Imported
from fhir.store.tables.incoming import NewIncoming
from fhir.store.tables.outbox import NewMessage
from tests.fhir.gp_records import bundle, raw

NOW = datetime(2026, 11, 20, 18, 30, tzinfo=UTC)
PATIENT = {"resourceType": "Patient"}
BEST = {"resourceType": "Observation", "status": "final", "code": {"text": "best peak flow"}}
SITE = "https://example.org/nested"


def nested(levels):
    """Return a Patient with extensions in extensions."""
    extension = {"url": SITE, "valueString": "the last"}
    for _ in range(levels):
        extension = {"url": SITE, "extension": [extension]}
    return PATIENT | {"extension": [extension]}


def refused_places(store, keep, resource):
    """Try to keep a resource; return where it is to be put right, once nothing of it was kept."""
    with pytest.raises(ResourceNotValid) as refused:
        keep(resource)
    assert store.db.execute("SELECT count(*) FROM resources").fetchone() == (0,)
    return refused.value.places


@pytest.mark.parametrize(
    "id",
    [
        pytest.param("../Patient", id="the way up"),
        pytest.param("..", id="dots alone"),
        pytest.param(".", id="one dot"),
        pytest.param("a/b", id="a slash"),
        pytest.param("a\\b", id="a backslash"),
        pytest.param("..%2fPatient", id="a slash in disguise"),
        pytest.param("a b", id="a space"),
        pytest.param("a\n", id="a line end"),
        pytest.param("a?b", id="a question mark"),
        pytest.param("é", id="a letter with an accent"),
        pytest.param("a" * 65, id="65 letters"),
        pytest.param("", id="nothing"),
        pytest.param(7, id="a number"),
        pytest.param(["a"], id="a list"),
        pytest.param(None, id="a null"),
    ],
)
def test_an_id_that_could_not_stand_in_an_address_is_refused(store, keep, id):
    assert refused_places(store, keep, PATIENT | {"id": id}) == ("id",)


def test_an_id_may_be_as_long_as_fhir_says(store, keep):
    assert store.read("Patient", keep(PATIENT | {"id": "a.-" + "9" * 61})["id"])


@pytest.mark.parametrize("levels", [100, 10_000])
def test_what_is_nested_too_deeply_to_be_walked_through_is_refused(store, keep, levels):
    assert refused_places(store, keep, nested(levels)) == ("what is nested too deeply",)


def test_what_is_nested_as_a_thick_record_is_kept(store, keep):
    assert store.read("Patient", keep(nested(10))["id"])["extension"] == nested(10)["extension"]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("NaN", id="no number"),
        pytest.param("Infinity", id="without end"),
        pytest.param("-Infinity", id="without end below"),
        pytest.param("1e400", id="beyond a double"),
        pytest.param("1" + "0" * 400, id="a whole number beyond a double"),
        pytest.param("-1" + "0" * 400, id="a whole number beyond a double below"),
    ],
)
def test_a_number_that_not_every_reader_has_is_refused(store, keep, text):
    quantity = {"value": json.loads(text), "unit": "L/min"}

    assert refused_places(store, keep, BEST | {"valueQuantity": quantity}) == ("valueQuantity.value",)


@pytest.mark.parametrize("number", [2**31, -(2**31) - 1, 2**63, 10**400])
def test_an_integer_beyond_32_bits_is_refused(store, keep, number):
    assert refused_places(store, keep, BEST | {"valueInteger": number}) == ("valueInteger",)


@pytest.mark.parametrize("day", ["0000", "0000-01-01", "10000", "10000-01-01", "-0001-01-01", "2026-00-10"])
def test_a_day_that_no_calendar_of_ours_has_is_refused(store, keep, day):
    assert refused_places(store, keep, PATIENT | {"birthDate": day}) == ("birthDate",)


@pytest.mark.parametrize("moment", ["0000-01-01T00:00:00Z", "10000-01-01T00:00:00Z"])
def test_a_moment_of_such_a_year_is_refused(store, keep, moment):
    assert refused_places(store, keep, PATIENT | {"deceasedDateTime": moment}) == ("deceasedDateTime",)


def test_a_reference_to_a_type_of_any_length_is_kept_and_found(store, keep):
    address = "".join(choice(ascii_letters) for _ in range(6000)) + "/1"  # no engine can press it together
    kept = keep(BEST | {"subject": {"reference": address}})

    assert store.search("Observation", subject=address) == [kept]


@pytest.mark.parametrize(
    ("resource", "place"),
    [
        pytest.param({"resourceType": ["Patient"], "id": "p1"}, "resourceType", id="several types"),
        pytest.param(PATIENT | {"id": {"value": "p1"}}, "id", id="an object for an id"),
        pytest.param(PATIENT | {"id": "p1", "meta": "profile"}, "meta", id="words for a meta"),
        pytest.param(PATIENT | {"id": "p1", "meta": ["profile"]}, "meta", id="a list for a meta"),
        pytest.param(PATIENT | {"id": "p1", "shoeSize": 34}, "shoeSize", id="an element that is none"),
    ],
)
def test_what_is_no_resource_is_neither_kept_nor_put_in_the_place_of_one(store, keep, resource, place):
    keep(PATIENT | {"id": "p1"})

    with pytest.raises(ResourceNotValid) as refused:
        keep(resource)
    assert refused.value.places == (place,)
    with pytest.raises(ResourceNotValid) as refused, store.write(by="system", at=NOW) as write:
        write.update(resource, if_match="1")
    assert refused.value.places == (place,)
    assert len(store.history("Patient", "p1")) == 1


@pytest.mark.parametrize(
    "params",
    [
        {"birthdate": "0000"},
        {"birthdate": "0000-01-01"},
        {"birthdate": "10000-01-01"},
        {"birthdate": "2015-00-10"},
        {"birthdate": "0000-01-01T00:00:00Z"},
        {"_lastUpdated": "ge10000"},
        {"_count": "9" * 30},
        {"_count": 2**70},
        {"_offset": "9" * 5000},
        {"_count": "1e3"},
        {"_count": "½"},
    ],
    ids=str,
)
def test_a_search_for_what_no_calendar_or_engine_counts_to_is_refused(store, params):
    with pytest.raises(SearchNotUnderstood):
        store.search("Patient", **params)


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(b"%PDF-1.7", id="a PDF"),
        pytest.param(b"PK\x03\x04", id="an archive"),
        pytest.param(b"<!DOCTYPE html><html></html>", id="a page"),
        pytest.param(b'<Bundle xmlns="http://hl7.org/fhir"/>', id="FHIR in XML"),
        pytest.param(b'{"a":' * 10_000 + b"1" + b"}" * 10_000, id="nested 10,000 times"),
        pytest.param(
            raw(bundle()).replace(b'"Bundle"', b'"Bundle", "total": 1' + b"0" * 400), id="beyond a double"
        ),
        pytest.param(raw(bundle()).replace(b'"Bundle"', b'"Bundle", "total": 1' + b"0" * 9000), id="endless"),
    ],
)
def test_a_file_that_is_no_fhir_in_json_is_refused(content):
    with pytest.raises(NotJson):
        parse_bundle(content)


NO_TEXT = ("Zo\x00fia", "Zo\ud800fia")  # a NUL, and half a letter

# Each writes a text to another plain table, or asks one for it.
PLAIN_TABLES = {
    "incoming": lambda write, text: incoming.keep(write, NewIncoming("adt", text, "nobody knows it", {})),
    "incoming, why": lambda write, text: incoming.keep(write, NewIncoming("adt", "MSH", text, {})),
    "outbox": lambda write, text: outbox.enqueue(write, NewMessage("key", "email", text, {})),
    "outbox, failed": lambda write, text: outbox.mark_failed(write, queued(write), text, next_try_at=None),
    "accounts": lambda write, text: accounts.add(write, NewAccount(text, "Dr Lee", "hash")),
    "accounts, asked": accounts.by_username,
    "drafts": lambda write, text: drafts.create(write, text, {}),
    "drafts, asked": drafts.read,
    "imported": lambda write, text: imported.remember(write, Imported("p1", text, "Task", "t1", "d")),
    "marks": lambda write, text: marks.put(write, "demo", text),
    "pulse": lambda write, text: pulse.beat(write, text),
}


def queued(write):
    """Queue a message; return its id."""
    return outbox.enqueue(write, NewMessage("key", "email", "surgery", {})).id


@pytest.mark.parametrize("use", PLAIN_TABLES.values(), ids=PLAIN_TABLES)
def test_what_is_no_text_is_refused_by_every_plain_table(store, use):
    tables = ("incoming", "outbox", "accounts", "drafts", "imported", "marks", "pulse")
    counted = " UNION ALL ".join(f"SELECT count(*) FROM {table}" for table in tables)  # noqa: S608
    before = store.db.execute(counted).fetchall()

    for text in NO_TEXT:
        with pytest.raises(TextNotKept), store.write(by="system", at=NOW) as write:
            use(write, text)

    assert store.db.execute(counted).fetchall() == before


def test_a_nul_inside_fields_is_kept_for_the_checks_to_show(store):
    fields = {"child-words": "Zo\x00fia"}

    with store.write(by="system", at=NOW) as write:
        kept = drafts.create(write, "p1", fields)

    assert drafts.read(store, kept.id).fields == fields


@pytest.mark.parametrize("text", NO_TEXT, ids=["a NUL", "half a letter"])
def test_what_is_no_text_is_never_asked_of_the_store(store, text):
    for params in ({"family": text}, {"identifier": text}, {"_id": text}, {"birthdate": text}):
        with pytest.raises(SearchNotUnderstood):
            store.search("Patient", **params)
    with pytest.raises(TextNotKept):
        store.read("Patient", text)
