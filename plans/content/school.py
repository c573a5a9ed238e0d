"""The school's copy: the attack first, then the school's own part. Nothing that is the family's alone."""

from collections.abc import Iterator, Mapping

from plans.content.attack import NO_INHALER_TO_HAND, attack
from plans.content.attack_steps import CALL_999_IF, CALL_999_IF_BESIDE_WRITTEN_STEPS
from plans.content.danger import CALL_999, CONFIRM
from plans.content.doses import SPACER_WORDS
from plans.content.family import surgery_phone
from plans.content.readers import People, Subject
from plans.plan import Medicine
from plans.regimens import Script
from plans.school_inhaler import AsChecked, InhalerState
from plans.sections import Band, Item, Kind, Line, Quote, Section
from plans.sentences import Day, Exact, Name, Sentence, Typed, say, say_n
from plans.sources import Source
from plans.triggers import TRIGGERS

# What school's last check found, where that is no inhaler to count on.
LACKING: Mapping[InhalerState, Sentence] = {
    InhalerState.MISSING: say("The inhaler was not there when last checked.", source=Source.ENTERED),
    InhalerState.EMPTY: say("The inhaler was empty when last checked.", source=Source.ENTERED),
}
# The words of each script for when there is none.
NO_INHALER: Mapping[Script | None, Sentence] = {
    Script.A: CALL_999_IF,
    Script.B: NO_INHALER_TO_HAND,
    Script.WRITTEN: CALL_999_IF_BESIDE_WRITTEN_STEPS,
}
TELL_THE_FAMILY = Line(
    Kind.NOTE, (say("Tell the family each time the inhaler is used.", source=Source.SCHOOL_INHALER),)
)


def school_sections(subject: Subject, people: People) -> Iterator[Section]:
    """Yield what staff need, in the order in which they need it."""
    yield attack(subject)
    yield _before_an_attack(subject)
    yield _inhaler_at_school(subject, people)
    yield _whom_to_tell(subject, people)
    yield from _triggers(subject)


def at_hand(subject: Subject, people: People) -> Iterator[Item]:
    """Yield where the inhaler of an attack is, its spacer, what may stand in for it, and the pens.

    What may stand in for it comes first where school's last check found no inhaler to count on.
    """
    in_place_of_it = _emergency_inhaler(subject)
    if people.inhaler and people.inhaler.is_lacking:
        yield from _lacking(people.inhaler)
        yield from in_place_of_it
        yield from _no_inhaler_at_all(subject)
        in_place_of_it = ()
    yield from _place(subject, people.inhaler)
    yield from _spacer(subject)
    yield from in_place_of_it
    yield from _pens(subject)


def whom_to_phone(subject: Subject, people: People) -> Iterator[Item]:
    """Yield the family, the surgery, and that the family is told."""
    yield from _contact(subject)
    yield from surgery(subject, people)
    yield TELL_THE_FAMILY


def _before_an_attack(subject: Subject) -> Section:
    medicine = subject.relief_medicine
    puffs = medicine.when_needed if medicine else None
    use: tuple[Sentence, ...] = ()
    if medicine and puffs:
        brand = subject.brand(medicine)
        puffs_of = say_n(
            "Use {n} puff of {medicine}.",
            "Use {n} puffs of {medicine}.",
            puffs,
            source=Source.ENTERED,
            medicine=brand,
        )
        use = (puffs_of, *_spacer_words(subject))
    lines = (
        Line(Kind.SIGN, (say("Cough, wheeze or a tight chest", source=Source.WORSE_SIGNS),), "cough"),
        Line(
            Kind.DO, (*use, say("No better? Follow the attack steps.", source=Source.ALUK_ATTACK)), "inhaler"
        ),
    )
    return Section("symptoms-at-school", Band.WORSE, say("Symptoms at school", source=Source.LAYOUT), lines)


def _spacer_words(subject: Subject) -> tuple[Sentence, ...]:
    medicine = subject.relief_medicine
    if medicine is None or medicine.spacer not in SPACER_WORDS or _takes_no_spacer(subject, medicine):
        return ()
    return (SPACER_WORDS[medicine.spacer],)


