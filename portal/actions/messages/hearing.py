"""Hearing one HL7 v2 message: what came is kept and acted on in one write, and only then is it answered."""

from dataclasses import dataclass
from datetime import datetime

from fhir.intake.acknowledgement import Code, Header, acknowledgement, read_header
from fhir.intake.adt import CANCEL_DISCHARGE, DISCHARGE, MERGE, UPDATE, AdtMessage, read_adt
from fhir.intake.errors import MessageNotUnderstood
from fhir.intake.hl7_text import START, message_text
from fhir.intake.mllp import Block, Fault
from fhir.store import Store, Write
from fhir.store.errors import StoreBusy, StoreNotUsable, engine_faults
from fhir.store.tables import incoming, marks
from fhir.store.tables.incoming import Incoming, NewIncoming
from plans.errors import NhsNumberInvalid, PuffinError
from plans.review_events import SYSTEM
from plans.working_days import uk_day
from portal.actions.clocks import HolidaysFor
from portal.actions.discharge.file import NEWS
from portal.actions.discharge.told import Told
from portal.actions.discharges import settle
from portal.actions.messages.counted import count
from portal.actions.messages.merging import merge
from portal.actions.messages.text import KIND, text_of
from portal.actions.messages.to_read import came_whole, let_somebody_read

ADT = "ADT"
REAL, NOT_SAID = "P", ""  # MSH-11: a sender that leaves it out tells of real children too
ACTED_ON = frozenset({DISCHARGE, UPDATE, CANCEL_DISCHARGE, MERGE})
# A discharge or an update can only start a clock. What takes a clock away, or speaks of two records, is not
# acted on where its number is one that a different message had.
ONLY_START = frozenset({DISCHARGE, UPDATE})

NO_HEADER = "It does not begin with a header (MSH) that can be read, so nobody knows what it is."
TOO_LONG = "It is too long for one message. Only its beginning was kept."
CUT_OFF = "It ends in the middle: the mark of its end never came."
OTHER_BEFORE = "A different message with the same number (MSH-10) came from the same sender before."
NOT_REAL = "It says that it is for practice (MSH-11), and real records are kept here."
NOT_ADT = "Only messages about a patient's stay (ADT) are taken here."
FAULT = "It could not be acted on, and is kept for a person."


@dataclass(frozen=True)
class Answer:
    """What goes back: a code, and for a message that was not accepted one sentence about nobody."""

    code: Code
    said: str = ""


ACCEPTED = Answer(Code.ACCEPTED)


def hear(store: Store, block: Block, *, at: datetime, holidays_for: HolidaysFor) -> bytes:
    """Keep what came, act on it, and return the acknowledgement; when it returns all of it has landed.

    The same message again is answered as before and does nothing. What cannot be acted on is kept for a
    person, by the task of a team. Raises StoreBusy, StoreNotUsable and the engine's own faults where nothing
    could be kept: then nothing may be acknowledged, so that the sender sends it again.
    """
    header = read_header(block.raw)
    try:
        message = _read(block, header)  # before the write, as nobody else must wait for it
        with store.write(by=SYSTEM, at=at) as write:
            answer = _heard(write, block, header, message, holidays_for)
    except Exception as fault:  # whatever it is, the message must not be lost
        if isinstance(fault, (StoreBusy, StoreNotUsable, *engine_faults())):
            raise
        said = str(fault) if isinstance(fault, PuffinError) else FAULT
        with store.write(by=SYSTEM, at=at) as write:
            answer = _for_a_person(write, block, header, Answer(Code.ERROR, said))
    return acknowledgement(header, answer.code, answer.said, at)


def _read(block: Block, header: Header | None) -> AdtMessage | PuffinError | None:
    """Return what the message says, or why it cannot be told; None where nothing is to be done with it."""
    if header is None or block.fault or not _is_acted_on(header):
        return None
    try:
        return read_adt(block.raw)
    except (MessageNotUnderstood, NhsNumberInvalid) as refusal:
        return refusal


def _is_acted_on(header: Header) -> bool:
    return header.kind == ADT and (not header.event or header.event in ACTED_ON)


