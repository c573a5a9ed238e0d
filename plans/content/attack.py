"""The attack band: a severe allergy first, signs, 999 above step 1, the steps, what to say on the phone."""

from plans.content.attack_steps import CONFIRM_B, attack_steps
from plans.content.danger import ANY_DANGER_SIGN, allergy_alarm, danger_signs
from plans.content.readers import Subject
from plans.content.signs import attack_signs
from plans.plan import Slot
from plans.regimens import Script
from plans.sections import Band, Item, Kind, Line, Phrase, Section
from plans.sentences import Exact, say
from plans.sources import Source

WHAT_TO_SAY = Phrase(
    say("Say this on the phone, and where you are:", source=Source.LAYOUT),
    Exact("Asthma attack. A child cannot breathe. Please send an ambulance."),
    say("Asthma attack. A child cannot breathe. Please send an ambulance.", source=Source.HAZARD_11),
    # Translators: write how the English words SOUND, in your own letters. It is read aloud to a 999 operator.
    say(
        "The English sounds like this: Asthma attack. A child cannot breathe. Please send an ambulance.",
        source=Source.HAZARD_11,
    ),
)


def attack(subject: Subject) -> Section:
    """Return the attack band; a severe allergy comes before the inhaler, 999 before step 1."""
    items: tuple[Item, ...] = (
        *allergy_alarm(subject),
        *attack_signs(subject),
        *danger_signs(under_5=subject.is_under_5),
        ANY_DANGER_SIGN,
        *_one_inhaler_alarm(subject),
        *attack_steps(subject),
        *_backup(subject),
        WHAT_TO_SAY,
    )
    return Section("attack", Band.ATTACK, say("Asthma attack", source=Source.LAYOUT), items)


def _one_inhaler_alarm(subject: Subject) -> tuple[Line, ...]:
    if subject.script is not Script.B:
        return ()
    words = say(
        "No inhaler to hand, worse at any point, or no better after 6 puffs: call 999.",
        source=Source.HAZARD_2,
        confirm=CONFIRM_B,
    )
    return (Line(Kind.ALARM, (words,), "phone-999"),)


def _backup(subject: Subject) -> tuple[Line, ...]:
    if not subject.is_one_inhaler or Slot.BACKUP not in subject.plan.medicines:
        return ()
    words = say(
        "Cannot find or use it? Use any blue inhaler and call 999.",
        source=Source.HAZARD_5,
        confirm="backup-inhaler",
    )
    return (Line(Kind.ALARM, (words,), "backup"),)
