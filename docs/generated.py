"""The pages of this folder that are written from tables in the code; `--check` only says which are old."""

import sys
from collections.abc import Callable, Mapping
from pathlib import Path

from docs.access_page import access_page
from docs.fhir_guide.pages import fhir_pages
from docs.hazard_log import hazard_log_page
from docs.markdown import NOTE, table
from docs.reading_age_page import reading_age_page
from docs.sentences_page import sentences_page
from plans.checks import CHECKS, Check
from plans.draft import UNREADABLE
from plans.plan import MOVES
from plans.problems import Kind

HERE = Path(__file__).parent

CHECKS_PAGE = """\
# What a plan is checked for before it is signed

{note}

Each check stands beside the field that it is about, with one sentence that says what to do; "…" stands for
the words of that field. A check looks at what a clinician entered; it decides nothing and fills nothing in.
The codes of the checks that fired, and each reason given, are kept with the signed plan. "Clinical reference"
and "safety list" are what the plan was built from. Tags say how sure a fact is: V read in its source, V2 read
second-hand, C in conflict, U not confirmed.

## Must be put right

A plan is not signed while one of these fires.

{right}

## Must be explained

A plan is signed only with a reason for each of these that fires, in the clinician's own words.

{explained}

## Cannot be read

What is typed and cannot be read counts as not said, and must be put right too.

{unread}
"""

STATES_PAGE = """\
# The states of a plan

{note}

A child has at most one signed plan. A signed plan never changes: a new version replaces it.

{moves}
"""


def checks_page() -> str:
    """Return the checks of plans.checks and of reading a draft, by what they ask for."""
    return CHECKS_PAGE.format(
        note=NOTE,
        right=_checks(Kind.MUST_BE_PUT_RIGHT),
        explained=_checks(Kind.MUST_BE_EXPLAINED),
        unread=table(("Code", "What it says"), ((f"`{code}`", text) for code, text in UNREADABLE.items())),
    )


def states_page() -> str:
    """Return the moves of plans.plan."""
    rows = ((status, ", ".join(sorted(moves)) or "nothing: it has ended") for status, moves in MOVES.items())
    return STATES_PAGE.format(note=NOTE, moves=table(("A plan that is", "can become"), rows))


def _checks(kind: Kind) -> str:
    rows = ((f"`{rule.code}`", _sentence(rule), rule.source) for rule in CHECKS if rule.kind is kind)
    return table(("Code", "What it says", "Source"), rows)


def _sentence(rule: Check) -> str:
    return rule.sentence.format(what="…", when="…")


PAGES: Mapping[str, Callable[[], str]] = {
    "access.md": access_page,
    "checks.md": checks_page,
    "clinical-safety/hazard-log.md": hazard_log_page,
    "reading-age.md": reading_age_page,
    "sentences.md": sentences_page,
    "states.md": states_page,
    **fhir_pages(),
}
# Where every file is generated: one that no table names any more is as wrong as one that is old.
ALL_OURS = ("fhir/definitions", "fhir/examples")


def out_of_date() -> list[str]:
    """Return the names of the pages that do not say what the tables say now, or that no table names."""
    return [*(name for name, page in PAGES.items() if not _says(HERE / name, page())), *_left_over()]


def _left_over() -> list[str]:
    found = (path for folder in ALL_OURS for path in sorted((HERE / folder).glob("*")))
    return [name for path in found if (name := path.relative_to(HERE).as_posix()) not in PAGES]


def _says(path: Path, text: str) -> bool:
    return path.exists() and path.read_text(encoding="utf-8") == text


def main(arguments: list[str]) -> int:
    """Write the pages, or with `--check` change nothing and return 1 if one is out of date."""
    if arguments == ["--check"]:
        old = out_of_date()
        if old:
            sys.stderr.write(f"Out of date: docs/{', docs/'.join(old)}. Run python -m docs.generated.\n")
        return 1 if old else 0
    for name in _left_over():
        (HERE / name).unlink()
    for name, page in PAGES.items():
        (HERE / name).parent.mkdir(parents=True, exist_ok=True)
        (HERE / name).write_text(page(), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
