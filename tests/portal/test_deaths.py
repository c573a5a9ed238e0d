"""A death: one person's word holds everything back, a second one's closes it as died; in error it runs on."""

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest

from fhir import (
    kept_concerns,
    kept_deaths,
    kept_plans,
    kept_questions,
    kept_reviews,
    kept_shares,
    kept_team_tasks,
)
from fhir.codes import DISCHARGE_DESTINATIONS
from fhir.store.tables import class_lists, outbox, teams
from plans import concern as concerns
from plans.class_list_match import Why
from plans.class_list_register import Pupil
from plans.death import (
    CLOSED_AS_DIED,
    REACHES_HOME,
    STANDS_AFTER_DEATH,
    ChildHasDied,
    Death,
    DeathSaidBefore,
    DeathStands,
    NotToConfirm,
    SamePerson,
    reaches_home,
)
from plans.discharge_notice import Destination, LeftHow
from plans.follow_up import State, standing
from plans.places import Role
from plans.review_events import EventKind, EventNotAllowed
from plans.school_form import NotWhole
from plans.sharing import Basis, Reader
from plans.team_task import KINDS, TaskKind
from plans.weekend import Decision, Way
from portal.actions.circle.sharing import Wanted, share
from portal.actions.code_on_paper import UNKNOWN, answer_for
from portal.actions.deaths.saying import confirm, say, say_alive, withdraw
from portal.actions.discharge.matching import match_waiting
from portal.actions.discharge.told import News
from portal.actions.discharge.waiting import all_waiting
from portal.actions.drafts import start_draft
from portal.actions.family.link import is_working
from portal.actions.importing.record import import_file
from portal.actions.inbox.tasks import NewTask, raise_task
from portal.actions.moves.practice import leave_practice
from portal.actions.places import set_nurses
from portal.actions.plans import sign_draft
from portal.actions.reviews import Entry, record, version_of
from portal.actions.sweep import sweep
from portal.actions.teams import call_cover
from portal.calendar import holidays_for
from portal.notify.emptying import empty_outbox
from tests.fhir.gp_records import bundle, raw
from tests.portal.concern_making import decide, make_concern
from tests.portal.conftest import HOMES, MONDAY_9AM
from tests.portal.discharge_making import tell
from tests.portal.making import agreed, make_child, make_draft, make_family_member, make_plan

LATER = MONDAY_9AM + timedelta(hours=1)
DIED_ON = MONDAY_9AM.date()


class Desk:
    """A child of a practice with a plan that is shared, a review after hospital, a task and a concern."""

    def __init__(self, store, make_person):
        self.store = store
        self.gp = make_person()
        self.partner = make_person(username="dr.moss", name="Dr Ivy Moss")
        self.sister = make_person(Role.HOSPITAL)
        self.office = make_person(Role.SCHOOL_STAFF)
        self.child = make_child(store, self.gp, school_id=self.office.organisation_id)
        self.plan = make_plan(store, self.child, self.gp)
        mother = make_family_member(store, self.child)
        agreed_now = agreed(store, self.child.id)
        wanted = [
            Wanted(Reader.FAMILY, mother.id, Basis.DIRECT_CARE),
            Wanted(Reader.SCHOOL, self.office.organisation_id, Basis.CONSENT, consent=agreed_now),
        ]
        (self.link,) = share(store, self.child.id, wanted, by=self.gp, at=MONDAY_9AM)
        self.review_id = tell(
            store, self.child, at=MONDAY_9AM, hospital_id=self.sister.organisation_id
        ).review_id
        self.concern = make_concern(store, self.child, self.gp)
        with store.write(by="system", at=MONDAY_9AM) as write:
            self.task = raise_task(
                write, NewTask(TaskKind.NO_INHALER, self.gp.organisation_id, self.child.id)
            )

    def say(self, by=None, at=MONDAY_9AM, **changes):
        by = by or self.gp
        usual = {"id": str(uuid4()), "child_id": self.child.id, "died_on": DIED_ON, "told_by": "The sister"}
        death = Death(**usual | changes, said_by=str(by.ref), said_at=at)
        say(self.store, death, by=by, at=at)
        return death

    def confirm(self, death, by=None, at=LATER):
        confirm(self.store, self.child.id, death.id, by=by or self.sister, at=at)

    def withdraw(self, death, by=None, at=LATER, reason="Another child of that name"):
        withdraw(self.store, self.child.id, death.id, reason, by=by or self.partner, at=at)

    def sweep(self, at):
        return [one.rung for one in sweep(self.store, now=at, holidays_for=holidays_for) if one.child]

    @property
    def review(self):
        return kept_reviews.review(self.store, self.review_id)

    def state(self, at=LATER):
        return standing(self.review.events, self.review.discharged_at, self.review.due, at).state

    def is_open_at_home(self, at=LATER):
        return is_working(self.store, self.link.token, now=at)

    def shares(self):
        return {one.reader for one in kept_shares.live_shares_of(self.store, self.child.id, LATER)}

    def share_with_nurse(self, make_person):
        """Share the plan with a nurse of the school's team; return the nurse."""
        nurse = make_person(Role.SCHOOL_NURSE)
        codes = HOMES[Role.SCHOOL_STAFF].code, HOMES[Role.SCHOOL_NURSE].code
        set_nurses(self.store, *codes, by="system", at=MONDAY_9AM)
        wanted = [Wanted(Reader.SCHOOL_NURSE, nurse.organisation_id, Basis.DIRECT_CARE)]
        share(self.store, self.child.id, wanted, by=self.gp, at=MONDAY_9AM)
        return nurse

    def doubt(self):
        """Keep that a pupil may be the child; return the pupil's id."""
        with self.store.write(by="system", at=MONDAY_9AM) as write:
            row = Pupil("", self.child.school_id, self.child.given, self.child.family, self.child.born)
            pupil = class_lists.add_pupil(write, row)
            class_lists.add_doubt(write, pupil.id, self.child.id, Why.NAME, "")
        return pupil.id

    def to_confirm(self):
        tasks = kept_team_tasks.open_tasks_about(self.store, self.child.id)
        return {one.owner_id for one in tasks if one.kind is TaskKind.CONFIRM_DEATH}


