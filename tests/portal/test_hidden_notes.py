"""A hidden note: kept for professionals, and for everybody else it was never written."""

import json
import re
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

import portal
from fhir import kept_team_tasks
from fhir.kept_school_log import entries_of
from fhir.patient import to_patient
from fhir.store.tables import outbox
from plans.free_text import TEXTS, FreeText
from plans.places import Role
from plans.sharing import Basis
from plans.team_task import TaskKind
from portal.actions.circle.sharing import Wanted, share
from portal.actions.inbox.tasks import NewTask, raise_task
from tests.portal.conftest import HOMES, MONDAY_9AM
from tests.portal.discharge_making import tell
from tests.portal.making import make_child, make_plan
from tests.portal.shared_making import READERS

NOTE = {"hidden-note": "Wallabyword", "hidden-because": "safeguarding"}
TEMPLATES = Path(portal.__file__).parent / "templates"
# A box for free text; what is written at home is none of a professional's.
BOX = re.compile(r"textarea\(\{|<textarea|\{\{ words\(")
WRITTEN_AT_HOME = "family/"
# The frames of boxes; each form that uses one says whose it is.
FRAMES = {"school/_boxes.jinja", "drafts/_fields.jinja"}
SAID = re.compile(r'who_reads\("([a-z-]+)"\)')


@pytest.fixture
def people(make_person):
    """Somebody of each role; the nurses look after the school."""
    nurse = make_person(Role.SCHOOL_NURSE)
    school = replace(HOMES[Role.SCHOOL_STAFF], nursing_team_id=nurse.organisation_id)
    others = {
        role: make_person(role) for role in READERS if role not in (Role.SCHOOL_NURSE, Role.SCHOOL_STAFF)
    }
    return others | {
        Role.CLINICIAN: make_person(Role.CLINICIAN),
        Role.SCHOOL_NURSE: nurse,
        Role.SCHOOL_STAFF: make_person(Role.SCHOOL_STAFF, organisation=school),
    }


@pytest.fixture
def signed_in(client_for, people):
    """Return the browser of the one person of a role."""
    return cache(lambda role: client_for(role, people[role]))


@pytest.fixture
def gp(signed_in):
    return signed_in(Role.CLINICIAN)


@pytest.fixture
def child(store, people):
    """A child whose plan every kind of place has."""
    return shared_child(store, people, READERS)


def shared_child(store, people, roles):
    gp = people[Role.CLINICIAN]
    child = make_child(store, gp, school_id=people[Role.SCHOOL_STAFF].organisation_id)
    make_plan(store, child, gp)
    wanted = [
        Wanted(READERS[role][0], people[role].organisation_id, Basis.SAFEGUARDING, "They may be at risk")
        for role in roles
    ]
    share(store, child.id, wanted, by=gp, at=MONDAY_9AM)
    return child


def write(by, child, **changes):
    return by.post(f"/children/{child.id}/hidden-notes", data=NOTE | changes)


def who_finds(signed_in, child):
    address = f"/children/{child.id}/hidden-notes"
    return {role for role in (Role.CLINICIAN, *READERS) if "Wallabyword" in signed_in(role).get(address).text}


@pytest.mark.parametrize(
    ("because", "readers"),
    [
        ("safeguarding", {Role.CLINICIAN, Role.HOSPITAL, Role.SCHOOL_NURSE, Role.COMMUNITY_NURSE}),
        ("third-party", {Role.CLINICIAN, Role.HOSPITAL, Role.SCHOOL_NURSE, Role.COMMUNITY_NURSE}),
        ("misuse", {Role.CLINICIAN, Role.HOSPITAL}),
    ],
)
def test_why_a_note_is_hidden_decides_who_reads_it(signed_in, gp, child, because, readers):
    write(gp, child, **{"hidden-because": because})

    assert who_finds(signed_in, child) == readers


def test_whoever_writes_a_note_reads_it_and_nobody_else_at_their_school_does(
    client_for, make_person, signed_in, people, child
):
    staff = signed_in(Role.SCHOOL_STAFF)
    school = replace(HOMES[Role.SCHOOL_STAFF], nursing_team_id=people[Role.SCHOOL_NURSE].organisation_id)
    colleague = make_person(Role.SCHOOL_STAFF, username="other.staff", organisation=school)

    write(staff, child)

    assert colleague.organisation_id == staff.person.organisation_id
    assert "Wallabyword" in staff.get(f"/school/{child.id}").text
    assert "Wallabyword" not in client_for(Role.SCHOOL_STAFF, colleague).get(f"/school/{child.id}").text


def test_a_page_is_the_same_byte_for_byte_with_a_note_that_is_not_for_its_reader(signed_in, gp, child):
    def pages():
        return {
            (role, address): re.sub(r'[0-9a-f-]{36}|"X-CSRFToken[^}]*|value="[^"]{60,}"', "", answer.text)
            for role in (Role.SCHOOL_STAFF, Role.SOCIAL_WORKER, Role.PHARMACIST)
            for address in (f"/shared/{child.id}", f"/children/{child.id}/hidden-notes", "/inbox")
            for answer in [signed_in(role).get(address)]
        }

    pages()  # the first time, that the plan was opened is kept
    before = pages()
    write(gp, child)

    assert pages() == before


