"""Saving the emergency card on a phone: what it means, and the card itself, which the phone encrypts."""

from hashlib import sha256

from flask import g, json, url_for
from flask.typing import ResponseReturnValue

from plans.content import Copy
from plans.leaflet.languages import language as language_called
from plans.leaflet.page import article
from plans.sentences import Day
from plans.working_days import uk_day
from portal import saved_card_words
from portal.access import anyone
from portal.actions.copies import leaflet_of
from portal.actions.family.one_home import original_at_home
from portal.family_pages import family_page
from portal.parts import parts
from portal.views.family.link import bp, language_of, opened_by

# What the page that opens the card is made of, beside its pictures and its font.
ASSETS = (
    "vendor/nhsuk-frontend.min.css",
    "css/puffin.css",
    "css/leaflet.css",
    "puffin.svg",
    "js/saved_card.js",
    "js/saved_card_open.js",
)


@bp.get("/save-card")
@anyone
def save_card(token: str) -> ResponseReturnValue:
    """Say what it means to save the card, and ask for a PIN; without scripts, that it cannot be saved."""
    opened = opened_by(token, "see how to save the emergency card")
    language = language_of(opened)
    return family_page(
        "family/saved_card.jinja",
        language,
        token=token,
        card_words=saved_card_words,
        slot=_slot(opened.child.id),
        assets=json.dumps([url_for("static", filename=name) for name in (*ASSETS, *_fonts(language))]),
    )


@bp.get("/save-card/card")
@anyone
def card_to_save(token: str) -> ResponseReturnValue:
    """Give the card as a part of a page, with its day; nothing else of the plan goes to the phone."""
    opened = opened_by(token, "save the emergency card on a phone")
    original = original_at_home(parts().store, opened, url=parts().settings.url)
    language, today = language_of(opened), uk_day(g.now)
    leaflet = leaflet_of(original, Copy.EMERGENCY, language, today=today)
    saved = saved_card_words.saved_on(Day(today))
    return family_page(
        "family/_saved_card.jinja",
        language,
        saved=saved,
        card=article(leaflet),
        plan=opened.plan,
        child=opened.child,
    )


def _slot(child_id: str) -> str:
    """Return under which name a phone keeps this child's card: always the same, and it tells nothing."""
    return sha256(f"saved-card/{child_id}".encode()).hexdigest()


def _fonts(code: str) -> tuple[str, ...]:
    name = language_called(code).font.replace(" ", "")
    return tuple(f"fonts/{name}-{weight}.ttf" for weight in ("Regular", "Bold"))
