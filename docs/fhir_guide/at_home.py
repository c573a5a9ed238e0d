"""Examples of what somebody at home wrote by their link: answers about a plan, and the child's words."""

from docs.fhir_guide import invented as of
from fhir.questionnaire_response import to_answers, to_childs_words
from plans.said_at_home import Answered, AnswerSheet, ChildsWords
from plans.understanding import Question

DAILY = "Flixotide Evohaler 50 microgram"


def answers() -> dict:
    """Return a mother's answers, of which one is not as the plan says."""
    given = (
        (Question.EVERY_DAY, "Which inhaler is for every day, even when well?", DAILY, True),
        (Question.ATTACK, "Which inhaler is for an attack?", DAILY, False),
        (
            Question.EMERGENCY,
            "Which of these means: call 999 now?",
            "Too breathless to talk, eat or drink",
            True,
        ),
    )
    return to_answers(
        AnswerSheet(
            of.uid("answers"),
            of.CHILD.id,
            of.TWO_INHALERS.id,
            of.MOTHER.id,
            of.SEEN_AT,
            tuple(Answered(*one[:3], is_as_plan=one[3]) for one in given),
        )
    )


def childs_words() -> dict:
    """Return what asthma is like for the child, as the mother wrote it."""
    text = "It feels like a belt round my chest."
    return to_childs_words(ChildsWords(of.uid("words"), of.CHILD.id, of.MOTHER.id, of.SEEN_AT, text))
