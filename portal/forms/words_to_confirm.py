"""Words that no source settles, as the form shows them to be confirmed."""

from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256

from plans.confirmations import Wording
from plans.leaflet.languages import SOURCE
from plans.leaflet.wording import in_language
from plans.products import TAG_WORDS


@dataclass(frozen=True)
class WordingToConfirm:
    """Words that no source settles, in English as they are printed, and why a clinician is asked."""

    name: str
    about: str
    words: tuple[str, ...]
    why: str

    @property
    def shown_as(self) -> str:
        """Return an id that changes with the words."""
        return f"shown-{self.name}-{digest(self.words)}"


def words_to_confirm(wordings: Iterable[Wording]) -> tuple[WordingToConfirm, ...]:
    """Return each group of words with what it is about and why it is asked."""
    return tuple(_to_confirm(wording) for wording in wordings)


def digest(words: object) -> str:
    """Return what changes when the words do."""
    return sha256(repr(words).encode()).hexdigest()[:16]


def _to_confirm(wording: Wording) -> WordingToConfirm:
    english = in_language(SOURCE)
    why = f"{TAG_WORDS[wording.unsettled.tag].capitalize()}: {wording.unsettled.source}."
    words = tuple(english.say(sentence) for sentence in wording.sentences)
    return WordingToConfirm(f"wording-{wording.key}", wording.unsettled.about, words, why)
