"""A message of a hospital is kept as it came and acted on before it is answered, whatever ails it."""

import re
from codecs import BOM_UTF8
from datetime import date, timedelta

import pytest

from fhir import kept_questions, kept_reviews, kept_team_tasks
from fhir.intake.adt import read_adt
from fhir.intake.hl7_text import LONGEST
from fhir.intake.mllp import Block, Fault
from fhir.store.tables import incoming
from plans.places import Role
from plans.review_events import closing_event
from plans.team_task import TaskKind
from portal.actions.discharge.matching import Correction, NotMatched, match, match_waiting
from portal.actions.discharge.waiting import SENTENCES, Reason, all_waiting
from portal.actions.messages import hearing
from portal.actions.messages.counted import heard
from portal.actions.messages.hearing import hear
from portal.actions.messages.text import KIND, bytes_of
from portal.actions.messages.to_read import see_message
from portal.actions.sweep import sweep
from portal.calendar import holidays_for
from tests.portal.discharge_making import NUMBER, PID, SATURDAY, adt
from tests.portal.making import make_child

SUNDAY = SATURDAY + timedelta(days=1)
OTHER = "9990000026"


@pytest.fixture
def clinician(make_person):
    return make_person(Role.CLINICIAN)


@pytest.fixture
def nurse(make_person):
    return make_person(Role.HOSPITAL)


@pytest.fixture
def child(store, clinician, nurse):
    return make_child(store, clinician)


@pytest.fixture
def says(store):
    """Let a hospital send a message; return the code and the sentence that come back."""

    def send(raw, *, at=SATURDAY, fault=None):
        answer = hear(store, Block(raw, fault), at=at, holidays_for=holidays_for).decode()
        return re.search(r"\rMSA\|(\w\w)\|[^|]*\|([^\r]*)", answer).groups()

    return send


def reviews(store, child):
    return kept_reviews.reviews_of_child(store, child.id)


def tasks(store, person, kind=TaskKind.MESSAGE_TO_READ):
    return [one for one in kept_team_tasks.open_tasks_of(store, person.organisation_id) if one.kind is kind]


def kept(store):
    rows = store.db.query("SELECT id FROM incoming WHERE kind = ? ORDER BY rowid", (KIND,))
    return [incoming.by_id(store, row["id"]) for row in list(rows)]


def test_a_discharge_is_kept_as_it_came_starts_its_review_and_is_accepted(store, child, says):
    raw = adt()

    assert says(raw) == ("AA", "")

    (review,) = reviews(store, child)
    assert review.due == date(2026, 11, 24)
    (message,) = kept(store)
    assert (bytes_of(message.text), message.matched_to) == (raw, f"started {review.id}")


def test_the_same_message_again_is_accepted_again_and_nothing_is_doubled(store, child, says):
    says(adt())
    before = store.db.execute("SELECT count(*) FROM versions").fetchone()

    assert says(adt(), at=SUNDAY) == ("AA", "")

    assert store.db.execute("SELECT count(*) FROM versions").fetchone() == before
    assert len(kept(store)) == 1


def test_another_message_with_a_used_number_is_for_a_person_and_takes_no_clock_away(
    store, child, nurse, says
):
    says(adt())

    assert says(adt("A13", control="A03-1"))[0] == "AE"
    assert says(adt(visit="V-2", left="20261121080000"))[0] == "AE"

    assert len(tasks(store, nurse)) == 2
    assert [closing_event(one.events, one.discharged_at, SUNDAY) for one in reviews(store, child)] == [
        None,
        None,
    ]


