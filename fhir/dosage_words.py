"""A Dosage in plain English, for systems that show its text and not its numbers."""

from collections.abc import Callable, Mapping

HOW_OFTEN = {"h": "hour", "s": "second"}
TIMES = {"MORN": "in the morning", "EVE": "in the evening"}


def dosage_text(dosage: dict) -> str:
    """Return what a Dosage says, such as "2 puffs in the morning and in the evening"."""
    doses = [dose["doseQuantity"] for dose in dosage.get("doseAndRate", ())]
    when = WHEN[dosage["extension"][0]["valueCode"]](dosage)
    first = " ".join([*map(_counted, doses), when])
    return "; ".join([first[0].upper() + first[1:], *_maxima(dosage)])


def _every_day(dosage: dict) -> str:
    return " and ".join(TIMES[time] for time in dosage["timing"]["repeat"]["when"])


def _when_needed(_: dict) -> str:
    return "when needed for cough, wheeze or a tight chest"


def _worse(dosage: dict) -> str:
    return "when getting worse" + _no_more_often(dosage)


def _attack(dosage: dict) -> str:
    return "in an asthma attack" + _no_more_often(dosage)


WHEN: Mapping[str, Callable[[dict], str]] = {
    "every-day": _every_day,
    "morning": _every_day,
    "evening": _every_day,
    "when-needed": _when_needed,
    "worse": _worse,
    "attack": _attack,
}


def _no_more_often(dosage: dict) -> str:
    repeat = dosage.get("timing", {}).get("repeat")
    if not repeat:
        return ""
    period, unit = repeat["period"], HOW_OFTEN[repeat["periodUnit"]]
    return f", no more often than every {period} {unit}s" if period != 1 else f", once every {unit} at most"


def _maxima(dosage: dict) -> list[str]:
    at_once, a_day = dosage.get("maxDosePerAdministration"), dosage.get("maxDosePerPeriod")
    said = []
    if at_once:
        said.append(f"no more than {_counted(at_once)} at one time")
    if a_day:
        said.append(f"no more than {_counted(a_day['numerator'])} in a day, all together")
    return said


def _counted(quantity: dict) -> str:
    value, unit = quantity["value"], quantity["unit"]
    return f"{value} {unit}" if value == 1 else f"{value} {unit}s"
