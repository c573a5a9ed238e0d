"""How many syllables an English word has, as well as a machine can tell from its letters."""

import re

from pyphen import Pyphen

# A dictionary of hyphens parts "re-ac-tion", which vowels alone would not. But it breaks no word near its
# ends, so that "medicine" has one part in it: there the groups of vowels count, less those that are silent.
HYPHENS = Pyphen(lang="en_US")
VOWELS = re.compile(r"[aeiouy]+")
SILENT = re.compile(
    r"(?<![aeiouy])e(?=(?:ly|ful|less|ment|ness)|$)"  # safely, use
    r"|(?<![aeiouytd])e(?=d$)"  # used, but not needed
    r"|(?<![aeiouysxzcg])(?<![cs]h)e(?=s$)"  # times, but not doses
    r"|(?<=^ev)e(?=ry|ning)"  # every, evening
)
SOUNDED = re.compile(r"(?<![aeiouy])le[sd]?$")  # trouble


def syllables(word: str) -> int:
    """Return the syllables of a word, at least 1; the parts of a word with hyphens are added up."""
    return sum(_of_part(part) for part in re.split(r"[^a-z]+", _letters(word)) if part) or 1


def _letters(word: str) -> str:
    return re.sub(r"['’]", "", word.lower())


def _of_part(part: str) -> int:
    groups = len(VOWELS.findall(part)) - (0 if SOUNDED.search(part) else len(SILENT.findall(part)))
    return max(groups, len(HYPHENS.positions(part)) + 1, 1)
