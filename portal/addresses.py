"""Every address of the portal, and which roles have it: for the page that says who may open what."""

from dataclasses import dataclass

from flask import Flask

from plans.places import Role
from portal.access import ANYONE, who_may_use
from portal.views import blueprints


@dataclass(frozen=True)
class Address:
    """An address as it is written down; `roles` have it, None where it needs no account."""

    endpoint: str
    rule: str
    method: str
    names_something: bool
    roles: frozenset[Role] | None

    @property
    def journey(self) -> str:
        return self.endpoint.partition(".")[0]


def addresses() -> list[Address]:
    """Return every address but those of our own files, by the name of its view."""
    app = Flask(__name__, static_folder=None)
    for blueprint in blueprints():
        app.register_blueprint(blueprint)
    found = []
    for rule in app.url_map.iter_rules():
        who = who_may_use(app.view_functions[rule.endpoint])
        roles = who if isinstance(who, frozenset) else None
        if roles is None and who != ANYONE:
            raise ValueError(f"{rule.endpoint} does not say who may use it")
        method = "POST" if "POST" in (rule.methods or ()) else "GET"
        found.append(Address(rule.endpoint, rule.rule, method, bool(rule.arguments), roles))
    return sorted(found, key=lambda one: (one.endpoint, one.rule))
