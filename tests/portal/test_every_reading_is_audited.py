"""Whoever reads or changes a child's record leaves an audit entry that names the child, at every address."""

import json
from dataclasses import dataclass, field, replace
from datetime import timedelta
from enum import StrEnum
from html import unescape
from typing import Any

import pytest

from fhir import kept_audit, kept_questions, kept_reviews, kept_team_tasks
from fhir.audit_event import from_audit_event
from fhir.intake.mllp import Block
from fhir.store.tables import class_lists, drafts, moves, outbox, unusual_accesses
from plans.moves import MoveKind
from plans.places import Organisation, OrganisationKind, Role
from plans.sharing import Basis, Reader
from plans.team_task import OTHERWISE, TaskKind
from plans.unusual_access import Rule, Unusual
from portal.actions.circle.sharing import Wanted, share
from portal.actions.class_lists.matching import look_at_pupils
from portal.actions.discharge.waiting import all_waiting
from portal.actions.inbox.tasks import NewTask, raise_task
from portal.actions.messages.hearing import hear
from portal.actions.reviews import version_of
from portal.actions.sweep import sweep
from portal.calendar import holidays_for
from tests.portal.conftest import MONDAY_9AM
from tests.portal.discharge_making import tell
from tests.portal.making import agreed, make_child, make_draft, make_family_member, make_plan, ready_fields

PDF = "application/pdf"
BORN = {"born-day": "1", "born-month": "5", "born-year": "2018"}
A_NUMBER_OF_NOBODY = {"nhs-number": "9990000026", "left-day": "20", "left-month": "11", "left-year": "2026"}
IN_EMERGENCY = BORN | {"reason": "An attack in our department", "nhs-number": "{number}"}
LEFT = BORN | A_NUMBER_OF_NOBODY | {"left-time": "18:30", "family": "Nobody", "asthma": "yes"}


class Says(StrEnum):
    """What an answer says of children, and so what its audit must name."""

    CHILD = "of this one child"
    LIST = "of all whom the reader's organisation may see, so that the entry names the organisation"
    WAITING = "of a discharge whose child nobody knows yet"
    NOTHING = "nothing about any child"


@dataclass(frozen=True)
class Visit:
    """A request; `address` and `data` may name what stands in `world`, such as {child}."""

    view: str
    who: str
    address: str
    says: Says = Says.CHILD
    status: int = 200
    data: dict[str, str] | None = None
    headers: dict[str, str] = field(default_factory=dict)

    @property
    def method(self) -> str:
        return "GET" if self.data is None else "POST"

    def __str__(self) -> str:
        return f"{self.view} by the {self.who}, {self.status}"


GP, NURSE, WARD, FAMILY, NOBODY = "gp", "nurse", "ward", "family", "stranger"
AWAY, LEAD = "hospital elsewhere", "privacy lead"
ELSEWHERE = Organisation("", OrganisationKind.HOSPITAL, "Yew Hospital", "X99009", "0121 496 0109")
TYPED = {"version": "{version}", "regimen": "air"}
READY = {"version": "{version}", "ready": "yes"}
ABOUT = {"plan": "{plan}"}

# What school writes down.
ENTRY = "00000000-0000-4000-8000-000000000001"
NOT_THERE = {"there": "no", "spacer": "there"}
REFUSED = {"answer": "no", "answered-by": "A parent"} | {
    f"answered-{part}": text for part, text in (("day", "1"), ("month", "9"), ("year", "2026"))
}
HIDDEN = "/children/{child}/hidden-notes"
DEATH, SAID = "/children/{child}/death", "00000000-0000-4000-8000-000000000009"
DIED = {"died-day": "20", "died-month": "11", "died-year": "2026", "told-by": "The ward", "once": SAID}
NOTE = {"note": ENTRY, "hidden-note": "Seen with an adult", "hidden-because": "third-party"}
TOLD, REASON, UNSAID = {"told-by": "The office"}, {"reason": "Another child"}, {"reason": ""}
FIGURES = {"term": "2026-autumn", "missed": "1", "possible": "100"}
CONCERN = {"words": "Thin and tired", "how-safe": "3", "when": "today", "once": ENTRY}
CONCERNS = f"/concerns/{ENTRY}"

# What a school's class list says, and a child who moves.
CLASS_LIST = "First name,Last name,DOB\nZephyrine,Quill,01/05/2018\nRobin,Else,01/05/2017"


def a_day(name: str, day: str, month: str) -> dict[str, str]:
    """Return what is typed for a day of 2026."""
    return {f"{name}-day": day, f"{name}-month": month, f"{name}-year": "2026"}


LEFT_US = a_day("left", "20", "11")
A_FACT = "/facts/{child}/seen/review-after-attack-running"
LOOKED_AT = {"words": "I phone", "extent": "1", "day": "2026-11-20"} | a_day("look-again", "1", "12")
IN_WINTER = {"final-year": "6"} | a_day("term", "18", "12")
LEAVES_AT_CHRISTMAS = {"school": "not-known"} | a_day("moved", "18", "12")
GONE = {"code": ""} | a_day("gone", "20", "11")

