"""What people at home wrote by their links, in the store: answers about a plan, and the child's words."""

from uuid import NAMESPACE_URL, uuid5

from fhir.codes import CHILDS_WORDS, TEACH_BACK, id_in
from fhir.questionnaire_response import from_answers, from_childs_words, to_answers, to_childs_words
from fhir.store import Reader, Write
from fhir.store.errors import ResourceNotFound
from plans.said_at_home import AnswerSheet, ChildsWords


def answers_about(reader: Reader, child_id: str, plan_id: str) -> list[AnswerSheet]:
    """Return every answer sheet about one version of a child's plan, whoever filled it in."""
    found = _of_child(reader, child_id, TEACH_BACK)
    return [from_answers(one) for one in found if id_in(one["basedOn"][0]) == plan_id]


def keep_answers(write: Write, sheet: AnswerSheet) -> None:
    """Keep an answer sheet; the audit is the caller's."""
    write.create(to_answers(sheet))


def childs_words_of(reader: Reader, child_id: str) -> list[ChildsWords]:
    """Return the child's words as each person at home wrote them last, the newest first.

    They are for the practice and the nurse. Nobody at home reads what another household wrote.
    """
    found = [from_childs_words(one) for one in _of_child(reader, child_id, CHILDS_WORDS)]
    return sorted(found, key=lambda one: one.at, reverse=True)


def childs_words_by(reader: Reader, child_id: str, person_id: str) -> ChildsWords | None:
    """Return the child's words as this one person wrote them last, None if they wrote none."""
    try:
        return from_childs_words(reader.read("QuestionnaireResponse", words_id(child_id, person_id)))
    except ResourceNotFound:
        return None


def keep_childs_words(write: Write, words: ChildsWords) -> None:
    """Keep the child's words in the place of what the same person wrote before; the audit is the caller's."""
    try:
        kept = write.read("QuestionnaireResponse", words.id)
    except ResourceNotFound:
        write.create(to_childs_words(words))
    else:
        write.update(to_childs_words(words), if_match=kept["meta"]["versionId"])


def words_id(child_id: str, person_id: str) -> str:
    """Return the one id of the child's words as this person writes them."""
    return str(uuid5(NAMESPACE_URL, f"puffin:childs-words/{child_id}/{person_id}"))


def _of_child(reader: Reader, child_id: str, questionnaire: str) -> list[dict]:
    found = reader.search("QuestionnaireResponse", subject=f"Patient/{child_id}")
    return [one for one in found if one.get("questionnaire") == questionnaire]
