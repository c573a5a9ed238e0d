"""What stands between a draft and a signature, as the form lists it: to put right, and to explain."""

from dataclasses import dataclass

from plans.problems import Kind, Problem
from portal.actions.drafts import CheckedDraft


@dataclass(frozen=True)
class ToExplain:
    """One check that asks for a reason, at however many fields, with the reason given so far."""

    code: str
    problems: tuple[Problem, ...]
    reason: str

    @property
    def name(self) -> str:
        return f"reason-{self.code}"

    @property
    def source(self) -> str:
        return self.problems[0].source


@dataclass(frozen=True)
class OpenPoints:
    """`to_explain` holds those that have a reason too, so that the reason can be read and changed."""

    to_put_right: tuple[Problem, ...]
    to_explain: tuple[ToExplain, ...]

    @property
    def unexplained(self) -> int:
        return sum(not point.reason.strip() for point in self.to_explain)

    @property
    def may_be_signed(self) -> bool:
        return not self.to_put_right and not self.unexplained


def open_points(checked: CheckedDraft) -> OpenPoints:
    """Return the open points of a draft, in the order of the form."""
    problems = checked.problems
    asked = [one for one in problems if one.kind is Kind.MUST_BE_EXPLAINED]
    return OpenPoints(
        to_put_right=tuple(one for one in problems if one.kind is Kind.MUST_BE_PUT_RIGHT),
        to_explain=tuple(
            ToExplain(
                code=code,
                problems=tuple(one for one in asked if one.code == code),
                reason=checked.draft.fields.get(f"reason-{code}", ""),
            )
            for code in dict.fromkeys(one.code for one in asked)
        ),
    )
