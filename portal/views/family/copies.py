"""What a family reads by their link: each copy of the plan as a page or to print, and that they read it."""

from dataclasses import dataclass

from flask import g, request
from flask.typing import ResponseReturnValue

from fhir.kept_names import version_of_child
from plans.content import Copy
from plans.content.discharge import DAY_HAS_PASSED, NO_GP, PHONE_NOW, UNSURE, is_past
from plans.content.family import surgery_phone
from plans.leaflet.languages import SOURCE
from plans.leaflet.page import article
from plans.receipts import PlanHasChanged
from plans.said_at_home import AnswerSheet
from plans.sections import Band
from plans.sentences import Day, Sentence
from plans.sharing import Part, sees
from plans.working_days import uk_day
from portal import family_school, family_words, saved_card_words
from portal.access import anyone
from portal.actions.copies import copies_there_are, leaflet_of, pdf_of
from portal.actions.family import link as family
from portal.actions.family.answers import answers_of
from portal.actions.family.one_home import changes_at_home, original_at_home
from portal.actions.originals import Original
from portal.actions.plan_changes import Changes
from portal.actions.receipts import reading
from portal.actions.receipts.asked import acknowledge, note_opened
from portal.actions.school.inhaler import what_school_needs
from portal.actions.school.log import for_the_family
from portal.family_pages import family_page
from portal.parts import parts
from portal.responses import as_pdf
from portal.views.family.link import bp, go, language_of, opened_by
from portal.views.family.surgery import numbers

# What a family may open by its link, and under which name.
COPIES = {
    "plan": Copy.FAMILY,
    "pictures": Copy.CHILD,
    "card": Copy.WALLET,
    "after-hospital": Copy.DISCHARGE,
}
NAMES = "any(plan, pictures, card, 'after-hospital')"


@dataclass(frozen=True)
class LateReview:
    """What a family reads above the plan once the day of the review after hospital has passed."""

    passed: tuple[Sentence, ...]
    phone: Sentence
    words: Sentence  # to say on the phone
    unsure: Sentence = UNSURE


@bp.get(f"/<{NAMES}:name>")
@anyone
def copy(token: str, name: str) -> ResponseReturnValue:
    """Show the plan, the child's own version, the card, or the sheet after hospital."""
    opened = opened_by(token, f"read the {COPIES[name]} copy")
    _note_opened(opened)
    version = version_of_child(parts().store, opened.child.id)
    original, language = _original(opened), language_of(opened)
    leaflet = leaflet_of(original, COPIES[name], language, today=uk_day(g.now))
    return family_page(
        "family/copy.jinja",
        language,
        token=token,
        name=name,
        title=leaflet.of(Band.HEAD)[0].heading,
        page=article(leaflet),
        **numbers(surgery_phone(original.plan, original.people)),
        plan=opened.plan,
        version=version,
        changes=_changes(opened, name, language),
        named_anew=reading.has_former_name(parts().store, opened.plan, opened.reader_id),
        has_read=reading.has_read(parts().store, opened.plan.id, opened.reader_id),
        answers=_answers(opened),
        copies=copies_there_are(original, today=uk_day(g.now)),
        card_words=saved_card_words,
        school=_school_news(opened),
        late=_late_review(original),
    )


@bp.get(f"/<{NAMES}:name>.pdf")
@anyone
def pdf(token: str, name: str) -> ResponseReturnValue:
    """Give the same to save or print, on request with English beside it."""
    opened = opened_by(token, f"print the {COPIES[name]} copy")
    _note_opened(opened)
    language, bilingual = language_of(opened), request.args.get("bilingual") == "yes"
    today = uk_day(g.now)
    printed = pdf_of(_original(opened), COPIES[name], language, today=today, bilingual=bilingual)
    return as_pdf(printed, f"asthma-{name}-{language}.pdf")


@bp.post("/read")
@anyone
def read(token: str) -> ResponseReturnValue:
    """Keep that this person has read this version, and ask what it says; a newer one is shown instead."""
    opened = opened_by(token, "say that the plan is read")
    plan_id, version = request.form.get("plan", ""), request.form.get("version", "")
    try:
        reading.must_be_as_opened(parts().store, opened.plan, plan_id=plan_id, version=version)
        acknowledge(parts().store, opened.plan, opened.reader_id, by=opened.reader_ref, at=g.now)
    except PlanHasChanged:
        return go("copy", token, name="plan")
    return go("questions", token)


def _note_opened(opened: family.Opened) -> None:
    note_opened(parts().store, opened.plan, opened.reader_id, by=opened.reader_ref, at=g.now)


def _school_news(opened: family.Opened) -> family_school.News | None:
    """Return what school lacks for the child and which relievers it gave, for the family alone."""
    if not sees(opened.reader, Part.SCHOOL_NEWS):
        return None
    child_id = opened.child.id
    needs = what_school_needs(parts().store, child_id, today=uk_day(g.now))
    given = for_the_family(parts().store, child_id)
    return family_school.news(needs, [(one.puffs or 0, uk_day(one.at)) for one in given])


def _late_review(original: Original) -> LateReview | None:
    """Return what to say of a review that nobody has recorded by its day, None before that."""
    if original.discharge is None or not is_past(original.discharge.review.due, uk_day(g.now)):
        return None
    passed = (family_words.review_was_due_by(Day(original.discharge.review.due)), DAY_HAS_PASSED)
    return LateReview(
        passed, PHONE_NOW if original.people.practice else NO_GP, family_words.SAY_AFTER_HOSPITAL
    )


def _original(opened: family.Opened) -> Original:
    return original_at_home(parts().store, opened, url=parts().settings.url)


def _answers(opened: family.Opened) -> AnswerSheet | None:
    """Return what this person answered last about the plan, None for nothing."""
    sheets = answers_of(parts().store, opened.child.id, opened.plan.id, opened.reader_id)
    return sheets[-1] if sheets else None


def _changes(opened: family.Opened, name: str, language: str) -> Changes | None:
    """Return what changed since the plan that this person had before; its words are English only."""
    if name != "plan" or language != SOURCE:
        return None
    return changes_at_home(parts().store, opened, COPIES[name])
