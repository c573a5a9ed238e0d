"""The story of the review, with invented people: what Puffin does at each step, to whom, by when, in order.

Only what people do, and the clock. Where it fails, all that was told stands in the order in which it was.
"""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest

from fhir import kept_concerns, kept_people, kept_questions, kept_reviews
from fhir.store.moments import moment
from fhir.store.tables import next_looks, outbox, teams
from plans.concern import DecisionMissing, When, end_of
from plans.follow_up import State, standing
from plans.places import Organisation, OrganisationKind, Role
from plans.review_events import EventKind
from plans.school_inhaler import SchoolInhaler, Spacer
from plans.school_term import Absence, term_of
from plans.sharing import Basis, Reader
from plans.signals import SOMEBODY_ELSE
from plans.team_task import TaskKind
from plans.weekend import Decision, Way
from plans.working_days import uk_time
from portal.actions.circle.sharing import Wanted, share
from portal.actions.concerns import answering
from portal.actions.facts.counting import count_some
from portal.actions.importing.record import import_file
from portal.actions.inbox.sight import open_for
from portal.actions.inbox.sweep import sweep_inboxes
from portal.actions.reviews import Entry, record, version_of
from portal.actions.school.absence import keep_figures
from portal.actions.school.inhaler import check_inhaler, sweep_inhalers
from portal.actions.sweep import sweep
from portal.actions.teams import call_cover
from portal.calendar import holidays_for
from tests.fhir import gp_records
from tests.portal.concern_making import decide, make_concern
from tests.portal.conftest import HOMES, MONDAY_9AM
from tests.portal.discharge_making import tell
from tests.portal.making import make_plan
from tests.portal.school_making import name_the_team

SURGERY = Organisation("", OrganisationKind.PRACTICE, "Example Surgery", "Y99909", "0121 496 0199")
SCHOOL = Organisation("", OrganisationKind.SCHOOL, "Example School", "EE999909", "0121 496 0199")
RELIEVERS = ("06-01", "06-22", "07-13", "08-03", "08-24", "09-14", "10-05", "10-26")
PREVENTERS = ("06-01", "07-27", "09-07", "10-26")
ASTHMA = gp_records.condition(gp_records.concept("195967001", "Asthma"))
HOUR = timedelta(hours=1)
FOR_EVER = datetime(2030, 1, 1, tzinfo=UTC)


def on(day, hour, minute=0):
    """Return a moment between 23 November and 7 December 2026, when UK time is UTC."""
    return datetime(2026, 11 if day >= 23 else 12, day, hour, minute, tzinfo=UTC)


