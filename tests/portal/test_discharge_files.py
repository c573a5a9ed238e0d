"""A discharge in a file: what each kind of file tells, and the sentence for a file that tells nothing."""

import gzip
from datetime import UTC, date, datetime

import pytest

from fhir.intake.errors import IntakeError, MessageNotUnderstood, NotADischarge
from portal.actions.discharge.file import read_file
from portal.actions.discharge.outcome import State
from portal.actions.discharge.told import News
from portal.actions.discharge.waiting import SENTENCES, Reason, all_waiting
from portal.actions.discharges import record_discharge
from portal.calendar import holidays_for
from tests.fhir.gp_records import bundle, concept, encounter, entry, raw
from tests.portal.discharge_making import MESSAGE

SATURDAY = datetime(2026, 11, 21, 9, 0, 0, 150632, tzinfo=UTC)
PERIOD = ("2026-11-17T23:05:00+00:00", "2026-11-20T18:30:00+00:00")


def stay(**changes):
    """Return the file of one stay for asthma; name only what your test is about."""
    return raw(bundle(entry(encounter("IMP", *PERIOD, concept("708038006"), **changes))))


@pytest.fixture
def read(tmp_path):
    """Read bytes as the file that they would be."""

    def from_file(content):
        (tmp_path / "discharge").write_bytes(content)
        return read_file(tmp_path / "discharge")

    return from_file


@pytest.fixture
def record(store, read):
    """Record what a file tells, of a child whom nobody here knows; return what became of it."""
    return lambda content: record_discharge(
        store, read(content), by="system", at=SATURDAY, holidays_for=holidays_for
    )


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(stay(), id="FHIR"),
        pytest.param(gzip.compress(stay()), id="FHIR, packed"),
        pytest.param(b"\xef\xbb\xbf" + stay(), id="FHIR with a mark of its letters"),
        pytest.param(MESSAGE, id="HL7"),
        pytest.param(b"\x0b" + MESSAGE + b"\x1c\r", id="HL7, framed"),
        pytest.param(MESSAGE.replace(b"\r", b"\n"), id="HL7 with the line ends of an editor"),
        pytest.param(b"\xef\xbb\xbf" + MESSAGE, id="HL7 with a mark of its letters"),
    ],
)
def test_a_discharge_is_read_whichever_way_its_file_is_written(read, content):
    told = read(content)

    assert told.news is News.DISCHARGED
    assert told.notice.nhs_number == "9991230041"
    assert told.notice.discharged_at == datetime(2026, 11, 20, 18, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    "content", [b"", b"  \n", b"Dear Dr Lee", b"PID|1||9991230041", bytes(range(256)), b"[1]", b'"MSH|"']
)
def test_a_file_of_neither_kind_is_refused_as_that(read, content):
    with pytest.raises(NotADischarge, match="neither a FHIR bundle nor an HL7 v2 message"):
        read(content)


@pytest.mark.parametrize(
    "content",
    [gzip.compress(stay())[:40], stay()[:-9], MESSAGE[:20]],
    ids=["FHIR, packed", "FHIR", "HL7"],  # gzip writes the time of day into what it packs
)
def test_a_file_that_is_cut_off_is_refused(read, content):
    with pytest.raises(IntakeError):
        read(content)


def test_a_message_with_characters_that_no_text_has_is_refused(read):
    with pytest.raises(MessageNotUnderstood, match="character that no text has"):
        read(MESSAGE.replace(b"Robin", b"Ro\x00bin"))


@pytest.mark.parametrize("period", [{}, {"end": "2026"}, {"end": "9999-12-31T23:59:59-10:00"}])
def test_a_visit_that_is_over_but_does_not_say_when_waits_with_its_clock_running(store, record, period):
    outcome = record(stay(period=period))

    assert (outcome.state, outcome.due) == (State.UNMATCHED, date(2026, 11, 24))
    assert all_waiting(store)[0].clock_from == SATURDAY


def test_a_visit_that_goes_on_is_no_discharge_and_is_not_said_to_be_kept(store, record):
    outcome = record(stay(status="in-progress", period={}))

    assert (outcome.state, outcome.due, all_waiting(store)) == (State.UNMATCHED, None, [])
    assert outcome.lines("a.json") == ["a.json: An update without a time of discharge: nothing was started."]


def test_what_waits_for_its_child_is_said_to_be_kept(store, record):
    outcome = record(MESSAGE)

    assert all_waiting(store)[0].reason is Reason.UNKNOWN_CHILD
    assert outcome.lines("a.hl7") == [
        "a.hl7: Kept for a person to look at.",
        f"  {SENTENCES[Reason.UNKNOWN_CHILD]}",
        "  Review due by the end of Tuesday 24 November 2026.",
        "  48 hours pass on Sunday 22 November 2026 at 18:30.",
    ]


def test_a_discharge_that_was_taken_back_while_it_waited_promises_no_review(record):
    record(MESSAGE)
    record(MESSAGE.replace(b"A03", b"A13").replace(b"20261120183000", b""))

    outcome = record(MESSAGE)

    assert (outcome.state, outcome.due) == (State.ALREADY_KNOWN, None)
    assert outcome.lines("a.hl7") == ["a.hl7: This discharge was known already: no review is looked for."]


def test_the_48_hours_are_told_to_the_second(record):
    said = record(MESSAGE.replace(b"20261120183000", b"")).as_json("a.hl7")

    assert said["hours_48"] == "2026-11-23T09:00:00+00:00"
