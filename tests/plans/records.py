"""Makes what a GP record says: name only what your test is about."""

from datetime import UTC, date, datetime

from plans.diagnosis import Asthma
from plans.discharge_notice import VisitKind
from plans.gp_record import (
    Diagnosed,
    GpRecord,
    HospitalVisit,
    Instruction,
    NamedMedicine,
    PeakFlowReading,
    RepeatLine,
    Supply,
)
from plans.partial_date import partial_date
from plans.people import Child

TODAY = date(2026, 11, 21)

# Terms as dm+d gives them.
BLUE = "Ventolin 100micrograms/dose Evohaler (GlaxoSmithKline UK Ltd)"  # 200 doses
OTHER_BLUE = "Salamol 100micrograms/dose inhaler CFC free (Teva UK Ltd)"
DOUBLE_BLUE = "Ventolin 200micrograms/dose Accuhaler (GlaxoSmithKline UK Ltd)"
BROWN = "Clenil Modulite 100micrograms/dose inhaler (Chiesi Ltd)"  # 200 doses
SYMBICORT = "Symbicort 200/6 Turbohaler (AstraZeneca UK Ltd)"  # 120 doses
SYMBICORT_LOW = "Symbicort 100/6 Turbohaler (AstraZeneca UK Ltd)"
HALF_PUFFS = "Symbicort 100micrograms/dose / 3micrograms/dose pressurised inhaler"
FLUTIFORM = "Flutiform 50micrograms/dose / 5micrograms/dose inhaler (Napp Pharmaceuticals Ltd)"
MONTELUKAST = "Montelukast 5mg chewable tablets sugar free"
PREDNISOLONE = "Prednisolone 5mg soluble tablets"
NEBULISER = "Salbutamol 2.5mg/2.5ml nebuliser liquid unit dose vials"

TWICE_A_DAY = Instruction("2 puffs in the morning and 2 puffs at night", amount=2, unit="puff", times_a_day=2)
ONCE_A_DAY = Instruction("1 puff once a day", amount=1, unit="puff", times_a_day=1)
AS_NEEDED = Instruction("2 puffs when needed", as_needed=True, amount=2, unit="puff")
AS_MART = (
    Instruction("1 puff in the morning and 1 at night", amount=1, unit="puff", times_a_day=2),
    Instruction("1 puff when needed (MART)", as_needed=True, amount=1, unit="puff"),
)


def make_record(*, age: int = 10, **changes: object) -> GpRecord:
    """Return the record of an invented child who has asthma and `age` years."""
    born = date(TODAY.year - age, 3, 14)
    child = Child(id="c", given="Robin", family="Example", born=born, nhs_number="9991230041")
    return GpRecord(child=child, **({"asthma": Diagnosed.CONFIRMED} | changes))  # type: ignore[arg-type]


def line(text: str, *instructions: Instruction, started: str = "2024-01-01", **changes: object) -> RepeatLine:
    """Return a running line of the repeat list."""
    day = partial_date(started)
    values = {"is_active": True, "written": day, "started": day, "instructions": instructions} | changes
    return RepeatLine(medicine=NamedMedicine(text), **values)  # type: ignore[arg-type]


def conventional() -> tuple[RepeatLine, RepeatLine]:
    """Return a preventer of 2 puffs twice a day, and a blue inhaler."""
    return line(BROWN, TWICE_A_DAY), line(BLUE, AS_NEEDED)


def mart(text: str = SYMBICORT) -> RepeatLine:
    """Return one inhaler for every day and for symptoms."""
    return line(text, *AS_MART)


def supplies(text: str, *days: str, quantity: float | None = 1, unit: str = "inhaler") -> tuple[Supply, ...]:
    """Return one supply on each day; a day may be a month or a year."""
    return tuple(Supply(NamedMedicine(text), partial_date(day), quantity, unit) for day in days)


def visit(
    ended: str, kind: VisitKind = VisitKind.STAY, *, asthma: Asthma = Asthma.YES, is_attack: bool = True
) -> HospitalVisit:
    """Return a visit that ended at this time in UTC, like 2026-11-20 18:30."""
    moment = utc(ended)
    return HospitalVisit("V-1", kind, moment, moment, asthma, is_attack)


def utc(text: str) -> datetime:
    """Return a moment in UTC from text like 2026-11-20 18:30."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def best(value: float = 300, day: str = "2026-06-01", **changes: object) -> PeakFlowReading:
    """Return a best peak flow in L/min on the EU scale."""
    values = {"unit": "L/min", "scale": "EU", "is_best": True} | changes
    return PeakFlowReading(value=value, day=partial_date(day), **values)  # type: ignore[arg-type]
