"""Searching: every parameter must hold, any of a list will do, and nothing unknown is ignored."""

from datetime import UTC, datetime, timedelta

import pytest

from fhir.store.errors import SearchNotUnderstood, SearchTooLong, UnknownSearchParameter
from fhir.store.search.parameters import SEARCH_PARAMETERS, Kind
from fhir.store.validation.required_codes import REQUIRED_CODES

NOW = datetime(2026, 11, 20, 18, 30, tzinfo=UTC)
NHS = "https://fhir.nhs.uk/Id/nhs-number"


@pytest.fixture
def child(keep):
    """Keep a child; name only what your test is about."""

    def make(**changes):
        return keep({"resourceType": "Patient"} | changes)

    return make


@pytest.fixture
def task(keep):
    """Keep a review Task; name only what your test is about."""

    def make(at=NOW, due=None, **changes):
        ready = {
            "resourceType": "Task",
            "status": "requested",
            "intent": "order",
            "for": {"reference": "Patient/p1"},
        }
        restriction = {"restriction": {"period": {"end": due}}} if due else {}
        return keep(ready | restriction | changes, at=at)

    return make


def ids(found):
    return [each["id"] for each in found]


def test_a_child_is_found_by_nhs_number(store, child):
    layan = child(identifier=[{"system": NHS, "value": "9991047077"}])
    child(identifier=[{"system": "https://example.org/hospital", "value": "9991047077"}])

    assert store.search("Patient", identifier=f"{NHS}|9991047077") == [layan]
    assert store.count("Patient", identifier="9991047077") == 2
    assert store.search("Patient", identifier="|9991047077") == []


def test_a_code_without_a_system_is_found_by_a_bar(store, child):
    kept = child(identifier=[{"value": "A1"}])

    assert store.search("Patient", identifier="|A1") == [kept]


@pytest.mark.parametrize("asked", ["wiśniewska", "WISNIEWSKA", "Wiśn", "  wisniewska "])
def test_a_name_is_found_without_capitals_accents_or_its_end(store, child, asked):
    zofia = child(name=[{"family": "Wiśniewska"}])
    child(name=[{"family": "Wisz"}])

    assert store.search("Patient", family=asked) == [zofia]


def test_signs_of_a_pattern_mean_themselves(store, child):
    child(name=[{"family": "Sandhu"}])

    assert store.search("Patient", family="%") == []
    assert store.search("Patient", family="S_ndhu") == []


def test_parameters_must_all_hold(store, task):
    both = task(owner={"reference": "Organization/o1"})
    task(owner={"reference": "Organization/o1"}, status="completed")
    task(owner={"reference": "Organization/o2"})

    assert store.search("Task", owner="Organization/o1", status="requested") == [both]


def test_any_value_of_a_list_will_do(store, task):
    wanted = {task(status=status)["id"] for status in ("requested", "accepted")}
    task(status="completed")

    assert set(ids(store.search("Task", status=["requested", "accepted"]))) == wanted


def test_nothing_is_found_by_an_empty_list(store, task):
    task(due="2026-11-24T23:59:59Z")

    for nothing in ({"subject": []}, {"_id": []}, {"due": []}, {"_lastUpdated": []}):
        assert store.search("Task", **nothing) == []


def test_a_list_may_hold_thousands(store, task):
    mine = task(owner={"reference": "Organization/o1"})
    task(owner={"reference": "Organization/o2"})
    children = [f"Patient/{number}" for number in range(3000)] + ["Patient/p1"]

    assert store.search("Task", subject=children, owner="Organization/o1") == [mine]


def test_all_conditions_of_a_tuple_must_hold(store, task):
    dues = ("2026-11-23T10:00:00Z", "2026-11-24T10:00:00Z", "2026-11-25T10:00:00Z")
    kept = [task(due=due)["id"] for due in dues]

    assert ids(store.search("Task", due=("ge2026-11-24", "lt2026-11-25"))) == kept[1:2]


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("2026-11-24", True),
        ("eq2026-11", True),
        ("2026", True),
        ("le2026-11-24T23:59:59Z", True),
        ("lt2026-11-24T23:59:59Z", False),
        ("gt2026-11-24T23:59:58Z", True),
        ("gt2026-11-24T23:59:59Z", False),
        ("ge2026-11-24T23:59:59Z", True),
        ("ge2026-11-24", True),
        ("gt2026-11-24", False),
        ("lt2026-11-24", False),
        ("ge2026-11-25", False),
        ("2026-11-25T00:59:59+01:00", True),
    ],
)
def test_a_moment_is_compared_as_fhir_says(store, task, asked, found):
    task(due="2026-11-24T23:59:59Z")

    assert store.count("Task", due=asked) == found


