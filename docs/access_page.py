"""docs/access.md: every address, copy, command and feed, and who has it in which relation to the child."""

from collections.abc import Iterable, Iterator

from docs.access_commands import COMMANDS, FILES, MESSAGES
from docs.access_links import FOR_ANYBODY, PRINTED_BY_LINK, Link, answer_of
from docs.access_table import COPIES, Opens, opened_by
from docs.markdown import NOTE, table
from plans.places import Role
from plans.sharing import Reader
from portal.addresses import Address, addresses

PAGE = """\
# Who may open what

{note}

A test asks the running portal for each of these addresses, as each role and in each relation to the child,
with the same form wherever one is sent. What is not said here to open is not there (404), the same as an
address that never existed, and what is sent there changes nothing.

- **own**: the child's own practice, school or team, or the hospital that asked for the review; nothing is
  shared.
- **shared**: a live share with their place, or with a place that theirs covers while it is away.
- **ended**: a share that was stopped, a child who has left the practice for another, a school that other
  nurses look after now. Nothing opens in this relation.
- **other**: everything about the child is at other places. Nothing opens in this relation.
- **list**: an address that names nothing: it shows what their place has, and may be empty.

In an emergency, a clinician or a hospital opens a record that is not theirs with a reason, for some hours:
one page, and no other address of that child. The privacy lead of the child's own practice is told.

## Addresses of those who sign in

Whoever is not signed in is asked to sign in at each of them, whether there is such a thing or not.

{addresses}

## Copies of a plan on paper

Every copy is made from what its reader may see: what it does not print is not in the file either.

{copies}

## Links of those at home

What somebody finds who is past the door of their own link: the date of birth, the name, a code.

- **opens**: what they asked for.
- **card**: they are sent to the emergency card, which is all that they are given.
- **door**: they are asked for the date of birth, and told nothing.
- Nothing: the link does not work, the same as one that was barred, that expired or was never made.

{links}

## Addresses for anybody

None of them says the name of a child.

{anybody}

## Commands

Commands ask for no password: who may run them is the operator of the machine, who can read the whole store.
The audit names the operator as "system".

{commands}

## Files and messages

All else that leaves the portal. There is no calendar and no address of a FHIR API.

{files}

A message waits in the outbox until its carrier takes it.
None but a document for the child's GP practice names a child.

{messages}

Commands with `--json` hand on what they print: {with_json}.
"""
DOES = {True: "yes", False: ""}


def access_page() -> str:
    """Return the page."""
    every = addresses()
    return PAGE.format(
        note=NOTE,
        addresses=table(("Address", *_roles()), (_row(one) for one in every if one.roles is not None)),
        copies=table(("Copy", *_roles(), *(f"link of {one}" for one in PRINTED_BY_LINK)), _copies()),
        links=table(
            ("Address", *(f"{reader}, {link}" for reader in PRINTED_BY_LINK for link in Link)),
            (_by_link(one) for one in every if one.journey == "family"),
        ),
        anybody=table(
            ("Address", "What it shows"),
            ((_address(one), FOR_ANYBODY[one.endpoint]) for one in every if one.endpoint in FOR_ANYBODY),
        ),
        commands=table(("Command", "Reads or changes what is kept of", "In the audit"), _commands()),
        files=table(("Address", "Kind", "What is in it"), _files(every)),
        messages=table(("Carrier", "What it carries"), ((f"`{k}`", v) for k, v in MESSAGES.items())),
        with_json=", ".join(f"`{name}`" for name, command in COMMANDS.items() if command.as_json),
    )


def _roles() -> Iterator[str]:
    return (role.value for role in Role)


def _address(address: Address) -> str:
    return f"{address.method} `{address.rule}`"


def _row(address: Address) -> Iterator[str]:
    yield _address(address)
    for role in Role:
        if role not in (address.roles or ()):
            yield ""
        elif address.names_something:
            yield _in(opened_by(address.endpoint), role)
        else:
            yield "list"


def _in(row: Opens, role: Role) -> str:
    return ", ".join(sorted(row.get(role, ())))


def _copies() -> Iterator[Iterator[str]]:
    for copy, row in COPIES.items():
        by_link = ("own" if copy in theirs else "" for theirs in PRINTED_BY_LINK.values())
        yield iter((copy.value, *(_in(row, role) for role in Role), *by_link))


def _by_link(address: Address) -> Iterator[str]:
    yield _address(address)
    view = address.endpoint.partition(".")[2]
    yield from (answer_of(view, reader, link).value for reader in _readers() for link in Link)


def _readers() -> Iterable[Reader]:
    return PRINTED_BY_LINK


def _commands() -> Iterator[tuple[str, str, str]]:
    for name, command in COMMANDS.items():
        yield f"`{name}`", command.reads.value, DOES[command.audited]


def _files(every: list[Address]) -> Iterator[tuple[str, str, str]]:
    for one in every:
        if one.endpoint in FILES:
            kind, holds = FILES[one.endpoint]
            yield _address(one), kind, holds
