"""What is hidden is found by nobody whom it is hidden from: on no page, in no PDF, no message and no log."""

import re
from collections import defaultdict
from dataclasses import replace
from datetime import timedelta
from functools import partial
from html import unescape
from io import BytesIO
from uuid import uuid4

import pytest
from pypdf import PdfReader

from fhir import kept_people
from fhir.codes import NHS_NUMBER
from fhir.store.tables import outbox
from plans.concern import When
from plans.hidden_notes import Hidden, HiddenNote
from plans.places import Role
from plans.review_events import EventKind
from plans.school_log import EntryKind, Inhaler, SchoolEntry, Why
from plans.sharing import Basis, Reader
from portal.actions.circle.ending import bar
from portal.actions.circle.sharing import Wanted, share
from portal.actions.emergency_access import Typed, open_record
from portal.actions.hidden_notes import keep_with, withdraw_note, write_note
from portal.actions.importing.record import import_file
from portal.actions.inbox.tasks import answer_task
from portal.actions.receipts.asked import ask_question
from portal.actions.receipts.shown import receipts_of_team
from portal.actions.reviews import Entry, record, version_of
from portal.actions.school import log as school_log
from portal.calendar import holidays_for
from tests.fhir import gp_records
from tests.portal.concern_making import make_concern
from tests.portal.conftest import HOMES, MONDAY_9AM
from tests.portal.discharge_making import tell
from tests.portal.family_making import share_with
from tests.portal.making import make_child, make_family_member, make_plan, open_by_link, word_for
from tests.portal.shared_making import READERS

MOTHER, FATHER, STRANGER = "mother", "father", "stranger"
PROFESSIONALS = {Role.CLINICIAN, Role.HOSPITAL, Role.SCHOOL_NURSE, Role.COMMUNITY_NURSE}

# What is planted, and who may find it. Somebody of them does: a word that is nowhere would prove nothing.
MAY_FIND = {
    "sharingword": {Role.CLINICIAN},  # why the plan was shared without consent
    "barnameword": {Role.CLINICIAN},  # who must not have it
    "barredword": {Role.CLINICIAN},  # and why
    # the practice, who raised it, and the hospital, which is told at once of what must be done tonight
    "concernword": {Role.CLINICIAN, Role.SCHOOL_NURSE, Role.HOSPITAL},
    "hiddenlogword": {Role.CLINICIAN, Role.SCHOOL_NURSE, Role.SCHOOL_STAFF},
    "reviewword": {Role.CLINICIAN, Role.HOSPITAL},
    "safeguardnote": PROFESSIONALS,  # what the practice hid, for each reason
    "thirdpartynote": PROFESSIONALS,
    "misusenote": {Role.CLINICIAN, Role.HOSPITAL},
    "wrongnote": PROFESSIONALS,  # why a hidden note was marked as an error
    "lognote": PROFESSIONALS | {Role.SCHOOL_STAFF},  # beside the log: whoever wrote it reads it
    "answernote": PROFESSIONALS,  # beside an answer that school reads
    "answerword": {Role.CLINICIAN, Role.SCHOOL_STAFF},
    "emergencyword": {Role.PRIVACY_LEAD},  # why a stranger opened the record
    "sourceword": PROFESSIONALS,  # how the plan came to be
    "fatherword": PROFESSIONALS | {FATHER},  # the child's words as the father wrote them down
    "07700 900201": {Role.CLINICIAN},  # the mother's phone
    "07700 900202": {Role.CLINICIAN},  # the father's
}
# The family name from before an adoption: nobody finds it, though the history of the child keeps it.
FORMER = "formerword"
LINK = re.compile(r'(?:href|src)="(/[^"#]*)')
NEVER = re.compile(r"/static/|/sign-out|lang=(?!en)|bilingual")  # another language says the same
MOST_PAGES = 150


@pytest.fixture
def people(make_person):
    """Somebody of each role; the school is looked after by the nurses."""
    made = {}
    for role in Role:
        place = HOMES[role]
        if role is Role.SCHOOL_STAFF:
            place = replace(place, nursing_team_id=made[Role.SCHOOL_NURSE].organisation_id)
        made[role] = make_person(role, organisation=place)
    return made


