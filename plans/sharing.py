"""Who may see a child's plan, and on which lawful basis: recorded for each reader, one by one."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum

from plans.consent import Word, own_ref
from plans.errors import PuffinError
from plans.people import FamilyMember
from plans.places import OrganisationKind
from plans.working_days import uk_day


class Basis(StrEnum):
    """Why a reader may see the plan. Source: clinical.md 8.5 (DfE, Information sharing, 2024)."""

    CONSENT = "consent"
    DIRECT_CARE = "direct-care"
    SAFEGUARDING = "safeguarding"


class Reader(StrEnum):
    """What kind of reader a share is for; it decides what they see."""

    SCHOOL_NURSE = "school-nurse"
    SCHOOL = "school"
    HOSPITAL = "hospital"
    COMMUNITY_NURSE = "community-nurse"
    PHARMACIST = "pharmacist"
    SOCIAL_CARE = "social-care"
    FAMILY = "family"
    CARER = "carer"
    YOUNG_PERSON = "young-person"


# Care between professionals needs no consent. A school, social care and other carers need it, each of their
# own, unless a child may be at risk: safeguarding is offered for every reader, and no refusal blocks it. A
# young person's own link is never made but by their own word.
BASES: Mapping[Reader, tuple[Basis, ...]] = {
    Reader.SCHOOL_NURSE: (Basis.DIRECT_CARE, Basis.SAFEGUARDING),
    Reader.SCHOOL: (Basis.CONSENT, Basis.SAFEGUARDING),
    Reader.HOSPITAL: (Basis.DIRECT_CARE, Basis.SAFEGUARDING),
    Reader.COMMUNITY_NURSE: (Basis.DIRECT_CARE, Basis.SAFEGUARDING),
    Reader.PHARMACIST: (Basis.DIRECT_CARE, Basis.SAFEGUARDING),
    Reader.SOCIAL_CARE: (Basis.CONSENT, Basis.SAFEGUARDING),
    Reader.FAMILY: (Basis.CONSENT, Basis.DIRECT_CARE, Basis.SAFEGUARDING),
    Reader.CARER: (Basis.CONSENT, Basis.SAFEGUARDING),
    Reader.YOUNG_PERSON: (Basis.CONSENT,),
}

# Those who read by a link of their own; all others sign in.
BY_LINK = frozenset({Reader.FAMILY, Reader.CARER, Reader.YOUNG_PERSON})

# The kind of place that each reader is; somebody who reads by a link is none.
PLACES: Mapping[Reader, OrganisationKind] = {
    Reader.SCHOOL_NURSE: OrganisationKind.NURSING_TEAM,
    Reader.SCHOOL: OrganisationKind.SCHOOL,
    Reader.HOSPITAL: OrganisationKind.HOSPITAL,
    Reader.COMMUNITY_NURSE: OrganisationKind.NURSING_TEAM,
    Reader.PHARMACIST: OrganisationKind.PHARMACY,
    Reader.SOCIAL_CARE: OrganisationKind.SOCIAL_CARE,
}


class Part(StrEnum):
    """A part of what is known of a child, as a reader is given it or not."""

    EMERGENCY_CARD = "emergency-card"
    PLAN = "plan"
    MEDICINES = "medicines"
    SUPPLY = "supply"
    SCHOOL_FACTS = "school-facts"
    SCHOOL_NEWS = "school-news"
    SIGNALS = "signals"
    REVIEWS = "reviews"
    MAKING_OF_THE_PLAN = "making-of-the-plan"
    CIRCLE = "circle"
    MISUSE = "misuse"


# What each reader sees; the practice sees all. Source: design, clinical reference 8.6; hazards 22 and 25.
# That an inhaler may be misused is read by the practice and the hospital alone.
SEES: Mapping[Reader, frozenset[Part]] = {
    Reader.SCHOOL_NURSE: frozenset(Part) - {Part.MISUSE},
    Reader.SCHOOL: frozenset({Part.EMERGENCY_CARD}),
    Reader.HOSPITAL: frozenset(Part),
    Reader.COMMUNITY_NURSE: frozenset(Part) - {Part.MISUSE},
    Reader.PHARMACIST: frozenset({Part.MEDICINES, Part.SUPPLY}),
    Reader.SOCIAL_CARE: frozenset({Part.EMERGENCY_CARD, Part.PLAN}),
    Reader.FAMILY: frozenset({Part.EMERGENCY_CARD, Part.PLAN, Part.MEDICINES, Part.SCHOOL_NEWS}),
    Reader.CARER: frozenset({Part.EMERGENCY_CARD}),
    Reader.YOUNG_PERSON: frozenset(
        {Part.EMERGENCY_CARD, Part.PLAN, Part.MEDICINES, Part.SCHOOL_NEWS, Part.CIRCLE}
    ),
}


YOUNG_PERSON_DECIDES = (
    "This young person decides who reads at home or cares for them. Ask them, and record their own consent. "
    "If they may be at risk, choose safeguarding and write why."
)
OWN_WORD_MISSING = (
    "Only the young person can ask for a link of their own. Record that they decide, and their own word."
)
ENDS_TOO_SOON = "The last day of a share cannot be in the past. Choose another day, or none."


class ShareNotAllowed(PuffinError):
    """A share without what the law asks for, or to somebody who must not have it."""


@dataclass(frozen=True)
class Share:
    """One reader's access to a child's live plan: from `since` until it ends or is stopped.

    `consent` is whose word it rests on, None on another basis and where nobody recorded it; `withdrawn` the
    word that ended it. `scope` is what the reader was to see when it was given.
    """

    id: str
    child_id: str
    reader: Reader
    reader_id: str  # Organization id; of who reads by a link, RelatedPerson id
    reader_name: str
    basis: Basis
    by: str  # Practitioner id
    since: datetime
    reason: str = ""
    until: date | None = None
    stopped_at: datetime | None = None
    consent: Word | None = None
    withdrawn: Word | None = None
    scope: tuple[Part, ...] = ()


def sees(reader: Reader, part: Part) -> bool:
    """Return whether this kind of reader is given this part of what is known of a child."""
    return part in SEES[reader]


def parts_for(reader: Reader) -> tuple[Part, ...]:
    """Return what this kind of reader is given, in the order of the parts."""
    return tuple(part for part in Part if sees(reader, part))


def may_read_as(reader: Reader, member: FamilyMember) -> bool:
    """Return whether somebody may be given a link: never who is barred.

    Family needs parental responsibility; another carer does not. The young person is neither.
    """
    if member.barred or reader not in BY_LINK:
        return False
    if member.is_themself or reader is Reader.YOUNG_PERSON:
        return member.is_themself and reader is Reader.YOUNG_PERSON
    return member.with_parental_responsibility or reader is Reader.CARER


def bases_for(reader: Reader, *, is_their_own_choice: bool) -> tuple[Basis, ...]:
    """Return the bases to choose from; where the young person decides, no care at home goes without them."""
    if is_their_own_choice and reader in BY_LINK:
        return tuple(basis for basis in BASES[reader] if basis is not Basis.DIRECT_CARE)
    return BASES[reader]


def check_own_choice(share: Share) -> None:
    """Raise ShareNotAllowed for a share at home that the young person, who decides, has not agreed to.

    Safeguarding needs no word of theirs; that the word is theirs is for the caller to see.
    """
    is_agreed = share.basis is Basis.CONSENT and share.consent is not None
    if share.reader in BY_LINK and not is_agreed and share.basis is not Basis.SAFEGUARDING:
        raise ShareNotAllowed(YOUNG_PERSON_DECIDES)


def stated_basis(reader: Reader) -> Basis | None:
    """Return the one basis that holds without anybody being asked, None where somebody must choose.

    Consent is never stated: somebody has to give it. Safeguarding is chosen by whoever sees the risk.
    """
    usual = [basis for basis in BASES[reader] if basis is not Basis.SAFEGUARDING]
    return Basis.DIRECT_CARE if usual == [Basis.DIRECT_CARE] else None


def checked(share: Share) -> Share:
    """Return the share; raises ShareNotAllowed for a wrong basis or day, no reason, or nobody's word."""
    if share.basis not in BASES[share.reader]:
        raise ShareNotAllowed("Choose the reason in law why this reader may see the plan.")
    if share.basis is Basis.SAFEGUARDING and not share.reason.strip():
        raise ShareNotAllowed("Write why you share without consent: it is kept with your name.")
    if share.basis is Basis.CONSENT and share.consent is None:
        raise ShareNotAllowed("Record who agreed, how and when. Without that there is no consent.")
    if share.consent and share.basis is not Basis.CONSENT:
        raise ShareNotAllowed("This share does not rest on consent, so nobody agrees to it. Choose one.")
    if share.reader is Reader.YOUNG_PERSON and not _is_their_own_word(share):
        raise ShareNotAllowed(OWN_WORD_MISSING)
    if share.until and share.until < uk_day(share.since):
        raise ShareNotAllowed(ENDS_TOO_SOON)
    return share


