"""A school's register by its class lists: looked at first, kept as said, and it tells the school no more."""

import io
import re
from dataclasses import replace
from datetime import date, timedelta

import pytest

from fhir import kept_people, kept_team_tasks
from fhir.kept_shares import live_shares_of
from fhir.patient import to_patient
from fhir.store.errors import ResourceNotFound
from fhir.store.tables import class_lists as kept
from fhir.store.tables import teams
from plans.places import Role
from plans.sharing import Basis, Reader
from plans.team_task import TaskKind
from portal.actions.circle.sharing import Wanted, share, stop
from portal.actions.class_lists import matching
from portal.actions.class_lists.matching import look_at_pupils
from portal.actions.places import set_nurses
from portal.actions.teams import call_cover
from tests.portal.conftest import HOMES, MONDAY_9AM, on_both_engines
from tests.portal.making import make_child, make_organisation, make_plan

engine = on_both_engines()

HEADER = "First name,Last name,Date of birth,Class,Year group,NHS number"
ROW = "Amina,Test,01/05/2018,3B,Year 3,9990000018"
FAR_SCHOOL = replace(HOMES[Role.SCHOOL_STAFF], name="Far School", code="X99022")
FAR_SURGERY = replace(HOMES[Role.CLINICIAN], name="Far Surgery", code="X99021")
TEXT = re.compile(r'name="text" value="([^"]*)"')
TOKEN = re.compile(r'("X-CSRFToken": "|csrf_token" value=")[^"]+')


def a_list(*rows):
    return "\n".join((HEADER, *rows))


@pytest.fixture
def gp(make_person):
    return make_person(Role.CLINICIAN)


@pytest.fixture
def at_school(client_for):
    return client_for(Role.SCHOOL_STAFF)


@pytest.fixture
def school(at_school):
    return at_school.person.organisation_id


@pytest.fixture
def nurse(client_for, store, school):
    browser = client_for(Role.SCHOOL_NURSE)
    codes = HOMES[Role.SCHOOL_STAFF].code, HOMES[Role.SCHOOL_NURSE].code
    set_nurses(store, *codes, by="system", at=MONDAY_9AM)
    return browser


@pytest.fixture
def clinician(client_for, gp):
    return client_for(Role.CLINICIAN, gp)


def look(browser, school, text, code="utf-8"):
    data = {"list": (io.BytesIO(text.encode(code)), "class.csv")}
    return browser.post(f"/class-lists/{school}/upload", data=data, content_type="multipart/form-data")


def keep(browser, school, text, **decided):
    said = {name.replace("_", "-"): value for name, value in decided.items()}
    return browser.post(f"/class-lists/{school}/keep", data={"text": text} | said)


def pupils(store, school):
    return kept.pupils_of_school(store, school)


def tasks_of(store, person):
    return kept_team_tasks.open_tasks_of(store, person.organisation_id)