def _heard(
    write: Write,
    block: Block,
    header: Header | None,
    message: AdtMessage | PuffinError | None,
    holidays_for: HolidaysFor,
) -> Answer:
    known = incoming.same(write, KIND, _text(block))
    if known:
        return Answer(Code(known.fields["code"]), known.fields["said"])
    if header is None or block.fault:
        return _for_a_person(write, block, header, _why_not_whole(block))
    if header.processing not in (REAL, NOT_SAID) and not marks.is_demo(write):
        return _for_a_person(write, block, header, Answer(Code.REJECTED, NOT_REAL))
    if header.kind != ADT:
        count(write, f"{header.kind or '?'} {header.event}".strip())
        return Answer(Code.REJECTED, NOT_ADT)
    if message is None or isinstance(message, AdtMessage) and message.event not in ACTED_ON:
        count(write, message.event if message else header.event)
        return ACCEPTED
    if isinstance(message, PuffinError):
        return _for_a_person(write, block, header, Answer(Code.ERROR, str(message)))
    return _acted_on(write, block, header, message, holidays_for)


def _why_not_whole(block: Block) -> Answer:
    if block.fault is Fault.TOO_LONG:
        return Answer(Code.REJECTED, TOO_LONG)
    return Answer(Code.ERROR, CUT_OFF) if block.fault else Answer(Code.REJECTED, NO_HEADER)


def _acted_on(
    write: Write, block: Block, header: Header, message: AdtMessage, holidays_for: HolidaysFor
) -> Answer:
    before = _before(write, header)
    has_number_of_another = any(not one.fields["cut"] for one in before)
    became = ""
    if not has_number_of_another or message.event in ONLY_START:
        became = _act(write, message, block, holidays_for)
    if has_number_of_another:
        return _for_a_person(write, block, header, Answer(Code.ERROR, OTHER_BEFORE))
    kept = _keep(write, block, header, ACCEPTED)
    incoming.match(write, kept.id, became)
    came_whole(write, [one.matched_to or "" for one in before if one.fields["cut"]])
    count(write, message.event)
    return ACCEPTED


def _act(write: Write, message: AdtMessage, block: Block, holidays_for: HolidaysFor) -> str:
    """Do what a message asks for, and return what it came to."""
    if message.event == MERGE:
        return merge(write, message)
    told = Told(NEWS[message.event], message.notice, message_text(block.raw)[0])
    outcome = settle(write, told, holidays_for)
    return f"{outcome.state} {outcome.review_id or outcome.waiting_id}".strip()


def _before(write: Write, header: Header) -> list[Incoming]:
    """Return what came before from the same sender under this number, word for word different."""
    found = incoming.numbered(write, KIND, header.control_id)
    return [one for one in found if one.sender == _sender(header)]


def _for_a_person(write: Write, block: Block, header: Header | None, answer: Answer) -> Answer:
    """Keep it as the task of a team, and return the answer."""
    kept = _keep(write, block, header, answer)
    if kept.matched_at is None:
        # One task a day for what could never be read: a wrong cable must not bury what matters.
        is_one_of_many = answer.code is Code.REJECTED and (header is None or answer.said == NOT_REAL)
        once = f"{kept.sender} {uk_day(write.at)}" if is_one_of_many else kept.id
        asked = let_somebody_read(write, kept, header, once)
        incoming.match(write, kept.id, asked)
    return answer


def _keep(write: Write, block: Block, header: Header | None, answer: Answer) -> Incoming:
    one = header or Header()
    fields = {"code": answer.code, "said": answer.said, "event": one.event, "cut": bool(block.fault)}
    new = NewIncoming(
        KIND,
        _text(block),
        answer.said,
        fields,
        sender=_sender(one),
        number=one.control_id or None,
    )
    return incoming.keep(write, new)


def _text(block: Block) -> str:
    """Return what is kept; what was cut off keeps the mark of its start, as the same may yet come whole."""
    return text_of(START + block.raw if block.fault is Fault.CUT_OFF else block.raw)


def _sender(header: Header) -> str:
    return "|".join(header.sender)
