"""A signal becomes a DetectedIssue and comes back whole; none of them is for a family or a school."""

import json

import pytest

from fhir.codes import SNOMED, is_coded
from fhir.detected_issue import Detected, from_detected_issue, to_detected_issue
from fhir.flag import BANNERS, from_flag, has_banner, to_flag
from fhir.store.validation.checking import check
from plans.signals import SIGNALS, Signal, Visibility
from tests.fhir.conftest import NOW

CHILD = "6c5f0a52-4c86-4a39-9d2f-0f3f8d8e6a01"
STAY = "Encounter/0d6e3f0e-8a86-4d7b-9d0a-3a1c5c2b7f02"


def detected(rule, **changes):
    signal = Signal(rule.name, "It was found.", rule.source, rule.tag, rule.visibility)
    return Detected(CHILD, signal, NOW, **changes)


ALL = [pytest.param(detected(rule), id=rule.name) for rule in SIGNALS]
WITH_BANNER = [pytest.param(detected(rule), id=rule.name) for rule in SIGNALS if rule.name in BANNERS]


@pytest.mark.parametrize("found", ALL)
def test_every_signal_comes_back_from_its_detected_issue(found):
    issue = json.loads(json.dumps(to_detected_issue(found)))

    check(issue)
    assert from_detected_issue(issue) == found


def test_what_a_signal_rests_on_comes_back_too():
    found = detected(SIGNALS[0], evidence=(STAY,))

    assert from_detected_issue(to_detected_issue(found)) == found


@pytest.mark.parametrize("found", ALL)
def test_every_detected_issue_is_labelled_restricted_and_has_no_grade(found):
    issue = to_detected_issue(found)

    assert [label["code"] for label in issue["meta"]["security"]] == ["R"]
    assert "severity" not in issue


@pytest.mark.parametrize("found", WITH_BANNER)
def test_a_banner_comes_back_from_its_flag_and_is_labelled_restricted(found):
    flag = json.loads(json.dumps(to_flag(found)))

    check(flag)
    assert from_flag(flag) == found
    assert [label["code"] for label in flag["meta"]["security"]] == ["R"]


def test_every_restricted_signal_has_a_banner_and_nothing_private_has_one():
    seen = {rule.visibility: set() for rule in SIGNALS}
    for rule in SIGNALS:
        seen[rule.visibility].add(has_banner(detected(rule)))

    assert seen[Visibility.RESTRICTED] == {True}
    assert seen[Visibility.PRIVATE] == {False}


def test_every_banner_is_a_signal():
    assert set(BANNERS) <= {rule.name for rule in SIGNALS}


def test_a_looked_after_child_is_coded_as_other_systems_code_it():
    rule = next(rule for rule in SIGNALS if rule.name == "looked-after")

    assert is_coded(to_flag(detected(rule))["code"], SNOMED, "764841000000100")


def test_one_signal_of_one_child_has_one_id_whenever_it_is_found():
    once, again = (to_detected_issue(detected(SIGNALS[0])) for _ in range(2))

    assert once["id"] == again["id"]