@pytest.mark.parametrize(
    ("due", "asked"),
    [
        ("9999-12-31T23:59:59-10:00", "gt9999-12-30"),
        ("0001-01-01T00:00:00+14:00", "lt0001-01-02"),
        ("2026-11-24T23:59:60Z", "2026-11-24T23:59:59Z"),
    ],
)
def test_a_moment_that_no_clock_of_ours_can_show_is_kept_and_found(store, task, due, asked):
    task(due=due)

    assert store.count("Task", due=asked) == 1


@pytest.mark.parametrize(
    ("asked", "found"), [("2026-06-10", True), ("2026-06-09", False), ("le2026-06-09", False)]
)
def test_a_day_is_a_uk_day(store, task, asked, found):
    task(due="2026-06-09T23:30:00Z")

    assert store.count("Task", due=asked) == found


@pytest.mark.parametrize(
    ("asked", "found"),
    [("ge2027-01-01", True), ("lt2026-11-20", False), ("le2026-11-20", True), ("2026-12-01", False)],
)
def test_a_period_without_an_end_goes_on(store, keep, asked, found):
    keep(
        {
            "resourceType": "CarePlan",
            "status": "active",
            "intent": "plan",
            "subject": {"reference": "Patient/p1"},
            "period": {"start": "2026-11-20"},
        }
    )

    assert store.count("CarePlan", date=asked) == found


def test_a_birth_date_is_found_by_day(store, child):
    born = child(birthDate="2015-06-01")
    child(birthDate="2015-06-02")

    assert store.search("Patient", birthdate="2015-06-01") == [born]


def test_a_reference_is_found_with_or_without_its_type_and_version(store, task):
    kept = task(focus={"reference": "CarePlan/c1/_history/3"})

    for asked in ("CarePlan/c1", "c1", "CarePlan/c1/_history/3"):
        assert store.search("Task", focus=asked) == [kept]
    for other in ("CarePlan/c1/_history/2", "Task/c1", "CarePlan/c"):
        assert store.search("Task", focus=other) == []


def test_a_reference_elsewhere_is_found_by_all_of_its_address(store, task):
    kept = task(owner={"reference": "https://example.org/fhir/Organization/o1"})

    assert store.search("Task", owner="https://example.org/fhir/Organization/o1") == [kept]
    assert store.search("Task", owner="Organization/o1") == []


def test_underscores_stand_for_hyphens(store, child):
    kept = child(generalPractitioner=[{"reference": "Organization/o1"}])

    assert store.search("Patient", general_practitioner="Organization/o1") == [kept]
    assert store.search("Patient", **{"general-practitioner": "Organization/o1"}) == [kept]


def test_patient_and_subject_are_one_name(store, task, keep):
    kept = task()
    nuts = keep({"resourceType": "AllergyIntolerance", "patient": {"reference": "Patient/p1"}})

    assert store.search("Task", patient="Patient/p1") == [kept]
    assert store.search("AllergyIntolerance", subject="Patient/p1") == [nuts]


def test_the_patient_of_an_appointment_is_not_its_practitioner(store, keep):
    actors = [{"reference": "Patient/x"}, {"reference": "Practitioner/y"}]
    participants = [{"actor": actor, "status": "accepted"} for actor in actors]
    keep({"resourceType": "Appointment", "status": "noshow", "participant": participants})

    assert [store.count("Appointment", patient=each) for each in ("x", "y")] == [1, 0]
    assert [store.count("Appointment", actor=each) for each in ("x", "y")] == [1, 1]


def test_a_template_address_may_hold_a_bar(store, keep):
    plan = {"resourceType": "CarePlan", "status": "active", "intent": "plan"}
    kept = keep(
        plan | {"subject": {"reference": "Patient/p1"}, "instantiatesUri": ["https://example.org/mart|2"]}
    )

    assert store.search("CarePlan", instantiates_uri="https://example.org/mart|2") == [kept]
    assert store.search("CarePlan", instantiates_uri="https://example.org/mart") == []


