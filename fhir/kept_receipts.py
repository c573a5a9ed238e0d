"""The receipts in the store: who was asked to read which version of a plan, and who has."""

from datetime import datetime

from fhir.codes import PLAN_SERIES, TASK_CODE
from fhir.consent import from_consent
from fhir.kept_shares import live_at
from fhir.receipt_task import CODE, from_receipt_task, to_receipt_task
from fhir.store import Reader, Write
from fhir.store.sight import Sight
from plans.receipts import Receipt
from plans.sharing import Share

ASKED = f"{TASK_CODE}|{CODE}"
OPEN = ["requested", "received"]


def receipts_of(reader: Reader, plan_id: str) -> list[Receipt]:
    """Return what every reader was asked about this version of a plan, the newest first."""
    return _receipts(reader.search("Task", focus=f"CarePlan/{plan_id}", code=ASKED))


def receipts_of_reader(reader: Reader, child_id: str, reader_id: str) -> list[Receipt]:
    """Return what one reader was asked about every version of a child's plan, the newest first.

    `reader_id` is that of an Organization or, at home, of a RelatedPerson.
    """
    return _receipts(reader.search("Task", subject=f"Patient/{child_id}", owner=reader_id, code=ASKED))


def open_receipts(reader: Reader, sight: Sight | None = None) -> list[Receipt]:
    """Return every receipt whose reader is still asked, of the children within sight."""
    return _receipts(reader.search("Task", sight, code=ASKED, status=OPEN))


def open_receipts_with_shares(reader: Reader, sight: Sight, now: datetime) -> list[tuple[Receipt, Share]]:
    """Return each receipt within sight whose reader is still asked, with the live share that they read by."""
    found = reader.search("Consent", sight, **live_at(now))
    shares = {(one.child_id, one.reader_id): one for one in map(from_consent, found)}
    known = ((one, shares.get((one.child_id, one.reader_id))) for one in open_receipts(reader, sight))
    return [(receipt, share) for receipt, share in known if share]


def open_receipts_of_child(reader: Reader, child_id: str) -> list[Receipt]:
    """Return what is still asked about a child's plans, versions that ended too if nobody has closed them."""
    return _receipts(reader.search("Task", subject=f"Patient/{child_id}", code=ASKED, status=OPEN))


def live_plan_id(reader: Reader, child_id: str) -> str:
    """Return the id of the version that is to be followed now, "" for none; quicker than the plan."""
    found = reader.search("CarePlan", identifier=f"{PLAN_SERIES}|{child_id}", status="active")
    return found[0]["id"] if found else ""


def keep(write: Write, new: Receipt) -> None:
    """Keep a new receipt; the audit is the caller's."""
    write.create(to_receipt_task(new))


def keep_changed(write: Write, changed: Receipt) -> None:
    """Keep what became of a receipt; the audit is the caller's."""
    kept = write.read("Task", changed.id)
    write.update(to_receipt_task(changed), if_match=kept["meta"]["versionId"])


def _receipts(found: list[dict]) -> list[Receipt]:
    return [from_receipt_task(one) for one in found]
