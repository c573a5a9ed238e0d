"""The page of hazards: what could hurt a child, what stands against it, and the tests that prove that."""

from collections import Counter
from collections.abc import Iterable, Iterator

from docs.hazards.hazard import Control, Hazard, State
from docs.hazards.table import HAZARDS
from docs.markdown import NOTE, table

PAGE = """\
# Hazard log

{note}

For the clinical safety officer of the maker, and of each place that uses Puffin (DCB0129 and DCB0160).
Each hazard says what could hurt a child, what in the product stands against it, which modules hold that, and
the tests that fail if it is taken away. Tests are named as sentences, and a test of their own keeps every
name here true.

Of {count} hazards: built and tested {built}, partly built {partly}, not built yet {not_built}.
"Built and tested" speaks of the software alone. Tests cannot show that people understand a plan, that a team
is on duty, or that wording is right: wording that no source settles is on the page
[sentences.md](../sentences.md), and a clinician confirms it.

Severity, likelihood and the risk that is left are not filled in: a named clinical safety officer, who is a
registered clinician, does that. What Puffin may be used for stands in [intended-use.md](intended-use.md).

## All hazards

{summary}

{hazards}
"""


def hazard_log_page() -> str:
    """Return every hazard with its controls, the modules that hold them, their tests, and what is missing."""
    states = Counter(hazard.state for hazard in HAZARDS)
    return PAGE.format(
        note=NOTE,
        count=len(HAZARDS),
        built=states[State.BUILT],
        partly=states[State.PARTLY],
        not_built=states[State.NOT_BUILT],
        summary=table(("Hazard", "What could hurt a child", "State"), map(_summary, HAZARDS)),
        hazards="\n\n".join(_hazard(hazard) for hazard in HAZARDS),
    )


def as_a_sentence(test: str) -> str:
    """Return the name of a test as the sentence that it is."""
    return test.rpartition("::")[2].removeprefix("test_").replace("_", " ").capitalize()


def _summary(hazard: Hazard) -> tuple[str, ...]:
    return f"{hazard.number}", hazard.harm, hazard.state


def _hazard(hazard: Hazard) -> str:
    parts = [f"## Hazard {hazard.number}", hazard.harm]
    if hazard.controls:
        rows = (_row(control) for control in hazard.controls)
        parts.append(table(("Control", "Held by", "Proven by"), rows))
    parts.extend(f"Not built yet: {missing}" for missing in hazard.not_built)
    return "\n\n".join(parts)


def _row(control: Control) -> Iterator[str]:
    yield control.says
    yield "<br>".join(f"[{path}](../../{path})" for path in control.held_by)
    yield "<br>".join(_proofs(control.tests))


def _proofs(tests: Iterable[str]) -> Iterator[str]:
    for test in tests:
        file = test.partition("::")[0]
        yield f"{as_a_sentence(test)} ([{file}](../../{file}))"
