"""A child who moves: the old school's share ends that day, and nothing of a practice's is lost on the way."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from fhir import kept_people, kept_questions, kept_reviews, kept_shares, kept_team_tasks
from fhir.audit_event import from_audit_event
from fhir.care_team import from_care_team, team_id
from fhir.organization import to_organization
from fhir.store.errors import ResourceNotFound
from fhir.store.tables import class_lists, links, moves
from plans.follow_up import State, standing
from plans.moves import MoveKind, MoveRefused, MoveState
from plans.places import Organisation, OrganisationKind, Role
from plans.review_events import EventKind, that_stand
from plans.school_inhaler import SchoolInhaler, Spacer
from plans.sharing import Basis, Reader
from plans.team_task import TaskKind
from portal.actions.circle.sharing import Wanted, share
from portal.actions.class_lists.lists import keep
from portal.actions.class_lists.matching import answer as answer_doubt
from portal.actions.class_lists.matching import look_at_pupils
from portal.actions.importing.record import import_file
from portal.actions.inbox.tasks import NewTask, answer_task, raise_task
from portal.actions.moves import practice as moves_practice
from portal.actions.moves.practice import accept, leave_practice, offer_waiting, refuse
from portal.actions.moves.school import carry_out_moves, leave_school, move_school, withdraw
from portal.actions.places import add_place, by_code, set_nurses
from portal.actions.reviews import Entry, record, version_of
from portal.actions.school.inhaler import check_inhaler, sweep_inhalers
from portal.actions.sweep import sweep
from portal.calendar import holidays_for
from tests.fhir.gp_records import address, raw, the_child
from tests.portal.conftest import HOMES, MONDAY_9AM, on_both_engines
from tests.portal.discharge_making import tell
from tests.portal.making import make_child, make_family_member, make_organisation, make_plan

engine = on_both_engines()

TODAY = MONDAY_9AM.date()
FRIDAY = TODAY + timedelta(days=4)
SATURDAY = MONDAY_9AM + timedelta(days=5)
FAR_SURGERY = replace(HOMES[Role.CLINICIAN], name="Far Surgery", code="X99021")
OTHER_SCHOOL = address("another school")
LIST = "First name,Last name,DOB,NHS number\nAmina,Test,01/05/2018,9990000018"


@pytest.fixture
def gp(make_person):
    return make_person(Role.CLINICIAN)


@pytest.fixture
def far_gp(make_person):
    return make_person(Role.CLINICIAN, username="far.gp", name="Dr Far", organisation=FAR_SURGERY)


@pytest.fixture
def staff(make_person):
    return make_person(Role.SCHOOL_STAFF)


@pytest.fixture
def nurse(make_person, store, staff):
    made = make_person(Role.SCHOOL_NURSE)
    codes = HOMES[Role.SCHOOL_STAFF].code, HOMES[Role.SCHOOL_NURSE].code
    set_nurses(store, *codes, by="system", at=MONDAY_9AM)
    return made


@pytest.fixture
def far(store):
    """A school that nobody's nurses look after."""
    return make_organisation(store, name="Far School").id


@pytest.fixture
def child(store, gp, staff, nurse):
    """A child of Oak School, whose plan is shared with the school, its nurses, a hospital and at home."""
    child = make_child(store, gp, school_id=staff.organisation_id)
    mother = make_family_member(store, child)
    make_plan(store, child, gp)
    hospital = make_organisation(store, OrganisationKind.HOSPITAL, "Ash Hospital")
    wanted = [
        Wanted(Reader.SCHOOL, staff.organisation_id, Basis.SAFEGUARDING, reason="May be at risk"),
        Wanted(Reader.SCHOOL_NURSE, nurse.organisation_id, Basis.DIRECT_CARE),
        Wanted(Reader.HOSPITAL, hospital.id, Basis.DIRECT_CARE),
        Wanted(Reader.FAMILY, mother.id, Basis.DIRECT_CARE),
    ]
    share(store, child.id, wanted, by=gp, at=MONDAY_9AM)
    return child


def readers(store, child, at=MONDAY_9AM):
    return {one.reader for one in kept_shares.live_shares_of(store, child.id, at)}


def tasks_of(store, person):
    return kept_team_tasks.open_tasks_of(store, person.organisation_id)


def last_move(store, child):
    return moves.of_child(store, child.id)[0]


def last_move_of(store, child, kind):
    return next(one for one in moves.of_child(store, child.id) if one.kind is kind)


def written(store, child):
    """Return what the audit says was done to a child's record."""
    entries = [from_audit_event(one) for one in store.search("AuditEvent", entity=f"Patient/{child.id}")]
    return {entry.detail for entry in entries}


