"""Answers of every journey: going elsewhere, a page or its fragment, a PDF."""

from urllib.parse import urlsplit

from flask import Response, redirect, render_template
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


def as_pdf(printed: bytes, name: str) -> Response:
    """Return an answer that a browser saves or shows; `name` says nothing of the child."""
    headers = {"Content-Disposition": f'inline; filename="{name}"'}
    return Response(printed, mimetype="application/pdf", headers=headers)


def is_path_here(url: str) -> bool:
    """Return whether `url` is a plain path of this site, so that it is safe to send somebody there."""
    if not url.startswith("/") or "\\" in url or any(ord(letter) < 33 for letter in url):
        return False
    parts = urlsplit(url)
    return not (url.startswith("//") or parts.scheme or parts.netloc)
