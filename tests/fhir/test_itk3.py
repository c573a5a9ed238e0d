"""The message to a GP practice's inbox: the shape that its profiles ask for, its PDF, and the answers."""

from base64 import b64decode
from dataclasses import replace
from datetime import UTC, date, datetime
from importlib import import_module
from xml.etree.ElementTree import fromstring

import pytest

from fhir.itk3 import Document, NoItkAnswer, from_answer, to_message
from plans.people import Child
from plans.places import Organisation, OrganisationKind
from tests.fhir.itk3_making import an_answer

ID = "7f3a2c1e-0b4d-4c2e-9a51-3a1f6f1f0001"
FORMER = "7f3a2c1e-0b4d-4c2e-9a51-3a1f6f1f0002"
DOCUMENT = Document(
    id=ID,
    mailbox="X26ABC1",
    title="Asthma action plan",
    at=datetime(2026, 11, 23, 9, 0, tzinfo=UTC),
    child=Child("c1", "Amina", "O'Test <& Daughter>", date(2018, 5, 1), "9990000018", "p1"),
    sender=Organisation("h1", OrganisationKind.HOSPITAL, "Ash & Elm Hospital", "X99003", "0121 496 0103"),
    pdf=b"%PDF-1.7 \x00\xff",
    author="Rose Hill",
)
NHS, CARE_CONNECT = (
    "https://fhir.nhs.uk/STU3/StructureDefinition/",
    "https://fhir.hl7.org.uk/STU3/StructureDefinition/",
)


def read(document):
    """Return the root of the message that a document makes."""
    return fromstring(to_message(document))  # noqa: S314 (our own)


def plain(element):
    """Return the local name of an element."""
    return element.tag.partition("}")[2]


def resources(root):
    """Yield each resource of the message, bundles too, from the outside inwards."""
    yield root
    for found in root.iterfind("{*}entry/{*}resource/*"):
        yield from resources(found)


def values(root, path):
    """Return the values at a path such as `MessageHeader/event/code`, wherever it begins."""
    names = "/".join(f"{{*}}{name}" for name in path.split("/"))
    return [found.get("value") for found in root.iterfind(f".//{names}")]


@pytest.fixture(scope="module")
def root():
    return read(DOCUMENT)


def test_every_resource_has_its_profile_and_only_elements_of_stu3_in_their_order(root):
    found = {}
    for resource in resources(root):
        name = plain(resource)
        model = getattr(import_module(f"fhir.resources.STU3.{name.lower()}"), name)
        order = [*model.elements_sequence()]
        names = [plain(element) for element in resource]
        assert names == sorted(names, key=order.index), name
        found.setdefault(name, []).append(resource.find("{*}meta/{*}profile").get("value"))

    assert found == {
        "Bundle": [f"{NHS}ITK-Message-Bundle-1", f"{NHS}ITK-Document-Bundle-1"],
        "MessageHeader": [f"{NHS}ITK-MessageHeader-2"],
        "Organization": [
            f"{NHS}CareConnect-ITK-Header-Organization-1",
            f"{CARE_CONNECT}CareConnect-Organization-1",
        ],
        "Composition": [f"{CARE_CONNECT}CareConnect-Composition-1"],
        "Patient": [f"{CARE_CONNECT}CareConnect-Patient-1"],
        "Practitioner": [f"{CARE_CONNECT}CareConnect-Practitioner-1"],
        "Binary": [f"{NHS}ITK-Attachment-Binary-1"],
    }


def test_every_reference_leads_to_a_resource_of_the_message(root):
    there = set(values(root, "entry/fullUrl"))
    referred = {one for one in values(root, "reference") if one.startswith("urn:uuid:")}

    assert referred
    assert referred <= there
    assert [f"urn:uuid:{one.find('{*}id').get('value')}" for one in resources(root)][1:] == values(
        root, "entry/fullUrl"
    )


def test_the_header_asks_for_both_answers_and_names_the_mailbox_and_nobody_to_receive_it(root):
    handling = {
        one.get("url"): next(iter(one))
        for one in root.iterfind(".//{*}MessageHeader/{*}extension/{*}extension")
    }

    assert handling["BusAckRequested"].get("value") == handling["InfAckRequested"].get("value") == "true"
    assert handling["SenderReference"].get("value") == ID
    assert values(handling["RecipientType"], "code") == ["FA"]
    assert values(handling["MessageDefinition"], "reference") == [DOCUMENT.message_definition]
    assert values(root, "MessageHeader/event/code") == ["ITK007C"]
    assert values(root, "MessageHeader/source/endpoint") == ["X26ABC1"]
    assert values(root, "MessageHeader/timestamp") == ["2026-11-23T09:00:00+00:00"]
    assert root.find(".//{*}receiver") is None


def test_the_child_the_sender_and_the_pdf_stand_in_it_word_for_word(root):
    assert values(root, "Patient/identifier/value") == ["9990000018"]
    assert values(root, "Patient/name/family") == ["O'Test <& Daughter>"]
    assert values(root, "Patient/birthDate") == ["2018-05-01"]
    assert values(root, "Organization/name") == ["Ash & Elm Hospital"]
    assert values(root, "Organization/telecom/value") == ["0121 496 0103"]
    assert set(values(root, "Organization/identifier/value")) == {"X99003"}
    assert b64decode(values(root, "Binary/content")[0]) == DOCUMENT.pdf
    assert values(root, "Binary/contentType") == ["application/pdf"]


def test_the_same_document_is_the_same_message_and_a_letter_that_xml_refuses_does_not_break_it():
    strange = replace(DOCUMENT, child=replace(DOCUMENT.child, given="Am\x0bina\uffff"))

    assert to_message(DOCUMENT) == to_message(replace(DOCUMENT))
    assert values(read(strange), "Patient/name/given") == ["Am ina"]


def test_a_new_version_names_the_message_that_it_replaces(root):
    newer = read(replace(DOCUMENT, replaces=FORMER))

    assert values(root, "relatesTo/code") == []
    assert values(newer, "relatesTo/code") == ["replaces"]
    assert values(newer, "relatesTo/targetIdentifier/value") == [FORMER]


def test_an_answer_says_which_message_it_answers_and_how():
    found = from_answer(an_answer(f"urn:uuid:{ID.upper()}", "30001"))

    assert (found.answers, found.code, found.says) == (ID, "30001", "In workflow")


@pytest.mark.parametrize(
    "raw",
    [
        pytest.param(b"", id="nothing"),
        pytest.param(b"\xff\xfe\x00", id="no text"),
        pytest.param(b"<Bundle/>", id="no FHIR"),
        pytest.param(to_message(DOCUMENT), id="a document"),
        pytest.param(an_answer(ID, event="ITK007C"), id="another event"),
        pytest.param(an_answer(ID, code=""), id="no code"),
        pytest.param(
            b'<!DOCTYPE a [<!ENTITY b "c">]>' + an_answer(ID).partition(b"\n")[2], id="a document type"
        ),
        pytest.param(b'<?xml version="1.0" encoding="no-such"?><Bundle/>', id="no such encoding"),
    ],
)
def test_what_is_no_answer_is_refused_by_name(raw):
    with pytest.raises(NoItkAnswer):
        from_answer(raw)
