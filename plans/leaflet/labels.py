"""The few words that the page itself adds to what a plan says."""

from plans.sentences import Exact, Sentence, say
from plans.sources import Source

ANY_ONE = say("Any one of these:", source=Source.LAYOUT)
DANGER_SIGNS = say("Danger signs", source=Source.LAYOUT)
SCAN = say("Scan to see if this copy is still the newest.", source=Source.LAYOUT)
NOT_TRANSLATED = say("not translated", source=Source.LAYOUT)
NOT_CHECKED = say("This translation has not been checked by a clinician. Example only.", source=Source.LAYOUT)


def page_of(page: str, pages: str) -> Sentence:
    """Return the words at the foot of each page; whoever prints puts the two numbers in."""
    return say("Page {page} of {pages}", source=Source.LAYOUT, page=Exact(page), pages=Exact(pages))


ALL = (ANY_ONE, DANGER_SIGNS, SCAN, NOT_TRANSLATED, NOT_CHECKED, page_of("", ""))
