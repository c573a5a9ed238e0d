"""The class that a school itself has entered for a child: for its own copy of the emergency card alone."""

from dataclasses import replace
from datetime import date

from fhir.store import Reader
from fhir.store.tables import class_lists
from portal.actions.originals import Original


def class_at(reader: Reader, child_id: str, school_id: str, *, today: date) -> str:
    """Return the child's class on this school's own register today; "" for none, or where it names two."""
    pupils = class_lists.pupils_of_child(reader, child_id)
    here = {one.class_name for one in pupils if one.school_id == school_id and one.is_here_on(today)}
    return here.pop() if len(here) == 1 else ""


def in_class(original: Original, class_name: str) -> Original:
    """Return the original with the class named in it, for a copy that the school itself reads."""
    return replace(original, people=replace(original.people, school_class=class_name))
