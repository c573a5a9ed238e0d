"""The mailbox that a whole team reads: one e-mail address, entered by a person."""

import re

from plans.errors import PuffinError

LONGEST = 254  # characters. Source: RFC 5321, 4.5.3.1.3
ADDRESS = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+")


class MailboxInvalid(PuffinError):
    def __init__(self) -> None:
        super().__init__(
            "Write one e-mail address that the whole team reads, such as asthma.team@example.org, "
            "or leave it empty."
        )


def checked_mailbox(text: str) -> str:
    """Return an address without the space around it, "" for none; raises MailboxInvalid."""
    address = text.strip()
    if address and not is_address(address):
        raise MailboxInvalid
    return address


def is_address(text: str) -> bool:
    """Return whether this is one e-mail address and nothing else."""
    return len(text) <= LONGEST and bool(ADDRESS.fullmatch(text))
