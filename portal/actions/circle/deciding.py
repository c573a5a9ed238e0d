"""Who decides about sharing a child's plan today, and what a clinician found about their understanding."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import uuid4

from fhir import kept_competence, kept_people
from fhir.store import Reader, Store
from fhir.store.errors import ResourceNotFound
from plans.competence import DECIDES_ALONE, Finding, Ground, Judgement, checked, ground
from plans.consent import Word, own_ref
from plans.people import Child
from plans.places import Nation
from plans.sharing import Reader as ShareReader
from plans.sharing import Share, ShareNotAllowed
from plans.working_days import uk_day
from portal.person import Person


@dataclass(frozen=True)
class Decider:
    """Somebody who may agree or say no: a reference, their name, and who they are to the child."""

    ref: str
    name: str
    relationship: str = ""


@dataclass(frozen=True)
class Deciding:
    """Who decides, and why; `judgements` are all that clinicians found, the latest first."""

    child_id: str
    ground: Ground
    judgements: tuple[Judgement, ...]
    who: tuple[Decider, ...]

    @property
    def is_the_young_person(self) -> bool:
        return self.ground in DECIDES_ALONE


@dataclass(frozen=True)
class Talk:
    """A talk with the young person, as a clinician records it."""

    finding: Finding
    decision: str
    on: date


def deciding(reader: Reader, child: Child, day: date) -> Deciding:
    """Return who decides about sharing this child's plan on a day: the young person, or those responsible."""
    judgements = tuple(kept_competence.judgements_of(reader, child.id))
    why = ground(child, _nation(reader, child), judgements, day)
    who = (_young_person(child),) if why in DECIDES_ALONE else _responsible(reader, child)
    return Deciding(child.id, why, judgements, who)


def may_say_no(reader: Reader, child: Child) -> tuple[Decider, ...]:
    """Return whose no ends a share: the young person's own, and that of each who is responsible for them."""
    return (_young_person(child), *_responsible(reader, child))


def may_withdraw(reader: Reader, child: Child, share: Share) -> tuple[Decider, ...]:
    """Return whose no ends this share: of a young person's own link nobody's but their own."""
    return (_young_person(child),) if share.reader is ShareReader.YOUNG_PERSON else may_say_no(reader, child)


def must_decide(reader: Reader, child_id: str, word: Word, day: date) -> None:
    """Raise ShareNotAllowed where this word is of somebody who does not decide."""
    child = kept_people.child(reader, child_id)
    if word.by not in {one.ref for one in deciding(reader, child, day).who}:
        raise ShareNotAllowed("This person does not decide about sharing. Choose who does, and ask them.")


def judge(store: Store, child_id: str, talk: Talk, *, by: Person, at: datetime) -> Judgement:
    """Keep what a clinician found in a talk with the young person, and return it.

    Raises DecisionMissing and JudgedInTheFuture.
    """
    found = Judgement(
        id=str(uuid4()),
        child_id=child_id,
        finding=talk.finding,
        decision=talk.decision.strip(),
        by=by.practitioner_id,
        by_name=by.name,
        on=talk.on,
    )
    with store.write(by=by.ref, at=at) as write:
        kept_competence.keep(write, checked(found, uk_day(at)))
        write.audit("C", f"Observation/{found.id}", f"Patient/{child_id}", "record who decides about sharing")
    return found


def _young_person(child: Child) -> Decider:
    return Decider(own_ref(child.id), child.name)


def _responsible(reader: Reader, child: Child) -> tuple[Decider, ...]:
    family = kept_people.family(reader, child.id)
    return tuple(
        Decider(f"RelatedPerson/{one.id}", one.name, one.relationship)
        for one in family
        if one.with_parental_responsibility and not one.barred
    )


def _nation(reader: Reader, child: Child) -> Nation:
    """Return whose law counts: that of the practice's nation."""
    try:
        return kept_people.organisation(reader, child.practice_id).nation
    except ResourceNotFound:
        return Nation.ENGLAND_AND_WALES
