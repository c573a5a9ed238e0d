"""The emergency card that was saved on this phone: a page that is the same for all and asks for a password.

The card is on the phone alone, encrypted; this page knows nobody and asks the store for nothing.
"""

from flask import Blueprint, current_app, send_from_directory
from flask.typing import ResponseReturnValue

from plans.leaflet.languages import SOURCE
from portal import saved_card_words
from portal.access import anyone
from portal.family_pages import chosen, family_page

bp = Blueprint("phone", __name__)


@bp.get("/card")
@anyone
def show() -> ResponseReturnValue:
    """Show the page that opens the saved card, 999 first."""
    return family_page("phone/card.jinja", chosen() or SOURCE, card_words=saved_card_words)


@bp.get("/card-worker.js")
@anyone
def worker() -> ResponseReturnValue:
    """Give the script that answers for that page without the internet, and for no other page."""
    folder = current_app.static_folder or ""
    return send_from_directory(folder, "js/saved_card_worker.js", mimetype="text/javascript")