@pytest.mark.parametrize(
    ("raw", "code", "said"),
    [
        pytest.param(
            adt(family="Ząb", charset="8859/1").replace("ą".encode(), b"\xb1\xff"), "AA", "", id="as it says"
        ),
        pytest.param(
            adt(charset="").replace(b"Amina", b"Am\xeena"), "AE", "letters are not in the", id="charset"
        ),
        pytest.param(adt(charset="KLINGON"), "AE", "character set that is not known", id="no such charset"),
        pytest.param(adt(nhs="9990000019^^^NHS^NH~"), "AE", "NHS number", id="a number that cannot be"),
        pytest.param(adt("A03", PID.format(nhs="", family="Two")), "AE", "one patient", id="two children"),
        pytest.param(adt(control=""), "AE", "no control id", id="no number"),
        pytest.param(b"MSH|^~\\&|WARD|X99003|||||ADT^A03|7|P|2.4", "AE", "one patient", id="a header alone"),
        pytest.param(b"hello, is this the ward?", "AR", "header", id="no message"),
        pytest.param(b"\x00\xff\xfe" * 9, "AR", "header", id="bytes"),
        pytest.param(adt().replace(b"|P|", b"|T|"), "AR", "for practice", id="an exercise"),
    ],
)
def test_what_cannot_be_used_is_answered_so_and_somebody_has_it_with_every_byte(
    store, child, nurse, says, raw, code, said
):
    answer = says(raw)

    assert answer[0] == code
    assert said in answer[1]
    assert [bytes_of(one.text) for one in kept(store)] == [raw]
    if code != "AA":
        (task,) = tasks(store, nurse)
        read = see_message(store, task.id, by=nurse, at=SUNDAY)
        assert read.why == task.words
        assert NUMBER not in read.why


def test_too_long_a_message_is_rejected_and_its_beginning_is_read_by_a_person(store, child, nurse, says):
    assert says(adt()[:500], fault=Fault.TOO_LONG)[0] == "AR"
    assert says(adt() + b"A" * LONGEST)[0] == "AE"

    assert len(tasks(store, nurse)) == 2


def test_a_message_is_read_before_the_store_is_held_for_it(store, child, says, monkeypatch):
    def reads(raw):
        with store.write(by="system", at=SATURDAY):  # refused while another write of this thread is open
            return read_adt(raw)

    monkeypatch.setattr(hearing, "read_adt", reads)

    assert says(adt()) == ("AA", "")
    assert len(reviews(store, child)) == 1


@pytest.mark.parametrize("flood", [b"DG1|1\r" * 1_000, b"DG1|" + b"~" * 50_000])
def test_a_message_of_too_many_parts_is_not_taken_apart_and_is_for_a_person(store, nurse, says, flood):
    code, said = says(adt() + flood)

    assert (code, "more parts than" in said) == ("AE", True)
    assert len(tasks(store, nurse)) == 1


@pytest.mark.parametrize("length", [90, None], ids=["in its middle", "before the mark of its end"])
def test_a_message_cut_off_is_for_a_person_until_it_comes_whole(store, child, nurse, says, length):
    assert says(adt()[:length], fault=Fault.CUT_OFF)[0] == "AE"
    (task,) = tasks(store, nurse)
    assert see_message(store, task.id, by=nurse, at=SUNDAY).lines[0].startswith("MSH|")

    assert says(adt()) == ("AA", "")
    assert tasks(store, nurse) == []
    assert len(reviews(store, child)) == 1


@pytest.mark.parametrize("fault", [KeyError("a name"), RecursionError()])
def test_a_fault_of_ours_loses_nothing_and_tells_nothing_of_a_child(
    store, child, nurse, says, monkeypatch, fault
):
    def broken(*_):
        raise fault

    monkeypatch.setattr(hearing, "settle", broken)

    assert says(adt()) == ("AE", hearing.FAULT)
    assert len(tasks(store, nurse)) == 1
    assert reviews(store, child) == []


def test_where_nothing_can_be_kept_nothing_is_answered(store, child, says, monkeypatch):
    def full(*_, **__):
        raise OSError("no room")

    monkeypatch.setattr(incoming, "keep", full)

    with pytest.raises(OSError, match="no room"):
        says(adt())
    assert reviews(store, child) == []


