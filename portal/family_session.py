"""A family's visit by their link: a session apart from that of staff, over 30 minutes after its last page."""

import secrets
from dataclasses import dataclass
from datetime import timedelta
from hashlib import sha256

from flask import Response, g, request

from fhir.store.tables import sessions
from portal.actions.sharing import token_hash
from portal.parts import parts

IDLE = timedelta(minutes=30)
LONGEST = timedelta(hours=12)
TOKEN_BYTES = 32
BY = "portal"


@dataclass(frozen=True)
class Visit:
    """A browser that gave the right date of birth; `confirmed` once it also said that the name is right."""

    session: str  # the hash under which the session is kept
    link_id: str
    confirmed: bool


def visit_by(link_token: str) -> Visit | None:
    """Return the visit that this browser makes by this very link, None before it begins and after it ends."""
    cookie = request.cookies.get(_cookie(), "")
    kept = sessions.live(parts().store, _hash(cookie), now=g.now, idle=IDLE) if cookie else None
    if kept is None or kept.state.get("family_link") != token_hash(link_token):
        return None
    with parts().store.write_beside(by=BY, at=g.now) as write:
        sessions.touch(write, kept.token_hash)
    return Visit(kept.token_hash, kept.state["link_id"], kept.state["confirmed"])


def has_visited() -> bool:
    """Return whether this browser has been here before by this link, though its visit may be over."""
    return _cookie() in request.cookies


def begin(response: Response, link_token: str, link_id: str) -> None:
    """Begin a visit: the cookie goes back to the pages of this link alone."""
    token = secrets.token_urlsafe(TOKEN_BYTES)
    state = {"family_link": token_hash(link_token), "link_id": link_id, "confirmed": False}
    with parts().store.write_beside(by=BY, at=g.now) as write:
        sessions.forget(write, before=g.now)
        sessions.begin(write, _hash(token), account_id=None, state=state, expires_at=g.now + LONGEST)
    secure = parts().settings.secure_cookies
    response.set_cookie(
        _cookie(), token, path=_path(link_token), secure=secure, httponly=True, samesite="Lax"
    )


def confirm(visit: Visit, link_token: str) -> None:
    """Remember that the name is right."""
    state = {"family_link": token_hash(link_token), "link_id": visit.link_id, "confirmed": True}
    with parts().store.write_beside(by=BY, at=g.now) as write:
        sessions.save(write, visit.session, state)


def end(response: Response, link_token: str, visit: Visit) -> None:
    """End a visit here and now."""
    with parts().store.write_beside(by=BY, at=g.now) as write:
        sessions.revoke(write, visit.session)
    response.delete_cookie(_cookie(), path=_path(link_token), secure=parts().settings.secure_cookies)


def _cookie() -> str:
    return "__Secure-puffin-family" if parts().settings.secure_cookies else "puffin-family"


def _path(link_token: str) -> str:
    return f"/f/{link_token}"


def _hash(token: str) -> str:
    return sha256(token.encode()).hexdigest()