class TestSchool:
    def test_the_old_school_and_its_nurses_see_the_plan_no_more_from_that_moment(self, store, child, gp, far):
        move_school(store, child.id, far, TODAY, by=gp, at=MONDAY_9AM)

        assert readers(store, child) == {Reader.HOSPITAL, Reader.FAMILY}
        assert kept_people.child(store, child.id).school_id == far

    def test_links_of_the_family_stay(self, store, child, gp, far):
        move_school(store, child.id, far, TODAY, by=gp, at=MONDAY_9AM)

        assert [one.revoked_at for one in links.of_child(store, child.id)] == [None]

    def test_the_new_school_sees_nothing_and_the_practice_is_asked(self, store, child, gp, far):
        move_school(store, child.id, far, TODAY, by=gp, at=MONDAY_9AM)

        shares = kept_shares.live_shares_of(store, child.id, MONDAY_9AM)
        assert far not in {one.reader_id for one in shares}
        (task,) = [one for one in tasks_of(store, gp) if one.kind is TaskKind.CHILD_MOVED]
        assert (task.child_id, "Far School" in task.words) == (child.id, True)

    def test_nurses_who_look_after_the_new_school_too_keep_the_plan(self, store, child, gp):
        add_place(
            store,
            Organisation("", OrganisationKind.SCHOOL, "Ash School", "999123"),
            HOMES[Role.SCHOOL_NURSE].code,
            by="system",
            at=MONDAY_9AM,
        )
        ash = next(
            one.id
            for one in kept_people.places_of_kind(store, OrganisationKind.SCHOOL)
            if one.name == "Ash School"
        )
        move_school(store, child.id, ash, TODAY, by=gp, at=MONDAY_9AM)

        assert readers(store, child) == {Reader.SCHOOL_NURSE, Reader.HOSPITAL, Reader.FAMILY}

    def test_nurses_who_look_after_the_school_no_more_lose_the_plan_and_the_practice_is_asked(
        self, store, child, gp
    ):
        elm = Organisation("", OrganisationKind.NURSING_TEAM, "Elm Nurses", "X99041")
        add_place(store, elm, by="system", at=MONDAY_9AM)
        for _ in range(2):
            set_nurses(store, HOMES[Role.SCHOOL_STAFF].code, "X99041", by="system", at=MONDAY_9AM)

        assert readers(store, child) == {Reader.SCHOOL, Reader.HOSPITAL, Reader.FAMILY}
        (task,) = tasks_of(store, gp)
        assert (task.kind, task.child_id) == (TaskKind.CHILD_MOVED, child.id)
        assert "Elm Nurses" in task.words

    def test_while_nobody_knows_the_next_school_the_nurses_keep_the_plan(self, store, child, nurse):
        move_school(store, child.id, "", TODAY, by=nurse, at=MONDAY_9AM)

        assert readers(store, child) == {Reader.SCHOOL_NURSE, Reader.HOSPITAL, Reader.FAMILY}
        assert kept_people.child(store, child.id).school_id == ""

    def test_the_nurses_who_kept_the_plan_lose_it_once_a_class_list_places_the_child_elsewhere(
        self, store, child, gp, make_person
    ):
        elm = Organisation("", OrganisationKind.SCHOOL, "Elm School", "X99077")
        next_staff = make_person(Role.SCHOOL_STAFF, username="next", organisation=elm)
        far = next_staff.organisation_id
        move_school(store, child.id, "", TODAY, by=gp, at=MONDAY_9AM)
        keep(store, far, LIST, {}, by=next_staff, at=MONDAY_9AM, today=TODAY)
        look_at_pupils(store, now=MONDAY_9AM)
        (pupil,) = class_lists.pupils_of_school(store, far)
        answer_doubt(store, pupil.id, child.id, is_same=True, by=gp, at=MONDAY_9AM)

        assert readers(store, child) == {Reader.HOSPITAL, Reader.FAMILY}
        assert kept_people.child(store, child.id).school_id == far
        assert last_move(store, child).state is MoveState.DONE
        assert any("goes to Elm School now" in one.words for one in tasks_of(store, gp))

    def test_the_nurses_who_kept_the_plan_lose_it_once_the_next_school_is_recorded(
        self, store, child, gp, far
    ):
        move_school(store, child.id, "", TODAY, by=gp, at=MONDAY_9AM)
        move_school(store, child.id, far, TODAY, by=gp, at=MONDAY_9AM + timedelta(hours=1))

        assert readers(store, child) == {Reader.HOSPITAL, Reader.FAMILY}

    def test_a_move_to_come_changes_nothing_before_its_day_is_over(self, store, child, gp, far, staff):
        move_school(store, child.id, far, FRIDAY, by=gp, at=MONDAY_9AM)
        friday_evening = datetime(2026, 11, 27, 20, tzinfo=UTC)

        assert carry_out_moves(store, now=friday_evening) == 0
        assert Reader.SCHOOL in readers(store, child, friday_evening)
        assert kept_people.child(store, child.id).school_id == staff.organisation_id

    def test_a_move_to_come_is_made_once_its_day_is_over(self, store, child, gp, far):
        move_school(store, child.id, far, FRIDAY, by=gp, at=MONDAY_9AM)

        assert Reader.SCHOOL not in readers(store, child, SATURDAY)  # before the worker comes round
        assert carry_out_moves(store, now=SATURDAY) == 1
        assert carry_out_moves(store, now=SATURDAY) == 0
        assert kept_people.child(store, child.id).school_id == far
        assert last_move(store, child).state is MoveState.DONE

    def test_a_move_that_cannot_be_made_keeps_no_other_waiting(self, store, child, gp, far):
        planned = move_school(store, child.id, far, FRIDAY, by=gp, at=MONDAY_9AM)
        with store.write(by="system", at=MONDAY_9AM) as write:
            moves.add(write, replace(planned, child_id="never-kept", on_day=FRIDAY - timedelta(days=1)))
            write.audit("C", "Patient/never-kept")

        with pytest.raises(ResourceNotFound):
            carry_out_moves(store, now=SATURDAY)

        assert kept_people.child(store, child.id).school_id == far

    def test_a_planned_move_that_is_taken_back_leaves_shares_as_they_were(self, store, child, gp, far):
        move_school(store, child.id, far, FRIDAY, by=gp, at=MONDAY_9AM)
        withdraw(store, child.id, last_move(store, child).id, by=gp, at=MONDAY_9AM)

        assert readers(store, child, SATURDAY) == set(Reader) & readers(store, child)
        assert Reader.SCHOOL in readers(store, child, SATURDAY)
        assert carry_out_moves(store, now=SATURDAY) == 0

    def test_a_second_plan_for_the_same_child_takes_the_place_of_the_first(self, store, child, gp, far):
        move_school(store, child.id, far, FRIDAY, by=gp, at=MONDAY_9AM)
        move_school(store, child.id, "", FRIDAY, by=gp, at=MONDAY_9AM)

        assert [one.state for one in moves.open_moves(store, MoveKind.SCHOOL)] == [MoveState.PLANNED]

    def test_a_move_to_where_the_child_is_or_long_ago_is_refused(self, store, child, gp, staff, far):
        with pytest.raises(MoveRefused):
            move_school(store, child.id, staff.organisation_id, TODAY, by=gp, at=MONDAY_9AM)
        with pytest.raises(MoveRefused):
            move_school(store, child.id, far, date(2006, 11, 23), by=gp, at=MONDAY_9AM)
        assert moves.of_child(store, child.id) == []

    def test_a_place_that_is_no_school_is_refused(self, store, child, gp):
        with pytest.raises(ResourceNotFound):
            move_school(store, child.id, gp.organisation_id, TODAY, by=gp, at=MONDAY_9AM)

    def test_who_does_not_see_the_child_records_no_move(self, store, child, far_gp, far):
        with pytest.raises(ResourceNotFound):
            move_school(store, child.id, far, TODAY, by=far_gp, at=MONDAY_9AM)

    def test_history_is_kept(self, store, child, gp, far, staff):
        move_school(store, child.id, far, TODAY, by=gp, at=MONDAY_9AM)
        move_school(store, child.id, staff.organisation_id, TODAY, by=gp, at=MONDAY_9AM + timedelta(hours=1))

        assert [one.from_id for one in moves.of_child(store, child.id)] == [far, staff.organisation_id]

    def test_a_school_says_that_a_pupil_left_and_its_share_ends(self, store, child, staff, gp):
        keep(store, staff.organisation_id, LIST, {}, by=staff, at=MONDAY_9AM, today=TODAY)
        look_at_pupils(store, now=MONDAY_9AM)
        (pupil,) = class_lists.pupils_of_school(store, staff.organisation_id)
        leave_school(store, staff.organisation_id, pupil.id, TODAY, by=staff, at=MONDAY_9AM)

        assert Reader.SCHOOL not in readers(store, child)
        assert kept_people.child(store, child.id).school_id == ""
        assert [one.kind for one in tasks_of(store, gp)] == [TaskKind.CHILD_MOVED]

    def test_a_school_that_says_who_left_does_not_forget_the_school_that_was_planned(
        self, store, child, staff, gp, far
    ):
        keep(store, staff.organisation_id, LIST, {}, by=staff, at=MONDAY_9AM, today=TODAY)
        look_at_pupils(store, now=MONDAY_9AM)
        (pupil,) = class_lists.pupils_of_school(store, staff.organisation_id)
        move_school(store, child.id, far, FRIDAY, by=gp, at=MONDAY_9AM)
        leave_school(store, staff.organisation_id, pupil.id, TODAY, by=staff, at=MONDAY_9AM)

        assert kept_people.child(store, child.id).school_id == far

    def test_a_move_that_the_practice_records_changes_nothing_on_the_schools_own_register(
        self, store, child, staff, gp, far
    ):
        keep(store, staff.organisation_id, LIST, {}, by=staff, at=MONDAY_9AM, today=TODAY)
        look_at_pupils(store, now=MONDAY_9AM)
        move_school(store, child.id, far, TODAY, by=gp, at=MONDAY_9AM)

        (pupil,) = class_lists.pupils_of_school(store, staff.organisation_id)
        assert pupil.left_on is None

    def test_a_school_that_still_lists_who_left_is_not_given_them_back(self, store, child, staff, gp):
        move_school(store, child.id, "", TODAY, by=gp, at=MONDAY_9AM)
        keep(store, staff.organisation_id, LIST, {}, by=staff, at=MONDAY_9AM, today=TODAY)
        look_at_pupils(store, now=MONDAY_9AM)

        assert kept_people.child(store, child.id).school_id == ""
        assert any("Phone the school" in one.words for one in tasks_of(store, gp))


