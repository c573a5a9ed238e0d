"""Our own mailbox at MESH, as the settings name it: whole, or not at all."""

from pathlib import Path
from urllib.parse import urlsplit

from plans.errors import PuffinError
from portal.notify.choosing import setting_of
from portal.notify.mesh import Mailbox
from portal.settings import Settings

WHOLE = ("mesh_url", "mesh_mailbox", "mesh_password", "mesh_shared_key")
CERTIFICATE = ("mesh_cert", "mesh_key")
ON_THIS_MACHINE = ("127.0.0.1", "localhost", "::1")


class MeshNotWhole(PuffinError):
    def __init__(self, lacking: list[str]) -> None:
        super().__init__(
            f"MESH is set up in part: set {' and '.join(lacking)} too, or leave all PUFFIN_MESH settings out."
        )


class MeshUrlInvalid(PuffinError):
    def __init__(self) -> None:
        super().__init__(
            "PUFFIN_MESH_URL must begin with https://, as MESH is reached encrypted or not at all; "
            "http:// is for a trial on this machine."
        )


class MeshFileMissing(PuffinError):
    def __init__(self, setting: str) -> None:
        super().__init__(f"The file that {setting} names cannot be read. Check its path.")


def mailbox_of(settings: Settings) -> Mailbox | None:
    """Return our mailbox, None where nothing is set up.

    Raises MeshNotWhole for a part of the settings, MeshUrlInvalid, and MeshFileMissing.
    """
    said = [name for name in (*WHOLE, *CERTIFICATE) if getattr(settings, name)]
    if not said:
        return None
    is_here = _is_on_this_machine(settings.mesh_url)
    asked = WHOLE if is_here and not any(name in said for name in CERTIFICATE) else (*WHOLE, *CERTIFICATE)
    lacking = [setting_of(name) for name in asked if name not in said]
    if lacking:
        raise MeshNotWhole(lacking)
    for name in CERTIFICATE:
        if name in said and not Path(getattr(settings, name)).is_file():
            raise MeshFileMissing(setting_of(name))
    if not is_here and not settings.mesh_url.startswith("https://"):
        raise MeshUrlInvalid
    cert = (settings.mesh_cert, settings.mesh_key) if settings.mesh_cert else None
    return Mailbox(
        settings.mesh_url, settings.mesh_mailbox, settings.mesh_password, settings.mesh_shared_key, cert
    )


def _is_on_this_machine(url: str) -> bool:
    try:
        parts = urlsplit(url)
    except ValueError:
        raise MeshUrlInvalid from None
    return parts.scheme == "http" and parts.hostname in ON_THIS_MACHINE