class Story:
    """The people around one child, the clock, and all that was told in its order."""

    def __init__(self, store, make_person, tmp_path):
        self.store, self.now, self.told = store, MONDAY_9AM, []
        self.gp = make_person(organisation=SURGERY)
        self.ward = make_person(Role.HOSPITAL)
        self.nurse = make_person(Role.SCHOOL_NURSE)
        cover = replace(HOMES[Role.SCHOOL_NURSE], name="Ash School Nurses", code="X99014")
        self.cover = make_person(Role.SCHOOL_NURSE, username="nurse.cove", organisation=cover)
        self.office = make_person(Role.SCHOOL_STAFF, organisation=SCHOOL)
        name_the_team(store, self.office.organisation_id, self.nurse.organisation_id, SCHOOL)
        self.child_id = self._bring_in(tmp_path)

    def _bring_in(self, folder):
        issued = [gp_records.issue(f"2026-{day}") for day in RELIEVERS]
        issued += [gp_records.issue(f"2026-{day}", gp_records.BROWN) for day in PREVENTERS]
        repeats = [gp_records.repeat(one) for one in (gp_records.BLUE, gp_records.BROWN)]
        file = folder / "record.json"
        entries = map(gp_records.entry, [ASTHMA, *repeats, *issued])
        file.write_bytes(gp_records.raw(gp_records.bundle(*entries)))
        how = {"by": "system", "at": self.now, "today": self.now.date(), "holidays_for": holidays_for}
        return import_file(self.store, file, **how).child_id

    @property
    def child(self):
        return kept_people.child(self.store, self.child_id)

    def until(self, end):
        """Let the worker look when something is due until then, and keep what it tells: when, what, whom."""
        self._look()
        while self.now < end:
            self.now = min(self._next_look(), end)
            self._look()

    def _look(self):
        raised = sweep(self.store, now=self.now, holidays_for=holidays_for)
        for one in sorted(raised, key=lambda one: one.rung):
            self._tell(one.rung, one.owner)
        sweep_inhalers(self.store, now=self.now)
        for task in sweep_inboxes(self.store, now=self.now, holidays_for=holidays_for):
            if task.child_id:
                self._tell(task.kind, kept_people.organisation(self.store, task.owner_id).name)

    def _next_look(self):
        """Return when something is due next."""
        due = [moment(one.at) for one in next_looks.due(self.store, FOR_EVER, 500)]
        return min((at for at in due if at > self.now), default=FOR_EVER)

    def _tell(self, what, owner):
        self.told.append(f"{uk_time(self.now):%a %d %H:%M} {what} -> {owner}")

    def have_told(self, *expected):
        """Check all that was told since the last check, in order; then begin anew."""
        said, self.told = self.told, []
        assert said == list(expected), "\n".join(["Told, in order:", *said])

    def discharge(self, **changes):
        answers = {"plan-given-and-taught": "no"}
        hospital = {"hospital_id": self.ward.organisation_id, "practice_code": SURGERY.code}
        told = {"at": self.now, "discharged_at": self.now, "answers": answers} | hospital
        return tell(self.store, self.child, **told | changes).review_id

    def note(self, review_id, kind, words, by=None):
        by, version = by or self.gp, version_of(self.store, review_id)
        entry = Entry(kind, self.now, reason=words)
        record(self.store, review_id, entry, version=version, by=by, at=self.now)

    def state(self, review_id):
        review = kept_reviews.review(self.store, review_id)
        return standing(review.events, review.discharged_at, review.due, self.now)

    def tasks(self, person):
        return {one.kind for one in open_for(self.store, person, self.now)}


@pytest.fixture
def story(store, make_person, tmp_path):
    return Story(store, make_person, tmp_path)


def test_the_story(story, client_for, clock):
    read_supply_before_anything_happens(story, client_for)
    first = leave_hospital_without_a_plan(story)
    try_in_vain(story, first)
    second = leave_hospital_again_and_not_be_brought(story, first)
    let_the_nurse_be_off_sick(story)
    concern = hold_the_conference_on_friday(story, client_for, clock)
    pass_the_weekend(story, client_for, clock, (first, second), concern)


def read_supply_before_anything_happens(story, client_for):
    """Monday 23 November. Eight relievers and four preventers in six months: now somebody reads it."""
    while count_some(story.store, now=story.now, holidays_for=holidays_for):
        pass
    gp = client_for(Role.CLINICIAN, story.gp)
    facts = gp.get(f"/facts/{story.child_id}").text
    assert "Blue inhalers in 12 months: 8" in facts
    assert SOMEBODY_ELSE in facts
    assert f"/facts/{story.child_id}" in gp.get("/facts").text


def leave_hospital_without_a_plan(story):
    """Tuesday 24 November, 3pm. No plan was given: that is known, and each gap is somebody's question."""
    story.until(on(24, 15))
    story.have_told()
    first = story.discharge(visit="ASH-1")
    review = kept_reviews.review(story.store, first)
    assert review.due == date(2026, 11, 26)
    questions = kept_questions.questions_about(story.store, review.encounter_id)
    said = {one.code: one.answer for one in questions}
    assert said["plan-given-and-taught"] == "no"
    assert {"other-agencies", "who-follows-up"} <= {one.code for one in questions if one.is_open}
    assert {one.owner_id for one in questions} == {story.ward.organisation_id}
    return first


