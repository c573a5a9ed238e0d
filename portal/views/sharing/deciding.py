"""Who decides about sharing: what a clinician found in a talk with the young person."""

from collections.abc import Sequence

from flask import flash, g, render_template, request, url_for
from flask.typing import ResponseReturnValue

from plans.competence import DecisionMissing, JudgedInTheFuture
from plans.people import Child
from plans.places import Role
from plans.problems import Problem
from plans.working_days import uk_day
from portal import sharing_words
from portal.access import allow
from portal.actions.circle import deciding
from portal.forms.consent import Missing
from portal.forms.sharing import problem
from portal.forms.understanding import typed_talk
from portal.parts import parts
from portal.responses import go_to
from portal.views.sharing.page import bp


@bp.get("/understanding")
@allow(Role.CLINICIAN)
def understanding(child_id: str) -> ResponseReturnValue:
    """Show who decides about sharing, why, and what clinicians found before."""
    return _page(g.record.child(child_id))


@bp.post("/understanding")
@allow(Role.CLINICIAN)
def judge(child_id: str) -> ResponseReturnValue:
    """Keep what the clinician found."""
    child = g.record.child(child_id)
    try:
        deciding.judge(parts().store, child_id, typed_talk(request.form), by=g.person, at=g.now)
    except Missing as missing:
        return _page(child, [problem(missing.field, str(missing))]), 422
    except DecisionMissing as refusal:
        return _page(child, [problem("decision", str(refusal))]), 422
    except JudgedInTheFuture as refusal:
        return _page(child, [problem("talked-on-day", str(refusal))]), 422
    flash("It is recorded who decides.")
    return go_to(url_for(".understanding", child_id=child_id))


def _page(child: Child, errors: Sequence[Problem] = ()) -> str:
    return render_template(
        "sharing/understanding.jinja",
        child=child,
        similar=g.record.similar(child),
        decides=deciding.deciding(parts().store, child, uk_day(g.now)),
        words=sharing_words,
        typed=request.form,
        errors=errors,
    )
