"""The emergency card by a link of one's own: all that another carer is given, and to print."""

from flask import g
from flask.typing import ResponseReturnValue

from plans.content import Copy
from plans.errors import CardTooSmall
from plans.leaflet.page import article
from plans.sections import Band
from plans.sharing import Part
from plans.working_days import uk_day
from portal import saved_card_words
from portal.access import anyone
from portal.actions.copies import copies_there_are, leaflet_of, pdf_of
from portal.actions.family.one_home import original_at_home
from portal.actions.originals import Original
from portal.actions.receipts.asked import note_opened
from portal.family_pages import family_page
from portal.parts import parts
from portal.responses import as_pdf
from portal.views.family.link import bp, go, language_of, opened_by
from portal.views.family.surgery import number_of


@bp.get("/emergency")
@anyone
def emergency(token: str) -> ResponseReturnValue:
    """Show what to do in an attack, and nothing else of the plan."""
    opened = opened_by(token, "read the emergency card", Part.EMERGENCY_CARD)
    note_opened(parts().store, opened.plan, opened.reader_id, by=opened.reader_ref, at=g.now)
    original = original_at_home(parts().store, opened, url=parts().settings.url)
    leaflet = leaflet_of(original, card_of(original), language_of(opened), today=uk_day(g.now))
    return family_page(
        "family/emergency.jinja",
        language_of(opened),
        token=token,
        title=leaflet.of(Band.HEAD)[0].heading,
        page=article(leaflet),
        card_words=saved_card_words,
        **number_of(opened),
    )


@bp.get("/emergency.pdf")
@anyone
def emergency_pdf(token: str) -> ResponseReturnValue:
    """Give the same to save or print; what is too much for a card stays on the page."""
    opened = opened_by(token, "print the emergency card", Part.EMERGENCY_CARD)
    original = original_at_home(parts().store, opened, url=parts().settings.url)
    language = language_of(opened)
    try:
        printed = pdf_of(original, card_of(original), language, today=uk_day(g.now))
    except CardTooSmall:
        return go("emergency", token)
    return as_pdf(printed, f"asthma-emergency-{language}.pdf")


def card_of(original: Original) -> Copy:
    """Return the emergency card, or the wallet's for somebody who is too old for school."""
    there = copies_there_are(original, today=uk_day(g.now))
    return Copy.EMERGENCY if Copy.EMERGENCY in there else Copy.WALLET
