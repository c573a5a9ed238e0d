"""Accounts: who may sign in, and in which posts; added and stopped by whoever runs Puffin."""

import re
import uuid
from dataclasses import dataclass
from datetime import datetime

from fhir.kept_people import organisation
from fhir.practitioner import to_practitioner
from fhir.store import Store
from fhir.store.errors import ResourceNotFound
from fhir.store.tables import accounts, posts
from fhir.store.tables.accounts import Account
from plans.errors import PuffinError
from plans.people import Professional
from plans.places import Organisation, Role
from portal.actions.places import find_or_make
from portal.actions.posts import begin_post, end_posts, live_posts, must_be_printable, must_fit, person_in
from portal.passwords import hash_of
from portal.person import Person

USERNAME = re.compile(r"[a-z0-9][a-z0-9._@-]{1,63}")


class UsernameInvalid(PuffinError):
    def __init__(self) -> None:
        super().__init__("Use 2 to 64 small letters, digits, dots, dashes or @ for the username.")


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
    """One post of an account as a list shows it; `active` where somebody may sign in to it."""

    username: str
    name: str
    role: str
    organisation: str
    leads: bool
    active: bool


def add_account(store: Store, new: NewAccount, password: str, *, by: str, at: datetime) -> Person:
    """Keep an account with its first post, and its Organization where the code is new; return who it is.

    Raises UsernameInvalid, NameMissing, NotPrintable, CodeInvalid, RoleDoesNotFit, OrganisationUnknown,
    OrganisationOfAnotherKind, PasswordNotGoodEnough and UsernameTaken; then nothing is kept.
    """
    if not USERNAME.fullmatch(new.username):
        raise UsernameInvalid
    place = new.organisation
    must_be_printable(name=new.name, job=new.job, organisation=place.name, phone=place.phone)
    must_fit(new.role, place.kind)
    password_hash = hash_of(password, username=new.username)
    with store.write(by=by, at=at) as write:
        home = find_or_make(write, place)
        person = Professional(str(uuid.uuid4()), new.name.strip(), new.job.strip(), home.id)
        write.create(to_practitioner(person))
        kept = accounts.NewAccount(new.username, person.name, password_hash, person.id, demo=new.demo)
        account = accounts.add(write, kept)
        write.audit("C", what=f"Practitioner/{person.id}", detail="add account")
        return begin_post(write, account, person, new.role)


def stop_account(store: Store, username: str, *, by: str, at: datetime) -> None:
    """Let somebody sign in no more and end their posts and sessions; raises AccountNotFound."""
    account = account_of(store, username)
    with store.write(by=by, at=at) as write:
        accounts.stop(write, account.id)
        end_posts(write, account)
        write.audit("U", what=f"Practitioner/{account.practitioner_id}", detail="stop account")


def account_of(store: Store, username: str) -> Account:
    """Return the account of a user name, stopped or not; raises AccountNotFound."""
    account = accounts.by_username(store, username)
    if account is None:
        raise AccountNotFound
    return account


def all_accounts(store: Store) -> list[ListedAccount]:
    """Return every post of every account by username, those that have ended too."""
    return [
        ListedAccount(
            account.username,
            account.display_name,
            post.role,
            organisation(store, post.organisation_id).name,
            post.leads,
            active=account.stopped_at is None and post.ended_at is None,
        )
        for account in accounts.all_accounts(store)
        for post in posts.of_account(store, account.id)
    ]


def people_of(store: Store, account_id: str) -> list[Person]:
    """Return who somebody may be here, one for each of their posts; nobody once the account was stopped."""
    try:
        account = accounts.by_id(store, account_id)
    except ResourceNotFound:
        return []
    if account.stopped_at is not None:
        return []
    return [person_in(store, account, post) for post in live_posts(store, account_id)]
