"""Accounts: who may sign in, for which organisation; added and stopped by whoever runs Puffin."""

import re
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from fhir.codes import ODS_CODE
from fhir.kept_people import organisation, professional
from fhir.organization import from_organization, to_organization
from fhir.practitioner import to_practitioner
from fhir.store import Reader, Store, Write
from fhir.store.errors import ResourceNotFound
from fhir.store.tables import accounts
from fhir.store.tables.accounts import Account
from plans.errors import PuffinError
from plans.people import Organisation, OrganisationKind, Professional, Role
from portal.passwords import hash_of
from portal.person import Person

USERNAME = re.compile(r"[a-z0-9][a-z0-9._@-]{1,63}")
CODE = re.compile(r"[A-Z0-9]{2,12}")
USUAL_KIND: Mapping[Role, OrganisationKind] = {
    Role.CLINICIAN: OrganisationKind.PRACTICE,
    Role.SCHOOL_NURSE: OrganisationKind.SCHOOL,
    Role.HOSPITAL: OrganisationKind.HOSPITAL,
}


class UsernameInvalid(PuffinError):
    def __init__(self) -> None:
        super().__init__("Use 2 to 64 small letters, digits, dots, dashes or @ for the username.")


class NameMissing(PuffinError):
    def __init__(self, what: str) -> None:
        super().__init__(f"Say the {what}: it is printed on plans.")


class NotPrintable(PuffinError):
    def __init__(self, what: str) -> None:
        super().__init__(
            f"Write the {what} on one line, in letters, digits and signs: it is printed on plans."
        )


class CodeInvalid(PuffinError):
    def __init__(self) -> None:
        super().__init__("Use the organisation's ODS or school code: 2 to 12 capital letters and digits.")


class OrganisationUnknown(PuffinError):
    def __init__(self) -> None:
        super().__init__(
            "No organisation with this code is kept here yet, so say its name too with --organisation."
        )


class OrganisationOfAnotherKind(PuffinError):
    def __init__(self, kind: OrganisationKind) -> None:
        super().__init__(f"The organisation with this code is kept as a {kind}. Check the code and the kind.")


class AccountNotFound(PuffinError):
    def __init__(self) -> None:
        super().__init__("Nobody signs in with this username. `user list` shows who does.")


@dataclass(frozen=True)
class NewAccount:
    """Somebody to be added. `organisation` has no id yet, nor needs a name where its code is kept already."""

    username: str
    name: str
    job: str
    role: Role
    organisation: Organisation
    demo: bool = False


@dataclass(frozen=True)
class ListedAccount:
    """An account as a list shows it."""

    username: str
    name: str
    role: str
    organisation: str
    active: bool


def usual_kind(role: Role) -> OrganisationKind:
    """Return the kind of organisation that people of this role mostly work for."""
    return USUAL_KIND[role]


def add_account(store: Store, new: NewAccount, password: str, *, by: str, at: datetime) -> Person:
    """Keep an account, its Practitioner, and its Organization where the code is new; return who it is.

    Raises UsernameInvalid, NameMissing, NotPrintable, CodeInvalid, OrganisationUnknown,
    OrganisationOfAnotherKind, PasswordNotGoodEnough and UsernameTaken; then nothing is kept.
    """
    _check(new)
    password_hash = hash_of(password, username=new.username)
    with store.write(by=by, at=at) as write:
        home = _find_or_make(write, new.organisation)
        person = Professional(str(uuid.uuid4()), new.name.strip(), new.job.strip(), home.id)
        for resource in to_practitioner(person):
            write.create(resource)
        kept = accounts.NewAccount(
            new.username, person.name, new.role, password_hash, person.id, home.id, demo=new.demo
        )
        account = accounts.add(write, kept)
        write.audit("C", what=f"Practitioner/{person.id}", detail="add account")
        return _person(write, account)


def stop_account(store: Store, username: str, *, by: str, at: datetime) -> None:
    """Let somebody sign in no more and end their sessions; raises AccountNotFound."""
    account = accounts.by_username(store, username)
    if account is None:
        raise AccountNotFound
    with store.write(by=by, at=at) as write:
        accounts.stop(write, account.id)
        write.audit("U", what=f"Practitioner/{account.practitioner_id}", detail="stop account")


def all_accounts(store: Store) -> list[ListedAccount]:
    """Return every account by username, the stopped ones too."""
    return [
        ListedAccount(
            account.username,
            account.display_name,
            account.role,
            organisation(store, account.organisation_id or "").name,
            active=account.stopped_at is None,
        )
        for account in accounts.all_accounts(store)
    ]


def person_of(store: Store, account_id: str) -> Person | None:
    """Return who has this account, None once it was stopped."""
    try:
        account = accounts.by_id(store, account_id)
    except ResourceNotFound:
        return None
    return _person(store, account) if account.stopped_at is None else None


def _person(reader: Reader, account: Account) -> Person:
    who = professional(reader, account.practitioner_id or "")
    home = organisation(reader, account.organisation_id or "")
    return Person(
        account.id, account.username, who.name, who.job, Role(account.role), who.id, home.id, home.name
    )


def _check(new: NewAccount) -> None:
    if not USERNAME.fullmatch(new.username):
        raise UsernameInvalid
    for what, said in (("name", new.name), ("job", new.job)):
        if not said.strip():
            raise NameMissing(what)
    place = new.organisation
    printed = {"name": new.name, "job": new.job, "organisation": place.name, "phone": place.phone}
    for what, said in printed.items():
        if not said.isprintable():
            raise NotPrintable(what)
    if not CODE.fullmatch(new.organisation.code):
        raise CodeInvalid


def _find_or_make(write: Write, wanted: Organisation) -> Organisation:
    found = write.search("Organization", identifier=f"{ODS_CODE}|{wanted.code}")
    if found:
        kept = from_organization(found[0])
        if kept.kind is not wanted.kind:
            raise OrganisationOfAnotherKind(kept.kind)
        return kept
    if not wanted.name.strip():
        raise OrganisationUnknown
    made = replace(wanted, id=str(uuid.uuid4()), name=wanted.name.strip())
    write.create(to_organization(made))
    write.audit("C", what=f"Organization/{made.id}", detail="add organisation")
    return made
