"""Three questions about a plan for whoever has read it: what to choose from, and what the plan says."""

from collections.abc import Iterator
from dataclasses import dataclass

from plans.content.attack import attack
from plans.content.everyday import medicine_rows
from plans.content.readers import Subject
from plans.content.signs import well_signs, worse_signs
from plans.plan import Medicine, Slot
from plans.sections import Band, Kind, Line, Section, parted
from plans.sentences import Exact, Sentence, say
from plans.sources import Source
from plans.understanding import Question

INHALERS = (Slot.PREVENTER, Slot.COMBINATION, Slot.RELIEVER, Slot.BACKUP)
NONE, NOT_SURE = "none", "not-sure"
ON_THE_PHONE = "phone-999"


@dataclass(frozen=True)
class Choice:
    """Something to choose: a sentence, or the name of an inhaler as it stands on the box."""

    key: str
    words: Sentence | Exact


@dataclass(frozen=True)
class Asked:
    """A question, what can be chosen, and which of it the plan says; `says` is the plan's own words on it."""

    question: Question
    words: Sentence
    choices: tuple[Choice, ...]
    right: frozenset[str]
    says: tuple[Sentence | Exact, ...]

    def is_right(self, chosen: str) -> bool:
        return chosen in self.right

    def choice(self, key: str) -> Choice | None:
        """Return what was chosen, None for what is no choice here."""
        return next((one for one in self.choices if one.key == key), None)


I_AM_NOT_SURE = Choice(NOT_SURE, say("I am not sure", source=Source.LAYOUT))
NO_INHALER_DAILY = Choice(NONE, say("No inhaler is for every day", source=Source.LAYOUT))


def teach_back(subject: Subject) -> tuple[Asked, ...]:
    """Return the questions that this plan answers, in the order of a day getting worse."""
    return (_every_day(subject), *_attack(subject), _emergency(subject))


def as_section(questions: tuple[Asked, ...]) -> Section:
    """Return all that is said in these questions, to see whether a language has it."""
    words = (*(one.words for one in questions), *(w for one in questions for w in _words_in(one)))
    lines = tuple(Line(Kind.NOTE, (one,)) for one in words)
    return Section("teach-back", Band.UNDERSTANDING, questions[0].words, lines)


def _words_in(asked: Asked) -> Iterator[Sentence]:
    for words in (*(choice.words for choice in asked.choices), *asked.says):
        if isinstance(words, Sentence):
            yield words


def _every_day(subject: Subject) -> Asked:
    """Ask which inhaler is for every day; on AIR, and without a preventer, none is."""
    daily = frozenset(slot for slot, one in _inhalers(subject) if one.morning or one.evening)
    return Asked(
        Question.EVERY_DAY,
        say("Which inhaler is for every day, even when well?", source=Source.LAYOUT),
        (*_names(subject), NO_INHALER_DAILY, I_AM_NOT_SURE),
        daily or frozenset({NONE}),
        tuple(_rows(subject, daily or frozenset(slot for slot, _ in _inhalers(subject)))),
    )


def _attack(subject: Subject) -> Iterator[Asked]:
    """Ask which inhaler is for an attack, where the plan says so."""
    used = subject.attack_medicine
    right = frozenset(slot for slot, one in _inhalers(subject) if one is used)
    steps = parted(attack(subject)).rest
    says = tuple(words for line in steps if isinstance(line, Line) and _uses(line) for words in line.words)
    if right and says:
        yield Asked(
            Question.ATTACK,
            say("Which inhaler is for an attack?", source=Source.LAYOUT),
            (*_names(subject), I_AM_NOT_SURE),
            right,
            says,
        )


def _emergency(subject: Subject) -> Asked:
    """Ask which sign is a danger sign: the plan's own signs of a good day, a worse one, and an attack."""
    parts = parted(attack(subject))
    danger, worse, well = parts.dangers[0], worse_signs(subject)[1], well_signs(subject)[0]
    calls = (line for line in (*parts.first, *parts.rest) if isinstance(line, Line))
    says = (words for line in calls if line.picture == ON_THE_PHONE for words in line.words)
    signs = tuple(Choice(key, line.words[0]) for key, line in _signs(worse, danger, well))
    return Asked(
        Question.EMERGENCY,
        say("Which of these means: call 999 now?", source=Source.LAYOUT),
        (*signs, I_AM_NOT_SURE),
        frozenset({"danger"}),
        (*(danger.words if isinstance(danger, Line) else ()), *says),
    )


def _signs(worse: object, danger: object, well: object) -> Iterator[tuple[str, Line]]:
    for key, line in (("worse", worse), ("danger", danger), ("well", well)):
        if isinstance(line, Line):
            yield key, line


def _uses(line: Line) -> bool:
    return line.picture in {"inhaler", "backup"}


def _inhalers(subject: Subject) -> Iterator[tuple[Slot, Medicine]]:
    for slot in INHALERS:
        if slot in subject.plan.medicines:
            yield slot, subject.plan.medicines[slot]


def _names(subject: Subject) -> tuple[Choice, ...]:
    return tuple(Choice(slot, subject.printed_name(one)) for slot, one in _inhalers(subject))


def _rows(subject: Subject, slots: frozenset[str]) -> Iterator[Sentence | Exact]:
    """Yield what the plan says of these inhalers on a good day."""
    names = [subject.printed_name(one) for slot, one in _inhalers(subject) if slot in slots]
    for row in medicine_rows(subject):
        if row.name in names:
            yield row.name
            yield from (dose.sentence for dose in row.doses)
            yield from row.words
