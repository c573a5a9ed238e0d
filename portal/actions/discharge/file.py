"""A discharge in a file: a FHIR bundle, or an HL7 v2 message."""

import codecs
import gzip
from collections.abc import Mapping
from pathlib import Path

from fhir.intake.adt import CANCEL_DISCHARGE, DISCHARGE, UPDATE, read_adt
from fhir.intake.bundle import GZIP, parse_bundle
from fhir.intake.discharge import read_discharge
from fhir.intake.errors import FileNotThere, MessageNotUnderstood, NotADischarge
from fhir.intake.hl7_text import message_text
from portal.actions.discharge.told import News, Told

NEWS: Mapping[str, News] = {
    DISCHARGE: News.DISCHARGED,
    UPDATE: News.UPDATED,
    CANCEL_DISCHARGE: News.CANCELLED,
}
ADT_STARTS = (b"MSH", b"\x0bMSH")  # alone, or framed for MLLP
BUNDLE_STARTS = (b"{", GZIP)


def read_file(file: Path) -> Told:
    """Return what a file tells of a discharge.

    Raises a subclass of IntakeError, or NhsNumberInvalid: then nothing of it may be kept.
    """
    try:
        raw = file.read_bytes().removeprefix(codecs.BOM_UTF8)
    except OSError as error:
        raise FileNotThere from error
    if raw.lstrip().startswith(ADT_STARTS):
        return told_by_adt(raw)
    if raw.lstrip().startswith(BUNDLE_STARTS):
        return _told_by_bundle(raw)
    raise NotADischarge


def told_by_adt(raw: bytes) -> Told:
    """Return what a message tells; raises MessageNotUnderstood for one that is not about a discharge."""
    message = read_adt(raw)
    if message.event not in NEWS:
        raise MessageNotUnderstood(f"{message.event} is not about a discharge (A03, A08 or A13)")
    return Told(NEWS[message.event], message.notice, message_text(raw)[0])


def _told_by_bundle(raw: bytes) -> Told:
    notice = read_discharge(parse_bundle(raw))
    is_over = notice.discharged_at or notice.has_ended or notice.is_cancelled
    news = News.DISCHARGED if is_over else News.UPDATED
    text = gzip.decompress(raw) if raw.startswith(GZIP) else raw
    return Told(news, notice, text.decode("utf-8-sig"))