class TestUpload:
    def test_a_list_is_looked_at_before_anything_is_kept(self, at_school, school, store):
        answer = look(at_school, school, a_list(ROW))

        assert answer.status_code == 200
        assert "Nothing is kept yet" in answer.text
        assert "Amina Test" in answer.text
        assert pupils(store, school) == []

    def test_what_was_looked_at_is_kept_as_it_is(self, at_school, school, store):
        shown = look(at_school, school, a_list(ROW))

        assert keep(at_school, school, TEXT.search(shown.text)[1]).status_code == 303
        (pupil,) = pupils(store, school)
        assert (pupil.name, pupil.born, pupil.class_name) == ("Amina Test", date(2018, 5, 1), "3B")

    def test_keeping_a_list_twice_adds_nobody(self, at_school, school, store):
        keep(at_school, school, a_list(ROW))
        keep(at_school, school, a_list(ROW))

        assert len(pupils(store, school)) == 1

    def test_a_list_whose_letters_are_not_sure_says_how_to_save_it(self, at_school, school, store):
        twins = ["Núria,Núñez,01/05/2018,,,", "Zoë,Núñez,01/05/2018,,,"]

        answer = look(at_school, school, a_list(*twins), "cp1252")

        assert answer.status_code == 422
        assert "CSV UTF-8" in answer.text
        assert pupils(store, school) == []

    def test_no_file_at_all_is_said(self, at_school, school):
        answer = at_school.post(f"/class-lists/{school}/upload", data={})

        assert answer.status_code == 422
        assert "Choose the file" in answer.text

    def test_rows_that_are_not_taken_are_named_with_the_reason(self, at_school, school):
        answer = look(at_school, school, a_list("Ben,Test,01/05/18,,,", ROW))

        assert "four digits" in answer.text
        assert "Ben Test" in answer.text

    def test_twins_are_marked_and_both_kept(self, at_school, school, store):
        rows = ["Ada,Test,01/05/2018,3B,,", "Ben,Test,01/05/2018,3B,,"]

        assert look(at_school, school, a_list(*rows)).text.count("similar name on this list") == 2
        keep(at_school, school, a_list(*rows))
        assert len(pupils(store, school)) == 2

    def test_a_near_name_is_decided_by_hand(self, at_school, school, store):
        keep(at_school, school, a_list("Mohamed,Test,01/05/2018,3B,,"))
        again = a_list("Mohammed,Test,01/05/2018,4B,,")
        (pupil,) = pupils(store, school)

        assert "Is this the same pupil?" in look(at_school, school, again).text
        keep(at_school, school, again)
        assert [one.given for one in pupils(store, school)] == ["Mohamed"]
        keep(at_school, school, again, near_2=pupil.id)
        assert [one.given for one in pupils(store, school)] == ["Mohammed"]
        keep(at_school, school, a_list("Muhammed,Test,01/05/2018,4B,,"), near_2="another")
        assert len(pupils(store, school)) == 2

    def test_what_begins_like_a_formula_is_kept_and_shown_as_text(self, at_school, school, store):
        keep(at_school, school, a_list('"=cmd|x<b>",Test,01/05/2018,3B,,'))

        assert pupils(store, school)[0].given == "=cmd|x<b>"
        assert "=cmd|x&lt;b&gt;" in at_school.get(f"/class-lists/{school}").text

    def test_another_school_is_not_there(self, at_school, nurse, store):
        other = make_organisation(store).id

        for browser in (at_school, nurse):
            assert browser.get(f"/class-lists/{other}").status_code == 404
            assert look(browser, other, a_list(ROW)).status_code == 404
            assert keep(browser, other, a_list(ROW)).status_code == 404
        assert pupils(store, other) == []

    def test_a_nurse_keeps_the_lists_of_the_schools_of_her_team(self, nurse, school, store):
        assert keep(nurse, school, a_list(ROW)).status_code == 303
        assert len(pupils(store, school)) == 1

    def test_a_list_makes_nobody_a_patient(self, at_school, school, store):
        keep(at_school, school, a_list(ROW))
        look_at_pupils(store, now=MONDAY_9AM)

        assert store.count("Patient") == 0


