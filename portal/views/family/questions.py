"""What the plan says, asked of whoever has read it: three questions, each answered from the plan itself."""

from collections.abc import Mapping

from flask import Response, g, request
from flask.typing import ResponseReturnValue

from plans.content.teach_back import Asked
from plans.understanding import Question
from portal.access import anyone
from portal.actions.family.answers import AnswerNotChosen, keep_answers, questions_of
from portal.actions.family.link import Opened
from portal.family_pages import family_page
from portal.parts import parts
from portal.views.family.link import bp, go, language_of, opened_by
from portal.views.family.surgery import number_of


@bp.get("/questions")
@anyone
def questions(token: str) -> ResponseReturnValue:
    """Ask what the plan says."""
    opened = opened_by(token, "be asked what the plan says")
    return _page(token, opened, questions_of(opened, at=g.now))


@bp.post("/questions")
@anyone
def answer(token: str) -> ResponseReturnValue:
    """Keep the answers, and show what the plan says; of a newer plan the questions are asked anew."""
    opened = opened_by(token, "answer what the plan says")
    if request.form.get("plan") != opened.plan.id:
        return go("questions", token)
    asked = questions_of(opened, at=g.now)
    chosen = {one.question: request.form.get(one.question, "") for one in asked}
    try:
        keep_answers(parts().store, opened, asked, chosen, at=g.now)
    except AnswerNotChosen:
        return _page(token, opened, asked, chosen, missing=True)
    return _page(token, opened, asked, chosen)


def _page(
    token: str,
    opened: Opened,
    asked: tuple[Asked, ...],
    chosen: Mapping[Question, str] | None = None,
    *,
    missing: bool = False,
) -> Response:
    lacking = [one.question for one in asked if missing and not one.choice((chosen or {})[one.question])]
    return family_page(
        "family/questions.jinja",
        language_of(opened),
        status=422 if missing else 200,
        token=token,
        **number_of(opened),
        plan_id=opened.plan.id,
        asked=asked,
        chosen=chosen or {},
        lacking=lacking,
        errors=lacking,
        answered=chosen is not None and not missing,
    )