class Carrier:
    def __init__(self):
        self.sent = []

    def carry(self, message):
        self.sent.append(message.key)


@pytest.fixture
def desk(store, make_person):
    return Desk(store, make_person)


class TestOnePerson:
    def test_one_word_asks_a_second_person_of_each_team_and_no_ladder_goes_on(self, desk):
        death = desk.say()

        assert desk.to_confirm() == {desk.gp.organisation_id, desk.sister.organisation_id}
        assert not [one for one in desk.sweep(LATER + timedelta(days=4)) if not one.startswith("concern")]
        assert desk.state() != State.DIED
        assert desk.is_open_at_home()  # a plan that one person's slip took away may be needed tonight
        with pytest.raises(DeathSaidBefore):
            desk.say(desk.sister)
        desk.withdraw(death)
        assert "hours-48" in desk.sweep(LATER + timedelta(days=4))

    def test_what_is_about_to_go_out_waits_and_goes_once_it_was_an_error(self, desk):
        carrier, now = Carrier(), [LATER]
        with desk.store.write(by="system", at=MONDAY_9AM) as write:
            outbox.enqueue(write, outbox.NewMessage("code-1", "family", "x", {}, child_id=desk.child.id))
        death = desk.say()
        empty_outbox(desk.store, {"family": carrier}, lambda: now[0])
        assert carrier.sent == []
        desk.withdraw(death)
        now[0] += timedelta(hours=1)
        empty_outbox(desk.store, {"family": carrier}, lambda: now[0])
        assert carrier.sent == ["code-1"]

    def test_every_list_says_so_beside_the_child_and_none_has_anybody_phone_home(
        self, desk, client_for, make_person
    ):
        nurse, pupil_id = client_for(Role.SCHOOL_NURSE, desk.share_with_nurse(make_person)), desk.doubt()
        leave_practice(desk.store, desk.child.id, "", DIED_ON, by=desk.gp, at=MONDAY_9AM)
        desk.sweep(MONDAY_9AM + timedelta(days=3))
        desk.say()
        gp, ward = client_for(Role.CLINICIAN, desk.gp), client_for(Role.HOSPITAL, desk.sister)
        task, concern = f"/inbox/{desk.task.id}", f"/concerns/{desk.concern.id}"
        of_gp = [
            "/inbox",
            task,
            "/alerts",
            "/reviews",
            "/concerns",
            concern,
            "/children",
            "/before",
            "/facts",
        ]
        pages = [(gp, one) for one in of_gp] + [(ward, one) for one in ("/inbox", "/hospital", "/alerts")]
        for browser, page in [
            *pages,
            (gp, f"/facts/{desk.child.id}"),
            (gp, f"/before/child/{desk.child.id}"),
            (gp, f"/reviews/{desk.review_id}"),
            (gp, "/moves"),
            (nurse, "/register"),
            (nurse, f"/shared/{desk.child.id}"),
            (nurse, f"/shared/{desk.child.id}/card"),
            (nurse, f"/shared/{desk.child.id}/question"),
            (nurse, f"/school/{desk.child.id}/inhaler"),
            (nurse, f"/children/{desk.child.id}/hidden-notes"),
            (nurse, "/pupils-to-check"),
            (nurse, f"/pupils-to-check/{pupil_id}"),
        ]:
            said = browser.get(page).text
            assert "A death was said: do not phone the family" in said, page
            assert "phone the family" not in said.casefold().replace("do not phone the family", ""), page

    def test_what_reaches_the_family_is_known_by_name_and_what_they_asked_themselves_is_too(self, desk):
        said = {kind: " ".join((row.ask, *row.outcomes)) for kind, row in KINDS.items()}
        signs = ("hone the family", "reached the family", "who has a copy", "young person")
        assert {kind for kind, words in said.items() if any(sign in words for sign in signs)} <= REACHES_HOME
        asked = replace(desk.task, kind=TaskKind.QUESTION_ABOUT_PLAN, raised_by="RelatedPerson/1")
        assert [reaches_home(one) for one in (asked, replace(asked, raised_by=desk.gp.ref))] == [True, False]

    def test_what_somebody_at_home_asks_meanwhile_has_a_team_find_out_now_if_the_child_lives(
        self, desk, client_for
    ):
        desk.say()
        with desk.store.write(by="RelatedPerson/mother", at=LATER) as write:
            asked = raise_task(write, NewTask(TaskKind.NO_INHALER, desk.gp.organisation_id, desk.child.id))
        gp = client_for(Role.CLINICIAN, desk.gp)
        for page in ("/inbox", f"/inbox/{asked.id}"):
            said = gp.get(page).text
            assert "Find out now if the child is alive" in said
            assert f'href="/children/{desk.child.id}/death"' in said
        assert "Do nothing that reaches the family" not in said
        other = gp.get(f"/inbox/{desk.task.id}").text
        assert "Do nothing that reaches the family now. Once somebody has said that the child is" in other
        on_card = gp.get(f"/reviews/{desk.review_id}").text + gp.get(f"/facts/{desk.child.id}").text
        assert 'nhsuk-inset-text puffin-not-printed"><strong' in on_card  # paper may reach the family

    def test_a_team_that_covers_another_is_asked_once_and_who_said_it_is_told_that_another_must(
        self, desk, client_for
    ):
        ward, practice = desk.sister.organisation_id, desk.gp.organisation_id
        with desk.store.write(by="system", at=MONDAY_9AM) as write:
            teams.cover(write, practice, ward)
        call_cover(desk.store, DIED_ON, "Training", by=desk.gp, at=MONDAY_9AM)
        desk.say(by=desk.sister)
        inbox = client_for(Role.HOSPITAL, desk.sister).get("/inbox").text
        assert inbox.count("Death to confirm") == 1
        assert "It needs a second person: not you." in inbox
        assert "not you" not in client_for(Role.CLINICIAN, desk.partner).get("/inbox").text

    def test_the_same_form_again_after_it_was_withdrawn_says_nothing_anew(self, desk):
        death = desk.say()
        desk.withdraw(death)
        with pytest.raises(NotToConfirm):
            desk.say(id=death.id)
        assert not kept_deaths.holds_back(desk.store, desk.child.id)

    def test_no_new_link_is_made_meanwhile(self, desk):
        desk.say()
        carer = make_family_member(desk.store, desk.child, name="Gran", with_parental_responsibility=True)
        with pytest.raises(DeathStands):
            share(
                desk.store,
                desk.child.id,
                [Wanted(Reader.FAMILY, carer.id, Basis.DIRECT_CARE)],
                by=desk.gp,
                at=LATER,
            )

    def test_who_said_it_cannot_confirm_it_and_is_asked_for_again_each_day(self, desk):
        death = desk.say()
        with pytest.raises(SamePerson):
            desk.confirm(death, by=desk.gp)
        first = {one.id for one in kept_team_tasks.tasks_on(desk.store, f"Task/{death.id}")}
        desk.sweep(MONDAY_9AM + timedelta(hours=25))
        again = [one for one in kept_team_tasks.tasks_on(desk.store, f"Task/{death.id}") if one.is_open]
        assert len(again) == 2
        assert not first & {one.id for one in again}

    @pytest.mark.parametrize(
        "wrong",
        [{"died_on": DIED_ON + timedelta(days=1)}, {"died_on": DIED_ON.replace(1999)}, {"told_by": " "}],
    )
    def test_a_day_that_cannot_be_and_nobody_who_told_us_are_refused(self, desk, wrong):
        with pytest.raises(NotWhole):
            desk.say(**wrong)
        assert desk.to_confirm() == set()