PHONED = {"outcome": OTHERWISE, "answer": "Phoned"}
WARD_TICKED = {"reader": "hospital.{ward}"}
CHOSEN = WARD_TICKED | {"act": "next"}
TALK = {"finding": "understands", "decision": "Whether school has the plan"} | {
    f"talked-on-{part}": text for part, text in (("day", "20"), ("month", "11"), ("year", "2026"))
}
SAID_NO = {"answer": "no", "consent-by": "RelatedPerson/{mother}", "consent-how": "by-phone"} | {
    f"consent-on-{part}": text for part, text in (("day", "20"), ("month", "11"), ("year", "2026"))
}
A_REFUSAL = SAID_NO | {"whom": "pharmacist.", "reason": "No reason given"}
A_BAR = {"name": "Omar Test", "reason": "Court order"}
LIFTED = {"because": "The order has ended"}

ANSWERS = {"plan": "{plan}", "every-day": "preventer", "attack": "reliever", "emergency": "danger"}

# In this order: what ends a draft, a share or a plan comes after what reads it.
VISITS = (
    Visit("sign_in.show", NOBODY, "/sign-in", Says.NOTHING),
    Visit("sign_in.sign_in", NOBODY, "/sign-in", Says.NOTHING, 422, {"username": "x", "password": "y"}),
    Visit("sign_in.home", GP, "/", Says.NOTHING, 303),
    Visit("sign_in.choose", GP, "/sign-in/place", Says.NOTHING),
    Visit("health.show", NOBODY, "/health", Says.NOTHING),
    Visit("copies.show", NOBODY, "/c/{plan}", Says.NOTHING),
    Visit("medicines.index", GP, "/medicines", Says.NOTHING),
    Visit("phone.show", NOBODY, "/card", Says.NOTHING),
    Visit("phone.worker", NOBODY, "/card-worker.js", Says.NOTHING),
    Visit("hospital.new", WARD, "/hospital/discharges/new", Says.NOTHING),
    Visit("children.index", GP, "/children", Says.LIST),
    Visit("children.index", WARD, "/children", Says.LIST),
    Visit("children.search", GP, "/children", Says.LIST, data={"search": "quill"}),
    Visit("children.show", GP, "/children/{child}"),
    Visit("facts.index", GP, "/facts", Says.LIST),
    Visit("facts.show", GP, "/facts/{child}"),
    Visit("facts.look", GP, A_FACT),
    Visit("facts.keep", GP, A_FACT, status=422, data={"words": ""}),
    Visit("facts.keep", GP, A_FACT, status=303, data=LOOKED_AT),
    Visit("plans.show", GP, "/plans/{plan}"),
    Visit("plans.pdf", GP, "/plans/{plan}/pdf"),
    Visit("plans.pdf", GP, "/plans/{plan}/pdf?lang=ur", status=409),
    Visit("plans.changes", GP, "/plans/{plan}/changes?since={plan}"),
    Visit("plans.withdraw", GP, "/plans/{plan}/withdraw", status=422, data={"reason": ""}),
    Visit("sharing.show", GP, "/children/{child}/share"),
    Visit("sharing.share", GP, "/children/{child}/share", status=422, data={}),
    Visit("sharing.choose", GP, "/children/{child}/share/readers", status=422, data={"act": "next"}),
    Visit("sharing.choose", GP, "/children/{child}/share/readers", data={"act": "find", "find": "ash"}),
    Visit("sharing.choose", GP, "/children/{child}/share/readers", status=303, data=CHOSEN),
    Visit("sharing.why", GP, "/children/{child}/share/why?reader=hospital.{ward}"),
    Visit("sharing.understanding", GP, "/children/{child}/share/understanding"),
    Visit("sharing.judge", GP, "/children/{child}/share/understanding", status=422, data={"finding": "x"}),
    Visit("sharing.judge", GP, "/children/{child}/share/understanding", status=303, data=TALK),
    Visit("sharing.new_carer", GP, "/children/{child}/share/carers"),
    Visit("sharing.add_carer", GP, "/children/{child}/share/carers", status=422, data={"name": " "}),
    Visit("sharing.add_carer", GP, "/children/{child}/share/carers", status=303, data={"name": "Oak Club"}),
    Visit("who_sees.index", GP, "/who-sees-what", Says.NOTHING),
    Visit("drafts.edit", GP, "/drafts/{draft}"),
    Visit("drafts.preview", GP, "/drafts/{draft}/preview"),
    Visit("drafts.save", GP, "/drafts/{draft}", status=303, data=TYPED),
    Visit("drafts.save", GP, "/drafts/{draft}", Says.NOTHING, 409, TYPED | {"version": "0"}),
    Visit("drafts.check", GP, "/drafts/{draft}/check", data=TYPED, headers={"HX-Request": "true"}),
    Visit("drafts.use_regimen", GP, "/drafts/{draft}/regimen", status=303, data=TYPED),
    Visit("drafts.clear", GP, "/drafts/{draft}/clear/preventer", status=303, data=TYPED),
    Visit("drafts.finish", GP, "/drafts/{draft}/finish", status=422, data=TYPED),
    Visit("drafts.sign", GP, "/drafts/{draft}/sign", status=422, data={"version": "{version}"}),
    Visit("drafts.save", GP, "/drafts/{draft}", status=303, data=READY),
    Visit("drafts.finish", GP, "/drafts/{draft}/finish", status=303, data=READY),
    Visit("drafts.answers", GP, "/drafts/{draft}/answers"),
    Visit("shared.index", NURSE, "/shared", Says.LIST),
    Visit("shared.show", NURSE, "/shared/{child}"),
    Visit("shared.show", WARD, "/shared/{child}"),
    Visit("shared.pdf", NURSE, "/shared/{child}/plan.pdf"),
    Visit("cards.show", NURSE, "/shared/{child}/card"),
    Visit("cards.pdf", NURSE, "/shared/{child}/card.pdf"),
    Visit("shared.read", NURSE, "/shared/{child}/read", status=303, data={"plan": "{plan}"}),
    Visit("receipts.index", GP, "/receipts", Says.LIST),
    Visit("receipts.show", GP, "/plans/{plan}/receipts"),
    Visit("receipts.question", NURSE, "/shared/{child}/question"),
    Visit("receipts.question", WARD, "/shared/{child}/question"),
    Visit("receipts.ask", NURSE, "/shared/{child}/question", status=422, data=ABOUT),
    Visit("receipts.ask", NURSE, "/shared/{child}/question", status=303, data=ABOUT | {"words": "Why?"}),
    Visit("inbox.index", GP, "/inbox", Says.LIST),
    Visit("inbox.show", GP, "/inbox/{task}"),
    Visit("inbox.message", WARD, "/inbox/{message}/message", Says.WAITING),
    Visit("inbox.answer", GP, "/inbox/{task}/answer", status=422, data={"answer": ""}),
    Visit("inbox.tried", GP, "/inbox/{task}/tried", status=303, data={}),
    Visit("inbox.answer", GP, "/inbox/{task}/answer", status=303, data=PHONED),
    Visit("inbox.done", GP, "/inbox/done", Says.LIST),
    Visit("team.show", GP, "/team", Says.NOTHING),
    Visit("team.cover", GP, "/team/cover", Says.NOTHING, 404, {"cover": ""}),
    Visit("team.close", GP, "/team/closed", Says.NOTHING, 404, {"closed-reason": "Training"}),
    Visit("team.call_cover", GP, "/team/cover-now", Says.NOTHING, 422, {"now-last-day": "1"}),
    Visit("team.mailbox", GP, "/team/mailbox", Says.NOTHING, 404, {"mailbox": ""}),
    Visit("pulse.index", GP, "/at-work", Says.NOTHING),
    Visit("team.take_back", GP, "/team/closed/{task}/take-back", Says.NOTHING, 404, {}),
    Visit("alerts.index", WARD, "/alerts", Says.LIST),
    Visit("alerts.show", WARD, "/alerts/{alert}"),
    Visit("alerts.answer", WARD, "/alerts/{alert}/acknowledge", status=422, data={"action": ""}),
    Visit("alerts.answer", WARD, "/alerts/{alert}/acknowledge", status=303, data={"action": "Phoned"}),
    Visit("reviews.index", GP, "/reviews", Says.LIST),
    Visit("reviews.show", GP, "/reviews/{review}"),
    Visit("reviews.show", WARD, "/reviews/{review}"),
    Visit("reviews.sheet", WARD, "/reviews/{review}/sheet"),
    Visit(
        "reviews.record_event",
        GP,
        "/reviews/{review}/events/not-needed",
        status=422,
        data={"version": "{of_review}"},
    ),
    Visit(
        "reviews.record_event",
        GP,
        "/reviews/{review}/events/accepted",
        status=303,
        data={"version": "{of_review}"},
    ),
    Visit(
        "reviews.answer_question",
        WARD,
        "/reviews/{review}/questions/{question}",
        status=422,
        data={"answer": ""},
    ),
    Visit(
        "reviews.answer_question",
        WARD,
        "/reviews/{review}/questions/{question}",
        status=303,
        data={"answer": "yes"},
    ),
    Visit("hospital.index", WARD, "/hospital", Says.LIST),
    Visit("hospital.record", WARD, "/hospital/discharges/new", Says.NOTHING, 422, {}),
    Visit("hospital.record", WARD, "/hospital/discharges/new", Says.WAITING, 303, LEFT | {"family": "Other"}),
    Visit("hospital.waiting", WARD, "/waiting", Says.LIST),
    Visit("hospital.one", WARD, "/waiting/{waiting}", Says.WAITING),
    Visit("hospital.match_by_hand", WARD, "/waiting/{waiting}/match", Says.WAITING, 422, {}),
    Visit("hospital.match_by_hand", WARD, "/waiting/{waiting}/match", Says.WAITING, 422, LEFT),
    Visit(
        "hospital.match_by_hand",
        WARD,
        "/waiting/{waiting}/match",
        Says.WAITING,
        422,
        LEFT | {"nhs-number": "1"},
    ),
    Visit("hospital.put_aside", WARD, "/waiting/{waiting}/set-aside", Says.WAITING, 422, {"reason": ""}),
    Visit(
        "hospital.put_aside",
        WARD,
        "/waiting/{waiting}/set-aside",
        Says.WAITING,
        303,
        {"reason": "Not asthma"},
    ),
    Visit("family.show", FAMILY, "{link}", Says.NOTHING),
    Visit("family.prove", FAMILY, "{link}", status=422, data=BORN | {"born-day": "2"}),
    Visit("family.prove", FAMILY, "{link}", status=303, data=BORN),
    Visit("family.child", FAMILY, "{link}/child"),
    Visit("family.confirm", FAMILY, "{link}/child", Says.NOTHING, 303, {"answer": "yes"}),
    Visit("family.code", FAMILY, "{link}/code"),
    Visit("family.send_code", FAMILY, "{link}/code/send", data={}),
    Visit("family.back", FAMILY, "{link}/code/send", Says.NOTHING, 303),
    Visit("family.prove_code", FAMILY, "{link}/code", status=422, data={"code": "1"}),
    Visit("family.prove_code", FAMILY, "{link}/code", status=422, data={"code": "{another_code}"}),
    Visit("family.prove_code", FAMILY, "{link}/code", status=303, data={"code": "{code}"}),
    Visit("family.copy", FAMILY, "{link}/plan"),
    Visit("family.pdf", FAMILY, "{link}/card.pdf"),
    Visit("family.emergency", FAMILY, "{link}/emergency"),
    Visit("family.emergency_pdf", FAMILY, "{link}/emergency.pdf"),
    Visit("family.read", FAMILY, "{link}/read", status=303, data={"plan": "{plan}"}),
    Visit("family.save_card", FAMILY, "{link}/save-card"),
    Visit("family.card_to_save", FAMILY, "{link}/save-card/card"),
    Visit("family.questions", FAMILY, "{link}/questions"),
    Visit("family.answer", FAMILY, "{link}/questions", status=422, data={"plan": "{plan}"}),
    Visit("family.answer", FAMILY, "{link}/questions", data=ANSWERS),
    Visit("family.words", FAMILY, "{link}/words"),
    Visit("family.keep", FAMILY, "{link}/words", status=422, data={"words": ""}),
    Visit("family.keep", FAMILY, "{link}/words", data={"words": "Like a belt."}),
    Visit("family.telling", FAMILY, "{link}/tell/no-inhaler"),
    Visit("family.told", FAMILY, "{link}/tell/no-inhaler", status=303, data={}),
    Visit("family.asking", FAMILY, "{link}/ask"),
    Visit("family.ask", FAMILY, "{link}/ask", status=422, data={"words": ""}),
    Visit("family.ask", FAMILY, "{link}/ask", status=303, data={"words": "Which spacer?"}),
    Visit("hidden_notes.show", WARD, HIDDEN),
    Visit("hidden_notes.write", NURSE, HIDDEN, status=422, data={"hidden-note": ""}),
    Visit("hidden_notes.write", NURSE, HIDDEN, status=303, data=NOTE),
    Visit("hidden_notes.show", GP, HIDDEN),
    Visit("hidden_notes.withdraw", GP, HIDDEN + f"/{ENTRY}/withdraw", status=422, data=UNSAID),
    Visit("hidden_notes.withdraw", GP, HIDDEN + f"/{ENTRY}/withdraw", status=303, data=REASON),
    Visit("at_home.show", GP, "/children/{child}/at-home/{mother}"),
    Visit("at_home.keep", GP, "/children/{child}/at-home/{mother}", status=422, data={"phone": "x"}),
    Visit("at_home.keep", GP, "/children/{child}/at-home/{mother}", status=303, data={"phone": ""}),
    Visit("at_home.hand_over", GP, "/children/{child}/at-home/{mother}/code", data={}),
    Visit("family.who_looked", FAMILY, "{link}/who-looked"),
    Visit("family.ask_who_looked", FAMILY, "{link}/who-looked", status=303, data={}),
    Visit("audit.asked", LEAD, "/audit/asked"),
    Visit("audit.vet", LEAD, "/audit/asked/{asked}"),
    Visit("audit.release", LEAD, "/audit/asked/{asked}", status=422, data={"seen": "{surgery}"}),
    Visit("audit.release", LEAD, "/audit/asked/{asked}", status=303, data={"seen": "{looked}"}),
    Visit("family.close", FAMILY, "{link}/close", Says.NOTHING, data={}),
    Visit("drafts.drop", GP, "/drafts/{draft}/drop", status=303, data={"version": "{version}"}),
    Visit("drafts.start", GP, "/children/{child}/drafts", status=303, data={}),
    Visit("sharing.share", GP, "/children/{child}/share", status=303, data=WARD_TICKED),
    Visit("sharing.done", GP, "/children/{child}/share/done"),
    Visit("sharing.ask", GP, "/children/{child}/share/{share}/said"),
    Visit("sharing.keep", GP, "/children/{child}/share/{share}/said", status=422, data={"answer": "no"}),
    Visit("sharing.keep", GP, "/children/{child}/share/{share}/said", status=303, data=SAID_NO),
    Visit("sharing.stop", GP, "/children/{child}/share/{share}/stop", status=422, data={}),
    Visit("sharing.stop_person", GP, "/children/{child}/share/people/{mother}/stop", data={}),
    Visit("sharing.stop_elsewhere", GP, "/children/{child}/share/people/{mother}/stop-elsewhere", data={}),
    Visit("sharing.barred", GP, "/children/{child}/share/must-not-have"),
    Visit("sharing.bar", GP, "/children/{child}/share/must-not-have", status=422, data={"name": "Omar Test"}),
    Visit("sharing.bar", GP, "/children/{child}/share/must-not-have", status=303, data=A_BAR),
    Visit(
        "sharing.lift",
        GP,
        "/children/{child}/share/must-not-have/{share}/lift",
        status=422,
        data={"because": ""},
    ),
    Visit("sharing.lift", GP, "/children/{child}/share/must-not-have/{share}/lift", status=303, data=LIFTED),
    Visit("sharing.no", GP, "/children/{child}/share/no"),
    Visit("sharing.refuse", GP, "/children/{child}/share/no", status=422, data=SAID_NO),
    Visit("sharing.refuse", GP, "/children/{child}/share/no", status=303, data=A_REFUSAL),
    Visit("sharing.yes_now", GP, "/children/{child}/share/no/{share}/taken-back"),
    Visit("sharing.take_back", GP, "/children/{child}/share/no/{share}/taken-back", status=422, data={}),
    Visit("sharing.take_back", GP, "/children/{child}/share/no/{share}/taken-back", status=303, data=SAID_NO),
    Visit("plans.withdraw", GP, "/plans/{plan}/withdraw", status=303, data={"reason": "Wrong dose"}),
    Visit("register.index", NURSE, "/register", Says.LIST),
    Visit("register.search", NURSE, "/register", Says.LIST, data={"search": "quill"}),
    Visit("kits.index", NURSE, "/kits", Says.NOTHING),
    Visit("kits.show", NURSE, "/kits/{school}", Says.LIST),
    Visit("kits.check", NURSE, "/kits/{school}", Says.LIST, 422, {"site": "Hall"}),
    Visit("kits.check", NURSE, "/kits/{school}", Says.NOTHING, 303, {"site": "Hall", "kept": "no"}),
    Visit("class_lists.index", NURSE, "/class-lists", Says.NOTHING, 303),
    Visit("class_lists.show", NURSE, "/class-lists/{school}", Says.LIST),
    Visit("class_lists.upload", NURSE, "/class-lists/{school}/upload", Says.NOTHING),
    Visit("class_lists.preview", NURSE, "/class-lists/{school}/upload", Says.NOTHING, 422, {}),
    Visit("class_lists.keep", NURSE, "/class-lists/{school}/keep", Says.NOTHING, 422, {"text": "x"}),
    Visit("class_lists.keep", NURSE, "/class-lists/{school}/keep", Says.LIST, 303, {"text": CLASS_LIST}),
    Visit("class_lists.pupil", NURSE, "/class-lists/{school}/pupils/{pupil}", Says.LIST),
    Visit("class_lists.left", NURSE, "/class-lists/{school}/pupils/{leaver}/left", Says.LIST, 422, {}),
    Visit("class_lists.left", NURSE, "/class-lists/{school}/pupils/{leaver}/left", Says.LIST, 303, LEFT_US),
    Visit("class_lists.summer", NURSE, "/class-lists/{school}/summer", Says.NOTHING),
    Visit("class_lists.look_ahead", NURSE, "/class-lists/{school}/summer", Says.NOTHING, 422, IN_WINTER),
    Visit("class_lists.move_up", NURSE, "/class-lists/{school}/summer/done", Says.NOTHING, 422, IN_WINTER),
    Visit("class_lists.undo", NURSE, "/class-lists/{school}/summer/undo", Says.NOTHING, 404, {}),
    Visit("class_list_doubts.index", GP, "/pupils-to-check", Says.LIST),
    Visit("class_list_doubts.show", GP, "/pupils-to-check/{pupil}"),
    Visit("class_list_doubts.answer", GP, "/pupils-to-check/{pupil}", status=422, data={}),
    Visit("class_list_doubts.answer", GP, "/pupils-to-check/{pupil}", status=303, data={"child": "nobody"}),
    Visit("moves.show", GP, "/children/{child}/moves"),
    Visit("moves.to_school", GP, "/children/{child}/moves/school", status=422, data={}),
    Visit("moves.to_school", GP, "/children/{child}/moves/school", status=303, data=LEAVES_AT_CHRISTMAS),
    Visit("moves.withdraw", GP, "/children/{child}/moves/{move}/withdraw", status=303, data={}),
    Visit("moves.to_practice", GP, "/children/{child}/moves/practice", status=422, data={}),
    Visit("moves.to_practice", GP, "/children/{child}/moves/practice", status=303, data=GONE),
    Visit("moves.index", GP, "/moves", Says.LIST),
    Visit("moves.accept", GP, "/moves/{practice_move}/accept", Says.NOTHING, 404, {}),  # see test_moves.py
    Visit("moves.refuse", GP, "/moves/{practice_move}/refuse", Says.NOTHING, 404, {}),
    Visit("moves.take_back", GP, "/moves/{practice_move}/take-back", status=303, data={}),
    Visit("school.show", NURSE, "/school/{child}"),
    Visit("school.inhaler", NURSE, "/school/{child}/inhaler"),
    Visit("school.keep_inhaler", NURSE, "/school/{child}/inhaler", status=422, data={"there": "yes"}),
    Visit("school.keep_inhaler", NURSE, "/school/{child}/inhaler", status=303, data=NOT_THERE),
    Visit("school.consent", NURSE, "/school/{child}/consent"),
    Visit("school.keep_consent", NURSE, "/school/{child}/consent", status=422, data={"answer": "yes"}),
    Visit("school.keep_consent", NURSE, "/school/{child}/consent", status=303, data=REFUSED),
    Visit("school.entry", NURSE, "/school/{child}/log/reliever"),
    Visit("school.keep_entry", NURSE, "/school/{child}/log/reliever", status=422, data={"puffs": "2"}),
    Visit("school.keep_entry", NURSE, "/school/{child}/log/missed-pe", status=303, data={"entry": ENTRY}),
    Visit("school.told", NURSE, f"/school/{{child}}/entries/{ENTRY}/told", status=422, data={"told-by": ""}),
    Visit("school.told", NURSE, f"/school/{{child}}/entries/{ENTRY}/told", status=303, data=TOLD),
    Visit("school.withdraw", NURSE, f"/school/{{child}}/entries/{ENTRY}/withdraw", status=422, data=UNSAID),
    Visit("school.withdraw", NURSE, f"/school/{{child}}/entries/{ENTRY}/withdraw", status=303, data=REASON),
    Visit("school.absence", NURSE, "/school/{child}/absence"),
    Visit("school.keep_absence", NURSE, "/school/{child}/absence", status=422, data={"missed": "1"}),
    Visit("school.keep_absence", NURSE, "/school/{child}/absence", status=303, data=FIGURES),
    Visit("concerns.new", NURSE, "/concerns/new/{child}"),
    Visit("concerns.send", NURSE, "/concerns/new/{child}", status=422, data={"words": "Thin"}),
    Visit("concerns.send", NURSE, "/concerns/new/{child}", status=303, data=CONCERN),
    Visit("concerns.index", NURSE, "/concerns", Says.LIST),
    Visit("concerns.show", NURSE, CONCERNS),
    Visit("concerns.acknowledge", GP, CONCERNS + "/acknowledge", status=303, data={}),
    Visit("concerns.weekend", GP, CONCERNS + "/weekend", status=422, data={}),
    Visit("concerns.weekend", GP, CONCERNS + "/weekend", status=303, data={"on-call": "Dr Hill"}),
    Visit("concerns.answer", GP, CONCERNS + "/answer", status=422, data={"answer": ""}),
    Visit("concerns.answer", GP, CONCERNS + "/answer", status=303, data={"answer": "Seen"}),
    Visit("concerns.disagree", NURSE, CONCERNS + "/disagree", status=422, data={"disagree": ""}),
    Visit("concerns.disagree", NURSE, CONCERNS + "/disagree", status=303, data={"disagree": "Not seen"}),
    Visit("concerns.withdraw", NURSE, CONCERNS + "/withdraw", status=422, data={"withdraw": ""}),
    Visit("concerns.withdraw", NURSE, CONCERNS + "/withdraw", status=303, data={"withdraw": "Wrong child"}),
    Visit("deaths.show", WARD, DEATH),
    Visit("deaths.say", WARD, DEATH, status=422, data={}),
    Visit("deaths.alive", WARD, DEATH + "/alive", status=422, data={}),
    Visit("deaths.say", WARD, DEATH, status=303, data=DIED),
    Visit("deaths.confirm", WARD, DEATH + f"/{SAID}/confirm", status=422, data={}),
    Visit("deaths.confirm", GP, DEATH + f"/{SAID}/confirm", status=303, data={}),
    Visit("deaths.withdraw", GP, DEATH + f"/{SAID}/withdraw", status=422, data={"reason": ""}),
    Visit("deaths.withdraw", GP, DEATH + f"/{SAID}/withdraw", status=303, data={"reason": "A twin"}),
    Visit("figures.index", GP, "/figures", Says.LIST),
    Visit("figures.as_file", GP, "/figures/figures.csv", Says.LIST),
    Visit("weekend.index", GP, "/before", Says.LIST),
    Visit("weekend.child", GP, "/before/child/{child}"),
    Visit("weekend.decide_for", GP, "/before/child/{child}", status=422, data={}),
    Visit("weekend.decide_for", GP, "/before/child/{child}", status=303, data={"not-needed": "Seen"}),
    Visit("numbers.show", GP, "/team/numbers", Says.NOTHING),
    Visit("numbers.save", GP, "/team/numbers", Says.NOTHING, 303, {}),
    Visit("sign_in.work_there", GP, "/sign-in/place", Says.NOTHING, 422, {"post": "x"}),
    Visit("audit.index", LEAD, "/audit", Says.LIST),
    Visit("audit.narrow", LEAD, "/audit", data={"child": "{number}"}),
    Visit("audit.narrow", LEAD, "/audit", Says.NOTHING, 422, {"child": "Somebody else"}),
    Visit("audit.as_file", LEAD, "/audit/entries.csv", data={"child": "{number}"}),
    Visit("audit.as_file", LEAD, "/audit/entries.csv", Says.LIST, data={}),
    Visit("audit.unusual", LEAD, "/audit/unusual"),
    Visit("audit.review", LEAD, "/audit/unusual/{unusual}", status=422, data={"note": ""}),
    Visit("audit.review", LEAD, "/audit/unusual/{unusual}", status=303, data={"note": "Fine"}),
    Visit("emergency.index", AWAY, "/emergency", Says.NOTHING),
    Visit("emergency.open_one", AWAY, "/emergency", Says.NOTHING, 422, BORN | {"reason": "Attack"}),
    Visit("emergency.open_one", AWAY, "/emergency", Says.WAITING, 422, IN_EMERGENCY | A_NUMBER_OF_NOBODY),
    Visit("emergency.open_one", AWAY, "/emergency", status=303, data=IN_EMERGENCY),
    Visit("emergency.index", AWAY, "/emergency"),
    Visit("emergency.show", AWAY, "/emergency/{child}"),
    Visit("emergency.close", AWAY, "/emergency/{child}/close", status=303, data={}),
    Visit("sharing.stop", GP, "/children/{child}/share/{live_share}/stop", status=303, data={}),
    Visit("sign_in.sign_out", GP, "/sign-out", Says.NOTHING, 303, {}),
)


