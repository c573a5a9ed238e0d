"""Receipts: each reader is asked to read each version, opens it, asks back, and says that they read it."""

from collections.abc import Iterable, Sequence
from contextlib import suppress
from datetime import datetime
from uuid import uuid4

from fhir import kept_people, kept_plans, kept_receipts, kept_shares, kept_team_tasks
from fhir.consent import KIND
from fhir.store import Reader, Store, Write
from fhir.store.errors import ResourceNotFound, StoreBusy
from plans.plan import Plan
from plans.receipts import (
    Act,
    PlanHasChanged,
    QuestionMissing,
    Receipt,
    Told,
    acknowledged,
    asked_back,
    asked_last,
    ended,
    opened,
    that_counts,
)
from plans.sharing import BY_LINK, Share
from plans.team_task import LONGEST_TEXT, TaskKind, TeamTask
from portal.actions.inbox.tasks import NewTask, raise_task, settle

REPLACED = "A new version replaced this one."
WITHDRAWN = "The plan was withdrawn."
NO_LONGER_SHARED = "The plan is no longer shared with this reader."
READ = "The plan has been read."


def ask(write: Write, share: Share, plan_id: str) -> None:
    """Ask the reader of a share to acknowledge this version; who has done so is not asked again.

    The audit is the caller's.
    """
    before = asked_last(kept_receipts.receipts_of(write, plan_id), share.reader_id)
    if before is None or not (before.is_open or before.acknowledged):
        _ask(write, share, plan_id)


def ask_under_new_name(write: Write, plan: Plan) -> None:
    """Ask every reader with a live share to read the same version once more: the child's name has changed.

    Who has not read it yet is still asked, and is late when they would have been. The audit is the caller's.
    """
    receipts = kept_receipts.receipts_of(write, plan.id)
    for share in kept_shares.live_shares_of(write, plan.child_id, write.at):
        before = that_counts(receipts, share.reader_id)
        if before is None or not before.is_open:
            _ask(write, share, plan.id)


def _ask(write: Write, share: Share, plan_id: str) -> None:
    kept_receipts.keep(
        write,
        Receipt(
            id=str(uuid4()),
            child_id=share.child_id,
            version=kept_plans.version_of(write, plan_id),
            reader=f"{KIND[share.reader]}/{share.reader_id}",
            reader_name=share.reader_name,
            asked_at=write.at,
        ),
    )


def ask_again(write: Write, plan: Plan) -> None:
    """Ask every reader with a live share to acknowledge a new version, and nobody about a former one.

    The audit of asking is the caller's.
    """
    former = [
        one for one in kept_receipts.open_receipts_of_child(write, plan.child_id) if one.plan_id != plan.id
    ]
    end(write, former, REPLACED)
    for one in kept_shares.live_shares_of(write, plan.child_id, write.at):
        ask(write, one, plan.id)


def end_withdrawn(write: Write, plan: Plan) -> None:
    """Ask nobody about a plan any more that was withdrawn, and have every team that has it take it away.

    At home nobody gets a task: the practice phones.
    """
    end(write, kept_receipts.receipts_of(write, plan.id), WITHDRAWN)
    for one in kept_shares.live_shares_of(write, plan.child_id, write.at):
        if one.reader not in BY_LINK:
            about = f"CarePlan/{plan.id}"
            new = NewTask(TaskKind.PLAN_WITHDRAWN, one.reader_id, plan.child_id, about, once=plan.id)
            raise_task(write, new)


def end_for(write: Write, child_id: str, reader_id: str) -> None:
    """Ask a reader no more with whom the plan is no longer shared, with the audit of that."""
    end(write, kept_receipts.receipts_of_reader(write, child_id, reader_id), NO_LONGER_SHARED)


def end(write: Write, receipts: Iterable[Receipt], because: str) -> None:
    """Close those of these receipts that are open, and the tasks to chase them, with their audit."""
    for receipt in [one for one in receipts if one.is_open]:
        _keep(write, ended(receipt, because, write.at), "ask no more to read this version")
        settle_tasks(write, receipt, because)