class TestTwoPeople:
    def test_all_closes_as_died_and_nothing_as_reviewed(self, desk):
        desk.sweep(MONDAY_9AM + timedelta(days=3))
        desk.confirm(desk.say(at=MONDAY_9AM + timedelta(days=3)), at=MONDAY_9AM + timedelta(days=3, hours=1))
        store, child_id = desk.store, desk.child.id

        assert store.read("Patient", child_id)["deceasedDateTime"] == DIED_ON.isoformat()
        assert desk.state(LATER + timedelta(days=4)) is State.DIED
        assert store.read("Task", desk.review_id)["status"] == "rejected"
        assert kept_reviews.open_alerts(store, child_id) == []
        assert not [
            one for one in kept_questions.questions_about(store, desk.review.encounter_id) if one.is_open
        ]
        task = kept_team_tasks.task(store, desk.task.id)
        assert (task.is_settled, task.answer) == (True, CLOSED_AS_DIED)
        assert kept_concerns.concern(store, desk.concern.id).state is concerns.State.DIED
        assert not [one for one in outbox.unsent(store) if one.child_id == child_id]
        assert desk.sweep(LATER + timedelta(days=30)) == []
        assert kept_team_tasks.open_tasks_about(store, child_id) == []

    def test_family_and_school_find_what_an_ended_link_gives_and_the_practice_keeps_the_record(self, desk):
        desk.confirm(desk.say())
        assert not desk.is_open_at_home()
        assert desk.shares() == set()
        assert answer_for(desk.store, desk.plan.id, today=DIED_ON) == UNKNOWN
        assert kept_plans.live_plan(desk.store, desk.child.id).id == desk.plan.id

    def test_what_a_sweep_raises_later_is_settled_unless_it_must_stand(self, desk):
        desk.confirm(desk.say())
        with desk.store.write(by="system", at=LATER) as write:
            for kind in KINDS:
                raised = raise_task(write, NewTask(kind, desk.gp.organisation_id, desk.child.id))
                assert raised.is_open == (kind in STANDS_AFTER_DEATH), kind

    def test_the_child_is_on_no_list_of_what_to_do_and_other_pages_say_it(
        self, desk, client_for, make_person
    ):
        nurse = desk.share_with_nurse(make_person)
        desk.doubt()
        gp, nurse = client_for(Role.CLINICIAN, desk.gp), client_for(Role.SCHOOL_NURSE, nurse)
        lists = [(gp, "/before"), (gp, "/facts"), (gp, "/pupils-to-check"), (gp, "/receipts")]
        lists += [(nurse, "/before"), (nurse, "/facts"), (nurse, "/register")]
        assert desk.child.given in nurse.get("/register").text
        assert desk.child.given in gp.get("/pupils-to-check").text

        desk.confirm(desk.say())
        for browser, page in lists:
            assert desk.child.given not in browser.get(page).text, page
        pages = [(nurse, f"/shared/{desk.child.id}"), (nurse, "/shared"), (gp, "/children"), (gp, "/reviews")]
        for browser, page in [*pages, (gp, "/concerns")]:
            assert "Child has died" in browser.get(page).text, page
        assert f"/facts/{desk.child.id}" not in gp.get("/children").text
        shown = gp.get(f"/children/{desk.child.id}").text
        for button in ("Write a new version", "Raise a concern", "Decide who looks after"):
            assert button not in shown
        weekend = f"/before/child/{desk.child.id}"
        assert "Keep the decision" not in gp.get(weekend).text
        refused = gp.post(f"/children/{desk.child.id}/drafts")
        assert (refused.status_code, str(ChildHasDied()) in refused.text) == (422, True)

    def test_a_school_and_whoever_does_not_see_the_child_now_read_of_no_death_on_a_concern(
        self, desk, client_for, make_person
    ):
        far = make_person(Role.SOCIAL_WORKER)
        said = [(one, make_concern(desk.store, desk.child, one)) for one in (desk.office, far)]
        desk.confirm(desk.say())
        for person, concern in said:
            for page in ("/concerns", f"/concerns/{concern.id}"):
                shown = client_for(person.role, person).get(page).text
                assert "Closed" in shown
                assert not any(word in shown for word in ("died", "death", "phone the family")), page

    def test_what_was_typed_about_a_concern_meanwhile_is_there_to_be_copied(self, desk, client_for):
        gp, ward = client_for(Role.CLINICIAN, desk.gp), client_for(Role.HOSPITAL, desk.sister)
        typed = "I phoned his aunt at noon."
        desk.confirm(desk.say())
        form = {"words": typed, "how-safe": "1", "when": "today"}
        concern = f"/concerns/{desk.concern.id}"
        for browser, page, data in (
            (gp, f"/concerns/new/{desk.child.id}", form),
            (ward, f"{concern}/answer", {"answer": typed}),
            (ward, f"{concern}/answer", {"answer": typed, Way.ON_CALL: typed}),
            (ward, f"{concern}/weekend", {"answer": typed, Way.ON_CALL: typed}),
        ):
            refused = browser.post(page, data=data)
            assert (refused.status_code, typed in refused.text) == (422, True), page
            assert desk.child.given in refused.text

    def test_nothing_new_is_begun_for_the_child(self, desk):
        draft = make_draft(desk.store, desk.child, desk.gp)
        desk.confirm(desk.say())
        decision = Decision(
            id=str(uuid4()),
            child_id=desk.child.id,
            about=f"Patient/{desk.child.id}",
            by=str(desk.gp.ref),
            organisation_id=desk.gp.organisation_id,
            at=LATER,
            back_on=DIED_ON + timedelta(days=1),
            ways={Way.ON_CALL: "Dr Hill"},
        )
        with pytest.raises(ChildHasDied):
            start_draft(desk.store, desk.child.id, by=desk.gp, at=LATER)
        with pytest.raises(ChildHasDied):
            sign_draft(desk.store, draft.id, draft.version, by=desk.gp, at=LATER, today=DIED_ON)
        with pytest.raises(ChildHasDied):
            make_concern(desk.store, desk.child, desk.gp, at=LATER)
        with pytest.raises(ChildHasDied):
            decide(desk.store, decision, by=desk.gp, at=LATER)

    def test_said_in_error_what_it_had_stopped_of_a_concern_is_sent_after_all(self, desk):
        told = [one.key for one in outbox.unsent(desk.store) if one.child_id == desk.child.id]
        death = desk.say()
        desk.confirm(death)
        assert not [one for one in outbox.unsent(desk.store) if one.child_id == desk.child.id]
        desk.withdraw(death, at=LATER + timedelta(hours=1))

        (alert,) = kept_concerns.alerts(desk.store, desk.concern)
        assert alert.acknowledged_at is None
        carrier = Carrier()
        empty_outbox(desk.store, {"teams": carrier}, lambda: LATER + timedelta(hours=1))
        assert set(carrier.sent) == {one for one in told if one.startswith(alert.id)} != set()

    def test_a_discharge_that_comes_afterwards_starts_nothing_and_goes_to_a_person(self, desk):
        desk.confirm(desk.say())
        outcome = tell(
            desk.store, desk.child, at=LATER, visit="ASH-2", hospital_id=desk.sister.organisation_id
        )
        assert (outcome.review_id, bool(outcome.waiting_id)) == ("", True)

    def test_a_death_that_closed_a_review_is_not_withdrawn_as_a_slip_of_the_review(self, desk):
        desk.confirm(desk.say())
        (died,) = [one for one in desk.review.events if one.kind is EventKind.DIED]
        entry = Entry(EventKind.WITHDRAWN, LATER, reason="A slip", withdraws=died.id)
        with pytest.raises(EventNotAllowed, match="Withdraw the death"):
            record(
                desk.store,
                desk.review_id,
                entry,
                version=version_of(desk.store, desk.review_id),
                by=desk.gp,
                at=LATER,
            )

    def test_what_the_discharge_of_a_closed_review_left_open_is_owed_no_more_and_in_error_it_is_again(
        self, desk
    ):
        def owed():
            return {one.id for one in kept_questions.open_questions_about_child(desk.store, desk.child.id)}

        done = Entry(EventKind.REVIEW_RECORDED, MONDAY_9AM, reason="Well.")
        version = version_of(desk.store, desk.review_id)
        record(desk.store, desk.review_id, done, version=version, by=desk.gp, at=MONDAY_9AM)
        ward = desk.sister.organisation_id
        tell(desk.store, desk.child, visit="ASH-2", hospital_id=ward, discharged_at=LATER, at=MONDAY_9AM)
        before = owed()
        tell(desk.store, desk.child, visit="ASH-2", news=News.CANCELLED, discharged_at=None, at=MONDAY_9AM)
        taken_back = before - owed()
        death = desk.say()
        desk.confirm(death)
        assert owed() == set()

        desk.withdraw(death, at=LATER + timedelta(hours=1))

        assert owed() == before - taken_back != set()  # what was cancelled before the death stays so
        assert taken_back

    def test_said_in_error_it_all_runs_again_due_as_before(self, desk):
        due, task_due = desk.review.due, desk.task.due_at
        questions = [
            one.is_open for one in kept_questions.questions_about(desk.store, desk.review.encounter_id)
        ]
        death = desk.say()
        desk.confirm(death)
        desk.withdraw(death, at=LATER + timedelta(hours=1))

        assert "deceasedDateTime" not in desk.store.read("Patient", desk.child.id)
        assert not kept_deaths.holds_back(desk.store, desk.child.id)
        assert (desk.review.due, desk.state(LATER + timedelta(hours=2))) == (due, State.HOURS_48_PASSED)
        task = kept_team_tasks.task(desk.store, desk.task.id)
        assert (task.is_open, task.due_at) == (True, task_due)
        assert kept_concerns.concern(desk.store, desk.concern.id).is_open
        again = [one.is_open for one in kept_questions.questions_about(desk.store, desk.review.encounter_id)]
        assert again == questions
        assert desk.shares() == {Reader.FAMILY, Reader.SCHOOL}
        assert desk.is_open_at_home()
        assert {"hours-48", "concern-not-acknowledged"} <= set(desk.sweep(LATER + timedelta(hours=9)))


