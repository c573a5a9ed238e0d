"""What changed since the version before: all of it for the practice, and for others what they may see."""

import re
from datetime import timedelta
from html import unescape

import pytest

from plans.places import Organisation, OrganisationKind, Role
from plans.sharing import Basis, Reader
from portal.actions.circle.sharing import Wanted, share
from portal.actions.plans import withdraw_plan
from tests.portal.conftest import MONDAY_9AM
from tests.portal.making import (
    agreed,
    make_child,
    make_draft,
    make_family_member,
    make_plan,
    open_by_link,
    word_for,
)

LATER = MONDAY_9AM + timedelta(hours=1)
SALAMOL = {"reliever_product": "salamol-100"}
MONTELUKAST = {
    "add_on_product": "montelukast-chewable-tablets-5mg",
    "add_on_evening": "1",
    "reason_montelukast_warning": "The family was told.",
}
CHANGED = "What changed since"


@pytest.fixture
def gp(client_for):
    return client_for(Role.CLINICIAN)


@pytest.fixture
def child(store, gp):
    return make_child(store, gp.person)


@pytest.fixture
def first(store, child, gp):
    return make_plan(store, child, gp.person)


@pytest.fixture
def next_version(store, child, gp):
    """Sign a plan in the place of another; name what it says otherwise."""

    def make(plan, at=LATER, **changes):
        return make_plan(store, child, gp.person, at=at, replaces=plan.id, **changes)

    return make


def read(browser, address):
    """Return the words of a page."""
    answer = browser.get(address)
    assert answer.status_code == 200, address
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", answer.text)).split())


def changes_on(browser, address):
    """Return the words of the part of a page that says what changed; "" where there is none."""
    _, found, after = read(browser, address).partition(CHANGED)
    return after.partition("Print or save")[0].partition("of this plan")[0] if found else ""


def test_the_plans_page_says_what_changed_since_the_version_before(gp, first, next_version):
    second = next_version(first, **SALAMOL, preventer_morning="4")

    said = changes_on(gp, f"/plans/{second.id}")

    assert "version 1" in said
    assert "Preventer in the morning 2 puffs 4 puffs" in said
    assert "Reliever Ventolin Evohaler 100 microgram Salamol 100 microgram" in said


def test_a_first_plan_says_nothing_of_changes(gp, first):
    assert changes_on(gp, f"/plans/{first.id}") == ""


def test_any_two_versions_can_be_compared_whichever_is_named_first(gp, first, next_version):
    second = next_version(first, preventer_morning="4")
    third = next_version(second, at=LATER + timedelta(hours=1), preventer_morning="3")

    for since, other in [(first, third), (third, first)]:
        page = read(gp, f"/plans/{second.id}/changes?since={since.id}&with={other.id}")
        assert "What changed between version 1 and version 3" in page
        assert "Preventer in the morning 2 puffs 3 puffs" in page
    page = gp.get(f"/plans/{third.id}").text
    for version in (first, second, third):
        assert f'<option value="{version.id}"' in page


def test_two_versions_that_say_the_same_say_so(gp, first, next_version):
    second = next_version(first)

    assert "Nothing that the plan says has changed." in read(
        gp, f"/plans/{second.id}/changes?since={first.id}"
    )


def test_a_plan_is_compared_only_with_others_of_the_same_child(gp, store, first):
    other = make_plan(store, make_child(store, gp.person, given="Bilal", nhs_number=""), gp.person)

    assert gp.get(f"/plans/{first.id}/changes?since={other.id}").status_code == 404
    assert gp.get(f"/plans/{first.id}/changes?since={first.id}&with={other.id}").status_code == 404
    assert gp.get(f"/plans/{first.id}/changes").status_code == 404


def test_another_practice_sees_no_changes(first, next_version, make_person, client_for):
    second = next_version(first)
    home = Organisation("", OrganisationKind.PRACTICE, "Yew Surgery", "X99009", "0121 496 0109")
    other = client_for(Role.CLINICIAN, make_person(username="dr.grey", organisation=home))

    assert other.get(f"/plans/{second.id}/changes?since={first.id}").status_code == 404


def test_the_last_page_before_signing_says_what_changes_and_what_is_dropped(
    gp, store, child, next_version, first
):
    live = next_version(first, **MONTELUKAST)
    draft = make_draft(store, child, gp.person, replaces=live.id, reliever_when_needed="4")

    page = read(gp, f"/drafts/{draft.id}/answers")

    said = page[page.index("What changes from the live plan, version 2") :]
    assert "Reliever when needed 2 puffs 4 puffs" in said
    assert re.search(r"Extra medicine No longer on the plan Montelukast .*1 tablet in the evening", said)


def test_a_first_plan_has_no_live_one_to_be_compared_with(gp, store, child):
    draft = make_draft(store, child, gp.person)

    assert "What changes from" not in read(gp, f"/drafts/{draft.id}/answers")


def test_text_typed_in_a_plan_is_shown_as_typed(gp, first, next_version):
    second = next_version(first, child_words="<b>I run</b>")

    assert "<bdi>&lt;b&gt;I run&lt;/b&gt;</bdi>" in gp.get(f"/plans/{second.id}").text


