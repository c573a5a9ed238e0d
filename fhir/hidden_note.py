"""A hidden note about a child as a Communication, and back."""

from datetime import datetime

from fhir.codes import HIDDEN_NOTE, concept, id_in, profile, reference
from fhir.security_label import hidden_because, restricted
from plans.hidden_notes import HiddenNote

# Told apart from alerts, and from lists that a family was given, by its category.
CATEGORY = concept(HIDDEN_NOTE, "hidden-note", "Note hidden from the family and the school")


def to_hidden_note(note: HiddenNote) -> dict:
    """Return the Communication, restricted, with why; entered in error once it was withdrawn."""
    resource: dict = {
        "resourceType": "Communication",
        "id": note.id,
        "meta": restricted(profile("Communication"), note.because),
        "status": "completed" if note.stands else "entered-in-error",
        "category": [CATEGORY],
        "subject": reference("Patient", note.child_id),
        "sent": note.at.isoformat(),
        "sender": reference("Practitioner", note.by),
        "recipient": [reference("Organization", note.organisation_id)],
        "payload": [{"contentString": note.words}],
    }
    if note.about:
        resource["about"] = [{"reference": note.about}]
    if note.error:
        resource["statusReason"] = {"text": note.error}
    if note.error_by and note.error_at:
        said = {
            "authorReference": reference("Practitioner", note.error_by),
            "time": note.error_at.isoformat(),
        }
        resource["note"] = [said | {"text": note.error}]
    return resource


def from_hidden_note(resource: dict) -> HiddenNote:
    """Return the note."""
    about: dict = next(iter(resource.get("about", ())), {})
    said: dict = next(iter(resource.get("note", ())), {})
    return HiddenNote(
        id=resource["id"],
        child_id=id_in(resource["subject"]),
        words=resource["payload"][0]["contentString"],
        because=hidden_because(resource),
        by=id_in(resource["sender"]),
        at=datetime.fromisoformat(resource["sent"]),
        organisation_id=id_in(resource["recipient"][0]),
        about=about.get("reference", ""),
        error=resource.get("statusReason", {}).get("text", ""),
        error_by=id_in(said["authorReference"]) if said else "",
        error_at=datetime.fromisoformat(said["time"]) if said else None,
    )