class TestDischarge:
    """A second discharge tells that the child left "died", rightly or by a slip."""

    def hear(self, desk, at=LATER, **changes):
        usual = {"visit": "ASH-2", "discharged_at": LATER, "left_how": LeftHow.DIED}
        told = usual | changes
        return tell(desk.store, desk.child, at=at, hospital_id=desk.sister.organisation_id, **told)

    def asked(self, desk):
        tasks = kept_team_tasks.open_tasks_about(desk.store, desk.child.id)
        return {one.owner_id for one in tasks if one.kind is TaskKind.DISCHARGE_AFTER_DEATH}

    def test_asks_hospital_and_practice_holds_every_ladder_and_says_so_on_the_pages(self, desk, client_for):
        self.hear(desk)
        assert self.asked(desk) == {desk.gp.organisation_id, desk.sister.organisation_id}
        assert not [one for one in desk.sweep(LATER + timedelta(days=2)) if not one.startswith("concern")]
        gp = client_for(Role.CLINICIAN, desk.gp)
        for page in (f"/children/{desk.child.id}", f"/reviews/{desk.review_id}"):
            assert "nobody has confirmed it yet. Do not phone the family" in gp.get(page).text

    def test_a_destination_says_so_only_in_the_list_of_uk_core(self, desk):
        self.hear(desk, left_how=None, went_to=Destination("79", DISCHARGE_DESTINATIONS))
        assert len(kept_reviews.open_reviews(desk.store)) == 1
        self.hear(desk, left_how=None, visit="ASH-3", went_to=Destination("79", "urn:another-list"))
        assert len(kept_reviews.open_reviews(desk.store)) == 2
        desk.withdraw(desk.say())
        assert not kept_deaths.holds_back(desk.store, desk.child.id)

    def test_once_two_people_have_confirmed_it_nobody_is_asked_any_more(self, desk):
        self.hear(desk)
        desk.confirm(desk.say())
        assert self.asked(desk) == set()

    def test_once_it_was_withdrawn_every_ladder_runs_and_the_discharge_has_its_review_too(self, desk):
        self.hear(desk)
        desk.withdraw(desk.say(), at=LATER + timedelta(hours=1))
        assert not kept_deaths.holds_back(desk.store, desk.child.id)
        at = LATER + timedelta(days=2, hours=1)
        match_waiting(desk.store, by="system", at=at, holidays_for=holidays_for)
        assert [one.discharged_at for one in kept_reviews.open_reviews(desk.store)][1:] == [LATER]
        assert all_waiting(desk.store) == []
        assert "hours-48" in desk.sweep(at)

        self.hear(desk, at=at, visit="ASH-3", discharged_at=at)
        assert self.asked(desk) == {desk.gp.organisation_id, desk.sister.organisation_id}

    @pytest.mark.parametrize(
        ("changes", "reviews"),
        [
            ({"left_how": LeftHow.WITH_CONSENT}, 2),
            ({"news": News.CANCELLED}, 1),
        ],
    )
    def test_once_the_hospital_puts_it_right_or_cancels_it_nothing_is_held_back(self, desk, changes, reviews):
        self.hear(desk)
        self.hear(desk, **changes)
        assert not kept_deaths.holds_back(desk.store, desk.child.id)
        assert len(kept_reviews.open_reviews(desk.store)) == reviews
        assert all_waiting(desk.store) == []