def _codes(store) -> dict[str, str]:
    """Return the code of the family's link that waits to be sent, and one that is not it."""
    secret = next((one.secret for one in outbox.unsent(store) if one.secret), "")
    code = "".join(c for c in secret.partition(". ")[0] if c.isdecimal())
    return {"code": code, "another_code": code[::-1] if code != code[::-1] else "123456"}


class World:
    """A child with a plan that is shared, a draft, and a late review with its alert; and a similar name."""

    def __init__(self, store, browsers, clock) -> None:
        self.store, self.browsers = store, browsers
        gp, school = browsers[GP].person, browsers[NURSE].person.organisation_id
        self.child = make_child(store, gp, given="Zephyrine", family="Quill", school_id=school)
        self.twin = make_child(store, gp, given="Zephyrina", family="Quill", nhs_number="9991047077")
        self.mother = make_family_member(store, self.child)
        self.plan = make_plan(store, self.child, gp)
        self.draft = make_draft(store, self.child, gp, replaces=self.plan.id)
        hospital = Wanted(Reader.HOSPITAL, browsers[WARD].person.organisation_id, Basis.DIRECT_CARE)
        word = agreed(store, self.child.id)
        home = Wanted(Reader.FAMILY, self.mother.id, Basis.CONSENT, consent=word)
        wanted = [home, Wanted(Reader.SCHOOL, school, Basis.CONSENT, consent=word), hospital]
        (self.link,) = share(store, self.child.id, wanted, by=gp, at=MONDAY_9AM)
        self.review = tell(store, self.child).review_id
        tell(
            store, replace(self.child, nhs_number="9990000026", given="Robin", family="Nobody"), visit="ASH-2"
        )
        late = MONDAY_9AM + timedelta(days=9)
        raised = sweep(store, now=late, holidays_for=holidays_for, at=clock())
        self.alert = next(one.id for one in raised if one.child and one.rung == "overdue-2-working-days")

        no_inhaler = NewTask(TaskKind.NO_INHALER, gp.organisation_id, self.child.id)
        with store.write(by="system", at=MONDAY_9AM) as write:
            self.task = raise_task(write, no_inhaler).id
        hear(store, Block(b"MSH|^~\\&|WARD|X99003|||||ADT^A03"), at=MONDAY_9AM, holidays_for=holidays_for)
        owed = kept_team_tasks.open_tasks_of(store, browsers[WARD].person.organisation_id)
        self.message = next(one.id for one in owed if one.kind is TaskKind.MESSAGE_TO_READ)
        rule, ours = Rule.NO_RELATION, gp.organisation_id
        with store.write(by="system", at=MONDAY_9AM) as write:
            line = Unusual("line-1", rule, ours, gp.ref, school, MONDAY_9AM, self.child.id)
            unusual_accesses.keep(write, line)

    def pupil(self, given: str) -> str:
        """Return the id of a pupil of the school, "" before its class list was kept."""
        look_at_pupils(self.store, now=MONDAY_9AM)
        pupils = class_lists.pupils_of_school(self.store, self.child.school_id)
        return next((one.id for one in pupils if one.given == given), "")

    def move(self, kind: MoveKind) -> str:
        """Return the id of the child's last move of a kind, "" before there is one."""
        made = moves.of_child(self.store, self.child.id)
        return next((one.id for one in made if one.kind is kind), "")

    def names(self) -> dict[str, str]:
        """Return what the placeholders of an address stand for now."""
        about = kept_team_tasks.tasks_about(self.store, self.child.id)
        shares = self.store.search("Consent", patient=f"Patient/{self.child.id}")
        encounter = kept_reviews.review(self.store, self.review).encounter_id
        asked = kept_questions.questions_about(self.store, encounter)
        return {
            "child": self.child.id,
            "school": self.child.school_id,
            "pupil": self.pupil("Zephyrine"),
            "leaver": self.pupil("Robin"),
            "move": self.move(MoveKind.SCHOOL),
            "practice_move": self.move(MoveKind.PRACTICE),
            "number": self.child.nhs_number,
            "unusual": "line-1",
            "surgery": self.child.practice_id,
            "looked": " ".join(kept_audit.places_that_looked(self.store, self.child.id)),
            "asked": next((one.id for one in about if one.kind is TaskKind.WHO_LOOKED), ""),
            "mother": self.mother.id,
            "ward": self.browsers[WARD].person.organisation_id,
            "plan": self.plan.id,
            "draft": self.draft.id,
            "version": str(drafts.read(self.store, self.draft.id).version),
            "share": shares[0]["id"],
            "live_share": next((one["id"] for one in shares if one["status"] == "active"), ""),
            "link": f"/f/{self.link.token}",
            "review": self.review,
            "of_review": version_of(self.store, self.review),
            "question": next((one.id for one in asked if one.is_open), ""),
            "alert": self.alert,
            "task": self.task,
            "message": self.message,
            "waiting": next((one.id for one in all_waiting(self.store)), ""),
            **_codes(self.store),
        }

    def make(self, visit: Visit) -> Any:
        """Make a visit and return its answer."""
        known = self.names()
        typed = {name.format(**known): text.format(**known) for name, text in (visit.data or {}).items()}
        if typed.pop("ready", ""):
            typed = ready_fields(self.child, replaces=self.plan.id) | typed
        browser, address = self.browsers[visit.who], visit.address.format(**known)
        return browser.open(address, method=visit.method, data=typed or None, headers=visit.headers)