def test_what_asks_nothing_of_us_is_answered_and_counted_and_not_kept(store, child, says):
    for event in ("A01", "A04", "A04", "A11"):
        assert says(adt(event)) == ("AA", "")
    assert says(adt().replace(b"ADT^A03", b"ORU^R01"))[0] == "AR"
    says(adt())

    assert heard(store) == {"A01": 1, "A03": 1, "A04": 2, "A11": 1, "ORU R01": 1}
    assert len(kept(store)) == 1


def test_what_nobody_named_could_read_goes_to_a_team_that_is_there(store, make_person, says):
    says(b"hello")
    assert kept(store)[0].matched_to == "nobody works here"

    nurse = make_person(Role.HOSPITAL)
    says(b"hello again")
    says(adt(charset="KLINGON").replace(b"X99003", b"X99999").replace(b"X99001", b"X99998"))

    assert len(tasks(store, nurse)) == 2


@pytest.mark.parametrize(
    ("flood", "fault"), [(b"", None), (b"", Fault.TOO_LONG), (adt().replace(b"|P|", b"|T|"), None)]
)
def test_a_flood_that_could_never_be_read_is_one_task_a_day(store, child, nurse, says, flood, fault):
    for letter in (b"a", b"b", b"c"):
        says(flood + letter, fault=fault)
    says(flood + b"d", at=SUNDAY, fault=fault)

    assert (len(tasks(store, nurse)), len(kept(store))) == (2, 4)


def test_each_message_that_is_too_long_is_a_task_of_the_hospital_that_sent_it_until_it_comes_whole(
    store, child, nurse, says
):
    for visit in ("V-1", "V-2"):
        assert says(adt(visit=visit, control=visit)[:200], fault=Fault.TOO_LONG)[0] == "AR"
    assert len(tasks(store, nurse)) == 2

    says(adt(control="V-1"))
    assert len(tasks(store, nurse)) == 1


@pytest.mark.parametrize(
    "raw",
    [
        pytest.param(adt().replace(b"|P|", b"||"), id="without a word on practice (MSH-11)"),
        pytest.param(BOM_UTF8 + adt(), id="with a mark of its byte order"),
    ],
)
def test_a_real_discharge_is_taken_however_its_sender_writes_the_beginning(store, child, says, raw):
    assert says(raw) == ("AA", "")
    assert len(reviews(store, child)) == 1


def test_the_page_shows_the_message_to_its_team_and_to_nobody_else(store, client_for, says):
    ward, surgery = client_for(Role.HOSPITAL), client_for(Role.CLINICIAN)
    says(adt(charset="KLINGON"))
    (task,) = tasks(store, ward.person)

    page = ward.get(f"/inbox/{task.id}/message").text

    assert "Test^Amina" in page
    assert "character set that is not known here" in page
    assert f"/inbox/{task.id}/message" in ward.get(f"/inbox/{task.id}").text
    assert surgery.get(f"/inbox/{task.id}/message").status_code == 404
    ward.post(f"/inbox/{task.id}/answer", data={"outcome": "The hospital sends it again."})
    assert tasks(store, ward.person) == []


class TestOutOfOrder:
    def test_an_update_before_its_discharge_waits_and_is_settled_by_it(self, store, child, says):
        says(adt("A08"))
        assert [one.reason for one in all_waiting(store)] == [Reason.NO_SUCH_DISCHARGE]

        says(adt())
        assert all_waiting(store) == []
        assert len(reviews(store, child)) == 1

    @pytest.mark.usefixtures("child")
    def test_a_cancellation_before_its_discharge_leaves_the_clock_running_and_asks(self, store, says, asked):
        says(adt("A13"))
        says(adt())

        assert len(kept_reviews.open_reviews(store)) == 1
        assert "cancelled-before" in asked()
        assert all_waiting(store) == []

    @pytest.mark.usefixtures("child")
    def test_a_late_discharge_after_its_cancellation_runs_and_asks(self, store, says, asked):
        says(adt())
        says(adt("A13"))
        says(adt(control="A03-2"))

        assert len(kept_reviews.open_reviews(store)) == 1
        assert "cancelled-before" in asked()

    @pytest.mark.usefixtures("child")
    def test_a_new_discharge_after_a_cancellation_is_no_doubt(self, says, asked):
        says(adt())
        says(adt("A13"))
        says(adt(control="A03-2", left="20261121090000"))

        assert "cancelled-before" not in asked()

    def test_an_update_that_adds_asthma_starts_the_clock_from_the_original_discharge(
        self, store, child, says
    ):
        says(adt(diagnosis="S52.5^Fracture^I10"))
        assert reviews(store, child) == []

        says(adt("A08"), at=SUNDAY + timedelta(days=3))

        (review,) = reviews(store, child)
        assert review.due == date(2026, 11, 24)

    @pytest.fixture
    def asked(self, store):
        return lambda: {one.code for one in kept_questions.open_questions(store)}


