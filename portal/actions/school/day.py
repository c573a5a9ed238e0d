"""All that school has said of one child: for school and its nurses, and as facts for the practice."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol, TypeVar

from fhir import kept_plans, kept_school_checks, kept_school_log
from fhir.kept_school_register import emergency_consents
from fhir.store import Reader
from plans.people import Child
from plans.places import Role
from plans.school_consent import ConsentState, EmergencyConsent, consent_state
from plans.school_inhaler import InhalerState, Need, SchoolInhaler, needs, state
from plans.school_log import SchoolEntry
from plans.school_register import OF_CONSENT, OF_INHALER, Status
from plans.school_term import Absence, AbsenceFact, fact_about
from plans.working_days import uk_day
from portal.actions.review_list import name_of_place
from portal.actions.school.log import entries_seen
from portal.actions.school.places import schools_read
from portal.person import Person

SHOWN = 30  # entries of the log, the newest


class _OfASchool(Protocol):
    """What somebody wrote down at one school, "" where that is not known."""

    @property
    def school_id(self) -> str: ...


Something = TypeVar("Something", bound=_OfASchool)


@dataclass(frozen=True)
class SchoolDay:
    """What school has said of a child, as far as somebody reads it.

    `inhaler` is of the school that the child goes to. `who` names whoever wrote each thing down, by
    PractitionerRole id; `places` names each school that something was written down at, none to school staff.
    """

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
    places: dict[str, str]

    @property
    def statuses(self) -> tuple[Status, ...]:
        """Return how the inhaler and the consent stand, as the register has it."""
        lacks_spacer = (Status.SPACER_MISSING,) if Need.NO_SPACER in self.needs else ()
        return (OF_INHALER[self.state], *lacks_spacer, OF_CONSENT[self.consent_state])

    @property
    def is_empty(self) -> bool:
        """Return whether school has said nothing yet."""
        return not (self.checks or self.consent or self.entries or self.absences)

    @property
    def earlier_checks(self) -> tuple[SchoolInhaler, ...]:
        """Return the checks of the inhaler but for the one that counts now, the newest first."""
        return self.checks[1:] if self.inhaler else self.checks


def school_day(reader: Reader, child: Child, *, by: Person, now: datetime, whole: bool = False) -> SchoolDay:
    """Return what school has said of a child as far as somebody may read it, the whole log if wanted.

    The audit is the caller's.
    """
    today, schools = uk_day(now), schools_read(reader, by, now)
    checks = _of_schools(kept_school_checks.earlier_inhaler_checks(reader, child.id), schools)
    last = kept_school_checks.inhaler(reader, child.id)
    inhaler = last if last and last.school_id == child.school_id else None
    kept_consents = _of_schools(emergency_consents(reader, [child.id]).values(), schools)
    consent = next(iter(kept_consents), None)
    plan = kept_plans.live_plan(reader, child.id)
    on_plan = plan.school.emergency_inhaler_consent if plan else None
    entries = entries_seen(reader, child.id, by=by, now=now)
    shown = tuple(entries if whole else entries[:SHOWN])
    absences = _of_schools(kept_school_log.absences_of(reader, child.id), schools)
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
        places=_named(reader, by, [*entries, *checks, *absences, *kept_consents]),
    )


def _of_schools(found: Iterable[Something], schools: frozenset[str] | None) -> tuple[Something, ...]:
    return tuple(one for one in found if schools is None or one.school_id in schools)


def _named(reader: Reader, by: Person, said: Iterable[_OfASchool]) -> dict[str, str]:
    """Return the names of the schools of what is said; to a school's own staff it is all of their own."""
    ids = {one.school_id for one in said if one.school_id} if by.role is not Role.SCHOOL_STAFF else ()
    return {id: name_of_place(reader, id) for id in ids}