def try_in_vain(story, first):
    """Wednesday and Thursday. Nobody is reached, and that closes nothing: the next person is told."""
    story.until(on(25, 11))
    story.note(first, EventKind.CONTACT_ATTEMPTED, "No answer")
    story.until(on(26, 11))
    story.note(first, EventKind.MESSAGE_LEFT, "On the mother's phone")
    story.until(on(30, 9))
    assert story.state(first).state is State.OVERDUE
    assert (story.state(first).contact_attempts, story.state(first).is_closed) == (2, False)
    story.have_told(
        "Wed 25 08:00 not-booked -> Example Surgery",
        "Wed 25 12:00 not-booked-unanswered -> Example Surgery",
        "Wed 25 15:00 not-accepted -> Ash Hospital",
        "Wed 25 16:00 not-booked-unanswered -> Ash Hospital",
        "Wed 25 19:00 not-accepted-unanswered -> Ash Hospital",
        "Thu 26 08:00 due-today -> Example Surgery",
        "Thu 26 08:00 task-late -> Ash Hospital",  # what the discharge left open was due by Wednesday 3pm
        "Thu 26 10:00 due-today-unanswered -> Example Surgery",
        "Thu 26 12:00 due-today-unanswered -> Ash Hospital",
        "Thu 26 15:00 hours-48 -> Example Surgery",
        "Thu 26 17:00 hours-48-unanswered -> Example Surgery",
        "Thu 26 19:00 hours-48-unanswered -> Ash Hospital",
        "Fri 27 00:00 overdue -> Example Surgery",
        "Fri 27 10:00 overdue-unanswered -> Example Surgery",
        "Fri 27 12:00 overdue-unanswered -> Ash Hospital",
        "Sat 28 00:00 overdue-1-working-day -> Ash Hospital",
    )


def leave_hospital_again_and_not_be_brought(story, first):
    """Tuesday 1 December. Again without a plan; the second review is booked, and he is not brought."""
    story.until(on(1, 15))
    second = story.discharge(visit="ASH-2", discharged_at=story.now)
    story.until(on(2, 9))
    story.note(second, EventKind.BOOKED, "Thursday at 9am")
    story.until(on(3, 10))
    story.note(second, EventKind.WAS_NOT_BROUGHT, "Phoned, no answer; a letter is no outcome")
    for review_id in (first, second):
        assert not story.state(review_id).is_closed
    assert story.state(second).times_not_brought == 1
    story.have_told(
        "Tue 01 00:00 overdue-2-working-days -> Ash Hospital",
        "Tue 01 08:00 still-overdue -> Ash Hospital",
        "Wed 02 08:00 not-booked -> Example Surgery",
        "Wed 02 08:00 still-overdue -> Ash Hospital",
        "Thu 03 08:00 due-today -> Example Surgery",
        "Thu 03 08:00 still-overdue -> Ash Hospital",
        "Thu 03 08:00 task-late -> Ash Hospital",
        "Thu 03 10:00 due-today-unanswered -> Example Surgery",
    )
    return second


def let_the_nurse_be_off_sick(story):
    """Thursday 3 December. The nurse is off sick: her team's cover sees the child and has the tasks."""
    store, child_id = story.store, story.child_id
    plan = make_plan(store, story.child, story.gp, at=story.now)
    wanted = [Wanted(Reader.SCHOOL_NURSE, story.nurse.organisation_id, Basis.DIRECT_CARE)]
    wanted += [
        Wanted(Reader.SCHOOL, story.office.organisation_id, Basis.SAFEGUARDING, reason="No inhaler at school")
    ]
    wanted += [Wanted(Reader.HOSPITAL, story.ward.organisation_id, Basis.DIRECT_CARE)]
    share(store, child_id, wanted, by=story.gp, at=story.now)
    assert plan.status == "signed"
    with store.write(by="system", at=story.now) as write:
        teams.cover(write, story.nurse.organisation_id, story.cover.organisation_id)
    call_cover(store, date(2026, 12, 11), "Off sick", by=story.nurse, at=story.now)
    story.until(on(3, 14))
    found = SchoolInhaler(
        child_id, story.office.organisation_id, False, Spacer.MISSING, story.office.post_id, story.now
    )
    check_inhaler(store, found, by=story.office, at=story.now)
    assert TaskKind.INHALER_AT_SCHOOL in story.tasks(story.gp)
    term = term_of(story.now.date())
    figures = Absence(child_id, term, 42, 100, story.office.post_id, story.now, story.office.organisation_id)
    keep_figures(store, figures, by=story.office, at=story.now)
    story.have_told(
        "Thu 03 10:00 not-booked -> Example Surgery",  # he was not brought: that is chased at once
        "Thu 03 12:00 due-today-unanswered -> Ash Hospital",
        "Thu 03 14:00 not-booked-unanswered -> Example Surgery",
    )


