"""What carries a message to somebody at home: a service that sends texts and e-mails, in a demo the log."""

import logging

import requests

from fhir.store.tables.outbox import Message
from portal.notify.letter import NotCarried
from portal.notify.webhook import SECONDS

logger = logging.getLogger(__name__)


class Messages:
    """Posts to the service at `address`: whom to reach, "phone" or "email", and the words."""

    def __init__(self, address: str) -> None:
        self.address = address

    def carry(self, message: Message) -> None:
        """Post the message; a redirect is not followed. Raises NotCarried for any answer but a 2xx."""
        try:
            answer = requests.post(
                self.address,
                json={"to": message.recipient, "way": message.body["way"], "text": message.secret},
                headers={"Idempotency-Key": message.key},
                timeout=SECONDS,
                allow_redirects=False,
            )
        except requests.RequestException as error:
            raise NotCarried(type(error).__name__) from None  # its text holds the address
        if not 200 <= answer.status_code < 300:
            raise NotCarried(f"answered {answer.status_code}")


class DemoLog:
    """Says each message in the log: only in a demo, where everybody is invented."""

    def carry(self, message: Message) -> None:
        logger.info("Message to %s: %s", message.recipient, message.secret)


class Nowhere:
    """Where nothing is set that sends messages: each waits until it is too late, and is forgotten."""

    def carry(self, message: Message) -> None:  # noqa: ARG002 (every carrier is asked the same way)
        raise NotCarried("nothing is set up that sends to families")
