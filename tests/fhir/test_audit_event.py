"""An audit entry comes back from FHIR as it went in."""

from datetime import UTC, datetime

import pytest
from fhir.resources.R4B.auditevent import AuditEvent

from fhir.actor import PURPOSE_OF, Actor, Purpose, by_link
from fhir.audit_event import INTERACTION_OF, Action, AuditEntry, from_audit_event, to_audit_event
from fhir.store.validation.plain_form import is_plain
from plans.places import Role

NOW = datetime(2026, 11, 20, 18, 30, tzinfo=UTC)


@pytest.mark.parametrize("action", Action)
@pytest.mark.parametrize(
    ("what", "child"), [("CarePlan/c1/_history/2", "Patient/p1"), ("draft/d1", "Patient/p1"), (None, None)]
)
def test_an_entry_comes_back_as_it_went_in(action, what, child):
    entry = AuditEntry(action, "system", NOW, what, child, "a detail", "8")

    assert from_audit_event(to_audit_event(entry)) == entry


def test_an_entry_about_the_child_names_the_child_once():
    event = to_audit_event(AuditEntry(Action.READ, "Practitioner/x", NOW, child="Patient/p1"))

    assert [each["what"] for each in event["entity"]] == [{"reference": "Patient/p1"}]
    assert from_audit_event(event).what == from_audit_event(event).child == "Patient/p1"


def test_every_action_has_its_interaction():
    assert set(INTERACTION_OF) == set(Action)


def test_an_entry_says_post_role_organisation_and_purpose_of_who_acted():
    who = Actor(
        "Practitioner/x",
        role=Role.HOSPITAL,
        purpose=Purpose.EMERGENCY,
        post_id="post-1",
        organisation_id="ward-1",
    )

    back = from_audit_event(to_audit_event(AuditEntry(Action.READ, who, NOW, child="Patient/p1"))).by

    assert back == "Practitioner/x"
    assert vars(back) == vars(who)


def test_an_entry_of_an_actor_is_plain_enough_to_be_checked_quickly():
    by = by_link("mother")

    assert is_plain(AuditEvent, to_audit_event(AuditEntry(Action.READ, by, NOW, child="Patient/p1")))


def test_somebody_at_home_comes_by_their_link_and_for_no_organisation():
    event = to_audit_event(AuditEntry(Action.READ, by_link("mother"), NOW, child="Patient/p1"))

    assert event["agent"][0]["role"][0]["coding"][0]["code"] == "link"
    assert "site" not in event["source"]
    assert from_audit_event(event).by.purpose is Purpose.FAMILY


def test_every_role_has_its_purpose():
    assert set(PURPOSE_OF) == set(Role)
    assert Purpose.EMERGENCY not in PURPOSE_OF.values()
