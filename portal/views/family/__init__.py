"""A family's way to the plan: their link, the date of birth, the name, then the plan in their language."""

from portal.views.family import (
    asking,
    copies,
    emergency,
    entrance,
    questions,
    saved_card,
    telling,
    who_looked,
    words,
)
from portal.views.family.link import bp

__all__ = [
    "asking",
    "bp",
    "copies",
    "emergency",
    "entrance",
    "questions",
    "saved_card",
    "telling",
    "who_looked",
    "words",
]  # the modules add their addresses to it
