"""A printed copy of a plan as a Binary and the DocumentReference that says what it is, and back."""

import base64
import hashlib
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid5

from fhir.codes import COPY, DOCUMENT, concept, id_in, profile, reference
from plans.content import Copy

PDF = "application/pdf"
ENGLISH = "en"  # what every other language is a translation of


@dataclass(frozen=True)
class Printed:
    """One copy of a plan on paper, in one language (BCP 47).

    Its wording is final where somebody signed off that language: else it is issued in a demo alone.
    """

    plan_id: str
    child_id: str
    copy: Copy
    language: str
    pdf: bytes
    at: datetime
    author_id: str
    author_name: str
    is_current: bool = True
    is_final: bool = True


def to_document(printed: Printed) -> list[dict]:
    """Return the Binary with the PDF, and its UK Core DocumentReference."""
    return [_binary(printed), _document_reference(printed)]


def from_document(binary: dict, document: dict) -> Printed:
    """Return the printed copy that a Binary and its DocumentReference hold."""
    author = document["author"][0]
    return Printed(
        plan_id=id_in(document["context"]["related"][0]),
        child_id=id_in(document["subject"]),
        copy=Copy(document["category"][0]["coding"][0]["code"]),
        language=document["content"][0]["attachment"]["language"],
        pdf=base64.b64decode(binary["data"]),
        at=datetime.fromisoformat(document["date"]),
        author_id=id_in(author),
        author_name=author["display"],
        is_current=document["status"] == "current",
        is_final=document["docStatus"] == "final",
    )


def _binary(printed: Printed) -> dict:
    return {
        "resourceType": "Binary",
        "id": _id(printed, "binary"),
        "contentType": PDF,
        "securityContext": reference("DocumentReference", _id(printed, "document")),
        "data": base64.b64encode(printed.pdf).decode(),
    }


def _document_reference(printed: Printed) -> dict:
    document: dict = {
        "resourceType": "DocumentReference",
        "id": _id(printed, "document"),
        "meta": profile("DocumentReference"),
        "identifier": [{"system": DOCUMENT, "value": f"{printed.plan_id}/{printed.copy}/{printed.language}"}],
        "status": "current" if printed.is_current else "superseded",
        "docStatus": "final" if printed.is_final else "preliminary",
        "type": {"text": "Asthma action plan"},  # no code for this document is confirmed
        "category": [concept(COPY, printed.copy)],
        "subject": reference("Patient", printed.child_id),
        "date": printed.at.isoformat(),
        "author": [reference("Practitioner", printed.author_id, printed.author_name)],
        "description": f"Asthma action plan, the {printed.copy} copy in {printed.language}",
        "content": [{"attachment": _attachment(printed)}],
        "context": {"related": [reference("CarePlan", printed.plan_id)]},
    }
    if printed.language != ENGLISH:
        english = reference("DocumentReference", _id(printed, "document", ENGLISH))
        document["relatesTo"] = [{"code": "transforms", "target": english}]
    return document


def _attachment(printed: Printed) -> dict:
    # FHIR R4 asks for SHA-1; it finds a damaged file, and protects nothing.
    digest = hashlib.sha1(printed.pdf, usedforsecurity=False).digest()
    return {
        "contentType": PDF,
        "language": printed.language,
        "url": f"Binary/{_id(printed, 'binary')}",
        "size": len(printed.pdf),
        "hash": base64.b64encode(digest).decode(),
        "title": f"asthma-plan-{printed.copy}-{printed.language}.pdf",
        "creation": printed.at.isoformat(),
    }


def _id(printed: Printed, kind: str, language: str = "") -> str:
    """Return the id of a copy in a language: the same each time it is printed."""
    return str(uuid5(UUID(printed.plan_id), f"{kind}/{printed.copy}/{language or printed.language}"))
