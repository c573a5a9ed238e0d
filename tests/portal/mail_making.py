"""Mail servers and a GOV.UK Notify on loopback, which do as a test tells them."""

import json
import subprocess
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from socket import create_connection, create_server
from ssl import PROTOCOL_TLS_SERVER, SSLContext, create_default_context
from threading import Event, Thread
from urllib.parse import parse_qs, urlsplit

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP

HOST = "127.0.0.1"
KEY = f"puffin-{'0' * 8}-0000-4000-8000-{'0' * 12}-{'1' * 8}-0000-4000-8000-{'1' * 12}"
TEMPLATES = {
    "notify_team_template": f"{'2' * 8}-0000-4000-8000-{'2' * 12}",
    "notify_text_template": f"{'3' * 8}-0000-4000-8000-{'3' * 12}",
    "notify_email_template": f"{'4' * 8}-0000-4000-8000-{'4' * 12}",
}


def certificate(folder):
    """Make a certificate for loopback; return what the server shows, and who trusts it alone."""
    key, cert = folder / "key.pem", folder / "cert.pem"
    made = ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"]
    named = ["-keyout", key, "-out", cert, "-days", "2", "-subj", "/CN=loopback"]
    subprocess.run([*made, *named, "-addext", f"subjectAltName=IP:{HOST}"], check=True, capture_output=True)
    server = SSLContext(PROTOCOL_TLS_SERVER)
    server.load_cert_chain(cert, key)
    return server, create_default_context(cafile=str(cert))


class Letterbox:
    """What a mail server does with each message: keeps it, answers as it is told, or drops the line."""

    def __init__(self):
        self.kept, self.to_mailbox, self.to_message = [], "250 OK", "250 OK"

    async def handle_RCPT(self, _server, _session, envelope, address, _options):  # noqa: N802 (aiosmtpd)
        envelope.rcpt_tos.append(address)
        return self.to_mailbox

    async def handle_DATA(self, server, _session, envelope):  # noqa: N802 (aiosmtpd)
        self.kept.append(envelope)
        if self.to_message == "drop":
            server.transport.close()
        return "250 OK" if self.to_message == "drop" else self.to_message


class _Quiet(SMTP):
    """Does not look up its own name, which takes long where there is no network."""

    def __init__(self, *args, **named):
        super().__init__(*args, **named | {"hostname": "loopback"})


class _OnLoopback(Controller):
    def factory(self):
        return _Quiet(self.handler, **self.SMTP_kwargs)


@contextmanager
def mail_on_loopback(letterbox, tls, *, starttls=True, offers_tls=True):
    """Run a mail server on a free port; yield the address of it as the settings have it."""
    context = {"tls_context": tls, "require_starttls": True} if starttls and offers_tls else {}
    with create_server((HOST, 0)) as free:
        port = free.getsockname()[1]
    server = _OnLoopback(
        letterbox, hostname=HOST, port=port, ssl_context=None if starttls else tls, **context
    )
    server.start()
    try:
        yield f"{'smtp+starttls' if starttls else 'smtps'}://{HOST}:{port}"
    finally:
        server.stop()


@contextmanager
def silent_server(greeting=b""):
    """Run a server that takes whoever comes and says no more than its greeting; yield its port."""
    over, taken = Event(), []

    def take():
        while not over.is_set():
            try:
                connection = server.accept()[0]
            except OSError:
                return
            connection.sendall(greeting)
            taken.append(connection)

    with create_server((HOST, 0)) as server:
        thread = Thread(target=take)
        thread.start()
        try:
            yield server.getsockname()[1]
        finally:
            over.set()
            create_connection(server.getsockname()).close()  # wakes it
            thread.join()
            for one in taken:
                one.close()


class Notify:
    """A GOV.UK Notify: keeps what it was posted, under ids of its own; gives its `answers` first."""

    def __init__(self):
        self.posted, self.status, self.answers, self.asked = [], "created", [], []

    def answer(self, method, path, body):
        """Return the status and what is answered; None for no answer at all."""
        address = urlsplit(path)
        self.asked.append((method, address.path))
        if method == "POST":
            said = self.answers.pop(0) if self.answers else 201
            if said in (201, None):
                self.posted.append((address.path.rpartition("/")[2], body))
            return said and (said, {"id": f"n{len(self.posted)}"} if said == 201 else self._refusal(said))
        if address.path == "/v2/notifications":
            (reference,) = parse_qs(address.query)["reference"]
            found = [n for n, (_, sent) in enumerate(self.posted, 1) if sent["reference"] == reference]
            return 200, {"notifications": [{"id": f"n{n}"} for n in found]}
        return 200, {"id": address.path.rpartition("/")[2], "status": self.status}

    @staticmethod
    def _refusal(status):
        what = "phone_number Not enough digits" if status == 400 else "Something went wrong"
        return {"status_code": status, "errors": [{"error": "ValidationError", "message": what}]}


@contextmanager
def notify_on_loopback(notify):
    """Run a GOV.UK Notify; yield its address."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):  # noqa: N802 (http.server)
            self._answer("GET", {})

        def do_POST(self):  # noqa: N802 (http.server)
            self._answer("POST", json.loads(self.rfile.read(int(self.headers["Content-Length"]))))

        def _answer(self, method, body):
            said = notify.answer(method, self.path, body)
            if said is None:
                self.close_connection = True
                return
            text = json.dumps(said[1]).encode()
            self.send_response(said[0])
            self.send_header("Content-Length", str(len(text)))
            self.end_headers()
            self.wfile.write(text)

        def log_message(self, *_):
            pass

    server = ThreadingHTTPServer((HOST, 0), Handler)
    thread = Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    try:
        yield f"http://{HOST}:{server.server_address[1]}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
