"""The languages that somebody reads and speaks, as the communication of a Patient, and back."""

import re
from collections.abc import Iterable

from fhir.codes import LANGUAGE
from fhir.intake.elements import codes

PROFICIENCY = "http://hl7.org/fhir/StructureDefinition/patient-proficiency"
MODES = "http://terminology.hl7.org/CodeSystem/v3-LanguageAbilityMode"
READS, SPEAKS = "RWR", "ESP"
DISPLAY = {READS: "Received written", SPEAKS: "Expressed spoken"}
READS_WORD = re.compile(r"\b(reads?|reading|script)\b", re.IGNORECASE)
SPEAKS_WORD = re.compile(r"\b(speaks?|speaking|spoken)\b", re.IGNORECASE)


def to_communications(reads: str, speaks: Iterable[str]) -> list[dict]:
    """Return a child's languages, each as read, spoken or both; the one to write in is preferred."""
    spoken = tuple(speaks)
    everything = spoken if not reads or reads in spoken else (reads, *spoken)
    return [_communication(code, is_read=code == reads, is_spoken=code in spoken) for code in everything]


def language_read(communications: list[dict]) -> str:
    """Return the language to write to somebody in: one that they read, the preferred one first.

    Where nobody says whether they read it, the preferred one; a language only spoken is never it.
    """
    preferred = [one for one in communications if one.get("preferred")]
    readers = [one for one in communications if _reads(one)]
    best = [one for one in preferred if _reads(one)] or [one for one in preferred if not _only_spoken(one)]
    return next((code_of(one) for one in (*best, *readers)), "")


def languages_spoken_in(communications: list[dict]) -> tuple[str, ...]:
    """Return the codes of the languages that somebody is said to speak."""
    return tuple(filter(None, (code_of(one) for one in communications if speaks(one))))


def code_of(communication: dict) -> str:
    """Return the BCP 47 code of a language, "" if it has none."""
    return next(iter(codes(communication.get("language"), frozenset({LANGUAGE}))), "")


def _reads(communication: dict) -> bool:
    return READS in _proficiencies(communication) or bool(READS_WORD.search(_said(communication)))


def speaks(communication: dict) -> bool:
    """Return whether a language is said to be spoken."""
    return SPEAKS in _proficiencies(communication) or bool(SPEAKS_WORD.search(_said(communication)))


def _only_spoken(communication: dict) -> bool:
    return speaks(communication) and not _reads(communication)


def _said(communication: dict) -> str:
    return communication.get("language", {}).get("text", "")


def _proficiencies(communication: dict) -> set[str]:
    extensions = (one for one in communication.get("extension", ()) if one.get("url") == PROFICIENCY)
    parts = (part for one in extensions for part in one.get("extension", ()))
    return {part["valueCoding"].get("code", "") for part in parts if "valueCoding" in part}


def _communication(code: str, *, is_read: bool, is_spoken: bool) -> dict:
    modes = [mode for mode, is_so in ((READS, is_read), (SPEAKS, is_spoken)) if is_so]
    types = [
        {"url": "type", "valueCoding": {"system": MODES, "code": mode, "display": DISPLAY[mode]}}
        for mode in modes
    ]
    communication: dict = {
        "extension": [{"url": PROFICIENCY, "extension": types}],
        "language": {"coding": [{"system": LANGUAGE, "code": code}]},
    }
    return communication | ({"preferred": True} if is_read else {})
