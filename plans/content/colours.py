"""The colour words of inhalers: a hint for the reader, never what tells two inhalers apart."""

from collections.abc import Mapping

from plans.sentences import Sentence, Typed, say
from plans.sources import Source

COLOURS: Mapping[str, Sentence] = {
    "blue": say("blue", source=Source.ENTERED),
    "brown": say("brown", source=Source.ENTERED),
    "orange": say("orange", source=Source.ENTERED),
    "red": say("red", source=Source.ENTERED),
    "purple": say("purple", source=Source.ENTERED),
    "pink": say("pink", source=Source.ENTERED),
    "white": say("white", source=Source.ENTERED),
    "green": say("green", source=Source.ENTERED),
    "grey": say("grey", source=Source.ENTERED),
    "yellow": say("yellow", source=Source.ENTERED),
    "cream": say("cream", source=Source.ENTERED),
    "maroon": say("maroon", source=Source.ENTERED),
    "brown or maroon": say("brown or maroon", source=Source.ENTERED),
    "brown or pink": say("brown or pink", source=Source.ENTERED),
    "brown base": say("brown base", source=Source.ENTERED),
    "blue base": say("blue base", source=Source.ENTERED),
    "red-brown": say("red-brown", source=Source.ENTERED),
    "white, red grip": say("white, red grip", source=Source.ENTERED),
    "red and white": say("red and white", source=Source.ENTERED),
    "pink and white": say("pink and white", source=Source.ENTERED),
    "white and wine": say("white and wine", source=Source.ENTERED),
    "grey and green": say("grey and green", source=Source.ENTERED),
}


def colour_word(colour: str) -> Sentence | Typed | None:
    """Return the colour as a clinician entered it, to be translated where it is a known word."""
    word = colour.strip()
    return COLOURS.get(word.lower(), Typed(word)) if word else None
