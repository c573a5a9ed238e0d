"""A MESH of one's own on loopback, with the inbox of a child's GP practice and ours."""

import os
import socket
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import requests
from mesh_client import MeshClient

from portal.notify.mesh import Mailbox

OURS, THEIRS = "X26ABC1", "GPPROVIDER_9990000018_20180501_TEST"
ACK = "GPCONNECT_SEND_DOCUMENT_ACK"
LONGEST_START = 30  # seconds


@dataclass(frozen=True)
class Sandbox:
    """A running MESH: what is in a mailbox, and what a practice's system or MESH itself puts into ours."""

    url: str

    @property
    def mailbox(self):
        return Mailbox(self.url, OURS, "password", "TestKey")

    def client(self, name):
        return MeshClient(self.url, name, "password", shared_key=b"TestKey", max_retries=0, timeout=5)

    def inbox(self, name=THEIRS):
        """Return what waits in a mailbox: the headers and the body of each message."""
        with self.client(name) as client:
            found = [client.retrieve_message(id) for id in client.list_messages()]
            return [(one, one.read()) for one in found]

    def answer(self, body, workflow=ACK):
        """Put a message of a practice's system into our mailbox."""
        with self.client(THEIRS) as client:
            return client.send_message(OURS, body, workflow_id=workflow)

    def report(self, code, **about):
        """Let MESH report that it could not deliver something: `local_id` or `linked_message_id`."""
        report = {"mailbox_id": OURS, "code": code, "description": "", "workflow_id": "W", "status": "error"}
        self._admin("post", "report", json=report | about)

    def empty(self):
        for name in (OURS, THEIRS):
            self._admin("delete", f"reset/{name}")

    def _admin(self, method, path, **more):
        requests.request(
            method, f"{self.url}/messageexchange/admin/{path}", timeout=5, **more
        ).raise_for_status()


def start_sandbox(folder: Path):
    """Start a MESH that keeps what it is handed in a folder; yield it, and stop it at the end."""
    for name in (OURS, THEIRS):
        (folder / name / "in").mkdir(parents=True)
    port = _free_port()
    command = [sys.executable, "-m", "uvicorn", "mesh_sandbox.api:app", "--port", str(port)]
    settings = {"STORE_MODE": "file", "SHARED_KEY": "TestKey", "MAILBOXES_DATA_DIR": str(folder)}
    process = subprocess.Popen(
        [*command, "--host", "127.0.0.1", "--log-level", "critical"],
        env=os.environ | settings | {"AUTH_MODE": "full"},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        _wait_for(port, process)
        yield Sandbox(f"http://127.0.0.1:{port}")
    finally:
        process.terminate()
        process.wait(10)


def _free_port():
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return found.getsockname()[1]


def _wait_for(port, process):
    until = time.monotonic() + LONGEST_START
    while time.monotonic() < until:
        assert process.poll() is None, "the MESH sandbox ended"
        with socket.socket() as one:
            if one.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise AssertionError("the MESH sandbox did not answer")
