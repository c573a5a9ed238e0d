"""What somebody at home asks the surgery about the plan: a question as any reader's, once a day."""

from datetime import datetime

from fhir import kept_receipts
from fhir.store import Store
from plans.errors import PuffinError
from plans.receipts import that_counts
from plans.team_task import TaskKind, TeamTask
from plans.working_days import uk_day
from portal.actions.family.link import Opened
from portal.actions.family.reports import NobodyToTell, standing
from portal.actions.receipts.asked import ask_question

KIND = TaskKind.QUESTION_ABOUT_PLAN


class AskedToday(PuffinError):
    """Another question of the same person is there from today."""

    def __init__(self) -> None:
        super().__init__("You can ask one question a day. More to ask? Phone the surgery.")


def ask_surgery(store: Store, opened: Opened, words: str, *, at: datetime) -> TeamTask:
    """Send a question about the version that stands to the practice, once a day for each person.

    The same words, sent twice, are asked once. Raises QuestionMissing, AskedToday and NobodyToTell.
    """
    asked = _asked(store, opened, words, at)
    if asked.words != words.strip():  # on another page of theirs, a moment ago or earlier today
        raise AskedToday
    return asked


def _asked(store: Store, opened: Opened, words: str, at: datetime) -> TeamTask:
    """Return the question of today: asked now, or as it stands already."""
    told, today = standing(store, opened, KIND, now=at), uk_day(at)
    if told.last and uk_day(told.last.raised_at) == today:
        return told.last
    receipt = that_counts(kept_receipts.receipts_of(store, opened.plan.id), opened.reader_id)
    if receipt is None or not told.may_tell:
        raise NobodyToTell
    return ask_question(store, receipt, words, once=today.isoformat(), by=opened.reader_ref, at=at)
