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
        super().__init__(f"A {now} plan cannot become {wanted}. Open the child's live plan and start from there.")


class PlanNotSafeToSign(PuffinError):
    """A plan has problems that must be put right or explained before anyone signs it."""

    def __init__(self, problems: Sequence["Problem"]) -> None:
        count = len(problems)
        super().__init__(
            f"This plan has {count} thing{'' if count == 1 else 's'} to put right or explain before it is signed."
        )
        self.problems = tuple(problems)


class PlanNotFound(PuffinError):
    """No such plan, or none that this person may see: the two must not be told apart."""

    def __init__(self) -> None:
        super().__init__("There is no such plan here. Check its number against the list of plans.")
