"""The attack band: a severe allergy first, signs, 999 above step 1, the steps, what to say on the phone."""

from plans.content.attack_steps import CONFIRM_B, attack_steps
from plans.content.danger import CONFIRM, allergy_alarm, any_danger_sign, danger_signs
from plans.content.readers import Subject
from plans.content.signs import attack_signs
from plans.plan import Slot
from plans.regimens import Script
from plans.sections import Band, Item, Kind, Line, Phrase, Section
from plans.sentences import Exact, say
from plans.sources import Source

NO_INHALER_TO_HAND = say(
    "No inhaler to hand, worse at any point, or no better after 6 puffs: call 999.",
    source=Source.HAZARD_2,
    confirm=CONFIRM_B,
)
SAY_THIS = say("Say this on the phone, and where you are:", source=Source.LAYOUT)
WHAT_TO_SAY = Phrase(
    SAY_THIS,
    Exact("Asthma attack. A child cannot breathe. Please send an ambulance."),
    say(
        "Asthma attack. A child cannot breathe. Please send an ambulance.",
        source=Source.HAZARD_11,
        confirm=CONFIRM,
    ),
    # Translators: write how the English words SOUND, in your own letters. It is read aloud to a 999 operator.
    say(
        "The English sounds like this: Asthma attack. A child cannot breathe. Please send an ambulance.",
        source=Source.HAZARD_11,
        confirm=CONFIRM,
    ),
)
# Said by the person, who has little breath, or by whoever is with them: so it does not say who.
WHAT_AN_ADULT_SAYS = Phrase(
    SAY_THIS,
    Exact("Asthma attack. Cannot breathe. Please send an ambulance."),
    say("Asthma attack. Cannot breathe. Please send an ambulance.", source=Source.HAZARD_11, confirm=CONFIRM),
    # Translators: write how the English words SOUND, in your own letters. It is read aloud to a 999 operator.
    say(
        "The English sounds like this: Asthma attack. Cannot breathe. Please send an ambulance.",
        source=Source.HAZARD_11,
        confirm=CONFIRM,
    ),
)


def what_to_say(*, is_adult: bool) -> Phrase:
    """Return the English words for the 999 operator, for a child or for somebody of 16 and over."""
    return WHAT_AN_ADULT_SAYS if is_adult else WHAT_TO_SAY


def attack(subject: Subject) -> Section:
    """Return the attack band; a severe allergy comes before the inhaler, 999 before step 1."""
    items: tuple[Item, ...] = (
        *allergy_alarm(subject),
        *attack_signs(subject),
        *danger_signs(under_5=subject.is_under_5),
        any_danger_sign(is_adult=subject.is_adult),
        *_one_inhaler_alarm(subject),
        *attack_steps(subject),
        *_backup(subject),
        what_to_say(is_adult=subject.is_adult),
    )
    return Section("attack", Band.ATTACK, say("Asthma attack", source=Source.LAYOUT), items)


def _one_inhaler_alarm(subject: Subject) -> tuple[Line, ...]:
    if subject.script is not Script.B:
        return ()
    return (Line(Kind.ALARM, (NO_INHALER_TO_HAND,), "phone-999"),)


def _backup(subject: Subject) -> tuple[Line, ...]:
    if not subject.is_one_inhaler or Slot.BACKUP not in subject.plan.medicines:
        return ()
    words = say(
        "Cannot find or use it? Use any blue inhaler and call 999.",
        source=Source.HAZARD_5,
        confirm="backup-inhaler",
    )
    return (Line(Kind.ALARM, (words,), "backup"),)
