"""HL7 v2 ADT messages, read as the visit that they tell about."""

from datetime import UTC, date, datetime

import pytest

from fhir.intake.adt import read_adt
from fhir.intake.errors import MessageNotUnderstood
from plans.diagnosis import Asthma, Diagnosis
from plans.discharge_notice import Destination, VisitKind
from plans.errors import NhsNumberInvalid
from plans.places import Nation

MSH = (
    "MSH|^~\\&|WARD|RZZ09|PUFFIN|{practice}|20261120184210||ADT^{event}^ADT_A03|C0001|P|2.4"
    "|||AL|NE|GBR|{charset}|EN"
)
EVN = "EVN|{event}|20261120184210||||20261120182500"
PID = "PID|1||{number}^^^NHS^NH~L0001^^^RZZ09^MR||{name}||20160314|F"
PD1 = "PD1|||Example Surgery^^{practice}|G9999999^Example^Ada^^^Dr"
PV1 = "PV1|1|{kind}|W1^03^2^RZZ09" + "|" * 16 + "V-0001^^^RZZ09^VN" + "|" * 25 + "{admitted}|{discharged}"
DG1 = "DG1|1||{diagnosis}|||F"
PLAIN = {
    "event": "A03",
    "charset": "UNICODE UTF-8",
    "number": "9991230041",
    "name": "Example^Robin^Kit^^^^L",
    "practice": "Y99909",
    "kind": "I",
    "admitted": "20261117230500",
    "discharged": "20261120183000",
    "diagnosis": "J45.9^Asthma^I10",
}


def message(*segments, **changes):
    """Return a discharge; `segments` replaces the usual ones, by name."""
    replaced = {segment[:3]: segment for segment in segments}
    usual = (MSH, EVN, PID, PD1, PV1, DG1)
    lines = [replaced.pop(one[:3], one) for one in usual] + list(replaced.values())
    return "\r".join(line.format(**(PLAIN | changes)) for line in lines if not line.endswith("|left out"))


def read(*segments, **changes):
    return read_adt(message(*segments, **changes).encode())


def test_a_discharge_tells_who_where_and_when():
    found = read()

    assert (found.event, found.control_id, found.version, found.sender) == ("A03", "C0001", "2.4", "RZZ09")
    notice = found.notice
    assert (notice.nhs_number, notice.given, notice.family) == ("9991230041", "Robin Kit", "Example")
    assert notice.born == date(2016, 3, 14)
    assert (notice.practice_code, notice.nation) == ("Y99909", Nation.ENGLAND_AND_WALES)
    assert (notice.visit, notice.hospital_code, notice.kind) == ("V-0001", "RZZ09", VisitKind.STAY)
    assert notice.admitted_at == datetime(2026, 11, 17, 23, 5, tzinfo=UTC)
    assert notice.discharged_at == datetime(2026, 11, 20, 18, 30, tzinfo=UTC)
    assert (notice.asthma, notice.diagnoses) == (Asthma.YES, (Diagnosis("J45.9", "Asthma"),))
    assert found.doubtful == ()


class TestFraming:
    def test_of_mllp_is_taken_off(self):
        assert read_adt(b"\x0b" + message().encode() + b"\r\x1c\r") == read()

    @pytest.mark.parametrize("end", ["\n", "\r\n"])
    def test_lines_may_end_in_other_ways(self, end):
        assert read_adt(message().replace("\r", end).encode()) == read()

    def test_empty_lines_around_it_are_no_fault(self):
        assert read_adt(b"\r\n" + message().encode() + b"\r\n\r\n") == read()


