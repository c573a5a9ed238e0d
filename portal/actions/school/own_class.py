"""What a school itself knows of a child: the class, and its last check of the inhaler. For its own copies."""

from dataclasses import dataclass, replace
from datetime import date

from fhir.kept_school_checks import inhaler
from fhir.store import Reader
from fhir.store.tables import class_lists
from plans.people import Child
from plans.school_inhaler import AsChecked, as_checked
from portal.actions.originals import Original


@dataclass(frozen=True)
class AtSchool:
    """The child's class, "" for none, and how the inhaler stands by the last check, None without one."""

    class_name: str = ""
    inhaler: AsChecked | None = None


def class_at(reader: Reader, child_id: str, school_id: str, *, today: date) -> str:
    """Return the child's class on this school's own register today; "" for none, or where it names two."""
    pupils = class_lists.pupils_of_child(reader, child_id)
    here = {one.class_name for one in pupils if one.school_id == school_id and one.is_here_on(today)}
    return here.pop() if len(here) == 1 else ""


def inhaler_as_checked(reader: Reader, child: Child, *, today: date) -> AsChecked | None:
    """Return how the inhaler stands today by the last check at the child's school, None without one."""
    return as_checked(inhaler(reader, child.id), child.school_id, today)


def at_school(original: Original, here: AtSchool) -> Original:
    """Return the original with what the school itself knows, for a copy that the school itself reads."""
    people = replace(original.people, school_class=here.class_name, inhaler=here.inhaler)
    return replace(original, people=people)