class TestPractice:
    @pytest.fixture
    def review(self, store, child):
        return tell(store, child).review_id

    def offered(self, store, child, gp):
        leave_practice(store, child.id, "X99021", TODAY, by=gp, at=MONDAY_9AM)
        return last_move(store, child)

    def test_until_the_new_practice_accepts_everything_stays_with_the_old_one(
        self, store, child, gp, far_gp, review
    ):
        self.offered(store, child, gp)

        assert kept_people.child(store, child.id).practice_id == gp.organisation_id
        assert kept_reviews.review(store, review).owner_id == gp.organisation_id
        assert [one.kind for one in tasks_of(store, far_gp)] == [TaskKind.CHILD_COMING]

    def test_the_new_practice_takes_over_reviews_alerts_and_tasks_and_nothing_is_lost(
        self, store, child, gp, far_gp, review
    ):
        with store.write(by="system", at=MONDAY_9AM) as write:
            raise_task(write, NewTask(TaskKind.NO_INHALER, gp.organisation_id, child.id))
        sweep(store, now=MONDAY_9AM + timedelta(days=9), holidays_for=holidays_for, at=MONDAY_9AM)
        before = [one.id for one in kept_reviews.open_alerts(store, child.id)]
        tasks = {one.id for one in tasks_of(store, gp) if one.kind is not TaskKind.DISCHARGE_ANSWERS}
        move = self.offered(store, child, gp)
        accept(store, move.id, by=far_gp, at=MONDAY_9AM)

        kept = kept_reviews.review(store, review)
        assert kept.owner_id == far_gp.organisation_id
        now = MONDAY_9AM + timedelta(days=9)
        assert standing(kept.events, kept.discharged_at, kept.due, now).state is State.OVERDUE
        assert tasks <= {one.id for one in tasks_of(store, far_gp)}
        assert tasks_of(store, gp) == []
        after = kept_reviews.open_alerts(store, child.id)
        assert gp.organisation_id not in {one.owner_id for one in after}
        assert {one.id for one in after} <= set(before)
        assert far_gp.organisation_id in {one.owner_id for one in after}

    def test_the_new_practice_owes_and_gives_the_answers_that_the_old_one_owed(
        self, store, child, gp, far_gp, review, client_for
    ):
        def asked_of(person):
            return [one for one in tasks_of(store, person) if one.kind is TaskKind.DISCHARGE_ANSWERS]

        def look(days):
            sweep(store, now=MONDAY_9AM + timedelta(days=days), holidays_for=holidays_for, at=MONDAY_9AM)

        look(1)
        assert len(asked_of(gp)) == 1
        owed = {one.id for one in kept_questions.open_questions_of(store, gp.organisation_id)}
        accept(store, self.offered(store, child, gp).id, by=far_gp, at=MONDAY_9AM)
        assert asked_of(gp) == []
        assert "give the question to another team" in written(store, child)

        look(2)

        (task,) = asked_of(far_gp)
        browser = client_for(Role.CLINICIAN, far_gp)
        assert f'href="/reviews/{review}#questions"' in browser.get(f"/inbox/{task.id}").text
        mine = {one.id for one in kept_questions.open_questions_of(store, far_gp.organisation_id)}
        assert mine == owed != set()
        page = browser.get(f"/reviews/{review}").text
        assert {id for id in owed if f"/reviews/{review}/questions/{id}" in page} == owed
        for id in owed:
            assert browser.post(f"/reviews/{review}/questions/{id}", data={"answer": "no"}).status_code == 303
        look(3)
        assert asked_of(far_gp) == asked_of(gp) == []

    def test_a_time_that_the_old_practice_booked_is_not_the_new_ones_who_is_asked_to_book(
        self, store, child, gp, far_gp, review
    ):
        booked = Entry(EventKind.BOOKED, MONDAY_9AM)
        record(store, review, booked, version=version_of(store, review), by=gp, at=MONDAY_9AM)
        accept(store, self.offered(store, child, gp).id, by=far_gp, at=MONDAY_9AM)

        events = kept_reviews.review(store, review).events
        standing_now = [(one.kind, one.by) for one in that_stand(events, MONDAY_9AM)]
        assert standing_now == [(EventKind.ACCEPTED, far_gp.ref)]
        later = MONDAY_9AM + timedelta(hours=1)
        sweep(store, now=later, holidays_for=holidays_for, at=MONDAY_9AM)
        alerts = kept_reviews.open_alerts(store, child.id)
        assert far_gp.organisation_id in {one.owner_id for one in alerts if one.rung == "not-booked"}

    def test_the_circle_names_the_new_practice_from_that_moment(self, store, child, gp, far_gp):
        accept(store, self.offered(store, child, gp).id, by=far_gp, at=MONDAY_9AM)

        team = store.read("CareTeam", team_id(child.id))
        names = {one.name for one in from_care_team(team).members}
        assert (FAR_SURGERY.name in names, HOMES[Role.CLINICIAN].name in names) == (True, False)
        assert "keep who is in the circle" in written(store, child)

    @pytest.mark.usefixtures("review")
    def test_after_that_only_the_new_practice_sees_the_child(self, store, child, gp, far_gp, client_for):
        accept(store, self.offered(store, child, gp).id, by=far_gp, at=MONDAY_9AM)

        assert client_for(Role.CLINICIAN, far_gp).get(f"/children/{child.id}").status_code == 200
        assert client_for(Role.CLINICIAN, gp).get(f"/children/{child.id}").status_code == 404

    def test_shares_with_others_stay(self, store, child, gp, far_gp):
        before = readers(store, child)
        accept(store, self.offered(store, child, gp).id, by=far_gp, at=MONDAY_9AM)

        assert readers(store, child) == before

    def test_a_refused_child_stays_and_the_old_practice_is_told(self, store, child, gp, far_gp):
        move = self.offered(store, child, gp)
        refuse(store, move.id, by=far_gp, at=MONDAY_9AM)

        assert kept_people.child(store, child.id).practice_id == gp.organisation_id
        assert any("not registered there" in one.words for one in tasks_of(store, gp))
        assert tasks_of(store, far_gp) == []
        with pytest.raises(ResourceNotFound):
            accept(store, move.id, by=far_gp, at=MONDAY_9AM)

    @pytest.mark.parametrize("code", ["", "X99777"])
    def test_without_a_practice_here_the_child_is_shown_to_the_last_one(self, store, child, gp, code):
        leave_practice(store, child.id, code, TODAY, by=gp, at=MONDAY_9AM)

        assert offer_waiting(store, now=MONDAY_9AM) == 0
        (one,) = moves_practice.leaving(store, by=gp, at=MONDAY_9AM)
        assert (one.child.id, one.new.id) == (child.id, "")
        assert kept_people.child(store, child.id).practice_id == gp.organisation_id

    def test_a_practice_that_comes_later_is_asked_then_and_once(self, store, child, gp, make_person):
        leave_practice(store, child.id, "X99021", TODAY, by=gp, at=MONDAY_9AM)
        late = make_person(Role.CLINICIAN, username="far.gp", organisation=FAR_SURGERY)

        assert offer_waiting(store, now=MONDAY_9AM) == 1
        assert offer_waiting(store, now=MONDAY_9AM) == 0
        assert [one.kind for one in tasks_of(store, late)] == [TaskKind.CHILD_COMING]

    def test_each_step_names_the_child_in_the_audit(self, store, child, gp, far_gp):
        move = self.offered(store, child, gp)
        moves_practice.coming(store, by=far_gp, at=MONDAY_9AM)
        accept(store, move.id, by=far_gp, at=MONDAY_9AM)

        assert {
            "record a move to another practice",
            "see a child who moves",
            "accept a child from another practice",
        } <= written(store, child)

    def test_the_old_practice_takes_it_back_until_somebody_accepted(self, store, child, gp, far_gp):
        move = self.offered(store, child, gp)
        moves_practice.take_back(store, move.id, by=gp, at=MONDAY_9AM)

        assert tasks_of(store, far_gp) == []
        with pytest.raises(ResourceNotFound):
            accept(store, move.id, by=far_gp, at=MONDAY_9AM)
        with pytest.raises(ResourceNotFound):
            moves_practice.take_back(store, move.id, by=gp, at=MONDAY_9AM)

    @pytest.mark.usefixtures("far_gp")
    def test_nobody_but_the_practice_that_was_asked_answers(self, store, child, gp, make_person):
        move = self.offered(store, child, gp)
        third = make_person(
            Role.CLINICIAN,
            username="third",
            organisation=replace(FAR_SURGERY, name="Third Surgery", code="X99023"),
        )

        for act in (accept, refuse, moves_practice.take_back):
            with pytest.raises(ResourceNotFound):
                act(store, move.id, by=third, at=MONDAY_9AM)
        assert moves_practice.coming(store, by=third, at=MONDAY_9AM) == []

    def test_a_practice_to_which_a_child_comes_back_is_told_what_school_lacks(
        self, store, child, gp, far_gp, staff
    ):
        found = SchoolInhaler(child.id, child.school_id, False, Spacer.THERE, staff.post_id, MONDAY_9AM)
        check_inhaler(store, found, by=staff, at=MONDAY_9AM)
        accept(store, self.offered(store, child, gp).id, by=far_gp, at=MONDAY_9AM)
        [task] = [one for one in tasks_of(store, far_gp) if one.kind is TaskKind.INHALER_AT_SCHOOL]
        answer_task(store, task.id, "The family has left us", by=far_gp, at=MONDAY_9AM)
        code = HOMES[Role.CLINICIAN].code
        back = leave_practice(store, child.id, code, TODAY, by=far_gp, at=MONDAY_9AM)
        accept(store, back.id, by=gp, at=MONDAY_9AM)

        sweep_inhalers(store, now=MONDAY_9AM + timedelta(days=1))

        assert [one.kind for one in tasks_of(store, gp)] == [TaskKind.INHALER_AT_SCHOOL]

    def test_a_code_that_turns_out_to_be_no_practice_keeps_no_other_child_waiting(
        self, store, child, gp, make_person
    ):
        other = make_child(store, gp, given="Bea", family="Sure", nhs_number="9990000034")
        leave_practice(store, child.id, "X99777", TODAY - timedelta(days=1), by=gp, at=MONDAY_9AM)
        leave_practice(store, other.id, "X99021", TODAY, by=gp, at=MONDAY_9AM)
        hospital = Organisation("", OrganisationKind.HOSPITAL, "Ash Hospital", "X99777")
        add_place(store, hospital, by="system", at=MONDAY_9AM)
        late = make_person(Role.CLINICIAN, username="far.gp", organisation=FAR_SURGERY)

        assert offer_waiting(store, now=MONDAY_9AM) == 1
        assert [one.child_id for one in tasks_of(store, late)] == [other.id]
        assert [one.child.id for one in moves_practice.leaving(store, by=gp, at=MONDAY_9AM)] == [
            child.id,
            other.id,
        ]

    def test_a_child_who_cannot_be_offered_keeps_no_other_waiting(self, store, child, gp, make_person):
        planned = leave_practice(store, child.id, "X99021", TODAY, by=gp, at=MONDAY_9AM)
        with store.write(by="system", at=MONDAY_9AM) as write:
            moves.add(write, replace(planned, child_id="never-kept", on_day=TODAY - timedelta(days=1)))
            write.audit("C", "Patient/never-kept")
        late = make_person(Role.CLINICIAN, username="far.gp", organisation=FAR_SURGERY)

        with pytest.raises(ResourceNotFound):
            offer_waiting(store, now=MONDAY_9AM)

        assert [one.child_id for one in tasks_of(store, late)] == [child.id]

    @pytest.mark.usefixtures("far_gp")
    def test_a_second_move_waits_for_the_first(self, store, child, gp):
        self.offered(store, child, gp)

        with pytest.raises(MoveRefused):
            leave_practice(store, child.id, "", TODAY, by=gp, at=MONDAY_9AM)

    def test_a_code_that_is_no_practice_is_refused(self, store, child, gp):
        with pytest.raises(MoveRefused):
            leave_practice(store, child.id, HOMES[Role.SCHOOL_STAFF].code, TODAY, by=gp, at=MONDAY_9AM)


