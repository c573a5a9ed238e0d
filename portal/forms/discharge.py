"""The form of a discharge: what was typed, as what was told, or what must be put right first."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from fhir.codes import DISCHARGE_DESTINATIONS
from plans.diagnosis import Asthma
from plans.discharge_notice import Destination, DischargeNotice, LeftHow, VisitKind
from plans.discharge_questions import LONG_AGO, QUESTIONS, AnswerNotUnderstood, is_implausible, read_answer
from plans.errors import NhsNumberInvalid, PuffinError
from plans.people import nhs_number
from plans.problems import Kind, Problem
from plans.working_days import uk_moment, uk_time
from portal.actions.discharge.told import News, Told
from portal.forms.days import PARTS, NotADay, NotATime, typed_day, typed_time

KINDS: Mapping[str, VisitKind] = {
    "ward": VisitKind.STAY,
    "emergency": VisitKind.EMERGENCY,
    "out-of-hours": VisitKind.OUT_OF_HOURS,
    "paramedics": VisitKind.PARAMEDICS,
}
LEFT_HOW: Mapping[str, LeftHow] = {
    "discharged": LeftHow.WITH_CONSENT,
    "taken-home": LeftHow.TAKEN_HOME,
    "by-themselves": LeftHow.BY_THEMSELVES,
}
# Codes of UK Core's discharge destinations for England; what is not on the list is told in words.
WENT_TO: Mapping[str, Destination] = {
    "home": Destination("19", DISCHARGE_DESTINATIONS, "Home"),
    "elsewhere": Destination(
        "29", DISCHARGE_DESTINATIONS, "Somewhere else for now, such as a relative's home"
    ),
    "hospital": Destination("51", DISCHARGE_DESTINATIONS, "Another hospital"),
    "childrens-home": Destination("65", DISCHARGE_DESTINATIONS, "A children's home of the council"),
    "foster-care": Destination("66", DISCHARGE_DESTINATIONS, "Foster care"),
}
ASTHMA: Mapping[str, Asthma] = {"yes": Asthma.YES, "not-sure": Asthma.UNCLEAR, "no": Asthma.NO}
ANSWER = "answer-"
MOST_LETTERS = 100  # of a name
LEFT = ("left-day", "left-month", "left-year", "left-time")
DAY_IS_RIGHT = "left-is-right"  # a tick, for the very moment that is typed
IN_THE_FUTURE = "This day and time are in the future. Put them right, or tick that they are right."
TOO_LONG_AGO = f"This day is more than {LONG_AGO.days} days ago. Put it right, or tick that it is right."


class FormNotReady(PuffinError):
    """Something typed must be put right; `problems` say what, each at its field."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__("Put right what is marked, then send the form again.")
        self.problems = problems


@dataclass(frozen=True)
class Typed:
    """What was typed, one field after another, with what is wrong with each."""

    nhs_number: str
    born: date | None
    left_at: datetime | None
    problems: tuple[Problem, ...]


def told_by_form(form: Mapping[str, str], hospital_id: str, now: datetime) -> Told:
    """Return what the form tells; child and time are enough. Raises FormNotReady."""
    typed = read_child_and_time(form, now)
    problems = [*typed.problems, *_answer_problems(form)]
    if not (typed.nhs_number or form.get("family", "").strip() or problems):
        problems.append(
            _problem("nhs-number", "Enter the NHS number, or the family name if nobody knows it.")
        )
    if problems:
        raise FormNotReady(tuple(problems))
    notice = DischargeNotice(
        nhs_number=typed.nhs_number,
        given=form.get("given", "").strip()[:MOST_LETTERS],
        family=form.get("family", "").strip()[:MOST_LETTERS],
        born=typed.born,
        practice_code="",
        nation=None,
        visit="",
        hospital_code="",
        hospital_name="",
        kind=KINDS.get(form.get("kind", ""), VisitKind.STAY),
        admitted_at=None,
        discharged_at=typed.left_at,
        asthma=ASTHMA.get(form.get("asthma", ""), Asthma.UNCLEAR),
        went_to=WENT_TO.get(form.get("went-to", "")),
        left_how=LEFT_HOW.get(form.get("left-how", "")),
    )
    return Told(News.DISCHARGED, notice, _text(form), hospital_id, _answers(form))


def read_child_and_time(form: Mapping[str, str], now: datetime) -> Typed:
    """Return NHS number, date of birth and time of discharge as typed, with what is wrong with them.

    A time that may be a slip is asked about at once, and kept where somebody ticks that it is right.
    """
    problems: list[Problem] = []
    number = form.get("nhs-number", "")
    try:
        number = nhs_number(number) if number.strip() else ""
    except NhsNumberInvalid as refusal:
        problems.append(_problem("nhs-number", str(refusal)))
    try:
        born = typed_day(form, "born")
    except NotADay:
        born = None
        problems.append(_problem("born-day", "Enter the date of birth as on the wristband, like 14 3 2019."))
    left = _left_at(form, problems)
    if left and is_implausible(left, now) and form.get(DAY_IS_RIGHT) != _moment_typed(form):
        problems.append(_problem(DAY_IS_RIGHT, IN_THE_FUTURE if left > now else TOO_LONG_AGO))
    return Typed(number, born, left, tuple(problems))


def typed_of(notice: DischargeNotice) -> dict[str, str]:
    """Return what was told as it would be typed, to be corrected by hand."""
    left = uk_time(notice.discharged_at) if notice.discharged_at else None
    days = {"born": notice.born, "left": left}
    typed = {f"{name}-{part}": str(getattr(day, part)) for name, day in days.items() if day for part in PARTS}
    return typed | {"nhs-number": notice.nhs_number, "left-time": f"{left:%H:%M}" if left else ""}


def _moment_typed(form: Mapping[str, str]) -> str:
    """Return when the child left as it was typed: a tick for one moment holds for no other."""
    return " ".join(form.get(name, "").strip() for name in LEFT)


def _left_at(form: Mapping[str, str], problems: list[Problem]) -> datetime | None:
    day, at = None, None
    try:
        day = typed_day(form, "left")
        if day is None:
            raise NotADay
    except NotADay:
        problems.append(_problem("left-day", "Enter the day on which the child left, like 20 11 2026."))
    try:
        at = typed_time(form.get("left-time", ""))
    except NotATime:
        problems.append(_problem("left-time", "Enter the time at which the child left, like 18:30."))
    return uk_moment(day, at) if day and at else None


def _answer_problems(form: Mapping[str, str]) -> Iterator[Problem]:
    for question in QUESTIONS:
        try:
            read_answer(question.code, form.get(ANSWER + question.code, ""))
        except AnswerNotUnderstood as refusal:
            yield _problem(ANSWER + question.code, str(refusal))


def _answers(form: Mapping[str, str]) -> dict[str, str]:
    said = {one.code: read_answer(one.code, form.get(ANSWER + one.code, "")) for one in QUESTIONS}
    return {code: answer for code, answer in said.items() if answer}


def _text(form: Mapping[str, str]) -> str:
    """Return what was typed as text, the same for the same form."""
    return json.dumps({name: form[name] for name in sorted(form) if name != "csrf_token"}, ensure_ascii=False)


def _problem(field: str, sentence: str) -> Problem:
    return Problem(field, Kind.MUST_BE_PUT_RIGHT, field, sentence)
