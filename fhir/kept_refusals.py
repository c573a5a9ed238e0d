"""The refusals in the store: who said no to whom before a child's plan was shared."""

from fhir.kept_names import refusals_as_now
from fhir.refusal import from_refusal_consent, is_refusal, to_refusal_consent
from fhir.store import Reader, Write
from fhir.store.errors import ResourceNotFound
from plans.refusal import Refusal


def refusals_of(reader: Reader, child_id: str) -> list[Refusal]:
    """Return every no that was recorded for a child, the newest first, those taken back too."""
    consents = reader.search("Consent", patient=f"Patient/{child_id}")
    return refusals_as_now(reader, (from_refusal_consent(one) for one in consents if is_refusal(one)))


def refusal(reader: Reader, child_id: str, id: str) -> Refusal:
    """Return one no that was recorded for this child; raises ResourceNotFound."""
    found = next((one for one in refusals_of(reader, child_id) if one.id == id), None)
    if found is None:
        raise ResourceNotFound
    return found


def keep(write: Write, new: Refusal) -> None:
    """Keep a new refusal; the audit is the caller's."""
    write.create(to_refusal_consent(new))


def keep_taken_back(write: Write, ended: Refusal) -> None:
    """Keep that a refusal was taken back; the audit is the caller's."""
    kept = write.read("Consent", ended.id)
    write.update(to_refusal_consent(ended), if_match=kept["meta"]["versionId"])
