"""Every failure the rules can name; each says in one sentence what is wrong and what to do."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from plans.problems import Problem


class PuffinError(Exception):
    """A refusal. `str(error)` is one plain sentence for people, without anything about a patient."""


class NhsNumberInvalid(PuffinError):
    """An NHS number of the wrong length, with other characters, or with a wrong check digit."""

    def __init__(self) -> None:
        super().__init__("This is not an NHS number. Check that its 10 digits are typed as on the letter.")


class MoveNotAllowed(PuffinError):
    """A plan was asked to make a move that its life does not have, such as signing it twice."""

    def __init__(self, now: str, wanted: str) -> None:
        super().__init__(
            f"A {now} plan cannot become {wanted}. Open the child's live plan and start from there."
        )


class PlanNotSafeToSign(PuffinError):
    """A plan has problems that must be put right or explained before anyone signs it."""

    def __init__(self, problems: Sequence["Problem"]) -> None:
        count = len(problems)
        what = "1 thing" if count == 1 else f"{count} things"
        super().__init__(f"This plan has {what} to put right or explain before it is signed.")
        self.problems = tuple(problems)


class PlanNotFound(PuffinError):
    """No such plan, or none that this person may see: the two must not be told apart."""

    def __init__(self) -> None:
        super().__init__("There is no such plan here. Check its number against the list of plans.")


class UnknownLanguage(PuffinError):
    """A language that plans are not printed in."""

    def __init__(self, code: str, known: Sequence[str]) -> None:
        super().__init__(f"Plans are not printed in '{code}'. Choose one of these: {', '.join(known)}.")


class LanguageLacksSentence(PuffinError):
    """A language that has no words yet for something that this plan says."""

    def __init__(self, language: str, count: int) -> None:
        what = "1 sentence is" if count == 1 else f"{count} sentences are"
        super().__init__(
            f"This plan cannot be printed in {language} yet: {what} not translated. "
            "Print it in English, or the child's own picture copy if there is one, and use an interpreter."
        )


class LanguageNotSignedOff(PuffinError):
    """A language whose wording no clinician has signed off: it is shown in a demo only."""

    def __init__(self, language: str) -> None:
        super().__init__(
            f"No clinician has signed off the {language} wording yet. "
            "Print it in English, or the child's own picture copy if there is one, and use an interpreter."
        )


class CopyNeedsDischarge(PuffinError):
    """The sheet after hospital was asked of a plan, which knows of no discharge."""

    def __init__(self) -> None:
        super().__init__("The sheet after hospital needs a discharge. Record one, and print it there.")


class CopyNotForThisAge(PuffinError):
    """A child's own or a school's copy of a plan for somebody who is too old or too young for it."""

    def __init__(self, copy: str) -> None:
        super().__init__(f"No {copy} copy is made for this age, so print the family copy instead.")


class CardTooSmall(PuffinError):
    """The attack steps of a plan are more than a card for a wallet holds in type that can be read."""

    def __init__(self) -> None:
        super().__init__("This plan says too much for a wallet card, so print the family copy instead.")


class CardHasOneLanguage(PuffinError):
    """English was asked for beside another language on a card, which has no room for two."""

    def __init__(self) -> None:
        super().__init__("A card has room for 1 language, so print it without English beside it.")


class FontsMissing(PuffinError):
    """The fonts of the plans are not in place, and those of the machine are never used instead."""

    def __init__(self) -> None:
        super().__init__("The fonts of the plans are not there. Run `make setup`, and print again.")
