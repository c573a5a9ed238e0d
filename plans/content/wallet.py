"""The card for a wallet: the attack steps and whom to phone, for whoever is there when it happens."""

from collections.abc import Iterator

from plans.content.attack import attack
from plans.content.danger import CALL_999, allergy_alarm
from plans.content.readers import People, Subject
from plans.content.school import school_sections
from plans.content.worse import closed_call_111
from plans.sections import Band, Item, Kind, Line, Section, parted
from plans.sentences import say
from plans.sources import Source

TO_FOLD = (
    ("scissors", say("Cut along the outer line.", source=Source.LAYOUT)),
    ("fold-in-half", say("Fold it in half down the middle, with the words outside.", source=Source.LAYOUT)),
    ("fold-to-and-fro", say("Then fold it to and fro along the dotted lines.", source=Source.LAYOUT)),
)


def wallet_sections(subject: Subject, people: People) -> Iterator[Section]:
    """Yield the attack without its signs, whom to phone, and how the paper becomes a card."""
    attacked = attack(subject)
    band = parted(attacked)
    yield Section("wallet-cover", Band.ATTACK, attacked.heading, tuple(_cover(subject)))
    steps = (item for item in (*band.first, *band.rest) if item not in allergy_alarm(subject))
    yield Section("wallet-attack", Band.ATTACK, attacked.heading, tuple(steps))
    phone = (*_contacts(subject, people), Line(Kind.DO, (closed_call_111(subject),), "phone"))
    yield Section("wallet-phone", Band.AFTER, say("Who to phone", source=Source.LAYOUT), phone)
    fold = tuple(Line(Kind.NOTE, (words,), picture) for picture, words in TO_FOLD)
    yield Section("wallet-fold", Band.UNDERSTANDING, say("How to make the card", source=Source.LAYOUT), fold)


def _cover(subject: Subject) -> Iterator[Line]:
    """Yield what is read before anything else: a severe allergy, of which the names stand alone, or 999."""
    alarms = allergy_alarm(subject)
    for alarm in alarms:
        yield Line(Kind.ALARM, alarm.words[:1], alarm.picture)
        yield Line(Kind.ALARM, alarm.words[1:], alarm.picture)
    if not alarms:
        yield Line(Kind.ALARM, (CALL_999,), "phone-999")


def _contacts(subject: Subject, people: People) -> Iterator[Item]:
    """Yield the family and the surgery, as the school's copy names them."""
    for section in school_sections(subject, people):
        if section.code == "whom-to-tell":
            yield from (item for item in section.items if item.kind == Kind.DO)
