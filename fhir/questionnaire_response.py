"""What somebody at home wrote by their link as a QuestionnaireResponse, and back."""

from datetime import datetime

from fhir.codes import CHILDS_WORDS, RESTRICTED, TEACH_BACK, id_in, reference
from plans.said_at_home import Answered, AnswerSheet, ChildsWords
from plans.understanding import Question

AS_PLAN = "as-plan"
WHAT_IS_IT_LIKE = "What is asthma like for the child?"


def to_answers(sheet: AnswerSheet) -> dict:
    """Return the answers about a plan; in each, whether the plan says what was chosen."""
    about = {"basedOn": [reference("CarePlan", sheet.plan_id)]}
    return _response(TEACH_BACK, sheet, [_item(one) for one in sheet.answers]) | about


def from_answers(response: dict) -> AnswerSheet:
    """Return the answers about a plan."""
    return AnswerSheet(
        id=response["id"],
        child_id=id_in(response["subject"]),
        plan_id=id_in(response["basedOn"][0]),
        by=id_in(response["author"]),
        at=datetime.fromisoformat(response["authored"]),
        answers=tuple(_answered(item) for item in response["item"]),
    )


def to_childs_words(words: ChildsWords) -> dict:
    """Return the child's words; restricted, because another household never reads them."""
    answer = [{"valueString": words.text}]
    item = {"linkId": "words", "text": WHAT_IS_IT_LIKE, "answer": answer}
    return _response(CHILDS_WORDS, words, [item]) | {"meta": {"security": [RESTRICTED]}}


def from_childs_words(response: dict) -> ChildsWords:
    """Return the child's words."""
    return ChildsWords(
        id=response["id"],
        child_id=id_in(response["subject"]),
        by=id_in(response["author"]),
        at=datetime.fromisoformat(response["authored"]),
        text=response["item"][0]["answer"][0]["valueString"],
    )


def _response(questionnaire: str, said: AnswerSheet | ChildsWords, items: list[dict]) -> dict:
    who = reference("RelatedPerson", said.by)
    return {
        "resourceType": "QuestionnaireResponse",
        "id": said.id,
        "questionnaire": questionnaire,
        "status": "completed",
        "subject": reference("Patient", said.child_id),
        "authored": said.at.isoformat(),
        "author": who,
        "source": who,
        "item": items,
    }


def _item(one: Answered) -> dict:
    as_plan = {"linkId": f"{one.question}.{AS_PLAN}", "answer": [{"valueBoolean": one.is_as_plan}]}
    answer = [{"valueString": one.chosen, "item": [as_plan]}]
    return {"linkId": one.question.value, "text": one.asked, "answer": answer}


def _answered(item: dict) -> Answered:
    answer = item["answer"][0]
    return Answered(
        Question(item["linkId"]),
        item["text"],
        answer["valueString"],
        answer["item"][0]["answer"][0]["valueBoolean"],
    )
