"""The page of who sees what says what the table says, for everybody who signs in."""

import re

import pytest

from plans.places import Role
from plans.sharing import SEES, Part, Reader
from portal import sharing_words as words

CELL = re.compile(r'data-sees="(\S+) (\S+)">(?:<strong>)?(Yes|No)')


@pytest.mark.parametrize("role", Role)
def test_everybody_who_signs_in_can_read_it(client_for, role):
    assert client_for(role).get("/who-sees-what").status_code == 200


def test_the_page_and_the_table_agree(client_for):
    page = client_for(Role.CLINICIAN).get("/who-sees-what").text

    said = {(part, reader): yes == "Yes" for part, reader, yes in CELL.findall(page)}
    assert said == {(part, reader): part in SEES[reader] for part in Part for reader in Reader}


def test_each_part_and_each_reader_stand_there_in_plain_words(client_for):
    page = client_for(Role.CLINICIAN).get("/who-sees-what").text

    for text in (*words.PARTS.values(), *(one.one for one in words.READERS.values())):
        assert text in page