def bring_in(store, folder, entries):
    """Import a GP record of the one child, and return the child as kept then."""
    file = folder / "record.json"
    file.write_bytes(raw({"resourceType": "Bundle", "type": "collection", "entry": entries}))
    import_file(store, file, by="system", at=MONDAY_9AM, today=TODAY, holidays_for=holidays_for)
    (patient,) = store.search("Patient")
    return kept_people.child(store, patient["id"])


def at_another_school(**changes):
    """Return the record of the child, at another school than before."""
    entries = the_child(**changes)
    entries[2]["resource"]["identifier"][0]["value"] = "EE999910"
    entries[2]["resource"]["name"] = "Another School"
    entries[2]["fullUrl"] = OTHER_SCHOOL
    entries[0]["resource"]["contact"][0]["organization"]["reference"] = OTHER_SCHOOL
    return entries


@pytest.fixture
def home_gp(make_person):
    """A clinician of the practice that the record names."""
    home = Organisation("", OrganisationKind.PRACTICE, "Example Surgery", "Y99909")
    return make_person(Role.CLINICIAN, organisation=home)


class TestRecordOfAnotherSchool:
    """A GP record that names another school is a move: the former school and its nurses lose the plan."""

    @pytest.fixture
    def pupil(self, store, tmp_path, home_gp, nurse):
        pupil = bring_in(store, tmp_path, the_child())
        make_plan(store, pupil, home_gp)
        with store.write(by="system", at=MONDAY_9AM) as write:
            school = kept_people.organisation(write, pupil.school_id)
            before = write.read("Organization", school.id)
            said = to_organization(replace(school, nursing_team_id=nurse.organisation_id))
            write.update(said, if_match=before["meta"]["versionId"])
            write.audit("U", f"Organization/{school.id}")
        wanted = [
            Wanted(Reader.SCHOOL, pupil.school_id, Basis.SAFEGUARDING, reason="May be at risk"),
            Wanted(Reader.SCHOOL_NURSE, nurse.organisation_id, Basis.DIRECT_CARE),
        ]
        share(store, pupil.id, wanted, by=home_gp, at=MONDAY_9AM)
        return pupil

    def test_their_shares_end_at_once_and_the_practice_is_asked(self, store, tmp_path, pupil, home_gp):
        after = bring_in(store, tmp_path, at_another_school())

        assert readers(store, pupil) == set()
        assert (last_move(store, pupil).to_id, last_move(store, pupil).state) == (
            after.school_id,
            MoveState.DONE,
        )
        assert [one.kind for one in tasks_of(store, home_gp)] == [TaskKind.CHILD_MOVED]

    def test_a_move_there_that_is_planned_still_waits_for_its_day(self, store, tmp_path, pupil, home_gp):
        next_school = Organisation("", OrganisationKind.SCHOOL, "Another School", "EE999910")
        add_place(store, next_school, by="system", at=MONDAY_9AM)
        there = by_code(store, "EE999910")
        move_school(store, pupil.id, there.id, FRIDAY, by=home_gp, at=MONDAY_9AM)

        after = bring_in(store, tmp_path, at_another_school())

        assert after.school_id == pupil.school_id
        assert readers(store, pupil) == {Reader.SCHOOL, Reader.SCHOOL_NURSE}
        assert tasks_of(store, home_gp) == []
        assert carry_out_moves(store, now=SATURDAY) == 1
        assert kept_people.child(store, pupil.id).school_id == there.id


