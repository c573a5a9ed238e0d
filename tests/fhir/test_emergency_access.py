"""What was opened in an emergency, and what a family was told, come back from FHIR as they went in."""

from datetime import UTC, datetime, timedelta

import pytest

from fhir import kept_emergencies
from fhir.codes import NHS_NUMBER
from fhir.consent import is_share
from fhir.emergency_access import from_emergency_consent, to_emergency_consent
from fhir.kept_shares import live_shares_of, shares_of
from fhir.sights import in_emergency, with_plan
from fhir.who_looked import from_communication, is_released_list, to_communication
from plans.emergency_access import closed, opened
from plans.who_looked import Released

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
ACCESS = opened("a1", "c1", "An attack", by="p1", organisation_id="o1", at=NOW)
RELEASED = Released("l1", "t1", "c1", "RelatedPerson/m1", "Practitioner/p1", NOW, ("Elm", "Oak"))


@pytest.fixture
def child(keep):
    return keep(
        {"resourceType": "Patient", "id": "c1", "identifier": [{"system": NHS_NUMBER, "value": "9990000018"}]}
    )


@pytest.mark.parametrize("access", [ACCESS, closed(ACCESS, NOW + timedelta(hours=1))])
def test_an_access_comes_back_as_it_went_in(keep, access):
    assert from_emergency_consent(keep(to_emergency_consent(access))) == access


def test_a_list_comes_back_as_it_went_in(keep):
    kept = keep(to_communication(RELEASED))

    assert from_communication(kept) == RELEASED
    assert is_released_list(kept)


def test_an_access_is_no_share(store, keep, child):
    assert not is_share(keep(to_emergency_consent(ACCESS)))
    assert live_shares_of(store, "c1", NOW) == []
    assert shares_of(store, "c1") == []
    assert not store.count("Patient", with_plan("Organization/o1", NOW))


def test_the_search_shows_the_child_to_that_person_until_it_ends(store, keep, child):
    keep(to_emergency_consent(ACCESS))
    late = ACCESS.until + timedelta(seconds=2)

    assert store.count("Patient", in_emergency("Practitioner/p1", NOW)) == 1
    assert store.count("Patient", in_emergency("Practitioner/p2", NOW)) == 0
    assert store.count("Patient", in_emergency("Practitioner/p1", late)) == 0
    assert kept_emergencies.live(store, "Practitioner/p1", NOW) == [ACCESS]
    assert kept_emergencies.live(store, "Practitioner/p1", late) == []
