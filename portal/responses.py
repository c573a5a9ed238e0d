"""Answers that differ between htmx and a plain browser: going elsewhere, and page or fragment."""

from urllib.parse import urlsplit

from flask import redirect, render_template
from flask.typing import ResponseReturnValue
from htmx_flask import make_response, request


def wants_fragment() -> bool:
    """Return whether htmx puts this answer into a page; to restore its history it wants a whole one."""
    return bool(request.htmx) and not request.htmx.history_restore_request


def go_to(url: str) -> ResponseReturnValue:
    """Send the browser to `url`: htmx needs a header, a redirect would be swapped into the page."""
    return make_response("", redirect=url) if request.htmx else redirect(url, code=303)


def page_or_fragment(
    page: str, fragment: str, *, status: int = 200, **context: object
) -> ResponseReturnValue:
    """Render `fragment` for htmx and `page`, which includes it, for a plain browser."""
    return render_template(fragment if wants_fragment() else page, **context), status


def is_path_here(url: str) -> bool:
    """Return whether `url` is a plain path of this site, so that it is safe to send somebody there."""
    if not url.startswith("/") or "\\" in url or any(ord(letter) < 33 for letter in url):
        return False
    parts = urlsplit(url)
    return not (url.startswith("//") or parts.scheme or parts.netloc)
