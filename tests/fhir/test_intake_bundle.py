"""A bundle from elsewhere is opened whole and checked, or refused with one sentence."""

import gzip
import json

import pytest

from fhir.intake import errors
from fhir.intake.bundle import MEGABYTES, bundle_of, open_bundle, parse_bundle
from plans.errors import NhsNumberInvalid
from tests.fhir.gp_records import CHILD, about_the_child, bundle, concept, condition, entry, issue, raw

PROBLEM = condition(concept("195967001"))


@pytest.mark.parametrize("kind", ["collection", "transaction", "document", "searchset"])
def test_bundles_that_hold_a_record_are_opened(kind):
    assert len(parse_bundle(raw(bundle(entry(PROBLEM), kind=kind))).entries) == 4


def test_a_packed_file_is_opened_like_any_other(tmp_path):
    (tmp_path / "record.json").write_bytes(raw(bundle()))
    (tmp_path / "record.json.gz").write_bytes(gzip.compress(raw(bundle())))

    assert open_bundle(tmp_path / "record.json") == open_bundle(tmp_path / "record.json.gz")


def test_a_byte_order_mark_is_no_fault():
    assert parse_bundle(b"\xef\xbb\xbf" + raw(bundle())).entries


def test_a_file_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(errors.FileNotThere):
        open_bundle(tmp_path / "record.json")
    with pytest.raises(errors.FileNotThere):
        open_bundle(tmp_path)


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(b"", id="empty"),
        pytest.param(b"{", id="cut off"),
        pytest.param(raw(bundle()).decode().encode("utf-16"), id="UTF-16"),
        pytest.param(raw(bundle()).replace(b"Robin", b"Ren\xe9e"), id="Latin 1"),
        pytest.param(b'{"resourceType": "Bundle", "total": NaN}', id="not a number"),
        pytest.param(b'{"resourceType": "\\ud800"}', id="half a character"),
        pytest.param(b'{"resourceType": "\\u0000"}', id="a null character"),
        pytest.param(gzip.compress(raw(bundle()))[:-9], id="packed and cut off"),
        pytest.param(b"[" * 100_000, id="nested without end"),
    ],
)
def test_what_is_not_json_in_utf_8_is_refused(content):
    with pytest.raises(errors.NotJson):
        parse_bundle(content)


def test_nesting_deeper_than_fhir_is_refused():
    with pytest.raises(errors.TooDeep):
        parse_bundle(b'{"a":' * 70 + b"1" + b"}" * 70)


def test_two_values_under_one_name_are_refused():
    twice = raw(bundle()).replace(b'"birthDate"', b'"birthDate": "2010-01-01", "birthDate"', 1)

    with pytest.raises(errors.RepeatedKey):
        parse_bundle(twice)


@pytest.mark.parametrize("pack", [bytes, gzip.compress], ids=["plain", "packed small"])
def test_more_than_20_mb_is_refused(pack):
    with pytest.raises(errors.FileTooBig):
        parse_bundle(pack(b" " * (MEGABYTES * 10**6 + 1)))


@pytest.mark.parametrize(
    "content",
    [
        pytest.param([], id="a list"),
        pytest.param({"resourceType": "Patient"}, id="no bundle"),
        pytest.param(bundle(kind="history"), id="another type of bundle"),
        pytest.param(
            {"resourceType": "Bundle", "type": "collection", "entry": {}}, id="entries that are no list"
        ),
        pytest.param(
            {"resourceType": "Bundle", "type": "collection", "entry": [1]}, id="an entry that is none"
        ),
    ],
)
def test_what_is_no_bundle_of_a_record_is_refused(content):
    with pytest.raises(errors.NotABundle):
        parse_bundle(raw(content))


@pytest.mark.parametrize(
    "resource",
    [
        pytest.param({"name": "no type"}, id="no type"),
        pytest.param("Patient", id="words"),
        pytest.param(
            {"resourceType": "Condition", "subject": {"reference": CHILD}, "codes": []}, id="unknown element"
        ),
        pytest.param({"resourceType": "Condition"}, id="no subject"),
        pytest.param({"resourceType": "Condition", "subject": CHILD}, id="a reference that is none"),
    ],
)
def test_a_resource_that_does_not_keep_to_fhir_is_refused_by_its_place(resource):
    with pytest.raises(errors.ResourceNotUnderstood, match="ntry 4"):
        parse_bundle(raw(bundle({"resource": resource})))


def test_a_resource_of_a_type_that_is_never_used_need_not_keep_to_fhir():
    assert parse_bundle(raw(bundle(entry({"resourceType": "Claim", "oddity": 1}))))


