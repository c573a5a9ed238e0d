"""GP Connect Send Document: an ITK3 message in FHIR STU3 XML around one PDF, and the answers to it.

It is a format of messages and no resource of ours: STU3 differs from R4, so it is written and read here by
itself. Sources: GP Connect Send Document 1.3.2 (requirements GPCM-SD-028 to 131), ITK3 Messaging
Distribution, and the examples that both publish. What they leave open is marked (U): it is settled with NHS
England before the message is used.
"""

from base64 import b64encode
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from uuid import NAMESPACE_URL, uuid5
from xml.etree.ElementTree import Element, ParseError, SubElement, fromstring, tostring
from xml.parsers import expat

from fhir.codes import NHS_NUMBER, ODS_CODE, SNOMED
from fhir.patient import STATUSES
from plans.errors import PuffinError
from plans.people import Child
from plans.places import Organisation
from plans.shown import on_one_line

FHIR = "http://hl7.org/fhir"
NHS = "https://fhir.nhs.uk/STU3/"
CARE_CONNECT = "https://fhir.hl7.org.uk/STU3/"
UUIDS = "https://tools.ietf.org/html/rfc4122"
SDS_USER = "https://fhir.nhs.uk/Id/sds-user-id"
UNKNOWN_USER = "UNK"  # (U) as live systems write it whose staff sign in without a smartcard
SENDS, ANSWERS = "ITK007C", "ITK008M"  # GPCM-SD-047 and 054
SENDS_WORDS = "ITK GP Connect Send Document"
# GPCM-SD-115 approves it; whether it fits a plan or a sheet is for onboarding (U).
REPORT = ("371531000", "Report of clinical encounter (record artifact)")
NUMBER_STATUS = "StructureDefinition/Extension-CareConnect-NHSNumberVerificationStatus-1"
NUMBER_STATUSES = "CodeSystem/CareConnect-NHSNumberVerificationStatus-1"
RESPONSE_CODES = NHS + "CodeSystem/ITK-ResponseCodes-1"
# The requirements (GPCM-SD-043) say Instance-1, the page of the profile says MessageDefinition-1 (U).
MESSAGE_DEFINITION = NHS + "MessageDefinition/ITK-GPConnectSendDocument-MessageDefinition-Instance-1"


class NoItkAnswer(PuffinError):
    """A message that is no answer of ITK3 was to be read as one."""

    def __init__(self) -> None:
        super().__init__("This message is not an answer to a document that we sent. Read it as it came.")


@dataclass(frozen=True)
class Document:
    """What is sent. `id` is a UUID: the number of the message, the same however often it is sent.

    `mailbox` is the sender's own at MESH. `replaces` is the number of the document before it, "" for none.
    """

    id: str
    mailbox: str
    title: str
    at: datetime
    child: Child
    sender: Organisation
    pdf: bytes
    author: str = ""
    replaces: str = ""
    message_definition: str = MESSAGE_DEFINITION


@dataclass(frozen=True)
class ItkAnswer:
    """An answer: to which message, the response code of ITK3, and what its sender adds."""

    answers: str
    code: str
    says: str = ""


def to_message(document: Document) -> bytes:
    """Return the message as XML; the same document makes the same bytes."""
    bundle = Element("Bundle", xmlns=FHIR)
    _meta(bundle, document.id, NHS + "StructureDefinition/ITK-Message-Bundle-1")
    _identified(bundle, UUIDS, document.id)
    _put(bundle, "type", "message")
    _entry(bundle, document.id, _header(document))
    _entry(bundle, _id(document, "header-organization"), _header_organization(document))
    _entry(bundle, _id(document, "document"), _document_bundle(document))
    return b'<?xml version="1.0" encoding="UTF-8"?>\n' + tostring(bundle, encoding="utf-8")


def from_answer(raw: bytes) -> ItkAnswer:
    """Return the answer that a message holds; raises NoItkAnswer."""
    root = _parsed(raw)
    event = root.find(_path("entry/resource/MessageHeader/event/code"))
    answers = root.find(_path("entry/resource/MessageHeader/response/identifier"))
    if event is None or event.get("value") != ANSWERS or answers is None:
        raise NoItkAnswer
    for issue in root.iterfind(_path("entry/resource/OperationOutcome/issue")):
        for coding in issue.iterfind(_path("details/coding")):
            code = _value(coding, "code")
            if _value(coding, "system") == RESPONSE_CODES and code:
                number = answers.get("value", "").removeprefix("urn:uuid:").lower()
                return ItkAnswer(number, code, _value(issue, "diagnostics"))
    raise NoItkAnswer


