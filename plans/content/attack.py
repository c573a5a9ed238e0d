"""The attack band: signs, danger signs, the numbered steps of the plan's own script, what to say on the phone."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from plans.content.bands import litres, sign
from plans.content.danger import ANY_DANGER_SIGN, allergy_alarm, danger_signs
from plans.content.readers import Subject
from plans.plan import Slot, Spacer
from plans.regimens import Script
from plans.sections import Band, Item, Kind, Line, Phrase, Section
from plans.sentences import Exact, Sentence, say, say_n

CONFIRM_B = "one-inhaler-attack"
CONFIRM_WRITTEN = "written-attack"

HEADING = say("Asthma attack")
SIT_UP = say("Sit up. Stay calm. Do not lie down.")
WORSE_OR_WORRIED = say("It gets worse, or you are worried? Call 999 at any time.")
NO_INHALER = say("No inhaler to hand, or it does not help? Call 999.")


def attack(subject: Subject) -> Section:
    """Return the attack band; a severe allergy comes before the inhaler, 999 before step 1."""
    items = (
        *allergy_alarm(subject),
        *attack_signs(subject),
        *danger_signs(subject),
        ANY_DANGER_SIGN,
        *_extra_alarm(subject),
        *steps(subject),
        *_backup(subject),
        WHAT_TO_SAY,
    )
    return Section("attack", Band.ATTACK, HEADING, items)


def attack_signs(subject: Subject) -> tuple[Line, ...]:
    """Return the signs that it is an attack; L/min only if the plan uses them."""
    flow = subject.plan.peak_flow
    known = flow is not None and flow.attack_below is not None
    by_meter = (
        (sign(say("Peak flow below {flow}", flow=litres(flow.attack_below)), "meter"),) if known else ()
    )
    return (
        sign(say("Hard to breathe, or breathing fast"), "breathless"),
        sign(say("Coughing or wheezing a lot"), "cough"),
        sign(say("Tight chest, or tummy ache"), "tight-chest"),
        sign(_inhaler_fails(subject), "inhaler"),
        *by_meter,
    )


def steps(subject: Subject) -> tuple[Item, ...]:
    """Return the numbered steps of the one script that fits this plan."""
    return STEPS[subject.script](subject)


def use_steps(subject: Subject) -> tuple[Sentence, ...]:
    """Return how many puffs, how far apart: the sentences of the step that uses the inhaler."""
    return USE[subject.script](subject)


def _inhaler_fails(subject: Subject) -> Sentence:
    if subject.is_one_inhaler:
        return say("Inhaler not helping")
    return say("Reliever not helping, or needed again within 4 hours")


def _extra_alarm(subject: Subject) -> tuple[Line, ...]:
    if subject.script is not Script.B:
        return ()
    words = say(
        "No inhaler to hand, worse at any point, or no better after 6 puffs: call 999.", confirm=CONFIRM_B
    )
    return (Line(Kind.ALARM, (words,), "phone-999"),)


def _step(*words: Sentence, picture: str = "") -> Line:
    return Line(Kind.STEP, words, picture)


def _steps_a(subject: Subject) -> tuple[Line, ...]:
    return (
        _step(SIT_UP, picture="sit-up"),
        _step(*use_steps(subject), picture="inhaler"),
        _step(NO_INHALER, WORSE_OR_WORRIED, say("No better after 10 puffs? Call 999."), picture="phone-999"),
        _step(say("No ambulance after 10 minutes, and no better? Do step 2 again."), picture="again"),
        _step(say("Still no better, and no ambulance? Call 999 again at once."), picture="phone-999"),
    )


def _steps_b(subject: Subject) -> tuple[Line, ...]:
    again = say(
        "No ambulance after 10 minutes, and no better? Do step 2 again, and call 999 again.",
        confirm=CONFIRM_B,
    )
    return (
        _step(SIT_UP, picture="sit-up"),
        _step(*use_steps(subject), picture="inhaler"),
        _step(replace(WORSE_OR_WORRIED, confirm=CONFIRM_B), picture="phone-999"),
        _step(again, picture="again"),
    )


def _steps_written(subject: Subject) -> tuple[Line, ...]:
    return (
        _step(SIT_UP, picture="sit-up"),
        _step(*use_steps(subject), picture="inhaler"),
        _step(
            replace(NO_INHALER, confirm=CONFIRM_WRITTEN),
            replace(WORSE_OR_WORRIED, confirm=CONFIRM_WRITTEN),
            *_no_better_after(subject),
            picture="phone-999",
        ),
        _step(
            say(
                "No ambulance after 10 minutes, and no better? Call 999 again at once.",
                confirm=CONFIRM_WRITTEN,
            ),
            picture="phone-999",
        ),
    )


def _steps_missing(_: Subject) -> tuple[Line, ...]:
    return (
        Line(
            Kind.ALARM, (say("The attack steps are not written yet. In an attack, call 999."),), "phone-999"
        ),
    )


def _use_a(subject: Subject) -> tuple[Sentence, ...]:
    use = say(
        "Use {medicine}: 1 puff every 30 to 60 seconds, up to 10 puffs.",
        medicine=subject.brand(subject.attack_medicine),
    )
    return (use, *_with_a_spacer(subject))


def _use_b(subject: Subject) -> tuple[Sentence, ...]:
    use = say(
        "Use {medicine}: 1 puff every 1 to 3 minutes, up to 6 puffs.",
        medicine=subject.brand(subject.attack_medicine),
    )
    return (use, *_with_a_spacer(subject))


def _use_written(subject: Subject) -> tuple[Sentence, ...]:
    written, brand = subject.plan.attack_steps, subject.brand(subject.attack_medicine)
    if written is None or not (written.puffs and written.gap_seconds and written.maximum):
        return ()
    return (
        say_n(
            "Use {medicine}: {n} puff each time.",
            "Use {medicine}: {n} puffs each time.",
            written.puffs,
            medicine=brand,
        ),
        _gap(written.gap_seconds),
        say_n(
            "Use up to {n} puff in all, also while you wait for help.",
            "Use up to {n} puffs in all, also while you wait for help.",
            written.maximum,
        ),
        *_with_a_spacer(subject),
    )


def _gap(seconds: int) -> Sentence:
    minutes, left_over = divmod(seconds, 60)
    if minutes and not left_over:
        return say_n("Wait {n} minute between times.", "Wait {n} minutes between times.", minutes)
    return say_n("Wait {n} second between times.", "Wait {n} seconds between times.", seconds)


def _no_better_after(subject: Subject) -> tuple[Sentence, ...]:
    maximum = subject.plan.attack_steps.maximum if subject.plan.attack_steps else None
    if not maximum:
        return ()
    return (
        say_n(
            "No better after {n} puff? Call 999.",
            "No better after {n} puffs? Call 999.",
            maximum,
            confirm=CONFIRM_WRITTEN,
        ),
    )


def _with_a_spacer(subject: Subject) -> tuple[Sentence, ...]:
    medicine = subject.attack_medicine
    product = subject.product(medicine) if medicine else None
    if medicine is None or product is None or not product.needs_spacer:
        return ()
    if medicine.spacer in {None, Spacer.NONE}:
        return (say("Use a spacer if there is one."),)
    return (say("With the spacer, take 5 breaths for each puff."),)


def _backup(subject: Subject) -> tuple[Line, ...]:
    if not subject.is_one_inhaler or Slot.BACKUP not in subject.plan.medicines:
        return ()
    words = say("Cannot find or use it? Use any blue inhaler and call 999.", confirm="backup-inhaler")
    return (Line(Kind.ALARM, (words,), "backup"),)


WHAT_TO_SAY = Phrase(
    say("Say this on the phone, and where you are:"),
    Exact("Asthma attack. A child cannot breathe. Please send an ambulance."),
    say("Asthma attack. A child cannot breathe. Please send an ambulance."),
    # Translators: write how the English words SOUND, in your own letters. It is read aloud to a 999 operator.
    say("The English sounds like this: Asthma attack. A child cannot breathe. Please send an ambulance."),
)

STEPS: Mapping[Script, Callable[[Subject], tuple[Line, ...]]] = {
    Script.A: _steps_a,
    Script.B: _steps_b,
    Script.WRITTEN: _steps_written,
    Script.NONE: _steps_missing,
}

USE: Mapping[Script, Callable[[Subject], tuple[Sentence, ...]]] = {
    Script.A: _use_a,
    Script.B: _use_b,
    Script.WRITTEN: _use_written,
    Script.NONE: lambda _: (),
}