class TestRecordFromBefore:
    """A GP record that was written before a move takes nobody back, and the practice is told of it."""

    def bring_in(self, store, tmp_path, **changes):
        return bring_in(store, tmp_path, the_child(**changes))

    def test_to_the_school_or_practice_that_they_have_left(self, store, tmp_path, far, far_gp, home_gp):
        child, gp = self.bring_in(store, tmp_path), home_gp
        move_school(store, child.id, far, TODAY, by=gp, at=MONDAY_9AM)
        leave_practice(store, child.id, "X99021", TODAY, by=gp, at=MONDAY_9AM)
        accept(store, last_move_of(store, child, MoveKind.PRACTICE).id, by=far_gp, at=MONDAY_9AM)

        after = self.bring_in(store, tmp_path, gender="male")

        assert store.read("Patient", child.id)["gender"] == "male"
        assert (after.school_id, after.practice_id) == (far, far_gp.organisation_id)
        self.bring_in(store, tmp_path, gender="other")
        to_check = [one.words for one in tasks_of(store, far_gp) if one.kind is TaskKind.CHECK_CHILD]
        assert len(to_check) == 2
        assert {"Example Surgery", "Example School"} == {
            name for words in to_check for name in ("Example Surgery", "Example School") if name in words
        }

    def test_to_a_school_that_they_left_before_the_last_one(self, store, tmp_path, far, home_gp):
        child, gp = self.bring_in(store, tmp_path), home_gp
        next_school = make_organisation(store, name="Next School").id
        move_school(store, child.id, far, TODAY - timedelta(days=9), by=gp, at=MONDAY_9AM)
        move_school(store, child.id, next_school, TODAY, by=gp, at=MONDAY_9AM)

        assert self.bring_in(store, tmp_path, gender="male").school_id == next_school

    def test_a_record_that_names_a_third_school_is_taken(self, store, tmp_path, home_gp):
        child = self.bring_in(store, tmp_path)
        move_school(store, child.id, "", TODAY, by=home_gp, at=MONDAY_9AM)
        bring_in(store, tmp_path, at_another_school(gender="male"))

        assert kept_people.child(store, child.id).school_id not in ("", child.school_id)


