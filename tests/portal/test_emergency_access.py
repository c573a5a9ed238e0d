"""A record that a professional opens in an emergency: reason first, one child, some hours, and it is told."""

from dataclasses import replace
from datetime import timedelta

import pytest

from fhir import kept_team_tasks
from fhir.actor import Purpose
from fhir.record import EmergencyRecord, Record
from fhir.store.errors import ResourceNotFound
from fhir.store.tables import posts
from plans.emergency_access import LASTS, MAY_OPEN
from plans.places import Role
from plans.sharing import Basis, Reader
from plans.team_task import TaskKind
from portal.actions.circle.sharing import Wanted, share
from portal.actions.emergency_access import MOST_TRIES
from portal.actions.inbox.tasks import answer_task
from tests.portal.conftest import MONDAY_9AM, on_both_engines
from tests.portal.making import make_child, make_plan
from tests.portal.test_every_reading_is_audited import written

engine = on_both_engines()

REASON = "In our emergency department with an attack, no plan in hand"
RIGHT = {
    "reason": REASON,
    "nhs-number": "999 000 0018",
    "born-day": "1",
    "born-month": "5",
    "born-year": "2018",
}
NOBODY = "No child here has this NHS number and this date of birth."


@pytest.fixture
def gp(make_person):
    return make_person()


@pytest.fixture
def child(store, gp):
    child = make_child(store, gp, given="Zephyrine", family="Quill")
    make_plan(store, child, gp)
    return child


@pytest.fixture
def ward(client_for):
    return client_for(Role.HOSPITAL)


def opened(browser, **changes):
    return browser.post(
        "/emergency", data=RIGHT | {name.replace("_", "-"): text for name, text in changes.items()}
    )


def told(store, gp):
    tasks = kept_team_tasks.open_tasks_of(store, gp.organisation_id)
    return [one for one in tasks if one.kind is TaskKind.ACCESS_IN_EMERGENCY]


def test_a_reason_a_number_and_a_birthday_open_the_plan(ward, child):
    answer = opened(ward)

    assert answer.location == f"/emergency/{child.id}"
    page = ward.get(answer.location).text
    assert "Zephyrine" in page
    assert "Open in an emergency" in page
    assert REASON in page


def test_all_that_is_wrong_is_named_at_once(ward, child):
    answer = opened(ward, **{"reason": "x" * 1001, "nhs-number": "999 000 0019", "born-month": "13"})

    assert answer.status_code == 422
    for field in ("reason", "nhs-number", "born-day"):
        assert f'href="#{field}"' in answer.text


@pytest.mark.parametrize("lacking", ["reason", "nhs-number", "born-day"])
def test_without_one_of_them_nothing_is_looked_for(ward, child, store, gp, lacking):
    answer = opened(ward, **{lacking: " "})

    assert answer.status_code == 422
    assert "Quill" not in answer.text
    assert told(store, gp) == []


@pytest.mark.parametrize(
    "wrong", [{"nhs_number": "9990000026"}, {"born_day": "2"}, {"nhs_number": "1"}, {"born_year": "2017"}]
)
def test_whatever_is_wrong_the_answer_is_the_same(ward, child, store, gp, wrong):
    answer = opened(ward, **wrong)

    assert answer.status_code == 422
    assert NOBODY in answer.text
    assert "Quill" not in answer.text
    assert told(store, gp) == []


def test_who_guesses_must_wait_and_another_person_need_not(
    ward, child, clock, store, make_person, client_for
):
    for _ in range(MOST_TRIES):
        opened(ward, born_day="2")

    assert opened(ward).status_code == 429
    other = make_person(Role.HOSPITAL, username="dr.reed", name="Dr Jo Reed")
    assert opened(client_for(Role.HOSPITAL, other)).status_code == 303
    clock.let_pass(minutes=16)
    assert opened(ward).status_code == 303


def test_the_surgery_of_the_child_is_told_once_of_each_opening(ward, child, store, gp, clock, client_for):
    opened(ward)
    opened(ward)

    [task] = told(store, gp)
    assert task.child_id == child.id
    assert task.words == f"Rose Hill, Ward sister, Ash Hospital: {REASON}"
    clock.let_pass(hours=9)
    opened(client_for(Role.HOSPITAL, ward.person))
    assert len(told(store, gp)) == 2


def test_each_entry_of_it_says_emergency_and_who_where_and_as_what(ward, child, store):
    _, last = written(store)
    opened(ward)
    ward.get(f"/emergency/{child.id}")

    entries, _ = written(store, last)
    about = [one for one in entries if one.child == f"Patient/{child.id}"]
    assert len(about) >= 4
    for one in about:
        assert one.by == ward.person.ref
        assert one.by.purpose is Purpose.EMERGENCY
        assert one.by.role == Role.HOSPITAL
        assert one.by.organisation_id == ward.person.organisation_id
        assert one.by.post_id == ward.person.post_id


