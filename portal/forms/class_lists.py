"""What somebody typed about a class list, the end of a school year, or a move."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from plans.problems import Kind, Problem
from portal.forms.days import NotADay, typed_day

NEAR = re.compile(r"near-(\d{1,6})")


@dataclass(frozen=True)
class YearEndTyped:
    """The last year of a school, 0 if nobody chose it, and the last day of term, None if that is no day."""

    last_year: int
    last_day: date | None
    problems: tuple[Problem, ...]


def decided(form: Mapping[str, str]) -> dict[int, str]:
    """Return what was chosen for each row that is near a pupil of the register, by the row's number."""
    return {int(found[1]): answer for name, answer in form.items() if (found := NEAR.fullmatch(name))}


def day_of(form: Mapping[str, str], name: str) -> tuple[date | None, list[Problem]]:
    """Return a day that must be typed, or None with what to put right."""
    try:
        day = typed_day(form, name)
    except NotADay:
        day = None
    return day, [] if day else [problem(f"{name}-day", "Enter the day, such as 17 7 2026.")]


def year_end_of(form: Mapping[str, str]) -> YearEndTyped:
    """Return the end of a school year as it was typed, with what to put right."""
    said = form.get("final-year", "")
    last_year = int(said) if said.isascii() and said.isdigit() and len(said) <= 2 else 0
    last_day, problems = day_of(form, "term")
    if not last_year:
        problems.insert(0, problem("final-year", "Choose the last year group of this school."))
    return YearEndTyped(last_year, last_day, tuple(problems))


def problem(field: str, sentence: str) -> Problem:
    """Return one thing to put right, at a field."""
    return Problem(field, Kind.MUST_BE_PUT_RIGHT, field, sentence)
