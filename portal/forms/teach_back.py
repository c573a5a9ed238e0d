"""What to ask so that somebody says the plan back: our own neutral questions, by regimen."""

from collections.abc import Mapping

from plans.plan import Regimen
from plans.understanding import Question

ASK: Mapping[Question, str] = {
    Question.EVERY_DAY: "Every day",
    Question.ATTACK: "In an attack",
    Question.EMERGENCY: "999",
}
WHEN_WELL = "Tell me what you take on a day when you are well."
BAD_DAY = "You can hardly breathe. What do you do, with which inhaler, and how many puffs?"
CALL = "When do you call 999? What do you do while you wait?"

QUESTIONS: Mapping[Regimen, Mapping[Question, str]] = {
    Regimen.PREVENTER_RELIEVER: {
        Question.EVERY_DAY: f"{WHEN_WELL} What is each inhaler for?",
        Question.ATTACK: BAD_DAY,
        Question.EMERGENCY: CALL,
    },
    Regimen.MART: {
        Question.EVERY_DAY: f"{WHEN_WELL} When do you take more, and how much at most?",
        Question.ATTACK: BAD_DAY,
        Question.EMERGENCY: CALL,
    },
    Regimen.AIR: {
        Question.EVERY_DAY: "Tell me when you use your inhaler, and how much at most in a day.",
        Question.ATTACK: BAD_DAY,
        Question.EMERGENCY: CALL,
    },
    Regimen.OTHER: {
        Question.EVERY_DAY: f"{WHEN_WELL} What is each medicine for?",
        Question.ATTACK: BAD_DAY,
        Question.EMERGENCY: CALL,
    },
}


def questions(regimen: Regimen | None) -> Mapping[Question, str]:
    """Return the three questions; those of a preventer and a reliever until a regimen is chosen."""
    return QUESTIONS[regimen or Regimen.PREVENTER_RELIEVER]