class TestWhatASchoolLearns:
    def answers(self, browser, school, store):
        """Return all that a school sees while it uploads a list, but for what differs each time."""
        seen = [look(browser, school, a_list(ROW)).text, keep(browser, school, a_list(ROW)).text]
        look_at_pupils(store, now=MONDAY_9AM)
        id = pupils(store, school)[0].id
        seen += [look(browser, school, a_list(ROW)).text]
        seen += [browser.get(f"/class-lists/{school}{more}").text for more in ("", f"/pupils/{id}")]
        return [TOKEN.sub("", text).replace(id, "ID") for text in seen]

    @pytest.mark.parametrize("with_plan", [False, True])
    def test_a_pupil_with_a_record_looks_like_one_without(
        self, at_school, school, store, gp, make_person, client_for, with_plan
    ):
        other = client_for(
            Role.SCHOOL_STAFF,
            make_person(Role.SCHOOL_STAFF, username="other", organisation=FAR_SCHOOL),
        )
        unknown = self.answers(other, other.person.organisation_id, store)
        child = make_child(store, gp)
        if with_plan:
            make_plan(store, child, gp)
        known = self.answers(at_school, school, store)

        plain = [text.replace("Far School", "Oak School") for text in unknown]
        ids = (other.person.organisation_id, school)
        assert [text.replace(ids[0], ids[1]) for text in plain] == known

    def test_only_a_plan_that_is_shared_with_the_school_stands_on_its_register(
        self, at_school, school, store, gp
    ):
        child = make_child(store, gp, school_id=school)
        make_plan(store, child, gp)
        keep(at_school, school, a_list(ROW))
        look_at_pupils(store, now=MONDAY_9AM)
        link = f"/shared/{child.id}"

        assert link not in at_school.get(f"/class-lists/{school}").text
        wanted = Wanted(Reader.SCHOOL, school, Basis.SAFEGUARDING, reason="May be at risk")
        share(store, child.id, [wanted], by=gp, at=MONDAY_9AM)
        assert link in at_school.get(f"/class-lists/{school}").text


