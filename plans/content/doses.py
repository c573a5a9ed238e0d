"""How much and when, said for each medicine of a plan."""

from collections.abc import Callable

from plans.content.colours import colour_word
from plans.content.readers import Subject
from plans.plan import UNLISTED, Medicine, Slot, Spacer
from plans.products import Device
from plans.sections import Dose, Job, MedicineRow
from plans.sentences import Sentence, say, say_n
from plans.sources import Source

SPACER_WORDS = {
    Spacer.MOUTHPIECE: say("Use it with the spacer.", source=Source.ENTERED),
    Spacer.MASK: say("Use it with the spacer and mask.", source=Source.ENTERED),
}
KEEP_IT_NEAR = say("Keep it with you all the time.", source=Source.ALUK_PLAN)


def medicine_row(
    subject: Subject, slot: Slot, job: Job, title: Sentence, *words: Sentence
) -> MedicineRow | None:
    """Return the row of the medicine in `slot`, with its spacer and then `words`; None if there is none."""
    medicine = subject.plan.medicines.get(slot)
    if medicine is None:
        return None
    spacer = (SPACER_WORDS[medicine.spacer],) if medicine.spacer in SPACER_WORDS else ()
    name, colour = subject.printed_name(medicine), colour_word(medicine.colour)
    doses = (*doses_of(subject, medicine), *_before_exercise(subject, slot))
    return MedicineRow(job, title, name, colour, doses, (*spacer, *words))


def doses_of(subject: Subject, medicine: Medicine) -> tuple[Dose, ...]:
    """Return what is taken in the morning, in the evening and when needed, as far as it was entered."""
    say_morning, say_evening, say_when_needed = _words_of(subject, medicine)
    entered = (
        (medicine.morning, say_morning, "sun"),
        (medicine.evening, say_evening, "moon"),
        (medicine.when_needed, say_when_needed, "cough"),
    )
    return tuple(Dose(words(count), count, picture) for count, words, picture in entered if count)


Words = Callable[[int], Sentence]


def _words_of(subject: Subject, medicine: Medicine) -> tuple[Words, Words, Words]:
    product = subject.product(medicine)
    device = product.device if product else None
    if medicine.product == UNLISTED and device in {None, Device.ORAL}:
        return _doses_in_the_morning, _doses_in_the_evening, _doses_when_needed
    if product is None or device is not Device.ORAL:
        return _puffs_in_the_morning, _puffs_in_the_evening, _puffs_when_needed
    if "granules" in product.brand:
        return _sachets_in_the_morning, _sachets_in_the_evening, _doses_when_needed
    return _tablets_in_the_morning, _tablets_in_the_evening, _doses_when_needed


def _before_exercise(subject: Subject, slot: Slot) -> tuple[Dose, ...]:
    """Return the puffs before exercise, of the reliever or else of the inhaler that relieves."""
    puffs = subject.plan.exercise_puffs
    if not puffs or subject.plan.medicines.get(slot) is not subject.relief_medicine:
        return ()
    words = say_n("{n} puff before exercise", "{n} puffs before exercise", puffs, source=Source.ENTERED)
    return (Dose(words, puffs, "play"),)


def _puffs_in_the_morning(n: int) -> Sentence:
    return say_n("{n} puff in the morning", "{n} puffs in the morning", n, source=Source.ENTERED)


def _puffs_in_the_evening(n: int) -> Sentence:
    return say_n("{n} puff in the evening", "{n} puffs in the evening", n, source=Source.ENTERED)


def _puffs_when_needed(n: int) -> Sentence:
    return say_n(
        "{n} puff for cough, wheeze or a tight chest",
        "{n} puffs for cough, wheeze or a tight chest",
        n,
        source=Source.ENTERED,
    )


def _tablets_in_the_morning(n: int) -> Sentence:
    return say_n("{n} tablet in the morning", "{n} tablets in the morning", n, source=Source.ENTERED)


def _tablets_in_the_evening(n: int) -> Sentence:
    return say_n("{n} tablet in the evening", "{n} tablets in the evening", n, source=Source.ENTERED)


def _sachets_in_the_morning(n: int) -> Sentence:
    return say_n("{n} sachet in the morning", "{n} sachets in the morning", n, source=Source.ENTERED)


def _sachets_in_the_evening(n: int) -> Sentence:
    return say_n("{n} sachet in the evening", "{n} sachets in the evening", n, source=Source.ENTERED)


# Of a medicine written by hand nobody knows whether it is a tablet or a spoonful.
def _doses_in_the_morning(n: int) -> Sentence:
    return say_n("{n} dose in the morning", "{n} doses in the morning", n, source=Source.ENTERED)


def _doses_in_the_evening(n: int) -> Sentence:
    return say_n("{n} dose in the evening", "{n} doses in the evening", n, source=Source.ENTERED)


def _doses_when_needed(n: int) -> Sentence:
    return say_n(
        "{n} dose for cough, wheeze or a tight chest",
        "{n} doses for cough, wheeze or a tight chest",
        n,
        source=Source.ENTERED,
    )
