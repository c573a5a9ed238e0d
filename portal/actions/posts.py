"""Posts: one person's work at one place, begun and ended; who has several chooses one when signing in."""

import uuid
from datetime import datetime

from fhir.kept_people import organisation, professional
from fhir.practitioner import to_practitioner_role
from fhir.store import Reader, Store, Write
from fhir.store.tables import posts
from fhir.store.tables.accounts import Account
from fhir.store.tables.posts import Post
from plans.errors import PuffinError
from plans.people import Professional
from plans.places import WORKS_IN, Organisation, OrganisationKind, Role
from portal.actions.places import find_or_make
from portal.person import Person


class NameMissing(PuffinError):
    def __init__(self, what: str) -> None:
        super().__init__(f"Say the {what}: it is printed on plans.")


class NotPrintable(PuffinError):
    def __init__(self, what: str) -> None:
        super().__init__(
            f"Write the {what} on one line, in letters, digits and signs: it is printed on plans."
        )


class RoleDoesNotFit(PuffinError):
    def __init__(self, role: Role) -> None:
        kinds = " or ".join(WORKS_IN[role])
        super().__init__(f"A {role} works in a {kinds}. Choose another role or another organisation.")


class PostTaken(PuffinError):
    def __init__(self) -> None:
        super().__init__("This person has this role there already. `user list` shows what everybody does.")


class PostNotFound(PuffinError):
    def __init__(self) -> None:
        super().__init__("This person has no such role there. `user list` shows what everybody does.")


def must_be_printable(*, name: str, job: str, organisation: str, phone: str) -> None:
    """Raise NameMissing or NotPrintable for what could not be printed of a person and their place."""
    for what, said in (("name", name), ("job", job)):
        if not said.strip():
            raise NameMissing(what)
    printed = {"name": name, "job": job, "organisation": organisation, "phone": phone}
    for what, said in printed.items():
        if not said.isprintable():
            raise NotPrintable(what)


def must_fit(role: Role, kind: OrganisationKind) -> None:
    """Raise RoleDoesNotFit where nobody works as this in a place of that kind."""
    if kind not in WORKS_IN[role]:
        raise RoleDoesNotFit(role)


def add_post(
    store: Store, account: Account, role: Role, job: str, place: Organisation, *, by: str, at: datetime
) -> Person:
    """Let somebody work in one more place; return who they are there.

    Raises NameMissing, NotPrintable, CodeInvalid, RoleDoesNotFit, OrganisationUnknown,
    OrganisationOfAnotherKind and PostTaken; then nothing is kept.
    """
    must_be_printable(name=account.display_name, job=job, organisation=place.name, phone=place.phone)
    must_fit(role, place.kind)
    with store.write(by=by, at=at) as write:
        home = find_or_make(write, place)
        if _found(write, account, role, home):
            raise PostTaken
        who = Professional(account.practitioner_id or "", account.display_name, job.strip(), home.id)
        return begin_post(write, account, who, role)


def end_post(
    store: Store, account: Account, role: Role, place: Organisation, *, by: str, at: datetime
) -> None:
    """Let somebody work in this place no more, from their next click on; raises PostNotFound."""
    with store.write(by=by, at=at) as write:
        post = _found(write, account, role, place)
        if post is None:
            raise PostNotFound
        _end(write, post)


def let_lead(
    store: Store, account: Account, role: Role, place: Organisation, *, leads: bool, by: str, at: datetime
) -> None:
    """Keep whether somebody leads the team of this place; raises PostNotFound."""
    with store.write(by=by, at=at) as write:
        post = _found(write, account, role, place)
        if post is None:
            raise PostNotFound
        posts.lead(write, post.id, leads=leads)
        detail = "lead the team" if leads else "no longer lead the team"
        write.audit("U", what=f"PractitionerRole/{post.id}", detail=detail)


def begin_post(write: Write, account: Account, who: Professional, role: Role) -> Person:
    """Keep a post and its PractitionerRole with their audit, and return who somebody is in it."""
    post = posts.add(write, posts.NewPost(str(uuid.uuid4()), account.id, role, who.organisation_id))
    write.create(to_practitioner_role(who, id=post.id))
    write.audit("C", what=f"PractitionerRole/{post.id}", detail="begin a post")
    return person_in(write, account, post)


def end_posts(write: Write, account: Account) -> None:
    """End every post of an account, with their audit."""
    for post in live_posts(write, account.id):
        _end(write, post)


def live_posts(reader: Reader, account_id: str) -> list[Post]:
    """Return the posts that somebody has now, the first one first."""
    return [post for post in posts.of_account(reader, account_id) if post.ended_at is None]


def person_in(reader: Reader, account: Account, post: Post) -> Person:
    """Return who somebody is in one of their posts."""
    who = professional(reader, account.practitioner_id or "", post.id)
    home = organisation(reader, post.organisation_id)
    return Person(
        account_id=account.id,
        username=account.username,
        name=who.name,
        job=who.job,
        role=Role(post.role),
        practitioner_id=who.id,
        organisation_id=home.id,
        organisation_name=home.name,
        post_id=post.id,
        leads=post.leads,
    )


def _found(reader: Reader, account: Account, role: Role, place: Organisation) -> Post | None:
    mine = live_posts(reader, account.id)
    return next((one for one in mine if one.organisation_id == place.id and one.role == role), None)


def _end(write: Write, post: Post) -> None:
    posts.end(write, post.id)
    role = write.read("PractitionerRole", post.id)
    write.update(role | {"active": False}, if_match=role["meta"]["versionId"])
    write.audit("U", what=f"PractitionerRole/{post.id}", detail="end a post")
