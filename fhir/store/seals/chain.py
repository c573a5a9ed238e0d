"""The arithmetic of the audit's chain: each seal is a keyed digest of the entry and of the seal before it."""

import hashlib
import hmac
import json
from dataclasses import dataclass

BEFORE_THE_FIRST = ""
KNOWN_BY = b"the key of the audit of Puffin"


@dataclass(frozen=True)
class Sealed:
    """What one seal is about: a version of a resource, the digest of its text, and when it was sealed."""

    number: int
    type: str
    id: str
    version: int
    digest: str
    sealed_at: str


def digest_of(text: str) -> str:
    """Return SHA-256 of a text as it is kept, in hexadecimal."""
    return hashlib.sha256(text.encode()).hexdigest()


def seal_of(key: bytes, previous: str, sealed: Sealed) -> str:
    """Return HMAC-SHA256, in hexadecimal, of the previous seal and all that this one is about, as JSON."""
    about = [
        previous,
        sealed.number,
        sealed.type,
        sealed.id,
        sealed.version,
        sealed.digest,
        sealed.sealed_at,
    ]
    said = json.dumps(about, ensure_ascii=True, separators=(",", ":")).encode()
    return hmac.new(key, said, hashlib.sha256).hexdigest()


def fits(key: bytes, previous: str, sealed: Sealed, seal: str) -> bool:
    """Return whether a seal is the one that this key makes here."""
    return hmac.compare_digest(seal_of(key, previous, sealed).encode(), seal.encode())


def fingerprint_of(key: bytes) -> str:
    """Return by what a key is known again; nothing about the key can be found from it."""
    return hmac.new(key, KNOWN_BY, hashlib.sha256).hexdigest()
