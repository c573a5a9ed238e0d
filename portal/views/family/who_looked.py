"""Which places have used the record: a family asks the surgery, and sees the list once it is given."""

from collections.abc import Mapping

from flask import g
from flask.typing import ResponseReturnValue

from plans.sentences import Day, Sentence
from plans.sharing import Part, sees
from plans.working_days import uk_day
from portal import family_words
from portal.access import anyone
from portal.actions.audit.who_looked import ask, asked_at, released_to
from portal.actions.family.who_has_it import shared_openly, what_is_seen
from portal.family_pages import family_page
from portal.parts import parts
from portal.views.family.link import bp, go, language_of, opened_by
from portal.views.family.surgery import number_of

SEES_WORDS: Mapping[Part, Sentence] = {
    Part.PLAN: family_words.SEES_THE_PLAN,
    Part.MEDICINES: family_words.SEES_MEDICINES,
    Part.EMERGENCY_CARD: family_words.SEES_THE_CARD,
}


@bp.get("/who-looked")
@anyone
def who_looked(token: str) -> ResponseReturnValue:
    """Show the lists that this person got, and let them ask for another; a young person, who has it."""
    opened = opened_by(token, "see who has looked at the plan")
    waits_since = asked_at(parts().store, opened)
    released = released_to(parts().store, opened)
    shared = shared_openly(parts().store, opened, now=g.now)
    return family_page(
        "family/who_looked.jinja",
        language_of(opened),
        token=token,
        **number_of(opened),
        waits=family_words.asked_on(Day(uk_day(waits_since))) if waits_since else None,
        may_ask=bool(opened.plan.who_answers_for(opened.child)) and waits_since is None,
        shows_circle=sees(opened.reader, Part.CIRCLE),
        has_it=[(one.reader_name, SEES_WORDS[what_is_seen(one)]) for one in shared],
        lists=[(family_words.list_given_on(Day(uk_day(one.at))), one.names) for one in released],
    )


@bp.post("/who-looked")
@anyone
def ask_who_looked(token: str) -> ResponseReturnValue:
    """Ask the surgery for the list."""
    opened = opened_by(token, "ask who has looked at the plan")
    if opened.plan.who_answers_for(opened.child):
        ask(parts().store, opened, at=g.now)
    return go("who_looked", token)