class TestWhoTheyAre:
    def test_number_birth_date_and_name_link_at_once_where_the_record_names_that_school(
        self, at_school, school, store, gp
    ):
        child = make_child(store, gp, school_id=school)
        keep(at_school, school, a_list(ROW))

        assert look_at_pupils(store, now=MONDAY_9AM) == 1
        assert pupils(store, school)[0].child_id == child.id
        assert kept.open_doubts(store) == []

    def test_a_list_writes_no_school_into_a_record_until_somebody_says_yes(
        self, at_school, clinician, school, store, gp
    ):
        child = make_child(store, gp)
        before = store.read("Patient", child.id)
        keep(at_school, school, a_list(ROW))
        for hours in range(2):
            look_at_pupils(store, now=MONDAY_9AM + timedelta(hours=hours))

        (pupil,) = pupils(store, school)
        (task,) = tasks_of(store, gp)
        words = f"{HOMES[Role.SCHOOL_STAFF].name} says that this child goes there."
        assert store.read("Patient", child.id) == before
        assert (task.kind, task.child_id, pupil.child_id) == (TaskKind.CHECK_PUPILS, "", "")
        assert words in clinician.get(f"/pupils-to-check/{pupil.id}").text

        clinician.post(f"/pupils-to-check/{pupil.id}", data={"child": child.id})

        assert kept_people.child(store, child.id).school_id == school
        assert pupils(store, school)[0].child_id == child.id
        assert tasks_of(store, gp) == []

    def test_a_pupil_who_cannot_be_compared_keeps_no_other_waiting(
        self, at_school, school, store, gp, monkeypatch
    ):
        for given, born in (("Amina", date(2018, 5, 1)), ("Ben", date(2018, 5, 2))):
            make_child(store, gp, given=given, born=born, nhs_number="")
        keep(at_school, school, a_list("Amina,Test,01/05/2018,3B,,", "Ben,Test,02/05/2018,3B,,"))
        first = kept.pupils_to_look_at(store)[0].id
        look_at = matching._look

        def broken(write, pupil_id, known):
            changed = look_at(write, pupil_id, known)
            if pupil_id == first:
                raise ValueError
            return changed

        monkeypatch.setattr(matching, "_look", broken)
        with pytest.raises(ValueError, match="^$"):
            look_at_pupils(store, now=MONDAY_9AM)

        assert [one.id for one in kept.pupils_to_look_at(store)] == [first]
        [task] = tasks_of(store, gp)
        assert task.words.startswith("1 pupil to check.")

    def test_what_a_gp_record_says_of_the_child_stays_when_the_school_is_kept(
        self, at_school, school, store, gp
    ):
        child = make_child(store, gp)
        patient = store.read("Patient", child.id)
        with store.write(by="system", at=MONDAY_9AM) as write:
            contact = [{"relationship": [{"text": "Mother"}], "name": {"text": "Sana"}}]
            write.update(patient | {"gender": "female", "contact": contact}, if_match="1")
            write.audit("U", f"Patient/{child.id}", f"Patient/{child.id}", "x")
        keep(at_school, school, a_list(ROW))
        look_at_pupils(store, now=MONDAY_9AM)
        (pupil,) = pupils(store, school)
        matching.answer(store, pupil.id, child.id, is_same=True, by=gp, at=MONDAY_9AM)

        after = store.read("Patient", child.id)
        assert after["gender"] == "female"
        assert after["contact"][0] == contact[0]

    def test_another_school_on_record_is_never_overwritten_and_the_practice_is_asked(
        self, at_school, school, store, gp
    ):
        far = make_organisation(store, name="Far School")
        child = make_child(store, gp, school_id=far.id)
        keep(at_school, school, a_list(ROW))
        look_at_pupils(store, now=MONDAY_9AM)

        assert kept_people.child(store, child.id).school_id == far.id
        (task,) = tasks_of(store, gp)
        assert (task.kind, task.child_id) == (TaskKind.CHECK_CHILD, child.id)
        assert "Record the move" in task.words

    def test_a_name_without_a_number_is_asked_of_the_practice(self, at_school, school, store, gp):
        child = make_child(store, gp)
        keep(at_school, school, a_list("Amina,Test,01/05/2018,3B,,"))
        look_at_pupils(store, now=MONDAY_9AM)

        assert pupils(store, school)[0].child_id == ""
        assert kept_people.child(store, child.id).school_id == ""
        assert [task.kind for task in tasks_of(store, gp)] == [TaskKind.CHECK_PUPILS]

    def test_a_whole_school_is_one_task_of_a_team_that_leads_to_each_pupil_and_ends_with_the_last(
        self, at_school, clinician, school, store, gp
    ):
        names = ("Amina", "Ben", "Cora")
        for number, given in enumerate(names):
            make_child(store, gp, given=given, born=date(2018, 5, 1 + number), nhs_number="")
        keep(
            at_school,
            school,
            a_list(*(f"{given},Test,0{1 + n}/05/2018,3B,," for n, given in enumerate(names))),
        )
        look_at_pupils(store, now=MONDAY_9AM)
        (task,) = tasks_of(store, gp)

        def left():
            return tasks_of(store, gp)[0].words if tasks_of(store, gp) else ""

        assert left().splitlines() == ["3 pupils to check.", "Oak School: 3 pupils to check."]
        page = clinician.get(f"/inbox/{task.id}").text
        assert 'href="/pupils-to-check"' in page
        assert "It is done" not in page
        answer = clinician.post(f"/inbox/{task.id}/answer", data={"answer": "Later"})
        assert (answer.status_code, "answer one by one" in answer.text) == (422, True)
        for number, pupil in enumerate(pupils(store, school)):
            assert left().startswith(("3 pupils", "2 pupils", "1 pupil")[number])
            clinician.post(f"/pupils-to-check/{pupil.id}", data={"child": "nobody"})
        assert kept_team_tasks.task(store, task.id).is_settled
        assert tasks_of(store, gp) == []

        make_child(store, gp, given="Dina", born=date(2019, 1, 1), nhs_number="")
        keep(at_school, school, a_list("Dina,Test,01/01/2019,2A,,"))
        look_at_pupils(store, now=MONDAY_9AM)
        assert left().startswith("1 pupil to check.")
        assert tasks_of(store, gp)[0].id != task.id

    def test_a_child_whom_nobody_here_sees_waits_and_is_asked_of_whoever_sees_them_first(
        self, at_school, school, store, gp
    ):
        child = make_child(store, gp, practice_id="")
        keep(at_school, school, a_list(ROW))
        look_at_pupils(store, now=MONDAY_9AM)

        (doubt,) = kept.open_doubts(store)
        assert (doubt.task_id, tasks_of(store, gp)) == ("", [])
        assert (
            "Nobody can be asked about a child who has neither"
            in at_school.get(f"/class-lists/{school}").text
        )

        with store.write(by="system", at=MONDAY_9AM) as write:
            write.update(to_patient(replace(child, practice_id=gp.organisation_id)), if_match="1")
            write.audit("U", f"Patient/{child.id}", f"Patient/{child.id}", "come to a practice")
        look_at_pupils(store, now=MONDAY_9AM + timedelta(minutes=1))
        assert [task.words[:17] for task in tasks_of(store, gp)] == ["1 pupil to check."]

    def test_where_a_share_has_ended_another_team_is_asked_on_the_next_day(
        self, nurse, at_school, school, store, gp
    ):
        child = make_child(store, gp, school_id=school)
        make_plan(store, child, gp)
        wanted = Wanted(Reader.SCHOOL_NURSE, nurse.person.organisation_id, Basis.DIRECT_CARE)
        share(store, child.id, [wanted], by=gp, at=MONDAY_9AM)
        keep(at_school, school, a_list("Aminah,Test,01/05/2018,3B,,"))
        look_at_pupils(store, now=MONDAY_9AM)
        assert [len(tasks_of(store, one)) for one in (nurse.person, gp)] == [1, 0]

        for one in live_shares_of(store, child.id, MONDAY_9AM):
            stop(store, child.id, one.id, by=gp, at=MONDAY_9AM)
        look_at_pupils(store, now=MONDAY_9AM + timedelta(days=1))

        assert [len(tasks_of(store, one)) for one in (nurse.person, gp)] == [0, 1]

    def test_the_only_one_of_the_name_at_that_school_is_linked(self, at_school, school, store, gp):
        child = make_child(store, gp, school_id=school)
        keep(at_school, school, a_list("Amina,Test,01/05/2018,3B,,"))
        look_at_pupils(store, now=MONDAY_9AM)

        assert pupils(store, school)[0].child_id == child.id

    def test_looking_again_asks_and_links_nothing_twice(self, at_school, school, store, gp):
        make_child(store, gp)
        make_child(store, gp, given="Adam", nhs_number="9991047077")
        keep(at_school, school, a_list("Amina,Test,01/05/2018,3B,,"))
        for hours in range(3):
            look_at_pupils(store, now=MONDAY_9AM + timedelta(hours=hours))

        assert (len(tasks_of(store, gp)), len(kept.open_doubts(store))) == (1, 2)
        assert tasks_of(store, gp)[0].words.startswith("1 pupil to check.")

    def test_a_child_who_comes_later_is_found_then(self, at_school, school, store, gp):
        keep(at_school, school, a_list(ROW))
        look_at_pupils(store, now=MONDAY_9AM - timedelta(hours=1))
        child = make_child(store, gp, school_id=school)
        look_at_pupils(store, now=MONDAY_9AM)

        assert pupils(store, school)[0].child_id == child.id

    def test_the_practice_is_told_once_of_a_child_without_a_shared_plan(self, at_school, school, store, gp):
        child = make_child(store, gp, school_id=school)
        make_plan(store, child, gp)
        keep(at_school, school, a_list(ROW))
        look_at_pupils(store, now=MONDAY_9AM)
        keep(at_school, school, a_list(ROW.replace("3B", "4B")))
        look_at_pupils(store, now=MONDAY_9AM + timedelta(days=1))

        (task,) = tasks_of(store, gp)
        assert "No plan is shared" in task.words
        assert tasks_of(store, at_school.person) == []

    def test_a_child_without_asthma_here_is_nobodys_task(self, at_school, school, store, gp):
        make_child(store, gp, school_id=school)
        keep(at_school, school, a_list(ROW))
        look_at_pupils(store, now=MONDAY_9AM)

        assert tasks_of(store, gp) == []

    def test_a_corrected_name_is_looked_at_again(self, at_school, school, store, gp):
        child = make_child(store, gp, school_id=school)
        keep(at_school, school, a_list(ROW))
        look_at_pupils(store, now=MONDAY_9AM)
        keep(at_school, school, a_list(ROW.replace("9990000018", "9990000026")), near_2="another")

        assert [one.child_id for one in pupils(store, school)].count(child.id) == 1


