"""What the imported record of a child gives to its page, to a draft and to its checks."""

from datetime import date

from plans.gp_record import GpRecord
from plans.partial_date import Dated
from plans.peak_flow import Height, Reading
from plans.record_beside import said_beside
from plans.record_checks import is_in_litres


def readings_on(record: GpRecord | None, today: date) -> tuple[Reading, ...]:
    """Return the peak flows on record up to `today`, in L/min; no other unit is converted."""
    return tuple(
        Reading(round(one.value), one.day.last, one.scale)
        for one in (record.peak_flows if record else ())
        if one.day and one.day.last <= today and is_in_litres(one)
    )


def heights_on(record: GpRecord | None, today: date) -> tuple[Height, ...]:
    """Return the heights on record up to `today`, in cm."""
    return tuple(
        Height(one.centimetres, one.day.last)
        for one in (record.heights if record else ())
        if one.day and one.day.last <= today
    )


def known_until(record: GpRecord) -> date | None:
    """Return the last day that anything in the record is about; None where nothing has a date."""
    dated: tuple[Dated, ...] = (
        *record.supplies,
        *record.peak_flows,
        *record.heights,
        *record.control_scores,
        *record.statements,
    )
    days = [one.day.last for one in dated if one.day]
    days += [line.written.last for line in record.lines if line.written]
    days += [day.last for day in (*record.plans_on_file, *record.not_brought)]
    days += [moment.date() for moment in (*record.reviews, *record.calls)]
    days += [moment.date() for visit in record.visits if (moment := visit.discharged_at or visit.admitted_at)]
    return max(days, default=None)


def said_on(record: GpRecord | None, today: date) -> dict[str, str]:
    """Return what the record says beside each field of a draft, by the field's name; {} without a record."""
    return said_beside(record, today) if record else {}