def bring_in_a_record_that_says_so(desk, at=MONDAY_9AM):
    with desk.store.write(by="system", at=at) as write:
        kept = write.read("Patient", desk.child.id)
        write.update(kept | {"deceasedBoolean": True}, if_match=kept["meta"]["versionId"])
        write.audit("U", f"Patient/{desk.child.id}", f"Patient/{desk.child.id}", "bring in a record")


class TestRecordAlone:
    """A record that was brought in says it, perhaps wrongly, and nobody here has."""

    def test_it_is_asked_about_and_holds_the_ladder_each_time_that_a_record_says_so(self, desk):
        teams = {desk.gp.organisation_id, desk.sister.organisation_id}
        bring_in_a_record_that_says_so(desk)
        raised = desk.sweep(LATER + timedelta(days=2))
        assert not [one for one in raised if not one.startswith("concern")]
        assert desk.to_confirm() == teams
        desk.withdraw(desk.say())
        assert desk.to_confirm() == set()
        assert "hours-48" in desk.sweep(LATER + timedelta(days=3))

        bring_in_a_record_that_says_so(desk, at=LATER + timedelta(days=3))
        desk.sweep(LATER + timedelta(days=4))
        assert desk.to_confirm() == teams

    def test_what_is_about_to_go_out_waits_until_somebody_has_found_the_child_alive(self, desk):
        with desk.store.write(by="system", at=MONDAY_9AM) as write:
            outbox.enqueue(write, outbox.NewMessage("code-1", "family", "x", {}, child_id=desk.child.id))
        bring_in_a_record_that_says_so(desk)
        carrier = Carrier()
        empty_outbox(desk.store, {"family": carrier}, lambda: LATER)
        assert carrier.sent == []

        desk.sweep(LATER + timedelta(days=2))
        asked = kept_team_tasks.tasks_on(desk.store, f"Patient/{desk.child.id}")
        with pytest.raises(NotWhole):
            say_alive(desk.store, desk.child.id, " ", by=desk.sister, at=LATER)
        say_alive(desk.store, desk.child.id, "I saw her", by=desk.sister, at=LATER + timedelta(days=2))
        now = {one.owner_id: kept_team_tasks.task(desk.store, one.id) for one in asked}
        ours, other = now[desk.sister.organisation_id], now[desk.gp.organisation_id]
        assert (ours.answer, ours.done_by) == ("The child is alive. I saw her", desk.sister.ref)
        assert (ours.is_settled, other.is_settled) == (False, True)
        assert not kept_deaths.holds_back(desk.store, desk.child.id)
        assert "hours-48" in desk.sweep(LATER + timedelta(days=3))
        empty_outbox(desk.store, {"family": carrier}, lambda: LATER + timedelta(days=3))
        assert carrier.sent == ["code-1"]
        with pytest.raises(NotToConfirm):
            say_alive(desk.store, desk.child.id, "I saw her", by=desk.gp, at=LATER + timedelta(days=3))

        bring_in_a_record_that_says_so(desk, at=LATER + timedelta(days=3))
        desk.sweep(LATER + timedelta(days=4))
        assert desk.to_confirm() == {desk.gp.organisation_id, desk.sister.organisation_id}

    def test_the_pages_ask_whether_the_child_is_alive_and_keep_the_answer(self, desk, client_for):
        bring_in_a_record_that_says_so(desk)
        ward, page = client_for(Role.HOSPITAL, desk.sister), f"/children/{desk.child.id}/death"
        assert "do not phone the family" in ward.get("/hospital").text
        assert "Is the child alive?" in ward.get(page).text
        assert ward.post(f"{page}/alive", data={"how": ""}).status_code == 422
        assert ward.post(f"{page}/alive", data={"how": "I saw her"}).status_code == 303
        assert "Is the child alive?" not in ward.get(page).text

    def test_it_is_asked_about_when_it_is_brought_in_and_no_more_once_the_record_is_put_right(
        self, store, tmp_path
    ):
        file, died = tmp_path / "record.json", {"deceasedDateTime": DIED_ON.isoformat()}
        for says, times in ((died, 1), ({}, 0), ({"deceasedBoolean": True}, 1), ({}, 0), (died, 1)):
            file.write_bytes(raw(bundle(**says)))
            import_file(store, file, by="system", at=LATER, today=DIED_ON, holidays_for=holidays_for)
            (patient,) = store.search("Patient")
            asked = kept_team_tasks.open_tasks_about(store, patient["id"])
            assert [one.kind for one in asked].count(TaskKind.CONFIRM_DEATH) == times, says
            assert kept_deaths.holds_back(store, patient["id"]) == bool(times)

    def test_a_record_that_is_put_right_takes_nothing_from_what_two_people_have_confirmed(
        self, store, make_person, tmp_path
    ):
        file, day = tmp_path / "record.json", DIED_ON.isoformat()
        gp, sister = make_person(), make_person(Role.HOSPITAL)
        for says in ({"deceasedDateTime": day}, {"gender": "male"}):
            file.write_bytes(raw(bundle(**says)))
            import_file(store, file, by="system", at=LATER, today=DIED_ON, holidays_for=holidays_for)
            (patient,) = store.search("Patient")
            if "gender" not in says:
                said = Death("d1", patient["id"], DIED_ON, "The sister", str(gp.ref), LATER)
                say(store, said, by=gp, at=LATER)
                confirm(store, patient["id"], "d1", by=sister, at=LATER)
        assert patient["deceasedDateTime"] == day

    def test_of_whom_nobody_was_asked_somebody_is_on_the_next_day(self, store, make_person):
        child = make_child(store, make_person())
        with store.write(by="system", at=MONDAY_9AM) as write:
            kept = write.read("Patient", child.id)
            died = {"deceasedDateTime": DIED_ON.isoformat()}
            write.update(kept | died, if_match=kept["meta"]["versionId"])
            write.audit("U", f"Patient/{child.id}", f"Patient/{child.id}", "bring in a record")
        sweep(store, now=LATER, holidays_for=holidays_for)
        asked = kept_team_tasks.open_tasks_about(store, child.id)
        assert [one.kind for one in asked] == [TaskKind.CONFIRM_DEATH]

    def test_it_closes_nothing_as_died_and_ends_nothing_at_home(self, desk):
        bring_in_a_record_that_says_so(desk)
        with desk.store.write(by="system", at=LATER) as write:
            for kind in KINDS:
                assert raise_task(write, NewTask(kind, desk.gp.organisation_id, desk.child.id)).is_open, kind
        assert answer_for(desk.store, desk.plan.id, today=DIED_ON).is_current


