"""docs/access.md: every address, and who may open it in which relation to the child."""

from collections.abc import Iterator

from flask import Flask
from werkzeug.routing import Rule

from docs.access_table import opened_by
from docs.markdown import NOTE, table
from plans.content import Copy
from plans.places import Role
from portal.access import ANYONE, who_may_use
from portal.views import blueprints
from portal.views.family.copies import COPIES
from portal.views.shared import COPY_FOR, SEE_THE_CARD

PAGE = """\
# Who may open what

{note}

A test asks the running portal for each of these addresses, as each role and in each relation to the child.
What is not said here to open is not there (404), the same as an address that never existed.

- **own**: the child's own practice, school or team, or the hospital that asked for the review; nothing is
  shared.
- **shared**: a live share with their place, or with a place that theirs covers while it is away.
- **ended**: a share that was stopped. Nothing opens in this relation.
- **other**: everything about the child is at other places. Nothing opens in this relation.
- **list**: an address that names nothing: it shows what their place has, and may be empty.

In an emergency, a clinician or a hospital opens a record that is not theirs with a reason, for some hours;
the privacy lead of the child's own practice is told.

## Addresses of those who sign in

{addresses}

## Addresses that need no account

{open}

## Copies of a plan

Every copy is made from what its reader may see: what it does not print is not in the file either.

{copies}

## Commands

Commands ask for no password: who may run them is who may run Puffin itself and read its store. Each leaves
its audit entry.
"""
OPEN = {
    "static": "Styles, scripts and pictures of our own.",
    "sign_in": "Signing in, and choosing a place.",
    "health": "Whether the portal and its worker are alive.",
    "copies": "The code on paper: whether this copy is the newest, and nothing else.",
    "family": "One person's own link: after the child's date of birth and a code sent to that person. "
    "An ended, a barred, an expired link and one that was never made look the same.",
    "phone": "The shell of a card that a family saved to its phone: it holds nothing by itself.",
}


def access_page() -> str:
    """Return the page."""
    rules = sorted(_rules(), key=lambda rule: (rule.endpoint, rule.rule))
    closed = [rule for rule in rules if _who(rule) != ANYONE]
    opened = {rule.endpoint.partition(".")[0] for rule in rules if _who(rule) == ANYONE}
    return PAGE.format(
        note=NOTE,
        addresses=table(("Address", *(role.value for role in Role)), map(_row, closed)),
        open=table(("Journey", "What it shows"), ((f"`{name}`", OPEN[name]) for name in sorted(opened))),
        copies=table(("Who", "Copies"), _copies()),
    )


def app_of_views() -> Flask:
    """Return an application with every address of the portal, and nothing behind it."""
    app = Flask("portal")
    for blueprint in blueprints():
        app.register_blueprint(blueprint)
    return app


def _rules() -> Iterator[Rule]:
    app = app_of_views()
    for rule in app.url_map.iter_rules():
        if rule.endpoint != "static":
            rule.may_be_used_by = who_may_use(app.view_functions[rule.endpoint])  # type: ignore[attr-defined]
            yield rule


def _who(rule: Rule) -> frozenset[Role] | str:
    return rule.may_be_used_by  # type: ignore[attr-defined, no-any-return]


def _row(rule: Rule) -> Iterator[str]:
    method = "POST" if "POST" in (rule.methods or ()) else "GET"
    yield f"{method} `{rule.rule}`"
    for role in Role:
        if role not in _who(rule):
            yield ""
        elif not rule.arguments:
            yield "list"
        else:
            yield ", ".join(sorted(opened_by(rule.endpoint).get(role, ())))


def _copies() -> Iterator[tuple[str, str]]:
    yield Role.CLINICIAN.value, ", ".join(Copy)
    for role, copy in COPY_FOR.items():
        copies = dict.fromkeys([copy, *([Copy.EMERGENCY] if role in SEE_THE_CARD else [])])
        yield role.value, ", ".join(copies)
    yield "a family's link", ", ".join(COPIES.values())
