"""An audit entry comes back from FHIR as it went in."""

from datetime import UTC, datetime

import pytest

from fhir.audit_event import INTERACTION_OF, Action, AuditEntry, from_audit_event, to_audit_event

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
