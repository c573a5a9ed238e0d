"""The invented population is the same for everybody, and reads as GP records do."""

import json
from datetime import date

import pytest

from bench import population
from fhir.intake.bundle import parse_bundle
from fhir.intake.gp_record import read_record
from plans.people import nhs_number
from plans.record_facts import facts_of
from portal.calendar import holidays_for

TODAY = date(2026, 11, 21)


def reading(number):
    return read_record(parse_bundle(json.dumps(population.record(number)).encode()))


@pytest.mark.parametrize("number", [0, 1, 17, 99_999, 123_456])
def test_every_child_is_read_without_doubt_and_nothing_is_left_out(number):
    read = reading(number)

    assert (read.ignored, read.doubtful) == ({}, ())
    assert sum(read.used.values()) == 12 + (read.record.school is not None)
    assert read.record.practice
    assert len(read.record.lines) == 2
    assert len(read.record.supplies) == 4
    assert [one.with_parental_responsibility for one in read.record.family] == [True]
    assert "no-preventer" not in {doubt.name for doubt in facts(read.record).doubts}


def facts(record):
    return facts_of(record, holidays_for(record.practice.nation), TODAY)


def test_a_child_is_the_same_whoever_asks_first():
    later = population.record(500)

    population._numbers.cache_clear()

    assert population.record(500) == later


def test_no_two_children_have_one_number_and_each_number_is_of_the_range_for_tests():
    numbers = [population.number_of(number) for number in range(3000)]

    assert len(set(numbers)) == 3000
    assert all(number.startswith("999") and nhs_number(number) == number for number in numbers)


def test_past_the_range_for_tests_a_child_has_no_number_and_is_known_by_an_address(monkeypatch):
    monkeypatch.setattr(population, "_numbers", lambda: ([], iter(())))

    assert population.number_of(5) == ""
    assert reading(5).record.child.nhs_number == ""


def test_children_share_practices_and_schools():
    codes = {reading(number).record.practice.code for number in (0, 999, 1000)}
    schools = {one.record.school.code for one in map(reading, range(0, 150, 10)) if one.record.school}

    assert len(codes) == 2
    assert len(schools) == 1


def test_lines_are_one_record_each(tmp_path):
    population.write_lines(tmp_path / "all.ndjson", range(3))

    lines = (tmp_path / "all.ndjson").read_text(encoding="utf-8").splitlines()

    assert [json.loads(line) for line in lines] == [population.record(number) for number in range(3)]
