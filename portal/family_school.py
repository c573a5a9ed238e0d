"""What a family reads of school: what is missing there for the child, and which relievers school gave."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from plans.school_inhaler import Need
from plans.sentences import Day, Sentence, say, say_n
from plans.sources import Source

HEADING = say("News from school", source=Source.LAYOUT)
SURGERY_KNOWS = say("School has told the surgery too.", source=Source.LAYOUT)
NEEDS: Mapping[Need, Sentence] = {
    Need.NO_INHALER: say("There is no inhaler at school. Ask your GP surgery for one.", source=Source.LAYOUT),
    Need.EMPTY: say("The inhaler at school is empty. Ask your GP surgery for another.", source=Source.LAYOUT),
    Need.EXPIRED: say(
        "The inhaler at school is past its date. Ask your GP surgery for another.", source=Source.LAYOUT
    ),
    Need.EXPIRES_SOON: say(
        "The inhaler at school is almost past its date. Ask your GP surgery for another.",
        source=Source.LAYOUT,
    ),
    Need.NO_SPACER: say("There is no spacer at school. Ask your GP surgery for one.", source=Source.LAYOUT),
}


@dataclass(frozen=True)
class News:
    """What school says to the family: what it lacks for the child, which comes first, and what it gave."""

    heading: Sentence
    lacking: tuple[Sentence, ...]
    given: tuple[Sentence, ...]
    after: Sentence = SURGERY_KNOWS


def gave(puffs: int, day: Day) -> Sentence:
    """Return that school gave the reliever."""
    return say_n(
        "School gave {n} puff on {day}.",
        "School gave {n} puffs on {day}.",
        puffs,
        source=Source.LAYOUT,
        day=day,
    )


def news(needs: Sequence[Need], given: Iterable[tuple[int, date]]) -> News:
    """Return the news of what school lacks, and of puffs given with the day in the UK."""
    lacking = tuple(NEEDS[need] for need in needs)
    return News(HEADING, lacking, tuple(gave(puffs, Day(day)) for puffs, day in given))


EVERY_WORD: tuple[Sentence, ...] = (HEADING, SURGERY_KNOWS, *NEEDS.values(), gave(2, Day(date.min)))
