"""HL7 v2 ADT messages from hospitals: one message as the visit that it tells about."""

import re
from dataclasses import dataclass
from datetime import date, datetime

import hl7

from fhir.intake.child import nation_of_code
from fhir.intake.errors import MessageNotUnderstood
from fhir.intake.hl7_text import message_text, unescaped
from plans.diagnosis import Diagnosis, was_asthma
from plans.discharge_notice import Destination, DischargeNotice, LeftHow, VisitKind
from plans.people import nhs_number
from plans.places import Nation
from plans.working_days import UK, MomentOutOfReach, in_utc, uk_time

DISCHARGE, CANCEL_DISCHARGE, UPDATE, MERGE = "A03", "A13", "A08", "A40"
KINDS = {"I": VisitKind.STAY, "E": VisitKind.EMERGENCY}
# How senders name ICD-10 and SNOMED CT. A code of another list would be read wrongly.
CODE_SYSTEMS = frozenset({"", "I10", "ICD10", "ICD-10", "SCT"})
# To the minute, as a time of day must be; a bare day begins at midnight.
MOMENT = re.compile(r"(\d{8})(\d{4})?(\d{2})?(\.\d{1,4})?([+-]\d{4})?")
NULL = '""'  # HL7 for "known to be empty"
# A discharge has below 10 and 400. Taking many more apart would keep every message behind it waiting.
MOST_SEGMENTS, MOST_PARTS = 1_000, 50_000


@dataclass(frozen=True)
class AdtMessage:
    """One message. `control_id` goes back in the acknowledgement; `merged_number` is the NHS number that an
    A40 takes out of use, `merged_hospital_number` the hospital's own one; `doubtful` are times that could not
    be read, for a person to ask about."""

    event: str
    control_id: str
    version: str
    charset: str
    sender: str
    notice: DischargeNotice
    merged_number: str = ""
    merged_hospital_number: str = ""
    doubtful: tuple[str, ...] = ()


class Segments:
    """A parsed message, read by the numbers of the standard; what is missing is ""."""

    def __init__(self, text: str) -> None:
        self._message = hl7.parse(text)
        self._by_name: dict[str, list[hl7.Segment]] = {}
        for segment in self._message:
            self._by_name.setdefault(str(segment[0]), []).append(segment)
        self.doubtful: list[str] = []

    def value(self, name: str, field: int, component: int = 1, *, nth: int = 1, repeat: int = 1) -> str:
        """Return a component, without escapes. All count from 1."""
        segments = self._named(name)
        element: object = segments[nth - 1] if nth <= len(segments) else ""
        for index in (field, repeat - 1, component - 1, 0):
            element = _part(element, index)
        value = str(element)
        return "" if value == NULL else unescaped(value, self._message.separators, self._message.esc).strip()

    def count(self, name: str) -> int:
        """Return how many segments of this name there are."""
        return len(self._named(name))

    def repeats(self, name: str, field: int) -> int:
        """Return how often a field of the first such segment is repeated."""
        segments = self._named(name)
        return len(segments[0][field]) if segments and field < len(segments[0]) else 0

    def _named(self, name: str) -> list[hl7.Segment]:
        return self._by_name.get(name, [])

    def moment(self, name: str, field: int, about: str) -> datetime | None:
        """Return a time in UTC: UK time unless it says otherwise. One that cannot be is noted as doubtful."""
        written = self.value(name, field)
        if not written:
            return None
        try:
            return _moment(written)
        except (ValueError, MomentOutOfReach):
            self.doubtful.append(f"The time of {about} in the message cannot be read. Ask the hospital.")
            return None

    def day(self, name: str, field: int) -> date | None:
        """Return a day, None if it is missing or cannot be."""
        try:
            return date.fromisoformat(self.value(name, field)[:8])
        except ValueError:
            return None


def _moment(written: str) -> datetime:
    """Return a time as HL7 writes it, in UTC; raises ValueError and MomentOutOfReach."""
    if not MOMENT.fullmatch(written):
        raise ValueError(written)
    found = hl7.parse_datetime(written)
    return in_utc(uk_time(found if found.tzinfo else found.replace(tzinfo=UK)))


def _part(element: object, index: int) -> object:
    """Return what stands at an index; a value that is not divided stands at the first."""
    if isinstance(element, str):
        return element if index == 0 else ""
    return element[index] if index < len(element) else ""  # type: ignore[index, arg-type]


