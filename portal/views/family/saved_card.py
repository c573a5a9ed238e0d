"""Saving the emergency card on a phone, at home or as a carer: what it means, and the card itself."""

from hashlib import sha256

from flask import g, json, url_for
from flask.typing import ResponseReturnValue

from plans.leaflet.languages import language as language_called
from plans.leaflet.page import article
from plans.sentences import Day
from plans.sharing import Part, sees
from plans.working_days import uk_day
from portal import family_words, saved_card_words
from portal.access import anyone
from portal.actions.copies import leaflet_of
from portal.actions.family.one_home import original_at_home
from portal.family_pages import family_page
from portal.parts import parts
from portal.views.family.emergency import card_of
from portal.views.family.link import bp, language_of, opened_by
from portal.views.family.surgery import number_of

# What the page that opens the card is made of, beside its pictures and its font.
ASSETS = (
    "vendor/nhsuk-frontend.min.css",
    "css/puffin.css",
    "css/leaflet.css",
    "puffin.svg",
    "js/saved_card.js",
    "js/saved_card_open.js",
    "js/saved_card_page.js",
)


@bp.get("/save-card")
@anyone
def save_card(token: str) -> ResponseReturnValue:
    """Say what it means to save the card, and ask for a password; without scripts, that it cannot."""
    opened = opened_by(token, "see how to save the emergency card", Part.EMERGENCY_CARD)
    language, has_plan = language_of(opened), sees(opened.reader, Part.PLAN)
    home, name = ("family.copy", "plan") if has_plan else ("family.emergency", None)
    return family_page(
        "family/saved_card.jinja",
        language,
        token=token,
        **number_of(opened),
        card_words=saved_card_words,
        home=url_for(home, token=token, lang=language, name=name),
        home_words=family_words.BACK_TO_PLAN if has_plan else saved_card_words.BACK_TO_CARD,
        paper=url_for("family.emergency_pdf", token=token, lang=language),
        slot=_slot(opened.child.id),
        assets=json.dumps([url_for("static", filename=name) for name in (*ASSETS, *_fonts(language))]),
    )


@bp.get("/save-card/card")
@anyone
def card_to_save(token: str) -> ResponseReturnValue:
    """Give the card as a part of a page, with its day; nothing else of the plan goes to the phone."""
    opened = opened_by(token, "save the emergency card on a phone", Part.EMERGENCY_CARD)
    original = original_at_home(parts().store, opened, url=parts().settings.url)
    language, today = language_of(opened), uk_day(g.now)
    leaflet = leaflet_of(original, card_of(original), language, today=today)
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
