"""Places without an account: kept by their code, checked, and a file of them is told of row by row."""

import json

import pytest
from click.testing import CliRunner

import run
from plans.places import Organisation, OrganisationKind
from portal.actions.places import (
    NameNotPrintable,
    NotASchoolAndItsTeam,
    OdsCodeInvalid,
    OrganisationNotFound,
    OrganisationUnknown,
    PlaceKeptAlready,
    SchoolCodeInvalid,
    add_place,
    all_places,
    by_code,
    set_nurses,
)
from portal.actions.places_file import Became, PlacesColumnsMissing, PlacesUnreadable, bring_in_places
from tests.portal.conftest import MONDAY_9AM, open_as_commands_do

SCHOOL, TEAM = OrganisationKind.SCHOOL, OrganisationKind.NURSING_TEAM


def add(store, kind, code, name="A place", nurses=""):
    return add_place(store, Organisation("", kind, name, code), nurses, by="system", at=MONDAY_9AM)


def bring_in(store, *lines, header="kind,code,name,phone,nation,nurses"):
    data = "\n".join((header, *lines)).encode()
    return [(one.became, one.why) for one in bring_in_places(store, data, by="system", at=MONDAY_9AM)]


@pytest.mark.parametrize("code", ["123456", "EE123456"])
def test_a_school_has_a_urn(store, code):
    assert add(store, SCHOOL, code)
    assert by_code(store, code).kind is SCHOOL


@pytest.mark.parametrize("code", ["12345", "1234567", "X99002", "", "EE12345"])
def test_what_is_no_urn_is_refused_for_a_school(store, code):
    with pytest.raises(SchoolCodeInvalid):
        add(store, SCHOOL, code)


@pytest.mark.parametrize("code", ["", "x99", "X9", "X99001234", "X99 01", "X99\n"])
def test_what_is_no_ods_code_is_refused(store, code):
    with pytest.raises(OdsCodeInvalid):
        add(store, OrganisationKind.PHARMACY, code)


def test_the_same_place_again_changes_nothing(store):
    add(store, SCHOOL, "123456")

    assert not add(store, SCHOOL, "EE123456")
    assert len(all_places(store)) == 1


def test_one_code_never_names_two_places(store):
    add(store, TEAM, "Y99931", "Nurses")

    with pytest.raises(PlaceKeptAlready):
        add(store, TEAM, "Y99931", "Other nurses")
    with pytest.raises(PlaceKeptAlready):
        add(store, OrganisationKind.PHARMACY, "Y99931", "Nurses")


@pytest.mark.parametrize(("name", "refusal"), [("", OrganisationUnknown), ("A\nplace", NameNotPrintable)])
def test_a_place_has_a_name_that_can_be_printed(store, name, refusal):
    with pytest.raises(refusal):
        add(store, TEAM, "Y99931", name)
    assert all_places(store) == []


def test_a_team_looks_after_a_school_and_nothing_else_is_changed(store):
    add(store, TEAM, "Y99931", "Nurses")
    add(store, SCHOOL, "123456", "Oak School")
    before = store.search("Organization", name="Oak School")[0]
    set_nurses(store, "123456", "Y99931", by="system", at=MONDAY_9AM)

    after = store.search("Organization", name="Oak School")[0]
    assert by_code(store, "123456").nursing_team_id == by_code(store, "Y99931").id
    assert {name for name in after if after[name] != before.get(name)} == {"extension", "meta"}


@pytest.mark.parametrize(
    ("school", "team", "refusal"),
    [
        ("999999", "Y99931", OrganisationNotFound),
        ("123456", "Y99999", OrganisationNotFound),
        ("Y99931", "123456", NotASchoolAndItsTeam),
        ("123456", "123456", NotASchoolAndItsTeam),
    ],
)
def test_only_a_team_looks_after_a_school(store, school, team, refusal):
    add(store, TEAM, "Y99931")
    add(store, SCHOOL, "123456")

    with pytest.raises(refusal):
        set_nurses(store, school, team, by="system", at=MONDAY_9AM)


def test_a_school_with_an_unknown_team_is_not_kept(store):
    with pytest.raises(OrganisationNotFound):
        add(store, SCHOOL, "123456", nurses="Y99931")
    assert all_places(store) == []


def test_a_file_is_told_of_row_by_row(store):
    told = bring_in(
        store,
        "nursing-team,Y99931,Nurses,0121 496 0131,,",
        "school,123456,Oak School,,england-and-wales,y99931",
        "school,12,Elm School,,,",
        "palace,Y99932,Ash,,,",
        "pharmacy,Y99933,Ash,,atlantis,",
        "pharmacy,Y99934,Ash,,,,one more",
        "nursing-team,Y99931,Nurses,,,",
    )

    assert [became for became, _ in told] == [
        *(Became.ADDED, Became.ADDED, Became.REFUSED, Became.REFUSED, Became.REFUSED, Became.REFUSED),
        Became.KNOWN,
    ]
    assert all(why for became, why in told if became is Became.REFUSED)
    assert by_code(store, "123456").nursing_team_id == by_code(store, "Y99931").id


def test_a_file_again_adds_nothing(store):
    line = "school,123456,Oak School,,,"
    bring_in(store, line)

    assert bring_in(store, line) == [(Became.KNOWN, "")]


@pytest.mark.parametrize("header", ["kind,code", "kind,code,name,unknown", "name"])
def test_columns_that_are_missing_or_unknown_are_refused(store, header):
    with pytest.raises(PlacesColumnsMissing):
        bring_in(store, "school,123456,Oak", header=header)


def test_a_file_with_an_open_quotation_mark_is_refused(store):
    with pytest.raises(PlacesUnreadable):
        bring_in(store, 'school,123456,"Oak,,,')


def test_the_commands_keep_show_and_join_places(tmp_path, monkeypatch):
    monkeypatch.setenv("PUFFIN_DATA", str(tmp_path))

    def call(*words):
        return CliRunner().invoke(run.door, ["place", *words])

    assert call("add", "nursing-team", "y99931", "Oak Nurses", "--phone", "0121 496 0131").exit_code == 0
    assert call("add", "school", "123456", "Oak School").exit_code == 0
    assert call("nurses", "123456", "y99931").exit_code == 0
    listed = [json.loads(line) for line in call("list", "--json").stdout.splitlines()]
    assert [(one["code"], one["nurses"]) for one in listed] == [("Y99931", ""), ("123456", "Oak Nurses")]
    refused = call("add", "school", "12", "Elm School")
    assert (refused.exit_code, "URN" in refused.stderr) == (1, True)
    (tmp_path / "places.csv").write_text("kind,code,name\nschool,1,Elm\npharmacy,Y99933,Ash\n")
    brought = call("import", str(tmp_path / "places.csv"), "--json")
    assert brought.exit_code == 1
    assert [json.loads(line)["became"] for line in brought.stdout.splitlines()] == ["refused", "added"]
    assert len(all_places(open_as_commands_do(tmp_path))) == 3
