"""Places and teams: found by their code, and kept where the code is new."""

import re
import uuid
from dataclasses import replace
from datetime import datetime

from fhir.codes import ODS_CODE
from fhir.organization import from_organization, to_organization
from fhir.store import Reader, Store, Write
from plans.errors import PuffinError
from plans.places import Organisation, OrganisationKind
from portal.actions.moves.other_nurses import end_for_former

CODE = re.compile(r"[A-Z0-9]{2,12}")
# What is typed by hand is held closer. A school's URN, or its ODS code, which is EE and the URN: tag U.
SCHOOL_CODE = re.compile(r"(EE)?\d{6}")
ODS_SHAPE = re.compile(r"[A-Z0-9]{3,8}")  # tag U


class CodeInvalid(PuffinError):
    def __init__(self) -> None:
        super().__init__("Use the organisation's ODS or school code: 2 to 12 capital letters and digits.")


class OrganisationUnknown(PuffinError):
    def __init__(self) -> None:
        super().__init__(
            "No organisation with this code is kept here yet, so say its name too with --organisation."
        )


class OrganisationNotFound(PuffinError):
    def __init__(self) -> None:
        super().__init__("No organisation with this code is kept here. Check the code.")


class OrganisationOfAnotherKind(PuffinError):
    def __init__(self, kind: OrganisationKind) -> None:
        super().__init__(f"The organisation with this code is kept as a {kind}. Check the code and the kind.")


class SchoolCodeInvalid(PuffinError):
    def __init__(self) -> None:
        super().__init__("A school has a URN of 6 digits, or its ODS code: EE and the URN.")


class OdsCodeInvalid(PuffinError):
    def __init__(self) -> None:
        super().__init__("An ODS code has 3 to 8 capital letters and digits, such as Y99901.")


class NameNotPrintable(PuffinError):
    def __init__(self) -> None:
        super().__init__("Write the name and the phone number on one line, in letters, digits and signs.")


class PlaceKeptAlready(PuffinError):
    def __init__(self) -> None:
        super().__init__("A place with this code is kept already under another name or kind.")


class NotASchoolAndItsTeam(PuffinError):
    def __init__(self) -> None:
        super().__init__("Give the code of a school first, and then that of a nursing team.")


def by_code(reader: Reader, code: str) -> Organisation | None:
    """Return the place with this code, None where none is kept; raises CodeInvalid."""
    if not CODE.fullmatch(code):
        raise CodeInvalid
    found = reader.search("Organization", identifier=f"{ODS_CODE}|{code}")
    return from_organization(found[0]) if found else None


def kept_by_code(reader: Reader, code: str) -> Organisation:
    """Return the place with this code; raises CodeInvalid and OrganisationNotFound."""
    found = by_code(reader, code)
    if found is None:
        raise OrganisationNotFound
    return found


def find_or_make(write: Write, wanted: Organisation) -> Organisation:
    """Return the place with the code of `wanted`, which is kept if it is new; the audit of that with it.

    Raises CodeInvalid, OrganisationOfAnotherKind, and OrganisationUnknown for a new one without a name.
    """
    kept = by_code(write, wanted.code)
    if kept:
        if kept.kind is not wanted.kind:
            raise OrganisationOfAnotherKind(kept.kind)
        return kept
    if not wanted.name.strip():
        raise OrganisationUnknown
    made = replace(wanted, id=str(uuid.uuid4()), name=wanted.name.strip())
    write.create(to_organization(made))
    write.audit("C", what=f"Organization/{made.id}", detail="add organisation")
    return made


def add_place(store: Store, wanted: Organisation, team_code: str = "", *, by: str, at: datetime) -> bool:
    """Keep a place where nobody signs in yet; return whether it is new. The same again changes nothing.

    `team_code` is that of the nursing team that looks after a school. Raises SchoolCodeInvalid,
    OdsCodeInvalid, NameNotPrintable, OrganisationUnknown, PlaceKeptAlready, OrganisationNotFound and
    NotASchoolAndItsTeam; then nothing is kept.
    """
    _must_be_whole(wanted)
    with store.write(by=by, at=at) as write:
        kept = _kept(write, wanted)
        if kept and (kept.kind, kept.name) != (wanted.kind, wanted.name.strip()):
            raise PlaceKeptAlready
        place = kept or find_or_make(write, wanted)
        if team_code:
            _look_after(write, place, kept_by_code(write, team_code))
    return kept is None


def set_nurses(store: Store, school_code: str, team_code: str, *, by: str, at: datetime) -> None:
    """Keep which nursing team looks after a school; a former one loses the plans of the children there.

    Raises OrganisationNotFound and NotASchoolAndItsTeam.
    """
    with store.write(by=by, at=at) as write:
        _look_after(write, kept_by_code(write, school_code), kept_by_code(write, team_code))


def all_places(reader: Reader) -> list[Organisation]:
    """Return every place that is kept here, by kind and name."""
    places = [from_organization(one) for one in reader.search("Organization")]
    return sorted(places, key=lambda one: (one.kind, one.name.casefold(), one.code))


def _must_be_whole(wanted: Organisation) -> None:
    if wanted.kind is OrganisationKind.SCHOOL and not SCHOOL_CODE.fullmatch(wanted.code):
        raise SchoolCodeInvalid
    if not ODS_SHAPE.fullmatch(wanted.code):
        raise OdsCodeInvalid
    if not (wanted.name.isprintable() and wanted.phone.isprintable()):
        raise NameNotPrintable


def _kept(reader: Reader, wanted: Organisation) -> Organisation | None:
    """Return the place as it is kept, a school under either of its two codes."""
    if wanted.kind is not OrganisationKind.SCHOOL:
        return by_code(reader, wanted.code)
    urn = wanted.code.removeprefix("EE")
    return by_code(reader, urn) or by_code(reader, f"EE{urn}")


def _look_after(write: Write, school: Organisation, team: Organisation) -> None:
    if (school.kind, team.kind) != (OrganisationKind.SCHOOL, OrganisationKind.NURSING_TEAM):
        raise NotASchoolAndItsTeam
    if school.nursing_team_id == team.id:
        return
    kept = write.read("Organization", school.id)
    said = to_organization(replace(school, nursing_team_id=team.id))["extension"]
    others = [one for one in kept.get("extension", ()) if one["url"] != said[0]["url"]]
    write.update(kept | {"extension": [*others, *said]}, if_match=kept["meta"]["versionId"])
    write.audit("U", what=f"Organization/{school.id}", detail="keep which nursing team looks after a school")
    if school.nursing_team_id:
        end_for_former(write, school, team)