class TestMerged:
    """A40: the number that stays is in PID, the one that goes in MRG."""

    def test_what_waits_under_the_old_number_finds_the_child_of_the_new_one(self, store, child, says):
        says(adt(nhs=f"{OTHER}^^^NHS^NH~"))

        says(adt("A40", f"MRG|{OTHER}^^^NHS^NH"))

        (outcome,) = match_waiting(store, by="system", at=SUNDAY, holidays_for=holidays_for)
        assert (outcome.child_id, outcome.due) == (child.id, date(2026, 11, 24))

    def test_a_child_whom_the_hospital_could_not_name_is_found_by_its_own_number(self, store, child, says):
        says(adt(nhs="", family="Unknown").replace(b"L01", b"TEMP7"))

        says(adt("A40", "MRG|TEMP7^^^X99003^MR"))

        (outcome,) = match_waiting(store, by="system", at=SUNDAY, holidays_for=holidays_for)
        assert outcome.child_id == child.id

    def test_a_stay_at_another_site_of_its_sender_is_found_too(self, store, child, says):
        says(adt(nhs="").replace(b"L01", b"TEMP7").replace(b"W1^03^2^X99003", b"W1^03^2^X99888"))

        says(adt("A40", "MRG|TEMP7^^^X99003^MR", leave_out=("PV1",)))

        assert len(match_waiting(store, by="system", at=SUNDAY, holidays_for=holidays_for)) == 1
        assert len(reviews(store, child)) == 1

    def test_two_records_here_are_never_joined_and_a_person_decides(self, store, child, clinician, says):
        twin = make_child(store, clinician, nhs_number=OTHER)
        says(adt())
        says(adt(nhs=f"{OTHER}^^^NHS^NH~", visit="V-2", control="C-2"))

        says(adt("A40", f"MRG|{OTHER}^^^NHS^NH"))
        says(adt("A40", f"MRG|{OTHER}^^^NHS^NH", control="again"))

        asked = tasks(store, clinician, TaskKind.ONE_CHILD_TWO_RECORDS)
        assert {one.child_id for one in asked} == {child.id, twin.id}
        assert len(asked) == 2
        assert len(kept_reviews.open_reviews(store)) == 2

    @pytest.mark.usefixtures("child")
    def test_a_record_here_under_the_old_number_alone_is_asked_about(self, store, clinician, says):
        says(adt("A40", f"MRG|{NUMBER}^^^NHS^NH", nhs=f"{OTHER}^^^NHS^NH~"))

        (asked,) = tasks(store, clinician, TaskKind.ONE_CHILD_TWO_RECORDS)
        assert OTHER in asked.words

    @pytest.mark.usefixtures("child")
    def test_a_merge_of_the_hospitals_own_numbers_asks_nothing(self, store, says):
        assert says(adt("A40", "MRG|L77^^^X99003^MR")) == ("AA", "")
        assert kept(store)[0].matched_to == "nothing to do"