class TestCharacters:
    @pytest.mark.parametrize(
        ("charset", "encoding"),
        [
            ("UNICODE UTF-8", "utf-8"),
            ("8859/1", "latin-1"),
            ("8859/15", "iso-8859-15"),
            ("8859/1~ASCII", "latin-1"),
        ],
    )
    def test_are_those_that_the_message_names(self, charset, encoding):
        name = message(name="Prévost^Zoë^^^^^L", charset=charset).encode(encoding)

        assert read_adt(name).notice.family == "Prévost"

    def test_without_a_name_are_ascii(self):
        assert read(charset="").notice.family == "Example"
        with pytest.raises(MessageNotUnderstood, match="letters"):
            read_adt(message(name="Prévost^Zoë", charset="").encode())

    def test_that_are_others_than_named_are_refused(self):
        with pytest.raises(MessageNotUnderstood, match="letters"):
            read_adt(message(name="Prévost^Zoë").encode("latin-1"))

    def test_of_an_unknown_set_are_refused(self):
        with pytest.raises(MessageNotUnderstood, match="MSH-18"):
            read(charset="KLINGON")


class TestTimes:
    def test_are_uk_times(self):
        assert read(discharged="20260620183000").notice.discharged_at == datetime(
            2026, 6, 20, 17, 30, tzinfo=UTC
        )

    def test_are_what_they_say_where_they_name_their_offset(self):
        assert read(discharged="20260620183000+0000").notice.discharged_at.hour == 18

    @pytest.mark.parametrize("written", ["202611201830", "20261120183000.1234", "20261120183000"])
    def test_may_be_more_or_less_precise(self, written):
        assert read(discharged=written).notice.discharged_at.replace(microsecond=0).isoformat() == (
            "2026-11-20T18:30:00+00:00"
        )

    def test_of_a_bare_day_begin_at_midnight(self):
        assert read(discharged="20261120").notice.discharged_at == datetime(2026, 11, 20, tzinfo=UTC)

    @pytest.mark.parametrize("written", ["20261340183000", "20261120996000", "yesterday", "2026"])
    def test_that_cannot_be_go_to_a_person(self, written):
        found = read(discharged=written)

        # The event's own time stands in, so that the clock runs while somebody asks.
        assert found.notice.discharged_at == datetime(2026, 11, 20, 18, 25, tzinfo=UTC)
        assert "time of discharge" in found.doubtful[0]

    @pytest.mark.parametrize("written", ["99991231235959-1000", "00010101000000+1400", "20261120183000+9900"])
    def test_that_no_clock_can_show_go_to_a_person_too(self, written):
        assert "time of discharge" in read(discharged=written).doubtful[0]

    def test_of_the_event_stand_in_only_for_a_discharge(self):
        assert read(discharged="").notice.discharged_at == datetime(2026, 11, 20, 18, 25, tzinfo=UTC)
        assert read(event="A13", discharged="").notice.discharged_at is None
        assert read(event="A08", discharged='""').notice.discharged_at is None

    def test_stay_in_an_update_for_the_caller_to_leave_alone(self):
        assert read(event="A08").notice.discharged_at is not None


class TestPeople:
    def test_without_an_nhs_number_are_read(self):
        assert read("PID|1||L0001^^^RZZ09^MR||Example^Robin||20160314|F").notice.nhs_number == ""

    def test_with_a_wrong_nhs_number_are_refused(self):
        with pytest.raises(NhsNumberInvalid):
            read(number="9991230042")

    def test_are_known_by_their_legal_name(self):
        assert read(name="Nick^Bobby^^^^^N~Example^Robin^^^^^L").notice.family == "Example"

    def test_without_a_date_of_birth_are_read(self):
        assert read("PID|1||9991230041^^^NHS^NH||Example^Robin||soon|F").notice.born is None


@pytest.mark.parametrize(
    ("practice", "nation"),
    [("Y99909", Nation.ENGLAND_AND_WALES), ("S99909", Nation.SCOTLAND), ("", None)],
)
def test_the_nation_is_told_by_the_practice_code(practice, nation):
    assert read(practice=practice).notice.nation is nation


@pytest.mark.parametrize(
    ("kind", "expected"), [("I", VisitKind.STAY), ("E", VisitKind.EMERGENCY), ("O", VisitKind.OTHER)]
)
def test_the_class_says_whether_it_was_a_stay(kind, expected):
    assert read(kind=kind).notice.kind is expected


