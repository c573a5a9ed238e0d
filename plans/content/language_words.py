"""The languages that a plan is printed in, by name: nobody is shown a code."""

from collections.abc import Mapping

from plans.sentences import Exact, Sentence, say
from plans.sources import Source

NAMES: Mapping[str, Sentence] = {
    "en": say("English", source=Source.LAYOUT),
    "ur": say("Urdu", source=Source.LAYOUT),
    "pl": say("Polish", source=Source.LAYOUT),
    "bn": say("Bengali", source=Source.LAYOUT),
}


def language_in_words(code: str) -> Sentence | Exact:
    """Return the name of a language; of one that no plan is printed in, what was entered."""
    return NAMES.get(code) or Exact(code)
