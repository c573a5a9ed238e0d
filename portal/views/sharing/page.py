"""The page of a child's shares: who has the plan, and who can be given it."""

from collections.abc import Sequence
from dataclasses import replace

from flask import Blueprint, g, render_template, request

from fhir import kept_plans, kept_refusals
from plans.consent import is_to_be_asked
from plans.people import Child
from plans.problems import Problem
from plans.sharing import BY_LINK, Reader
from plans.working_days import uk_day
from portal import sharing_words
from portal.actions.circle.deciding import deciding
from portal.actions.family.contacts import link_stands
from portal.forms.sharing import SharedWith, groups, shared_with
from portal.parts import parts

bp = Blueprint("sharing", __name__, url_prefix="/children/<child_id>/share")


def sharing_page(child: Child, errors: Sequence[Problem] = ()) -> str:
    """Render the page, with what was typed and what is wrong with it."""
    store, today = parts().store, uk_day(g.now)
    live, decides = kept_plans.live_plan(store, child.id), deciding(store, child, today)
    shares = g.record.shares(child.id)
    return render_template(
        "sharing/show.jinja",
        child=child,
        similar=g.record.similar(child),
        live=live,
        groups=groups(store, child, request.form, shares, decides),
        shares=[_marked(one, child) for one in shared_with(store, shares, live)],
        links={
            one.reader_id: link_stands(store, child.id, one.reader_id, now=g.now)
            for one in shares
            if one.reader in BY_LINK
        },
        refusals=kept_refusals.refusals_of(store, child.id),
        decides=decides,
        age=child.age_on(today),
        signed=request.args.get("signed", type=int),
        words=sharing_words,
        typed=request.form,
        errors=errors,
    )


def _marked(one: SharedWith, child: Child) -> SharedWith:
    """Return a share of somebody at home with whether the young person is to be asked about it now."""
    asked = is_to_be_asked(child, one.share.consent, uk_day(g.now))
    return replace(one, is_to_be_asked=asked and one.share.reader is Reader.FAMILY)
