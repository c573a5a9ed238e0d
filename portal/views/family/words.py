"""What asthma is like for the child: a family or the child writes it, for the practice and the nurse."""

from flask import Response, g, request
from flask.typing import ResponseReturnValue

from plans.said_at_home import LONGEST_WORDS, WordsMissing, WordsTooMany
from plans.sentences import Sentence
from portal import family_words
from portal.access import anyone
from portal.actions.family.child_words import keep_words, own_words
from portal.actions.family.link import Opened
from portal.family_pages import family_page
from portal.parts import parts
from portal.views.family.link import bp, language_of, opened_by
from portal.views.family.surgery import number_of


@bp.get("/words")
@anyone
def words(token: str) -> ResponseReturnValue:
    """Show what this person wrote, to be changed."""
    opened = opened_by(token, "see the child's words as they wrote them")
    return _page(token, opened, own_words(parts().store, opened))


@bp.post("/words")
@anyone
def keep(token: str) -> ResponseReturnValue:
    """Keep what was written; what cannot be kept comes back as it was typed."""
    opened, typed = opened_by(token, "write down the child's words"), request.form.get("words", "")
    try:
        kept = keep_words(parts().store, opened, typed, at=g.now)
    except WordsMissing:
        return _page(token, opened, typed, family_words.WRITE_SOMETHING)
    except WordsTooMany:
        return _page(token, opened, typed, family_words.up_to(LONGEST_WORDS))
    return _page(token, opened, kept.text, saved=True)


def _page(
    token: str, opened: Opened, text: str, wrong: Sentence | None = None, *, saved: bool = False
) -> Response:
    return family_page(
        "family/words.jinja",
        language_of(opened),
        status=422 if wrong else 200,
        token=token,
        **number_of(opened),
        text=text,
        up_to=family_words.up_to(LONGEST_WORDS),
        wrong=wrong,
        errors=wrong,
        saved=saved,
    )
