"""How to look after a spacer."""

from plans.sections import Band, Kind, Line, Section
from plans.sentences import say
from plans.sources import Source

CONFIRM = "spacer-care"

WASH = say("Wash it before first use, then once a month.", source=Source.SPACER_HOW_OFTEN, confirm=CONFIRM)
WITH_WHAT = say("Use warm water and washing-up liquid.", source=Source.SPACER_CARE)
DRY = say("Do not scrub or wipe it. Let it dry in the air.", source=Source.SPACER_CARE)
REPLACE = say("Get a new one each year, or when it is worn.", source=Source.SPACER_HOW_OFTEN, confirm=CONFIRM)

SPACER_CARE = Section(
    "spacer-care",
    Band.UNDERSTANDING,
    say("Look after the spacer", source=Source.LAYOUT),
    tuple(Line(Kind.NOTE, (words,)) for words in (WASH, WITH_WHAT, DRY, REPLACE)),
)
