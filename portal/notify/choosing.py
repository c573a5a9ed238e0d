"""Which carrier carries what, by the settings: a table of what each can carry, and of what each needs."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from re import compile as pattern

from plans.errors import PuffinError
from plans.mailbox import is_address
from portal.actions.alerts import CARRIER as TEAMS
from portal.actions.family.one_time_code import CARRIER as FAMILY
from portal.notify.mail import mail_server
from portal.settings import Settings

UUID = r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}"
TEMPLATE = pattern(UUID)
NOTIFY_KEY = pattern(rf".*{UUID}-{UUID}")  # Source: GOV.UK Notify: a name, the service and its secret


class By(StrEnum):
    """A carrier that the settings can name."""

    WEBHOOK = "webhook"
    EMAIL = "email"
    NOTIFY = "notify"
    MESSAGES = "messages"


# What is for a team goes by each of these that is chosen; what is for somebody at home by the first alone.
MAY_CARRY: Mapping[str, tuple[By, ...]] = {
    TEAMS: (By.WEBHOOK, By.EMAIL, By.NOTIFY),
    FAMILY: (By.NOTIFY, By.MESSAGES),
}
NAMED_IN = {TEAMS: "PUFFIN_TEAMS_BY", FAMILY: "PUFFIN_FAMILY_BY"}
# The settings without which a carrier cannot carry that.
NEEDS: Mapping[tuple[str, By], tuple[str, ...]] = {
    (TEAMS, By.WEBHOOK): ("webhook_url",),
    (TEAMS, By.EMAIL): ("smtp_url", "mail_from"),
    (TEAMS, By.NOTIFY): ("notify_key", "notify_team_template"),
    (FAMILY, By.NOTIFY): ("notify_key", "notify_text_template", "notify_email_template"),
    (FAMILY, By.MESSAGES): ("messages_url",),
}


class CarrierUnknown(PuffinError):
    def __init__(self, setting: str, named: str, known: tuple[By, ...]) -> None:
        super().__init__(
            f"{setting} names {named!r}, which is no carrier for this. Use {' or '.join(known)}."
        )


class CarrierNotSetUp(PuffinError):
    def __init__(self, setting: str, by: By, lacking: str) -> None:
        super().__init__(f"{setting} names {by}, which needs {lacking} too.")


class OneCarrierForFamily(PuffinError):
    def __init__(self) -> None:
        super().__init__("PUFFIN_FAMILY_BY must name one carrier: nobody is sent the same code twice.")


class SettingAlone(PuffinError):
    def __init__(self, said: str, lacking: str) -> None:
        super().__init__(f"{said} is set without {lacking}. Set both, or neither.")


class MailFromInvalid(PuffinError):
    def __init__(self) -> None:
        super().__init__("PUFFIN_MAIL_FROM must be one e-mail address, such as puffin@example.org.")


class NotifyKeyInvalid(PuffinError):
    def __init__(self) -> None:
        super().__init__(
            "PUFFIN_NOTIFY_KEY must be a whole API key of GOV.UK Notify: it ends in two ids joined by a dash."
        )


class TemplateInvalid(PuffinError):
    def __init__(self, setting: str) -> None:
        super().__init__(
            f"{setting} must be the id of a template of GOV.UK Notify: copy it from there whole."
        )


@dataclass(frozen=True)
class Chosen:
    """The carriers that are chosen; without any for teams, alerts stand in the log and the portal alone."""

    teams: tuple[By, ...]
    family: By | None


def chosen(settings: Settings) -> Chosen:
    """Return the carriers that these settings choose.

    Raises CarrierUnknown, CarrierNotSetUp, OneCarrierForFamily, SettingAlone, SmtpUrlInvalid,
    SmtpSignInInvalid, MailFromInvalid, NotifyKeyInvalid and TemplateInvalid.
    """
    _must_be_whole(settings)
    for_family = _chosen_for(FAMILY, settings.family_by, settings)
    if settings.family_by and len(for_family) > 1:
        raise OneCarrierForFamily
    return Chosen(_chosen_for(TEAMS, settings.teams_by, settings), next(iter(for_family), None))


def setting_of(name: str) -> str:
    """Return the name in the environment of a field of the settings."""
    return f"PUFFIN_{name.upper()}"


def _chosen_for(what: str, named: str, settings: Settings) -> tuple[By, ...]:
    """Return those that are named, in their order; where none is, each that has all that it needs."""
    known = MAY_CARRY[what]
    if not named.strip():
        return tuple(by for by in known if not _lacking(what, by, settings))
    names = tuple(dict.fromkeys(name.strip().lower() for name in named.split(",")))
    for name in names:
        if name not in list(known):
            raise CarrierUnknown(NAMED_IN[what], name, known)
        lacking = _lacking(what, By(name), settings)
        if lacking:
            raise CarrierNotSetUp(NAMED_IN[what], By(name), " and ".join(lacking))
    return tuple(By(name) for name in names)


def _lacking(what: str, by: By, settings: Settings) -> list[str]:
    return [setting_of(name) for name in NEEDS[what, by] if not getattr(settings, name)]


def _must_be_whole(settings: Settings) -> None:
    _together(settings, "smtp_url", "mail_from")
    _together(settings, "notify_text_template", "notify_email_template")
    templates = ("notify_team_template", "notify_text_template", "notify_email_template")
    for name in templates:
        if getattr(settings, name) and not TEMPLATE.fullmatch(getattr(settings, name)):
            raise TemplateInvalid(setting_of(name))
    said = next((name for name in templates if getattr(settings, name)), "")
    if said and not settings.notify_key:
        raise SettingAlone(setting_of(said), setting_of("notify_key"))
    if settings.notify_key and not said:
        raise SettingAlone(setting_of("notify_key"), setting_of("notify_team_template"))
    if settings.notify_key and not NOTIFY_KEY.fullmatch(settings.notify_key):
        raise NotifyKeyInvalid
    if settings.smtp_url:
        mail_server(settings.smtp_url)
        if not is_address(settings.mail_from):
            raise MailFromInvalid


def _together(settings: Settings, one: str, other: str) -> None:
    for said, lacking in ((one, other), (other, one)):
        if getattr(settings, said) and not getattr(settings, lacking):
            raise SettingAlone(setting_of(said), setting_of(lacking))
