"""What the generated pages are written with."""

from collections.abc import Iterable

NOTE = "<!-- Written by `python -m docs.generated`. Change the tables in the code, not this page. -->"


def table(headings: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    """Return a Markdown table."""
    headings = tuple(headings)
    lines = (headings, ["---"] * len(headings), *rows)
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)
