"""Nothing that anybody does changes what a signed plan says: it is only replaced or withdrawn."""

import re

import pytest

from fhir import kept_people, kept_plans
from plans.places import Role
from plans.plan import Status
from plans.sharing import Basis, Reader
from portal.actions.circle.sharing import Wanted, share
from tests.portal.conftest import MONDAY_9AM
from tests.portal.making import PREVENTER_AND_RELIEVER, agreed, make_child, make_family_member, make_plan

# What ending a plan may change, by type of resource.
MAY_CHANGE = {
    "CarePlan": {"status", "extension", "meta"},
    "MedicationRequest": {"status", "meta"},
    "RequestGroup": {"status", "meta"},
    "CommunicationRequest": {"status", "meta"},
}
WITHDRAWN = {"text": "withdrawn"}
LIFE = {"status", "ended"}  # the only parts of the plan's own details that ending may change
TYPED = PREVENTER_AND_RELIEVER | {
    "reliever-product": "salamol-100",
    "reason": "Any reason",
    "answer": "yes",
    "school": "yes",
    "version": "1",
}


@pytest.fixture
def gp(client_for):
    return client_for(Role.CLINICIAN)


@pytest.fixture
def plan(store, gp, client_for):
    """A signed plan that a school and a hospital have, and a mother at home."""
    nurse, ward = (client_for(role).person for role in (Role.SCHOOL_STAFF, Role.HOSPITAL))
    child = make_child(store, gp.person, school_id=nurse.organisation_id)
    make_family_member(store, child)
    plan = make_plan(store, child, gp.person, child_words="I like to swim.", use_peak_flow="no")
    wanted = [
        Wanted(Reader.SCHOOL, nurse.organisation_id, Basis.CONSENT, consent=agreed(store, child.id)),
        Wanted(Reader.HOSPITAL, ward.organisation_id, Basis.DIRECT_CARE),
    ]
    share(store, child.id, wanted, by=gp.person, at=MONDAY_9AM)
    return plan


def said(store, plan):
    """Return everything that was kept when the plan was signed, but for where it stands in its life."""
    resources = [
        one for one in kept_plans.signed_resources(store, plan.id) if one.get("activity") != WITHDRAWN
    ]
    return {f"{one['resourceType']}/{one['id']}": _words(one) for one in resources}


def _words(resource):
    hidden = MAY_CHANGE.get(resource["resourceType"], set())
    words = {name: value for name, value in resource.items() if name not in hidden}
    if resource["resourceType"] == "CarePlan":
        parts = resource["extension"][0]["extension"]
        words["details"] = [part for part in parts if part["url"] not in LIFE]
    return words


def addresses(portal, plan):
    """Return every address that takes a form, with this plan and this child in the place of what it names."""
    names = {"plan_id": plan.id, "draft_id": plan.id, "child_id": plan.child_id}
    for rule in portal.url_map.iter_rules():
        if "POST" in rule.methods:
            yield re.sub(r"<(?:\w+:)?(\w+)>", lambda found: names.get(found[1], plan.id), rule.rule)


@pytest.mark.parametrize("role", Role)
def test_no_form_that_anybody_sends_changes_what_a_signed_plan_says(portal, client_for, store, plan, role):
    before, browser = said(store, plan), client_for(role)

    for address in addresses(portal, plan):
        if not address.startswith("/sign"):
            answer = browser.post(address, data=TYPED | {"plan": plan.id})
            if (answer.location or "").startswith("/sign-in"):  # what came before has ended the session
                browser = client_for(role)
                browser.post(address, data=TYPED | {"plan": plan.id})

    assert said(store, plan) == before


def test_what_was_signed_stays_through_a_new_version_and_through_its_end(gp, store, plan):
    before, child = said(store, plan), plan.child_id

    second = make_plan(
        store, kept_people.child(store, child), gp.person, replaces=plan.id, child_words="I run."
    )
    after_second = said(store, second)
    gp.post(f"/plans/{second.id}/withdraw", data={"reason": "Wrong dose"})

    assert said(store, plan) == before
    assert said(store, second) == after_second
    assert [one.status for one in kept_plans.plans_of(store, child)] == [Status.WITHDRAWN, Status.REPLACED]


def test_a_signed_draft_takes_no_more_words(gp, store, plan):
    for step in ("", "/check", "/finish", "/regimen", "/sign", "/drop"):
        answer = gp.post(f"/drafts/{plan.id}{step}", data=TYPED)
        assert answer.status_code == 409, step