class TestAnsweredByHand:
    @pytest.fixture
    def child(self, store, gp, at_school, school):
        child = make_child(store, gp)
        keep(at_school, school, a_list("Amina,Test,01/05/2018,3B,,"))
        look_at_pupils(store, now=MONDAY_9AM)
        return child

    @pytest.mark.usefixtures("child")
    def test_both_stand_side_by_side_for_who_sees_the_child(self, clinician, store, school):
        (pupil,) = pupils(store, school)
        page = clinician.get(f"/pupils-to-check/{pupil.id}").text

        assert "The school gave no NHS number" in page
        assert "999 000 0018" in page
        assert pupil.name in clinician.get("/pupils-to-check").text

    def test_the_same_child_is_linked_and_the_task_settled(self, clinician, child, store, school, gp):
        (pupil,) = pupils(store, school)

        answer = clinician.post(f"/pupils-to-check/{pupil.id}", data={"child": child.id})

        assert answer.status_code == 303
        (pupil,) = pupils(store, school)
        assert (pupil.child_id, pupil.linked_by) == (child.id, gp.ref)
        assert kept_people.child(store, child.id).school_id == school
        assert tasks_of(store, gp) == []

    def test_none_of_them_is_kept_and_not_asked_again(self, clinician, child, store, school, gp):
        (pupil,) = pupils(store, school)
        clinician.post(f"/pupils-to-check/{pupil.id}", data={"child": "nobody"})
        look_at_pupils(store, now=MONDAY_9AM + timedelta(days=1))

        assert clinician.get(f"/pupils-to-check/{pupil.id}").status_code == 404
        assert tasks_of(store, gp) == []
        assert kept_people.child(store, child.id).school_id == ""

    @pytest.mark.usefixtures("child")
    def test_a_list_that_is_corrected_and_put_back_is_asked_about_anew(self, store, school, gp):
        (pupil,) = pupils(store, school)
        seen = []
        for year in (2012, 2018):
            changed = replace(
                pupil, given="Amina", born=date(year, 9 if year == 2012 else 5, 1), looked_at=None
            )
            with store.write(by="system", at=MONDAY_9AM) as write:
                kept.keep_pupil(write, changed)
            look_at_pupils(store, now=MONDAY_9AM)
            seen.append((len(tasks_of(store, gp)), len(kept.open_doubts(store))))

        assert seen == [(0, 0), (1, 1)]

    @pytest.mark.usefixtures("child")
    def test_no_answer_is_asked_for_again(self, clinician, store, school):
        (pupil,) = pupils(store, school)

        assert clinician.post(f"/pupils-to-check/{pupil.id}", data={}).status_code == 422

    def test_two_people_at_once_one_of_them_finds_it_answered(self, clinician, child, store, school, gp):
        (pupil,) = pupils(store, school)
        matching.answer(store, pupil.id, child.id, is_same=True, by=gp, at=MONDAY_9AM)

        with pytest.raises(ResourceNotFound):
            matching.answer(store, pupil.id, child.id, is_same=False, by=gp, at=MONDAY_9AM)
        assert clinician.post(f"/pupils-to-check/{pupil.id}", data={"child": "nobody"}).status_code == 404

    def test_who_does_not_see_the_child_sees_no_doubt(
        self, nurse, make_person, client_for, child, store, school
    ):
        (pupil,) = pupils(store, school)
        other = client_for(
            Role.CLINICIAN, make_person(Role.CLINICIAN, username="far", organisation=FAR_SURGERY)
        )

        for browser in (nurse, other):
            assert pupil.name not in browser.get("/pupils-to-check").text
            assert browser.get(f"/pupils-to-check/{pupil.id}").status_code == 404
            data = {"child": child.id}
            assert browser.post(f"/pupils-to-check/{pupil.id}", data=data).status_code == 404

    def test_the_nurses_are_asked_where_the_plan_is_shared_with_them(
        self, nurse, at_school, school, store, gp
    ):
        child = make_child(store, gp, school_id=school)
        make_plan(store, child, gp)
        team = nurse.person.organisation_id
        share(store, child.id, [Wanted(Reader.SCHOOL_NURSE, team, Basis.DIRECT_CARE)], by=gp, at=MONDAY_9AM)
        keep(at_school, school, a_list("Aminah,Test,01/05/2018,3B,,"))
        look_at_pupils(store, now=MONDAY_9AM)
        (pupil,) = pupils(store, school)

        assert [task.kind for task in tasks_of(store, nurse.person)] == [TaskKind.CHECK_PUPILS]
        assert "nearly the same" in nurse.get(f"/pupils-to-check/{pupil.id}").text
        preview = look(nurse, school, a_list("Aminah,Test,01/05/2018,3B,,")).text
        assert "0 for sure, and 1 to check" in preview

    def test_nurses_who_cover_for_those_who_are_asked_find_the_pupils_too(
        self, nurse, at_school, school, store, gp, client_for, make_person
    ):
        child = make_child(store, gp, school_id=school)
        make_plan(store, child, gp)
        team = nurse.person.organisation_id
        share(store, child.id, [Wanted(Reader.SCHOOL_NURSE, team, Basis.DIRECT_CARE)], by=gp, at=MONDAY_9AM)
        keep(at_school, school, a_list("Aminah,Test,01/05/2018,3B,,"))
        look_at_pupils(store, now=MONDAY_9AM)
        elm = replace(HOMES[Role.SCHOOL_NURSE], name="Elm Nurses", code="X99055")
        person = make_person(Role.SCHOOL_NURSE, username="nurse.elm", organisation=elm)
        covering = client_for(Role.SCHOOL_NURSE, person)
        address = f"/pupils-to-check/{pupils(store, school)[0].id}"
        assert covering.get(address).status_code == 404

        with store.write(by="system", at=MONDAY_9AM) as write:
            teams.cover(write, team, person.organisation_id)
        call_cover(store, MONDAY_9AM.date(), "Training", by=nurse.person, at=MONDAY_9AM)

        assert "Pupils to check" in covering.get("/inbox").text
        assert "nearly the same" in covering.get(address).text

    def test_a_nurse_records_a_move_from_the_page_of_a_pupil_whom_she_sees(
        self, nurse, at_school, school, store, gp
    ):
        child = make_child(store, gp, school_id=school)
        make_plan(store, child, gp)
        keep(at_school, school, a_list(ROW))
        look_at_pupils(store, now=MONDAY_9AM)
        address = f"/class-lists/{school}/pupils/{pupils(store, school)[0].id}"
        link = f"/children/{child.id}/moves"

        assert link not in nurse.get(address).text
        wanted = Wanted(Reader.SCHOOL_NURSE, nurse.person.organisation_id, Basis.DIRECT_CARE)
        share(store, child.id, [wanted], by=gp, at=MONDAY_9AM)
        assert link in nurse.get(address).text
        assert link not in at_school.get(address).text
        assert nurse.get(link).status_code == 200

    def test_one_child_is_never_two_pupils_of_a_school(self, clinician, child, store, school, at_school):
        (first,) = pupils(store, school)
        clinician.post(f"/pupils-to-check/{first.id}", data={"child": child.id})
        keep(at_school, school, a_list("Aminah,Test,01/05/2018,3B,,"), near_2="another")
        look_at_pupils(store, now=MONDAY_9AM)
        second = next(one for one in pupils(store, school) if one.id != first.id)

        answer = clinician.post(f"/pupils-to-check/{second.id}", data={"child": child.id})

        assert answer.status_code == 422
        assert "is this child already" in answer.text
