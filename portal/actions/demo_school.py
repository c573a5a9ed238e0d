"""The invented demo at school: what its staff checked, wrote down and feared, by acts as real ones."""

from datetime import datetime, timedelta
from uuid import uuid4

from fhir.store import Store
from plans.concern import Concern, When, end_of
from plans.month_year import MonthYear
from plans.people import Child
from plans.school_inhaler import SchoolInhaler, Spacer
from plans.school_kit import KitCheck, KitItem
from plans.school_log import EntryKind, Inhaler, SchoolEntry, Why
from plans.school_term import Absence, term_of
from plans.working_days import uk_day
from portal.actions.concerns.raising import raise_concern
from portal.actions.school.absence import keep_figures
from portal.actions.school.inhaler import check_inhaler
from portal.actions.school.kit import check_kit
from portal.actions.school.log import record
from portal.calendar import holidays_for
from portal.person import Person


def tell_of_school(store: Store, child: Child, office: Person, at: datetime) -> None:
    """Let school find an inhaler that is out of date, give it, count absence and raise a concern."""
    today = uk_day(at)
    last_month = today.replace(day=1) - timedelta(days=1)
    found = SchoolInhaler(
        child.id,
        child.school_id,
        is_there=True,
        spacer=Spacer.THERE,
        checked_by=office.post_id,
        checked_at=at,
        place="In the green box in the school office",
        expires=MonthYear(last_month.year, last_month.month),
        doses_left=40,
    )
    check_inhaler(store, found, by=office, at=at)
    given = SchoolEntry(
        str(uuid4()),
        child.id,
        EntryKind.RELIEVER,
        at - timedelta(hours=1),
        kept_by=office.post_id,
        words="Better after ten minutes, and back to class.",
        told_by="The school office, by phone",
        puffs=2,
        inhaler=Inhaler.OWN,
        why=Why.SYMPTOMS,
        given_by="The class teacher",
    )
    record(store, given, by=office, at=at)
    keep_figures(store, Absence(child.id, term_of(today), 14, 120, office.post_id, at), by=office, at=at)
    kit = KitCheck(
        child.school_id,
        "The sports hall",
        office.post_id,
        at,
        inhalers=1,
        batch="INVENTED1",
        expires=MonthYear(today.year + 1, today.month),
        spacers=1,
        has=frozenset(KitItem),
    )
    check_kit(store, kit, by=office, at=at)
    concern = Concern(
        str(uuid4()),
        child.id,
        "She came in breathless twice this week, and says that nobody at home knows where the inhaler is.",
        how_safe=4,
        when=When.TODAY,
        asked_by=end_of(When.TODAY, at),
        raised_by=str(office.ref),
        raised_as=office.role,
        raised_at_id=office.organisation_id,
        raised_at=at,
    )
    raise_concern(store, concern, by=office, at=at, holidays_for=holidays_for)
