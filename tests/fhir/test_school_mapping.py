"""What school writes down, as FHIR and back: nothing is lost, and nothing of others is taken for it."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from fhir.consent import is_share
from fhir.medication_administration import (
    from_medication_administration,
    is_given_at_school,
    to_medication_administration,
)
from fhir.school_consent import from_emergency_consent, to_emergency_consent
from fhir.school_inhaler import from_inhaler_form, inhaler_form_id, to_inhaler_form
from fhir.school_kit import from_kit_form, kit_id, to_kit_form
from fhir.school_observation import from_absence, from_school_event, to_absence, to_school_event
from fhir.store.validation.checking import check
from plans.month_year import MonthYear
from plans.school_consent import EmergencyConsent
from plans.school_inhaler import SchoolInhaler, Spacer
from plans.school_kit import KitCheck, KitItem
from plans.school_log import EntryKind, Inhaler, SchoolEntry, Why
from plans.school_term import Absence, Season, Term

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
MISSING = SchoolInhaler("child", "school", False, Spacer.MISSING, "post", NOW)
THERE = replace(MISSING, is_there=True, place="Office", expires=MonthYear(2027, 11), doses_left=0)
KIT = KitCheck("school", "Hall", "post", NOW, 1, "AB1", MonthYear(2027, 5), 2, frozenset(KitItem))
PE = SchoolEntry("one", "child", EntryKind.MISSED_PE, NOW, "post")
ATTACK = replace(
    PE, kind=EntryKind.ATTACK, words="Wheezy", told_by="Office", is_hidden=True, called_999=True, error="Twin"
)
AT_SCHOOL = replace(ATTACK, school_id="school")
RELIEVER = replace(PE, kind=EntryKind.RELIEVER, puffs=2, inhaler=Inhaler.OWN, why=Why.EXERCISE)
WITH_ALL = replace(
    RELIEVER,
    words="Better",
    told_by="Office",
    given_by="Teacher",
    is_hidden=True,
    error="Twin",
    school_id="school",
)


def valid(resource):
    """Return a resource as the store would take it."""
    check(resource)
    return resource


@pytest.mark.parametrize("found", [MISSING, THERE])
def test_a_check_of_an_inhaler_comes_back_as_it_was(found):
    assert from_inhaler_form(valid(to_inhaler_form(found, is_first=True))) == found


@pytest.mark.parametrize(
    "found",
    [KIT, replace(KIT, inhalers=0, batch="", expires=None, has=frozenset()), replace(KIT, is_kept=False)],
)
def test_a_check_of_a_kit_comes_back_as_it_was(found):
    assert from_kit_form(valid(to_kit_form(found, is_first=False))) == found


@pytest.mark.parametrize("entry", [RELIEVER, WITH_ALL])
def test_a_reliever_comes_back_as_it_was(entry):
    resource = valid(to_medication_administration(entry))

    assert from_medication_administration(resource) == entry
    assert is_given_at_school(resource)


@pytest.mark.parametrize("entry", [PE, ATTACK, AT_SCHOOL])
def test_an_attack_and_missed_pe_come_back_as_they_were(entry):
    assert from_school_event(valid(to_school_event(entry))) == entry


@pytest.mark.parametrize("is_given", [True, False])
def test_an_answer_comes_back_as_it_was_and_is_no_share(is_given):
    answer = EmergencyConsent("child", "school", is_given, "A parent", date(2026, 9, 1))
    consent = valid(to_emergency_consent(answer))

    assert from_emergency_consent(consent) == answer
    assert not is_share(consent)


def test_absence_comes_back_as_it_was():
    figures = Absence("child", Term(Season.AUTUMN, 2026), 14, 120, "post", NOW)

    assert from_absence(valid(to_absence(figures, is_first=True))) == figures


def test_a_medicine_given_elsewhere_is_not_taken_for_schools():
    elsewhere = to_medication_administration(RELIEVER) | {"performer": [{"actor": {"display": "A ward"}}]}

    assert not is_given_at_school(elsewhere)


def test_each_child_and_each_site_has_one_form():
    assert inhaler_form_id("one") != inhaler_form_id("two")
    assert kit_id("school", "The  Hall ") == kit_id("school", "the hall")
    assert kit_id("school", "Hall") != kit_id("other", "Hall")
