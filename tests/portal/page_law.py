"""What every page must be, whoever made it: read by machine in each answer that a test asks for."""

import re
from collections import Counter
from functools import lru_cache
from html.parser import HTMLParser

TOKEN = re.compile(r'(?<="X-CSRFToken": ")[^"]+|(?<=name="csrf_token" value=")[^"]+')
NOT_TYPED_INTO = {"hidden", "submit", "button", "image"}


class _Page(HTMLParser):
    """The page as it is read: what is in it, and what is wrong with it."""

    def __init__(self) -> None:
        super().__init__()
        self.faults: list[str] = []
        self.tags: Counter[str] = Counter()
        self.ids: Counter[str] = Counter()
        self.labels: set[str] = set()
        self.fields: list[dict[str, str]] = []
        self.title = ""
        self.post_form: str | None = None
        self._open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = {name: value or "" for name, value in attrs}
        self.tags[tag] += 1
        self._open.append(tag)
        self.ids.update([attributes["id"]] if "id" in attributes else [])
        self._look_for_inline(tag, attributes)
        if tag == "html" and not (attributes.get("lang") and attributes.get("dir") in {"ltr", "rtl"}):
            self.faults.append("html has no lang or dir")
        if tag == "label":
            self.labels.add(attributes.get("for", ""))
        if tag == "img" and "alt" not in attributes:
            self.faults.append("an image has no alt")
        if tag == "form" and attributes.get("method", "").lower() == "post":
            self.post_form = attributes.get("action", "?")
        if tag in {"input", "select", "textarea"}:
            self._look_at_field(attributes)

    def handle_endtag(self, tag: str) -> None:
        if tag == "form" and self.post_form is not None:
            self.faults.append(f"the form to {self.post_form} lacks csrf_token")
            self.post_form = None

    def handle_data(self, data: str) -> None:
        if self._open and self._open[-1] == "title":
            self.title += data
            self._open.append("")

    def _look_for_inline(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == "style" or "style" in attributes:
            self.faults.append(f"{tag} is styled inline")
        if tag == "script" and not attributes.get("src", "").startswith("/"):
            self.faults.append("a script is inline or from elsewhere")
        if any(name.startswith(("on", "hx-on")) for name in attributes):
            self.faults.append(f"{tag} has a script in an attribute")
        if attributes.get("href", "").lower().startswith("javascript:"):
            self.faults.append("a link is a script")

    def _look_at_field(self, attributes: dict[str, str]) -> None:
        if attributes.get("name") == "csrf_token":
            self.post_form = None
        if attributes.get("type") not in NOT_TYPED_INTO:
            self.fields.append(attributes)


def faults(html: str) -> list[str]:
    """Return what is wrong with a whole page; nothing, when it is as pages are here."""
    return _faults(TOKEN.sub("", html))


@lru_cache(maxsize=500)
def _faults(html: str) -> list[str]:
    """Return the same; of pages that differ in nothing but their token, one is read."""
    page = _Page()
    page.feed(html)
    found = list(page.faults)
    if not page.title.strip() or page.title.strip().startswith("-"):
        found.append("the title is empty")
    if page.tags["h1"] != 1:
        found.append(f"there are {page.tags['h1']} h1")
    found += [f"{name} is the id of {count} things" for name, count in page.ids.items() if count > 1]
    found += [
        f"the field {field.get('name')} has no label" for field in page.fields if not _named(field, page)
    ]
    if re.search(r"\bNone\b|\bUndefined\b", html):
        found.append("a value that is not there is shown as None")
    return found


def _named(field: dict[str, str], page: _Page) -> bool:
    return field.get("id", "?") in page.labels or "aria-label" in field or "aria-labelledby" in field
