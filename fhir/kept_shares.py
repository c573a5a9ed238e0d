"""The shares in the store: who may see which child's plan."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from fhir.codes import LAWFUL_BASIS
from fhir.consent import from_consent, is_share, to_consent
from fhir.kept_names import shares_as_now
from fhir.store import Reader, Write
from fhir.store.moments import moment_text
from fhir.store.sight import Sight
from plans.sharing import BY_LINK, Basis, Share


def live_at(now: datetime) -> Mapping[str, Any]:
    """Return what a live share is found by: not stopped, and not past the end of its last day in the UK.

    A Consent that a record from elsewhere brought never has a lawful basis of ours.
    """
    bases = [f"{LAWFUL_BASIS}|{basis}" for basis in Basis]
    return {"status": "active", "lawful-basis": bases, "period": f"ge{moment_text(now)}"}


def live_shares_of(reader: Reader, child_id: str, now: datetime) -> list[Share]:
    """Return the shares by which somebody may see a child's plan now, the newest first."""
    found = reader.search("Consent", None, patient=f"Patient/{child_id}", **live_at(now))
    return shares_as_now(reader, map(from_consent, found))


def shares_of(reader: Reader, child_id: str) -> list[Share]:
    """Return every share of a child's plan, the newest first, those that have ended too."""
    found = reader.search("Consent", patient=f"Patient/{child_id}")
    return shares_as_now(reader, (from_consent(consent) for consent in found if is_share(consent)))


def live_shares_by_link(reader: Reader, sight: Sight, now: datetime) -> list[Share]:
    """Return the live shares of everybody who reads by a link, of the children within sight."""
    shares = (from_consent(one) for one in reader.search("Consent", sight, **live_at(now)))
    return shares_as_now(reader, (share for share in shares if share.reader in BY_LINK))


def keep(write: Write, share: Share, care_plan_id: str) -> None:
    """Keep a new share; the audit is the caller's."""
    write.create(to_consent(share, care_plan_id))


def keep_changed(write: Write, share: Share) -> None:
    """Keep what became of a share: on whose word it rests, or that it ended; the audit is the caller's."""
    consent = write.read("Consent", share.id)
    care_plan_id = consent["provision"]["data"][0]["reference"]["reference"].rpartition("/")[2]
    write.update(to_consent(share, care_plan_id), if_match=consent["meta"]["versionId"])
