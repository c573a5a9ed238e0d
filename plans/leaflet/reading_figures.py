"""The figures of a text in English: two school grades, the longest sentence, and the hard words."""

import math
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from plans.leaflet.syllables import syllables

# What every copy keeps to. Source: clinical reference 11 (grade 5 is about age 10 to 11).
HARDEST_GRADE = 5.0  # Flesch-Kincaid
HARDEST_SMOG = 8.0
MOST_WORDS = 20  # in a sentence. Source: NHS digital service manual

HARD = 3  # syllables, and more
LEAST_SENTENCES = 10  # for SMOG, which was made on 30

OPEN, CLOSE, SPACE = "\ue010", "\ue011", "\ue012"  # private letters round a name, and for the spaces in it
AS_PRINTED = str.maketrans({OPEN: None, CLOSE: None, SPACE: " "})
SENTENCE_END = re.compile(r"(?<=[.?!])\s+|\s*\n\s*")
WHITE = re.compile(r"\s")
LETTERS = "A-Za-zÀ-ɏ"
WORD = re.compile(rf"{OPEN}[^{CLOSE}]*{CLOSE}|\d[\w.,:/%-]*|[{LETTERS}]+(?:['’-][{LETTERS}]+)*")


@dataclass(frozen=True)
class Reading:
    """The figures of a text. `hard_words` have 3 syllables or more, the most frequent first.

    `grade` is Flesch-Kincaid. `smog` is scaled to 30 sentences, as its author does for shorter texts, and
    None below 10, where one hard word more or less would move it by a year of school.
    """

    grade: float
    smog: float | None
    longest: str
    longest_words: int
    hard_words: tuple[tuple[str, int], ...]
    words: int
    sentences: int


def reading_of(texts: Iterable[str]) -> Reading:
    """Return the figures of texts, each of one sentence or more, with a full stop or without.

    A number with its unit is one easy word, and so is what `as_name` marked. Words in another script are
    left out.
    """
    split = [(part, WORD.findall(part)) for text in texts for part in SENTENCE_END.split(text)]
    read = [(part, words) for part, words in split if words]
    counts = [(word, _syllables(word)) for _part, words in read for word in words]
    hard = Counter(word.lower() for word, count in counts if count >= HARD)
    longest, words_in_it = max(read, key=lambda one: len(one[1]), default=("", []))
    return Reading(
        grade=round(flesch_kincaid(len(counts), len(read), sum(count for _word, count in counts)), 1),
        smog=round(smog(hard.total(), len(read)), 1) if len(read) >= LEAST_SENTENCES else None,
        longest=longest.translate(AS_PRINTED).strip(),
        longest_words=len(words_in_it),
        hard_words=tuple(sorted(hard.items(), key=lambda one: (-one[1], one[0]))),
        words=len(counts),
        sentences=len(read),
    )


def flesch_kincaid(words: int, sentences: int, of_syllables: int) -> float:
    """Return the grade of Kincaid 1975, at least 0; 0 where there is nothing to read."""
    return max(0.0, 0.39 * words / sentences + 11.8 * of_syllables / words - 15.59) if words else 0.0


def smog(hard_words: int, sentences: int) -> float:
    """Return the grade of McLaughlin 1969 for this many words of 3 syllables or more."""
    return 1.0430 * math.sqrt(hard_words * 30 / sentences) + 3.1291


def as_name(text: str) -> str:
    """Return a name marked to be counted as one easy word, however long it is."""
    return f"{OPEN}{WHITE.sub(SPACE, text)}{CLOSE}" if text else ""


def _syllables(word: str) -> int:
    return syllables(word) if word[0].isalpha() else 1
