"""Records are read in other processes: in their order, and one that brings a process down harms no other."""

import json
from contextlib import closing
from datetime import date

import pytest

from bench.population import record
from portal.actions.importing.read import (
    ReaderBeside,
    ReaderHere,
    ReadingFailed,
    Rules,
    Unread,
    read_in_order,
)
from tests.portal.reading_beside import holidays_that_kill

RULES = Rules(date(2026, 11, 21), holidays_that_kill)


def raw(number, country="England"):
    return json.dumps(record(number)).replace('"country": "England"', f'"country": "{country}"').encode()


@pytest.fixture(scope="module")
def beside():
    """A reader in a process of its own."""
    with closing(ReaderBeside(RULES)) as reader:
        yield reader


def test_a_process_reads_as_this_one_would(beside):
    some, here = [raw(0), b"Dear Dr Lee", raw(1)], ReaderHere(RULES)
    here.send(some)
    beside.send(some)

    assert list(beside.receive()) == list(here.receive())


def test_a_record_that_brings_the_process_down_is_refused_alone(beside):
    beside.send([raw(0), raw(1, "Scotland"), raw(2)])

    first, fatal, last = beside.receive()

    assert fatal == Unread(str(ReadingFailed()))
    assert (first.born, last.born) == tuple(
        date.fromisoformat(entry["resource"]["birthDate"])
        for number in (0, 2)
        for entry in record(number)["entry"]
        if entry["resource"]["resourceType"] == "Patient"
    )


def test_a_process_that_is_gone_is_started_again(beside):
    beside._process.kill()
    beside._process.join()

    beside.send([raw(0)])

    assert len(beside.receive()) == 1


class Slow:
    """A reader that says what it was sent, and keeps to one group at a time."""

    def __init__(self):
        self.sent = None

    def send(self, some):
        assert self.sent is None
        self.sent = some

    def receive(self):
        some, self.sent = self.sent, None
        return [text.upper() for text in some]


@pytest.mark.parametrize("readers", [1, 2, 5])
def test_groups_come_back_in_their_order_whoever_reads_them(readers):
    groups = [(number, [f"{number}a", f"{number}b"]) for number in range(7)]

    came = list(read_in_order(groups, [Slow() for _ in range(readers)]))

    assert came == [(number, [f"{number}A", f"{number}B"]) for number in range(7)]


def test_no_more_groups_are_taken_than_there_are_readers():
    taken = []
    groups = ((number, [taken.append(number) or "x"]) for number in range(9))

    coming = read_in_order(groups, [Slow(), Slow()])
    next(coming)

    assert taken == [0, 1, 2]
