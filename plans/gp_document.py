"""A document for the inbox of a child's GP practice: sent, received, accepted, or told to a person."""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from plans.people import Child
from plans.places import Nation, Organisation
from plans.shown import on_one_line
from plans.working_days import CalendarEnds, Holidays, add_working_days, end_of_day, uk_day

# Hours and working days: design (U), but for the first. A local policy can shorten each.
WAITS: Mapping[str, int] = {
    "sent": 3,  # hours from when it was queued. Source: GP Connect Send Document, GPCM-SD-096
    "received": 24,  # hours from when it was sent until the practice's system says that it has it
    "accepted": 2,  # working days from the day on which it was sent until it says whose it is
}
NEVER_LATER = timedelta(hours=48)  # where the bank holidays are not known: never later than two working days


class DocumentKind(StrEnum):
    PLAN = "plan"
    AFTER_HOSPITAL = "after-hospital"


# As it stands in the practice's inbox.
TITLES: Mapping[DocumentKind, str] = {
    DocumentKind.PLAN: "Asthma action plan",
    DocumentKind.AFTER_HOSPITAL: "Asthma: sheet after hospital",
}


class Level(StrEnum):
    """Who answers: the system that received the document, or the practice whose child it is about."""

    RECEIVED = "received"
    ACCEPTED = "accepted"


@dataclass(frozen=True)
class Answer:
    """What a response code of ITK3 says, in words for whoever must act where it `is_good` not."""

    level: Level
    is_good: bool
    says: str


_UNREADABLE = "The practice's system could not read it."
_REFUSED_FILE = "The practice's system does not take this kind of file."
_HAS_IT = "The practice's system had it already."
HAS_DIED = "The practice's record says that the child has died. Check before anybody phones home."


def _bad(says: str, level: Level = Level.RECEIVED) -> Answer:
    return Answer(level, is_good=False, says=says)


# Source: ITK3 Messaging Distribution, response codes: 1 and 2 come from the system, 3 from the practice.
ANSWERS: Mapping[str, Answer] = {
    **{f"1000{n}": _bad(_UNREADABLE) for n in (1, 2, 3, 4, 5, 7, 8, 9)},
    "10010": _bad(_UNREADABLE),
    "20001": _bad("The practice's system does not know for whom it is."),
    "20002": _bad("The practice's system does not know for whom it is."),
    "20003": _bad("The practice's system does not know the sender."),
    "20004": _bad(_REFUSED_FILE),
    "20005": _bad(_REFUSED_FILE),
    "20006": _bad(_UNREADABLE),
    # Sent twice after a failure, it was known the second time by its number: the first one has arrived.
    "20007": Answer(Level.RECEIVED, is_good=True, says=_HAS_IT),
    "20008": Answer(Level.RECEIVED, is_good=True, says=_HAS_IT),
    "20009": _bad(_UNREADABLE),
    "20010": _bad("It came to a practice that it was not for."),
    "20011": _bad("The practice's system does not know for whom it is."),
    "20012": _bad("The practice's system takes nothing from this sender."),
    "20013": Answer(Level.RECEIVED, is_good=True, says="The practice's system has it."),
    "20014": _bad("It could not take the place of the one before: both are marked as bad."),
    "20015": _bad("It is too large for the practice's system."),
    "30001": Answer(Level.ACCEPTED, is_good=True, says="The practice knows the child."),
    "30002": _bad("The practice does not know the child.", Level.ACCEPTED),
    "30003": _bad("The child is no longer with this practice.", Level.ACCEPTED),
    # It was taken in, and still a person must look: nothing else here may know of a death.
    "30004": _bad(HAS_DIED, Level.ACCEPTED),
}

# What MESH itself reports. Source: MESH endpoint lookup guide, and the errors of the MESH API.
REPORTS: Mapping[str, str] = {
    "EPL-150": "MESH finds more than one inbox for the child's practice.",
    "EPL-151": "MESH finds no inbox for the child's practice.",
    "EPL-152": "MESH says that the NHS number is not valid.",
    "EPL-153": "MESH does not find the NHS number.",
    "EPL-154": "MESH says that name, date of birth and NHS number do not belong together.",
    "12": "MESH does not know the inbox.",
    "14": "Nobody collected it from the practice's inbox.",
}
OTHER_REPORT = "MESH could not deliver it."


def answer_of(code: str) -> Answer:
    """Return what a response code says; one that is not known here is never taken for a good one."""
    level = Level.ACCEPTED if code.startswith("3") else Level.RECEIVED
    return ANSWERS.get(code) or _bad("The practice's system answered in a way that is not known here.", level)


def report_of(code: str) -> str:
    """Return what an error report of MESH says."""
    return REPORTS.get(code, OTHER_REPORT)