class TestDiagnoses:
    @pytest.mark.parametrize(
        ("diagnosis", "expected"),
        [
            ("J46X^Status asthmaticus^I10", Asthma.YES),
            ("195967001^Asthma^SCT", Asthma.YES),
            ("^Viral wheeze", Asthma.UNCLEAR),
            ("S52.5^Fracture^I10", Asthma.NO),
            ("J45^Something^LOCAL", Asthma.NO),
        ],
    )
    def test_say_whether_it_was_asthma(self, diagnosis, expected):
        assert read(diagnosis=diagnosis).notice.asthma is expected

    def test_are_asked_for_where_there_are_none(self):
        assert read("DG1|left out").notice.asthma is Asthma.UNCLEAR

    def test_come_by_their_priority(self):
        second = "DG1|1||S52.5^Fracture^I10|||F|||||||||2"
        first = "DG1|2||J45.9^Asthma^I10|||F|||||||||1"

        found = read(second + "\r" + first)

        assert [one.code for one in found.notice.diagnoses] == ["J45.9", "S52.5"]


def test_a_merge_names_the_number_that_goes_out_of_use():
    merge = read("PV1|left out", "DG1|left out", "MRG|9991230009^^^NHS^NH", event="A40")

    assert (merge.notice.nhs_number, merge.merged_number) == ("9991230041", "9991230009")


@pytest.mark.parametrize(
    "raw",
    [
        pytest.param(b"", id="nothing"),
        pytest.param(b"hello", id="words"),
        pytest.param(b"MSH", id="a header cut off"),
        pytest.param(b"MSH|^~\\&", id="a header without fields"),
        pytest.param(b"MSHAAAAAAAAA", id="no separators"),
        pytest.param(b"PID|1\rMSH|^~\\&|", id="another segment first"),
        pytest.param(b"FHS|^~\\&|\r" + message().encode(), id="a file of messages"),
        pytest.param(message().encode() * 2, id="two messages"),
        pytest.param(b"\x0b" + message().encode() + b"\x1c\r\x0b" + message().encode(), id="two frames"),
        pytest.param(message().encode() + b"\r" + b"A" * 1_000_000, id="too long"),
        pytest.param(message().replace("ADT^A03^ADT_A03", "ORU^R01").encode(), id="results"),
        pytest.param(message("EVN|left out").replace("ADT^A03^ADT_A03", "ADT").encode(), id="no type"),
        pytest.param(message().replace("C0001", "").encode(), id="no control id"),
        pytest.param(message("PID|left out").encode(), id="nobody"),
        pytest.param(message("PID|1\rPID|2").encode(), id="two patients"),
    ],
)  # fmt: skip
def test_what_is_no_single_message_about_a_stay_is_refused(raw):
    with pytest.raises(MessageNotUnderstood):
        read_adt(raw)


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("O\\T\\Neil", "O&Neil"),
        ("A\\F\\B\\S\\C\\R\\D\\E\\E", "A|B^C~D\\E"),
        ("A\\.br\\B", "A B"),
        ("A\\X41\\B", "A\\X41\\B"),
        ("A\\.sp999999999\\B", "A\\.sp999999999\\B"),
        ("A\\B", "A\\B"),
        ("A\\\\B", "A\\\\B"),
    ],
)
def test_an_escape_is_resolved_or_stays_as_it_stands(written, expected, caplog):
    assert read(name=f"{written}^Robin").notice.family == expected
    assert caplog.text == ""


def test_separators_may_be_others():
    swapped = message().translate(str.maketrans("^~&", "*!+"))

    assert read_adt(swapped.encode()) == read()


def test_where_a_child_went_is_told_without_a_list_that_the_message_does_not_name():
    went = PV1.replace("|" * 25 + "{admitted}", "|" * 17 + "1|19|||||||{admitted}")

    assert read(went).notice.went_to == Destination(code="19", text="19 (HL7 v2, PV1-37)")
    assert read(went).notice.admitted_at == read().notice.admitted_at
    assert read().notice.went_to is None
