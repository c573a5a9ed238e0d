"""Who is barred: by Consents that came with the record, and by those that the practice recorded."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from fhir.bar import from_bar_consent, is_bar, to_bar_consent
from fhir.codes import extension, extension_value, id_in
from fhir.intake.elements import day_of
from fhir.provisions import DENY, PERMIT, named
from fhir.refusal import is_refusal
from fhir.store import Reader, Write
from fhir.store.errors import ResourceNotFound
from fhir.store.moments import moment, moment_text
from plans.bar import Bar
from plans.similar_names import is_same_name


def bars_of(reader: Reader, child_id: str) -> list[Bar]:
    """Return every bar that the practice recorded for a child, the newest first, those lifted too."""
    consents = reader.search("Consent", patient=f"Patient/{child_id}")
    return [from_bar_consent(one) for one in consents if is_bar(one)]


def bar(reader: Reader, child_id: str, id: str) -> Bar:
    """Return one bar that the practice recorded for this child; raises ResourceNotFound."""
    found = next((one for one in bars_of(reader, child_id) if one.id == id), None)
    if found is None:
        raise ResourceNotFound
    return found


def keep(write: Write, new: Bar) -> None:
    """Keep a new bar; the audit is the caller's."""
    write.create(to_bar_consent(new))


def keep_lifted(write: Write, lifted: Bar) -> None:
    """Keep that a bar was lifted; the audit is the caller's."""
    kept = write.read("Consent", lifted.id)
    write.update(to_bar_consent(lifted), if_match=kept["meta"]["versionId"])


def barred_names(reader: Reader, child_id: str) -> list[str]:
    """Return the names that the practice bars from a child's plan now."""
    return [one.name for one in bars_of(reader, child_id) if one.holds]


def is_among(names: Iterable[str], name: str) -> bool:
    """Return whether a name is one of these, however it is written."""
    return any(is_same_name(one, name) for one in names)


def bars_by_name(reader: Reader, child_id: str) -> list[tuple[str, datetime]]:
    """Return each name that the practice bars from a child's plan now, with when it was recorded."""
    return [(one.name, one.at) for one in bars_of(reader, child_id) if one.holds]


def told_apart(person: dict, because: str, at: datetime) -> dict:
    """Return a RelatedPerson as somebody else than those of the same name who are barred by then, and why."""
    said = [
        {"url": extension("told-apart-because"), "valueString": because},
        {"url": extension("told-apart-at"), "valueDateTime": moment_text(at)},
    ]
    return person | {"extension": [*person.get("extension", ()), *said]}


def told_apart_at(person: dict) -> datetime | None:
    """Return when a clinician said that a RelatedPerson only has the name of one who is barred.

    A bar that is recorded later meets them: nobody has said that it means another person.
    """
    at = extension_value(person, "told-apart-at", "valueDateTime")
    return moment(str(at)) if at else None


def barred_ids(reader: Reader, child_id: str) -> Mapping[str, datetime]:
    """Return the ids of those whom a Consent in force denies the child's information, and since when here.

    A court order counts whatever else was permitted. A young person's own denial counts as much, unless they
    permit the same reader no earlier: then it keeps back a topic. A share made here permits nothing of the
    kind, or whoever has a link could never be barred.
    """
    found = reader.search("Consent", patient=f"Patient/{child_id}", status="active")
    # A no to sharing that was recorded here bars nobody: it is answered where the plan is shared.
    consents = [one for one in found if not is_refusal(one)]
    own = [consent for consent in consents if _is_own(consent, child_id)]
    denied = ((id, consent) for consent in consents for id in named(consent, DENY))
    holding = ((id, one) for id, one in denied if one not in own or not _is_permitted(id, own, one))
    since: dict[str, datetime] = {}
    for id, consent in holding:
        kept_at = moment(consent["meta"]["lastUpdated"])
        since[id] = max(kept_at, since.get(id, kept_at))
    return since


def _is_own(consent: dict, child_id: str) -> bool:
    """Return whether the child decided this, and nobody else with them."""
    deciders = {id_in(one) for one in consent.get("performer", ())}
    return deciders == {child_id}


def _is_permitted(id: str, own: Sequence[dict], denial: dict) -> bool:
    return any(id in named(consent, PERMIT) and _is_no_earlier(consent, denial) for consent in own)


def _is_no_earlier(permission: dict, denial: dict) -> bool:
    """Return whether a permission was surely given on or after the day of a denial."""
    permitted, denied = day_of(permission.get("dateTime")), day_of(denial.get("dateTime"))
    return permitted is not None and denied is not None and permitted.first >= denied.last
