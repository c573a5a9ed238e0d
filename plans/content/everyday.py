"""The first band of page one: a good day, and what is taken then."""

from collections.abc import Iterator
from dataclasses import replace

from plans.content.doses import KEEP_IT_NEAR, medicine_row
from plans.content.further import steroid_card
from plans.content.readers import Subject
from plans.content.signs import well_signs
from plans.medicine_kinds import is_montelukast
from plans.plan import Regimen, Slot, Spacer
from plans.regimens import attack_slot
from plans.sections import Band, Item, Job, MedicineRow, Section
from plans.sentences import Sentence, say
from plans.sources import Source

Rows = Iterator[MedicineRow | None]

EVEN_WHEN_WELL = say("Take it every day, even when well.", source=Source.ALUK_PLAN)
ONLY_AS_A_BACKUP = say(
    "Only if the other inhaler cannot be found or used.", source=Source.HAZARD_5, confirm="backup-inhaler"
)


def everyday(subject: Subject) -> Section:
    """Return how a child is on a good day, and a row for each medicine taken or kept near."""
    is_air = subject.plan.regimen is Regimen.AIR
    heading = say("When well", source=Source.LAYOUT) if is_air else say("Every day", source=Source.LAYOUT)
    rows: tuple[Item, ...] = (*well_signs(subject), *medicine_rows(subject), *steroid_card(subject))
    return Section("everyday", Band.EVERYDAY, heading, rows)


def medicine_rows(subject: Subject) -> tuple[MedicineRow, ...]:
    """Return a row for each medicine of the plan, as this regimen uses it."""
    return tuple(row for row in _rows(subject) if row)


def _rows(subject: Subject) -> Rows:
    if subject.is_one_inhaler:
        yield from _one_inhaler_rows(subject)
    elif subject.plan.regimen is Regimen.OTHER:
        yield from _other_rows(subject)
    else:
        yield from _two_inhaler_rows(subject)
    yield medicine_row(
        subject,
        Slot.ADD_ON,
        Job.EXTRA,
        say("Extra medicine", source=Source.LAYOUT),
        *_montelukast_words(subject),
    )


def _two_inhaler_rows(subject: Subject) -> Rows:
    rinse = _after_a_steroid(subject, Slot.PREVENTER)
    yield medicine_row(
        subject, Slot.PREVENTER, Job.PREVENTER, say("Preventer", source=Source.LAYOUT), EVEN_WHEN_WELL, rinse
    )
    yield medicine_row(
        subject, Slot.RELIEVER, Job.RELIEVER, say("Reliever", source=Source.LAYOUT), KEEP_IT_NEAR
    )


def _one_inhaler_rows(subject: Subject) -> Rows:
    rinse = _after_a_steroid(subject, Slot.COMBINATION)
    is_air = subject.plan.regimen is Regimen.AIR
    rule = (
        say("No symptoms? Then no puffs.", source=Source.ALUK_ONE_INHALER)
        if is_air
        else say("Take the daily puffs even when well.", source=Source.ALUK_ONE_INHALER)
    )
    title = say("One inhaler for both jobs", source=Source.ALUK_ONE_INHALER)
    # "Then rinse" follows the puffs that stand above it, and not that there are none.
    words = (rinse, rule) if is_air else (rule, rinse)
    yield medicine_row(subject, Slot.COMBINATION, Job.BOTH, title, *words, KEEP_IT_NEAR)
    backup = medicine_row(
        subject, Slot.BACKUP, Job.RELIEVER, say("Backup inhaler", source=Source.LAYOUT), ONLY_AS_A_BACKUP
    )
    # Its doses are left to the one inhaler: two sets side by side would be mixed up.
    yield replace(backup, doses=()) if backup else None


def _other_rows(subject: Subject) -> Rows:
    """Yield a row for each inhaler; what it is for is said only of the slots that are named by it."""
    yield medicine_row(
        subject,
        Slot.PREVENTER,
        Job.PREVENTER,
        say("Preventer", source=Source.LAYOUT),
        EVEN_WHEN_WELL,
        _after_a_steroid(subject, Slot.PREVENTER),
        *_if_for_an_attack(subject, Slot.PREVENTER),
    )
    yield medicine_row(
        subject,
        Slot.COMBINATION,
        Job.EXTRA,
        say("Inhaler", source=Source.LAYOUT),
        *_if_daily(subject, Slot.COMBINATION),
        _after_a_steroid(subject, Slot.COMBINATION),
        *_if_for_an_attack(subject, Slot.COMBINATION),
    )
    yield medicine_row(
        subject, Slot.RELIEVER, Job.RELIEVER, say("Reliever", source=Source.LAYOUT), KEEP_IT_NEAR
    )
    backup = (KEEP_IT_NEAR,) if attack_slot(subject.plan) is Slot.BACKUP else (ONLY_AS_A_BACKUP,)
    yield medicine_row(
        subject, Slot.BACKUP, Job.RELIEVER, say("Backup inhaler", source=Source.LAYOUT), *backup
    )


def _if_daily(subject: Subject, slot: Slot) -> tuple[Sentence, ...]:
    medicine = subject.plan.medicines.get(slot)
    if medicine is None or not (medicine.morning or medicine.evening):
        return ()
    return (say("Take the daily puffs even when well.", source=Source.ALUK_ONE_INHALER),)


def _if_for_an_attack(subject: Subject, slot: Slot) -> tuple[Sentence, ...]:
    return (KEEP_IT_NEAR,) if attack_slot(subject.plan) is slot else ()


def _after_a_steroid(subject: Subject, slot: Slot) -> Sentence:
    medicine = subject.plan.medicines.get(slot)
    if medicine and medicine.spacer is Spacer.MASK:
        return say("Then wipe the face and clean the teeth.", source=Source.ALUK_PLAN)
    return say("Then rinse the mouth or clean the teeth.", source=Source.ALUK_PLAN)


def _montelukast_words(subject: Subject) -> tuple[Sentence, ...]:
    add_on = subject.plan.medicines.get(Slot.ADD_ON)
    product = subject.product(add_on) if add_on else None
    if product is None or not is_montelukast(product.printed_name):
        return ()
    return (
        say("It can change sleep or mood.", source=Source.MONTELUKAST, confirm="montelukast"),
        say("If it does, stop it and phone the surgery.", source=Source.MONTELUKAST, confirm="montelukast"),
    )