def _takes_no_spacer(subject: Subject, medicine: Medicine | None) -> bool:
    """Whether this is surely an inhaler that no spacer fits, such as a dry powder."""
    product = subject.product(medicine) if medicine else None
    return product is not None and product.device is not None and not product.needs_spacer


def _inhaler_at_school(subject: Subject, people: People) -> Section:
    found = people.inhaler
    lines = (
        *(_lacking(found) if found else ()),
        *_place(subject, found),
        Line(
            Kind.DO,
            (
                say(
                    "Keep the inhaler close by, and never locked away.",
                    source=Source.DFE_MEDICAL,
                    confirm=CONFIRM,
                ),
            ),
            "inhaler",
        ),
        *_before_exercise(subject),
        *_spacer(subject),
        *_emergency_inhaler(subject),
        *_pens(subject),
    )
    return Section("inhaler-at-school", Band.EVERYDAY, say("Inhaler at school", source=Source.LAYOUT), lines)


def _before_exercise(subject: Subject) -> tuple[Item, ...]:
    puffs, medicine = subject.plan.exercise_puffs, subject.relief_medicine
    if not puffs or medicine is None:
        return ()
    words = say_n(
        "Before exercise: {n} puff of {medicine}.",
        "Before exercise: {n} puffs of {medicine}.",
        puffs,
        source=Source.ENTERED,
        medicine=subject.brand(medicine),
    )
    return (Line(Kind.DO, (words,), "play"),)


def _lacking(found: AsChecked) -> tuple[Line, ...]:
    """Return that school's last check found no inhaler, an empty one, or one past its date."""
    if found.state is InhalerState.EXPIRED and found.expires_on:
        expired = say("This inhaler expired on {day}.", source=Source.ENTERED, day=Day(found.expires_on))
        return (Line(Kind.ALARM, (expired,)),)
    return (Line(Kind.ALARM, (LACKING[found.state],)),) if found.state in LACKING else ()


def _no_inhaler_at_all(subject: Subject) -> tuple[Line, ...]:
    """Return when to call 999, unless the family agrees to the school's own inhaler."""
    if subject.plan.school.emergency_inhaler_consent:
        return ()
    return (Line(Kind.DO, (NO_INHALER.get(subject.script, CALL_999),), "phone-999"),)


def _place(subject: Subject, found: AsChecked | None) -> tuple[Item, ...]:
    """Return where the inhaler is: where school last found it, else where the plan says; and that day."""
    checked = (_last_checked(found),) if found else ()
    return (
        *_kept_where((found.place if found else "") or subject.plan.school.inhaler_place.strip()),
        *checked,
    )


def _last_checked(found: AsChecked) -> Line:
    soon = found.state is InhalerState.EXPIRES_SOON and found.expires_on
    words = (say("It expires on {day}.", source=Source.ENTERED, day=Day(soon)),) if soon else ()
    day = Day(found.checked_on)
    return Line(Kind.DO, (*words, say("Last checked on {day}.", source=Source.ENTERED, day=day)))


def _kept_where(place: str) -> tuple[Item, ...]:
    if not place:
        return (
            Line(
                Kind.DO,
                (
                    say(
                        "Nobody has said yet where the inhaler is kept. Ask the family.",
                        source=Source.ENTERED,
                    ),
                ),
            ),
        )
    return (Quote(Typed(place), say("The inhaler is kept here:", source=Source.LAYOUT)),)


def _spacer(subject: Subject) -> tuple[Item, ...]:
    has_spacer = subject.plan.school.spacer_at_school
    if has_spacer is None or (not has_spacer and _takes_no_spacer(subject, subject.attack_medicine)):
        return ()
    words = (
        say("There is a spacer at school.", source=Source.ENTERED)
        if has_spacer
        else say("There is no spacer at school. Ask the family for one.", source=Source.ENTERED)
    )
    return (Line(Kind.DO, (words,), "spacer"),)