class TestDeath:
    def test_a_discharge_that_says_so_starts_no_clock_and_a_team_checks_it(self, store, child, nurse, says):
        assert says(adt(how="4")) == ("AA", "")

        assert reviews(store, child) == []
        assert [one.child_id for one in tasks(store, nurse, TaskKind.DISCHARGE_AFTER_DEATH)] == [child.id]

    def test_a_destination_of_a_list_that_is_not_named_starts_the_clock_and_a_team_checks_it(
        self, store, child, clinician, nurse, says
    ):
        says(adt(where="79"))

        (review,) = reviews(store, child)
        for person in (clinician, nurse):
            (task,) = tasks(store, person, TaskKind.DISCHARGE_AFTER_DEATH)
            assert (task.child_id, task.about) == (child.id, f"Task/{review.id}")
        assert sweep(store, now=SATURDAY + timedelta(days=3), holidays_for=holidays_for) == []

        says(adt(control="A03-2"))
        assert tasks(store, nurse, TaskKind.DISCHARGE_AFTER_DEATH) == []
        assert sweep(store, now=SATURDAY + timedelta(days=4), holidays_for=holidays_for) != []

    def test_such_a_discharge_for_something_else_is_checked_too(self, store, child, nurse, says):
        says(adt(where="79", diagnosis="S52.5^Fracture^I10"))

        assert reviews(store, child) == []
        assert [one.child_id for one in tasks(store, nurse, TaskKind.DISCHARGE_AFTER_DEATH)] == [child.id]

    def test_such_a_discharge_of_a_child_whom_nobody_knows_waits_with_its_clock(self, store, nurse, says):
        says(adt(where="79"))

        (one,) = all_waiting(store)
        assert one.due == date(2026, 11, 24)
        assert len(tasks(store, nurse, TaskKind.DISCHARGE_AFTER_DEATH)) == 1

    def test_a_child_who_has_died_on_record_has_no_review(self, store, child, nurse, says):
        with store.write(by="system", at=SATURDAY) as write:
            patient = write.read("Patient", child.id) | {"deceasedDateTime": "2026-11-01"}
            write.update(patient, if_match=patient["meta"]["versionId"])
            write.audit("U", f"Patient/{child.id}", f"Patient/{child.id}")

        says(adt())

        assert reviews(store, child) == []
        assert len(tasks(store, nurse, TaskKind.DISCHARGE_AFTER_DEATH)) == 1

    def test_matched_to_its_child_it_waits_on_and_says_why_and_what_to_do(
        self, store, clinician, nurse, says
    ):
        says(adt(how="4"))
        child = make_child(store, clinician)
        (one,) = all_waiting(store)
        found = Correction(child.nhs_number, child.born, SATURDAY)

        with pytest.raises(NotMatched, match=r"has died\. .* If the child is alive, record the discharge"):
            match(store, one.id, found, by=nurse, at=SUNDAY, holidays_for=holidays_for)

        assert [waits.id for waits in all_waiting(store)] == [one.id]


class TestEmptyHospital:
    """A hospital that is only a code in a message: nobody works there, so it can own nothing."""

    EMPTY = adt().replace(b"X99003", b"X99777")

    def test_the_practice_owes_the_answers(self, store, make_person, says):
        clinician = make_person(Role.CLINICIAN)
        make_child(store, clinician)

        says(self.EMPTY)

        assert {one.owner_id for one in kept_questions.open_questions(store)} == {clinician.organisation_id}

    def test_without_a_practice_a_team_that_is_there_keeps_the_review(self, store, clinician, nurse, says):
        child = make_child(store, clinician, practice_id="")

        says(self.EMPTY)

        (review,) = reviews(store, child)
        assert (review.owner_id, review.requester_id) == ("", nurse.organisation_id)

    def test_what_waits_is_owned_by_the_practice_that_it_names_or_by_a_team_that_is_there(
        self, store, clinician, nurse, says
    ):
        says(self.EMPTY)
        says(self.EMPTY.replace(b"X99001", b"X99666").replace(b"V-1", b"V-2").replace(b"A03-1", b"A03-2"))

        owners = [one.owner_id for one in all_waiting(store)]
        assert owners == [clinician.organisation_id, nurse.organisation_id]

    def test_every_rung_is_for_a_team_that_is_there(self, store, clinician, says):
        make_child(store, clinician)
        says(self.EMPTY)

        raised = sweep(store, now=SATURDAY + timedelta(days=9), holidays_for=holidays_for)

        assert {one.owner for one in raised} == {"Elm Surgery"}