class TestReferences:
    def pointing_at(self, reference):
        return entry(condition(concept("195967001"), encounter={"reference": reference}), "pointing")

    @pytest.mark.parametrize(
        "missing",
        ["urn:uuid:00000000-0000-4000-8000-000000000000", "Encounter/17", "Encounter/17/_history/2"],
    )
    def test_one_that_leads_nowhere_is_refused_by_name(self, missing):
        with pytest.raises(errors.BrokenReference) as refusal:
            parse_bundle(raw(bundle(self.pointing_at(missing))))

        assert "Condition (entry 4)" in str(refusal.value)
        assert missing.removesuffix("/_history/2") in str(refusal.value)

    def test_a_long_number_is_not_shown(self):
        with pytest.raises(errors.BrokenReference) as refusal:
            parse_bundle(raw(bundle(self.pointing_at("Encounter/9991230041"))))

        assert "9991230041" not in str(refusal.value)

    @pytest.mark.parametrize(
        "elsewhere",
        [
            pytest.param("Encounter?identifier=https://example.org|1", id="a search"),
            pytest.param("https://example.org/fhir/Encounter/17", id="another server"),
            pytest.param("#inside", id="contained"),
        ],
    )
    def test_one_that_leads_elsewhere_is_no_fault(self, elsewhere):
        assert parse_bundle(raw(bundle(self.pointing_at(elsewhere))))

    @pytest.mark.parametrize(
        ("full_url", "reference"),
        [
            ("https://gp.example.org/fhir/Encounter/17", "Encounter/17"),
            ("https://gp.example.org/fhir/Encounter/17", "https://gp.example.org/fhir/Encounter/17"),
            ("https://gp.example.org/fhir/Encounter/17", "Encounter/17/_history/2"),
            (None, "Encounter/17"),
        ],
    )
    def test_a_resource_is_found_by_its_address_or_its_id(self, full_url, reference):
        visit = about_the_child("Encounter", id="17", status="finished", **{"class": {"code": "AMB"}})
        there = {"resource": visit} | ({"fullUrl": full_url} if full_url else {})

        opened = parse_bundle(raw(bundle(there, self.pointing_at(reference))))

        assert opened.at({"reference": reference}).kind == "Encounter"


@pytest.mark.parametrize("written", ["999 123 0041", " 9991230041 ", "999-123-0041"])
def test_an_nhs_number_is_its_ten_digits_however_it_is_written(written):
    number = {"system": "https://fhir.nhs.uk/Id/nhs-number", "value": written}
    other = {"system": "https://gp.example.org/Id/patient", "value": "1 2"}

    (child, *_) = parse_bundle(raw(bundle(identifier=[other, number]))).of("Patient")

    assert child.resource["identifier"] == [other, number | {"value": "9991230041"}]


def test_an_nhs_number_with_a_wrong_check_digit_is_refused():
    wrong = [{"system": "https://fhir.nhs.uk/Id/nhs-number", "value": "9991230042"}]

    with pytest.raises(NhsNumberInvalid):
        parse_bundle(raw(bundle(identifier=wrong)))


def test_the_same_resource_again_is_left_out():
    opened = parse_bundle(raw(bundle(entry(PROBLEM, "a"), entry(PROBLEM, "a"))))

    assert (len(opened.entries), len(opened.twice)) == (4, 1)


def test_two_resources_at_one_address_are_refused():
    with pytest.raises(errors.TwoVersions, match="entry 5"):
        parse_bundle(raw(bundle(entry(PROBLEM, "a"), entry(issue("2026-01-01"), "a"))))


def test_an_entry_without_a_resource_is_passed_over():
    deleted = {"request": {"method": "DELETE", "url": "Condition/1"}}

    assert len(parse_bundle(raw(bundle(deleted))).entries) == 3


def test_resources_of_a_store_are_a_bundle_too():
    resources = [
        {"resourceType": "Patient", "id": "p1", "birthDate": "2016-03-14"},
        {"resourceType": "Condition", "id": "c1", "subject": {"reference": "Patient/p1"}},
    ]

    opened = bundle_of({"resource": resource} for resource in resources)

    assert opened.at({"reference": "Patient/p1"}).kind == "Patient"


def test_no_refusal_holds_what_the_file_says():
    with pytest.raises(errors.ResourceNotUnderstood) as refusal:
        parse_bundle(raw(bundle(entry({"resourceType": "Condition", "subject": "Robin Example"}))))

    assert "Robin" not in str(refusal.value)
    assert refusal.value.__cause__ is None
    assert json.dumps(refusal.value.args)


@pytest.mark.parametrize(
    "changes",
    [
        pytest.param({"authoredOn": 1_000_000_000}, id="a date as seconds"),
        pytest.param({"doNotPerform": "false"}, id="a no in words"),
        pytest.param({"dispenseRequest": {"quantity": {"value": "2"}}}, id="a number in words"),
        pytest.param({"authoredOn": 0}, id="a number for a day"),
    ],
)
def test_a_value_of_another_type_is_refused(changes):
    with pytest.raises(errors.ResourceNotUnderstood):
        parse_bundle(raw(bundle(entry(issue("2026-10-01", **changes)))))


def test_a_name_without_a_value_says_nothing():
    assert parse_bundle(raw(bundle(entry(issue("2026-10-01", statusReason=None)))))
