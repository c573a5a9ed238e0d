"""A child whom a GP record names otherwise than before: the plan is read and printed again, and nobody is
told either name."""

import json
import re
from dataclasses import replace
from datetime import timedelta
from html import unescape

import pytest

from fhir import kept_circle, kept_people, kept_receipts, kept_refusals, kept_shares, kept_team_tasks
from fhir.audit_event import from_audit_event
from fhir.care_team import team_id
from fhir.codes import NHS_NUMBER as NHS_NUMBER_SYSTEM
from fhir.intake.errors import TwoChildrenHere
from plans.consent import How, Word, own_ref
from plans.content import Copy
from plans.places import Organisation, OrganisationKind, Role
from plans.receipts import that_counts
from plans.sharing import Basis, Reader
from plans.team_task import KINDS, SEE_WHO_HAS_IT, TaskKind
from portal import family_words
from portal.actions.circle.sharing import Wanted, share
from portal.actions.code_on_paper import OUT_OF_DATE, UNKNOWN, answer_for
from portal.actions.copies import leaflet_of
from portal.actions.exporting import export
from portal.actions.importing.record import import_file
from portal.actions.inbox.tasks import answer_task
from portal.actions.originals import in_store
from portal.actions.receipts.asked import acknowledge
from portal.calendar import holidays_for
from portal.forms.sharing import shared_with
from tests.fhir.gp_records import raw, the_child
from tests.portal.conftest import HOMES, MONDAY_9AM, on_both_engines
from tests.portal.family_making import share_with
from tests.portal.making import keep_refusal, make_family_member, make_plan, open_by_link

engine = on_both_engines()

# No word of one name is a word of the other, of a place or of the plan: each can be looked for alone.
FORMER_NAME = [{"use": "official", "family": "Quillfeather", "given": ["Ottoline", "Pax"]}]
FORMER = ("Quillfeather", "Ottoline", "Pax")

TODAY = MONDAY_9AM.date()
LATER, LAST = MONDAY_9AM + timedelta(minutes=10), MONDAY_9AM + timedelta(days=1)
NEW_NUMBER = "9990000018"
RENAMED = [{"use": "official", "family": "Marlowe", "given": ["Robin", "Kit"]}]
AGAIN = [{"use": "official", "family": "Marlowe", "given": ["Robyn"]}]
URL = "https://puffin.example.org"
VERSION = re.compile(r'name="version" value="(\d+)"')


@pytest.fixture
def bring_in(store, tmp_path):
    """Import the GP record of the one child, and return the child as kept then."""

    def bring(at=LATER, **changes):
        file, entry = tmp_path / "record.json", the_child(**({"name": FORMER_NAME} | changes))
        file.write_bytes(raw({"resourceType": "Bundle", "type": "collection", "entry": entry}))
        done = import_file(store, file, by="system", at=at, today=TODAY, holidays_for=holidays_for)
        return kept_people.child(store, done.child_id)

    return bring


@pytest.fixture
def gp(make_person):
    home = Organisation("", OrganisationKind.PRACTICE, "Example Surgery", "Y99909")
    return make_person(Role.CLINICIAN, organisation=home)


@pytest.fixture
def child(bring_in, gp, school):
    return bring_in(MONDAY_9AM)


@pytest.fixture
def mother(store, child):
    return make_family_member(store, child)


@pytest.fixture
def school(make_person):
    here = replace(HOMES[Role.SCHOOL_STAFF], name="Example School", code="EE999909")
    return make_person(Role.SCHOOL_STAFF, organisation=here)


@pytest.fixture
def plan(store, child, gp, school, mother):
    """A plan that is shared with school, which has read it, and at home, where nobody has."""
    plan = make_plan(store, child, gp)
    wanted = [
        Wanted(Reader.SCHOOL, child.school_id, Basis.SAFEGUARDING, reason="May be at risk"),
        Wanted(Reader.FAMILY, mother.id, Basis.DIRECT_CARE),
    ]
    share(store, child.id, wanted, by=gp, at=MONDAY_9AM)
    acknowledge(store, plan, child.school_id, by=school.ref, at=MONDAY_9AM)
    return plan


def asked(store, plan, reader_id):
    return that_counts(kept_receipts.receipts_of(store, plan.id), reader_id)


def version_on_paper(store, plan):
    """Return the version of the child's record that the code of a copy carries."""
    url = leaflet_of(in_store(store, plan.id, url=URL), Copy.FAMILY, "en", today=TODAY).code_url
    return int(url.removeprefix(f"{URL}/c/{plan.id}/"))


def said_of(words, text):
    """Return which of these words a text says."""
    return [word for word in words if word in str(text)]


def to_print_again(store, child):
    tasks = kept_team_tasks.tasks_about(store, child.id)
    return [one for one in tasks if one.kind is TaskKind.NAME_CHANGED]