def hold_the_conference_on_friday(story, client_for, clock):
    """Friday 4 December, 3pm. Scored 1 of 10, and "tonight": it does not wait for Monday."""
    store, child = story.store, story.child
    story.until(on(4, 15))
    story.have_told(
        "Thu 03 15:00 hours-48 -> Example Surgery",
        "Thu 03 17:00 hours-48-unanswered -> Example Surgery",
        "Thu 03 19:00 hours-48-unanswered -> Ash Hospital",
        "Fri 04 00:00 overdue -> Example Surgery",
        "Fri 04 08:00 still-overdue -> Ash Hospital",
        "Fri 04 10:00 overdue-unanswered -> Example Surgery",
        "Fri 04 12:00 overdue-unanswered -> Ash Hospital",
        "Fri 04 15:00 task-late -> Example Surgery",
    )
    clock.now = story.now
    gp = client_for(Role.CLINICIAN, story.gp)
    assert child.name in gp.get("/before").text  # before anybody raised anything: the facts alone prompt
    concern = make_concern(
        store,
        child,
        story.cover,
        at=story.now,
        words="She may die this weekend. Concernword.",
        how_safe=1,
        when=When.TONIGHT,
        asked_by=end_of(When.TONIGHT, story.now),
    )
    (at_once,) = kept_concerns.alerts(store, concern)
    assert (at_once.owner_id, at_once.told_ids) == (story.gp.organisation_id, (story.ward.organisation_id,))
    assert concern.act_by == on(4, 20)

    # Who reads of it: the teams that were told, and whoever raised it. Family and school never do.
    page = f"/concerns/{concern.id}"
    assert gp.get(page).status_code == client_for(Role.HOSPITAL, story.ward).get(page).status_code == 200
    assert "Concernword" in client_for(Role.SCHOOL_NURSE, story.cover).get(page).text
    office = client_for(Role.SCHOOL_STAFF, story.office)
    assert office.get(page).status_code == 404
    assert "Concernword" not in office.get(f"/shared/{child.id}").text
    assert not any(
        "Concernword" in str(one.body) or child.name in str(one.body) for one in outbox.unsent(store)
    )
    # That somebody else may use the inhalers is read by practice and hospital alone.
    facts = client_for(Role.SCHOOL_NURSE, story.cover).get(f"/facts/{child.id}")
    assert facts.status_code == 200
    assert SOMEBODY_ELSE not in facts.text
    return concern


def pass_the_weekend(story, client_for, clock, reviews, concern):
    """Nobody answers: each who is told next works that evening, and it is told again until somebody does."""
    store = story.store
    story.until(on(5, 21))
    story.have_told(
        "Fri 04 16:00 concern-not-acknowledged -> Example Surgery",
        "Fri 04 17:00 concern-not-taken -> Ash Hospital",
        "Fri 04 20:00 concern-not-answered -> Ash Hospital",
        "Sat 05 00:00 overdue-1-working-day -> Ash Hospital",
        "Sat 05 20:00 concern-told-again -> Ash Hospital",
    )
    with pytest.raises(DecisionMissing):  # words alone do not close it: somebody must look after the child
        answering.answer(store, concern.id, "a", "We will phone on Monday.", by=story.ward, at=story.now)
    route = {Way.ON_CALL: "Rose Hill, Ash Hospital, sees the child tonight"}
    who = (str(story.ward.ref), story.ward.organisation_id)
    made = Decision(
        str(uuid4()), story.child_id, f"Task/{concern.id}", *who, story.now, date(2026, 12, 7), route
    )
    decide(store, made, by=story.ward, at=story.now)
    answering.answer(store, concern.id, "b", "The child is on the ward.", by=story.ward, at=story.now)
    story.until(on(7, 9))
    story.have_told(
        "Mon 07 08:00 still-overdue -> Ash Hospital",
    )
    checks = [one for one in open_for(store, story.gp, story.now) if one.kind is TaskKind.WEEKEND_CHECK]
    assert [one.due_at for one in checks] == [on(7, 12)]
    clock.now = story.now
    assert "Answered" in client_for(Role.SCHOOL_NURSE, story.cover).get(f"/concerns/{concern.id}").text
    for review_id in reviews:
        assert not story.state(review_id).is_closed  # and the clock of each review still runs
        story.note(review_id, EventKind.REVIEW_RECORDED, "Cause, plan, technique and supply, on the ward")
        assert story.state(review_id).state is State.REVIEWED_LATE
    assert kept_reviews.open_alerts(store, story.child_id) == []
    story.until(on(7, 9) + 24 * HOUR)
    story.have_told(
        "Tue 08 09:00 task-late -> Example Surgery",
    )