def test_the_pages_say_confirm_and_withdraw(desk, client_for):
    gp, partner = client_for(Role.CLINICIAN, desk.gp), client_for(Role.CLINICIAN, desk.partner)
    page = f"/children/{desk.child.id}/death"
    day = {"died-day": "23", "died-month": "11", "died-year": "2026", "told-by": "The ward sister"}
    assert gp.post(page, data=day | {"died-day": "x"}).status_code == 422
    assert gp.post(page, data=day).status_code == 303
    death = kept_deaths.standing(desk.store, desk.child.id)
    assert "I confirm that this child has died" not in gp.get(page).text
    assert "has not confirmed it yet" in gp.get(f"/children/{desk.child.id}").text
    assert gp.post(f"{page}/{death.id}/confirm").status_code == 422
    assert "I confirm that this child has died" in partner.get(page).text
    assert partner.post(f"{page}/{death.id}/confirm").status_code == 303
    assert "This child has died, on" in gp.get(f"/children/{desk.child.id}").text
    assert "Child has died" in gp.get(f"/reviews/{desk.review_id}").text
    assert gp.post(f"{page}/{death.id}/withdraw", data={"reason": ""}).status_code == 422
    assert gp.post(f"{page}/{death.id}/withdraw", data={"reason": "A twin"}).status_code == 303
    assert "Said in error before" in gp.get(page).text
    school = client_for(Role.SCHOOL_STAFF, desk.office)
    assert school.get(page).status_code == 404