def _emergency_inhaler(subject: Subject) -> tuple[Line, ...]:
    consent = subject.plan.school.emergency_inhaler_consent
    if consent is None:
        words: tuple[Sentence, ...] = (
            say(
                "Nobody has said yet if the school's own inhaler may be used. Ask the family.",
                source=Source.ENTERED,
            ),
        )
    elif not consent:
        words = (
            say("The family has not agreed to the use of the school's own inhaler.", source=Source.ENTERED),
        )
    elif subject.script is not Script.A:
        # The school's own inhaler is a blue one: for any other the steps above do not fit it.
        words = (
            say(
                "The family agrees: the school's own blue inhaler may be used.",
                source=Source.SCHOOL_BLUE_INHALER,
                confirm="school-blue-inhaler",
            ),
            say(
                "Use it only if theirs cannot be found or used. Call 999.",
                source=Source.SCHOOL_BLUE_INHALER,
                confirm="school-blue-inhaler",
            ),
        )
    else:
        words = (
            say("The family agrees: the school's own inhaler may be used.", source=Source.ENTERED),
            say("Use it if theirs is missing, empty or broken.", source=Source.SCHOOL_INHALER),
        )
    return (Line(Kind.DO, words, "backup"),)


def _pens(subject: Subject) -> tuple[Line, ...]:
    plan = subject.plan
    if not any(allergy.severe for allergy in plan.allergies) or plan.allergy_care.pens_expire_on is None:
        return ()
    words = say(
        "The adrenaline pens run out on {day}.",
        source=Source.ENTERED,
        day=Day(plan.allergy_care.pens_expire_on),
    )
    return (Line(Kind.DO, (words,), "pen"),)


def _whom_to_tell(subject: Subject, people: People) -> Section:
    lines = (
        *_contact(subject),
        *_language(subject),
        *surgery(subject, people),
        TELL_THE_FAMILY,
    )
    return Section("whom-to-tell", Band.UNDERSTANDING, say("Who to tell", source=Source.LAYOUT), lines)


def _contact(subject: Subject) -> tuple[Line, ...]:
    name, phone = subject.plan.school.contact_name.strip(), subject.plan.school.contact_phone.strip()
    if not (name or phone):
        return ()
    # Of somebody who speaks for themselves, the person to phone may be nobody's parent.
    if subject.is_adult:
        words = (
            say("Contact: {name}, {phone}.", source=Source.LAYOUT, name=Name(name), phone=Exact(phone))
            if phone
            else say("Contact: {name}.", source=Source.LAYOUT, name=Name(name))
        )
    else:
        words = (
            say("Family: {name}, {phone}.", source=Source.LAYOUT, name=Name(name), phone=Exact(phone))
            if phone
            else say("Family: {name}.", source=Source.LAYOUT, name=Name(name))
        )
    return (Line(Kind.DO, (words,), "phone"),)


def _language(subject: Subject) -> tuple[Line, ...]:
    """Return what the family speaks, and whether whoever phones them needs an interpreter, as entered."""
    spoken, needs_interpreter = subject.plan.language_spoken.strip(), bool(subject.plan.interpreter)
    words: tuple[Sentence, ...] = ()
    if spoken:
        words = (say("The family speaks {language}.", source=Source.ENTERED, language=Name(spoken)),)
    if needs_interpreter:
        need = (
            say("They need an interpreter.", source=Source.ENTERED)
            if spoken
            else say("The family needs an interpreter.", source=Source.ENTERED)
        )
        words = (*words, need)
    return (Line(Kind.NOTE, words),) if words else ()


def surgery(subject: Subject, people: People) -> tuple[Line, ...]:
    """Return the phone number of the surgery, where there is one."""
    phone = surgery_phone(subject.plan, people)
    return (
        (Line(Kind.DO, (say("GP surgery: {phone}.", source=Source.LAYOUT, phone=Exact(phone)),), "phone"),)
        if phone
        else ()
    )


def _triggers(subject: Subject) -> Iterator[Section]:
    known = (TRIGGERS[key] for key in TRIGGERS if key in subject.plan.triggers)
    lines = tuple(Line(Kind.SIGN, (trigger.words,)) for trigger in known if trigger.at_school)
    if lines:
        yield Section(
            "triggers", Band.UNDERSTANDING, say("What can set off an attack", source=Source.LAYOUT), lines
        )
