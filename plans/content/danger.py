"""What may not wait: danger signs, the line above step 1, and a severe allergy before the inhaler."""

from plans.content.readers import Subject
from plans.sections import Kind, Line
from plans.sentences import Exact, Sentence, Typed, say

CONFIRM = "danger-signs"
CONFIRM_UNDER_5 = "danger-signs-under-5"
CONFIRM_ALLERGY = "allergy-first"

CALL_999 = say("Any danger sign: call 999 now.", confirm=CONFIRM)

ANY_DANGER_SIGN = Line(
    Kind.ALARM,
    (
        CALL_999,
        say("Keep giving puffs while you wait.", confirm=CONFIRM),
        say("Never leave the child alone.", confirm=CONFIRM),
    ),
    "phone-999",
)

COLOUR_CHANGE = (
    say("Lips, tongue or gums blue, grey or pale.", confirm=CONFIRM),
    say("Do not wait for a colour change.", confirm=CONFIRM),
)


def danger_signs(*, under_5: bool) -> tuple[Line, ...]:
    """Return the signs at which 999 is called at once; a child under 5 has signs of its own."""
    breathless = (
        say("Too breathless to talk, cry, feed or play", confirm=CONFIRM_UNDER_5)
        if under_5
        else say("Too breathless to talk, eat or drink")
    )
    return (
        _danger("breathless", breathless),
        *(UNDER_5_SIGNS if under_5 else ()),
        _danger("drowsy", say("Confused, very sleepy, floppy or worn out", confirm=CONFIRM)),
        _danger("silent-chest", say("Wheeze has stopped, but breathing is worse")),
        _danger("lips", *COLOUR_CHANGE),
    )


def allergy_alarm(subject: Subject) -> tuple[Line, ...]:
    """Return the box that comes before the inhaler when a severe allergy is recorded, or nothing."""
    severe = tuple(allergy.name for allergy in subject.plan.allergies if allergy.severe)
    if not severe:
        return ()
    words = (
        say("Severe allergy: {names}.", names=Typed(", ".join(severe))),
        say("Sudden trouble breathing may be a severe allergic reaction.", confirm=CONFIRM_ALLERGY),
        say("If there is an adrenaline pen, use it first.", confirm=CONFIRM_ALLERGY),
        # Translators: {word} stays in English, because it is said to a 999 operator. After it, in brackets,
        # write how it sounds, in your own letters.
        say("Call 999 and say {word}.", word=Exact("anaphylaxis"), confirm=CONFIRM_ALLERGY),
        say("Then use the inhaler.", confirm=CONFIRM_ALLERGY),
    )
    return (Line(Kind.ALARM, words, "pen"),)


def _danger(picture: str, *words: Sentence) -> Line:
    return Line(Kind.DANGER, words, picture)


UNDER_5_SIGNS = (
    _danger("ribs", say("Skin pulls in at the ribs or neck, or the tummy pumps", confirm=CONFIRM_UNDER_5)),
    _danger("grunt", say("Nostrils flare, the head bobs, or there is grunting", confirm=CONFIRM_UNDER_5)),
    _danger("quiet-baby", say("Few wet nappies, or unusually quiet", confirm=CONFIRM_UNDER_5)),
)