def _header(document: Document) -> Element:
    header = Element("MessageHeader")
    _meta(header, document.id, NHS + "StructureDefinition/ITK-MessageHeader-2")
    handling = SubElement(
        header, "extension", url=NHS + "StructureDefinition/Extension-ITK-MessageHandling-2"
    )
    for name, kind, value in (
        ("BusAckRequested", "valueBoolean", "true"),
        ("InfAckRequested", "valueBoolean", "true"),
    ):
        _put(SubElement(handling, "extension", url=name), kind, value)
    recipient = SubElement(SubElement(handling, "extension", url="RecipientType"), "valueCoding")
    _coded(recipient, NHS + "CodeSystem/ITK-RecipientType-1", "FA", "For Action")
    definition = SubElement(SubElement(handling, "extension", url="MessageDefinition"), "valueReference")
    _put(definition, "reference", document.message_definition)
    _put(SubElement(handling, "extension", url="SenderReference"), "valueString", document.id)
    _put(SubElement(handling, "extension", url="LocalExtension"), "valueString", "None")
    _coded(SubElement(header, "event"), NHS + "CodeSystem/ITK-MessageEvent-2", SENDS, SENDS_WORDS)
    _refer(header, "sender", _id(document, "header-organization"))
    _put(header, "timestamp", _instant(document.at))
    _put(SubElement(header, "source"), "endpoint", document.mailbox)
    _refer(header, "focus", _id(document, "document"))
    return header


def _header_organization(document: Document) -> Element:
    organization = Element("Organization")
    profile = NHS + "StructureDefinition/CareConnect-ITK-Header-Organization-1"
    _meta(organization, _id(document, "header-organization"), profile)
    _identified(organization, ODS_CODE, document.sender.code)
    return organization


def _document_bundle(document: Document) -> Element:
    bundle = Element("Bundle")
    _meta(bundle, _id(document, "document"), NHS + "StructureDefinition/ITK-Document-Bundle-1")
    _identified(bundle, UUIDS, _id(document, "document"))
    _put(bundle, "type", "document")
    for id, resource in _content(document):
        _entry(bundle, id, resource)
    return bundle


def _content(document: Document) -> Iterator[tuple[str, Element]]:
    yield _id(document, "composition"), _composition(document)
    yield _id(document, "patient"), _patient(document)
    yield _id(document, "organization"), _organization(document)
    if document.author:
        yield _id(document, "practitioner"), _practitioner(document)
    yield _id(document, "pdf"), _binary(document)


def _composition(document: Document) -> Element:
    composition = Element("Composition")
    id, profile = _id(document, "composition"), CARE_CONNECT + "StructureDefinition/CareConnect-Composition-1"
    _meta(composition, id, profile)
    _identified(composition, UUIDS, id)
    _put(composition, "status", "final")
    _coded(SubElement(SubElement(composition, "type"), "coding"), SNOMED, *REPORT)
    _refer(composition, "subject", _id(document, "patient"))
    _put(composition, "date", _instant(document.at))
    _refer(composition, "author", _id(document, "organization"))
    if document.author:
        _refer(composition, "author", _id(document, "practitioner"))
    _put(composition, "title", document.title)
    _refer(composition, "custodian", _id(document, "organization"))
    if document.replaces:
        relates = SubElement(composition, "relatesTo")
        _put(relates, "code", "replaces")
        target = SubElement(relates, "targetIdentifier")
        _put(target, "system", UUIDS)
        _put(target, "value", document.replaces)
    section = SubElement(composition, "section")
    _put(section, "title", document.title)
    _refer(section, "entry", _id(document, "pdf"))
    return composition