def test_the_newest_comes_first(store, task):
    old, new = task(at=NOW), task(at=NOW + timedelta(hours=1))

    assert store.search("Task") == [new, old]
    assert store.search("Task", _sort="_lastUpdated") == [old, new]


def test_of_one_moment_the_last_kept_comes_first(store, task):
    first, second = task(), task()

    assert store.search("Task") == [second, first]


def test_a_date_sorts_and_what_has_none_comes_last(store, task):
    later, never, sooner = task(due="2026-11-25"), task(), task(due="2026-11-24")

    assert store.search("Task", _sort="due") == [sooner, later, never]
    assert store.search("Task", _sort="-due") == [later, sooner, never]


def test_pages_follow_each_other(store, task):
    kept = [task()["id"] for _ in range(5)]

    assert ids(store.search("Task", _count=2)) == kept[:2:-1]
    assert ids(store.search("Task", _count="2", _offset="4")) == kept[:1]
    assert store.count("Task", _count=2) == 5


def test_a_changed_resource_is_found_by_what_it_is_now(store, task):
    kept = task()
    with store.write(by="system", at=NOW) as write:
        done = write.update(kept | {"status": "completed"}, if_match="1")
        write.audit("U", f"Task/{kept['id']}")

    assert store.search("Task", status="requested") == []
    assert store.search("Task", status="completed") == [done]


def test_ids_and_moments_of_change_are_searched_for_every_type(store, keep):
    kept = keep({"resourceType": "Basic", "code": {"text": "anything"}})

    assert store.search("Basic", _id=kept["id"], _lastUpdated="ge2026-11-20") == [kept]
    assert store.search("Basic", _id=kept["id"], _lastUpdated="gt2026-11-20") == []


@pytest.mark.parametrize("name", ["colour", "status:not", "birthdate", "_sorts", "_text", ""])
def test_an_unknown_parameter_is_refused(store, name):
    with pytest.raises(UnknownSearchParameter, match="Use one of: .*due"):
        store.search("Task", **{name: "x"})


@pytest.mark.parametrize("sort", ["status", "-colour", "", "due,status"])
def test_an_order_by_anything_but_a_date_is_refused(store, sort):
    with pytest.raises(UnknownSearchParameter):
        store.search("Task", _sort=sort)


@pytest.mark.parametrize(
    "params",
    [
        {"due": "yesterday"},
        {"due": "2026-11-24T10:00:00"},
        {"due": "2026-13-01"},
        {"due": "ap2026-11-24"},
        {"status": None},
        {"status": ""},
        {"status": ["requested", None]},
        {"code": "http://snomed.info/sct|"},
        {"_id": 7},
        {"_id": ()},
        {"code": ()},
        {"_count": "-1"},
        {"_count": "all"},
        {"_offset": 1.5},
    ],
)
def test_a_value_that_cannot_be_read_is_refused(store, params):
    with pytest.raises(SearchNotUnderstood):
        store.search("Task", **params)


def test_an_order_is_one_of_dates_for_each_type():
    for parameters in SEARCH_PARAMETERS.values():
        assert all(parameter.paths and parameter.kind in Kind for parameter in parameters.values())


def test_every_type_that_is_searched_by_status_has_its_statuses():
    by_status = {name for name, parameters in SEARCH_PARAMETERS.items() if "status" in parameters}

    assert by_status == {name for name in by_status if "status" in REQUIRED_CODES[name]}


def test_fifty_conditions_are_answered_and_a_thousand_are_too_many(store, keep):
    kept = keep({"resourceType": "Patient", "name": [{"family": "Wis"}]})

    assert store.search("Patient", family=("wis",) * 50) == [kept]
    with pytest.raises(SearchTooLong, match="fewer"):
        store.search("Patient", family=("wis",) * 1000)


@pytest.mark.parametrize("name", ["due", "_lastUpdated"])
def test_a_list_of_more_dates_than_an_engine_takes_is_refused(store, name):
    with pytest.raises(SearchTooLong, match="fewer"):
        store.search("Task", **{name: ["2026-11-24"] * 2000})


def test_an_accent_alone_begins_no_name(store, child):
    with pytest.raises(SearchNotUnderstood):
        store.search("Patient", family="\u0301")