def test_a_try_that_finds_nobody_is_audited_without_what_was_typed(ward, child, store):
    _, last = written(store)
    opened(ward, nhs_number="9990000026")

    [entry], _ = written(store, last)
    assert (entry.outcome, entry.child) == ("4", None)
    assert "9990000026" not in repr(entry)


def test_it_closes_by_itself(ward, child, store, clock):
    opened(ward)
    viewer = ward.person
    clock.now = MONDAY_9AM + LASTS - timedelta(minutes=1)
    assert EmergencyRecord(store, viewer, clock).child(child.id) == child

    clock.now = MONDAY_9AM + LASTS + timedelta(seconds=2)
    with pytest.raises(ResourceNotFound):
        EmergencyRecord(store, viewer, clock).child(child.id)


def test_it_can_be_closed_early(ward, child):
    opened(ward)

    assert ward.post(f"/emergency/{child.id}/close").status_code == 303
    assert ward.get(f"/emergency/{child.id}").status_code == 404
    assert ward.post(f"/emergency/{child.id}/close").status_code == 404


def test_it_is_one_persons_and_never_the_teams(ward, child, make_person, client_for):
    opened(ward)
    colleague = client_for(Role.HOSPITAL, make_person(Role.HOSPITAL, username="dr.reed", name="Dr Jo Reed"))

    assert colleague.get(f"/emergency/{child.id}").status_code == 404


def test_it_opens_no_other_page_and_no_other_child(ward, child, store, gp, clock):
    other = make_child(store, gp, given="Robin", family="Other", nhs_number="9990000026")
    opened(ward)

    assert ward.get(f"/emergency/{other.id}").status_code == 404
    assert ward.get(f"/shared/{child.id}").status_code == 404
    assert Record(store, ward.person, clock).children() == []


def test_what_a_team_sees_anyway_is_not_opened_so_and_the_try_is_audited(ward, child, store, gp):
    share(
        store,
        child.id,
        [Wanted(Reader.HOSPITAL, ward.person.organisation_id, Basis.DIRECT_CARE)],
        by=gp,
        at=MONDAY_9AM,
    )

    _, last = written(store)
    answer = opened(ward)

    assert answer.status_code == 422
    assert "Your team sees this child already." in answer.text
    assert told(store, gp) == []
    [entry], _ = written(store, last)
    assert (entry.child, entry.outcome) == (f"Patient/{child.id}", "4")


def test_a_child_without_a_plan_says_so_and_names_the_surgery(ward, store, gp):
    child = make_child(store, gp, given="Zephyrine", family="Quill")
    opened(ward)

    page = ward.get(f"/emergency/{child.id}").text

    assert "Nobody has signed an asthma plan for this child" in page
    assert "0121 496 0101" in page


@pytest.mark.parametrize("role", [role for role in Role if role not in MAY_OPEN])
def test_other_roles_have_no_way_in(client_for, child, role):
    browser = client_for(role)

    assert browser.get("/emergency").status_code == 404
    assert opened(browser).status_code == 404


def test_it_is_no_share_that_somebody_sees_or_stops(ward, child, store, gp, client_for):
    opened(ward)

    page = client_for(Role.CLINICIAN, gp).get(f"/children/{child.id}/share").text
    assert REASON not in page
    assert "Rose Hill" not in page


@pytest.fixture
def without_practice(store, gp):
    """A child whom no practice keeps: the opener's own place is told."""
    return make_child(store, gp, given="Zephyrine", family="Quill", practice_id="")


@pytest.mark.parametrize("leads", [False, True])
def test_whoever_opened_a_record_never_answers_what_is_told_of_it(
    without_practice, store, ward, make_person, client_for, leads
):
    with store.write(by="system", at=MONDAY_9AM) as write:
        posts.lead(write, ward.person.post_id, leads=leads)
        write.audit("U", f"PractitionerRole/{ward.person.post_id}")
    opener = client_for(Role.HOSPITAL, ward.person)
    other = make_person(Role.HOSPITAL, username="dr.reed", name="Dr Jo Reed")
    opened(opener)
    [task] = told(store, opener.person)

    assert opener.get(f"/inbox/{task.id}").status_code == 404
    assert opener.post(f"/inbox/{task.id}/answer", data={"answer": "It was right"}).status_code == 404
    assert REASON not in opener.get("/inbox").text
    colleague = client_for(Role.HOSPITAL, other)
    assert colleague.get(f"/inbox/{task.id}").status_code == 200
    assert (
        colleague.post(f"/inbox/{task.id}/answer", data={"answer": "I asked: it was right"}).status_code
        == 303
    )


def test_a_privacy_lead_who_opened_a_record_in_another_post_does_not_answer_either(
    without_practice, store, make_person, client_for
):
    opener = client_for(Role.HOSPITAL)
    opened(opener)
    [task] = told(store, opener.person)
    same = replace(opener.person, role=Role.PRIVACY_LEAD)
    with pytest.raises(ResourceNotFound):
        answer_task(store, task.id, "It was right", by=same, at=MONDAY_9AM)