@dataclass(frozen=True)
class GpDocument:
    """One document: `about` is what it was made from, "CarePlan/..." or the "Task/..." of a review.

    `sender_id` is the place that sends it, `owner_id` the team that acts where it does not arrive. `replaces`
    is the document before it, "" for none. `mesh_id` is its number at MESH. It `is_stopped` where it need not
    be sent any more, or was sent all the same while it was stopped; `cannot_go` is why MESH refuses it.
    """

    id: str
    kind: DocumentKind
    about: str
    child_id: str
    practice_id: str
    sender_id: str
    owner_id: str
    version: int
    queued_at: datetime
    replaces: str = ""
    received_at: datetime | None = None
    accepted_at: datetime | None = None
    failed_at: datetime | None = None
    why: str = ""
    sent_at: datetime | None = None
    mesh_id: str = ""
    is_stopped: bool = False
    cannot_go: str = ""

    @property
    def title(self) -> str:
        return TITLES[self.kind]


class Standing(StrEnum):
    """How a document stands."""

    WAITING = "waiting"
    SENT = "sent"
    RECEIVED = "received"
    ACCEPTED = "accepted"
    FAILED = "failed"
    STOPPED = "stopped"


def standing(document: GpDocument) -> Standing:
    """Return how a document stands now."""
    if document.failed_at or document.cannot_go:
        return Standing.FAILED
    if document.is_stopped and not document.sent_at:
        return Standing.STOPPED
    if document.accepted_at:
        return Standing.ACCEPTED
    if document.received_at:
        return Standing.RECEIVED
    return Standing.SENT if document.sent_at else Standing.WAITING


def answered(document: GpDocument, answer: Answer, at: datetime) -> GpDocument:
    """Return the document with an answer; the first of each kind counts, in whatever order they come."""
    if not answer.is_good:
        return failed(document, answer.says, at)
    if answer.level is Level.ACCEPTED:
        return replace(document, accepted_at=document.accepted_at or at)
    return replace(document, received_at=document.received_at or at)


def failed(document: GpDocument, why: str, at: datetime) -> GpDocument:
    """Return the document as one that did not arrive; what failed before stays as it was."""
    return document if document.failed_at else replace(document, failed_at=at, why=why)


class Missing(StrEnum):
    """What a person is told of, each once."""

    FAILED = "failed"
    TAKEN_BACK = "taken-back"
    NOT_SENT = "not-sent"
    NOT_RECEIVED = "not-received"
    NOT_ACCEPTED = "not-accepted"


# What a person is told; the reason follows where one is known.
SAYS: Mapping[Missing, str] = {
    Missing.FAILED: "It did not arrive.",
    Missing.TAKEN_BACK: "It was sent, and stands no more. The practice must not follow it.",
    Missing.NOT_SENT: "It could not be sent yet.",
    Missing.NOT_RECEIVED: "The practice's system has not said that it has it.",
    Missing.NOT_ACCEPTED: "The practice's system has it, and has not said whose it is.",
}


def next_missing(
    document: GpDocument, waits: Mapping[str, int], holidays: Holidays
) -> tuple[Missing, datetime] | None:
    """Return what will be missing next of a document and from when; None where nothing is looked for.

    `holidays` are those of the practice's nation.
    """
    stands = standing(document)
    if document.is_stopped and document.sent_at:
        return Missing.TAKEN_BACK, document.sent_at
    if stands is Standing.FAILED:
        return Missing.FAILED, document.failed_at or document.queued_at
    if stands in (Standing.STOPPED, Standing.ACCEPTED):
        return None
    if document.sent_at is None:
        return Missing.NOT_SENT, document.queued_at + timedelta(hours=waits["sent"])
    if document.received_at is None:
        return Missing.NOT_RECEIVED, document.sent_at + timedelta(hours=waits["received"])
    return Missing.NOT_ACCEPTED, _working_days_after(document.sent_at, waits["accepted"], holidays)


def _working_days_after(sent_at: datetime, days: int, holidays: Holidays) -> datetime:
    try:
        return end_of_day(add_working_days(uk_day(sent_at), days, holidays))
    except CalendarEnds:
        return sent_at + NEVER_LATER


def why_not_by_mesh(child: Child, practice: Organisation | None, sender: Organisation | None) -> str:
    """Return why a document cannot go by MESH, as a sentence; "" where it can."""
    if not child.nhs_number:
        return "The child's NHS number is missing."
    if practice is None:
        return "Nobody knows the child's GP practice."
    if practice.nation is not Nation.ENGLAND_AND_WALES:
        return "MESH does not reach a practice in this nation."
    if sender is None or not sender.code:
        return "The ODS code of the place that sends it is missing."
    if not in_a_header(child.family):
        return "MESH cannot carry the letters of the child's family name."
    return ""


def in_a_header(text: str) -> str:
    """Return text in the letters that a header of MESH can carry, without their accents; "" where it cannot.

    How MESH wants other letters is settled with NHS England before it is used (U).
    """
    plain = unicodedata.normalize("NFKD", on_one_line(text).replace("\u2019", "'"))
    kept = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return kept if kept.isascii() and kept.isprintable() and "_" not in kept else ""