class TestAskedAgain:
    def test_every_reader_is_asked_and_the_practice_has_one_task_that_names_nobody(
        self, store, bring_in, child, plan, gp, mother
    ):
        waiting = asked(store, plan, mother.id)

        now = bring_in(name=RENAMED)

        assert (now.id, now.name) == (child.id, "Robin Kit Marlowe")
        assert asked(store, plan, child.school_id).asked_at == LATER
        assert asked(store, plan, child.school_id).is_open
        assert asked(store, plan, mother.id) == waiting
        shares = kept_shares.live_shares_of(store, child.id, LATER)
        assert [one.read_at for one in shared_with(store, shares, plan)] == [None, None]
        (task,) = to_print_again(store, child)
        assert (task.owner_id, task.about) == (gp.organisation_id, f"CarePlan/{plan.id}")
        assert said_of((*FORMER, "Marlowe", "Robin"), task) == []
        written = {from_audit_event(one).detail for one in store.search("AuditEvent")}
        assert "a GP record changes the name or NHS number" in written

    @pytest.mark.usefixtures("plan")
    def test_the_same_record_again_asks_nobody_and_a_second_change_is_a_new_task_due_no_later(
        self, store, bring_in, child, plan, gp, school
    ):
        bring_in(name=RENAMED)
        bring_in(LAST, name=RENAMED, gender="male")
        assert len(kept_receipts.receipts_of(store, plan.id)) == 3

        (first,) = to_print_again(store, child)
        bring_in(LAST, name=AGAIN)
        settled = kept_team_tasks.task(store, first.id)
        assert (settled.is_settled, settled.answer) == (True, "The name has changed again.")
        (task,) = [one for one in to_print_again(store, child) if one.is_open]
        assert task.due_at == first.due_at
        acknowledge(store, plan, child.school_id, by=school.ref, at=LAST)
        assert asked(store, plan, child.school_id).acknowledged.at == LAST
        answer_task(store, task.id, "All have a new one.", by=gp, at=LAST)
        bring_in(LAST + timedelta(days=1), name=RENAMED)
        assert [one.is_open for one in to_print_again(store, child)].count(True) == 1
        assert asked(store, plan, child.school_id).is_open

    @pytest.mark.parametrize(
        "same",
        [
            pytest.param(
                [{"use": "official", "family": "QUILLFEATHER", "given": ["Óttoline", "PAX"]}], id="accents"
            ),
            pytest.param(
                [
                    {"use": "old", "family": "Before", "given": ["Robin"]},
                    *FORMER_NAME,
                ],
                id="a former name beside it",
            ),
        ],
    )
    def test_capitals_accents_and_a_former_name_beside_it_make_no_other_name(
        self, store, bring_in, child, plan, same
    ):
        bring_in(name=same)

        assert to_print_again(store, child) == []
        assert not asked(store, plan, child.school_id).is_open
        assert answer_for(store, plan.id, today=TODAY).is_current

    def test_without_a_live_plan_nobody_is_asked(self, store, bring_in, child):
        assert bring_in(name=RENAMED).name == "Robin Kit Marlowe"
        assert to_print_again(store, child) == []


class TestWhoMustNotKnow:
    """A former family may have a link: with another number, which an adoption brings, it ends by itself."""

    @pytest.mark.parametrize(
        "after",
        [
            pytest.param([{"system": NHS_NUMBER_SYSTEM, "value": NEW_NUMBER}], id="another number"),
            pytest.param([], id="no number any more"),
        ],
    )
    def test_another_nhs_number_ends_every_share_at_home_before_anybody_is_asked_to_read(
        self, store, bring_in, client_for, portal, clock, child, plan, gp, mother, after
    ):
        link, home = share_with(store, mother, gp), portal.test_client()
        open_by_link(home, store, link, gp, born=child.born)
        was = {"system": NHS_NUMBER_SYSTEM, "value": child.nhs_number, "use": "old"}

        bring_in(name=RENAMED, identifier=[was, *after])

        clock.now = LATER
        assert "Marlowe" not in home.get(f"{link}/plan").text
        assert {one.reader for one in kept_shares.live_shares_of(store, child.id, LATER)} == {Reader.SCHOOL}
        assert kept_people.child(store, child.id).nhs_number == (NEW_NUMBER if after else "")
        assert not asked(store, plan, mother.id).is_open
        assert asked(store, plan, child.school_id).is_open
        written = {from_audit_event(one).detail for one in store.search("AuditEvent")}
        assert "stop sharing at home as the NHS number has changed" in written
        (task,) = to_print_again(store, child)
        page = client_for(Role.CLINICIAN, gp).get(f"/inbox/{task.id}").text
        assert "Every link at home has ended." in page
        assert f'href="/children/{child.id}/share"' in page

    @pytest.mark.usefixtures("plan")
    def test_another_name_alone_has_the_practice_see_first_who_must_not_know_it(
        self, store, bring_in, client_for, clock, child, gp
    ):
        bring_in(name=RENAMED)

        clock.now = LATER
        live = kept_shares.live_shares_of(store, child.id, LATER)
        assert {one.reader for one in live} == {Reader.SCHOOL, Reader.FAMILY}
        (task,) = to_print_again(store, child)
        page = unescape(client_for(Role.CLINICIAN, gp).get(f"/inbox/{task.id}").text)
        assert page.count(SEE_WHO_HAS_IT) == 2  # in what it asks, and before all that it tells
        assert "anybody who must not know the new name? Stop their access before" in SEE_WHO_HAS_IT
        assert task.words.startswith(SEE_WHO_HAS_IT)
        assert f'href="/children/{child.id}/share"' in page
        assert all(one.startswith("I looked through who has the plan.") for one in KINDS[task.kind].outcomes)


