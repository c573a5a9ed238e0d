"""What carries a message out of the house, chosen by the settings."""

from collections.abc import Mapping
from typing import Protocol

from fhir.store.tables.outbox import Message
from portal.actions.alerts import CARRIER
from portal.notify.console import Console
from portal.notify.webhook import Webhook
from portal.settings import Settings


class Carrier(Protocol):
    def carry(self, message: Message) -> None:
        """Hand the message over; raises NotCarried where that failed."""


def carriers(settings: Settings) -> Mapping[str, Carrier]:
    """Return the carrier of each kind of message: a webhook where one is set, else the log of the worker."""
    if settings.webhook_url:
        return {CARRIER: Webhook(settings.webhook_url, settings.url)}
    return {CARRIER: Console(settings.url)}
