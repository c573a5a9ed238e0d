"""Accounts: added, listed and stopped by whoever runs Puffin, from the command line."""

import json

import pytest
from click.testing import CliRunner

import run
from fhir.store.errors import UsernameTaken
from fhir.store.tables import accounts
from plans.places import Nation, Organisation, OrganisationKind, Role
from portal import passwords
from portal.actions.accounts import AccountNotFound, UsernameInvalid, all_accounts, people_of, stop_account
from portal.actions.places import CodeInvalid, OrganisationOfAnotherKind, OrganisationUnknown
from portal.actions.posts import NameMissing
from portal.passwords import LONGEST, PasswordNotGoodEnough, is_right
from tests.portal.conftest import HOMES, MONDAY_9AM, PASSWORD, all_that_is_kept, open_as_commands_do

ADD = [
    "user",
    "add",
    "dr.lee",
    "--name",
    "Dr Ada Lee",
    "--role",
    "clinician",
    "--job",
    "GP",
    "--password-stdin",
]
ELM = ["--code", "X99001", "--organisation", "Elm Surgery", "--phone", "0121 496 0101"]


@pytest.fixture
def door(tmp_path, monkeypatch):
    """Call a command; its result has exit_code, stdout and stderr."""
    monkeypatch.setenv("PUFFIN_DATA", str(tmp_path))

    def call(*arguments, typed=""):
        return CliRunner().invoke(run.door, list(arguments), input=typed)

    return call


def kept(store, kind):
    return store.search(kind)


def test_a_new_account_brings_its_practitioner_role_and_organisation(make_person, store):
    person = make_person()

    assert store.read("Practitioner", person.practitioner_id)["name"][0]["text"] == "Dr Ada Lee"
    assert store.read("PractitionerRole", person.post_id)["code"][0]["text"] == "GP"
    assert store.read("Organization", person.organisation_id)["name"] == "Elm Surgery"
    assert people_of(store, person.account_id) == [person]


def test_everything_new_is_in_the_audit(make_person, store):
    person = make_person()

    noted = {event["entity"][0]["what"]["reference"] for event in kept(store, "AuditEvent")}

    post = f"PractitionerRole/{person.post_id}"
    assert noted == {person.ref, post, f"Organization/{person.organisation_id}"}


def test_an_organisation_whose_code_is_kept_is_used_again(make_person, store):
    first = make_person()
    nameless = Organisation("", OrganisationKind.PRACTICE, "", "X99001")

    second = make_person(username="dr.oak", name="Dr Sam Oak", organisation=nameless)

    assert second.organisation_id == first.organisation_id
    assert second.organisation_name == "Elm Surgery"
    assert len(kept(store, "Organization")) == 1


def test_the_same_code_for_another_kind_of_organisation_is_refused(make_person):
    make_person()

    with pytest.raises(OrganisationOfAnotherKind, match="kept as a practice"):
        make_person(
            Role.SCHOOL_STAFF, organisation=Organisation("", OrganisationKind.SCHOOL, "Oak", "X99001")
        )


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        pytest.param({"username": "Dr Lee"}, UsernameInvalid, id="a username with a space"),
        pytest.param({"username": ""}, UsernameInvalid, id="no username"),
        pytest.param({"name": " "}, NameMissing, id="no name"),
        pytest.param({"job": ""}, NameMissing, id="no job"),
        pytest.param({"organisation": Organisation("", OrganisationKind.PRACTICE, "Elm", "")}, CodeInvalid),
        pytest.param(
            {"organisation": Organisation("", OrganisationKind.PRACTICE, "", "X99009")}, OrganisationUnknown
        ),
    ],
)
def test_an_account_that_lacks_something_is_refused_whole(make_person, store, changes, refusal):
    with pytest.raises(refusal):
        make_person(**changes)

    assert [kept(store, kind) for kind in ("Practitioner", "Organization", "AuditEvent")] == [[], [], []]
    assert all_accounts(store) == []


def test_a_username_that_somebody_has_is_refused_whole(make_person, store):
    make_person()

    with pytest.raises(UsernameTaken):
        make_person(organisation=HOMES[Role.CLINICIAN])

    assert len(kept(store, "Practitioner")) == 1


