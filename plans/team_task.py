"""What a team has to do for a child: each task has one team that owns it, a deadline and an answer."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from uuid import NAMESPACE_URL, uuid5

from plans.errors import PuffinError
from plans.working_days import uk_day

LONGEST_TEXT = 2000  # characters


class TaskKind(StrEnum):
    """What has to be done."""

    QUESTION_ABOUT_PLAN = "question-about-plan"
    PLAN_NOT_READ = "plan-not-read"
    PLAN_WITHDRAWN = "plan-withdrawn"
    NO_INHALER = "no-inhaler"
    NOT_CALLED = "not-called"
    INHALER_AT_SCHOOL = "inhaler-at-school"
    USED_AT_SCHOOL = "used-at-school"
    KIT_AT_SCHOOL = "kit-at-school"
    CONCERN = "concern"
    HIDDEN_NOTE = "hidden-note"
    INBOX_NOT_OPENED = "inbox-not-opened"
    TASK_LATE = "task-late"
    ACCESS_IN_EMERGENCY = "access-in-emergency"
    WHO_LOOKED = "who-looked"
    ASK_CONSENT_AGAIN = "ask-consent-again"
    CHECK_CHILD = "check-child"
    CHECK_PUPILS = "check-pupils"
    CHILD_MOVED = "child-moved"
    CHILD_COMING = "child-coming"
    NAME_CHANGED = "name-changed"
    WEEKEND_CHECK = "weekend-check"
    MESSAGE_NOT_ARRIVED = "message-not-arrived"
    MESSAGE_TO_READ = "message-to-read"
    GP_DOCUMENT = "gp-document"
    MESH_MESSAGE = "mesh-message"
    DISCHARGE_ANSWERS = "discharge-answers"
    WHERE_IS_CHILD = "where-is-child"
    ONE_CHILD_TWO_RECORDS = "one-child-two-records"
    DISCHARGE_AFTER_DEATH = "discharge-after-death"
    CONFIRM_DEATH = "confirm-death"


@dataclass(frozen=True)
class Row:
    """What a kind of task is called, what must be done, and within how many plain hours.

    Where there are `outcomes`, whoever does it says which of them became of it, or OTHERWISE with words of
    their own; `needs_words` where words are asked for with each.
    """

    title: str
    ask: str
    within: timedelta
    outcomes: tuple[str, ...] = ()
    needs_words: bool = False


SEE_WHO_HAS_IT = (
    "First see who has the plan. Is there anybody who must not know the new name? Stop their access before "
    "anything else."
)


# Hours are design, for the practice to shorten (U): a school's report reaches the clinician the same day.
KINDS: Mapping[TaskKind, Row] = {
    TaskKind.QUESTION_ABOUT_PLAN: Row(
        "Question about the plan",
        "Write the answer, or phone whoever asked and write what you agreed. They read all that you write.",
        timedelta(hours=24),
    ),
    TaskKind.PLAN_NOT_READ: Row(
        "Plan not read", "Read the plan and say so, or say who will.", timedelta(hours=24)
    ),
    TaskKind.PLAN_WITHDRAWN: Row(
        "Plan withdrawn",
        "Do not follow the plan. Take every printed copy away. In an attack, call 999.",
        timedelta(hours=8),
    ),
    TaskKind.NO_INHALER: Row(
        "Family has no inhaler",
        "Phone the family and make sure that they have one.",
        timedelta(hours=4),
        outcomes=(
            "I reached the family. They have one now.",
            "I reached the family. They know where to get one today.",
        ),
    ),
    TaskKind.NOT_CALLED: Row(
        "Family not called for a review",
        "Phone the family and book the review.",
        timedelta(hours=24),
        outcomes=("I reached the family. The review is booked.",),
    ),
    TaskKind.INHALER_AT_SCHOOL: Row(
        "Inhaler at school",
        "Make sure that school has an inhaler that works.",
        timedelta(hours=24),
        outcomes=("School has one that works now.", "I reached the family. They bring one today."),
    ),
    TaskKind.USED_AT_SCHOOL: Row(
        "Reliever or attack at school", "Look at what school has written down.", timedelta(hours=8)
    ),
    TaskKind.KIT_AT_SCHOOL: Row(
        "School's emergency inhaler kit", "Check the kit, and put right what is missing.", timedelta(days=7)
    ),
    TaskKind.CONCERN: Row(
        "Concern about a child",
        "Read it, and phone whoever raised it.",
        timedelta(hours=4),
        outcomes=("I spoke with whoever raised it.",),
        needs_words=True,
    ),
    TaskKind.HIDDEN_NOTE: Row(
        "Hidden note about a child", "Read it on the child's page, and do what it needs.", timedelta(hours=4)
    ),
    TaskKind.INBOX_NOT_OPENED: Row(
        "Inbox that nobody opens", "Open this inbox, or name a team that covers it.", timedelta(hours=24)
    ),
    TaskKind.TASK_LATE: Row(
        "Task that is late", "Make sure that somebody does this task today.", timedelta(hours=24)
    ),
    TaskKind.ACCESS_IN_EMERGENCY: Row(
        "Record opened in an emergency", "Check whether this was right.", timedelta(hours=24)
    ),
    TaskKind.WHO_LOOKED: Row(
        "Family asks who looked",
        "Look through the list and give it to the family, on the page Families who ask who looked. Only a "
        "privacy lead can. If you have none, ask whoever set up Puffin to add one: a user with the role "
        "privacy-lead.",
        timedelta(days=7),
    ),
    TaskKind.ASK_CONSENT_AGAIN: Row(
        "Ask about sharing again", "Ask the young person what they want to be shared.", timedelta(days=28)
    ),
    TaskKind.CHECK_CHILD: Row(
        "Child to check", "Check which child this is, and put it right.", timedelta(days=7)
    ),
    TaskKind.CHECK_PUPILS: Row(
        "Pupils to check",
        "Say of each pupil which child it is, one by one. The task is done when none is left.",
        timedelta(days=7),
    ),
    TaskKind.CHILD_MOVED: Row(
        "Child has moved", "Share the plan where the child goes now, if that is right.", timedelta(hours=24)
    ),
    TaskKind.CHILD_COMING: Row(
        "Child from another practice",
        "Accept the child, or say that they are not registered with you.",
        timedelta(hours=24),
    ),
    TaskKind.NAME_CHANGED: Row(
        "Child's name or NHS number has changed",
        f"{SEE_WHO_HAS_IT} Then print the plan again, give it to everybody who may have a copy, and ask for "
        "the old copies back.",
        timedelta(hours=24),
        outcomes=(
            "I looked through who has the plan. Everybody who may have a copy has a new one. I asked for the "
            "old copies back.",
            "I looked through who has the plan. Nobody had a copy on paper.",
        ),
    ),
    # Due by noon of the first working day instead (plans/weekend.py).
    TaskKind.WEEKEND_CHECK: Row(
        "Did somebody see the child over the weekend?",
        "Phone the family, and whoever was to look after the child. If nobody saw the child, see them today.",
        timedelta(hours=24),
        outcomes=("Somebody saw the child.", "Nobody saw the child. They are seen today."),
        needs_words=True,
    ),
    TaskKind.MESSAGE_NOT_ARRIVED: Row(
        "Message that did not arrive",
        "Look now at what it was about, and put right where messages go.",
        timedelta(hours=4),
    ),
    TaskKind.MESSAGE_TO_READ: Row(
        "Message from a hospital to read",
        "Read it today: it may tell of a child who has left hospital. Record that discharge yourself, or ask "
        "the hospital to send it again.",
        timedelta(hours=4),
        outcomes=(
            "I recorded the discharge myself.",
            "The hospital sends it again.",
            "It tells of no discharge.",
        ),
    ),
    TaskKind.GP_DOCUMENT: Row(
        "Document for a GP practice",
        "Phone the practice, and do what is written below.",
        timedelta(hours=4),
        outcomes=("The practice has it now.", "I sent it another way.", "The practice knows."),
    ),
    TaskKind.MESH_MESSAGE: Row(
        "Message in our MESH inbox to read",
        "Read it, and do what it needs. It answers no document that was sent from here.",
        timedelta(hours=24),
    ),
    TaskKind.DISCHARGE_ANSWERS: Row(
        "Discharge: answers are missing",
        "Answer what this discharge left open. Whoever sees the child next needs it.",
        timedelta(hours=4),
    ),
    TaskKind.WHERE_IS_CHILD: Row(
        "Discharge cancelled: where is the child?",
        "Find out whether the child is still in hospital. If the child has left, record the discharge now.",
        timedelta(hours=4),
        outcomes=("The child is still in hospital.", "The child has left. I recorded the discharge."),
    ),
    TaskKind.ONE_CHILD_TWO_RECORDS: Row(
        "One child, two NHS numbers",
        "Check which NHS number is right, and put it right. Nothing was joined: each record keeps its plan, "
        "its reviews and their deadlines.",
        timedelta(hours=24),
    ),
    TaskKind.DISCHARGE_AFTER_DEATH: Row(
        "Discharge that speaks of a death",
        "Check what has happened to this child. No review is looked for meanwhile. If the child is alive, "
        "record the discharge yourself.",
        timedelta(hours=4),
    ),
    TaskKind.CONFIRM_DEATH: Row(
        "Death to confirm",
        "Find out whether this child has died. Do not ask the family. Then confirm it, withdraw it, or say "
        "that the child is alive, on the child's page about it. A second person confirms.",
        timedelta(hours=4),
    ),
}


OTHERWISE = "Something else became of it."
# What is done by reaching somebody: trying in vain is kept, and does not close it.
REACHES_SOMEBODY = frozenset(
    {
        TaskKind.QUESTION_ABOUT_PLAN,
        TaskKind.PLAN_WITHDRAWN,
        TaskKind.NO_INHALER,
        TaskKind.NOT_CALLED,
        TaskKind.INHALER_AT_SCHOOL,
        TaskKind.USED_AT_SCHOOL,
        TaskKind.CONCERN,
        TaskKind.HIDDEN_NOTE,
        TaskKind.TASK_LATE,
        TaskKind.ASK_CONSENT_AGAIN,
        TaskKind.CHECK_CHILD,
        TaskKind.CHILD_MOVED,
        TaskKind.NAME_CHANGED,
        TaskKind.GP_DOCUMENT,
        TaskKind.WEEKEND_CHECK,
    }
)

# What only doing each thing closes: no words close it while something is left.
CLOSES_ITSELF = frozenset({TaskKind.CHECK_PUPILS, TaskKind.CONFIRM_DEATH, TaskKind.DISCHARGE_ANSWERS})


class ClosesItself(PuffinError):
    def __init__(self) -> None:
        super().__init__("This task is done when nothing is left of it. Open its page and answer one by one.")


# What only the page of the privacy lead gives to somebody who waits for it: no words in an inbox do.
GIVEN_BY_PRIVACY_LEAD = frozenset({TaskKind.WHO_LOOKED})


# What asks how days off went: no answer closes it while they last, for what comes after it would go unasked.
ASKS_AFTERWARDS = frozenset({TaskKind.WEEKEND_CHECK})


class ListNotGiven(PuffinError):
    def __init__(self) -> None:
        super().__init__(
            "The family waits for the list: ask your privacy lead to give it, or have one named first."
        )


class AnswerMissing(PuffinError):
    def __init__(self) -> None:
        super().__init__("Write what you did, in up to 2,000 characters.")


class OutcomeMissing(PuffinError):
    def __init__(self) -> None:
        super().__init__('Choose what became of it. Was nobody reached? Press "Not reached yet".')


class ReachesNobody(PuffinError):
    def __init__(self) -> None:
        super().__init__("This task is not done by reaching somebody. Write what you did.")


class DaysOffNotOver(PuffinError):
    def __init__(self, day: date) -> None:
        super().__init__(
            f"This asks about all of the days off. Answer this on {day.day} {day:%B %Y} or later, and say "
            "then if the child was seen before."
        )


class TaskDone(PuffinError):
    def __init__(self) -> None:
        super().__init__("Somebody has done this task already. Open it again to read what they did.")


@dataclass(frozen=True)
class Attempt:
    """Somebody tried and reached nobody; `id` is made with the form, so that sending it twice counts once."""

    id: str
    by: str
    at: datetime
    words: str = ""


@dataclass(frozen=True)
class TeamTask:
    """A task of one team. `raised_by` and `done_by` are references, "system" where no person did it.

    `words` are those of whoever raised it. `is_settled` where what happened since has made it needless.
    """

    id: str
    kind: TaskKind
    owner_id: str  # Organization id
    raised_by: str
    raised_at: datetime
    due_at: datetime
    child_id: str = ""
    about: str = ""  # a reference to what it is about, such as "CarePlan/..." or another Task
    words: str = ""
    answer: str = ""
    done_by: str = ""
    done_at: datetime | None = None
    is_settled: bool = False
    attempts: tuple[Attempt, ...] = ()  # in vain, in their order

    @property
    def is_open(self) -> bool:
        return self.done_at is None

    def is_late(self, now: datetime) -> bool:
        """Return whether it is still open past its deadline."""
        return self.is_open and now > self.due_at


def task_id(kind: TaskKind, owner_id: str, what: str) -> str:
    """Return the one id of a task of this kind about `what` for this team, so that none is raised twice."""
    return str(uuid5(NAMESPACE_URL, f"puffin:{kind}/{owner_id}/{what}"))


def done(task: TeamTask, *, answer: str, by: str, at: datetime) -> TeamTask:
    """Return the task as done; raises AnswerMissing, TaskDone, ClosesItself and DaysOffNotOver."""
    if task.kind in CLOSES_ITSELF:
        raise ClosesItself
    said = answer.strip()
    if not said or len(said) > LONGEST_TEXT:
        raise AnswerMissing
    if not task.is_open:
        raise TaskDone
    if task.kind in ASKS_AFTERWARDS and uk_day(at) < uk_day(task.due_at):
        raise DaysOffNotOver(uk_day(task.due_at))
    return ended(task, said, by, at)


def answer_of(kind: TaskKind, outcome: str, words: str) -> str:
    """Return what somebody says became of a task: the outcome that they chose, and their words.

    Raises OutcomeMissing, and AnswerMissing where the kind or the outcome asks for words.
    """
    row = KINDS[kind]
    if not row.outcomes:
        return words
    if outcome not in (*row.outcomes, OTHERWISE):
        raise OutcomeMissing
    if not words.strip() and (row.needs_words or outcome == OTHERWISE):
        raise AnswerMissing
    return words if outcome == OTHERWISE else f"{outcome} {words}"


def tried(task: TeamTask, attempt: Attempt) -> TeamTask:
    """Return the task with an attempt that reached nobody: as open as before, and due as before.

    Raises ReachesNobody, TaskDone, and AnswerMissing for too many words.
    """
    if task.kind not in REACHES_SOMEBODY:
        raise ReachesNobody
    if len(attempt.words) > LONGEST_TEXT:
        raise AnswerMissing
    if not task.is_open:
        raise TaskDone
    if any(one.id == attempt.id for one in task.attempts):
        return task
    return replace(task, attempts=(*task.attempts, attempt))


def reopened(task: TeamTask) -> TeamTask:
    """Return a settled task as open, due as it always was: what had settled it was an error."""
    return replace(task, answer="", done_by="", done_at=None, is_settled=False)


def settled(task: TeamTask, *, because: str, by: str, at: datetime) -> TeamTask:
    """Return an open task as closed by what happened since; one that is done stays as it is."""
    if not task.is_open:
        return task
    return replace(ended(task, because, by, at), is_settled=True)


def ended(task: TeamTask, answer: str, by: str, at: datetime) -> TeamTask:
    """Return it as ended, at no time before it was raised: a clock may have been set back since."""
    return replace(task, answer=answer, done_by=by, done_at=max(at, task.raised_at))
