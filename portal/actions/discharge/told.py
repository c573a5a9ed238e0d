"""What somebody told of a discharge, by a form, a file or a message, and the fields to keep of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from plans.diagnosis import Asthma, Diagnosis
from plans.discharge_notice import Destination, DischargeNotice, LeftHow, VisitKind
from plans.places import Nation

Fields = dict[str, Any]


class News(StrEnum):
    """What happened. An update carries the time of discharge too, and starts no clock by itself."""

    DISCHARGED = "discharged"
    UPDATED = "updated"
    CANCELLED = "cancelled"


@dataclass(frozen=True)
class Told:
    """What was told and how: `text` is the message as it came, `hospital_id` the sender if known here.

    `answers` are those to the questions of plans/discharge_questions.py, by code.
    """

    news: News
    notice: DischargeNotice
    text: str
    hospital_id: str = ""
    answers: Mapping[str, str] = field(default_factory=dict)

    def about(self, **changes: Any) -> "Told":
        """Return the same with the notice corrected."""
        return replace(self, notice=replace(self.notice, **changes))


def fields_of(told: Told) -> Fields:
    """Return what was told as JSON can hold it, without the text."""
    notice = vars(told.notice)
    days = {name: _text(notice[name]) for name in ("born", "admitted_at", "discharged_at")}
    diagnoses = [vars(diagnosis) for diagnosis in told.notice.diagnoses]
    went_to = vars(told.notice.went_to) if told.notice.went_to else None
    return {
        "news": told.news,
        "hospital_id": told.hospital_id,
        "answers": dict(told.answers),
        "notice": notice | days | {"diagnoses": diagnoses, "went_to": went_to},
    }


def told_from(fields: Mapping[str, Any], text: str) -> Told:
    """Return what was told, from its fields."""
    kept = fields["notice"]
    notice = DischargeNotice(
        **kept
        | {
            "nation": Nation(kept["nation"]) if kept["nation"] else None,
            "kind": VisitKind(kept["kind"]),
            "asthma": Asthma(kept["asthma"]),
            "born": date.fromisoformat(kept["born"]) if kept["born"] else None,
            "admitted_at": _moment(kept["admitted_at"]),
            "discharged_at": _moment(kept["discharged_at"]),
            "diagnoses": tuple(Diagnosis(**one) for one in kept["diagnoses"]),
            "went_to": Destination(**kept["went_to"]) if kept.get("went_to") else None,
            "left_how": LeftHow(kept["left_how"]) if kept.get("left_how") else None,
        }
    )
    return Told(News(fields["news"]), notice, text, fields["hospital_id"], fields["answers"])


def _text(when: date | None) -> str:
    return when.isoformat() if when else ""


def _moment(text: str) -> datetime | None:
    return datetime.fromisoformat(text) if text else None