@pytest.mark.parametrize("password", ["", "eleven char", "x" * (LONGEST + 1), "DR.ADA.LEE.GP"])
def test_a_password_too_short_too_long_or_the_username_is_refused(password):
    with pytest.raises(PasswordNotGoodEnough):
        passwords.hash_of(password, username="dr.ada.lee.gp")


def test_a_password_is_kept_as_argon2id_and_nothing_else(make_person, store):
    make_person()

    assert accounts.by_username(store, "dr.lee").password_hash.startswith("$argon2id$")
    assert not any(PASSWORD in line for line in all_that_is_kept(store))


def test_only_the_very_password_is_right():
    kept = passwords.hash_of(PASSWORD, username="dr.lee")

    assert is_right(PASSWORD, kept)
    assert not is_right(PASSWORD + " ", kept)
    assert not is_right("", kept)
    assert not is_right(PASSWORD, "not a hash")
    assert not is_right("the password of nobody", None)


def test_a_username_that_nobody_has_costs_as_much_to_check(monkeypatch):
    checked = []
    monkeypatch.setattr(
        type(passwords.HASHER), "verify", lambda _self, kept, _password: checked.append(kept) or True
    )

    assert not is_right(PASSWORD, None)
    assert len(checked) == 1


def test_a_stopped_account_is_nobody_and_stays_listed(make_person, store):
    person = make_person()

    stop_account(store, "dr.lee", by="system", at=MONDAY_9AM)

    assert people_of(store, person.account_id) == []
    assert [(one.username, one.active) for one in all_accounts(store)] == [("dr.lee", False)]


def test_stopping_somebody_unknown_is_refused(store):
    with pytest.raises(AccountNotFound):
        stop_account(store, "nobody", by="system", at=MONDAY_9AM)


def test_the_command_adds_an_account_with_a_password_from_standard_input(door, tmp_path):
    result = door(*ADD, *ELM, "--nation", "scotland", typed=f"{PASSWORD}\n")

    assert (result.exit_code, result.stdout) == (0, "")
    assert result.stderr == "Dr Ada Lee can sign in as dr.lee for Elm Surgery.\n"
    store = open_as_commands_do(tmp_path)
    assert is_right(PASSWORD, accounts.by_username(store, "dr.lee").password_hash)
    assert store.search("Organization")[0]["address"][0]["country"] == "Scotland"
    store.close()


def test_the_command_asks_twice_for_a_password_and_shows_neither(door):
    asking = [word for word in ADD if word != "--password-stdin"]

    result = door(*asking, *ELM, typed=f"{PASSWORD}\n{PASSWORD}\n")

    assert result.exit_code == 0
    assert PASSWORD not in result.output


def test_the_command_refuses_in_one_line(door):
    result = door(*ADD, *ELM, typed="short\n")

    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr == "Choose a password of 12 to 200 characters that is not the username.\n"


def test_a_password_is_never_an_argument(door):
    assert door(*ADD, *ELM, "--password", PASSWORD).exit_code == 2


def test_the_list_in_json_is_one_object_a_line_and_tells_no_secret(door):
    door(*ADD, *ELM, typed=f"{PASSWORD}\n")

    lines = door("user", "list", "--json").stdout.splitlines()

    assert [json.loads(line) for line in lines] == [
        {
            "username": "dr.lee",
            "name": "Dr Ada Lee",
            "role": "clinician",
            "organisation": "Elm Surgery",
            "leads": False,
            "active": True,
        }
    ]


def test_the_command_stops_an_account(door):
    door(*ADD, *ELM, typed=f"{PASSWORD}\n")

    assert door("user", "stop", "dr.lee").exit_code == 0
    assert "stopped" in door("user", "list").stdout


def test_the_nation_is_that_of_the_practice(make_person, store):
    elm = Organisation(
        "", OrganisationKind.PRACTICE, "Glen Surgery", "X99004", nation=Nation.NORTHERN_IRELAND
    )

    person = make_person(organisation=elm)

    address = store.read("Organization", person.organisation_id)["address"]
    assert address[0]["country"] == "Northern Ireland"
