"""Somebody else who cares for a child, such as a grandparent, a club or a childminder: added by name."""

from dataclasses import dataclass
from datetime import datetime
from uuid import uuid4

from fhir import kept_people
from fhir.kept_bars import barred_names, is_among, told_apart
from fhir.related_person import to_related_person
from fhir.store import Store
from plans.bar import LONGEST_NAME
from plans.errors import PuffinError
from plans.people import FamilyMember
from plans.similar_names import is_same_name
from portal.person import Person


class CarerNotAdded(PuffinError):
    """A carer without a name, or one who is here already."""


class NameIsBarred(PuffinError):
    """Somebody of this name must not have the plan, and nobody has said that this is somebody else."""

    def __init__(self) -> None:
        super().__init__(
            "Somebody of this name must not have the plan. Stop here, unless you are sure that this is "
            "another person: then write how you know."
        )


@dataclass(frozen=True)
class NewCarer:
    """A carer as typed; `apart` says how somebody knows that this is not the barred one of the same name."""

    name: str
    relationship: str
    phone: str = ""
    apart: str = ""


def add(store: Store, child_id: str, new: NewCarer, *, by: Person, at: datetime) -> FamilyMember:
    """Keep a carer of a child, without parental responsibility and without a link, and return them.

    Raises CarerNotAdded, and NameIsBarred until it is said how somebody knows that it is another person.
    """
    name = " ".join(new.name.split())
    if not name or len(name) > LONGEST_NAME or not name.isprintable():
        raise CarerNotAdded("Write the name of the person, club or childminder.")
    with store.write(by=by.ref, at=at) as write:
        same = [one for one in kept_people.family(write, child_id) if is_same_name(one.name, name)]
        barred = any(one.barred for one in same) or is_among(barred_names(write, child_id), name)
        if not barred and same:
            raise CarerNotAdded("Somebody of this name is here already. Tick them on the page before.")
        if barred and not new.apart.strip():
            raise NameIsBarred
        member = FamilyMember(
            str(uuid4()), child_id, name, " ".join(new.relationship.split()), phone=new.phone.strip()
        )
        person = to_related_person(member)
        write.create(told_apart(person, new.apart.strip(), at) if barred else person)
        detail = "add a carer of the name of somebody who is barred" if barred else "add a carer"
        write.audit("C", f"RelatedPerson/{member.id}", f"Patient/{child_id}", detail)
    return member