class TestWhereIsTheChild:
    """A cancelled discharge without a new one within 24 hours."""

    @pytest.fixture
    def look(self, store):
        return lambda hours: sweep(store, now=SATURDAY + timedelta(hours=hours), holidays_for=holidays_for)

    def test_it_is_asked_once_after_a_day_of_the_hospital_and_never_before(
        self, store, child, nurse, says, look
    ):
        says(adt())
        says(adt("A13"))
        look(23)
        assert tasks(store, nurse, TaskKind.WHERE_IS_CHILD) == []

        look(25)
        look(80)

        (task,) = tasks(store, nurse, TaskKind.WHERE_IS_CHILD)
        assert task.child_id == child.id

    @pytest.mark.usefixtures("child")
    def test_a_new_discharge_in_time_is_the_answer(self, store, nurse, says, look):
        says(adt())
        says(adt("A13"))
        says(adt(control="A03-2", left="20261121083000"))

        look(25)

        assert tasks(store, nurse, TaskKind.WHERE_IS_CHILD) == []

    @pytest.mark.usefixtures("child")
    def test_a_late_one_closes_the_question(self, store, nurse, says, look):
        says(adt())
        says(adt("A13"))
        look(25)

        says(adt(control="A03-2", left="20261122083000"), at=SUNDAY + timedelta(hours=9))

        assert tasks(store, nurse, TaskKind.WHERE_IS_CHILD) == []


class TestBadInput:
    """Each is kept, has its clock where the child may be at home, and says what to do in one sentence."""

    @pytest.mark.parametrize(
        ("messages", "sentence", "clocks"),
        [
            pytest.param(
                [adt(left="20270320183000")], "Is the date of discharge right?", 1, id="in the future"
            ),
            pytest.param(
                [adt(left="20231120183000")], "Is the date of discharge right?", 1, id="3 years ago"
            ),
            pytest.param([adt(left="20621120183000")], "The date cannot be right.", 0, id="in 2062"),
            pytest.param([adt(left="2026")], "The time of discharge is missing.", 0, id="a year"),
            pytest.param([adt(), adt(control="7")], "", 1, id="twice"),
            pytest.param(
                [adt(), adt("A13"), adt(control="7")],
                "This discharge was cancelled before.",
                1,
                id="after a cancellation",
            ),
            pytest.param([adt(how="4")], "has died. No review is looked for.", 0, id="died"),
            pytest.param(
                [adt().replace(b"X99001", b"X99555")], "names another GP practice", 1, id="another practice"
            ),
            pytest.param([adt(leave_out=("PD1",))], "", 1, id="no practice in the message"),
            pytest.param([adt(nhs="")], "The NHS number is missing.", 0, id="no number"),
            pytest.param(
                [adt(nhs=f"{OTHER}^^^NHS^NH~")], "No child here has this NHS number", 0, id="nobody known"
            ),
        ],
    )
    def test_one_sentence_says_what_is_amiss(self, store, child, nurse, says, messages, sentence, clocks):
        for message in messages:
            assert says(message) == ("AA", "")

        asked = [one.question.sentence for one in kept_questions.open_questions(store)]
        waits = [SENTENCES[one.reason] for one in all_waiting(store)]
        assert sum(sentence in one for one in (*asked, *waits)) == 1 or not sentence
        assert len(kept_reviews.open_reviews_of_child(store, child.id)) == clocks
        assert {one.owner_id for one in all_waiting(store)} <= {nurse.organisation_id}

    def test_a_child_without_a_practice_is_the_hospitals(self, store, clinician, nurse, says):
        child = make_child(store, clinician, practice_id="")

        says(adt())

        (review,) = reviews(store, child)
        assert (review.owner_id, review.requester_id) == ("", nurse.organisation_id)
