"""What a privacy lead typed to narrow the audit -> what is asked for; and where the next page begins."""

import re
from collections.abc import Mapping
from datetime import date, timedelta

from portal.actions.audit.reading import Wanted
from portal.audit_words import KINDS
from portal.forms.days import NotADay, typed_day

USUAL_DAYS = 7
AFTER = re.compile(r"(\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{6}Z) (\d{1,18})")


def usual(today: date) -> Wanted:
    """Return what is shown before anything is asked for: everything of the last seven days."""
    return Wanted(today - timedelta(days=USUAL_DAYS - 1), today)


def wanted(form: Mapping[str, str], today: date) -> Wanted:
    """Return what was typed; days that are left empty are the usual ones. Raises NotADay."""
    otherwise = usual(today)
    kind = form.get("kind", "")
    return Wanted(
        first=typed_day(form, "first") or otherwise.first,
        last=typed_day(form, "last") or otherwise.last,
        child=form.get("child", "").strip(),
        who=form.get("who", ""),
        kind=kind if kind in KINDS else "",
    )


def fields(asked: Wanted) -> dict[str, str]:
    """Return what the boxes show."""
    days = {"first": asked.first, "last": asked.last}
    boxes = {
        f"{name}-{part}": str(getattr(day, part))
        for name, day in days.items()
        for part in ("day", "month", "year")
    }
    return boxes | {"child": asked.child, "who": asked.who, "kind": asked.kind}


def after(form: Mapping[str, str]) -> tuple[str, int] | None:
    """Return where the next page begins, None for the first one and for what cannot be read."""
    found = AFTER.fullmatch(form.get("after", ""))
    return (found[1], int(found[2])) if found else None


def is_day_missing(form: Mapping[str, str]) -> str:
    """Return which day cannot be read, "first" or "last"; "" where both can."""
    for name in ("first", "last"):
        try:
            typed_day(form, name)
        except NotADay:
            return name
    return ""
