"""What somebody at home wrote by their link: answers about the plan, and the words of the child."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from plans.errors import PuffinError
from plans.shown import on_one_line
from plans.understanding import Question

LONGEST_WORDS = 500  # characters


class WordsMissing(PuffinError):
    def __init__(self) -> None:
        super().__init__("Write at least one word, or leave this page.")


class WordsTooMany(PuffinError):
    def __init__(self) -> None:
        super().__init__(f"Write no more than {LONGEST_WORDS} letters and spaces.")


@dataclass(frozen=True)
class Answered:
    """What was chosen for one question, both in English, and whether the plan says so."""

    question: Question
    asked: str
    chosen: str
    is_as_plan: bool


@dataclass(frozen=True)
class AnswerSheet:
    """All answers that one person gave at one moment, about one version of the plan."""

    id: str
    child_id: str
    plan_id: str
    by: str  # RelatedPerson id
    at: datetime
    answers: tuple[Answered, ...]

    @property
    def as_plan(self) -> int:
        """Return how many answers are as the plan says."""
        return sum(one.is_as_plan for one in self.answers)


@dataclass(frozen=True)
class ChildsWords:
    """What asthma is like for the child, as somebody at home wrote it last."""

    id: str
    child_id: str
    by: str  # RelatedPerson id
    at: datetime
    text: str


def childs_words(typed: str) -> str:
    """Return words as they are kept: plain text, lines as typed. Raises WordsMissing and WordsTooMany."""
    text = "\n".join(on_one_line(line) for line in typed.splitlines()).strip()
    if not text:
        raise WordsMissing
    if len(text) > LONGEST_WORDS:
        raise WordsTooMany
    return text


def sheets_of(sheets: Iterable[AnswerSheet], person_id: str) -> tuple[AnswerSheet, ...]:
    """Return what one person answered, the first time first."""
    return tuple(sorted((one for one in sheets if one.by == person_id), key=lambda one: one.at))
