"""Where no carrier is set: each message is a line in the worker's log, and stands in the portal."""

import logging

from fhir.store.tables.outbox import Message
from portal.notify.letter import letter

logger = logging.getLogger(__name__)


class Console:
    """Says each message in the log."""

    def __init__(self, url: str) -> None:
        self.url = url

    def carry(self, message: Message) -> None:
        said = letter(message, self.url)
        logger.info("Alert for %s: %s %s", said["owner"], said["about"], said["link"])
