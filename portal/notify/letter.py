"""What a message says outside the house: whose it is, what to do, where to look; nothing about the child."""

from fhir.store.tables.outbox import Message

# What may leave. Whatever else a message in the outbox holds stays here.
LEAVES = ("id", "rung", "owner", "due", "about")


class NotCarried(Exception):
    """A carrier failed; the text says how, without an address or a word of the message."""


def letter(message: Message, url: str) -> dict[str, str]:
    """Return the message as it is sent; its link opens only for those who may see the alert."""
    said = {name: str(message.body[name]) for name in LEAVES}
    return said | {"link": f"{url}/alerts/{message.key}"}
