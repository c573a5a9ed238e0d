"""That a professional has looked at a fact: what they will do, and when to look again."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from plans.school_form import NotWhole
from plans.signals import FoundFact

LONGEST_WORDS = 2000  # characters
LATEST_LOOK = timedelta(days=366)  # a fact that nobody looks at for longer was not looked at (design, U)


@dataclass(frozen=True)
class FactSeen:
    """What one team has said of one fact of a child. `by` is a Practitioner id; `school_id` as in the fact.

    `extent` and `day` are those of the fact as it was seen. `is_over`: it was said again since.
    """

    id: str
    child_id: str
    fact: str
    words: str
    look_again: date
    by: str
    organisation_id: str
    at: datetime
    extent: float
    day: date | None = None
    school_id: str = ""
    is_over: bool = False

    def is_about(self, found: FoundFact) -> bool:
        """Return whether this was said of that fact."""
        return (self.fact, self.school_id) == (found.signal.name, found.school_id)

    def still_holds(self, found: FoundFact, today: date) -> bool:
        """Return whether nobody has to look again yet: the day has not come, and the fact has not grown.

        It has grown by a greater number, and by anything that happened later, even where as much is past.
        """
        is_later = found.day is not None and (self.day is None or found.day > self.day)
        return today < self.look_again and found.extent <= self.extent and not is_later


def checked(seen: FactSeen, today: date) -> FactSeen:
    """Return it; raises NotWhole without words, and for a day that has come or is more than a year away."""
    if not seen.words.strip() or len(seen.words) > LONGEST_WORDS:
        raise NotWhole("words", "Write what you will do, in up to 2,000 letters.")
    if not today < seen.look_again <= today + LATEST_LOOK:
        raise NotWhole("look-again-day", "Enter a day to look again: after today, and within a year.")
    return replace(seen, words=seen.words.strip())