def stopped(share: Share, at: datetime) -> Share:
    """Return the share as ended at `at`; what was seen before stays recorded."""
    return replace(share, stopped_at=share.stopped_at or at)


def given(share: Share, word: Word) -> Share:
    """Return a new share as resting on somebody's word; raises ShareNotAllowed for a day to come."""
    _check_day(word, share.since)
    return replace(share, consent=word)


def withdrawn(share: Share, word: Word, at: datetime) -> Share:
    """Return the share as ended at `at` by somebody's word; raises ShareNotAllowed for a day to come."""
    _check_day(word, at)
    return replace(stopped(share, at), withdrawn=share.withdrawn or word)


def agreed_again(share: Share, word: Word, until: date | None, at: datetime) -> Share:
    """Return the share as resting on the consent that `word` gives it now; raises ShareNotAllowed."""
    _check_day(word, at)
    if until and until < uk_day(at):
        raise ShareNotAllowed(ENDS_TOO_SOON)
    asked = replace(share, basis=Basis.CONSENT, consent=word, until=until, reason="")
    return checked(replace(asked, scope=parts_for(share.reader)))


def _is_their_own_word(share: Share) -> bool:
    return share.consent is not None and share.consent.by == own_ref(share.child_id)


def _check_day(word: Word, at: datetime) -> None:
    if word.on > uk_day(at):
        raise ShareNotAllowed("The day on which somebody agreed or said no cannot be in the future.")