def _patient(document: Document) -> Element:
    """Return the child by what the practice is found with: NHS number, name and date of birth."""
    patient, child = Element("Patient"), document.child
    profile = CARE_CONNECT + "StructureDefinition/CareConnect-Patient-1"
    _meta(patient, _id(document, "patient"), profile)
    identifier = SubElement(patient, "identifier")
    extension = SubElement(identifier, "extension", url=CARE_CONNECT + NUMBER_STATUS)
    coding = SubElement(SubElement(extension, "valueCodeableConcept"), "coding")
    _coded(coding, CARE_CONNECT + NUMBER_STATUSES, child.nhs_number_status, STATUSES[child.nhs_number_status])
    _put(identifier, "system", NHS_NUMBER)
    _put(identifier, "value", child.nhs_number)
    name = SubElement(patient, "name")
    _put(name, "use", "official")
    _put(name, "family", child.family)
    if child.given:
        _put(name, "given", child.given)
    _put(patient, "birthDate", child.born.isoformat())
    return patient


def _organization(document: Document) -> Element:
    organization, sender = Element("Organization"), document.sender
    profile = CARE_CONNECT + "StructureDefinition/CareConnect-Organization-1"
    _meta(organization, _id(document, "organization"), profile)
    _identified(organization, ODS_CODE, sender.code)
    _put(organization, "name", sender.name)
    if sender.phone:
        telecom = SubElement(organization, "telecom")
        _put(telecom, "system", "phone")
        _put(telecom, "value", sender.phone)
        _put(telecom, "use", "work")
    return organization


def _practitioner(document: Document) -> Element:
    practitioner = Element("Practitioner")
    profile = CARE_CONNECT + "StructureDefinition/CareConnect-Practitioner-1"
    _meta(practitioner, _id(document, "practitioner"), profile)
    _identified(practitioner, SDS_USER, UNKNOWN_USER)
    name = SubElement(practitioner, "name")
    _put(name, "use", "official")
    _put(name, "text", document.author)
    return practitioner


def _binary(document: Document) -> Element:
    binary = Element("Binary")
    _meta(binary, _id(document, "pdf"), NHS + "StructureDefinition/ITK-Attachment-Binary-1")
    _put(binary, "contentType", "application/pdf")
    SubElement(binary, "content", value=b64encode(document.pdf).decode())
    return binary


def _id(document: Document, part: str) -> str:
    """Return the one id of a part of this document."""
    return str(uuid5(NAMESPACE_URL, f"puffin:gp-document/{document.id}/{part}"))


def _entry(bundle: Element, id: str, resource: Element) -> None:
    entry = SubElement(bundle, "entry")
    _put(entry, "fullUrl", f"urn:uuid:{id}")
    SubElement(entry, "resource").append(resource)


def _meta(resource: Element, id: str, profile: str) -> None:
    _put(resource, "id", id)
    _put(SubElement(resource, "meta"), "profile", profile)


def _identified(resource: Element, system: str, value: str) -> None:
    identifier = SubElement(resource, "identifier")
    _put(identifier, "system", system)
    _put(identifier, "value", value)


def _coded(coding: Element, system: str, code: str, display: str) -> None:
    for name, value in (("system", system), ("code", code), ("display", display)):
        _put(coding, name, value)


def _refer(resource: Element, name: str, id: str) -> None:
    _put(SubElement(resource, name), "reference", f"urn:uuid:{id}")


def _put(parent: Element, name: str, value: str) -> None:
    SubElement(parent, name, value=on_one_line(value))


def _instant(at: datetime) -> str:
    return at.isoformat(timespec="seconds")


def _parsed(raw: bytes) -> Element:
    """Return the root of what came from elsewhere; a document type, which could swell it, is refused."""
    try:
        parser = expat.ParserCreate()
        parser.StartDoctypeDeclHandler = _refuse
        parser.Parse(raw, True)
        root = fromstring(raw)  # noqa: S314 (no document type, so nothing to expand)
    except (expat.ExpatError, ParseError, ValueError, LookupError):
        raise NoItkAnswer from None
    if root.tag != f"{{{FHIR}}}Bundle":
        raise NoItkAnswer
    return root


def _refuse(*_: object) -> None:
    raise NoItkAnswer


def _path(names: str) -> str:
    return "/".join(f"{{{FHIR}}}{name}" for name in names.split("/"))


def _value(parent: Element, name: str) -> str:
    found = parent.find(_path(name))
    return found.get("value", "") if found is not None else ""
