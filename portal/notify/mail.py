"""E-mail to the mailbox of a team: encrypted, to a server whose certificate is checked, or not at all."""

import smtplib
import ssl
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from ipaddress import ip_address
from re import compile as pattern
from urllib.parse import unquote, urlsplit
from uuid import NAMESPACE_URL, uuid5

from fhir.store.tables.outbox import Message
from plans.digest import DIGEST
from plans.errors import PuffinError
from plans.shown import on_one_line
from portal.notify.letter import NeverCarried, NotCarried, letter

MailboxOf = Callable[[str], str]  # the mailbox of a team by its id, "" where nobody entered one

PORTS = {"smtps": 465, "smtp+starttls": 587}
SECONDS = 5.0  # for each answer of the server
LONGEST_HOST = 254  # characters, with a last dot
LABEL = pattern(r"[A-Za-z0-9_]([A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?")  # Source: RFC 1123, and _ as some have it
NO_SUCH_MAILBOX = frozenset({550, 551, 553})
POLICY = b"5.7."  # Source: RFC 3463: security or policy, so the fault is not the mailbox's
SAYS = """For {owner}

{about}

{link}

The link opens only for those who may see what it leads to. Sign in with your own account.
This e-mail names no child. Nobody reads answers to it.
"""


class SmtpUrlInvalid(PuffinError):
    def __init__(self) -> None:
        super().__init__(
            "PUFFIN_SMTP_URL must be like smtps://name:password@mail.example.org or "
            "smtp+starttls://mail.example.org:587: mail is sent encrypted, or not at all."
        )


class SmtpSignInInvalid(PuffinError):
    def __init__(self) -> None:
        super().__init__(
            "The name and the password in PUFFIN_SMTP_URL may hold English letters, numbers and signs alone, "
            "so have others made for Puffin."
        )


@dataclass(frozen=True)
class MailServer:
    """A mail server, spoken to in TLS from the start unless `starttls`; without `user` nobody signs in."""

    host: str
    port: int
    starttls: bool
    user: str = ""
    password: str = field(default="", repr=False)


def mail_server(url: str) -> MailServer:
    """Return the server of an address; raises SmtpUrlInvalid and SmtpSignInInvalid."""
    try:
        parts = urlsplit(url)
        port = parts.port or PORTS[parts.scheme]
    except (ValueError, KeyError):
        raise SmtpUrlInvalid from None
    host = parts.hostname or ""
    if not _is_host(host) or parts.path not in ("", "/") or parts.query or parts.fragment:
        raise SmtpUrlInvalid
    user, password = unquote(parts.username or ""), unquote(parts.password or "")
    if not (user + password).isascii():
        raise SmtpSignInInvalid
    return MailServer(host, port, parts.scheme == "smtp+starttls", user, password)


def _is_host(name: str) -> bool:
    """Return whether it is an IP address, or a name that a computer can have."""
    try:
        ip_address(name)
    except ValueError:
        return len(name) <= LONGEST_HOST and all(map(LABEL.fullmatch, name.removesuffix(".").split(".")))
    return True


class Mail:
    """Writes to the mailbox of each team as `sender`; the links begin with `url`."""

    def __init__(
        self,
        server: MailServer,
        sender: str,
        url: str,
        mailbox_of: MailboxOf,
        *,
        seconds: float = SECONDS,
        trusted: ssl.SSLContext | None = None,
    ) -> None:
        self.server, self.sender, self.url, self.mailbox_of = server, sender, url, mailbox_of
        self.seconds, self.trusted = seconds, trusted or ssl.create_default_context()

    def reaches(self, message: Message) -> bool:
        """Return whether anybody entered a mailbox for the team."""
        return bool(self.mailbox_of(message.recipient))

    def carry(self, message: Message) -> None:
        """Send the message once the server has taken it whole; sent again, it has the same Message-ID.

        Raises NotCarried, and NeverCarried where there is no such mailbox.
        """
        mailbox = self.mailbox_of(message.recipient)
        if not mailbox:
            raise NeverCarried("no mailbox is entered for this team")
        try:
            smtp = self._connected()
            try:
                self._introduce(smtp)
                smtp.sendmail(self.sender, [mailbox], self._written(message, mailbox).as_bytes())
                with suppress(smtplib.SMTPException, OSError):  # it was taken, whatever comes now
                    smtp.quit()
            finally:
                smtp.close()
        except smtplib.SMTPRecipientsRefused as refusal:
            raise _refused(*refusal.recipients[mailbox]) from None
        except smtplib.SMTPResponseException as answer:
            raise NotCarried(f"answered {answer.smtp_code}") from None
        except (smtplib.SMTPException, OSError) as error:
            raise NotCarried(type(error).__name__) from None  # its text may hold an address

    def _connected(self) -> smtplib.SMTP:
        server, here = self.server, self.sender.partition("@")[2]  # else the name of this machine is said
        if server.starttls:
            return smtplib.SMTP(server.host, server.port, here, timeout=self.seconds)
        return smtplib.SMTP_SSL(server.host, server.port, here, timeout=self.seconds, context=self.trusted)

    def _introduce(self, smtp: smtplib.SMTP) -> None:
        if self.server.starttls:
            smtp.starttls(context=self.trusted)
        if self.server.user:
            smtp.login(self.server.user, self.server.password)

    def _written(self, message: Message, mailbox: str) -> EmailMessage:
        said = letter(message, self.url)
        mail = EmailMessage(policy=SMTP)
        mail["From"], mail["To"] = f"Puffin <{self.sender}>", mailbox
        owner = on_one_line(said["owner"])
        mail["Subject"] = f"Puffin: {SUBJECTS.get(said['rung'], 'an alert')} for {owner}"
        mail["Date"] = format_datetime(message.created_at)
        mail["Message-ID"] = f"<{uuid5(NAMESPACE_URL, message.key)}@{self.sender.partition('@')[2]}>"
        mail["Auto-Submitted"] = "auto-generated"  # Source: RFC 3834: no answer from whoever is away
        mail.set_content(SAYS.format(**said))
        return mail


SUBJECTS = {DIGEST: "what is open today"}


def _refused(code: int, words: bytes) -> NotCarried:
    if code in NO_SUCH_MAILBOX and POLICY not in words:
        return NeverCarried(f"the mailbox was refused ({code})")
    return NotCarried(f"answered {code}")
