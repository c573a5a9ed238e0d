"""The numbered steps of an attack: a table with one row for each script, never mixed."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from plans.content.danger import CONFIRM
from plans.content.readers import Subject
from plans.plan import UNLISTED, Spacer
from plans.regimens import Script
from plans.sections import Kind, Line
from plans.sentences import Sentence, say, say_n
from plans.sources import Source

Sentences = tuple[Sentence, ...]

CONFIRM_B = "one-inhaler-attack"
CONFIRM_WRITTEN = "written-attack"
MINUTE = 60  # seconds

SIT_UP = say("Sit up. Stay calm. Do not lie down.", source=Source.ALUK_ATTACK)
WORSE_OR_WORRIED = say(
    "It gets worse, or you are worried? Call 999 at any time.",
    source=Source.ONE_INHALER_ATTACK,
    confirm=CONFIRM_B,
)
CALL_999_IF = say(
    "Call 999 if there is no inhaler, it does not help, it gets worse, or you are worried.",
    source=Source.ALUK_ATTACK,
)
# The same words, read for the blue inhaler alone: beside other steps a clinician confirms them.
CALL_999_IF_BESIDE_WRITTEN_STEPS = say(
    "Call 999 if there is no inhaler, it does not help, it gets worse, or you are worried.",
    source=Source.HAZARD_3,
    confirm=CONFIRM_WRITTEN,
)


@dataclass(frozen=True)
class Steps:
    """One script: the sentences of the step that uses the inhaler, and the steps that follow it."""

    use: Callable[[Subject], Sentences]
    then: Callable[[Subject], tuple[Line, ...]]


def attack_steps(subject: Subject) -> tuple[Line, ...]:
    """Return the numbered steps of the one script that fits this plan.

    Steps that are not entered in full are none: in an attack, 999. Source: clinical reference 2.4
    (Asthma + Lung UK child attack page; NHS asthma text).
    """
    use = use_steps(subject)
    if not use:
        words = say(
            "The attack steps are not written yet. In an attack, call 999.",
            source=Source.HAZARD_3,
            confirm=CONFIRM,
        )
        return (Line(Kind.ALARM, (words,), "phone-999"),)
    script = SCRIPTS[subject.script]
    return (_step("sit-up", SIT_UP), _step("inhaler", *use), *script.then(subject))


def use_steps(subject: Subject) -> Sentences:
    """Return how many puffs, how far apart, and with which spacer; nothing while there are no full steps."""
    use = SCRIPTS[subject.script].use(subject) if subject.script in SCRIPTS else ()
    return (*use, *_with_a_spacer(subject)) if use else ()


def _step(picture: str, *words: Sentence) -> Line:
    return Line(Kind.STEP, words, picture)


def _use_a(subject: Subject) -> Sentences:
    brand = subject.brand(subject.attack_medicine)
    return (
        say(
            "Use {medicine}: 1 puff every 30 to 60 seconds, up to 10 puffs.",
            source=Source.ALUK_ATTACK,
            medicine=brand,
        ),
    )


def _then_a(_: Subject) -> tuple[Line, ...]:
    return (
        _step(
            "phone-999", CALL_999_IF, say("No better after 10 puffs? Call 999.", source=Source.ALUK_ATTACK)
        ),
        _step(
            "again",
            say("No ambulance after 10 minutes, and no better? Do step 2 again.", source=Source.ALUK_ATTACK),
        ),
        _step(
            "phone-999",
            say("Still no better, and no ambulance? Call 999 again at once.", source=Source.ALUK_ATTACK),
        ),
    )


def _use_b(subject: Subject) -> Sentences:
    brand = subject.brand(subject.attack_medicine)
    return (
        say(
            "Use {medicine}: 1 puff every 1 to 3 minutes, up to 6 puffs.",
            source=Source.NHS_ASTHMA,
            medicine=brand,
        ),
    )


def _then_b(_: Subject) -> tuple[Line, ...]:
    again = say(
        "No ambulance after 10 minutes, and no better? Do step 2 again, and call 999 again.",
        source=Source.ONE_INHALER_ATTACK,
        confirm=CONFIRM_B,
    )
    return (_step("phone-999", WORSE_OR_WORRIED), _step("again", again))


def _use_written(subject: Subject) -> Sentences:
    written, medicine = subject.plan.attack_steps, subject.attack_medicine
    if medicine is None or written is None:
        return ()
    if not (written.puffs and written.gap_seconds and written.maximum):
        return ()
    # With its strength: beside it the plan may name another inhaler of the same brand.
    name = subject.printed_name(medicine)
    return (
        say_n(
            "Use {medicine}: {n} puff each time.",
            "Use {medicine}: {n} puffs each time.",
            written.puffs,
            source=Source.ENTERED,
            medicine=name,
        ),
        _gap(written.gap_seconds),
        say_n(
            "Use up to {n} puff in all.",
            "Use up to {n} puffs in all.",
            written.maximum,
            source=Source.ENTERED,
        ),
    )


def _gap(seconds: int) -> Sentence:
    minutes, left_over = divmod(seconds, MINUTE)
    if minutes and not left_over:
        return say_n(
            "Wait {n} minute between times.",
            "Wait {n} minutes between times.",
            minutes,
            source=Source.ENTERED,
        )
    return say_n(
        "Wait {n} second between times.", "Wait {n} seconds between times.", seconds, source=Source.ENTERED
    )


def _then_written(subject: Subject) -> tuple[Line, ...]:
    again = say(
        "No ambulance after 10 minutes, and no better? Call 999 again at once.",
        source=Source.HAZARD_3,
        confirm=CONFIRM_WRITTEN,
    )
    call = CALL_999_IF_BESIDE_WRITTEN_STEPS
    return (_step("phone-999", call, *_no_better(subject)), _step("phone-999", again))


def _no_better(subject: Subject) -> Sentences:
    maximum = subject.plan.attack_steps.maximum if subject.plan.attack_steps else None
    if not maximum:
        return ()
    return (
        say_n(
            "No better after {n} puff? Call 999.",
            "No better after {n} puffs? Call 999.",
            maximum,
            source=Source.HAZARD_3,
            confirm=CONFIRM_WRITTEN,
        ),
    )


def _with_a_spacer(subject: Subject) -> Sentences:
    """Return the spacer's words for an aerosol; of one that is in no list only if a spacer was entered."""
    medicine = subject.attack_medicine
    product = subject.product(medicine) if medicine else None
    if medicine is None or product is None or not product.needs_spacer:
        return ()
    if medicine.spacer in {Spacer.MOUTHPIECE, Spacer.MASK}:
        return (say("With the spacer, take 5 breaths for each puff.", source=Source.SPACER_LEAFLET),)
    if medicine.product == UNLISTED:
        return ()
    return (say("Use a spacer if there is one.", source=Source.ALUK_ATTACK),)


SCRIPTS: Mapping[Script, Steps] = {
    Script.A: Steps(_use_a, _then_a),
    Script.B: Steps(_use_b, _then_b),
    Script.WRITTEN: Steps(_use_written, _then_written),
}
