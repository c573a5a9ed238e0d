"""GOV.UK Notify: texts and e-mails to somebody at home, and e-mails to the mailbox of a team.

A message is known there by its key in the outbox, so that one that may have been sent is looked for before it
is sent again.
"""

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from notifications_python_client.errors import APIError
from notifications_python_client.notifications import NotificationsAPIClient

from fhir.store.tables.outbox import Message
from portal.notify.became import ARRIVED, ON_ITS_WAY, Became, lost
from portal.notify.letter import NeverCarried, NotCarried, letter
from portal.notify.mail import MailboxOf

SECONDS = 8.0
BAD_REQUEST = 400
RECIPIENT_FIELDS = ("phone_number", "email_address")
# The client says in the log what Notify answered, which may repeat a number.
logging.getLogger("notifications_python_client").setLevel(logging.CRITICAL)

# Source: GOV.UK Notify, statuses of e-mails and of text messages.
BECAME: Mapping[str, Became] = {
    "created": ON_ITS_WAY,
    "sending": ON_ITS_WAY,
    "pending": ON_ITS_WAY,
    "sent": ARRIVED,  # to a phone abroad: nobody tells more
    "delivered": ARRIVED,
    "permanent-failure": lost("there is no such number or mailbox"),
    "temporary-failure": lost("the phone was off, or the mailbox was full"),
    "technical-failure": lost("the service could not send it"),
}


def client_of(key: str, url: str, *, seconds: float = SECONDS) -> NotificationsAPIClient:
    """Return the client of a service; no redirect is followed."""
    client = NotificationsAPIClient(key, base_url=url, timeout=seconds)
    client.request_session.max_redirects = 0
    return client


@dataclass(frozen=True)
class NotifyTeam:
    """E-mails to the mailbox of each team; the template asks for ((owner)), ((about)), ((due)), ((link))."""

    client: NotificationsAPIClient
    template: str
    url: str
    mailbox_of: MailboxOf

    def reaches(self, message: Message) -> bool:
        """Return whether anybody entered a mailbox for the team."""
        return bool(self.mailbox_of(message.recipient))

    def carry(self, message: Message) -> str:
        """Send the message and return its id there; raises NotCarried, NeverCarried for a wrong mailbox."""
        mailbox, said = self.mailbox_of(message.recipient), letter(message, self.url)
        if not mailbox:
            raise NeverCarried("no mailbox is entered for this team")
        told = {name: said[name] for name in ("owner", "about", "due", "link")}

        def send() -> Any:
            return self.client.send_email_notification(
                mailbox, self.template, personalisation=told, reference=message.key
            )

        return _once(self.client, message, send)

    def became(self, message: Message) -> Became:
        """Return what became of a message that was sent; raises NotCarried where nobody says."""
        return _became(self.client, message)


@dataclass(frozen=True)
class NotifyFamily:
    """Texts and e-mails to somebody at home; each template asks for ((message)) alone."""

    client: NotificationsAPIClient
    text_template: str
    email_template: str

    def carry(self, message: Message) -> str:
        """Send the message and return its id there; raises NotCarried, NeverCarried for a wrong number."""
        said = {"message": message.secret}

        def send() -> Any:
            if message.body["way"] == "phone":
                return self.client.send_sms_notification(
                    message.recipient, self.text_template, personalisation=said, reference=message.key
                )
            return self.client.send_email_notification(
                message.recipient, self.email_template, personalisation=said, reference=message.key
            )

        return _once(self.client, message, send)

    def became(self, message: Message) -> Became:
        """Return what became of a message that was sent; raises NotCarried where nobody says."""
        return _became(self.client, message)


def _once(client: NotificationsAPIClient, message: Message, send: Callable[[], Any]) -> str:
    """Send what was not sent by an attempt before this one, and return its id."""
    try:
        known = client.get_all_notifications(reference=message.key) if message.attempts > 1 else {}
        found = known.get("notifications") or [send()]
        return str(found[0]["id"])
    except APIError as error:
        raise _fault(error) from None
    except (AttributeError, LookupError, TypeError):
        raise NotCarried("answered what nobody can read") from None


def _became(client: NotificationsAPIClient, message: Message) -> Became:
    try:
        return BECAME.get(client.get_notification_by_id(message.known_as)["status"], ON_ITS_WAY)
    except APIError as error:
        raise NotCarried(f"answered {error.status_code}") from None
    except (LookupError, TypeError):
        raise NotCarried("answered what nobody can read") from None


def _fault(error: APIError) -> NotCarried:
    """Return what is wrong; only a number or mailbox that is refused is the message's own fault."""
    if error.response is None:
        return NotCarried("did not answer")
    if error.status_code == BAD_REQUEST and any(name in str(error.message) for name in RECIPIENT_FIELDS):
        return NeverCarried("the number or mailbox was refused")
    return NotCarried(f"answered {error.status_code}")
