"""Runs the portal, the worker and the listener as processes of their own, and stops them together."""

import os
import secrets
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from datetime import UTC, datetime
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from threading import Event

from flask import Flask

from fhir.store import open_store
from fhir.store.tables import pulse
from plans.errors import PuffinError
from plans.pulse import PARTS
from plans.review_events import SYSTEM
from portal import create_app
from portal.actions.audit.check import key_place
from portal.notify.choosing import chosen
from portal.notify.mesh_settings import mailbox_of
from portal.policy import policy_here
from portal.settings import Settings, check_secret_key, settings_from

ROOT = Path(__file__).resolve().parent.parent
HOST = "127.0.0.1"  # a proxy with https stands in front; nothing else reaches the portal
WEB_WORKERS = 2
SECONDS_TO_STOP = 15
SECONDS_BETWEEN_LOOKS = 0.2
STOPS = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)  # told to, Ctrl+C, and the terminal was closed

Processes = Mapping[str, subprocess.Popen[bytes]]


class PortTaken(PuffinError):
    """Something else listens there already."""

    def __init__(self, port: int) -> None:
        super().__init__(f"Something else is using port {port}. Stop it, or choose another port with --port.")


class PartStopped(PuffinError):
    """A process that should run until it is told to stop ended by itself."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"The {name} stopped by itself, so all was stopped. Read the lines above, then start again."
        )


def app_from_environment() -> Flask:
    """Return the portal as gunicorn serves it."""
    settings = settings_from(os.environ)
    check_secret_key(settings)
    policy_here()
    store = open_store(settings.data, settings.database_url)
    with store.write_beside(by=SYSTEM, at=datetime.now(UTC)) as write:
        pulse.expect(write, PARTS)  # a worker that never begins is missed too
    store.close()  # no connection goes over into the processes that gunicorn forks; each opens its own
    return create_app(store, lambda: datetime.now(UTC), None, settings)


def prepare(settings: Settings, *, demo: bool, at: datetime) -> list[str]:
    """Make ready what `serve` needs; return who can sign in, a line each, where everybody is invented.

    Raises PolicyRefused and what `chosen` and `mailbox_of` refuse. Raises SecretKeyMissing, AuditKeyMissing
    and AuditKeyTooShort: only a demo may go without.
    """
    policy_here()
    chosen(settings)
    mailbox_of(settings)
    if not demo:
        check_secret_key(settings)
        key_place(settings).must_be_usable()
    with closing(open_store(settings.data, settings.database_url)) as store:
        if demo and find_spec("portal.actions.demo"):
            return list(import_module("portal.actions.demo").seed(store, at=at))
    return []


def serve(settings: Settings, *, when_open: Callable[[], None]) -> None:
    """Run until told to stop, then stop all; call `when_open` once the portal answers.

    Raises PortTaken, or PartStopped when a process ended by itself; the others are stopped then too.
    """
    _check_port(settings.port)
    told_to_stop = Event()
    for number in STOPS:
        signal.signal(number, lambda *_: told_to_stop.set())
    processes = {
        # A session of its own: Ctrl+C reaches us alone, and we stop them in order.
        name: subprocess.Popen(command, cwd=ROOT, env=_environment(settings), start_new_session=True)
        for name, command in _commands(settings).items()
    }
    try:
        _watch(processes, told_to_stop, settings.port, when_open)
    finally:
        _stop(processes)


def _environment(settings: Settings) -> dict[str, str]:
    """Return what the processes are given: one secret for all, made up where a demo has none."""
    return dict(os.environ) | {
        "PUFFIN_DATA": str(settings.data.resolve()),
        "PUFFIN_SECRET_KEY": settings.secret_key or secrets.token_hex(32),
        "PUFFIN_URL": settings.url,
        "PORT": str(settings.port),
    }


def _commands(settings: Settings) -> dict[str, Sequence[str]]:
    portal = ["gunicorn", "--bind", f"{HOST}:{settings.port}", "--workers", str(WEB_WORKERS), "--preload"]
    # A request that cannot be read is logged below "error", with its line: that may hold a family's link.
    portal += ["--timeout", "60", "--graceful-timeout", "10", "--log-level", "error"]
    portal += ["--forwarded-allow-ips", ""]  # no header may say where we are: SCRIPT_NAME, PATH_INFO
    portal += ["portal.serving:app_from_environment()"]
    found: dict[str, Sequence[str]] = {"portal": [sys.executable, "-m", *portal]}
    if find_spec("portal.worker"):
        found["worker"] = [sys.executable, "-m", "portal.worker"]
    if settings.listen:
        found["listener"] = [sys.executable, "-m", "portal.listener"]
    return found


def _watch(processes: Processes, told_to_stop: Event, port: int, when_open: Callable[[], None]) -> None:
    is_open = False
    while not told_to_stop.wait(SECONDS_BETWEEN_LOOKS):
        for name, process in processes.items():
            if process.poll() is not None:
                raise PartStopped(name)
        if not is_open and _answers(port):
            is_open = True
            when_open()


def _stop(processes: Processes) -> None:
    for process in processes.values():
        process.terminate()
    for process in processes.values():
        try:
            process.wait(SECONDS_TO_STOP)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _check_port(port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError as error:
            raise PortTaken(port) from error


def _answers(port: int) -> bool:
    with socket.socket() as probe:
        probe.settimeout(SECONDS_BETWEEN_LOOKS)
        return probe.connect_ex((HOST, port)) == 0