# Those with whom it is shared


@pytest.fixture
def shared(client_for, store, gp):
    """Share the live plan of a new child with somebody of this role; return their browser and the child."""

    def make(role, at=MONDAY_9AM, **fields):
        browser = client_for(role)
        school = {"school_id": browser.person.organisation_id} if role is Role.SCHOOL_STAFF else {}
        child = make_child(store, gp.person, **school)
        plan = make_plan(store, child, gp.person, **fields)
        reader = Reader.SCHOOL if role is Role.SCHOOL_STAFF else Reader.HOSPITAL
        basis = Basis.CONSENT if role is Role.SCHOOL_STAFF else Basis.DIRECT_CARE
        word = word_for(store, child.id, basis, at.date())
        wanted = [Wanted(reader, browser.person.organisation_id, basis, consent=word)]
        share(store, child.id, wanted, by=gp.person, at=at)
        return browser, child, plan

    return make


def test_a_school_is_told_what_changed_on_its_own_copy_and_nothing_else(shared, store, gp):
    nurse, child, plan = shared(Role.SCHOOL_STAFF)
    make_plan(
        store, child, gp.person, at=LATER, replaces=plan.id,
        preventer_morning="4", child_words="I like to swim.", **SALAMOL,
    )  # fmt: skip

    said = changes_on(nurse, f"/shared/{child.id}")

    assert "Reliever Ventolin Evohaler 100 microgram Salamol 100 microgram" in said
    for hidden in ("Preventer", "4 puffs", "swim", "own words"):
        assert hidden not in said


def test_what_a_school_does_not_see_did_not_change_for_it(shared, store, gp):
    nurse, child, plan = shared(Role.SCHOOL_STAFF)
    make_plan(store, child, gp.person, at=LATER, replaces=plan.id, preventer_morning="4", worse_puffs="3")

    assert changes_on(nurse, f"/shared/{child.id}") == ""


def test_a_hospital_is_told_all_that_changed(shared, store, gp):
    ward, child, plan = shared(Role.HOSPITAL)
    make_plan(store, child, gp.person, at=LATER, replaces=plan.id, preventer_morning="4")

    assert "Preventer in the morning 2 puffs 4 puffs" in changes_on(ward, f"/shared/{child.id}")


def test_who_skipped_a_version_is_told_all_that_changed_since_the_one_that_they_know(shared, store, gp):
    nurse, child, plan = shared(Role.SCHOOL_STAFF)
    second = make_plan(store, child, gp.person, at=LATER, replaces=plan.id, **SALAMOL)
    third_at = LATER + timedelta(hours=1)
    third = make_plan(
        store, child, gp.person, at=third_at, replaces=second.id, **SALAMOL, preventer_morning="4"
    )

    said = changes_on(nurse, f"/shared/{child.id}")

    assert said.startswith(" version 1 ")
    assert "Ventolin Evohaler 100 microgram Salamol 100 microgram" in said
    nurse.post(f"/shared/{child.id}/read", data={"plan": third.id})
    at = third_at + timedelta(hours=1)
    make_plan(store, child, gp.person, at=at, replaces=third.id, reliever_when_needed="4")
    assert changes_on(nurse, f"/shared/{child.id}").startswith(" version 3 ")


def test_a_version_that_was_never_theirs_is_not_shown_by_way_of_what_changed(
    client_for, store, gp, child, first
):
    ward = client_for(Role.HOSPITAL)
    make_plan(store, child, gp.person, at=LATER, replaces=first.id, preventer_morning="4")
    wanted = [Wanted(Reader.HOSPITAL, ward.person.organisation_id, Basis.DIRECT_CARE)]
    share(store, child.id, wanted, by=gp.person, at=LATER)

    assert changes_on(ward, f"/shared/{child.id}") == ""


def test_a_withdrawn_plan_is_not_shown_again_by_way_of_what_changed(shared, store, gp):
    ward, child, plan = shared(Role.HOSPITAL)
    withdraw_plan(store, plan.id, reason="Written for her twin", by=gp.person, at=LATER)
    make_plan(store, child, gp.person, at=LATER, preventer_morning="4")

    assert changes_on(ward, f"/shared/{child.id}") == ""


def test_a_family_is_told_what_changed_but_not_how_the_plan_came_to_be(stranger, store, gp, child, first):
    mother = make_family_member(store, child)
    wanted = [Wanted(Reader.FAMILY, mother.id, Basis.CONSENT, consent=agreed(store, child.id))]
    (made,) = share(store, child.id, wanted, by=gp.person, at=MONDAY_9AM)
    make_plan(
        store, child, gp.person, at=LATER, replaces=first.id,
        preventer_morning="4", taught_to="", reason_not_taught="No time today.",
    )  # fmt: skip
    link = f"/f/{made.token}"
    open_by_link(stranger, store, link, gp.person)

    page = read(stranger, f"{link}/plan")

    said = page[page.index("What changed since version 1") :]
    assert "Preventer in the morning 2 puffs 4 puffs" in said
    for hidden in ("No time today", "Told the plan back", "Reason given", "The mother and the child"):
        assert hidden not in page
    assert "What changed" not in read(stranger, f"{link}/pictures")
