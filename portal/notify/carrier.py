"""What carries a message out of the house, chosen by the settings."""

from collections.abc import Mapping
from typing import Protocol

from fhir.store.tables.outbox import Message
from portal.actions.alerts import CARRIER
from portal.actions.family import one_time_code as family_code
from portal.notify.console import Console
from portal.notify.to_family import DemoLog, Messages, Nowhere
from portal.notify.webhook import Webhook
from portal.settings import Settings


class Carrier(Protocol):
    def carry(self, message: Message) -> None:
        """Hand the message over; raises NotCarried where that failed."""


def carriers(settings: Settings, *, is_demo: bool = False) -> Mapping[str, Carrier]:
    """Return the carrier of each kind of message: a webhook where one is set, else the log of the worker.

    What is for somebody at home is never in a log, but in a demo, where everybody is invented.
    """
    to_teams = Webhook(settings.webhook_url, settings.url) if settings.webhook_url else Console(settings.url)
    return {CARRIER: to_teams, family_code.CARRIER: _to_family(settings, is_demo=is_demo)}


def _to_family(settings: Settings, *, is_demo: bool) -> Carrier:
    if settings.messages_url:
        return Messages(settings.messages_url)
    return DemoLog() if is_demo else Nowhere()
