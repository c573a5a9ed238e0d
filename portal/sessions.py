"""Sessions kept in the store, so that they end when they should: the browser holds a random token alone."""

import secrets
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any, cast

from flask import Flask, Request, Response, session
from flask.sessions import SessionInterface, SessionMixin
from werkzeug.datastructures import CallbackDict

from fhir.store import Store, Write
from fhir.store.errors import ResourceNotFound, engine_faults
from fhir.store.tables import sessions
from plans.errors import PuffinError
from portal.parts import Parts

IDLE = timedelta(minutes=30)
LONGEST = timedelta(hours=12)
LONGEST_OF_STRANGERS = timedelta(hours=2)
SEEN_EVERY = timedelta(minutes=1)  # being seen again sooner is not worth a write
TOKEN_BYTES = 32
BY = "portal"


class PortalSession(CallbackDict[str, Any], SessionMixin):
    """One browser's session. `token` is "" until it is kept; `seen_at` is when it was last kept as seen.

    `fault` is why the store could not be asked for it: then it is nobody's, and is not kept.
    """

    def __init__(
        self, state: dict[str, Any] | None = None, token: str = "", seen_at: datetime | None = None
    ) -> None:
        super().__init__(state, on_update=_note_change)
        self.token, self.seen_at = token, seen_at
        self.modified = self.renewed = False
        self.fault: Exception | None = None


def begin_for(account_id: str) -> None:
    """Begin a session for somebody who has just signed in, with a new token and nothing of the one before."""
    session.clear()
    session["account"] = account_id
    cast(PortalSession, session).renewed = True


class StoreSessions(SessionInterface):
    """Opens the session at the start of a request and keeps it at the end."""

    def __init__(self, *, secure: bool) -> None:
        self.secure = secure
        # A browser takes a __Host- cookie only from https, and from this very host.
        self.cookie = "__Host-puffin" if secure else "puffin"

    def open_session(self, app: Flask, request: Request) -> PortalSession:
        token = request.cookies.get(self.cookie, "")
        if not token or request.path.startswith(f"{app.static_url_path}/"):
            return PortalSession()
        parts: Parts = app.extensions["puffin"]
        try:
            kept = sessions.live(parts.store, _hash(token), now=parts.clock(), idle=IDLE)
        except (PuffinError,) + engine_faults() as fault:
            return _of_nobody(fault)
        return PortalSession(kept.state, token, kept.seen_at) if kept else PortalSession()

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:
        parts: Parts = app.extensions["puffin"]
        mine = cast(PortalSession, session)
        if mine.fault:
            return
        if mine.token and mine and not mine.renewed:
            _keep(parts.store, mine, at=parts.clock())
            return
        if mine.token:
            _end(parts.store, mine.token, at=parts.clock())
        if mine:
            token = _begin(parts.store, dict(mine), at=parts.clock())
            response.set_cookie(self.cookie, token, secure=self.secure, httponly=True, samesite="Lax")
        elif mine.token:
            response.delete_cookie(self.cookie, secure=self.secure, httponly=True, samesite="Lax")


def must_be_known() -> None:
    """Raise why the store could not be asked who this is: only now is there a session for the page of it."""
    fault = cast(PortalSession, session).fault
    if fault:
        raise fault


def _of_nobody(fault: Exception) -> PortalSession:
    nobodys = PortalSession()
    nobodys.fault = fault
    return nobodys


def _note_change(changed: CallbackDict[str, Any]) -> None:
    cast(PortalSession, changed).modified = True


def _begin(store: Store, state: dict[str, Any], *, at: datetime) -> str:
    token = secrets.token_urlsafe(TOKEN_BYTES)
    account = state.get("account")
    longest = LONGEST if account else LONGEST_OF_STRANGERS
    with store.write_beside(by=BY, at=at) as write:
        sessions.forget(write, before=at)
        sessions.begin(write, _hash(token), account_id=account, state=state, expires_at=at + longest)
    return token


def _keep(store: Store, mine: PortalSession, *, at: datetime) -> None:
    seen_long_ago = mine.seen_at is None or at - mine.seen_at >= SEEN_EVERY
    if not (mine.modified or seen_long_ago):
        return
    with store.write_beside(by=BY, at=at) as write:
        _keep_in(write, mine)


def _keep_in(write: Write, mine: PortalSession) -> None:
    try:
        if mine.modified:
            sessions.save(write, _hash(mine.token), dict(mine))
        else:
            sessions.touch(write, _hash(mine.token))
    except ResourceNotFound:
        return  # it was ended while this request ran, and stays so


def _end(store: Store, token: str, *, at: datetime) -> None:
    with store.write_beside(by=BY, at=at) as write:
        sessions.revoke(write, _hash(token))


def _hash(token: str) -> str:
    return sha256(token.encode()).hexdigest()
