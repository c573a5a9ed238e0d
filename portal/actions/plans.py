"""A plan's life from the day it is signed: signed in one transaction, and withdrawn with a reason."""

from dataclasses import replace
from datetime import date, datetime

from fhir import kept_deaths, kept_people, kept_plans
from fhir.store import Reader, Store, Write
from fhir.store.errors import ResourceNotFound
from fhir.store.tables import drafts
from plans.checks import Situation, ready_to_sign
from plans.confirmations import needed
from plans.errors import PlanNotFound, PuffinError
from plans.people import Child
from plans.plan import Plan, replaced, signed, withdrawn
from plans.regimens import Script, most_at_once
from plans.shown import on_one_line
from portal.actions.drafts import check_draft, child_of_ours
from portal.actions.gp_inbox.sending import send_plan, stop_unsent, take_back
from portal.actions.receipts.asked import ask_again, end_withdrawn
from portal.actions.wording_for_fhir import narrative_of, zone_words
from portal.person import Person


class WithdrawalNotExplained(PuffinError):
    """A plan was to be withdrawn without a word on why."""

    def __init__(self) -> None:
        super().__init__("Write why this plan is withdrawn: it is kept with your name.")


def sign_draft(
    store: Store, draft_id: str, if_version: int, *, by: Person, at: datetime, today: date
) -> Plan:
    """Sign this version of a draft: from now on it is the child's one live plan, and its readers are asked.

    The plan, what it refers to, the plan that it replaces, and their audit land together or not at all.
    Raises StaleVersion, DraftClosed, ResourceNotFound, ChildHasDied, and PlanNotSafeToSign with the open
    problems.
    """
    with store.write(by=by.ref, at=at) as write:
        checked = check_draft(write, draft_id, by=by, today=today)
        kept_deaths.must_not_be_confirmed(write, checked.child.id)
        drafts.mark_signed(write, draft_id, if_version)
        ready = _as_asked(ready_to_sign(checked.plan, checked.situation), checked.situation)
        plan = signed(ready, by=by.professional, at=at)
        _end(write, checked.live, at)
        _keep(write, plan, checked.child, checked.script)
        ask_again(write, plan)
        send_plan(write, plan, checked.child)
        return plan


def withdraw_plan(store: Store, plan_id: str, *, reason: str, by: Person, at: datetime) -> Plan:
    """End a live plan with nothing in its place; who did it and why is kept for professionals.

    Raises WithdrawalNotExplained, MoveNotAllowed for a plan that is not live, PlanNotFound.
    """
    why = on_one_line(reason)
    if not why:
        raise WithdrawalNotExplained
    with store.write(by=by.ref, at=at) as write:
        plan = withdrawn(_plan_of_ours(write, plan_id, by), at=at)
        kept_plans.end(write, plan)
        end_withdrawn(write, plan)
        take_back(write, f"CarePlan/{plan_id}")
        kept_plans.keep_reason(write, plan, reason=why, by=by.professional)
        write.audit("U", f"CarePlan/{plan_id}", f"Patient/{plan.child_id}", "withdraw the plan")
        return plan


def _as_asked(plan: Plan, situation: Situation) -> Plan:
    """Return the plan with only the reasons and confirmations that it was asked for."""
    wordings = {wording.key for wording in needed(plan, situation.age, situation.medicines)}
    return replace(
        plan,
        reasons=tuple(reason for reason in plan.reasons if reason.check in plan.fired),
        wordings_confirmed=tuple(key for key in plan.wordings_confirmed if key in wordings),
    )


def _end(write: Write, live: Plan | None, at: datetime) -> None:
    if live is not None:
        kept_plans.end(write, replaced(live, at=at))
        stop_unsent(write, f"CarePlan/{live.id}")
        write.audit("U", f"CarePlan/{live.id}", f"Patient/{live.child_id}", "replace the plan")


def _keep(write: Write, plan: Plan, child: Child, script: Script) -> None:
    practice = kept_people.organisation(write, child.practice_id)
    narrative, words = narrative_of(plan, child, practice), zone_words(plan, child, practice)
    kept_plans.keep(write, plan, narrative=narrative, words=words, most_at_once=most_at_once(script))
    write.audit("C", f"CarePlan/{plan.id}", f"Patient/{child.id}", f"sign the plan, version {plan.version}")


def _plan_of_ours(reader: Reader, plan_id: str, by: Person) -> Plan:
    plan = kept_plans.plan(reader, plan_id)
    try:
        child_of_ours(reader, plan.child_id, by)
    except ResourceNotFound:
        raise PlanNotFound from None
    return plan
