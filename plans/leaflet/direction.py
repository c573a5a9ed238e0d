"""Keeps numbers, Latin names and typed words in their own order on a page of the other direction.

In right-to-left text 0161 496 0123 would print as 0123 496 0161, and 320 L/min as L/min 320: the Unicode
algorithm does that in every engine. An isolate stops it, in HTML and PDF alike; <bdi> does not in WeasyPrint.
"""

import re
import unicodedata

LEFT_TO_RIGHT_ISOLATE = "\u2066"
RIGHT_TO_LEFT_ISOLATE = "\u2067"
POP_ISOLATE = "\u2069"

NUMBER = re.compile(r"\d+(?:[.,:/]\d+)*")
RIGHT_TO_LEFT = frozenset({"R", "AL"})


def left_to_right(text: str) -> str:
    """Return `text` isolated so that it reads from left to right wherever it stands."""
    return f"{LEFT_TO_RIGHT_ISOLATE}{text}{POP_ISOLATE}"


def with_numbers_isolated(text: str) -> str:
    """Return `text` with each number in it isolated, so that none is moved or joined to another."""
    return NUMBER.sub(lambda found: left_to_right(found[0]), text)


def in_its_own_direction(text: str) -> str:
    """Return `text` isolated in the direction of its first letter that has one."""
    if is_right_to_left(text):
        return f"{RIGHT_TO_LEFT_ISOLATE}{with_numbers_isolated(text)}{POP_ISOLATE}"
    return left_to_right(text)


def is_right_to_left(text: str) -> bool:
    """Return whether the first letter with a direction runs from right to left."""
    directions = (unicodedata.bidirectional(letter) for letter in text)
    return next((way in RIGHT_TO_LEFT for way in directions if way in {"L", *RIGHT_TO_LEFT}), False)
