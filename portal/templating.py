"""How templates are found, escaped and helped: NHS macros beside our own, and days as people write them."""

import json
from collections.abc import Iterable
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from flask import Flask, g
from jinja2 import ChainableUndefined, ChoiceLoader, FileSystemLoader, PackageLoader

from fhir import kept_deaths
from fhir.store.errors import engine_faults
from fhir.store.tables import marks
from plans.death import Mark
from plans.errors import PuffinError
from plans.free_text import who_reads
from plans.people import spaced_nhs_number
from plans.places import Role
from plans.problems import Problem
from plans.pulse import Silence
from plans.sharing import BY_LINK
from plans.working_days import uk_day
from portal.actions.inbox.sight import open_for
from portal.actions.pulse import silent_now
from portal.calendar import ends_soon
from portal.navigation import navigation, where_work_stands
from portal.parts import parts
from portal.person import Person

UK = ZoneInfo("Europe/London")

# An error goes into #message; 422 is a view's own fragment and goes where the view says. Pages are about
# children, so the browser keeps none of them to go back to: it asks again.
HTMX = {
    "allowEval": False,
    "includeIndicatorStyles": False,
    "historyCacheSize": 0,
    "refreshOnHistoryMiss": True,
    "responseHandling": [
        {"code": "204", "swap": False},
        {"code": "[23]..", "swap": True},
        {"code": "422", "swap": True},
        {"code": "[45]..", "swap": True, "error": True, "target": "#message"},
    ],
}


def set_up_templates(app: Flask) -> None:
    """Give `app` its templates, filters, and the names that every template knows."""
    # Flask escapes only .html and ours end in .jinja; the NHS macros need the chainable undefined.
    ours = FileSystemLoader(f"{app.root_path}/templates")
    app.jinja_options = {
        "autoescape": True,
        "undefined": ChainableUndefined,
        "extensions": ["jinja2.ext.i18n"],
        "loader": ChoiceLoader([ours, PackageLoader("nhsuk_frontend_jinja")]),
        "trim_blocks": True,
        "lstrip_blocks": True,
    }
    # English as written until a page brings its own language.
    app.jinja_env.install_null_translations(newstyle=True)  # type: ignore[attr-defined]
    app.jinja_env.globals.update(htmx_config=json.dumps(HTMX), error_on=error_on, who_reads=who_reads)
    app.jinja_env.globals.update(BY_LINK=BY_LINK, death_marks=death_marks)
    app.jinja_env.filters.update(day=day, moment=moment, nhs_number=spaced_nhs_number)
    app.context_processor(_about_the_person)


def error_on(errors: Iterable[Problem], field: str) -> dict[str, str] | None:
    """Return the first error about `field` as the errorMessage that an NHS field macro asks for, or None."""
    return next(({"text": error.sentence} for error in errors or () if error.field == field), None)


def death_marks(child_ids: Iterable[str]) -> dict[str, Mark]:
    """Return what the lists of staff say beside children of whom a death is confirmed or in question, by id.

    Nothing to a school's own staff: no school is told of a death. A request asks once about each child.
    """
    person = g.get("person")
    if person is None or person.role is Role.SCHOOL_STAFF:
        return {}
    known: dict[str, Mark | None] = g.setdefault("death_marks", {})
    ids = {id for id in child_ids if id}
    if unknown := ids - set(known):
        known.update(dict.fromkeys(unknown) | kept_deaths.marks(parts().store, unknown))
    return {id: mark for id in ids if (mark := known[id])}


def day(when: date | datetime | None) -> str:
    """Return 6 August 2026: the day in the UK; "" for None."""
    if when is None:
        return ""
    if isinstance(when, datetime):
        when = when.astimezone(UK)
    return f"{when.day} {when:%B %Y}"


def moment(when: datetime | None) -> str:
    """Return 6 August 2026 at 3:05pm: the time in the UK; "" for None."""
    if when is None:
        return ""
    local = when.astimezone(UK)
    return f"{day(local)} at {local.hour % 12 or 12}:{local:%M}{'am' if local.hour < 12 else 'pm'}"


def _about_the_person() -> dict[str, Any]:
    person = g.get("person")
    return {
        "person": person,
        "several_places": len(g.get("people", ())) > 1,
        "navigation": navigation(person.role, waiting=_waiting(person)) if person else [],
        "where_work_stands": where_work_stands(person.role) if person else "",
        "demo": _is_demo(),
        "silence": _silence() if person else None,
        "calendar_ends": ends_soon(uk_day(g.now)) if person else None,
    }


def _waiting(person: Person) -> int:
    """Return how many tasks are in somebody's inbox; the page that says that the store fails cannot know."""
    try:
        return len(open_for(parts().store, person, g.now))
    except (PuffinError,) + engine_faults():
        return 0


def _silence() -> Silence | None:
    """Return what of the worker has stopped; the page that says that the store fails cannot know."""
    try:
        return silent_now(parts().store, g.now)
    except (PuffinError,) + engine_faults():
        return None


def _is_demo() -> bool:
    """Return whether everybody here is invented; the page that says that the store fails cannot know."""
    try:
        return marks.is_demo(parts().store)
    except (PuffinError,) + engine_faults():
        return False