def at_another_practice(**changes):
    """Return the record of the child, registered with Far Surgery."""
    entries = the_child(**changes)
    entries[1]["resource"]["identifier"][0]["value"] = FAR_SURGERY.code
    entries[1]["resource"]["name"] = FAR_SURGERY.name
    entries[1]["fullUrl"] = OTHER_SCHOOL
    entries[0]["resource"]["generalPractitioner"] = [{"reference": OTHER_SCHOOL}]
    return entries


class TestRecordFromTheNextPractice:
    """A GP record of another practice hands the child over with all that is open; none of it stays behind."""

    @pytest.fixture
    def patient(self, store, tmp_path, home_gp):
        child = bring_in(store, tmp_path, the_child())
        make_plan(store, child, home_gp)
        return child

    @pytest.fixture
    def review(self, store, patient):
        return tell(store, patient, nhs_number=patient.nhs_number, born=patient.born).review_id

    def test_what_is_open_goes_along_and_nobody_counts_as_having_accepted(
        self, store, tmp_path, far_gp, home_gp, patient, review
    ):
        with store.write(by="system", at=MONDAY_9AM) as write:
            raise_task(write, NewTask(TaskKind.NO_INHALER, home_gp.organisation_id, patient.id))
        leave_practice(store, patient.id, "", TODAY, by=home_gp, at=MONDAY_9AM)
        before = kept_reviews.review(store, review)

        new = far_gp.organisation_id
        assert bring_in(store, tmp_path, at_another_practice()).practice_id == new
        assert kept_reviews.review(store, review) == replace(before, owner_id=new)
        assert home_gp.organisation_id not in {
            one.owner_id for one in kept_reviews.open_alerts(store, patient.id)
        }
        assert tasks_of(store, home_gp) == []
        assert {one.kind for one in tasks_of(store, far_gp)} >= {TaskKind.NO_INHALER, TaskKind.CHECK_CHILD}
        assert moves.open_moves(store, MoveKind.PRACTICE) == []
        assert "take the task over from another practice" in written(store, patient)
        names = {one.name for one in from_care_team(store.read("CareTeam", team_id(patient.id))).members}
        assert FAR_SURGERY.name in names

    @pytest.mark.usefixtures("far_gp")
    def test_the_old_practice_which_had_not_said_so_is_told_where_the_child_is(
        self, store, tmp_path, home_gp, patient
    ):
        after = bring_in(store, tmp_path, at_another_practice())

        (task,) = tasks_of(store, home_gp)
        assert after.id == patient.id
        assert (task.kind, FAR_SURGERY.name in task.words) == (TaskKind.CHECK_CHILD, True)

    def test_where_nobody_works_at_the_next_practice_the_old_one_keeps_all_until_somebody_accepts(
        self, store, tmp_path, home_gp, review, make_person
    ):
        after = bring_in(store, tmp_path, at_another_practice())
        bring_in(store, tmp_path, at_another_practice(gender="male"))

        assert after.practice_id == home_gp.organisation_id
        assert kept_reviews.review(store, review).owner_id == home_gp.organisation_id
        (task,) = [one for one in tasks_of(store, home_gp) if one.kind is TaskKind.CHECK_CHILD]
        assert FAR_SURGERY.name in task.words
        first = make_person(Role.CLINICIAN, username="far.gp", organisation=FAR_SURGERY)
        (going,) = moves_practice.coming(store, by=first, at=MONDAY_9AM)
        accept(store, going.move.id, by=first, at=MONDAY_9AM)
        assert kept_reviews.review(store, review).owner_id == first.organisation_id

    @pytest.mark.usefixtures("far_gp")
    def test_what_the_old_practice_accepted_and_booked_counts_no_more_and_the_hospital_is_told(
        self, store, tmp_path, home_gp, patient, review
    ):
        booked = Entry(EventKind.BOOKED, MONDAY_9AM)
        record(store, review, booked, version=version_of(store, review), by=home_gp, at=MONDAY_9AM)

        bring_in(store, tmp_path, at_another_practice())
        later = MONDAY_9AM + timedelta(days=2)
        sweep(store, now=later, holidays_for=holidays_for, at=MONDAY_9AM)

        events = kept_reviews.review(store, review).events
        assert not {EventKind.ACCEPTED, EventKind.BOOKED} & {one.kind for one in that_stand(events, later)}
        rungs = {one.rung for one in kept_reviews.open_alerts(store, patient.id)}
        assert {"not-accepted", "not-booked"} <= rungs


