"""Words that no source settles, as the form shows them: all of them, those of one kind with one tick."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import sha256

from plans.confirmations import Wording
from plans.leaflet.languages import SOURCE
from plans.leaflet.wording import in_language
from plans.products import TAG_WORDS

START, TOGETHER_START = "wording-", "words-"
# What is read and judged as one. Steps of an attack, an allergy and a medicine stand alone, like each dose.
TOGETHER: Mapping[str, tuple[str, ...]] = {
    "Signs: when to act": (
        "danger-signs",
        "danger-signs-under-5",
        "reliever-3-times-a-week",
        "signs-before-peak-flow",
    ),
    "MART or AIR from day to day": ("most-a-day", "one-inhaler-explained"),
}

ABOUT = {key: about for about, keys in TOGETHER.items() for key in keys}


@dataclass(frozen=True)
class WordingToConfirm:
    """Words that no source settles, in English as they are printed, and why a clinician is asked."""

    name: str
    about: str
    words: tuple[str, ...]
    why: str


@dataclass(frozen=True)
class ToConfirm:
    """What one tick confirms: one wording, or those of one kind, each shown whole."""

    about: str
    wordings: tuple[WordingToConfirm, ...]

    @property
    def is_one(self) -> bool:
        return len(self.wordings) == 1

    @property
    def name(self) -> str:
        """Return the name of the tick."""
        first = self.wordings[0].name
        return first if self.is_one else first.replace(START, TOGETHER_START, 1)

    @property
    def value(self) -> str:
        """Return what the tick sends: "yes", or which wordings were shown with it."""
        return "yes" if self.is_one else " ".join(one.name.removeprefix(START) for one in self.wordings)

    @property
    def shown_as(self) -> str:
        """Return an id that changes with the words."""
        return f"shown-{self.wordings[0].name}-{digest([one.words for one in self.wordings])}"

    def is_confirmed(self, values: Mapping[str, str]) -> bool:
        """Return whether every wording is confirmed on a draft."""
        return all(values.get(one.name) == "yes" for one in self.wordings)


def words_to_confirm(wordings: Iterable[Wording]) -> tuple[ToConfirm, ...]:
    """Return the words by the tick that confirms them, each with what it is about and why it is asked."""
    by_about: dict[str, list[WordingToConfirm]] = {}
    for wording in wordings:
        by_about.setdefault(ABOUT.get(wording.key, wording.key), []).append(_to_confirm(wording))
    return tuple(
        ToConfirm(about if len(found) > 1 else found[0].about, tuple(found))
        for about, found in by_about.items()
    )


def confirmed_together(form: Mapping[str, str]) -> dict[str, str]:
    """Return the fields of the wordings that a posted tick was shown with."""
    ticked = [text for name, text in form.items() if name.startswith(TOGETHER_START)]
    return {f"{START}{key}": "yes" for text in ticked for key in text.split()}


def digest(words: object) -> str:
    """Return what changes when the words do."""
    return sha256(repr(words).encode()).hexdigest()[:16]


def _to_confirm(wording: Wording) -> WordingToConfirm:
    english = in_language(SOURCE)
    why = f"{TAG_WORDS[wording.unsettled.tag].capitalize()}: {wording.unsettled.source}."
    words = tuple(english.say(sentence) for sentence in wording.sentences)
    return WordingToConfirm(f"{START}{wording.key}", wording.unsettled.about, words, why)
