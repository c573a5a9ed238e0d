"""Children whose plan is routine: a record that can be copied, nothing open, nothing unusual."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from plans.leaflet.languages import languages
from plans.people import Child
from plans.working_days import uk_day
from tests.fhir.gp_records import BLUE, BROWN, concept, observation, repeat
from tests.journeys.record import best_peak_flow, mother, record_of, twice_a_day, when_needed
from tests.journeys.served import ROOT

CASES = ROOT.parent / "shared" / "cases"
SYMBICORT = ("3294611000001104", "Symbicort 200/6 Turbohaler (AstraZeneca UK Ltd)")
EVERY_DAY = "1 inhalation in the morning and 1 inhalation at night, every day"
AS_NEEDED = "1 extra inhalation when needed for symptoms (maintenance and reliever therapy, MART)"
A_DAY = {"value": 1, "unit": "day", "code": "d"}
MOST = {"maxDosePerPeriod": {"numerator": {"value": 8, "unit": "inhalation"}, "denominator": A_DAY}}
ACT = concept("443117005", "Asthma Control Test score")
LATELY = timedelta(days=60)

WELL = Child("", "Meera", "Aslam", date(2016, 8, 19), "9993236403")
ON_MART = Child("", "Bilal", "Saeed", date(2012, 11, 3), "9995622416")
RESUMED = Child("", "Hamza", "Rafiq", date(2017, 2, 11), "9995499096")


@dataclass(frozen=True)
class Routine:
    """A child whose plan is written: who signs, who is taught, and whether the best peak flow may be used.

    The day of a case record's peak flow stays where it is, so its plan goes by symptoms only.
    """

    name: str
    gp: str
    mother: str
    reads: str
    write: Callable[[Path], Path]
    uses_peak_flow: bool = False

    @property
    def needs_interpreter(self) -> bool:
        """Return whether the family reads a language that no plan is printed in."""
        return self.reads not in languages()


def well(child: Child = WELL) -> Routine:
    """Return a child with a preventer and a reliever, whose record does not say which spacer."""

    def record(lately: str) -> tuple[dict, ...]:
        daily = twice_a_day("1 puff in the morning and 1 puff at night through a spacer", 1)
        needed = when_needed("2 puffs through a spacer when needed", 2)
        return repeat(BROWN, daily, authoredOn=lately), repeat(BLUE, needed, authoredOn=lately)

    return _ours(child, record)


def on_mart() -> Routine:
    """Return a child with one inhaler for every day and for symptoms."""

    def record(lately: str) -> tuple[dict, ...]:
        doses = twice_a_day(EVERY_DAY, 1, "inhalation"), when_needed(AS_NEEDED, 1, "inhalation") | MOST
        return (repeat(SYMBICORT, *doses, authoredOn=lately),)

    return _ours(ON_MART, record)


def well_case() -> list[Routine]:
    """Return the child of the case record that is routine, if there are case records beside the project."""
    return _case("e-punjabi-10-well.json", "Gurleen Kaur Sandhu", "gp-castle-gate", "Harpreet Kaur", "pa")


def mart_case() -> list[Routine]:
    """Return the child of the case record with one inhaler, likewise."""
    return _case(
        "b-polish-13-mart.json", "Zofia Maria Wiśniewska", "gp-marsh-road", "Agnieszka Wiśniewska", "pl"
    )


def _case(file: str, name: str, gp: str, mother: str, reads: str) -> list[Routine]:
    found = CASES / file
    return [Routine(name, gp, mother, reads, lambda _: found)] if found.is_file() else []


def _ours(child: Child, record: Callable[[str], tuple[dict, ...]]) -> Routine:
    def write(folder: Path) -> Path:
        lately = (uk_day(datetime.now(UTC)) - LATELY).isoformat()
        found = (*record(lately), best_peak_flow(lately), observation(ACT, lately, valueInteger=24))
        whole = record_of(child, *found, mother=mother("Noor", child.family, "ur", "Urdu"))
        file = folder / f"{child.family}.json"
        file.write_text(json.dumps(whole), encoding="utf-8")
        return file

    return Routine(child.name, "gp", f"Noor {child.family}", "ur", write, uses_peak_flow=True)