def test_a_hospital_that_once_asked_for_a_review_reads_only_what_it_wrote(store, signed_in, people, gp):
    child = shared_child(store, people, [Role.SCHOOL_NURSE])
    tell(store, child, hospital_id=people[Role.HOSPITAL].organisation_id)
    ward = signed_in(Role.HOSPITAL)

    write(gp, child)
    assert "Wallabyword" not in ward.get(f"/children/{child.id}/hidden-notes").text

    write(ward, child, **{"hidden-note": "Seen on the ward"})
    assert "Seen on the ward" in ward.get(f"/children/{child.id}/hidden-notes").text


def test_the_team_that_acts_for_the_child_is_told_that_there_is_a_note_and_not_what_it_says(
    store, signed_in, gp, child
):
    write(signed_in(Role.SCHOOL_NURSE), child)

    (task,) = kept_team_tasks.open_tasks_of(store, gp.person.organisation_id)
    assert (task.kind, task.words) == (TaskKind.HIDDEN_NOTE, "")
    assert "Wallabyword" in gp.get(f"/children/{child.id}").text
    assert "Wallabyword" not in json.dumps([message.body for message in outbox.unsent(store)])


def test_a_note_that_its_own_practice_writes_is_no_task(store, gp, child):
    write(gp, child)

    assert kept_team_tasks.open_tasks_of(store, gp.person.organisation_id) == []


@pytest.mark.parametrize(
    ("writer", "because"),
    [
        (Role.SCHOOL_NURSE, "misuse"),  # the nurses may read no such note
        (Role.SCHOOL_STAFF, "safeguarding"),  # and of a child who is not shared with them, none
    ],
)
def test_a_note_that_nobody_else_would_read_is_refused_and_says_whom_to_phone(
    store, signed_in, people, writer, because
):
    child = shared_child(store, people, [writer])
    with store.write(by="system", at=MONDAY_9AM) as put:
        before = put.read("Patient", child.id)
        put.update(to_patient(replace(child, practice_id="")), if_match=before["meta"]["versionId"])
        put.audit("U", f"Patient/{child.id}", f"Patient/{child.id}", "no practice is known any more")

    refused = write(signed_in(writer), child, **{"hidden-because": because})

    assert refused.status_code == 422
    assert "Phone the child&#39;s GP surgery" in refused.text
    assert store.search("Communication", subject=f"Patient/{child.id}") == []


@pytest.mark.parametrize(
    ("changes", "field"), [({"hidden-note": " "}, "hidden-note"), ({"hidden-because": ""}, "hidden-because")]
)
def test_a_note_needs_words_and_why(gp, child, changes, field):
    refused = write(gp, child, **changes)

    assert refused.status_code == 422
    assert f'href="#{field}"' in refused.text


def test_the_same_form_again_is_one_note_and_other_words_are_refused(store, gp, child):
    once = {"note": "00000000-0000-4000-8000-000000000007"}

    answers = [
        write(gp, child, **once),
        write(gp, child, **once),
        write(gp, child, **once, **{"hidden-note": "B"}),
    ]

    assert [one.status_code for one in answers] == [303, 303, 422]
    (kept,) = store.search("Communication", subject=f"Patient/{child.id}")
    assert [one["code"] for one in kept["meta"]["security"]] == ["R", "safeguarding"]


def test_what_is_typed_beside_the_log_of_school_lands_with_it_and_is_not_in_it(store, signed_in, child):
    staff = signed_in(Role.SCHOOL_STAFF)
    entry = {"entry": "00000000-0000-4000-8000-000000000001", "words": "Wheezed and was better"} | NOTE

    refused = staff.post(f"/school/{child.id}/log/attack", data=entry | {"hidden-because": ""})
    assert refused.status_code == 422
    assert "Nothing has been written down yet." in staff.get(f"/school/{child.id}").text

    staff.post(f"/school/{child.id}/log/attack", data=entry)

    (kept,) = entries_of(store, child.id)
    assert kept.words == "Wheezed and was better"
    assert who_finds(signed_in, child) >= {Role.CLINICIAN, Role.SCHOOL_NURSE}


def test_what_is_typed_beside_an_answer_is_not_read_by_whoever_asked(store, signed_in, gp, child):
    school = signed_in(Role.SCHOOL_STAFF)
    plan = store.search("CarePlan", subject=f"Patient/{child.id}")[0]["id"]
    school.post(f"/shared/{child.id}/question", data={"plan": plan, "words": "Which inhaler?"})
    (task,) = kept_team_tasks.open_tasks_of(store, gp.person.organisation_id)

    gp.post(f"/inbox/{task.id}/tried", data=NOTE)
    assert "Wallabyword" in gp.get(f"/children/{child.id}").text
    gp.post(f"/inbox/{task.id}/answer", data={"answer": "The blue one"} | NOTE)

    read = school.get(f"/shared/{child.id}/question").text
    assert "The blue one" in read
    assert "Wallabyword" not in read
    assert "Wallabyword" in gp.get(f"/children/{child.id}").text


