"""The page of every sentence: the part it stands in, where its words come from, and who settles them."""

from collections.abc import Iterable
from itertools import groupby

from docs.markdown import NOTE, table
from docs.said import Said, every_sentence
from plans.products import TAG_WORDS

PAGE = """\
# Every sentence, and where its words come from

{note}

Each sentence of a plan, of the sheet after hospital and of the family's pages, by the part that it stands in.
Values go in where {{braces}} stand. "Clinical reference" and "safety list" are what the plan was built from.
What was entered on a plan, and labels that state no clinical fact, have no tag. The other tags say how sure
the words are:

{tags}

A clinician confirms words that are tagged C or U before a plan is signed, but for those not settled yet.

The same words can be read for one inhaler and not for another. There they are confirmed.

## Not settled yet

No text was read for these words, and no clinician is asked about them before signing. Each has to be given a
source, or to be confirmed.

{waiting}

## All sentences

{parts}
"""


def sentences_page() -> str:
    """Return every sentence of the code with its source, its tag and whether a clinician confirms it."""
    said = every_sentence()
    tags = table(("Tag", "Meaning"), TAG_WORDS.items())
    waiting = table(
        ("Sentence", "Source", "Stands in"),
        ((s.english, s.source.title, f"`{s.file}`") for s in said if s.waits),
    )
    parts = groupby(said, key=lambda sentence: (sentence.part, sentence.file))
    shown = "\n\n".join(_part(title, file, sentences) for (title, file), sentences in parts)
    return PAGE.format(note=NOTE, tags=tags, waiting=waiting, parts=shown)


def _part(title: str, file: str, sentences: Iterable[Said]) -> str:
    headings = ("Sentence", "Source", "Where it stands", "Tag", "A clinician confirms it")
    rows = table(headings, (_row(sentence) for sentence in sentences))
    return f"### {title.rstrip('.')}\n\n`{file}`\n\n{rows}"


def _row(said: Said) -> tuple[str, ...]:
    source = said.source
    return said.english, source.title, source.place, source.tag or "", "yes" if said.confirmed else "no"
