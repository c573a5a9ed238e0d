"""How many sessions a child missed of those possible, as school counts them: numbers, never a reason."""

from dataclasses import replace
from datetime import datetime

from fhir.kept_school_log import keep_absence
from fhir.school_observation import absence_id
from fhir.store import Store
from plans.school_term import Absence, checked
from portal.actions.school.places import school_written_for
from portal.person import Person


def keep_figures(store: Store, figures: Absence, *, by: Person, at: datetime) -> None:
    """Keep the figures of a term at the child's school, or put them right; raises NotWhole."""
    checked(figures)
    with store.write(by=by.ref, at=at) as write:
        figures = replace(figures, school_id=school_written_for(write, figures.child_id, by, at))
        keep_absence(write, figures)
        what = f"Observation/{absence_id(figures)}"
        write.audit("U", what, f"Patient/{figures.child_id}", "keep the sessions missed at school")