class TestPages:
    SCHOOL_DAY = {"moved-day": "23", "moved-month": "11", "moved-year": "2026"}
    GONE = {"gone-day": "20", "gone-month": "11", "gone-year": "2026"}

    def test_a_move_of_school_is_recorded_on_the_childs_page(self, client_for, child, gp, far):
        browser = client_for(Role.CLINICIAN, gp)
        page = browser.get(f"/children/{child.id}/moves").text
        answer = browser.post(f"/children/{child.id}/moves/school", data={"school": far} | self.SCHOOL_DAY)

        assert "Oak School" in page
        assert answer.status_code == 303
        assert "from Oak School to Far School" in browser.get(f"/children/{child.id}/moves").text

    def test_a_nurse_who_moves_a_child_away_comes_back_to_her_own_pages(self, client_for, child, nurse, far):
        browser = client_for(Role.SCHOOL_NURSE, nurse)
        answer = browser.post(f"/children/{child.id}/moves/school", data={"school": far} | self.SCHOOL_DAY)

        assert answer.location == "/"
        assert browser.get(f"/children/{child.id}/moves").status_code == 404

    @pytest.mark.parametrize("data", [{}, {"school": "not-known"}, {"school": "x"} | SCHOOL_DAY])
    def test_what_is_missing_or_made_up_moves_nobody(self, client_for, child, gp, store, data):
        answer = client_for(Role.CLINICIAN, gp).post(f"/children/{child.id}/moves/school", data=data)

        assert answer.status_code in {404, 422}
        assert moves.of_child(store, child.id) == []

    @pytest.mark.usefixtures("far_gp")
    def test_the_practice_is_named_before_a_child_is_sent_to_it(self, client_for, child, gp, store):
        browser, address = client_for(Role.CLINICIAN, gp), f"/children/{child.id}/moves/practice"
        asked = browser.post(address, data={"code": "x99021"} | self.GONE)

        assert "Far Surgery" in asked.text
        assert moves.of_child(store, child.id) == []
        data = {"code": "X99021", "confirmed": "X99021"} | self.GONE
        assert browser.post(address, data=data).status_code == 303
        assert "Far Surgery was asked" in browser.get("/moves").text

    def test_the_new_practice_accepts_on_its_page(self, client_for, child, gp, far_gp, store):
        move = TestPractice().offered(store, child, gp)
        browser = client_for(Role.CLINICIAN, far_gp)

        assert child.name in browser.get("/moves").text
        assert "Child from another practice" in browser.get("/inbox").text
        assert browser.get(f"/children/{child.id}").status_code == 404
        assert browser.post(f"/moves/{move.id}/accept").status_code == 303
        assert child.name in browser.get("/children").text
        assert browser.post(f"/moves/{move.id}/accept").status_code == 404

    def test_a_code_that_is_none_is_refused_beside_its_field(self, client_for, child, gp):
        answer = client_for(Role.CLINICIAN, gp).post(
            f"/children/{child.id}/moves/practice", data={"code": "no code!"} | self.GONE
        )

        assert answer.status_code == 422
        assert "capital letters and digits" in answer.text