@pytest.fixture
def child(store, people):
    """A child whose plan is shared with everybody, with a hidden word wherever one can be written."""
    gp, nurse = people[Role.CLINICIAN], people[Role.SCHOOL_NURSE]
    child = make_child(
        store, gp, given="Zephyrine", family=FORMER, school_id=people[Role.SCHOOL_STAFF].organisation_id
    )
    first = make_plan(store, child, gp)
    sourced = {"preventer_source": "Sourceword", "preventer_confirmed": "yes"}
    make_plan(store, child, gp, replaces=first.id, **sourced)
    wanted = [
        Wanted(reader, people[role].organisation_id, basis, consent=word_for(store, child.id, basis))
        for role, (reader, basis) in READERS.items()
        if role is not Role.SOCIAL_WORKER
    ]
    social = people[Role.SOCIAL_WORKER].organisation_id
    wanted.append(Wanted(Reader.SOCIAL_CARE, social, Basis.SAFEGUARDING, "Sharingword"))
    share(store, child.id, wanted, by=gp, at=MONDAY_9AM)
    make_family_member(store, child, name="Adam Barnameword", relationship="uncle")
    bar(store, child.id, "Adam Barnameword", "Barredword", by=gp, at=MONDAY_9AM)
    make_concern(store, child, nurse, words="Concernword", when=When.TONIGHT)
    school_log.record(store, _hidden_entry(child, nurse), by=nurse, at=MONDAY_9AM)
    review = tell(store, child, hospital_id=people[Role.HOSPITAL].organisation_id).review_id
    missed = Entry(EventKind.WAS_NOT_BROUGHT, MONDAY_9AM, "Reviewword")
    record(store, review, missed, version=version_of(store, review), by=gp, at=MONDAY_9AM)
    _hide_notes(store, child, people)
    return child


def _hide_notes(store, child, people):
    """Hide a note for each reason, and one beside each thing that school reads."""
    gp, staff = people[Role.CLINICIAN], people[Role.SCHOOL_STAFF]
    for reason in Hidden:
        words = f"{reason.replace('-', '').removesuffix('ing')}note"
        write_note(store, _hidden_note(child, words, reason, gp), by=gp, at=MONDAY_9AM)
    wrong = _hidden_note(child, "Another child's", Hidden.THIRD_PARTY, gp)
    write_note(store, wrong, by=gp, at=MONDAY_9AM)
    withdraw_note(store, child.id, wrong.id, "Wrongnote", by=gp, at=MONDAY_9AM)
    attack = SchoolEntry(str(uuid4()), child.id, EntryKind.ATTACK, MONDAY_9AM, staff.post_id, words="Wheezed")
    beside = _hidden_note(child, "Lognote", Hidden.SAFEGUARDING, staff)
    school_log.record(store, attack, hidden=beside, by=staff, at=MONDAY_9AM)
    receipt = receipts_of_team(store, child.id, staff.organisation_id)[0]
    asked = ask_question(store, receipt, "Which one?", once="1", by=staff.ref, at=MONDAY_9AM)
    answered = partial(keep_with, note=_hidden_note(child, "Answernote", Hidden.THIRD_PARTY, gp), by=gp)
    answer_task(store, asked.id, "Answerword", beside=answered, by=gp, at=MONDAY_9AM)


def _hidden_note(child, words, because, by):
    return HiddenNote(
        str(uuid4()), child.id, words, because, by.practitioner_id, MONDAY_9AM, by.organisation_id
    )


def _hidden_entry(child, nurse):
    return SchoolEntry(
        id="5f1f9d1e-0001-4c1e-9d64-0b2f5b1f3a10",
        child_id=child.id,
        kind=EntryKind.RELIEVER,
        at=MONDAY_9AM - timedelta(hours=1),
        kept_by=nurse.post_id,
        words="Hiddenlogword",
        is_hidden=True,
        puffs=2,
        inhaler=Inhaler.OWN,
        why=Why.SYMPTOMS,
        given_by="Mr Test",
    )


