"""Only the edges read the clock; everything else is told the time."""

from ast import Attribute, Name, alias, walk
from ast import ImportFrom as From

import pytest

from tests.house_rules.module import Module, our_modules

# Where the time comes in. Each hands it on as an argument.
EDGES = ("run.py", "portal/__init__.py", "portal/listener.py", "portal/serving.py", "portal/worker.py")

READINGS = {
    "datetime": {"now", "utcnow", "today"},
    "date": {"today"},
    "time": {"time", "time_ns", "localtime", "gmtime", "ctime"},
}


def faults(module: Module) -> list[str]:
    """Return each place in `module` that reads the clock although it is no edge."""
    if module.is_in(*EDGES):
        return []
    return [
        f"{module.path} reads the clock: {reading}"
        for node in walk(module.tree)
        if (reading := _reading(node))
    ]


def _reading(node: object) -> str:
    match node:
        case Attribute(value=Name(id=owner) | Attribute(attr=owner), attr=name) if name in READINGS.get(
            owner, ()
        ):
            return f"{owner}.{name}"
        case From(module="time", names=[*names]) if taken := [n.name for n in names if _is_reading(n)]:
            return f"time.{taken[0]}"
    return ""


def _is_reading(name: alias) -> bool:
    return name.name in READINGS["time"]


def test_only_the_edges_read_the_clock():
    assert [fault for module in our_modules() for fault in faults(module)] == []


@pytest.mark.parametrize(
    "source",
    [
        "from datetime import UTC, datetime\nat = datetime.now(UTC)",
        "import datetime\nat = datetime.datetime.now(datetime.UTC)",
        "from datetime import date\nday = date.today()",
        "from datetime import datetime\nstart(clock=datetime.now)",
        "import time\nat = time.time()",
        "from time import time",
    ],
)
def test_reading_the_clock_is_seen(source):
    assert len(faults(Module("portal/actions/plans.py", source))) == 1


def test_an_edge_may_read_the_clock():
    assert faults(Module("run.py", "from datetime import UTC, datetime\nat = datetime.now(UTC)")) == []


def test_measuring_how_long_something_takes_is_no_fault():
    assert faults(Module("portal/printers.py", "import time\nstart = time.monotonic()")) == []
