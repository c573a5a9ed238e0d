"""The teams in the store: who covers whom, when each is away, and who opened its inbox last."""

from datetime import UTC, date, datetime, timedelta

import pytest

from fhir import kept_teams
from fhir.organization import to_organization
from fhir.store.errors import ResourceNotFound
from fhir.store.tables import teams
from fhir.store.tables.teams import NewClosedDays
from plans.places import Nation, Organisation, OrganisationKind
from plans.team import ClosedDays, Team

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
MONDAY, FRIDAY = date(2026, 11, 23), date(2026, 11, 27)
OAK = Organisation("oak", OrganisationKind.NURSING_TEAM, "Oak Nurses", nation=Nation.SCOTLAND)
ELM = Organisation("elm", OrganisationKind.NURSING_TEAM, "Elm Nurses")
BY = "Practitioner/p1"


@pytest.fixture
def do(store, keep):
    """Do one thing in one write; two teams are kept."""
    for place in (OAK, ELM):
        keep(to_organization(place))

    def act(change, *values, at=NOON):
        with store.write(by=BY, at=at) as write:
            return change(write, *values)

    return act


def days(id="d1", first=MONDAY, last=FRIDAY, of=OAK.id):
    return NewClosedDays(id, of, first, last, "Half term")


def test_a_team_that_said_nothing_is_covered_by_nobody_and_never_away(store, do):
    assert kept_teams.team(store, OAK.id) == Team(OAK.id, OAK.kind, Nation.SCOTLAND)
    assert kept_teams.covered_by(store, ELM.id) == []
    assert teams.last_opening(store, OAK.id) is None


def test_a_place_that_is_not_kept_has_no_team(store, do):
    with pytest.raises(ResourceNotFound):
        kept_teams.team(store, "nowhere")


def test_a_team_names_who_covers_it_and_may_name_another(store, do):
    do(teams.cover, OAK.id, ELM.id)
    assert [one.id for one in kept_teams.covered_by(store, ELM.id)] == [OAK.id]

    do(teams.cover, OAK.id, "")

    assert kept_teams.team(store, OAK.id).covered_by == ""
    assert kept_teams.covered_by(store, ELM.id) == []


def test_the_days_of_a_team_are_kept_with_who_said_so(store, do):
    do(teams.close, days())

    assert kept_teams.team(store, OAK.id).closed == (ClosedDays("d1", MONDAY, FRIDAY, BY, "Half term"),)
    assert kept_teams.team(store, ELM.id).closed == ()


def test_days_that_were_taken_back_count_no_more(store, do):
    do(teams.close, days())

    do(teams.take_back, OAK.id, "d1")

    assert kept_teams.team(store, OAK.id).closed == ()
    with pytest.raises(ResourceNotFound):
        do(teams.take_back, OAK.id, "d1")


def test_another_teams_days_are_not_taken_back(store, do):
    do(teams.close, days())

    with pytest.raises(ResourceNotFound):
        do(teams.take_back, ELM.id, "d1")
    assert kept_teams.team(store, OAK.id).is_away(MONDAY)


def test_a_team_covers_those_who_are_away_on_that_day(store, do):
    do(teams.cover, OAK.id, ELM.id)
    do(teams.close, days())

    assert [one.id for one in kept_teams.away_and_covered_by(store, ELM.id, FRIDAY)] == [OAK.id]
    assert kept_teams.away_and_covered_by(store, ELM.id, FRIDAY + timedelta(days=1)) == []
    assert kept_teams.away_and_covered_by(store, OAK.id, FRIDAY) == []


def test_an_inbox_remembers_who_opened_it_last(store, do):
    do(teams.note_opening, OAK.id)
    do(teams.note_opening, OAK.id, at=NOON - timedelta(hours=1))  # another process, a little behind

    assert teams.last_opening(store, OAK.id) == teams.Opening(BY, NOON)
    assert teams.last_opening(store, ELM.id) is None