@pytest.fixture
def at_home(store, portal, people, child, tmp_path):
    """The browsers of mother and father, each past the door of their own link; he wrote for the child."""
    made = {}
    for who, phone in ((MOTHER, "07700 900201"), (FATHER, "07700 900202")):
        member = make_family_member(store, child, name=f"Q {who}", relationship=who, phone=phone)
        browser, link = portal.test_client(), share_with(store, member, people[Role.CLINICIAN])
        open_by_link(browser, store, link, people[Role.CLINICIAN])
        made[who] = browser, link
    browser, link = made[FATHER]
    browser.post(f"{link}/words", data={"words": "Fatherword"})
    _adopt(store, child, people, tmp_path)
    return made


def _adopt(store, child, people, folder):
    """Let a GP record give the child another family name, once all else is as it was under the former one."""
    (patient, *_), place = gp_records.the_child(), gp_records.organization
    patient["resource"] |= {
        "identifier": [{"system": NHS_NUMBER, "value": child.nhs_number}],
        "name": [{"use": "official", "family": "Quill", "given": [child.given]}],
        "birthDate": child.born.isoformat(),
    }
    homes = [
        (gp_records.PRACTICE, HOMES[Role.CLINICIAN]),
        (gp_records.SCHOOL, HOMES[Role.SCHOOL_STAFF]),
    ]
    around = [{"fullUrl": at, "resource": place(one.code, one.name)} for at, one in homes]
    file = folder / "record.json"
    bundle = {"resourceType": "Bundle", "type": "collection", "entry": [patient, *around]}
    file.write_bytes(gp_records.raw(bundle))
    how = {"by": "system", "at": MONDAY_9AM, "today": MONDAY_9AM.date(), "holidays_for": holidays_for}
    assert import_file(store, file, **how).child_id == child.id
    assert kept_people.child(store, child.id).name == "Zephyrine Quill"
    assert FORMER in str(store.history("Patient", child.id))


def words_of(answer):
    """Return all that an answer holds for a reader or a program."""
    if answer.mimetype != "application/pdf":
        return unescape(answer.text)
    pdf = PdfReader(BytesIO(answer.data))
    objects = [pdf.get_object(number) for number in range(1, pdf.trailer["/Size"])]
    streams = [each.get_data() for each in objects if hasattr(each, "get_data")]
    attached = [content for files in pdf.attachments.values() for content in files]
    return " ".join(
        [*(page.extract_text() for page in pdf.pages), *map(str, [*objects, *streams, *attached])]
    )


def everything(browser, start):
    """Yield what stands at each address that links lead to from the first."""
    waiting, seen = [start], {start}
    while waiting and len(seen) < MOST_PAGES:
        answer = browser.get(waiting.pop(0))
        yield words_of(answer)
        if answer.mimetype == "text/html":
            links = [answer.location] if answer.location else LINK.findall(answer.text)
            new = [unescape(one) for one in links if not NEVER.search(one)]
            waiting += [one for one in dict.fromkeys(new) if one not in seen]
            seen |= set(new)


def test_a_hidden_word_is_found_only_by_those_whom_it_is_not_hidden_from(
    portal, store, client_for, make_person, people, child, at_home, caplog
):
    stranger = make_person(
        Role.CLINICIAN,
        username="far.doctor",
        organisation=replace(HOMES[Role.CLINICIAN], name="Far Surgery", code="X98801"),
    )
    opened = Typed("Emergencyword", child.nhs_number, child.born)
    open_record(store, opened, by=stranger, at=MONDAY_9AM)
    found = defaultdict(set)

    for role in Role:
        for words in everything(client_for(role, people[role]), "/"):
            _note(found, role, words)
    for who, (browser, link) in at_home.items():
        for words in everything(browser, link):
            _note(found, who, words)
    for message in outbox.unsent(store):
        _note(found, "messages", f"{message.body} {message.recipient}")
    _note(found, "log", caplog.text)

    too_much = {word: found[word] - may for word, may in MAY_FIND.items() if found[word] - may}
    assert too_much == {}
    assert found[FORMER] == set()
    assert [word for word in MAY_FIND if not found[word]] == []


def _note(found, who, words):
    for word in (*MAY_FIND, FORMER):
        if word in words.lower():
            found[word].add(who)
