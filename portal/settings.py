"""What the place where Puffin runs decides: its folder, its secret, its address."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from plans.errors import PuffinError
from plans.unusual_access import MANY

SHORTEST_SECRET = 32  # characters
USUAL_PORT = 8000
HIGHEST_PORT = 65535
NOTIFY_URL = "https://api.notifications.service.gov.uk"


LOOPBACK, MLLP_PORT = "127.0.0.1", 2575  # the port that IANA gives to HL7 over MLLP


class SecretKeyMissing(PuffinError):
    """Without a secret of its own the portal would sign its forms with something others can guess."""

    def __init__(self) -> None:
        super().__init__(
            f"Set PUFFIN_SECRET_KEY to {SHORTEST_SECRET} or more random characters, or serve with --demo."
        )


class ManyChildrenInvalid(PuffinError):
    """Without a number nobody would be told who opens many records."""

    def __init__(self) -> None:
        super().__init__("PUFFIN_MANY_CHILDREN must be a whole number from 2 to 9999, or left out.")


class PortInvalid(PuffinError):
    """PORT is not a number that a computer can listen on."""

    def __init__(self) -> None:
        super().__init__(f"PORT must be a whole number from 1 to {HIGHEST_PORT}.")


class ListenInvalid(PuffinError):
    """PUFFIN_LISTEN is no place to listen."""

    def __init__(self) -> None:
        super().__init__(f"PUFFIN_LISTEN must be a host and a port, such as {LOOPBACK}:{MLLP_PORT}.")


@dataclass(frozen=True)
class Address:
    """Where to listen for messages of hospitals."""

    host: str = LOOPBACK
    port: int = MLLP_PORT


@dataclass(frozen=True)
class Settings:
    """`url` is the address that QR codes and messages carry; `data` the folder of the embedded store.

    `database_url` is the address of a PostgreSQL database that holds the store instead, "" for none.
    `audit_key` seals the audit, "" for the one that is kept beside an embedded store. `messages_url` takes
    what is sent to somebody at home, to a phone or by e-mail, "" where nothing can be sent.
    `many_children` whose records one person opens in an hour stand out for the privacy lead. `listen` is
    where messages of hospitals are taken, None where `serve` takes none.

    The mail server is `smtp_url`, and `mail_from` whom it writes as. `notify_key` is that of a service of
    GOV.UK Notify at `notify_url`, with the ids of its templates: an e-mail to a team, a text and an e-mail to
    somebody at home. `teams_by` and `family_by` name the carriers, "" for each that is set up.

    Documents go to GP practices through MESH at `mesh_url`, from our own `mesh_mailbox` with its password,
    the shared key, and the paths of a certificate and its key. `mesh_definition` is what the messages say
    that they are, "" for what is published.
    """

    data: Path
    url: str
    database_url: str = field(default="", repr=False)
    port: int = USUAL_PORT
    secret_key: str = field(default="", repr=False)
    audit_key: str = field(default="", repr=False)
    webhook_url: str = field(default="", repr=False)
    messages_url: str = field(default="", repr=False)
    smtp_url: str = field(default="", repr=False)
    mail_from: str = ""
    notify_key: str = field(default="", repr=False)
    notify_url: str = NOTIFY_URL
    notify_team_template: str = ""
    notify_text_template: str = ""
    notify_email_template: str = ""
    teams_by: str = ""
    family_by: str = ""
    mesh_url: str = ""
    mesh_mailbox: str = ""
    mesh_password: str = field(default="", repr=False)
    mesh_shared_key: str = field(default="", repr=False)
    mesh_cert: str = ""
    mesh_key: str = ""
    mesh_definition: str = ""
    secure_cookies: bool = False
    many_children: int = MANY
    listen: Address | None = None


def settings_from(environ: Mapping[str, str]) -> Settings:
    """Return the settings that `environ` holds; raises PortInvalid, ListenInvalid and ManyChildrenInvalid.

    Cookies are for https only when the address is https, unless PUFFIN_SECURE_COOKIES says yes or no.
    """
    port = _port(environ.get("PORT", ""))
    url = environ.get("PUFFIN_URL", "").rstrip("/") or f"http://127.0.0.1:{port}"
    secure = environ.get("PUFFIN_SECURE_COOKIES", "").lower()
    return Settings(
        data=Path(environ.get("PUFFIN_DATA") or "data"),
        url=url,
        database_url=environ.get("PUFFIN_DATABASE_URL", ""),
        port=port,
        secret_key=environ.get("PUFFIN_SECRET_KEY", ""),
        audit_key=environ.get("PUFFIN_AUDIT_KEY", ""),
        webhook_url=environ.get("PUFFIN_WEBHOOK_URL", ""),
        messages_url=environ.get("PUFFIN_MESSAGES_URL", ""),
        smtp_url=environ.get("PUFFIN_SMTP_URL", ""),
        mail_from=environ.get("PUFFIN_MAIL_FROM", ""),
        notify_key=environ.get("PUFFIN_NOTIFY_KEY", ""),
        notify_url=environ.get("PUFFIN_NOTIFY_URL") or NOTIFY_URL,
        notify_team_template=environ.get("PUFFIN_NOTIFY_TEAM_TEMPLATE", ""),
        notify_text_template=environ.get("PUFFIN_NOTIFY_TEXT_TEMPLATE", ""),
        notify_email_template=environ.get("PUFFIN_NOTIFY_EMAIL_TEMPLATE", ""),
        teams_by=environ.get("PUFFIN_TEAMS_BY", ""),
        family_by=environ.get("PUFFIN_FAMILY_BY", ""),
        mesh_url=environ.get("PUFFIN_MESH_URL", ""),
        mesh_mailbox=environ.get("PUFFIN_MESH_MAILBOX", ""),
        mesh_password=environ.get("PUFFIN_MESH_PASSWORD", ""),
        mesh_shared_key=environ.get("PUFFIN_MESH_SHARED_KEY", ""),
        mesh_cert=environ.get("PUFFIN_MESH_CERT", ""),
        mesh_key=environ.get("PUFFIN_MESH_KEY", ""),
        mesh_definition=environ.get("PUFFIN_MESH_DEFINITION", ""),
        many_children=_many_children(environ.get("PUFFIN_MANY_CHILDREN", "")),
        listen=_address(environ.get("PUFFIN_LISTEN", "")),
        secure_cookies=secure in {"yes", "1", "true"} if secure else url.startswith("https://"),
    )


def check_secret_key(settings: Settings) -> None:
    """Raise SecretKeyMissing unless the secret is long enough to keep real people's records behind."""
    if len(settings.secret_key) < SHORTEST_SECRET:
        raise SecretKeyMissing


def _many_children(text: str) -> int:
    if not text:
        return MANY
    if not (text.isascii() and text.isdigit() and len(text) <= 4 and int(text) > 1):
        raise ManyChildrenInvalid
    return int(text)


def _address(text: str) -> Address | None:
    if not text:
        return None
    host, colon, port = text.rpartition(":")
    if not host.strip("[]") or not colon or not port:
        raise ListenInvalid
    try:
        return Address(host.strip("[]"), _port(port))
    except PortInvalid:
        raise ListenInvalid from None


def _port(text: str) -> int:
    if not text:
        return USUAL_PORT
    if not (text.isascii() and text.isdigit() and 1 <= int(text) <= HIGHEST_PORT):
        raise PortInvalid
    return int(text)
