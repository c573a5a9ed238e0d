"""What a refusal looks like: which status each has, and the page or the fragment that says what to do."""

from dataclasses import dataclass
from traceback import format_tb
from types import TracebackType

from flask import Flask, make_response, render_template, request
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException

from fhir.store.errors import (
    DatabaseNotReached,
    ResourceNotFound,
    SecondLivePlan,
    StaleVersion,
    StoreBusy,
)
from plans.errors import MoveNotAllowed, PlanNotFound, PuffinError
from portal.responses import wants_fragment

ExcInfo = tuple[type[BaseException], BaseException, TracebackType | None]

# A refusal that is not listed, nor a kind of one that is, is 422: understood, but not as it stands.
STATUS_OF: dict[type[PuffinError], int] = {
    PlanNotFound: 404,
    ResourceNotFound: 404,
    MoveNotAllowed: 409,
    StaleVersion: 409,
    SecondLivePlan: 409,
    StoreBusy: 503,
    DatabaseNotReached: 503,
}
REFUSED = 422


@dataclass(frozen=True)
class Words:
    """`title` is the heading of the page; `sentence` what to do, unless the refusal has its own."""

    title: str
    sentence: str


PAGES = {
    400: Words("We could not read that", "Go back, check what you entered and try again."),
    403: Words("This page was open too long", "Go back, reload the page and try again. Nothing was saved."),
    404: Words("Page not found", "Check the address, or go to the first page and look from there."),
    405: Words("That cannot be done here", "Go back and use the buttons on the page."),
    409: Words("Somebody else was here first", "Go back, reload the page and look at what has changed."),
    413: Words("That is too big", "Send less text or a smaller file."),
    415: Words("We cannot read this kind of file", "Send it in the format that the page asks for."),
    422: Words("That cannot be done yet", "Go back, check what you entered and try again."),
    429: Words("Too many tries", "Wait 15 minutes, then try again."),
    503: Words("Puffin is busy", "Wait a moment, then try again."),
    500: Words("Something went wrong", "Try again in a few minutes. Nothing was half saved."),
}


class Portal(Flask):
    """A Flask that logs where a fault was, not its message, which may hold what was typed about a child."""

    def log_exception(self, exc_info: ExcInfo | tuple[None, None, None]) -> None:
        kind, _error, trace = exc_info
        name = kind.__name__ if kind else "Fault"
        self.logger.error("%s in %s\n%s", name, request.endpoint, "".join(format_tb(trace)))


def status_of(error: PuffinError) -> int:
    """Return the status of the nearest listed kind of this refusal."""
    return next((STATUS_OF[kind] for kind in type(error).__mro__ if kind in STATUS_OF), REFUSED)


def show_errors(app: Flask) -> None:
    """Give every refusal and every fault of `app` its page."""
    app.register_error_handler(PuffinError, _refusal)
    app.register_error_handler(CSRFError, lambda _error: error_page(403))
    app.register_error_handler(HTTPException, _http_error)


def error_page(status: int, sentence: str = "") -> ResponseReturnValue:
    """Return the page of `status`, or a message for htmx, with `sentence` instead of the usual one."""
    words = PAGES.get(status) or PAGES[500 if status >= 500 else 400]
    template = "errors/_message.jinja" if wants_fragment() else "errors/page.jinja"
    response = make_response(
        render_template(template, title=words.title, sentence=sentence or words.sentence), status
    )
    if wants_fragment():
        response.headers["HX-Retarget"] = "#message"
        response.headers["HX-Reswap"] = "innerHTML show:#message:top"  # it may be out of sight
    return response


def _refusal(error: PuffinError) -> ResponseReturnValue:
    status = status_of(error)
    # Every 404 looks the same: what somebody may not see does not exist. Of a database only those who run
    # Puffin can make anything.
    is_for_reader = status != 404 and not isinstance(error, DatabaseNotReached)
    return error_page(status, str(error) if is_for_reader else "")


def _http_error(error: HTTPException) -> ResponseReturnValue:
    if error.response is not None or error.code is None or error.code < 400:
        return error  # a redirect, such as the one to the address with its slash
    return error_page(error.code)
