"""The form of a plan as a test reads it and sends it."""

from html.parser import HTMLParser

from fhir.store.tables import drafts
from tests.portal.conftest import MONDAY_9AM

HTMX = {"HX-Request": "true"}


class Form(HTMLParser):
    """The ids of a page, and what its fields would send as they stand."""

    def __init__(self, html):
        super().__init__()
        self.ids, self.fields, self._select, self._textarea = set(), {}, "", ""
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        a = dict(attrs)
        self.ids |= {a["id"]} if "id" in a else set()
        kind = a.get("type", "text")
        if tag == "input" and "name" in a and (kind not in ("radio", "checkbox") or "checked" in a):
            self.fields.setdefault(a["name"], a.get("value", ""))
        if tag == "select":
            self._select = a["name"]
        if tag == "option" and "selected" in a:
            self.fields[self._select] = a["value"]
        if tag == "textarea":
            self._textarea = a["name"]
            self.fields[self._textarea] = ""

    def handle_endtag(self, tag):
        if tag == "textarea":
            self._textarea = ""

    def handle_data(self, data):
        if self._textarea:
            self.fields[self._textarea] += data


def draft_of(store, child, gp, fields):
    with store.write(by=gp.person.ref, at=MONDAY_9AM) as write:
        return drafts.create(write, child.id, fields)


def form_of(gp, draft):
    return Form(gp.get(f"/drafts/{draft.id}").text)


def post(gp, draft, fields, to="", **how):
    return gp.post(f"/drafts/{draft.id}{to}", data={"version": draft.version} | fields, **how)
