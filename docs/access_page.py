"""docs/access.md: every address, and who may open it in which relation to the child."""

from collections.abc import Iterator

from docs.access_table import opened_by
from docs.markdown import NOTE, table
from plans.content import Copy
from plans.places import Role
from portal.addresses import Address, addresses
from portal.views.family.copies import COPIES
from portal.views.shared import COPY_FOR, SEE_THE_CARD

PAGE = """\
# Who may open what

{note}

A test asks the running portal for each of these addresses, as each role and in each relation to the child.
What is not said here to open is not there (404), the same as an address that never existed.

- **own**: the child's own practice, school or team, or the hospital that asked for the review; nothing is
  shared.
- **shared**: a live share with their place, or with a place that theirs covers while it is away.
- **ended**: a share that was stopped. Nothing opens in this relation.
- **other**: everything about the child is at other places. Nothing opens in this relation.
- **list**: an address that names nothing: it shows what their place has, and may be empty.

In an emergency, a clinician or a hospital opens a record that is not theirs with a reason, for some hours;
the privacy lead of the child's own practice is told.

## Addresses of those who sign in

{addresses}

## Addresses that need no account

{open}

## Copies of a plan

Every copy is made from what its reader may see: what it does not print is not in the file either.

{copies}

## Commands

Commands ask for no password: who may run them is who may run Puffin itself and read its store. Each leaves
its audit entry.
"""
OPEN = {
    "sign_in": "Signing in, and choosing a place.",
    "health": "Whether the portal and its worker are alive.",
    "copies": "The code on paper: whether this copy is the newest, and nothing else.",
    "family": "One person's own link: after the child's date of birth and a code sent to that person. "
    "An ended, a barred, an expired link and one that was never made look the same.",
    "phone": "The shell of a card that a family saved to its phone: it holds nothing by itself.",
}


def access_page() -> str:
    """Return the page."""
    every = addresses()
    opened = sorted({one.journey for one in every if one.roles is None})
    return PAGE.format(
        note=NOTE,
        addresses=table(
            ("Address", *(role.value for role in Role)), (_row(one) for one in every if one.roles is not None)
        ),
        open=table(("Journey", "What it shows"), ((f"`{name}`", OPEN[name]) for name in opened)),
        copies=table(("Who", "Copies"), _copies()),
    )


def _row(address: Address) -> Iterator[str]:
    yield f"{address.method} `{address.rule}`"
    for role in Role:
        if role not in (address.roles or ()):
            yield ""
        elif address.names_something:
            yield ", ".join(sorted(opened_by(address.endpoint).get(role, ())))
        else:
            yield "list"


def _copies() -> Iterator[tuple[str, str]]:
    yield Role.CLINICIAN.value, ", ".join(Copy)
    for role, copy in COPY_FOR.items():
        copies = dict.fromkeys([copy, *([Copy.EMERGENCY] if role in SEE_THE_CARD else [])])
        yield role.value, ", ".join(copies)
    yield "a family's link", ", ".join(COPIES.values())
