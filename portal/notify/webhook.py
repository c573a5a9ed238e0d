"""A webhook: each message is posted as JSON to one address, such as a pager or a chat of the team."""

import requests

from fhir.store.tables.outbox import Message
from portal.notify.letter import NotCarried, letter

SECONDS = (3.05, 8)  # to connect, and to answer: less than the worker has to stop


class Webhook:
    """Posts to `address`; the links in what it posts begin with `url`."""

    def __init__(self, address: str, url: str) -> None:
        self.address, self.url = address, url

    def carry(self, message: Message) -> None:
        """Post the message; whoever gets it twice, after a crash, knows it by its key.

        Raises NotCarried for any answer but a 2xx; a redirect is not followed.
        """
        try:
            answer = requests.post(
                self.address,
                json=letter(message, self.url),
                headers={"Idempotency-Key": message.key},
                timeout=SECONDS,
                allow_redirects=False,
            )
        except requests.RequestException as error:
            raise NotCarried(type(error).__name__) from None  # its text holds the address
        if not 200 <= answer.status_code < 300:
            raise NotCarried(f"answered {answer.status_code}")
