"""What carries a message out of the house, chosen by the settings."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Protocol, runtime_checkable

from fhir import kept_people
from fhir.store import Store
from fhir.store.errors import ResourceNotFound
from fhir.store.tables.outbox import Message
from portal.actions.alerts import CARRIER as TEAMS
from portal.actions.family.one_time_code import CARRIER as FAMILY
from portal.notify.became import Became
from portal.notify.choosing import By, Chosen, chosen
from portal.notify.console import Console
from portal.notify.gov_notify import NotifyFamily, NotifyTeam, client_of
from portal.notify.letter import NotCarried
from portal.notify.mail import Mail, MailboxOf, mail_server
from portal.notify.to_family import DemoLog, Messages, Nowhere
from portal.notify.webhook import Webhook
from portal.settings import Settings


class Carrier(Protocol):
    def carry(self, message: Message) -> str | None:
        """Hand the message over; return the id under which the carrier can be asked of it later, if it can.

        Raises NotCarried where that failed, NeverCarried where it would fail again and again. Called again
        after a failure, the receiver must be able to know the message by its key. What it does takes seconds:
        who takes longer is stopped.
        """


@runtime_checkable
class Asked(Protocol):
    """A carrier that says later what became of a message."""

    def became(self, message: Message) -> Became:
        """Return what became of a message by its `known_as`; raises NotCarried where nobody says."""


@runtime_checkable
class Choosy(Protocol):
    """A carrier that does not reach everybody."""

    def reaches(self, message: Message) -> bool:
        """Return whether it could carry this message at all."""


@dataclass(frozen=True)
class Dealt:
    """What goes by several carriers: each has its own turn, tries and failures. `among` holds their names."""

    among: tuple[str, ...]


class NotSetUp:
    """Stands for a carrier that these settings do not set up, though messages wait for it."""

    def carry(self, message: Message) -> None:  # noqa: ARG002 (every carrier is asked the same way)
        raise NotCarried("this carrier is not set up any more")


Carriers = Mapping[str, Carrier | Dealt]


def carriers(settings: Settings, store: Store | None = None, *, is_demo: bool = False) -> Carriers:
    """Return what carries each kind of message, and each carrier of what is for teams, by its name.

    What is for teams is dealt out to each carrier that is chosen; without any it is a line in the worker's
    log. What is for somebody at home is never in a log, but in a demo, where everybody is invented. Raises as
    `chosen` does.
    """
    which = chosen(settings)
    to_teams = dict(_to_teams(which, settings, _mailbox_of(store)))
    return {
        TEAMS: Dealt(tuple(to_teams)) if to_teams else Console(settings.url),
        FAMILY: _to_family(which, settings, is_demo=is_demo),
        **to_teams,
    }


def _to_teams(which: Chosen, settings: Settings, mailbox_of: MailboxOf) -> Iterator[tuple[str, Carrier]]:
    for by in which.teams:
        yield f"{TEAMS}/{by}", _to_team(by, settings, mailbox_of)


def _to_team(by: By, settings: Settings, mailbox_of: MailboxOf) -> Carrier:
    if by is By.WEBHOOK:
        return Webhook(settings.webhook_url, settings.url)
    if by is By.EMAIL:
        return Mail(mail_server(settings.smtp_url), settings.mail_from, settings.url, mailbox_of)
    client = client_of(settings.notify_key, settings.notify_url)
    return NotifyTeam(client, settings.notify_team_template, settings.url, mailbox_of)


def _to_family(which: Chosen, settings: Settings, *, is_demo: bool) -> Carrier:
    if which.family is By.NOTIFY:
        client = client_of(settings.notify_key, settings.notify_url)
        return NotifyFamily(client, settings.notify_text_template, settings.notify_email_template)
    if which.family is By.MESSAGES:
        return Messages(settings.messages_url)
    return DemoLog() if is_demo else Nowhere()


def _mailbox_of(store: Store | None) -> MailboxOf:
    def mailbox(organisation_id: str) -> str:
        try:
            return kept_people.organisation(store, organisation_id).email if store else ""
        except ResourceNotFound:
            return ""

    return mailbox
