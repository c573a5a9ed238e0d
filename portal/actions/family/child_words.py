"""What asthma is like for the child, as a family or the child writes it: for the practice and the nurse."""

from dataclasses import dataclass
from datetime import datetime

from fhir import kept_people, kept_said_at_home
from fhir.kept_said_at_home import words_id
from fhir.store import Reader, Store
from plans.said_at_home import ChildsWords, childs_words
from portal.actions.family.link import Opened


@dataclass(frozen=True)
class Words:
    """The child's words with the name of whoever at home wrote them down."""

    words: ChildsWords
    written_by: str


def keep_words(store: Store, opened: Opened, typed: str, *, at: datetime) -> ChildsWords:
    """Keep the child's words in the place of what the same person wrote before; the plan stays as signed.

    Raises WordsMissing and WordsTooMany.
    """
    child_id, person_id = opened.child.id, opened.reader_id
    words = ChildsWords(words_id(child_id, person_id), child_id, person_id, at, childs_words(typed))
    with store.write(by=opened.reader_ref, at=at) as write:
        kept_said_at_home.keep_childs_words(write, words)
        what, patient = f"QuestionnaireResponse/{words.id}", f"Patient/{child_id}"
        write.audit("U", what, patient, "write down the child's words")
    return words


def own_words(reader: Reader, opened: Opened) -> str:
    """Return what this one person wrote, "" for nothing: never what another household did."""
    kept = kept_said_at_home.childs_words_by(reader, opened.child.id, opened.reader_id)
    return kept.text if kept else ""


def words_for_professionals(reader: Reader, child_id: str) -> list[Words]:
    """Return the child's words as each person at home wrote them, the newest first.

    For the practice and the school nurse alone: a parent must not read what the other household wrote.
    """
    names = {one.id: one.name for one in kept_people.family(reader, child_id)}
    kept = kept_said_at_home.childs_words_of(reader, child_id)
    return [Words(one, names.get(one.by, "")) for one in kept]
