"""A child at school: checks of the inhaler, consent, what happened and absence, and who is told."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from fhir import kept_school_log
from fhir.kept_team_tasks import open_tasks_of, tasks_about
from fhir.patient import with_school
from fhir.store.errors import ResourceNotFound
from fhir.store.seals.audit_key import KeyPlace
from fhir.store.tables import teams
from plans.month_year import MonthYear
from plans.places import Organisation, OrganisationKind, Role
from plans.school_form import NotWhole
from plans.school_inhaler import Need, SchoolInhaler, Spacer
from plans.school_log import EntryKind, Inhaler, SchoolEntry, Why
from plans.school_term import Absence, term_of
from plans.sharing import Basis, Reader
from plans.team_task import TaskKind
from portal.actions.circle.sharing import Wanted, share
from portal.actions.inbox.tasks import answer_task
from portal.actions.school import log as school_log
from portal.actions.school.absence import keep_figures
from portal.actions.school.inhaler import check_inhaler, sweep_inhalers, what_school_needs
from portal.actions.teams import call_cover
from portal.calendar import holidays_for
from portal.worker import Work
from tests.portal.concern_making import make_concern
from tests.portal.conftest import HOMES, MONDAY_9AM
from tests.portal.making import (
    agreed,
    make_child,
    make_family_member,
    make_organisation,
    make_plan,
    open_by_link,
)
from tests.portal.school_making import make_pupil, move_to_school, name_the_team

ID = "00000000-0000-4000-8000-00000000000{}"
TODAY = MONDAY_9AM.date()


@pytest.fixture
def gp(make_person):
    return make_person(Role.CLINICIAN)


@pytest.fixture
def office(make_person):
    return make_person(Role.SCHOOL_STAFF)


@pytest.fixture
def nurse(make_person, store, office):
    """A school nurse whose team looks after the school of the office."""
    person = make_person(Role.SCHOOL_NURSE)
    name_the_team(store, office.organisation_id, person.organisation_id)
    return person


@pytest.fixture
def child(store, gp, office, nurse):
    """A child whose plan is shared with school and its nurses."""
    child, _plan = make_pupil(store, gp, office, nurse)
    return child


@pytest.fixture
def check(store, child, office):
    """Keep a check of the inhaler; name only what your test is about."""

    def check(at=MONDAY_9AM, **changes):
        usual = SchoolInhaler(
            child.id,
            child.school_id,
            is_there=True,
            spacer=Spacer.THERE,
            checked_by=office.post_id,
            checked_at=at,
            place="In the office",
            expires=MonthYear(2027, 11),
        )
        return check_inhaler(store, replace(usual, **changes), by=office, at=at)

    return check


def given(child, person, number=1, **changes):
    """Return a reliever that was given; name only what your test is about."""
    entry = SchoolEntry(
        ID.format(number),
        child.id,
        EntryKind.RELIEVER,
        MONDAY_9AM,
        kept_by=person.post_id,
        puffs=2,
        inhaler=Inhaler.OWN,
        why=Why.SYMPTOMS,
    )
    return replace(entry, **changes)


def told(store, child, kind):
    return [one for one in tasks_about(store, child.id) if one.kind is kind]


def test_an_inhaler_that_is_missing_is_a_task_of_the_practice_at_once(store, child, check, gp):
    lacking = check(is_there=False)

    [task] = open_tasks_of(store, gp.organisation_id)
    assert lacking == (Need.NO_INHALER,)
    assert (task.kind, task.child_id) == (TaskKind.INHALER_AT_SCHOOL, child.id)
    assert task.words == "School has no inhaler for this child."


@pytest.mark.parametrize(
    ("found", "lacking"),
    [
        ({"expires": MonthYear(2026, 10)}, (Need.EXPIRED,)),
        ({"expires": MonthYear(2026, 11)}, (Need.EXPIRES_SOON,)),
        ({"expires": MonthYear(2026, 12)}, ()),
        ({"doses_left": 0}, (Need.EMPTY,)),
        ({"spacer": Spacer.MISSING}, (Need.NO_SPACER,)),
        ({"spacer": Spacer.NOT_USED}, ()),
        ({"is_there": False, "spacer": Spacer.MISSING}, (Need.NO_INHALER, Need.NO_SPACER)),
    ],
)
def test_what_is_lacking_is_told_and_the_family_can_read_the_same(store, child, check, found, lacking):
    check(**found)

    assert what_school_needs(store, child.id, today=TODAY) == lacking
    assert len(told(store, child, TaskKind.INHALER_AT_SCHOOL)) == (1 if lacking else 0)


def test_a_second_check_that_finds_the_same_adds_no_second_task_while_the_first_is_open(store, child, check):
    check(is_there=False)
    check(at=MONDAY_9AM + timedelta(days=1), is_there=False)

    assert len(told(store, child, TaskKind.INHALER_AT_SCHOOL)) == 1


def test_an_open_task_says_what_the_last_check_found(store, child, check, gp):
    check(expires=MonthYear(2026, 10))
    [before] = open_tasks_of(store, gp.organisation_id)
    check(at=MONDAY_9AM + timedelta(hours=1), is_there=False)

    [task] = open_tasks_of(store, gp.organisation_id)
    assert task.words == "School has no inhaler for this child."
    assert (task.id, task.due_at) == (before.id, before.due_at)  # it gives nobody more time


def test_a_check_that_finds_all_there_settles_the_task(store, child, check):
    check(is_there=False)
    check(at=MONDAY_9AM + timedelta(days=1))

    [task] = told(store, child, TaskKind.INHALER_AT_SCHOOL)
    assert task.is_settled
    assert what_school_needs(store, child.id, today=TODAY) == ()


def test_an_answer_alone_does_not_end_it_it_comes_back_until_a_check_says_that_it_is_there(
    store, child, check, gp
):
    check(is_there=False)
    [task] = open_tasks_of(store, gp.organisation_id)
    answer_task(store, task.id, "Prescribed one", by=gp, at=MONDAY_9AM + timedelta(hours=1))

    for days, tasks in ((1, 1), (6, 1), (8, 2), (9, 2)):
        sweep_inhalers(store, now=MONDAY_9AM + timedelta(days=days))
        assert len(told(store, child, TaskKind.INHALER_AT_SCHOOL)) == tasks, days


def test_an_expiry_that_passes_by_itself_is_found_and_told_once_however_often_it_is_looked_for(
    store, child, check
):
    check(expires=MonthYear(2026, 12))
    assert told(store, child, TaskKind.INHALER_AT_SCHOOL) == []

    for days in (24, 24, 25, 26):
        sweep_inhalers(store, now=MONDAY_9AM + timedelta(days=days))

    [task] = told(store, child, TaskKind.INHALER_AT_SCHOOL)
    assert task.words == "The inhaler at school expires within 14 days."


def test_what_gets_worse_after_an_answer_is_told_again(store, child, check, gp):
    check(expires=MonthYear(2026, 11))
    [task] = open_tasks_of(store, gp.organisation_id)
    answered = MONDAY_9AM + timedelta(days=7)
    answer_task(store, task.id, "Ordered", by=gp, at=answered)

    sweep_inhalers(store, now=answered + timedelta(days=1))

    assert [one.words for one in told(store, child, TaskKind.INHALER_AT_SCHOOL)][-1] == (
        "The inhaler at school has expired."
    )


def test_the_practice_that_a_child_has_moved_to_is_told_though_the_former_has_not_answered(
    store, child, check
):
    check(is_there=False)
    practice = make_organisation(store, OrganisationKind.PRACTICE, "Ash Surgery")
    with store.write(by="system", at=MONDAY_9AM) as write:
        kept = write.read("Patient", child.id)
        moved = kept | {"generalPractitioner": [{"reference": f"Organization/{practice.id}"}]}
        write.update(moved, if_match=kept["meta"]["versionId"])
        write.audit("U", f"Patient/{child.id}", f"Patient/{child.id}", "move to another practice")

    sweep_inhalers(store, now=MONDAY_9AM + timedelta(days=1))

    assert [one.child_id for one in open_tasks_of(store, practice.id)] == [child.id]


def test_what_the_former_school_found_says_nothing_about_the_next(store, child, check):
    check(is_there=False, school_id=make_organisation(store, name="Elm School").id)

    assert what_school_needs(store, child.id, today=TODAY) == ()


def test_a_task_about_a_school_that_the_child_has_left_is_settled(store, child, check):
    check(is_there=False)
    with store.write(by="system", at=MONDAY_9AM) as write:
        kept = write.read("Patient", child.id)
        write.update(with_school(kept, ""), if_match=kept["meta"]["versionId"])
        write.audit("U", f"Patient/{child.id}", f"Patient/{child.id}", "leave the school")

    sweep_inhalers(store, now=MONDAY_9AM + timedelta(days=1))

    [task] = told(store, child, TaskKind.INHALER_AT_SCHOOL)
    assert (task.is_settled, task.answer) == (True, "The child does not go to that school any more.")


def test_without_a_practice_the_nurses_of_the_school_are_told(store, gp, office, nurse):
    child = make_child(store, gp, practice_id="", school_id=office.organisation_id)
    found = SchoolInhaler(child.id, child.school_id, False, Spacer.THERE, office.post_id, MONDAY_9AM)

    check_inhaler(store, found, by=office, at=MONDAY_9AM)

    assert [one.child_id for one in open_tasks_of(store, nurse.organisation_id)] == [child.id]


def test_what_happens_to_a_child_of_no_practice_and_no_school_stays_with_whoever_wrote_it_down(
    store, gp, nurse
):
    child = make_child(store, gp, practice_id="")

    school_log.record(store, given(child, nurse), by=nurse, at=MONDAY_9AM)

    assert [one.child_id for one in open_tasks_of(store, nurse.organisation_id)] == [child.id]


@pytest.mark.parametrize("changes", [{"place": ""}, {"expires": None}, {"doses_left": 9999}])
def test_a_check_that_leaves_out_what_matters_is_refused_and_nothing_is_kept(store, child, check, changes):
    with pytest.raises(NotWhole):
        check(**changes)

    assert store.count("QuestionnaireResponse") == 0


def test_what_happens_in_a_day_gathers_in_one_task_of_the_practice(store, child, office, gp):
    school_log.record(store, given(child, office), by=office, at=MONDAY_9AM)
    pe = given(child, office, 2, kind=EntryKind.MISSED_PE, puffs=None, inhaler=None, why=None)
    school_log.record(store, pe, by=office, at=MONDAY_9AM + timedelta(hours=2))

    [task] = open_tasks_of(store, gp.organisation_id)
    assert task.kind is TaskKind.USED_AT_SCHOOL
    assert task.words.splitlines() == [
        "23 November at 09:00: Reliever given, 2 puffs, the child's own inhaler, for symptoms,"
        " no parent told yet.",
        "23 November at 09:00: Missed PE because of asthma, no parent told yet.",
    ]


def test_what_happens_after_the_practice_has_looked_is_a_new_task_of_the_same_day(store, child, office, gp):
    school_log.record(store, given(child, office), by=office, at=MONDAY_9AM)
    [task] = open_tasks_of(store, gp.organisation_id)
    answer_task(store, task.id, "Seen", by=gp, at=MONDAY_9AM)

    school_log.record(store, given(child, office, 2), by=office, at=MONDAY_9AM)

    [again] = open_tasks_of(store, gp.organisation_id)
    assert again.id != task.id


def test_an_attack_is_a_task_of_its_own_at_once(store, child, office, gp):
    school_log.record(store, given(child, office), by=office, at=MONDAY_9AM)
    attack = given(
        child,
        office,
        2,
        kind=EntryKind.ATTACK,
        words="Could not speak.",
        called_999=True,
        puffs=None,
        inhaler=None,
        why=None,
    )
    school_log.record(store, attack, by=office, at=MONDAY_9AM)

    tasks = open_tasks_of(store, gp.organisation_id)
    assert len(tasks) == 2
    assert any("999 was called" in one.words and "Could not speak." in one.words for one in tasks)


def test_the_same_form_sent_twice_is_one_entry(store, child, office, gp):
    for _ in range(2):
        school_log.record(store, given(child, office), by=office, at=MONDAY_9AM)

    assert len(kept_school_log.entries_of(store, child.id)) == 1
    assert open_tasks_of(store, gp.organisation_id)[0].words.count("Reliever given") == 1


@pytest.mark.parametrize(
    "changes",
    [
        pytest.param({"puffs": 10}, id="more puffs"),
        pytest.param({"at": MONDAY_9AM - timedelta(hours=2)}, id="another time"),
        pytest.param({"words": "It did not help."}, id="other words"),
    ],
)
def test_a_form_that_is_sent_again_with_something_else_is_never_taken_for_the_same(
    store, child, office, changes
):
    school_log.record(store, given(child, office), by=office, at=MONDAY_9AM)

    with pytest.raises(NotWhole, match="Did it happen again"):
        school_log.record(store, given(child, office, **changes), by=office, at=MONDAY_9AM)


def test_the_form_of_an_entry_that_was_withdrawn_keeps_nothing_and_says_so(store, child, office):
    school_log.record(store, given(child, office), by=office, at=MONDAY_9AM)
    school_log.withdraw(store, child.id, ID.format(1), "It was her twin", by=office, at=MONDAY_9AM)

    with pytest.raises(NotWhole, match="Did it happen again"):
        school_log.record(store, given(child, office), by=office, at=MONDAY_9AM)


def test_a_form_sent_twice_within_a_minute_is_the_same_though_a_parent_was_told_between(store, child, office):
    school_log.record(store, given(child, office), by=office, at=MONDAY_9AM)
    school_log.say_told(store, child.id, ID.format(1), "The office", by=office, at=MONDAY_9AM)
    later = MONDAY_9AM + timedelta(seconds=30)

    school_log.record(store, given(child, office, at=later), by=office, at=later)

    [entry] = kept_school_log.entries_of(store, child.id)
    assert entry.told_by == "The office"


def test_an_entry_made_in_error_stays_readable_as_such_and_the_practice_is_told(store, child, office, gp):
    school_log.record(store, given(child, office), by=office, at=MONDAY_9AM)

    school_log.withdraw(store, child.id, ID.format(1), "It was her twin", by=office, at=MONDAY_9AM)

    [entry] = kept_school_log.entries_of(store, child.id)
    assert not entry.stands
    assert "Written in error" in open_tasks_of(store, gp.organisation_id)[0].words


def ids_seen(store, child, by):
    return [one.id[-1] for one in school_log.entries_seen(store, child.id, by=by, now=MONDAY_9AM)]


def test_staff_read_what_staff_of_their_own_school_wrote_the_nurse_and_the_practice_more(
    store, child, office, nurse, gp, make_person
):
    school_log.record(store, given(child, office, 1), by=office, at=MONDAY_9AM)
    school_log.record(store, given(child, nurse, 2, words="In confidence"), by=nurse, at=MONDAY_9AM)
    with store.write(by="system", at=MONDAY_9AM) as write:  # as entries were kept before they named a school
        kept_school_log.keep(write, given(child, office, 3))
        write.audit("C", f"Patient/{child.id}", f"Patient/{child.id}", "an older entry")
    elm = replace(HOMES[Role.SCHOOL_STAFF], name="Elm School", code="X99077")
    elm_office = make_person(Role.SCHOOL_STAFF, username="office.elm", organisation=elm)

    assert ids_seen(store, child, office) == ["1"]
    assert ids_seen(store, child, nurse) == ids_seen(store, child, gp) == ["3", "2", "1"]

    move_to_school(store, child, elm_office.organisation_id)
    school_log.record(store, given(child, elm_office, 4), by=elm_office, at=MONDAY_9AM)

    assert ids_seen(store, child, elm_office) == ["4"]
    assert ids_seen(store, child, nurse) == ["3", "2", "1"]
    assert ids_seen(store, child, gp) == ["4", "3", "2", "1"]
    with pytest.raises(ResourceNotFound):
        school_log.withdraw(store, child.id, ID.format(1), "Not ours", by=elm_office, at=MONDAY_9AM)
    with pytest.raises(ResourceNotFound):
        school_log.say_told(store, child.id, ID.format(2), "Office", by=office, at=MONDAY_9AM)


def test_a_day_with_very_much_in_it_still_fits_its_task_and_says_that_there_is_more(store, child, office, gp):
    for number in range(1, 10):
        for minute in range(4):
            entry = given(child, office, number, at=MONDAY_9AM - timedelta(minutes=minute))
            entry = replace(entry, id=entry.id[:-2] + f"{minute}{number}")
            school_log.record(store, entry, by=office, at=MONDAY_9AM)

    [task] = open_tasks_of(store, gp.organisation_id)
    assert len(task.words) <= 2000
    assert task.words.endswith("There is more in the log of school.")
    assert len(kept_school_log.entries_of(store, child.id)) == 36


def test_the_family_reads_what_was_given_but_nothing_hidden_and_nobody_elses_name(store, child, office):
    school_log.record(store, given(child, office, told_by="Told the other parent"), by=office, at=MONDAY_9AM)
    school_log.record(store, given(child, office, 2, is_hidden=True), by=office, at=MONDAY_9AM)

    [shown] = school_log.for_the_family(store, child.id)
    assert (shown.id, shown.puffs) == (ID.format(1), 2)
    assert {shown.told_by, shown.words, shown.given_by, shown.kept_by} == {""}


@pytest.mark.parametrize(
    "changes",
    [
        {"puffs": None},
        {"puffs": 0},
        {"inhaler": None},
        {"why": None},
        {"at": MONDAY_9AM + timedelta(days=1)},
        {"kind": EntryKind.ATTACK},
        {"words": "x" * 1001},
    ],
)
def test_an_entry_that_leaves_out_what_matters_is_refused(store, child, office, changes):
    with pytest.raises(NotWhole):
        school_log.record(store, given(child, office, **changes), by=office, at=MONDAY_9AM)

    assert tasks_about(store, child.id) == []


def test_where_no_practice_and_no_nurses_are_known_whoever_signed_the_plan_reads_what_school_says(
    store, gp, office
):
    child = make_child(store, gp, school_id=office.organisation_id)
    make_plan(store, child, gp)
    wanted = Wanted(Reader.SCHOOL, office.organisation_id, Basis.CONSENT, consent=agreed(store, child.id))
    share(store, child.id, [wanted], by=gp, at=MONDAY_9AM)
    with store.write(by="system", at=MONDAY_9AM) as write:
        kept = write.read("Patient", child.id)
        without = {name: value for name, value in kept.items() if name != "generalPractitioner"}
        write.update(without, if_match=kept["meta"]["versionId"])
        write.audit("U", f"Patient/{child.id}", f"Patient/{child.id}", "leave the practice")

    concern = make_concern(store, child, office)
    school_log.record(store, given(child, office), by=office, at=MONDAY_9AM)

    (task,) = [one for one in tasks_about(store, child.id) if one.kind is TaskKind.USED_AT_SCHOOL]
    assert task.owner_id == concern.owner_id == gp.organisation_id


def test_absence_is_kept_by_term_and_put_right_by_a_new_count(store, child, office):
    term = term_of(date(2026, 11, 23))
    for missed in (14, 12):
        keep_figures(
            store, Absence(child.id, term, missed, 120, office.post_id, MONDAY_9AM), by=office, at=MONDAY_9AM
        )

    [figures] = kept_school_log.absences_of(store, child.id)
    assert (figures.missed, figures.possible, figures.term) == (12, 120, term)


def test_a_nurse_who_covers_writes_for_the_school_where_the_child_goes(
    store, child, office, nurse, make_person
):
    elm = Organisation("", OrganisationKind.NURSING_TEAM, "Elm School Nurses", "X99041")
    cover = make_person(Role.SCHOOL_NURSE, username="nurse.elm", organisation=elm)
    with store.write(by="system", at=MONDAY_9AM) as write:
        teams.cover(write, nurse.organisation_id, cover.organisation_id)
    call_cover(store, TODAY, "Ill", by=nurse, at=MONDAY_9AM)

    for person, missed in ((office, 14), (cover, 12)):
        figures = Absence(child.id, term_of(TODAY), missed, 120, person.post_id, MONDAY_9AM)
        keep_figures(store, figures, by=person, at=MONDAY_9AM)
    school_log.record(store, given(child, cover), by=cover, at=MONDAY_9AM)

    [kept] = kept_school_log.absences_of(store, child.id)
    [entry] = kept_school_log.entries_of(store, child.id)
    assert (kept.missed, kept.school_id, entry.school_id) == (12, child.school_id, child.school_id)


def test_the_family_page_says_what_school_lacks_and_gave_and_nothing_of_a_concern(
    store, child, check, office, nurse, gp, stranger
):
    mother = make_family_member(store, child)
    wanted = Wanted(Reader.FAMILY, mother.id, Basis.CONSENT, consent=agreed(store, child.id))
    [link] = share(store, child.id, [wanted], by=gp, at=MONDAY_9AM)
    check(is_there=False)
    school_log.record(
        store, given(child, office, told_by="Told Omar", words="Wheezy"), by=office, at=MONDAY_9AM
    )
    make_concern(store, child, nurse)

    open_by_link(stranger, store, f"/f/{link.token}", gp)
    page = stranger.get(f"/f/{link.token}/plan").text

    assert "There is no inhaler at school." in page
    assert "School gave 2 puffs on 23 November 2026." in page
    assert not [word for word in ("Omar", "Wheezy", "thin and tired") if word in page]


def test_a_round_of_the_worker_finds_what_has_expired_at_school(store, child, check, clock):
    check(expires=MonthYear(2026, 12))
    clock.let_pass(days=30)
    key = KeyPlace(given="elm and oak and ash and birch and yew")

    Work(store, {}, clock, holidays_for, key).round()

    assert len(told(store, child, TaskKind.INHALER_AT_SCHOOL)) == 1
