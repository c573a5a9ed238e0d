"""The colour words of inhalers: a hint for the reader, never what tells two inhalers apart."""

from collections.abc import Mapping

from plans.sentences import Sentence, Typed, say

COLOURS: Mapping[str, Sentence] = {
    "blue": say("blue"),
    "brown": say("brown"),
    "orange": say("orange"),
    "red": say("red"),
    "purple": say("purple"),
    "pink": say("pink"),
    "white": say("white"),
    "green": say("green"),
    "grey": say("grey"),
    "yellow": say("yellow"),
    "cream": say("cream"),
    "maroon": say("maroon"),
    "brown or maroon": say("brown or maroon"),
    "brown or pink": say("brown or pink"),
    "brown base": say("brown base"),
    "blue base": say("blue base"),
    "red-brown": say("red-brown"),
    "white, red grip": say("white, red grip"),
    "red and white": say("red and white"),
    "pink and white": say("pink and white"),
    "white and wine": say("white and wine"),
    "grey and green": say("grey and green"),
}


def colour_word(colour: str) -> Sentence | Typed | None:
    """Return the colour as a clinician entered it, to be translated where it is a known word."""
    word = colour.strip()
    return COLOURS.get(word.lower(), Typed(word)) if word else None
