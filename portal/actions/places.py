"""Places and teams: found by their code, and kept where the code is new."""

import re
import uuid
from dataclasses import replace

from fhir.codes import ODS_CODE
from fhir.organization import from_organization, to_organization
from fhir.store import Reader, Write
from plans.errors import PuffinError
from plans.places import Organisation, OrganisationKind

CODE = re.compile(r"[A-Z0-9]{2,12}")


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


def by_code(reader: Reader, code: str) -> Organisation | None:
    """Return the place with this code, None where none is kept; raises CodeInvalid."""
    if not CODE.fullmatch(code):
        raise CodeInvalid
    found = reader.search("Organization", identifier=f"{ODS_CODE}|{code}")
    return from_organization(found[0]) if found else None


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
