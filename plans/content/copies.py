"""The copies of a plan: for each reader a table row of the sections that this reader may see, in order."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from plans.content.after import after_attack
from plans.content.attack import attack
from plans.content.emergency import emergency_sections
from plans.content.everyday import everyday
from plans.content.explanations import explanations
from plans.content.family import own_words, pens, triggers, who_to_phone
from plans.content.further import nebuliser
from plans.content.head import card_head, head, notices, short_head, trial_notices
from plans.content.medicines import medicine_sections
from plans.content.own import own_sections
from plans.content.readers import People, Subject, subject
from plans.content.record import for_the_record
from plans.content.school import school_sections
from plans.content.technique import techniques
from plans.content.wallet import wallet_sections
from plans.content.worse import worse
from plans.errors import CopyNeedsDischarge, CopyNotForThisAge
from plans.medicines import Medicines
from plans.plan import Plan
from plans.sections import Band, Section
from plans.sentences import Sentence, say
from plans.sources import Source


class Copy(StrEnum):
    """Whom a copy is for; it holds what that reader may see, and nothing else."""

    FAMILY = "family"
    SCHOOL = "school"
    CHILD = "child"
    RECORD = "record"
    WALLET = "wallet"
    EMERGENCY = "emergency"
    MEDICINES = "medicines"
    DISCHARGE = "discharge"  # made by discharge_sheet, from a discharge and not from a plan


def sections(
    plan: Plan, people: People, copy: Copy, medicines: Medicines, today: date
) -> tuple[Section, ...]:
    """Return the sections of one copy, in reading order and in no language yet.

    Raises CopyNeedsDischarge for the sheet after hospital, which discharge_sheet makes, and
    CopyNotForThisAge for a copy that is not made for somebody of the age at signing.
    """
    if copy not in COPIES:
        raise CopyNeedsDischarge
    about = subject(plan, people.child, medicines, today)
    if about.age not in COPIES[copy].ages:
        raise CopyNotForThisAge(copy)
    trial = trial_notices(plan, today) if copy in TOLD_OF_A_TRIAL else ()
    return (*notices(plan, today), *trial, _head_of(copy, plan, people), *body(copy, about, people))


def body(copy: Copy, about: Subject, people: People) -> Iterator[Section]:
    """Yield what a copy says below its head; nothing if it is not made for somebody of this age."""
    if about.age in COPIES[copy].ages:
        yield from COPIES[copy].body(about, people)


def copies_for(age: int) -> tuple[Copy, ...]:
    """Return the copies of a plan that are made for somebody of `age` whole years at signing."""
    return tuple(copy for copy in COPIES if age in COPIES[copy].ages)


def _head_of(copy: Copy, plan: Plan, people: People) -> Section:
    row = COPIES[copy]
    if copy in {Copy.CHILD, Copy.WALLET, Copy.MEDICINES}:
        return short_head(plan, people, row.title)
    if copy is Copy.EMERGENCY:
        return card_head(plan, people, row.title)
    return head(plan, people, row.title, with_nhs_number=row.with_nhs_number)


def _family(about: Subject, people: People) -> Iterator[Section]:
    yield everyday(about)
    yield worse(about)
    yield attack(about)
    yield after_attack(about)
    yield who_to_phone(about, people)
    yield from explanations(about)
    yield from techniques(about)
    yield triggers(about.plan)
    yield from pens(about.plan)
    yield from nebuliser(about)
    yield from own_words(about.plan)


def _record(about: Subject, people: People) -> Iterator[Section]:
    yield from _family(about, people)
    if about.age in COPIES[Copy.SCHOOL].ages:
        yield from (
            replace(section, code=f"school-{section.code}", band=Band.UNDERSTANDING)
            for section in _school_part(about, people)
        )
    yield for_the_record(about)


def _school_part(about: Subject, people: People) -> Iterator[Section]:
    yield from (part for part in school_sections(about, people) if part.code in SCHOOL_PART_ON_RECORD)


TOLD_OF_A_TRIAL = frozenset({Copy.FAMILY, Copy.RECORD})
SCHOOL_PART_ON_RECORD = frozenset({"inhaler-at-school", "whom-to-tell"})

Body = Callable[[Subject, People], Iterator[Section]]
ANY_AGE = range(150)  # years
AGES_AT_SCHOOL = range(19)


@dataclass(frozen=True)
class Row:
    """What one copy is called, whether it has the NHS number, what it says, and for which ages it is made.

    The age in whole years is that on the day of signing, so that a signed plan keeps its copies.
    """

    title: Sentence
    body: Body
    ages: range = ANY_AGE
    with_nhs_number: bool = False


COPIES: Mapping[Copy, Row] = {
    Copy.FAMILY: Row(say("Asthma plan", source=Source.LAYOUT), _family, with_nhs_number=True),
    Copy.SCHOOL: Row(say("Asthma plan for school", source=Source.LAYOUT), school_sections, AGES_AT_SCHOOL),
    # From 3, to look at together; at 16 a young person has the plan itself.
    Copy.CHILD: Row(say("My asthma plan", source=Source.LAYOUT), own_sections, range(3, 16)),
    Copy.WALLET: Row(say("Asthma card", source=Source.LAYOUT), wallet_sections),
    Copy.EMERGENCY: Row(
        say("Asthma emergency card", source=Source.LAYOUT), emergency_sections, AGES_AT_SCHOOL
    ),
    Copy.MEDICINES: Row(say("Asthma medicines", source=Source.LAYOUT), medicine_sections),
    Copy.RECORD: Row(
        say("Asthma plan: copy for the record", source=Source.LAYOUT), _record, with_nhs_number=True
    ),
}
PLAN_COPIES = tuple(COPIES)
