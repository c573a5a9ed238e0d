"""The few words that the page itself adds to what a plan says."""

from plans.sentences import Exact, Sentence, say

ANY_ONE = say("Any one of these:")
DANGER_SIGNS = say("Danger signs")
SCAN = say("Scan to see if this copy is still the newest.")
NOT_TRANSLATED = say("not translated")
NOT_CHECKED = say("This translation has not been checked by a clinician. Example only.")


def page_of(page: str, pages: str) -> Sentence:
    """Return the words at the foot of each page; whoever prints puts the two numbers in."""
    return say("Page {page} of {pages}", page=Exact(page), pages=Exact(pages))


ALL = (ANY_ONE, DANGER_SIGNS, SCAN, NOT_TRANSLATED, NOT_CHECKED, page_of("", ""))
