"""A question about the plan to the surgery, and its answer: for the one person who asked, and nobody else."""

from dataclasses import dataclass

from flask import Response, g, request
from flask.typing import ResponseReturnValue

from plans.content.discharge import UNSURE
from plans.receipts import QuestionMissing
from plans.sentences import Moment, Sentence
from plans.team_task import LONGEST_TEXT, TeamTask
from portal import family_words
from portal.access import anyone
from portal.actions.family import link as family
from portal.actions.family.asking import KIND, AskedToday, ask_surgery
from portal.actions.family.reports import NobodyToTell, standing
from portal.actions.receipts.shown import questions_of
from portal.family_pages import family_page
from portal.parts import parts
from portal.views.family.link import bp, go, language_of, opened_by
from portal.views.family.surgery import number_of
from portal.views.family.telling import when_read

FIRST = (family_words.ATTACK_CALL_999, UNSURE)


@dataclass(frozen=True)
class Shown:
    """A question as the page shows it: when it was asked, its words, what became of it, the answer."""

    asked: Sentence
    words: str
    became: tuple[Sentence, ...]
    answer: str


@bp.get("/ask")
@anyone
def asking(token: str) -> ResponseReturnValue:
    """Say what to do now; then show what this person asked and the answers, and let them ask."""
    return _page(token, opened_by(token, "look at what they asked the surgery"))


@bp.post("/ask")
@anyone
def ask(token: str) -> ResponseReturnValue:
    """Send a question to the surgery, once a day; one that cannot be sent comes back as it was typed."""
    opened, typed = opened_by(token, "ask the surgery about the plan"), request.form.get("words", "")
    try:
        ask_surgery(parts().store, opened, typed, at=g.now)
    except QuestionMissing:
        wrong = family_words.up_to(LONGEST_TEXT) if typed.strip() else family_words.WRITE_A_QUESTION
        return _page(token, opened, typed, wrong)
    except AskedToday:
        return _page(token, opened, typed, family_words.ONE_QUESTION_A_DAY)
    except NobodyToTell:
        return _page(token, opened, typed, family_words.CANNOT_TELL)
    return go("asking", token)


def _page(token: str, opened: family.Opened, typed: str = "", wrong: Sentence | None = None) -> Response:
    told = standing(parts().store, opened, KIND, now=g.now)
    questions = questions_of(parts().store, opened.child.id, opened.reader_id)
    return family_page(
        "family/asking.jinja",
        language_of(opened),
        status=422 if wrong else 200,
        token=token,
        first=FIRST,
        **number_of(opened),
        told=told,
        questions=[_shown(one) for one in questions],
        up_to=family_words.up_to(LONGEST_TEXT),
        when_read=when_read(opened, told.hours),
        typed=typed,
        wrong=wrong,
        errors=wrong,
    )


def _shown(task: TeamTask) -> Shown:
    asked = family_words.asked_at(Moment(task.raised_at))
    return Shown(asked, task.words, _became(task), task.answer)


def _became(task: TeamTask) -> tuple[Sentence, ...]:
    if task.done_at:
        return (family_words.question_answered_at(Moment(task.done_at)),)
    waits = (family_words.NOBODY_ANSWERED,)
    return (*waits, family_words.LATE) if task.is_late(g.now) else waits