@pytest.fixture
def world(store, client_for, make_person, portal, clock):
    browsers = {GP: client_for(Role.CLINICIAN), NURSE: client_for(Role.SCHOOL_STAFF)}
    browsers |= {WARD: client_for(Role.HOSPITAL), FAMILY: portal.test_client(), NOBODY: portal.test_client()}
    away = make_person(Role.HOSPITAL, username="dr.reed", name="Dr Jo Reed", organisation=ELSEWHERE)
    browsers |= {AWAY: client_for(Role.HOSPITAL, away), LEAD: client_for(Role.PRIVACY_LEAD)}
    return World(store, browsers, clock)


def written(store, after=0):
    """Return the audit entries after a number, and the number of the last."""
    rows = store.db.execute(
        "SELECT r.key, v.text FROM resources AS r JOIN versions AS v ON v.resource = r.key"
        " WHERE r.type = 'AuditEvent' AND r.key > ? ORDER BY r.key",
        (after,),
    ).fetchall()
    return [from_audit_event(json.loads(text)) for _number, text in rows], rows[-1][0] if rows else after


def unaudited(world, visit, answer, new):
    """Return what the audit lacks of one visit, "" for nothing."""
    if answer.status_code != visit.status:
        return f"answered {answer.status_code}"
    words = "" if answer.mimetype == PDF else unescape(answer.text)
    told = {child for child in (world.child, world.twin) if child.name in words}
    if visit.says is Says.NOTHING:
        return "says the name of a child" if told or answer.mimetype == PDF else ""
    named = {entry.child for entry in new}
    if visit.says is Says.CHILD:
        told |= {world.child}
        return ", ".join(one.given for one in told if f"Patient/{one.id}" not in named)
    if visit.says is Says.LIST:
        ours = f"Organization/{world.browsers[visit.who].person.organisation_id}"
        return "" if any(entry.what == ours for entry in new) else "the list"
    return "" if new else "the discharge"


def test_each_reading_and_each_change_of_a_childs_record_is_audited(world, store):
    lacking, (_before, last) = {}, written(store)
    for visit in VISITS:
        answer = world.make(visit)
        new, last = written(store, last)
        fault = unaudited(world, visit, answer, new)
        if fault:
            lacking[str(visit)] = fault

    assert lacking == {}


def test_every_address_is_visited(portal):
    rules = [rule for rule in portal.url_map.iter_rules() if rule.endpoint != "static"]

    assert {visit.view for visit in VISITS} == {rule.endpoint for rule in rules}
    methods = {visit.view: visit.method for visit in VISITS}
    assert all(methods[rule.endpoint] in rule.methods for rule in rules)
