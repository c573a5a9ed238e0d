"""Which regimen a record describes."""

import pytest

from plans.gp_record import Instruction
from plans.partial_date import partial_date
from plans.record_regimen import PLAN_REGIMEN, RecordRegimen, regimen_of
from tests.plans.records import (
    AS_MART,
    AS_NEEDED,
    BLUE,
    BROWN,
    FLUTIFORM,
    SYMBICORT,
    TODAY,
    TWICE_A_DAY,
    conventional,
    line,
    make_record,
    mart,
)

DAILY_SYMBICORT = line(SYMBICORT, TWICE_A_DAY, started="2026-03-17")


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        pytest.param(conventional(), RecordRegimen.CONVENTIONAL, id="preventer and reliever"),
        pytest.param((line(BROWN, TWICE_A_DAY),), RecordRegimen.CONVENTIONAL, id="preventer alone"),
        pytest.param((line(BLUE, AS_NEEDED),), RecordRegimen.RELIEVER_ONLY, id="reliever alone"),
        pytest.param((mart(),), RecordRegimen.MART, id="daily and as needed"),
        pytest.param((mart(), line(BLUE, AS_NEEDED)), RecordRegimen.MART, id="MART and a blue one kept"),
        pytest.param(
            tuple(line(SYMBICORT, one) for one in AS_MART), RecordRegimen.MART, id="MART in two lines"
        ),
        pytest.param((line(SYMBICORT, AS_NEEDED),), RecordRegimen.AIR, id="as needed only"),
        pytest.param(
            (line(SYMBICORT, Instruction("1 dose, anti-inflammatory reliever")),),
            RecordRegimen.AIR,
            id="AIR in words",
        ),
        pytest.param(
            (line(FLUTIFORM, Instruction("2 puffs twice a day and as needed, MART")),),
            RecordRegimen.MART,
            id="MART in words, licensed or not",
        ),
        pytest.param(
            (line(FLUTIFORM, Instruction("2 puffs twice a day, not for MART")), line(BLUE, AS_NEEDED)),
            RecordRegimen.CONVENTIONAL,
            id="MART denied",
        ),
        pytest.param(
            (DAILY_SYMBICORT, line(BLUE, AS_NEEDED)), RecordRegimen.CONVENTIONAL, id="daily, and blue"
        ),
        pytest.param((DAILY_SYMBICORT,), RecordRegimen.NOT_SAID, id="formoterol daily, no reliever"),
        pytest.param((), RecordRegimen.NOT_SAID, id="nothing"),
        pytest.param((line(BROWN, TWICE_A_DAY, is_active=False),), RecordRegimen.NOT_SAID, id="stopped"),
        pytest.param(
            (line(BROWN, TWICE_A_DAY, ended=TODAY.replace(day=20)), line(BLUE, AS_NEEDED)),
            RecordRegimen.RELIEVER_ONLY,
            id="a trial that has ended",
        ),
        pytest.param(
            (line(BROWN, TWICE_A_DAY, ended=TODAY), line(BLUE, AS_NEEDED)),
            RecordRegimen.CONVENTIONAL,
            id="a trial on its last day",
        ),
    ],
)
def test_the_running_medicines_say_the_regimen(lines, expected):
    assert regimen_of(make_record(lines=lines), TODAY) is expected


def test_the_entry_that_mart_began_settles_a_daily_dose():
    with_entry = make_record(lines=(DAILY_SYMBICORT,), mart_started=(partial_date("2026-03-17"),))
    before_it = make_record(lines=(DAILY_SYMBICORT,), mart_started=(partial_date("2026-03-16"),))

    assert regimen_of(with_entry, TODAY) is RecordRegimen.MART
    assert regimen_of(before_it, TODAY) is RecordRegimen.NOT_SAID


def test_every_regimen_of_a_record_has_its_place_in_a_plan_or_none():
    assert PLAN_REGIMEN.keys() == set(RecordRegimen)
