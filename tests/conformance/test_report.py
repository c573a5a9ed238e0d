"""The report leaves nothing out, and finds a reason to fail wherever there is one."""

import pytest

from conformance.gathered import Sample, different, unlike
from conformance.known import KNOWN, name_of
from conformance.report import facts, report_on
from conformance.validators import Issue, Said
from fhir.codes import UK_CORE

PLAN = {
    "resourceType": "CarePlan",
    "id": "1",
    "meta": {"profile": [UK_CORE + "CarePlan"]},
    "status": "active",
}
SAMPLES = (Sample(PLAN, 3),)
LOADED = frozenset({UK_CORE + "CarePlan"})
WRONG = Issue("error", "cpl-3", "CarePlan.activity[0]", "Provide a reference or detail, not both")
ODD = Issue("warning", "odd", "CarePlan.title", "A title that nobody has seen before")
UNCHECKED = Issue("warning", "tx", "CarePlan.category", "cannot check http://snomed.info/sct")
NOBODY_CAME = Issue(
    "error",
    "x/Appointment#app-4",
    "Appointment",
    "Constraint failed: app-4: 'Cancelation reason is only used for appointments that have been cancelled'",
)


def report(*issues, samples=SAMPLES, loaded=LOADED, has_uk_core=True):
    return report_on(samples, {"HAPI": Said(loaded, (issues,) * len(samples))}, has_uk_core=has_uk_core)


def test_what_is_valid_gives_no_reason_to_fail_and_is_counted():
    found = report()

    assert found.faults == ()
    assert found.figures() == [
        "HAPI: 1 different resources of 3 validated, 0 errors, 0 warnings and errors known by name"
    ]
    assert "| HAPI | CarePlan | UKCore-CarePlan | 1 | 0 | 0 |" in found.page()


@pytest.mark.parametrize(
    "made",
    [
        pytest.param(lambda: report(WRONG), id="an error"),
        pytest.param(lambda: report(loaded=frozenset()), id="a claimed profile that was not loaded"),
        pytest.param(lambda: report(samples=()), id="no resource"),
        pytest.param(lambda: report_on([Sample(PLAN, 1)], {}, has_uk_core=True), id="no validator"),
    ],
)
def test_a_reason_to_fail_is_found(made):
    assert len(made().faults) == 1


def test_a_validator_that_speaks_of_too_few_resources_is_not_believed():
    with pytest.raises(ValueError, match="shorter"):
        report_on([Sample(PLAN, 1)], {"HAPI": Said(LOADED, ())}, has_uk_core=True)


def test_every_warning_is_on_the_page_by_its_name_or_its_words():
    page = report(UNCHECKED, ODD, ODD).page()

    assert "| HAPI | CarePlan | SNOMED CT, which includes dm+d | 1 |" in page
    assert "| HAPI | CarePlan | A title that nobody has seen before | 2 |" in page


def test_a_page_is_held_against_another_without_its_counts():
    assert facts(report(ODD).page()) == facts(report(ODD, samples=(Sample(PLAN, 1), Sample(PLAN, 1))).page())
    assert facts(report(ODD).page()) - facts(report().page()) == {("HAPI", "CarePlan", ODD.message)}


def test_an_error_is_known_only_where_the_table_says_so_and_of_that_resource_only():
    assert name_of(NOBODY_CAME, {"resourceType": "Appointment", "status": "noshow"}) == KNOWN[0].name
    assert name_of(NOBODY_CAME, {"resourceType": "Appointment", "status": "booked"}) == ""
    assert name_of(Issue("error", "tx", "CarePlan.category", UNCHECKED.message), PLAN) == ""


def test_every_known_thing_has_a_name_of_its_own_and_a_reason():
    assert len({known.name for known in KNOWN}) == len(KNOWN)
    assert all(known.why.endswith(".") for known in KNOWN)


def test_resources_that_differ_by_ids_versions_and_moments_are_validated_once():
    uuids = ("0f8fad5b-d9cb-469f-a165-70867728950e", "7c9e6679-7425-40de-944b-e07fc1f90ae7")
    same = [PLAN | {"id": uuid, "meta": PLAN["meta"] | {"versionId": uuid[0]}} for uuid in uuids]

    assert [one.times for one in different(same)] == [2]
    assert len(different([PLAN, PLAN | {"status": "revoked"}])) == 2


def test_what_is_in_a_bundle_is_validated_by_itself_too():
    assert [one.kind for one in different([{"resourceType": "Bundle", "entry": [{"resource": PLAN}]}])] == [
        "Bundle",
        "CarePlan",
    ]


def test_of_resources_with_the_same_elements_and_codes_one_is_chosen():
    titled = [Sample(PLAN | {"title": title}, 1) for title in ("Plan 1", "Plan 2")]

    assert len(unlike(titled)) == 1
    assert len(unlike([*titled, Sample(PLAN, 1), Sample(PLAN | {"status": "revoked"}, 1)])) == 3
