"""Who may open which address, by what their place has to do with the child. A test holds the portal to it."""

from collections.abc import Mapping
from enum import StrEnum

from plans.concern import RAISES, READS
from plans.content import Copy
from plans.places import Role


class Relation(StrEnum):
    """What somebody's place has to do with the child, or with the thing, that an address is about."""

    OWN = "own"  # the child's own practice, school or team, or the hospital that asked: nothing is shared
    SHARED = "shared"  # a live share with their place
    ENDED = "ended"  # a share that was stopped, a child who has left, a school that others look after
    OTHER = "other"  # nothing: everything about the child is at other places


Opens = dict[Role, frozenset[Relation]]


def opens(*relations: Relation, to: tuple[Role, ...]) -> Opens:
    """Return that each of these roles may open an address in these relations, and in no other."""
    return dict.fromkeys(to, frozenset(relations))


CIRCLE = (
    Role.HOSPITAL,
    Role.SCHOOL_NURSE,
    Role.COMMUNITY_NURSE,
    Role.PHARMACIST,
    Role.SOCIAL_WORKER,
    Role.SCHOOL_STAFF,
)
SCHOOL = (Role.SCHOOL_NURSE, Role.SCHOOL_STAFF)
PRACTICE = opens(Relation.OWN, to=(Role.CLINICIAN,))
REVIEW = opens(Relation.OWN, to=(Role.CLINICIAN, Role.HOSPITAL))
SHARED_WITH = opens(Relation.SHARED, to=CIRCLE)
SHARED_WITH_NURSES = opens(Relation.SHARED, to=(Role.SCHOOL_NURSE,))
NURSES = (Role.SCHOOL_NURSE, Role.COMMUNITY_NURSE)
HOSPITAL_TOO = opens(Relation.OWN, Relation.SHARED, to=(Role.HOSPITAL,))
SHARED_WITH_SCHOOL = opens(Relation.SHARED, to=SCHOOL)
TEAM = opens(Relation.OWN, to=tuple(Role))
LED = opens(Relation.OWN, to=tuple(role for role in Role if role is not Role.PRIVACY_LEAD))
THEIR_SCHOOL = opens(Relation.OWN, to=SCHOOL)
PRIVACY = opens(Relation.OWN, to=(Role.PRIVACY_LEAD,))
ACTS_ON_CONCERNS = opens(Relation.OWN, to=tuple(sorted(READS)))
NOBODY: Opens = {}

# By blueprint, or by endpoint where one differs from the rest of its journey. Addresses that name nothing are
# lists of a place's own, and open to every role that has them.
ADDRESSES: Mapping[str, Opens] = {
    "alerts": REVIEW,
    "at_home": PRACTICE,
    "audit": PRIVACY,
    "cards": opens(Relation.SHARED, to=tuple(role for role in CIRCLE if role is not Role.PHARMACIST)),
    "children": PRACTICE,
    "class_list_doubts": PRACTICE | SHARED_WITH_NURSES,
    "class_lists": THEIR_SCHOOL,
    # A concern is its raiser's, those of their place who follow it, and the teams' that were told of it. Only
    # these teams act on it; a school and a pharmacist never do.
    "concerns": opens(Relation.OWN, to=tuple(sorted(RAISES))),
    "concerns.new": PRACTICE | SHARED_WITH | HOSPITAL_TOO,
    "concerns.send": PRACTICE | SHARED_WITH | HOSPITAL_TOO,
    "concerns.acknowledge": ACTS_ON_CONCERNS,
    "concerns.answer": ACTS_ON_CONCERNS,
    "concerns.weekend": ACTS_ON_CONCERNS,
    # Said, confirmed and withdrawn by professionals of the practice and the hospital alone.
    "deaths": PRACTICE | HOSPITAL_TOO,
    "drafts": PRACTICE,
    "emergency": NOBODY,  # until they opened it, with a reason
    "facts": PRACTICE | SHARED_WITH_NURSES,
    # Whoever sees the child may hide what they write. Who reads it is in plans/hidden_notes.py.
    "hidden_notes": PRACTICE | SHARED_WITH | HOSPITAL_TOO,
    "hidden_notes.withdraw": PRACTICE | opens(Relation.SHARED, to=(*NURSES, Role.HOSPITAL)),
    "hospital": REVIEW,
    "inbox": TEAM,
    "inbox.message": REVIEW,
    "kits": THEIR_SCHOOL,
    "moves": PRACTICE,
    "moves.show": PRACTICE | SHARED_WITH_NURSES,
    "moves.to_school": PRACTICE | SHARED_WITH_NURSES,
    "moves.withdraw": PRACTICE | SHARED_WITH_NURSES,
    "plans": PRACTICE,
    "receipts": SHARED_WITH,
    "receipts.show": PRACTICE,
    "reviews": REVIEW,
    "school": SHARED_WITH_SCHOOL,
    "shared": SHARED_WITH,
    "sharing": PRACTICE,
    "team": LED,
    "weekend": PRACTICE | opens(Relation.SHARED, to=NURSES) | HOSPITAL_TOO,
}

# Who is given which copy of a plan on paper, at whichever address.
COPIES: Mapping[Copy, Opens] = {
    Copy.FAMILY: PRACTICE | opens(Relation.SHARED, to=(Role.SOCIAL_WORKER,)),
    Copy.SCHOOL: PRACTICE,
    Copy.CHILD: PRACTICE,
    Copy.RECORD: PRACTICE
    | opens(Relation.SHARED, to=(Role.HOSPITAL, Role.SCHOOL_NURSE, Role.COMMUNITY_NURSE)),
    Copy.WALLET: PRACTICE,
    Copy.EMERGENCY: PRACTICE | ADDRESSES["cards"],
    Copy.MEDICINES: PRACTICE | opens(Relation.SHARED, to=(Role.PHARMACIST,)),
    Copy.DISCHARGE: REVIEW,
}


def opened_by(endpoint: str) -> Opens:
    """Return who may open an address, by the name of its view; raises KeyError for one that is in no row."""
    return ADDRESSES.get(endpoint) or ADDRESSES[endpoint.partition(".")[0]]
