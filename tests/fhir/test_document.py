"""A printed copy becomes a Binary and a DocumentReference and comes back, byte for byte."""

import json
from dataclasses import replace

import pytest

from fhir.document import Printed, from_document, to_document
from fhir.store.validation.checking import check
from plans.content import Copy
from tests.fhir.conftest import NOW

PLAN = "2f1d8f34-52d8-4f0c-8a50-5f2b7a9d1c11"
CHILD = "6c5f0a52-4c86-4a39-9d2f-0f3f8d8e6a01"
DOCTOR = "7d4b0f0e-63a3-4b59-9d64-0b2f5b1f3a10"
ENGLISH = Printed(PLAN, CHILD, Copy.FAMILY, "en", b"%PDF-1.7 invented", NOW, DOCTOR, "Dr Ada Lee")
URDU = replace(ENGLISH, language="ur", is_final=False)


@pytest.mark.parametrize(
    "printed",
    [
        ENGLISH,
        URDU,
        replace(ENGLISH, copy=Copy.SCHOOL),
        replace(ENGLISH, is_current=False),
    ],
)
def test_a_printed_copy_comes_back_whole(printed):
    resources = json.loads(json.dumps(to_document(printed)))

    for resource in resources:
        check(resource)
    assert from_document(*resources) == printed


def test_a_translation_names_the_english_copy_of_the_same_plan():
    _, english = to_document(ENGLISH)
    _, urdu = to_document(URDU)

    (related,) = urdu["relatesTo"]
    assert (related["code"], related["target"]["reference"]) == (
        "transforms",
        f"DocumentReference/{english['id']}",
    )
    assert "relatesTo" not in english


def test_the_document_says_where_its_pdf_is_and_the_pdf_whose_rules_it_follows():
    binary, document = to_document(ENGLISH)

    (content,) = document["content"]
    assert content["attachment"]["url"] == f"Binary/{binary['id']}"
    assert content["attachment"]["size"] == len(ENGLISH.pdf)
    assert binary["securityContext"]["reference"] == f"DocumentReference/{document['id']}"


def test_words_that_nobody_signed_off_are_preliminary():
    assert to_document(URDU)[1]["docStatus"] == "preliminary"


def test_a_copy_of_a_plan_that_has_ended_is_superseded():
    assert to_document(replace(ENGLISH, is_current=False))[1]["status"] == "superseded"


def test_each_copy_and_language_is_a_document_of_its_own():
    copies = [ENGLISH, URDU, replace(ENGLISH, copy=Copy.SCHOOL)]

    assert len({resource["id"] for one in copies for resource in to_document(one)}) == 6