def note_opened(store: Store, plan: Plan, reader_id: str, *, by: str, at: datetime) -> None:
    """Keep that somebody of a reader opened this version, the first time that anybody of them does.

    Where the store is busy nothing is kept, and the next opening is: nobody waits for it in an attack, and
    the audit has the reading.
    """
    if _never_opened(store, plan, reader_id) is None:
        return
    with suppress(StoreBusy), store.write(by=by, at=at) as write:
        if receipt := _never_opened(write, plan, reader_id):
            _keep(write, opened(receipt, Act(by, at)), "open this version for the first time")


def acknowledge(store: Store, plan: Plan, reader_id: str, *, by: str, at: datetime) -> Receipt:
    """Keep that a reader has read this version, and return the receipt; of a team the first one counts.

    `reader_id` is an Organization or, at home, a RelatedPerson. Raises PlanHasChanged where they are not
    asked about this version any more.
    """
    with store.write(by=by, at=at) as write:
        receipt = that_counts(kept_receipts.receipts_of(write, plan.id), reader_id)
        if receipt is None:
            raise PlanHasChanged
        done = acknowledged(receipt, Act(by, at))
        if done != receipt:
            kept_receipts.keep_changed(write, done)
            settle_tasks(write, done, READ)
        write.audit("U", f"CarePlan/{plan.id}", f"Patient/{plan.child_id}", "acknowledge the plan")
        return done


def ask_question(store: Store, receipt: Receipt, words: str, *, once: str, by: str, at: datetime) -> TeamTask:
    """Send a reader's question about a version to the child's practice, and return the task.

    The version may have been replaced since: the question stands. `once` names this question, so that
    sending it twice asks once. Raises QuestionMissing.
    """
    if not words.strip() or len(words) > LONGEST_TEXT:
        raise QuestionMissing
    with store.write(by=by, at=at) as write:
        task = raise_task(
            write,
            NewTask(
                TaskKind.QUESTION_ABOUT_PLAN,
                practice_for(write, receipt),
                child_id=receipt.child_id,
                about=f"CarePlan/{receipt.plan_id}",
                words=words,
                once=f"{receipt.id}/{once}",
            ),
        )
        mine = kept_receipts.receipts_of_reader(write, receipt.child_id, receipt.reader_id)
        kept = next(one for one in mine if one.id == receipt.id)
        if task.id not in kept.questions:
            _keep(write, asked_back(kept, task.id), "ask about the plan")
        return task


def practice_for(reader: Reader, receipt: Receipt) -> str:
    """Return the Organization that answers for a plan: the child's practice, else that of who signed it."""
    child = kept_people.child(reader, receipt.child_id)
    place_id = kept_plans.plan(reader, receipt.plan_id).who_answers_for(child)
    if not place_id:
        raise ResourceNotFound
    return place_id


def settle_tasks(write: Write, receipt: Receipt, because: str) -> None:
    """Close the tasks to chase one version that nobody has to do any more, now that a receipt is closed."""
    about = f"CarePlan/{receipt.plan_id}"
    tasks = [
        one
        for one in kept_team_tasks.tasks_about(write, receipt.child_id)
        if one.kind is TaskKind.PLAN_NOT_READ and one.about == about and one.is_open
    ]
    if tasks:
        receipts = kept_receipts.receipts_of(write, receipt.plan_id)
        for task in (one for one in tasks if not _is_needed(one, receipts)):
            settle(write, task, because)


def _is_needed(task: TeamTask, receipts: Sequence[Receipt]) -> bool:
    """Return whether a reader's own team, or the sharer who was told, still has somebody to chase."""
    still_asked = [one for one in receipts if one.is_open]
    if any(one.reader_id == task.owner_id for one in receipts):
        return any(one.reader_id == task.owner_id for one in still_asked)
    return any(one.told is Told.SHARER for one in still_asked)


def _never_opened(reader: Reader, plan: Plan, reader_id: str) -> Receipt | None:
    receipt = that_counts(kept_receipts.receipts_of(reader, plan.id), reader_id)
    return receipt if receipt and receipt.is_open and receipt.opened is None else None


def _keep(write: Write, receipt: Receipt, detail: str) -> None:
    kept_receipts.keep_changed(write, receipt)
    write.audit("U", f"Task/{receipt.id}", f"Patient/{receipt.child_id}", detail)
