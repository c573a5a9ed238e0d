"""The few words that the page itself adds to what a plan says."""

from plans.sentences import Number, Sentence, say

HOW_I_AM = say("How I am")
WHAT_I_DO = say("What I do")
ANY_ONE = say("Any one of these:")
DANGER_SIGNS = say("Danger signs")
SCAN = say("Scan to see if this copy is still the newest.")
NOT_TRANSLATED = say("not translated")
NOT_CHECKED = say("This translation has not been checked by a clinician. Example only.")


def page_of(page: int, pages: int) -> Sentence:
    """Return the words at the foot of each page; a printer counts the pages as it lays them out."""
    return say("Page {page} of {pages}", page=Number(page), pages=Number(pages))