def read_adt(raw: bytes) -> AdtMessage:
    """Return one ADT message, framed for MLLP or not, with CR or LF line ends, in the characters of MSH-18.

    Whether an event starts, stops or only updates is for the caller: a time of discharge stands in
    updates too. Raises MessageNotUnderstood and NhsNumberInvalid.
    """
    text, charset = message_text(raw)
    if text.count("\r") >= MOST_SEGMENTS or sum(map(text.count, text[3:8])) > MOST_PARTS:
        raise MessageNotUnderstood("it has more parts than one that is about a child's stay")
    segments = Segments(text)
    event = segments.value("MSH", 9, 2) or segments.value("EVN", 1)
    if segments.value("MSH", 9) != "ADT" or not event:
        raise MessageNotUnderstood("it is not about a patient's stay (ADT)")
    if not segments.value("MSH", 10):
        raise MessageNotUnderstood("it has no control id in MSH-10")
    if segments.count("PID") != 1:
        raise MessageNotUnderstood("it must name one patient in PID")
    notice = _notice(segments, event)
    return AdtMessage(
        event=event,
        control_id=segments.value("MSH", 10),
        version=segments.value("MSH", 12),
        charset=charset,
        sender=segments.value("MSH", 4),
        notice=notice,
        merged_number=_number(segments, "MRG", 1) if event == MERGE else "",
        merged_hospital_number=_hospital_number(segments, "MRG", 1) if event == MERGE else "",
        doubtful=tuple(segments.doubtful),
    )


def _notice(segments: Segments, event: str) -> DischargeNotice:
    practice, diagnoses = segments.value("PD1", 3, 3), _diagnoses(segments)
    left = segments.moment("PV1", 45, "discharge")
    if left is None and event == DISCHARGE:
        left = segments.moment("EVN", 6, "discharge")  # when the event happened
    name = _legal_name(segments)
    return DischargeNotice(
        nhs_number=_number(segments, "PID", 3),
        given=" ".join(filter(None, (segments.value("PID", 5, part, repeat=name) for part in (2, 3)))),
        family=segments.value("PID", 5, repeat=name),
        born=segments.day("PID", 7),
        practice_code=practice,
        nation=(nation_of_code(practice) or Nation.ENGLAND_AND_WALES) if practice else None,
        visit=segments.value("PV1", 19),
        hospital_code=segments.value("PV1", 3, 4) or segments.value("MSH", 4),
        hospital_name="",
        kind=KINDS.get(segments.value("PV1", 2), VisitKind.OTHER),
        admitted_at=segments.moment("PV1", 44, "admission"),
        discharged_at=left,
        asthma=was_asthma(diagnoses),
        diagnoses=diagnoses,
        went_to=_destination(segments),
        left_how=_left_how(segments),
        hospital_number=_hospital_number(segments, "PID", 3),
        sender_code=segments.value("MSH", 4),
    )


def _destination(segments: Segments) -> Destination | None:
    """Return where the child went (PV1-37); the message does not name the list of its code, so none is."""
    code = segments.value("PV1", 37)
    return Destination(code=code, text=f"{code} (HL7 v2, PV1-37)") if code else None


def _left_how(segments: Segments) -> LeftHow | None:
    """Return how the child left (PV1-36), if that is a discharge method as UK systems send it."""
    code = segments.value("PV1", 36)
    return LeftHow(code) if code in set(LeftHow) else None


def _hospital_number(segments: Segments, name: str, field: int) -> str:
    """Return the identifier of type MR, "" if there is none."""
    for repeat in range(1, segments.repeats(name, field) + 1):
        if segments.value(name, field, 5, repeat=repeat) == "MR":
            return segments.value(name, field, repeat=repeat)
    return ""


def _number(segments: Segments, name: str, field: int) -> str:
    """Return the identifier of type NH, "" if there is none; raises NhsNumberInvalid."""
    for repeat in range(1, segments.repeats(name, field) + 1):
        if segments.value(name, field, 5, repeat=repeat) == "NH":
            written = segments.value(name, field, repeat=repeat)
            return nhs_number(written) if written else ""
    return ""


def _legal_name(segments: Segments) -> int:
    names = range(1, segments.repeats("PID", 5) + 1)
    return next((name for name in names if segments.value("PID", 5, 7, repeat=name) == "L"), 1)


def _diagnoses(segments: Segments) -> tuple[Diagnosis, ...]:
    """Return the diagnoses, the main one (DG1-15) first."""
    numbers = range(1, segments.count("DG1") + 1)
    ordered = sorted(numbers, key=lambda nth: segments.value("DG1", 15, nth=nth) or "99")
    return tuple(_diagnosis(segments, nth) for nth in ordered)


def _diagnosis(segments: Segments, nth: int) -> Diagnosis:
    is_known = segments.value("DG1", 3, 3, nth=nth).upper() in CODE_SYSTEMS
    return Diagnosis(
        code=segments.value("DG1", 3, nth=nth) if is_known else "",
        text=segments.value("DG1", 3, 2, nth=nth) or segments.value("DG1", 4, nth=nth),
    )