def test_each_time_that_somebody_works_on_a_task_they_may_leave_a_note_of_their_own(
    store, make_person, client_for, signed_in, gp, child
):
    nurses = signed_in(Role.SCHOOL_NURSE)
    colleague = make_person(Role.SCHOOL_NURSE, username="other.nurse", organisation=HOMES[Role.SCHOOL_NURSE])
    new = NewTask(TaskKind.CHILD_MOVED, nurses.person.organisation_id, child.id)
    with store.write(by=gp.person.ref, at=MONDAY_9AM) as put:
        task = raise_task(put, new)
    forms = [
        {"once": "00000000-0000-4000-8000-000000000003", "hidden-note": "First", "hidden-because": "misuse"},
        {"once": "00000000-0000-4000-8000-000000000004", "hidden-note": "Next", "hidden-because": "misuse"},
    ]

    for nurse, form in ((nurses, forms[0]), (nurses, forms[0]), (nurses, forms[1])):
        assert nurse.post(f"/inbox/{task.id}/tried", data=form).status_code == 303
    answer = {"answer": "Done", "once": "00000000-0000-4000-8000-000000000005"} | NOTE
    other = client_for(Role.SCHOOL_NURSE, colleague)
    assert other.post(f"/inbox/{task.id}/answer", data=answer).status_code == 303

    kept = store.search("Communication", subject=f"Patient/{child.id}", category="hidden-note")
    assert {one["payload"][0]["contentString"] for one in kept} == {"First", "Next", "Wallabyword"}
    assert len(kept) == 3


def test_a_note_in_error_is_marked_with_a_reason_by_those_who_read_it_and_stays(store, signed_in, gp, child):
    write(gp, child)
    (note,) = store.search("Communication", subject=f"Patient/{child.id}")
    address = f"/children/{child.id}/hidden-notes/{note['id']}/withdraw"

    assert signed_in(Role.SCHOOL_STAFF).post(address, data={"reason": "No"}).status_code == 404
    assert gp.post(address, data={"reason": ""}).status_code == 422
    assert gp.post(address, data={"reason": "Another child"}).status_code == 303

    page = gp.get(f"/children/{child.id}/hidden-notes").text
    assert "Written in error" in page
    assert "Another child" in page


def test_who_marked_the_note_of_another_as_an_error_stands_beside_it_and_its_writers_team_is_told(
    store, signed_in, gp, child
):
    nurses = signed_in(Role.SCHOOL_NURSE)
    write(nurses, child)
    (note,) = store.search("Communication", subject=f"Patient/{child.id}")
    address = f"/children/{child.id}/hidden-notes"

    for _ in range(2):
        gp.post(f"{address}/{note['id']}/withdraw", data={"reason": "Another child"})

    assert "Marked as written in error by Dr Ada Lee on 23 November 2026" in nurses.get(address).text
    (task,) = kept_team_tasks.open_tasks_of(store, nurses.person.organisation_id)
    assert task.kind is TaskKind.HIDDEN_NOTE
    assert "written in error" in task.words
    assert "Another child" not in task.words


def test_a_team_that_may_not_read_a_note_is_not_told_that_it_was_marked_as_an_error(
    store, signed_in, gp, child
):
    nurses = signed_in(Role.SCHOOL_NURSE)
    write(nurses, child, **{"hidden-because": "misuse"})
    (note,) = store.search("Communication", subject=f"Patient/{child.id}")

    gp.post(f"/children/{child.id}/hidden-notes/{note['id']}/withdraw", data={"reason": "Another child"})

    assert kept_team_tasks.open_tasks_of(store, nurses.person.organisation_id) == []


def templates_with_a_box():
    for path in sorted(TEMPLATES.rglob("*.jinja")):
        name, text = str(path.relative_to(TEMPLATES)), path.read_text("utf-8")
        if not name.startswith(WRITTEN_AT_HOME) and name not in FRAMES and BOX.search(text):
            yield name, text


def test_beside_each_box_for_free_text_it_says_who_reads_it():
    boxes = dict(templates_with_a_box())

    assert boxes
    assert [name for name, text in boxes.items() if len(SAID.findall(text)) < len(BOX.findall(text))] == []


def test_each_kind_of_free_text_is_said_beside_a_box_and_can_be_hidden_where_others_read_it():
    said = {name: SAID.findall(text) for name, text in _texts()}
    offers = {name for name, text in _texts() if "beside(typed" in text or "hidden_notes/" in text}
    where = {kind: [name for name, kinds in said.items() if kind in kinds] for kind in FreeText}

    assert {kind for kind, names in where.items() if not names} == set()
    open_to_others = [kind for kind, row in TEXTS.items() if row.can_be_hidden]
    for kind in open_to_others:
        if kind is not FreeText.SCHOOL_LOG_ERROR:  # the page that it stands on offers one
            assert set(where[kind]) <= offers, kind


def _texts():
    return [(str(p.relative_to(TEMPLATES)), p.read_text("utf-8")) for p in TEMPLATES.rglob("*.jinja")]
