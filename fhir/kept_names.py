"""When a child was named otherwise on paper: read from the former versions of the Patient, all of them kept.

No former name leaves this module, and what was kept under one is read under the name of now.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from itertools import pairwise

from fhir.patient import from_patient
from fhir.store import Reader
from fhir.store.errors import ResourceNotFound
from plans.consent import Word, own_ref
from plans.plan import Plan
from plans.refusal import Refusal
from plans.sharing import Reader as ShareReader
from plans.sharing import Share
from plans.similar_names import is_named_anew


def changes_of_name(reader: Reader, child_id: str) -> tuple[datetime, ...]:
    """Return when each change came that makes paper from before name the child wrongly, the first one first.

    Raises ResourceNotFound.
    """
    versions = [(_since(one), from_patient(one)) for one in reversed(reader.history("Patient", child_id))]
    return tuple(since for (_, was), (since, now) in pairwise(versions) if is_named_anew(was, now))


def version_of_child(reader: Reader, child_id: str) -> int:
    """Return the version of the Patient now: what a page and a copy carry, to know later whom they named.

    Every write about the child moves it on, so that by its look nobody can tell that a name has changed.
    Take it before the child is read: then it is never newer than the name. Raises ResourceNotFound.
    """
    return _number(reader.read("Patient", child_id))


def is_named_anew_since(reader: Reader, plan: Plan, version: int | None = None) -> bool:
    """Return whether the name of its child has changed since a version, None for since the plan was signed.

    Raises ResourceNotFound, for a version too that there never was.
    """
    if version is None:
        signed_at, changes = plan.signed_at, changes_of_name(reader, plan.child_id)
        return any(signed_at is None or one > signed_at for one in changes)
    versions = list(reversed(reader.history("Patient", plan.child_id)))
    if version not in map(_number, versions):
        raise ResourceNotFound
    children = [from_patient(one) for one in versions if _number(one) >= version]
    return any(is_named_anew(was, now) for was, now in pairwise(children))


def shares_as_now(reader: Reader, shares: Iterable[Share]) -> list[Share]:
    """Return shares in which the young person has the name of now: as a reader, and as who agreed."""
    return [
        _share_as_now(reader, one)
        if one.reader is ShareReader.YOUNG_PERSON or _is_theirs(one.child_id, one.consent, one.withdrawn)
        else one
        for one in shares
    ]


def refusals_as_now(reader: Reader, refusals: Iterable[Refusal]) -> list[Refusal]:
    """Return refusals in which the young person who said no, or took it back, has the name of now."""
    return [
        _refusal_as_now(reader, one) if _is_theirs(one.child_id, one.word, one.taken_back) else one
        for one in refusals
    ]


def _share_as_now(reader: Reader, share: Share) -> Share:
    name = _name_of_now(reader, share.child_id)
    return replace(
        share,
        reader_name=name if share.reader is ShareReader.YOUNG_PERSON else share.reader_name,
        consent=_said_by(share.consent, share.child_id, name),
        withdrawn=_said_by(share.withdrawn, share.child_id, name),
    )


def _refusal_as_now(reader: Reader, refusal: Refusal) -> Refusal:
    name = _name_of_now(reader, refusal.child_id)
    return replace(
        refusal,
        word=_said_by(refusal.word, refusal.child_id, name) or refusal.word,
        taken_back=_said_by(refusal.taken_back, refusal.child_id, name),
    )


def _is_theirs(child_id: str, *words: Word | None) -> bool:
    return any(word is not None and word.by == own_ref(child_id) for word in words)


def _said_by(word: Word | None, child_id: str, name: str) -> Word | None:
    return replace(word, by_name=name) if word and word.by == own_ref(child_id) else word


def _name_of_now(reader: Reader, child_id: str) -> str:
    return from_patient(reader.read("Patient", child_id)).name


def _number(version: dict) -> int:
    return int(version["meta"]["versionId"])


def _since(version: dict) -> datetime:
    return datetime.fromisoformat(version["meta"]["lastUpdated"])