class TestPaper:
    def test_the_code_on_paper_from_before_says_so_and_that_on_paper_from_now_is_current(
        self, store, bring_in, plan
    ):
        before = version_on_paper(store, plan)
        bring_in(gender="male")
        unchanged = version_on_paper(store, plan)
        assert unchanged == before + 1  # whatever is written moves it on: it tells nobody of a new name
        assert answer_for(store, plan.id, before, today=TODAY).is_current

        bring_in(LAST, name=RENAMED)

        for version in (None, before, unchanged):
            assert answer_for(store, plan.id, version, today=TODAY) == OUT_OF_DATE
        assert family_words.STEPS_STAY in OUT_OF_DATE.next
        now = version_on_paper(store, plan)
        assert answer_for(store, plan.id, now, today=TODAY).is_current
        for version in (0, now + 1):
            assert answer_for(store, plan.id, version, today=TODAY) == UNKNOWN

    def test_a_version_that_is_signed_after_the_change_is_current(self, store, bring_in, child, plan, gp):
        bring_in(name=RENAMED)
        newest = make_plan(store, child, gp, at=LAST, replaces=plan.id)

        for version in (None, version_on_paper(store, newest)):
            assert answer_for(store, newest.id, version, today=TODAY).is_current
        assert not answer_for(store, plan.id, today=TODAY).is_current

    def test_the_pages_say_so_and_neither_name_until_the_plan_is_read_again(
        self, store, bring_in, client_for, portal, clock, child, plan, school, gp, mother
    ):
        link, home = share_with(store, mother, gp), portal.test_client()
        open_by_link(home, store, link, gp, born=child.born)
        staff, stranger = client_for(Role.SCHOOL_STAFF, school), portal.test_client()
        staff_page, home_page = f"/shared/{child.id}", f"{link}/plan"
        assert "number has changed" not in staff.get(staff_page).text + home.get(home_page).text
        bring_in(name=RENAMED)
        clock.now = LATER

        read = unescape(staff.get(staff_page).text)
        assert "The child's name or NHS number has changed" in read
        assert "Marlowe" in read
        assert said_of(FORMER, read) == []
        assert "The child's name or NHS number has changed." in unescape(home.get(home_page).text)
        code = unescape(stranger.get(f"/c/{plan.id}").text)
        assert "No. This copy is out of date." in code
        assert said_of(("Marlowe", "NHS number", "has changed", "new name"), code) == []
        now = version_on_paper(store, plan)
        assert "Yes. This copy is the newest." in stranger.get(f"/c/{plan.id}/{now}").text

        for page, browser in ((staff_page, staff), (home_page, home)):
            form = {"plan": plan.id, "version": VERSION.search(browser.get(page).text)[1]}
            read_at = f"{page.removesuffix('/plan')}/read"
            for opened_before in ({"version": str(now - 1)}, {"version": ""}, {"version": "x"}):
                browser.post(read_at, data=form | opened_before)
                assert "number has changed" in browser.get(page).text
            browser.post(read_at, data=form)
            assert "number has changed" not in browser.get(page).text

    @pytest.mark.usefixtures("plan")
    def test_who_is_asked_after_the_change_is_not_told_of_it(
        self, store, bring_in, make_person, client_for, clock, child, gp
    ):
        bring_in(name=RENAMED)
        clock.now = LAST
        ward = make_person(Role.HOSPITAL)
        wanted = [Wanted(Reader.HOSPITAL, ward.organisation_id, Basis.DIRECT_CARE)]
        share(store, child.id, wanted, by=gp, at=LAST)

        assert "has changed since" not in client_for(Role.HOSPITAL, ward).get(f"/shared/{child.id}").text


