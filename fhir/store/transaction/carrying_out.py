"""A FHIR R4 transaction inside an open write: all of its entries are done, or nothing of it is kept.

Its conditions are asked first, then what is kept is changed, what is new is added, and what is to be read
is read last. FHIR adds before it changes, and wants that no order shows. Here changes come first, because a
child has one live plan: so one transaction can end a plan and add the next. Conditions are asked again at the
end.
"""

from typing import TYPE_CHECKING

from fhir.store.errors import ResourceNotFound
from fhir.store.search.queries import parameters_in
from fhir.store.transaction.entries import Entry, Method, blaming, read_entries
from fhir.store.transaction.errors import PointsNowhere, SeveralMatch, VersionNotNamed
from fhir.store.transaction.homes import Home, finder, homes_of
from fhir.store.transaction.references import HERE, Place, References, references_in

if TYPE_CHECKING:
    from fhir.store.store import Write


LAST = frozenset({"Provenance"})  # the store looks up whose record it is by what it tells of


def carry_out(write: "Write", bundle: dict) -> dict:
    """Do a transaction Bundle and return its transaction-response, entry for entry.

    Audit is the caller's. Raises NotATransaction, and EntryRefused with the number and the fault of an entry.
    """
    entries = read_entries(bundle)
    with write.db.atomic():
        homes = homes_of(write, entries)
        answers = _written(write, homes)
        for entry in entries:
            if entry.method is Method.GET:
                with blaming(entry.number):
                    answers[entry.number] = _read(write, entry)
    answered = [answers[entry.number] for entry in entries]
    response = {"resourceType": "Bundle", "type": "transaction-response"}
    return response | ({"entry": answered} if answered else {})


def _written(write: "Write", homes: list[Home]) -> dict[int, dict]:
    """Write what is to be written; return the answer to each entry, by its number."""
    references = References(_places(homes), finder(write, homes))
    settled = {}
    for home in homes:
        with blaming(home.entry.number):
            settled[home.entry.number] = references.settled(home.entry)
    answers = {}
    for home in sorted(homes, key=lambda each: (each.type in LAST, each.former is None)):
        with blaming(home.entry.number):
            answers[home.entry.number] = _answer(
                home, _keep(write, home, settled[home.entry.number].resource)
            )
    for home in homes:
        with blaming(home.entry.number):
            _must_hold_still(write, home, settled[home.entry.number].needed)
    return answers


def _places(homes: list[Home]) -> dict[str, Place]:
    return {
        home.entry.full_url: Place(f"{home.type}/{home.id}", home.entry.method is Method.PUT)
        for home in homes
        if home.entry.full_url
    }


def _keep(write: "Write", home: Home, resource: dict) -> dict:
    if home.former is not None and not home.is_written:
        return home.former
    if home.former is not None:
        if not home.entry.if_match:
            raise VersionNotNamed
        return write.update(resource, if_match=home.entry.if_match)
    if home.entry.if_match:
        raise ResourceNotFound
    return write.create(resource | {"id": home.id})


def _must_hold_still(write: "Write", home: Home, needed: frozenset[str]) -> None:
    """Refuse what points nowhere, unless it did before, and what is now there twice."""
    if home.is_written:
        for reference in sorted(needed - set(references_in(home.former))):
            _must_be_kept(write, reference)
    condition = home.entry.if_none_exist
    if condition and write.count(home.type, **parameters_in(condition)) > 1:
        raise SeveralMatch(home.type)


def _must_be_kept(write: "Write", reference: str) -> None:
    found = HERE.fullmatch(reference)
    try:
        if found and found["version"]:
            write.vread_text(found["type"], found["id"], found["version"])
        elif found:
            write.read_text(found["type"], found["id"])
    except ResourceNotFound:
        raise PointsNowhere from None


def _read(write: "Write", entry: Entry) -> dict:
    if entry.id:
        kept = (
            write.vread(entry.type, entry.id, entry.version)
            if entry.version
            else write.read(entry.type, entry.id)
        )
        return {"resource": kept, "response": _said("200 OK", kept)}
    asked = parameters_in(entry.query)
    found = [{"resource": one, "search": {"mode": "match"}} for one in write.search(entry.type, **asked)]
    results = {"resourceType": "Bundle", "type": "searchset", "total": write.count(entry.type, **asked)}
    return {"resource": results | ({"entry": found} if found else {}), "response": {"status": "200 OK"}}


def _answer(home: Home, kept: dict) -> dict:
    return {"response": _said("200 OK" if home.former else "201 Created", kept)}


def _said(status: str, kept: dict) -> dict:
    version = kept["meta"]["versionId"]
    return {
        "status": status,
        "location": f"{kept['resourceType']}/{kept['id']}/_history/{version}",
        "etag": f'W/"{version}"',
        "lastModified": kept["meta"]["lastUpdated"],
    }
