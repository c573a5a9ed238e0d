"""Two records at a hospital that are of one child (A40): what waits follows; records here are not joined."""

from fhir.codes import NHS_NUMBER
from fhir.intake.adt import AdtMessage
from fhir.patient import from_patient
from fhir.store import Reader, Write
from fhir.store.tables import incoming
from plans.discharge_notice import DischargeNotice
from plans.people import Child
from plans.team_task import TaskKind
from portal.actions.discharge.child import child_told_of
from portal.actions.discharge.places import known_place, who_can_own
from portal.actions.discharge.told import fields_of
from portal.actions.discharge.waiting import Reason, Waiting, all_waiting
from portal.actions.inbox.tasks import NewTask, raise_task

NOTHING_TO_DO, FOLLOWED, A_PERSON_DECIDES = "nothing to do", "what waited follows", "a person decides"
TWO_HERE = "A hospital says that this child and the child here with NHS number {other} are one child."
OUT_OF_USE = "A hospital says that this child's NHS number is out of use, and that the right one is {other}."


def merge(write: Write, message: AdtMessage) -> str:
    """Let what waits follow the number that stays; where a record here has the other one, a person decides.

    Return what came of it. Discharges that wait find their child by the number that stays, by themselves.
    """
    notice, old = message.notice, message.merged_number
    if not notice.nhs_number:
        return NOTHING_TO_DO
    follow = [one for one in all_waiting(write) if _is_of_the_other(one, message)]
    for one in follow:
        _follow(write, one, notice)
    outdated = _children(write, old) if old and old != notice.nhs_number else []
    stays = _children(write, notice.nhs_number)
    for child in outdated:
        words = TWO_HERE if stays else OUT_OF_USE
        _ask(write, child, words.format(other=notice.nhs_number))
    for child in stays if outdated else []:
        _ask(write, child, TWO_HERE.format(other=old))
    if outdated:
        return A_PERSON_DECIDES
    return FOLLOWED if follow else NOTHING_TO_DO


def _is_of_the_other(one: Waiting, message: AdtMessage) -> bool:
    """Return whether a discharge waits under a number that is out of use, of the NHS or of that hospital."""
    waits, notice = one.told.notice, message.notice
    if waits.nhs_number:
        return waits.nhs_number == message.merged_number != notice.nhs_number
    same = {message.merged_hospital_number, notice.hospital_number} - {""}
    if waits.hospital_number not in same:
        return False
    is_of_sender = bool(waits.sender_code) and waits.sender_code == notice.sender_code
    return is_of_sender or waits.hospital_code == notice.hospital_code


def _follow(write: Write, one: Waiting, notice: DischargeNotice) -> None:
    """Keep what waits under the number that stays, with the day of birth and name that belong to it."""
    known = {"nhs_number": notice.nhs_number, "born": notice.born or one.told.notice.born}
    names = {"given": notice.given, "family": notice.family} if notice.family else {}
    told = one.told.about(**known, **names)
    child = child_told_of(write, told.notice)
    reason = child if isinstance(child, Reason) else one.reason
    is_about_number = one.reason in (Reason.NO_NUMBER, Reason.UNKNOWN_CHILD, Reason.BORN_DIFFERS)
    clock = {
        "owner": one.owner,
        "clock_from": one.clock_from.isoformat() if one.clock_from else "",
        "due": one.due.isoformat() if one.due else "",
    }
    incoming.change_fields(write, one.id, fields_of(told) | clock, reason if is_about_number else one.reason)
    write.audit("U", one.id, detail="let a discharge that waits follow the NHS number that stays")


def _children(reader: Reader, number: str) -> list[Child]:
    return [from_patient(one) for one in reader.search("Patient", identifier=f"{NHS_NUMBER}|{number}")]


def _ask(write: Write, child: Child, words: str) -> None:
    owner = who_can_own(write, known_place(write, child.practice_id))
    if owner:
        about = f"Patient/{child.id}"
        raise_task(
            write,
            NewTask(TaskKind.ONE_CHILD_TWO_RECORDS, owner.id, child.id, about, words, f"{child.id} {words}"),
        )
