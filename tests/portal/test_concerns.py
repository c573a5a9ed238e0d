"""Concerns: raised by anybody who sees a child, told to one team after another until somebody answers."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest

from fhir import kept_concerns, kept_reviews, kept_team_tasks
from fhir.audit_event import from_audit_event
from fhir.store import open_store
from fhir.store.errors import ResourceNotFound
from fhir.store.tables import next_looks, outbox, posts, teams
from plans.concern import DecisionMissing, NotOpen, State, When, end_of
from plans.death import Death
from plans.places import Organisation, OrganisationKind, Role
from plans.sharing import Basis, Reader
from plans.team_task import TaskKind
from plans.weekend import Decision, Way
from portal.actions.alerts import CARRIER
from portal.actions.circle.sharing import Wanted, share
from portal.actions.concerns import answering
from portal.actions.concerns.numbers import Purpose, keep_numbers
from portal.actions.concerns.raising import RaisedBefore
from portal.actions.concerns.seen import all_found, find
from portal.actions.deaths import saying as deaths
from portal.actions.inbox.tasks import NewTask, raise_task
from portal.actions.sweep import sweep
from portal.actions.teams import call_cover
from portal.calendar import holidays_for
from portal.notify.emptying import empty_outbox
from portal.notify.letter import NotCarried
from tests.portal.concern_making import decide, make_concern
from tests.portal.conftest import HOMES, MONDAY_9AM, on_both_engines
from tests.portal.discharge_making import tell
from tests.portal.making import make_child
from tests.portal.school_making import make_pupil, name_the_team
from tests.portal.shared_making import READERS, make_shared_child

engine = on_both_engines()

FRIDAY_3PM = datetime(2026, 11, 27, 15, tzinfo=UTC)
HOUR = timedelta(hours=1)
WORDS = "He says that he is afraid to go home. Concernword."


@pytest.fixture
def gp(make_person):
    return make_person(Role.CLINICIAN, organisation=replace(HOMES[Role.CLINICIAN], phone="0121 496 0101"))


@pytest.fixture
def ward(make_person):
    return make_person(Role.HOSPITAL)


@pytest.fixture
def office(make_person):
    return make_person(Role.SCHOOL_STAFF)


@pytest.fixture
def nurse(make_person, store, office):
    person = make_person(Role.SCHOOL_NURSE)
    name_the_team(store, office.organisation_id, person.organisation_id)
    return person


@pytest.fixture
def child(store, gp, ward, nurse, office):
    """A pupil of Oak School and patient of Elm Surgery, whose plan the nurse, school and ward have."""
    pupil, _plan = make_pupil(store, gp, office, nurse)
    wanted = Wanted(Reader.HOSPITAL, ward.organisation_id, Basis.DIRECT_CARE)
    share(store, pupil.id, [wanted], by=gp, at=MONDAY_9AM)
    return pupil


@pytest.fixture
def say(store, child, nurse):
    """Raise a concern; name only what your test is about."""

    def make(by=nurse, at=FRIDAY_3PM, when=When.BY, **changes):
        monday = datetime(2026, 11, 30, 10, tzinfo=UTC)
        usual = {"words": WORDS, "how_safe": 1, "asked_by": monday if when is When.BY else end_of(when, at)}
        return make_concern(store, child, by, at=at, when=when, **usual | changes)

    return make


@pytest.fixture
def look(store):
    return lambda now: sweep(store, now=now, holidays_for=holidays_for)


def told(store, concern):
    """Return each step by which a concern was told, with the team that had to act."""
    return [(one.rung.removeprefix("concern-"), one.owner_id) for one in kept_concerns.alerts(store, concern)]


def decided(concern, person, at, **ways):
    return Decision(
        str(uuid4()), concern.child_id, f"Task/{concern.id}", str(person.ref), person.organisation_id, at,
        date(2026, 11, 30), ways or {Way.ON_CALL: "Rose Hill, Ash Hospital, sees him tonight"},
    )  # fmt: skip


def test_a_concern_scored_1_on_a_friday_reaches_a_staffed_team_that_evening_and_each_day_until_answered(
    store, say, look, gp, ward, nurse
):
    concern = say()
    elm, ash = gp.organisation_id, ward.organisation_id

    assert told(store, concern) == [("raised", elm)]
    assert kept_concerns.alerts(store, concern)[0].told_ids == (ash,)  # the ward knows from the first minute
    for hour in (1, 2, 5, 29, 53):
        look(FRIDAY_3PM + hour * HOUR)
        look(FRIDAY_3PM + hour * HOUR)

    assert told(store, concern) == [
        ("raised", elm),
        ("not-acknowledged", elm),
        ("not-taken", ash),
        ("not-answered", ash),
        ("told-again", ash),
        ("told-again", ash),
    ]
    assert kept_concerns.concern(store, concern.id).owner_id == ash
    sunday = FRIDAY_3PM + 54 * HOUR
    decide(store, decided(concern, ward, sunday), by=ward, at=sunday)
    answering.answer(store, concern.id, "a1", "Seen on the ward.", by=ward, at=sunday)
    look(sunday + timedelta(days=9))

    assert len(told(store, concern)) == 6
    assert not any(one.acknowledged_at is None for one in kept_concerns.alerts(store, concern))
    (found,) = all_found(store, nurse, sunday)
    assert (found.state, found.events[-1].words) == (State.ANSWERED, "Seen on the ward.")


def test_no_message_says_a_word_of_it_or_of_the_child_and_each_who_is_told_gets_one(
    store, say, look, child, gp, ward
):
    concern = say()
    look(FRIDAY_3PM + 2 * HOUR)

    sent = outbox.unsent(store)
    assert [one.recipient for one in sent[:2]] == [gp.organisation_id, ward.organisation_id]
    assert [one.body["owner"] for one in sent[:2]] == ["Elm Surgery", "Ash Hospital"]  # each reads their own
    assert sent[0].body["about"].startswith("A concern about a child must be acted on at once")
    assert sent[1].body["about"] == (  # at night nobody else reads it
        "An urgent concern about a child is open, and Elm Surgery must act. Read it now. If Elm Surgery is "
        "closed or cannot be reached, act."
    )
    taken = [one.body["about"] for one in sent[4:] if one.recipient == gp.organisation_id]
    assert [one.split(": read")[0] for one in taken] == [
        "Ash Hospital must act on a concern about a child. You are told so that you know"
    ]
    for message in sent:
        said = str(message.body)
        assert message.body["page"] == f"/concerns/{concern.id}"
        assert not any(word in said for word in ("Concernword", child.family, child.given, child.id))


class Hand:
    """A carrier that keeps whom it wrote to, unless they cannot be reached."""

    def __init__(self):
        self.carried, self.unreached = [], set()

    def carry(self, message):
        if message.recipient in self.unreached:
            raise NotCarried("ConnectTimeout")
        self.carried.append(message.recipient)


@pytest.fixture
def hand(store):
    """Carry what is due by a moment."""
    hand = Hand()
    hand.carry_all = lambda now: empty_outbox(store, {CARRIER: hand}, lambda: now)
    return hand


def test_each_who_is_told_is_really_written_to_even_while_a_death_is_in_question(
    store, say, hand, child, gp, ward
):
    say()
    died = Death("d1", child.id, FRIDAY_3PM.date(), "his aunt", str(ward.ref), FRIDAY_3PM)
    deaths.say(store, died, by=ward, at=FRIDAY_3PM)
    hand.carry_all(FRIDAY_3PM)

    assert hand.carried == [gp.organisation_id, ward.organisation_id]


def test_that_one_team_has_seen_it_silences_no_message_to_another_and_its_answer_does(
    store, say, look, hand, gp, ward
):
    concern = say()
    hand.unreached = {ward.organisation_id}
    hand.carry_all(FRIDAY_3PM)
    answering.acknowledge(store, concern.id, "s", by=gp, at=FRIDAY_3PM)
    hand.carry_all(FRIDAY_3PM + HOUR)
    hand.unreached = set()
    hand.carry_all(FRIDAY_3PM + 2 * HOUR)
    assert hand.carried == [gp.organisation_id, ward.organisation_id]

    look(FRIDAY_3PM + 6 * HOUR)
    decide(store, decided(concern, gp, FRIDAY_3PM), by=gp, at=FRIDAY_3PM)
    answering.answer(store, concern.id, "a", "Phoned.", by=gp, at=FRIDAY_3PM + 6 * HOUR)
    hand.carry_all(FRIDAY_3PM + 6 * HOUR)
    assert len(hand.carried) == 2
    assert outbox.unsent(store) == []


def test_what_is_urgent_goes_to_those_who_are_there_at_that_hour_and_what_is_not_waits_for_the_surgery(
    store, say, gp, ward
):
    at_9pm = FRIDAY_3PM + 6 * HOUR
    urgent, usual = say(at=at_9pm, when=When.TONIGHT), say(at=at_9pm, when=When.TODAY, how_safe=5)

    assert told(store, urgent)[0] == ("raised", ward.organisation_id)
    assert gp.organisation_id in kept_concerns.alerts(store, urgent)[0].told_ids
    assert told(store, usual)[0] == ("raised", gp.organisation_id)


def test_on_a_day_when_the_first_team_is_closed_a_staffed_team_or_its_open_cover_acts(
    store, say, gp, ward, make_person
):
    saturday = FRIDAY_3PM + 20 * HOUR
    assert told(store, say(at=saturday, when=When.TONIGHT))[0] == ("raised", ward.organisation_id)

    yew = make_person(
        Role.HOSPITAL, username="yew", organisation=replace(HOMES[Role.HOSPITAL], name="Yew", code="X99019")
    )
    with store.write(by="system", at=saturday) as write:
        teams.cover(write, gp.organisation_id, yew.organisation_id)
    concern = say(at=saturday, when=When.TONIGHT)
    assert told(store, concern)[0] == ("raised", yew.organisation_id)
    assert gp.organisation_id in kept_concerns.alerts(store, concern)[0].told_ids


def test_without_a_known_hospital_the_next_team_has_it_and_the_page_says_that_nobody_is_there_at_night(
    store, gp, nurse, make_person, client_for, look
):
    far = Organisation("", OrganisationKind.HOSPITAL, "Far Hospital", "X98803")
    make_person(Role.HOSPITAL, username="far", organisation=far)
    make_person(Role.HOSPITAL, username="away", organisation=replace(far, name="Away", code="X98804"))
    child = make_child(store, gp)
    browser = client_for(Role.CLINICIAN, gp)

    page = browser.get(f"/concerns/new/{child.id}").text

    assert "No team that is there day and night is known for this child" in page
    assert "Sent now, it goes to Elm Surgery first" in page
    assert "is told at once" not in page  # there is no team that is there day and night to be told


def test_the_form_says_whom_a_concern_goes_to_first_on_the_day_it_is_sent(child, nurse, client_for, clock):
    clock.now = FRIDAY_3PM
    friday = client_for(Role.SCHOOL_NURSE, nurse).get(f"/concerns/new/{child.id}").text
    clock.now = FRIDAY_3PM + 20 * HOUR
    saturday = client_for(Role.SCHOOL_NURSE, nurse).get(f"/concerns/new/{child.id}").text

    assert "Sent now, it goes to Elm Surgery first" in friday
    assert "With 2 or less, or tonight, Ash Hospital is told at once too" in friday
    clock.now = FRIDAY_3PM + 6 * HOUR
    at_9pm = client_for(Role.SCHOOL_NURSE, nurse).get(f"/concerns/new/{child.id}").text
    assert "Sent now, it goes to Elm Surgery first" in at_9pm
    assert "it goes to Ash Hospital first, as Elm Surgery is closed at this hour" in at_9pm
    assert "Sent now, it goes to Ash Hospital first" in saturday
    assert "Elm Surgery is closed today, and is told too" in saturday
    assert "not read at night" not in friday


def test_an_urgent_concern_is_answered_only_once_somebody_decided_by_name(store, say, gp, nurse):
    concern = say(when=When.TONIGHT, how_safe=5)
    with pytest.raises(DecisionMissing):
        answering.answer(store, concern.id, "a", "Phoned.", by=gp, at=FRIDAY_3PM)
    decide(store, decided(concern, gp, FRIDAY_3PM), by=gp, at=FRIDAY_3PM)
    decide(store, replace(decided(concern, gp, FRIDAY_3PM), id=str(uuid4())), by=gp, at=FRIDAY_3PM)
    answering.answer(store, concern.id, "a", "Phoned.", by=gp, at=FRIDAY_3PM)

    checks = [
        one
        for one in kept_team_tasks.open_tasks_of(store, gp.organisation_id)
        if one.kind is TaskKind.WEEKEND_CHECK
    ]
    assert [one.due_at for one in checks] == [datetime(2026, 11, 30, 12, tzinfo=UTC)] * 2
    assert "Rose Hill" in checks[0].words


def test_that_it_is_not_needed_is_a_decision_that_asks_nobody_on_monday(store, say, gp):
    concern = say()
    decide(store, decided(concern, gp, FRIDAY_3PM, **{Way.NOT_NEEDED: "Seen now"}), by=gp, at=FRIDAY_3PM)

    tasks = kept_team_tasks.open_tasks_of(store, gp.organisation_id)
    assert TaskKind.WEEKEND_CHECK not in {one.kind for one in tasks}


def test_who_has_seen_it_is_kept_and_its_clock_runs_on(store, say, look, gp, ward):
    concern = say()
    answering.acknowledge(store, concern.id, "s", by=gp, at=FRIDAY_3PM)
    look(FRIDAY_3PM + 6 * HOUR)

    assert told(store, concern) == [("raised", gp.organisation_id), ("not-answered", ward.organisation_id)]
    first = kept_concerns.alerts(store, concern)[0]
    assert (first.acknowledged_by, first.is_settled) == (gp.practitioner_id, False)


def test_a_team_that_was_only_told_stops_nothing_by_having_seen_it_and_who_covers_the_owner_does(
    store, say, look, gp, ward, nurse, make_person, client_for, clock
):
    concern, elm = say(), gp.organisation_id
    answering.acknowledge(store, concern.id, "s", by=ward, at=FRIDAY_3PM)
    look(FRIDAY_3PM + HOUR)
    assert told(store, concern) == [("raised", elm), ("not-acknowledged", elm)]
    clock.now = FRIDAY_3PM + HOUR
    nurses = client_for(Role.SCHOOL_NURSE, nurse)
    for page in ("/concerns", f"/concerns/{concern.id}", f"/concerns/new/{concern.child_id}"):
        assert "Seen by Ash Hospital, not by the team that must act" in nurses.get(page).text

    yew = replace(HOMES[Role.HOSPITAL], name="Yew", code="X99019")
    yew = make_person(Role.HOSPITAL, username="yew", organisation=yew)
    with store.write(by="system", at=FRIDAY_3PM) as write:
        teams.cover(write, elm, yew.organisation_id)
    call_cover(store, FRIDAY_3PM.date(), "Training", by=gp, at=FRIDAY_3PM)
    answering.acknowledge(store, concern.id, "t", by=yew, at=FRIDAY_3PM + HOUR)
    look(FRIDAY_3PM + 3 * HOUR)
    assert len(told(store, concern)) == 2
    assert "Seen by Ash Hospital and Yew, not answered yet" in nurses.get("/concerns").text


def test_each_team_says_for_itself_that_it_has_seen_it_and_the_audit_names_each(store, say, look, gp, ward):
    concern = say()
    look(FRIDAY_3PM + 2 * HOUR)  # it is the ward's by now
    for once, person in (("s", gp), ("t", ward), ("t", ward)):
        answering.acknowledge(store, concern.id, once, by=person, at=FRIDAY_3PM + 3 * HOUR)

    seen = [one.acknowledged_by for one in kept_concerns.alerts(store, concern)]
    assert seen == [gp.practitioner_id, gp.practitioner_id, ward.practitioner_id]
    entries = [
        from_audit_event(one) for one in store.search("AuditEvent", entity=f"Patient/{concern.child_id}")
    ]
    lines = [one.by for one in entries if one.detail == "acknowledge the alert"]
    assert sorted(lines) == sorted([str(gp.ref), str(gp.ref), str(ward.ref)])


def test_the_same_answer_sent_twice_is_kept_once_and_in_other_words_it_is_refused(store, say, gp):
    concern = say(how_safe=5)
    for _ in range(2):
        answering.answer(store, concern.id, "a", "Phoned. ", by=gp, at=FRIDAY_3PM + HOUR)
    with pytest.raises(NotOpen):
        answering.answer(store, concern.id, "a", "Seen.", by=gp, at=FRIDAY_3PM + HOUR)

    assert [one.words for one in kept_concerns.concern(store, concern.id).events] == ["Phoned."]


def test_who_disagrees_sends_it_one_step_up_at_once_and_once(store, say, look, gp, ward, nurse):
    concern = say(how_safe=5)
    answering.answer(store, concern.id, "a", "We phoned.", by=gp, at=FRIDAY_3PM + HOUR)
    with pytest.raises(ResourceNotFound):
        answering.disagree(
            store, concern.id, "d", "No", by=gp, at=FRIDAY_3PM + HOUR, holidays_for=holidays_for
        )
    at = FRIDAY_3PM + 2 * HOUR
    answering.disagree(store, concern.id, "d", "Nobody saw him.", by=nurse, at=at, holidays_for=holidays_for)
    look(at + 4 * HOUR)

    assert told(store, concern)[1:] == [
        ("disagreed", ward.organisation_id),
        ("not-answered", ward.organisation_id),
    ]
    answering.answer(store, concern.id, "b", "Seen.", by=ward, at=at + 4 * HOUR)
    assert kept_concerns.concern(store, concern.id).state is State.ANSWERED


def test_a_concern_never_goes_back_to_the_team_that_answered_while_another_is_there(
    store, say, look, gp, ward, nurse, client_for, clock
):
    concern = say()
    look(FRIDAY_3PM + 2 * HOUR)  # it is the ward's by now
    at = FRIDAY_3PM + 2.5 * HOUR
    decide(store, decided(concern, ward, at), by=ward, at=at)
    answering.answer(store, concern.id, "a", "We phoned.", by=ward, at=at)
    clock.now = at
    before = client_for(Role.SCHOOL_NURSE, nurse).get(f"/concerns/{concern.id}").text
    assert "It goes to Elm Surgery, which must act by 7:30pm today" in before
    answering.disagree(store, concern.id, "d", "Nobody saw him.", by=nurse, at=at, holidays_for=holidays_for)

    (alert,) = kept_concerns.alerts(store, concern)[3:]
    assert (alert.owner_id, set(alert.told_ids)) == (gp.organisation_id, {ward.organisation_id})
    assert kept_concerns.concern(store, concern.id).owner_id == gp.organisation_id
    page = client_for(Role.SCHOOL_NURSE, nurse).get(f"/concerns/{concern.id}").text
    assert "7:30pm today" in page
    assert "back with the team that had answered" not in page
    look(at + 2 * HOUR)  # nobody answered again: the last step stays with those who are there day and night
    page = client_for(Role.SCHOOL_NURSE, nurse).get(f"/concerns/{concern.id}").text
    assert "It is back with the team that had answered, as no other team is there or has acted." in page


def test_where_no_other_team_is_there_the_page_says_so_with_numbers_before_and_after_somebody_disagrees(
    store, say, ward, nurse, client_for, clock
):
    saturday = FRIDAY_3PM + 20 * HOUR
    concern = say(at=saturday, when=When.TONIGHT)  # the surgery is closed: it is the ward's
    decide(store, decided(concern, ward, saturday), by=ward, at=saturday)
    answering.answer(store, concern.id, "a", "We phoned.", by=ward, at=saturday)
    clock.now = saturday
    browser = client_for(Role.SCHOOL_NURSE, nurse)

    before = browser.get(f"/concerns/{concern.id}").text
    browser.post(f"/concerns/{concern.id}/disagree", data={"disagree": "Nobody saw him."})
    after = browser.get(f"/concerns/{concern.id}").text

    assert "it goes back to Ash Hospital, which must act by 1:00pm today. Phone too." in before
    assert "It is back with the team that had answered, as no other team is there or has acted." in after
    assert before.count("Who to phone now") == after.count("Who to phone now") == 1


def test_an_answer_that_is_disagreed_with_at_night_stays_with_those_who_are_awake(
    store, say, look, gp, ward, nurse, make_person
):
    def disagree_at_9pm():
        concern, at = say(), FRIDAY_3PM + 6 * HOUR
        look(at)  # it is the ward's by now, and a Friday, on which the surgery was open
        decide(store, decided(concern, ward, at), by=ward, at=at)
        answering.answer(store, concern.id, "a", "We phoned.", by=ward, at=at)
        answering.disagree(store, concern.id, "d", "No.", by=nurse, at=at, holidays_for=holidays_for)
        return kept_concerns.concern(store, concern.id)

    at_night = disagree_at_9pm()
    assert (at_night.owner_id, at_night.is_back) == (ward.organisation_id, True)
    (anew,) = [one for one in kept_concerns.alerts(store, at_night) if one.rung == "concern-disagreed"]
    assert gp.organisation_id in anew.told_ids

    yew = replace(HOMES[Role.HOSPITAL], name="Yew", code="X99019")
    yew = make_person(Role.HOSPITAL, username="yew", organisation=yew)
    with store.write(by="system", at=FRIDAY_3PM) as write:
        teams.cover(write, gp.organisation_id, yew.organisation_id)
    assert disagree_at_9pm().owner_id == yew.organisation_id


def test_a_concern_survives_whoever_raised_it_and_is_withdrawn_with_a_reason_that_the_owner_reads(
    store, say, look, gp, nurse, make_person
):
    concern = say(how_safe=5)
    colleague = make_person(Role.SCHOOL_NURSE, username="nurse.ash", name="Ivy Ash")
    with store.write(by="system", at=FRIDAY_3PM) as write:
        posts.end(write, nurse.post_id)
    assert find(store, concern.id, colleague, FRIDAY_3PM).follows
    answering.withdraw(store, concern.id, "w", "Another child.", by=colleague, at=FRIDAY_3PM + HOUR)

    assert look(FRIDAY_3PM + timedelta(days=5)) == []
    read = find(store, concern.id, gp, FRIDAY_3PM + 2 * HOUR).concern
    assert (read.state, read.events[-1].words) == (State.WITHDRAWN, "Another child.")
    with pytest.raises(NotOpen):
        answering.answer(store, concern.id, "a", "Phoned.", by=gp, at=FRIDAY_3PM + 2 * HOUR)


def test_it_is_there_for_who_raised_it_and_who_was_told_and_for_nobody_else(
    store, say, gp, ward, nurse, office, make_person
):
    concern = say()
    teacher = make_person(Role.SCHOOL_STAFF, username="teacher", name="Ann Field")
    pharmacist = make_person(Role.PHARMACIST, username="ph", organisation=HOMES[Role.CLINICIAN])
    for person in (gp, ward, nurse):
        assert [one.id for one in all_found(store, person, FRIDAY_3PM)] == [concern.id]
    for person in (office, pharmacist):
        assert all_found(store, person, FRIDAY_3PM) == []
        with pytest.raises(ResourceNotFound):
            find(store, concern.id, person, FRIDAY_3PM)

    own = say(by=office)
    lead = replace(teacher, leads=True)
    assert not find(store, own.id, office, FRIDAY_3PM).may_act
    seen = find(store, own.id, lead, FRIDAY_3PM)
    assert (seen.follows, seen.reads) == (True, False)  # a lead sees where it stands, and no word of it
    with pytest.raises(ResourceNotFound):
        answering.withdraw(store, own.id, "w", "Wrong", by=lead, at=FRIDAY_3PM)
    with pytest.raises(ResourceNotFound):
        find(store, own.id, teacher, FRIDAY_3PM)


def test_the_same_form_is_one_concern_and_in_other_words_it_is_refused(store, say):
    concern = say()
    assert say(id=concern.id) == kept_concerns.concern(store, concern.id)
    with pytest.raises(RaisedBefore):
        say(id=concern.id, words="Something else.")


def test_a_concern_that_was_kept_as_a_task_is_taken_over_once_by_the_clock(
    store, look, child, gp, ward, nurse
):
    words = "How safe is the child, from 0 (not safe) to 10 (safe): 4. Act by: today.\nThin and tired"
    with store.write(by=nurse.ref, at=FRIDAY_3PM) as write:
        about = f"Organization/{nurse.organisation_id}"
        old = raise_task(write, NewTask(TaskKind.CONCERN, gp.organisation_id, child.id, about, words))
        next_looks.put_at_once(write, kept_concerns.LOOK, old.id)
    look(FRIDAY_3PM + HOUR)
    look(FRIDAY_3PM + HOUR)

    (concern,) = all_found(store, nurse, FRIDAY_3PM)
    assert (concern.how_safe, concern.words, concern.asked_by) == (4, words, old.due_at)
    assert concern.raised_by == nurse.ref
    assert kept_team_tasks.task(store, old.id).is_settled
    look(FRIDAY_3PM + 7 * HOUR)
    assert told(store, concern)[-1] == ("staffed", ward.organisation_id)


def test_two_workers_at_once_tell_each_step_once(store, say, tmp_path, database_url):
    concerns = [say() for _ in range(4)]

    def look(_):
        mine = open_store(tmp_path, database_url)
        try:
            return sweep(mine, now=FRIDAY_3PM + 2 * HOUR, holidays_for=holidays_for)
        finally:
            mine.close()

    with ThreadPoolExecutor(2) as workers:
        raised = [one for some in workers.map(look, range(2)) for one in some]

    assert len(raised) == len({one.id for one in raised}) == 8
    assert all(len(told(store, one)) == 3 for one in concerns)


def test_the_index_of_when_to_look_can_be_made_again(store, say, look):
    concern = say()
    with store.write(by="system", at=FRIDAY_3PM) as write:
        next_looks.take_away(write, kept_concerns.LOOK, concern.id)

    look(FRIDAY_3PM + timedelta(days=1))

    assert len(told(store, concern)) == 4


# Pages

FORM = {"words": WORDS, "how-safe": "1", "when": "today"}


@pytest.fixture
def at_3pm_on_friday(clock):
    clock.now = FRIDAY_3PM


def test_raising_answering_and_disagreeing_on_the_pages(
    store, child, nurse, gp, client_for, at_3pm_on_friday
):
    school_nurse, doctor = client_for(Role.SCHOOL_NURSE, nurse), client_for(Role.CLINICIAN, gp)
    keep_numbers(
        store, {Purpose.SAFEGUARDING: ("Elm safeguarding", "0121 496 0199")},
        by=replace(gp, leads=True), at=FRIDAY_3PM,
    )  # fmt: skip

    sent = school_nurse.post(f"/concerns/new/{child.id}", data=FORM)
    page = school_nurse.get(sent.location).text
    assert page.index("Call 999") < page.index("0121 496 0199") < page.index("Concernword")
    assert "Nobody has entered a number: Elm Surgery, out of hours, or on call; Ash Hospital," in " ".join(
        page.split()
    )
    assert "Elm Surgery must act" in page
    assert "I have seen it" not in page
    assert "Asked for: Today" in page
    assert f'href="{sent.location}"' in doctor.get("/concerns").text

    assert doctor.post(f"{sent.location}/acknowledge").status_code == 303
    refused = doctor.post(f"{sent.location}/answer", data={"answer": "Phoned."})
    assert (refused.status_code, "Record first who looks after the child now" in refused.text) == (422, True)
    assert doctor.post(f"{sent.location}/weekend", data={}).status_code == 422
    doctor.post(f"{sent.location}/weekend", data={Way.ON_CALL: "Rose Hill sees him tonight"})
    assert doctor.post(f"{sent.location}/answer", data={"answer": "Phoned."}).status_code == 303
    assert doctor.post(f"{sent.location}/disagree", data={"disagree": "No"}).status_code == 404

    page = school_nurse.get(sent.location).text
    assert "Rose Hill sees him tonight" in page
    assert "Phoned." in page
    school_nurse.post(f"{sent.location}/disagree", data={"disagree": "Nobody saw him."})
    page = doctor.get(sent.location).text
    assert "Ash Hospital must act" in page
    assert "This is a new clock, as the answer was not agreed with." in page
    assert "Open again, nobody has seen it since" in page
    assert "nobody has seen it yet" not in page  # it says above who saw it before
    again = school_nurse.post(f"{sent.location}/disagree", data={"disagree": "Again"})
    assert again.status_code == 422


@pytest.mark.parametrize("role", [Role.SOCIAL_WORKER, Role.HOSPITAL])
def test_who_acts_on_a_concern_reads_no_counted_fact_unless_they_see_the_record_and_such_facts(
    store, gp, make_person, client_for, role, at_3pm_on_friday
):
    person = make_person(role)
    is_shared = role is Role.SOCIAL_WORKER  # who reads the card and the plan; the ward was told, and no more
    child = make_shared_child(store, gp, person) if is_shared else make_child(store, gp)
    left = FRIDAY_3PM - 6 * HOUR
    tell(store, child, at=FRIDAY_3PM, discharged_at=left, hospital_code="", hospital_name="")
    page = f"/concerns/{make_concern(store, child, person, at=FRIDAY_3PM, how_safe=1).id}"
    fact, asked = "Admissions for asthma in 12 months", "Who looks after the child until"

    shown = client_for(role, person).get(page).text

    assert asked in shown
    assert fact not in shown
    assert fact in client_for(Role.CLINICIAN, gp).get(page).text


def test_what_was_typed_is_kept_with_one_button_or_carried_with_the_other(
    store, say, gp, client_for, at_3pm_on_friday
):
    both = {Way.ON_CALL: "Rose Hill sees him tonight", "answer": "We phoned his mother."}
    first, second = say(), say()
    doctor = client_for(Role.CLINICIAN, gp)

    refused = doctor.post(f"/concerns/{first.id}/answer", data=both | {"answer": " "})
    assert (refused.status_code, "Rose Hill sees him tonight" in refused.text) == (422, True)
    assert store.count("Task", code="weekend-decision") == 0  # both, or neither
    form = both | {"once": str(uuid4())}
    assert [doctor.post(f"/concerns/{first.id}/answer", data=form).status_code for _ in range(2)] == [
        303,
        303,
    ]
    page = doctor.get(f"/concerns/{first.id}").text
    assert page.count("Rose Hill sees him tonight") == page.count("We phoned his mother.") == 1

    carried = doctor.post(f"/concerns/{second.id}/weekend", data=both)
    assert (carried.status_code, "We phoned his mother.</textarea>" in carried.text) == (200, True)
    assert "Rose Hill sees him tonight</textarea>" not in carried.text
    assert kept_concerns.concern(store, second.id).is_open
    assert "The decision comes first" in doctor.get(f"/concerns/{say().id}").text


def test_each_team_is_asked_whether_it_has_seen_a_concern_until_it_says_so(
    say, gp, ward, client_for, at_3pm_on_friday
):
    page = f"/concerns/{say().id}"
    doctor, sister = client_for(Role.CLINICIAN, gp), client_for(Role.HOSPITAL, ward)
    doctor.post(f"{page}/acknowledge")

    assert "I have seen it" not in doctor.get(page).text
    assert "I have seen it" in sister.get(page).text
    sister.post(f"{page}/acknowledge")
    assert "I have seen it" not in sister.get(page).text


def test_open_concerns_stand_first_on_every_page_of_the_child_for_those_who_may_see_them(
    store, child, say, gp, ward, nurse, make_person, client_for, at_3pm_on_friday
):
    left = FRIDAY_3PM - 6 * HOUR
    tell(store, child, at=FRIDAY_3PM, discharged_at=left, hospital_code="", hospital_name="")
    (review,) = kept_reviews.reviews_of_child(store, child.id)
    concern = say()
    teacher = make_person(Role.SCHOOL_STAFF, username="teacher", name="Ann Field")
    link = f'href="/concerns/{concern.id}"'
    doctor = client_for(Role.CLINICIAN, gp)

    for browser, pages in (
        (
            doctor,
            [f"/children/{child.id}", f"/reviews/{review.id}", f"/concerns/new/{child.id}", "/children"],
        ),
        (client_for(Role.HOSPITAL, ward), [f"/shared/{child.id}", "/children"]),
        (client_for(Role.SCHOOL_NURSE, nurse), [f"/shared/{child.id}", f"/before/child/{child.id}"]),
    ):
        for page in pages:
            shown = browser.get(page).text
            assert link in shown, page
            assert "Concernword" not in shown
            if page.startswith("/shared"):  # an attack comes first
                assert shown.index("</h1>") < shown.index(link)
    assert link not in client_for(Role.SCHOOL_STAFF, teacher).get(f"/shared/{child.id}").text
    page = doctor.get(f"/children/{child.id}").text
    assert page.index(link) < page.index("Asthma plan</h2>")
    page = doctor.get("/children").text
    assert "1</span> with an open concern" in page
    assert "</a><strong" not in page  # what is open now stands apart, thing by thing

    decide(store, decided(concern, gp, FRIDAY_3PM), by=gp, at=FRIDAY_3PM)
    answering.answer(store, concern.id, "a", "Seen.", by=gp, at=FRIDAY_3PM)
    assert link not in doctor.get(f"/children/{child.id}").text


def test_whoever_answers_the_telephone_now_stands_first_and_missing_numbers_are_one_line(
    store, child, gp, ward, nurse, client_for, clock
):
    lead = replace(gp, leads=True)
    numbers = {
        Purpose.OUT_OF_HOURS: ("Elm doctor at night", "0121 496 0105"),
        Purpose.SAFEGUARDING: ("Elm safeguarding lead", "0121 496 0106"),
    }
    keep_numbers(store, numbers, by=lead, at=FRIDAY_3PM)

    def page(at):
        clock.now = at
        browser = client_for(Role.SCHOOL_NURSE, nurse)
        return " ".join(browser.get(f"/concerns/new/{child.id}").text.split())

    day, night = page(FRIDAY_3PM), page(FRIDAY_3PM + 6 * HOUR)
    surgery = ">0121 496 0101</a> Elm Surgery"
    assert day.index(surgery) < day.index("Elm doctor at night")
    assert night.index("Elm doctor at night") < night.index(surgery)
    assert f"{surgery} (closed now)" in night
    assert "Elm safeguarding lead, Elm Surgery, safeguarding team (may be closed now)" in night
    assert "may be closed now" not in day
    assert day.count("Nobody has entered a number:") == 1
    assert "Elm Surgery, safeguarding team; " not in day
    assert 'href="/team/numbers">enter it now' in day  # her own team's, which she may enter


def test_all_that_is_missing_in_a_concern_is_said_at_once(child, nurse, client_for, at_3pm_on_friday):
    browser = client_for(Role.SCHOOL_NURSE, nurse)

    empty = browser.post(f"/concerns/new/{child.id}", data={}).text
    saturday = {"when": "by", "by-day": "28", "by-month": "11", "by-year": "2026", "by-time": "10:00"}
    late = browser.post(f"/concerns/new/{child.id}", data=saturday).text

    assert all(f'href="#{field}"' in empty for field in ("words", "how-safe", "when"))
    assert all(f'href="#{field}"' in late for field in ("words", "how-safe", "by-day"))


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"words": ""}, "words"),
        ({"how-safe": ""}, "how-safe"),
        ({"how-safe": "11"}, "how-safe"),
        ({"when": ""}, "when"),
        ({"when": "by"}, "by-day"),
        ({"when": "by", "by-day": "28", "by-month": "11", "by-year": "2026", "by-time": "10:00"}, "by-day"),
    ],
)
def test_nothing_is_filled_in_for_what_was_left_empty(
    child, nurse, client_for, at_3pm_on_friday, changes, field
):
    browser = client_for(Role.SCHOOL_NURSE, nurse)

    refused = browser.post(f"/concerns/new/{child.id}", data=FORM | changes)

    assert refused.status_code == 422
    assert f'href="#{field}"' in refused.text
    assert "checked" not in browser.get(f"/concerns/new/{child.id}").text


@pytest.mark.parametrize("role", READERS)
def test_every_role_that_sees_a_child_can_raise_one_and_finds_no_other_child(
    store, gp, make_person, client_for, role, at_3pm_on_friday
):
    person = make_person(role)
    child, far = make_shared_child(store, gp, person), make_child(store, gp, nhs_number="9990000026")
    browser = client_for(role, person)

    sent = browser.post(f"/concerns/new/{child.id}", data=FORM)

    assert sent.status_code == 303
    assert "Sent, nobody has seen it yet" in browser.get(sent.location).text
    assert browser.get(f"/concerns/new/{far.id}").status_code == 404
