"""A family's way to the plan: their link, the date of birth, the name, then the plan in their language."""

from portal.views.family import copies, entrance, questions, telling, words
from portal.views.family.link import bp

__all__ = [
    "bp",
    "copies",
    "entrance",
    "questions",
    "telling",
    "words",
]  # the modules add their addresses to it
