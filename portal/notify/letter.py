"""What a message says outside the house: whose it is, what to do, where to look; nothing about the child."""

from fhir.store.tables.outbox import Message

# What may leave. Whatever else a message in the outbox holds stays here.
LEAVES = ("id", "rung", "owner", "due", "about")


class NotCarried(Exception):
    """A carrier failed; the text says how, without an address or a word of the message. It is tried again."""


class NeverCarried(NotCarried):
    """A carrier will not take this message as it is, however often it is tried: a person must act."""


def letter(message: Message, url: str) -> dict[str, str]:
    """Return the message as it is sent; its link opens only for those who may see what it leads to.

    What is about no alert says in its body which `page` of ours it leads to.
    """
    said = {name: str(message.body[name]) for name in LEAVES}
    return said | {"link": f"{url}{message.body.get('page') or '/alerts/' + said['id']}"}
