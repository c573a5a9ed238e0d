"""The messages of a page that was shown with problems, as those problems close or change."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from plans.draft import is_field
from plans.problems import Problem
from portal.forms.typed import SAID_BY_THE_RECORD


@dataclass(frozen=True)
class Messages:
    """`were_shown`: the page has a summary; `errors`: what of it is still open; `mended`: fields whose
    message is wrong now; `beside`: one problem for each field whose message may read differently."""

    were_shown: bool
    errors: tuple[Problem, ...]
    mended: tuple[str, ...]
    beside: tuple[Problem, ...]


def messages(shown: Collection[str], still_open: Iterable[Problem]) -> Messages:
    """Return what to say of the fields in `shown`, which had a message; the others scold nobody yet."""
    errors = tuple(problem for problem in still_open if problem.field in shown)
    first = {problem.field: problem for problem in reversed(errors)}
    return Messages(
        were_shown=bool(shown),
        errors=errors,
        mended=tuple(sorted(field for field in set(shown) - set(first) if _has_message(field))),
        beside=tuple(problem for field, problem in first.items() if _has_message(field)),
    )


def _has_message(field: str) -> bool:
    """Return whether a message stands beside the field itself; the box of a reason comes with its own."""
    return is_field(field) and field not in SAID_BY_THE_RECORD and not field.startswith("reason-")
