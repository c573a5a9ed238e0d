"""What was given, taught and understood on the day of signing: facts that a clinician saw or heard."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum


class Technique(StrEnum):
    """What somebody saw when the inhaler was used in front of them."""

    GOOD = "good"
    CORRECTED = "corrected"  # put right together, and shown again
    NOT_SEEN = "not-seen"


class Answer(StrEnum):
    """How a teach-back question went."""

    OWN_WORDS = "own-words"
    WITH_HELP = "with-help"
    NOT_YET = "not-yet"


class Question(StrEnum):
    """What is asked so that somebody says the plan back: our own questions, on every regimen."""

    EVERY_DAY = "every-day"
    ATTACK = "attack"
    EMERGENCY = "emergency"


class ControlTool(StrEnum):
    """A score of control that was taken elsewhere. Only its number is kept: the questions are copyrighted."""

    ACT = "ACT"
    CHILDHOOD_ACT = "C-ACT"
    ACQ = "ACQ"
    RCP_3 = "RCP3"


@dataclass(frozen=True)
class Scale:
    """The ends of a score; `whole` where it has no decimals."""

    lowest: int
    highest: int
    whole: bool = True


# Source: clinical reference 7 (PMC10336001, table 3).
SCALES: Mapping[ControlTool, Scale] = {
    ControlTool.ACT: Scale(5, 25),
    ControlTool.CHILDHOOD_ACT: Scale(0, 27),
    ControlTool.ACQ: Scale(0, 6, whole=False),
    ControlTool.RCP_3: Scale(0, 3),
}


@dataclass(frozen=True)
class Understanding:
    """Who got the plan, who said it back and how that went, and how the asthma has been. None is "not said".

    "Given" and "taught" are different facts. `attacks_in_year` counts the 12 months before signing.
    """

    given_to: str = ""
    taught_to: str = ""
    technique: Technique | None = None
    every_day: Answer | None = None
    attack: Answer | None = None
    emergency: Answer | None = None
    control_tool: ControlTool | None = None
    control_score: Decimal | None = None
    control_on: date | None = None
    attacks_in_year: int | None = None

    def answer(self, question: Question) -> Answer | None:
        """Return how one teach-back question went, None if it was not asked."""
        return {
            Question.EVERY_DAY: self.every_day,
            Question.ATTACK: self.attack,
            Question.EMERGENCY: self.emergency,
        }[question]

    @property
    def is_taught(self) -> bool:
        """Return whether somebody is named who told the plan back, and no question is open or "not yet"."""
        answers = (self.answer(question) for question in Question)
        return bool(self.taught_to) and all(one not in (None, Answer.NOT_YET) for one in answers)
