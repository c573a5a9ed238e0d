"""All that school has said of one child: for school and its nurses, and as facts for the practice."""

from dataclasses import dataclass
from datetime import datetime

from fhir import kept_plans, kept_school_checks, kept_school_log
from fhir.kept_school_register import emergency_consents
from fhir.store import Reader
from plans.people import Child
from plans.school_consent import ConsentState, EmergencyConsent, consent_state
from plans.school_inhaler import InhalerState, Need, SchoolInhaler, needs, state
from plans.school_log import SchoolEntry
from plans.school_register import OF_CONSENT, OF_INHALER, Status
from plans.school_term import Absence, AbsenceFact, fact_about
from plans.working_days import uk_day
from portal.actions.school.log import entries_seen
from portal.person import Person

SHOWN = 30  # entries of the log, the newest


@dataclass(frozen=True)
class SchoolDay:
    """What school has said of a child. `who` names whoever wrote each thing down, by PractitionerRole id."""

    inhaler: SchoolInhaler | None
    state: InhalerState
    needs: tuple[Need, ...]
    checks: tuple[SchoolInhaler, ...]
    consent: EmergencyConsent | None
    consent_state: ConsentState
    on_plan: bool | None
    entries: tuple[SchoolEntry, ...]
    earlier: int
    absences: tuple[tuple[Absence, AbsenceFact | None], ...]
    who: dict[str, str]

    @property
    def statuses(self) -> tuple[Status, ...]:
        """Return how the inhaler and the consent stand, as the register has it."""
        lacks_spacer = (Status.SPACER_MISSING,) if Need.NO_SPACER in self.needs else ()
        return (OF_INHALER[self.state], *lacks_spacer, OF_CONSENT[self.consent_state])

    @property
    def is_empty(self) -> bool:
        """Return whether school has said nothing yet."""
        return not (self.inhaler or self.consent or self.entries or self.absences)


def school_day(reader: Reader, child: Child, *, by: Person, now: datetime, whole: bool = False) -> SchoolDay:
    """Return what school has said of a child as far as somebody may read it, the whole log if wanted.

    The audit is the caller's.
    """
    today = uk_day(now)
    inhaler = kept_school_checks.inhaler(reader, child.id)
    consent = emergency_consents(reader, [child.id]).get(child.id)
    plan = kept_plans.live_plan(reader, child.id)
    on_plan = plan.school.emergency_inhaler_consent if plan else None
    entries = entries_seen(reader, child.id, by=by, now=now)
    shown = tuple(entries if whole else entries[:SHOWN])
    checks = tuple(kept_school_checks.earlier_inhaler_checks(reader, child.id))
    absences = kept_school_log.absences_of(reader, child.id)
    posts = {one.kept_by for one in shown} | {one.checked_by for one in checks}
    return SchoolDay(
        inhaler=inhaler,
        state=state(inhaler, child.school_id, today),
        needs=needs(inhaler, child.school_id, today),
        checks=checks,
        consent=consent,
        consent_state=consent_state(consent, on_plan, child.school_id),
        on_plan=on_plan,
        entries=shown,
        earlier=len(entries) - len(shown),
        absences=tuple((one, fact_about(one)) for one in absences),
        who=kept_school_log.names_of_posts(reader, posts),
    )
