"""The end of a school year: seen first, nobody leaves who was not ticked, and undone in the same summer."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from fhir import kept_people, kept_shares, kept_team_tasks
from fhir.store.errors import ResourceNotFound
from fhir.store.tables import class_lists
from plans.class_list_years import AlreadyMovedUp, NotInSummer
from plans.places import Role
from plans.sharing import Basis, Reader
from portal.actions.circle.sharing import Wanted, share
from portal.actions.class_lists.lists import here, keep
from portal.actions.class_lists.matching import look_at_pupils
from portal.actions.class_lists.years import move_up, undo
from portal.actions.moves.school import carry_out_moves
from tests.portal.conftest import HOMES, StillClock, on_both_engines
from tests.portal.making import make_child, make_plan

engine = on_both_engines()

JULY = datetime(2027, 7, 5, 9, tzinfo=UTC)
LAST_DAY = date(2027, 7, 16)
LIST = "\n".join(
    (
        "First name,Last name,DOB,Class,Year,NHS number",
        "Amina,Test,01/05/2018,6B,Year 6,9990000018",
        "Ben,Ford,02/05/2018,6B,Year 6,",
        "Cal,Hill,03/05/2019,5A,Year 5,",
        "Dee,Lane,04/05/2019,Kingfisher,,",
    )
)


@pytest.fixture
def clock():
    return StillClock(JULY)


@pytest.fixture
def staff(make_person, store):
    staff = make_person(Role.SCHOOL_STAFF)
    keep(store, staff.organisation_id, LIST, {}, by=staff, at=JULY, today=JULY.date())
    return staff


@pytest.fixture
def gp(make_person):
    return make_person(Role.CLINICIAN)


@pytest.fixture
def child(store, gp, staff):
    """A child in the last year, whose plan is shared with the school until the end of the next year."""
    child = make_child(store, gp, school_id=staff.organisation_id)
    make_plan(store, child, gp)
    school = Wanted(
        Reader.SCHOOL,
        staff.organisation_id,
        Basis.SAFEGUARDING,
        reason="May be at risk",
        until=date(2027, 12, 31),
    )
    share(store, child.id, [school], by=gp, at=JULY)
    look_at_pupils(store, now=JULY)
    return child


def classes(store, staff, day=LAST_DAY):
    return {one.given: (one.class_name, one.year) for one in here(store, staff.organisation_id, day)}


def pupil(store, staff, given):
    found = class_lists.pupils_of_school(store, staff.organisation_id)
    return next(one for one in found if one.given == given)


def go_up(store, staff, *leavers, at=JULY):
    ids = [pupil(store, staff, one).id for one in leavers]
    return move_up(store, staff.organisation_id, 6, LAST_DAY, ids, by=staff, at=at)


def test_classes_move_up_and_only_who_was_ticked_leaves(store, staff):
    go_up(store, staff, "Amina")

    assert classes(store, staff, LAST_DAY + timedelta(days=1)) == {
        "Ben": ("6B", "Year 6"),
        "Cal": ("6A", "Year 6"),
        "Dee": ("Kingfisher", ""),
    }


def test_nobody_leaves_who_is_not_in_the_last_year(store, staff):
    go_up(store, staff, "Cal")

    assert pupil(store, staff, "Cal").left_on is None


def test_the_schools_share_lasts_through_the_last_day_of_term(store, staff, child):
    go_up(store, staff, "Amina")

    last_evening = datetime(2027, 7, 16, 20, tzinfo=UTC)
    assert kept_shares.live_shares_of(store, child.id, last_evening)
    assert not kept_shares.live_shares_of(store, child.id, last_evening + timedelta(days=1))
    carry_out_moves(store, now=last_evening + timedelta(days=1))
    assert kept_people.child(store, child.id).school_id == ""


def test_a_school_moves_up_once_a_summer(store, staff):
    go_up(store, staff)

    with pytest.raises(AlreadyMovedUp):
        go_up(store, staff)


def test_it_is_not_done_in_winter(store, staff):
    with pytest.raises(NotInSummer):
        go_up(store, staff, at=datetime(2027, 1, 5, 9, tzinfo=UTC))


def test_undone_before_the_last_day_all_is_as_before(store, staff, child):
    before, shares = classes(store, staff), kept_shares.live_shares_of(store, child.id, JULY)
    go_up(store, staff, "Amina", "Ben")
    undo(store, staff.organisation_id, by=staff, at=JULY + timedelta(days=1))

    assert classes(store, staff) == before
    assert kept_shares.live_shares_of(store, child.id, JULY) == shares
    assert carry_out_moves(store, now=JULY + timedelta(days=20)) == 0
    go_up(store, staff, "Amina")


def test_undone_after_the_last_day_the_practice_decides_about_sharing(store, staff, child, gp):
    go_up(store, staff, "Amina")
    august = JULY + timedelta(days=30)
    carry_out_moves(store, now=august)
    undo(store, staff.organisation_id, by=staff, at=august)

    assert "Amina" in classes(store, staff, august.date())
    assert kept_shares.live_shares_of(store, child.id, august) == []
    words = [one.words for one in kept_team_tasks.open_tasks_of(store, gp.organisation_id)]
    assert any("has not left" in one for one in words)


def test_in_september_it_is_too_late_to_undo(store, staff):
    go_up(store, staff)

    with pytest.raises(ResourceNotFound):
        undo(store, staff.organisation_id, by=staff, at=datetime(2027, 9, 1, 9, tzinfo=UTC))


def test_another_school_moves_nobody(store, staff, make_person):
    far = replace(HOMES[Role.SCHOOL_STAFF], name="Far School", code="X99022")
    other = make_person(Role.SCHOOL_STAFF, username="far", organisation=far)

    with pytest.raises(ResourceNotFound):
        move_up(store, staff.organisation_id, 6, LAST_DAY, [], by=other, at=JULY)


def test_the_page_shows_who_moves_before_anything_is_kept(client_for, store, staff):
    browser, address = client_for(Role.SCHOOL_STAFF, staff), f"/class-lists/{staff.organisation_id}/summer"
    term = {"term-day": "16", "term-month": "7", "term-year": "2027", "final-year": "6"}
    before = classes(store, staff)

    assert browser.post(address, data={}).status_code == 422
    assert browser.post(address, data=term | {"term-month": "1"}).status_code == 422
    page = browser.post(address, data=term).text
    assert "No year could be read" in page
    assert classes(store, staff) == before
    data = term | {"leaver": pupil(store, staff, "Amina").id}
    assert browser.post(f"{address}/done", data=data).status_code == 303
    assert pupil(store, staff, "Amina").left_on == LAST_DAY
    assert "Undo" in browser.get(f"/class-lists/{staff.organisation_id}").text
    assert browser.post(f"{address}/undo").status_code == 303
    assert classes(store, staff) == before
