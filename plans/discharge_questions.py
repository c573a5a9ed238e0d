"""What a discharge must say, and what makes one doubtful: questions, each owned until it is answered."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from enum import StrEnum

from plans.errors import PuffinError
from plans.working_days import ONE_DAY, CalendarEnds, Holidays, in_utc, next_working_day, uk_day, uk_moment

# Source: the hospital tells primary care within 24 hours, so what it left out is due by then too.
HOURS_TO_ANSWER = timedelta(hours=24)
NOT_KNOWN = "not-known"
CLOCKS_DIFFER = timedelta(hours=1)  # the hospital's clock and ours
LONG_AGO = timedelta(days=28)  # by then a discharge is told by mistake more often than not

WAS_ASTHMA = "was-asthma"
DATE_IN_DOUBT = "date-in-doubt"
TWO_TIMES = "two-times"
WHICH_CHILD = "which-child"
WHICH_PRACTICE = "which-practice"
CANCELLED_BEFORE = "cancelled-before"
WHERE_THE_CHILD_WENT = "where-the-child-went"
LEFT_HOW = "left-how"
SAFE_TO_GO_HOME = "safe-to-go-home"
LONGEST_ANSWER = 500  # characters


class Kind(StrEnum):
    """How a question is answered: with yes or no, or in a few words."""

    YES_NO = "yes-no"
    WORDS = "words"


@dataclass(frozen=True)
class Question:
    """One question as a person reads it, and where it comes from."""

    code: str
    sentence: str
    kind: Kind
    source: str
    hint: str = ""

    @property
    def may_stay_unknown(self) -> bool:
        """Return whether somebody may say by name that nobody can find it out; words say so themselves."""
        return self.kind is Kind.YES_NO and self.code not in MUST_BE_FOUND_OUT


class AnswerNotUnderstood(PuffinError):
    """An answer that the question does not have."""

    def __init__(self) -> None:
        super().__init__("Answer with one of the choices, or in up to 500 characters.")


class QuestionNotOpen(PuffinError):
    """An answer to a question that nobody asked, or that has its answer already."""

    def __init__(self) -> None:
        super().__init__("This question has its answer already, or was never asked. Open the page again.")


# Asked of every discharge. None of them stops the clock: child and time start it.
QUESTIONS = (
    Question(
        "plan-given-and-taught",
        "Did the family get a plan, and were they taught to use it?",
        Kind.YES_NO,
        "safeguarding review, finding 1; discharge bundle audited by NACAP (clinical reference 8.1, V)",
    ),
    Question(
        "technique-seen",
        "Did somebody see how the child uses each inhaler?",
        Kind.YES_NO,
        "discharge bundle (clinical reference 8.1, U)",
    ),
    Question(
        "steroid-course",
        "Was a course of steroids given?",
        Kind.YES_NO,
        "courses in 12 months are counted (clinical reference 7, V)",
    ),
    Question(
        "who-follows-up",
        "Who follows the child up, beside the GP practice?",
        Kind.WORDS,
        "safeguarding review, finding 1",
        "A clinic, a nurse or a team. Write 'nobody' if nobody does.",
    ),
    Question(
        "other-agencies",
        "Which other agencies are involved with this family?",
        Kind.WORDS,
        "safeguarding review, finding 1",
        "Such as a social worker or a school nurse. Write 'none' if there are none.",
    ),
    Question(
        SAFE_TO_GO_HOME,
        "Is it safe to go home with the surgery closed for more than a day?",
        Kind.YES_NO,
        "safeguarding review, Friday to Monday (9.6, 9.7); wording is design (U)",
        "Asked before weekends and holidays. Leave it empty if the surgery opens on the next day.",
    ),
)
# Asked where nobody has said it: the form gives a choice instead of a box for it.
WHERE_TO = Question(
    WHERE_THE_CHILD_WENT,
    "Where did the child go?",
    Kind.WORDS,
    "whoever reviews the child must find the child; wording is design (U)",
    "Such as home, or another hospital.",
)

# Never asked: kept with its answer where a child left without being discharged, for whoever reviews.
HOW_LEFT = Question(LEFT_HOW, "How did the child leave?", Kind.WORDS, "safety case, hazard 16")
WITHOUT_BEING_DISCHARGED = "without being discharged"

# Opened where what was told leaves a doubt. The clock runs meanwhile.
DOUBTS = (
    Question(WAS_ASTHMA, "Was this asthma?", Kind.YES_NO, "safety case, hazard 16"),
    Question(
        DATE_IN_DOUBT,
        "Is the date of discharge right? It is in the future, or long ago.",
        Kind.YES_NO,
        "safety case, hazard 15",
        "If it is wrong, withdraw this discharge and record it again.",
    ),
    Question(
        TWO_TIMES,
        "We were told two times of discharge for this visit. Is the one shown here right?",
        Kind.YES_NO,
        "safety case, hazard 15",
        "If it is wrong, withdraw this discharge and record it again.",
    ),
    Question(
        WHICH_CHILD,
        "The name given is not the name on this record. Is it the right child?",
        Kind.YES_NO,
        "safety case, hazard 10",
        "If it is another child, withdraw this discharge and record it again.",
    ),
    Question(
        WHICH_PRACTICE,
        "The hospital names another GP practice than the record. Which one is the child's?",
        Kind.WORDS,
        "safety case, hazard 17",
    ),
    Question(
        CANCELLED_BEFORE,
        "This discharge was cancelled before. Has the child left hospital after all?",
        Kind.YES_NO,
        "safety case, hazard 16: the messages came out of order",
        "If the child is still in hospital, withdraw this discharge.",
    ),
)
# Whether this is the right record and day at all: the ward or the family can always be asked, so nobody may
# leave it at that nobody knows.
MUST_BE_FOUND_OUT = frozenset({DATE_IN_DOUBT, TWO_TIMES, WHICH_CHILD, CANCELLED_BEFORE})

# Told at once, beside the ladder: a date in the future would keep every rung from falling.
DATE_IN_DOUBT_ABOUT = (
    "The date of this discharge is in the future or long ago, so its review may be looked for too late: "
    "check the date today, and phone the family if the child is at home."
)

BY_CODE: Mapping[str, Question] = {
    question.code: question for question in (*QUESTIONS, WHERE_TO, HOW_LEFT, *DOUBTS)
}


@dataclass(frozen=True)
class Asked:
    """A question about one discharge. `owner_id` is the organisation that must answer it by `due_at`.

    It is open until it has an `answer`, or until the discharge was cancelled.
    """

    id: str
    code: str
    child_id: str
    encounter_id: str
    owner_id: str
    asked_at: datetime
    due_at: datetime
    answer: str = ""
    answered_by: str = ""
    answered_at: datetime | None = None
    is_cancelled: bool = False

    @property
    def question(self) -> Question:
        return BY_CODE[self.code]

    @property
    def is_open(self) -> bool:
        return not (self.answer or self.is_cancelled)


def is_before_closed_days(discharged_at: datetime, holidays: Holidays) -> bool:
    """Return whether the next working day begins more than 24 hours after this discharge.

    Past the end of the known bank holidays that is not known, and so is asked. Raises NaiveDatetime.
    """
    try:
        opens = next_working_day(uk_day(discharged_at), holidays)
    except CalendarEnds:
        return True
    return uk_moment(opens, time.min) - in_utc(discharged_at) > ONE_DAY


def is_implausible(discharged_at: datetime, now: datetime) -> bool:
    """Return whether this time is in the future, or so long ago that it may be a slip."""
    return not now - LONG_AGO <= discharged_at <= now + CLOCKS_DIFFER


def read_last_answer(code: str, text: str) -> str:
    """Return the answer that somebody gives by name to what was left open: also that nobody can find it out.

    Raises AnswerNotUnderstood, also for no answer.
    """
    if text.strip() == NOT_KNOWN and code in BY_CODE and BY_CODE[code].may_stay_unknown:
        return NOT_KNOWN
    said = read_answer(code, text)
    if not said:
        raise AnswerNotUnderstood
    return said


def read_answer(code: str, text: str) -> str:
    """Return an answer as it is kept, "" where nobody knows it yet; raises AnswerNotUnderstood."""
    said = " ".join(text.split())
    if said in ("", NOT_KNOWN):
        return ""
    is_a_choice = said in ("yes", "no") or code in BY_CODE and BY_CODE[code].kind is Kind.WORDS
    if code not in BY_CODE or not is_a_choice or len(said) > LONGEST_ANSWER:
        raise AnswerNotUnderstood
    return said