class TestFormerIdentity:
    @pytest.mark.usefixtures("school")
    def test_the_young_person_has_the_name_of_now_wherever_they_read_and_agreed(
        self, store, bring_in, client_for, clock, gp
    ):
        grown = {"birthDate": "2009-05-01"}
        child = bring_in(MONDAY_9AM, **grown)
        plan, own = make_plan(store, child, gp), kept_people.young_person(store, child.id)
        yes = Word(own_ref(child.id), child.name, How.IN_PERSON, TODAY)
        wanted = [
            Wanted(Reader.YOUNG_PERSON, own.id, Basis.CONSENT, consent=yes),
            Wanted(Reader.SCHOOL, child.school_id, Basis.CONSENT, consent=yes),
        ]
        share(store, child.id, wanted, by=gp, at=MONDAY_9AM)
        keep_refusal(store, child.id, (Reader.SCHOOL_NURSE, ""), yes, by=gp)
        newest = make_plan(store, child, gp, replaces=plan.id)

        now = bring_in(name=RENAMED, **grown)

        clock.now = LATER
        doctor = client_for(Role.CLINICIAN, gp)
        paths = [f"/children/{child.id}", f"/children/{child.id}/share"]
        paths += [f"/plans/{one.id}/receipts" for one in (plan, newest)]
        pages = [doctor.get(path).text for path in paths]
        assert [path for path, page in zip(paths, pages, strict=True) if said_of(FORMER, page)] == []
        assert all(now.name in page for page in pages)
        said = {
            word: doctor.post("/children", data={"search": word}).text for word in ("Quillfeather", "Marlowe")
        }
        assert [word for word, page in said.items() if child.id in page] == ["Marlowe"]
        shares = kept_shares.live_shares_of(store, child.id, LATER)
        assert {one.consent.by_name for one in shares} == {now.name}
        assert {one.word.by_name for one in kept_refusals.refusals_of(store, child.id)} == {now.name}
        assert said_of(FORMER, kept_circle.team(store, team_id(child.id))) == []

    def test_no_export_says_the_former_name_or_number_though_the_history_keeps_it(
        self, store, bring_in, child, plan, gp
    ):
        number = {"system": NHS_NUMBER_SYSTEM}
        was = number | {"value": child.nhs_number, "use": "old"}
        bring_in(name=RENAMED, identifier=[number | {"value": NEW_NUMBER}, was])

        for copy in set(Copy) - {Copy.DISCHARGE}:
            said = json.dumps(export(store, plan.id, copy, by=gp.ref, at=LATER, holidays_for=holidays_for))
            assert said_of((*FORMER, child.nhs_number), said) == [], copy
            assert "Robin Kit Marlowe" in said or copy not in {Copy.RECORD, Copy.FAMILY}, copy
        assert said_of(FORMER, store.history("Patient", child.id)) == list(FORMER)

    @pytest.mark.usefixtures("plan")
    def test_a_number_that_has_ended_finds_nobody_and_is_not_shown(self, store, bring_in, child):
        number = {"system": NHS_NUMBER_SYSTEM}
        before = number | {"value": child.nhs_number, "use": "old"}
        now = bring_in(identifier=[before, number | {"value": NEW_NUMBER}])

        assert (now.id, now.nhs_number) == (child.id, NEW_NUMBER)
        assert store.search("Patient", identifier=f"{NHS_NUMBER_SYSTEM}|{child.nhs_number}") == []
        assert len(to_print_again(store, child)) == 1

    @pytest.mark.usefixtures("school")
    def test_another_number_is_a_change_by_the_same_id_of_a_record_and_else_another_child(
        self, store, bring_in, gp
    ):
        number = {"system": NHS_NUMBER_SYSTEM}
        record = {"system": "https://gp.example.org/Id/patient", "value": "17"}
        child = bring_in(MONDAY_9AM, identifier=[number | {"value": "9991230041"}, record])
        make_plan(store, child, gp)

        now = bring_in(identifier=[number | {"value": NEW_NUMBER}, record])

        assert (now.id, now.nhs_number) == (child.id, NEW_NUMBER)
        assert len(to_print_again(store, child)) == 1
        assert bring_in(LAST, identifier=[number | {"value": "9990000026"}]).id != child.id

    def test_a_record_whose_numbers_lead_to_two_children_here_is_refused_by_name(
        self, store, bring_in, child
    ):
        number = {"system": NHS_NUMBER_SYSTEM}
        other = bring_in(identifier=[number | {"value": NEW_NUMBER}])
        both = [number | {"value": one.nhs_number} for one in (child, other)]

        for identifier in (both, [both[0] | {"use": "old"}, both[1]]):
            with pytest.raises(TwoChildrenHere) as refused:
                bring_in(LAST, identifier=identifier, name=RENAMED)

        assert said_of((*FORMER, child.nhs_number, NEW_NUMBER, "Marlowe"), refused.value) == []
        assert kept_people.child(store, child.id) == child
        assert kept_people.child(store, other.id) == other
