"""What may not wait: danger signs, the line above step 1, and a severe allergy before the inhaler."""

from plans.content.readers import Subject
from plans.sections import Kind, Line
from plans.sentences import Exact, Sentence, Typed, say
from plans.sources import Source

CONFIRM = "danger-signs"
CONFIRM_UNDER_5 = "danger-signs-under-5"
CONFIRM_ALLERGY = "allergy-first"

CALL_999 = say("Any danger sign: call 999 now.", source=Source.HAZARD_2, confirm=CONFIRM)

ANY_DANGER_SIGN = Line(
    Kind.ALARM,
    (
        CALL_999,
        say("Keep giving puffs while you wait.", source=Source.HAZARD_2, confirm=CONFIRM),
        say("Never leave the child alone.", source=Source.HAZARD_2, confirm=CONFIRM),
    ),
    "phone-999",
)

# For somebody who speaks for themselves: what to do without breath to talk, and whoever is with them.
ANY_DANGER_SIGN_TO_AN_ADULT = Line(
    Kind.ALARM,
    (
        CALL_999,
        say("Cannot talk? Show this to somebody who can call.", source=Source.HAZARD_2, confirm=CONFIRM),
        say("Keep taking puffs while you wait.", source=Source.HAZARD_2, confirm=CONFIRM),
        say("Helping somebody? Never leave them alone.", source=Source.HAZARD_2, confirm=CONFIRM),
    ),
    "phone-999",
)

COLOUR_CHANGE = (
    say("Lips, tongue or gums blue, grey or pale.", source=Source.HAZARD_7, confirm=CONFIRM),
    say("Do not wait for a colour change.", source=Source.HAZARD_7, confirm=CONFIRM),
)


def any_danger_sign(*, is_adult: bool) -> Line:
    """Return the line above step 1: 999 does not wait for puffs, and nobody is left alone."""
    return ANY_DANGER_SIGN_TO_AN_ADULT if is_adult else ANY_DANGER_SIGN


def danger_signs(*, under_5: bool) -> tuple[Line, ...]:
    """Return the signs at which 999 is called at once; a child under 5 has signs of its own."""
    breathless = (
        say("Too breathless to talk, cry, feed or play", source=Source.UNDER_5_SIGNS, confirm=CONFIRM_UNDER_5)
        if under_5
        else say("Too breathless to talk, eat or drink", source=Source.WESSEX)
    )
    return (
        _danger("breathless", breathless),
        *(UNDER_5_SIGNS if under_5 else ()),
        _danger(
            "drowsy",
            say("Confused, very sleepy, floppy or worn out", source=Source.DANGER_SIGNS, confirm=CONFIRM),
        ),
        _danger("silent-chest", say("Wheeze has stopped, but breathing is worse", source=Source.SIGN158)),
        _danger("lips", *COLOUR_CHANGE),
    )


def allergy_alarm(subject: Subject) -> tuple[Line, ...]:
    """Return the box that comes before the inhaler when a severe allergy is recorded, or nothing."""
    severe = tuple(allergy.name for allergy in subject.plan.allergies if allergy.severe)
    if not severe:
        return ()
    words = (
        say("Severe allergy: {names}.", source=Source.ENTERED, names=Typed(", ".join(severe))),
        say(
            "Sudden trouble breathing may be a severe allergic reaction.",
            source=Source.HAZARD_1,
            confirm=CONFIRM_ALLERGY,
        ),
        say("If there is an adrenaline pen, use it first.", source=Source.HAZARD_1, confirm=CONFIRM_ALLERGY),
        # Translators: {word} stays in English, because it is said to a 999 operator. After it, in brackets,
        # write how it sounds, in your own letters.
        say(
            "Call 999 and say {word}.",
            source=Source.HAZARD_1,
            word=Exact("anaphylaxis"),
            confirm=CONFIRM_ALLERGY,
        ),
        say("Then use the inhaler.", source=Source.HAZARD_1, confirm=CONFIRM_ALLERGY),
    )
    return (Line(Kind.ALARM, words, "pen"),)


def _danger(picture: str, *words: Sentence) -> Line:
    return Line(Kind.DANGER, words, picture)


UNDER_5_SIGNS = (
    _danger(
        "ribs",
        say(
            "Skin pulls in at the ribs or neck, or the tummy pumps",
            source=Source.UNDER_5_SIGNS,
            confirm=CONFIRM_UNDER_5,
        ),
    ),
    _danger(
        "grunt",
        say(
            "Nostrils flare, the head bobs, or there is grunting",
            source=Source.UNDER_5_SIGNS,
            confirm=CONFIRM_UNDER_5,
        ),
    ),
    _danger(
        "quiet-baby",
        say("Few wet nappies, or unusually quiet", source=Source.UNDER_5_SIGNS, confirm=CONFIRM_UNDER_5),
    ),
)
