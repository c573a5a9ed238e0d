"""Posts: one person may work in several places, and is somebody else in each; a post ends at once."""

import pytest
from click.testing import CliRunner

import run
from plans.places import WORKS_IN, Organisation, OrganisationKind, Role
from portal.actions.accounts import account_of, all_accounts, people_of, stop_account
from portal.actions.places import by_code
from portal.actions.posts import PostNotFound, PostTaken, RoleDoesNotFit, add_post, end_post, let_lead
from tests.portal.conftest import HOMES, MONDAY_9AM, PASSWORD
from tests.portal.making import make_child

SIGN_IN = {"username": "dr.lee", "password": PASSWORD}
HOSPITAL = HOMES[Role.HOSPITAL]


@pytest.fixture
def doctor(make_person):
    """A GP of Elm Surgery, Dr Lee."""
    return make_person()


@pytest.fixture
def also_on_the_ward(store, doctor):
    """Dr Lee works for Ash Hospital too; who she is there."""
    account = account_of(store, doctor.username)
    return add_post(store, account, Role.HOSPITAL, "Registrar", HOSPITAL, by="system", at=MONDAY_9AM)


def test_the_table_says_for_every_role_where_such_people_work():
    assert set(WORKS_IN) == set(Role)
    assert all(WORKS_IN.values())


def test_a_school_nurse_is_of_a_nursing_team_and_never_of_a_school():
    assert OrganisationKind.SCHOOL not in WORKS_IN[Role.SCHOOL_NURSE]


def test_somebody_with_one_post_is_never_asked_where_they_work(portal, doctor):
    browser = portal.test_client()

    browser.post("/sign-in", data=SIGN_IN)

    assert "Change place" not in browser.get("/children").text


def test_somebody_with_two_posts_chooses_one_and_is_that_alone(portal, doctor, also_on_the_ward, store):
    browser = portal.test_client()
    browser.post("/sign-in", data=SIGN_IN)
    assert browser.get("/reviews").headers["Location"] == "/sign-in/place?next=/reviews"

    page = browser.get("/sign-in/place").text
    assert "Elm Surgery" in page
    assert "Ash Hospital" in page

    answer = browser.post("/sign-in/place", data={"post": also_on_the_ward.post_id, "next": "/hospital"})

    assert answer.headers["Location"] == "/hospital"
    assert "Registrar" in browser.get("/hospital").text
    assert browser.get("/reviews").status_code == 404  # that is for the practice


def test_they_change_place_without_signing_in_again(portal, store, doctor, also_on_the_ward):
    make_child(store, doctor, given="Amina")
    browser = portal.test_client()
    browser.post("/sign-in", data=SIGN_IN)
    browser.post("/sign-in/place", data={"post": also_on_the_ward.post_id})
    assert "Amina" not in browser.get("/children").text

    browser.post("/sign-in/place", data={"post": doctor.post_id})

    assert "Amina" in browser.get("/children").text


@pytest.mark.parametrize("post", ["", "x", "somebody else's"])
def test_a_post_that_is_not_theirs_is_never_chosen(portal, doctor, also_on_the_ward, make_person, post):
    other = make_person(Role.SCHOOL_STAFF)
    browser = portal.test_client()
    browser.post("/sign-in", data=SIGN_IN)

    answer = browser.post("/sign-in/place", data={"post": other.post_id if post.startswith("some") else post})

    assert answer.status_code == 422
    assert "Choose where you are working now" in answer.text
    assert browser.get("/shared").status_code == 303


def test_a_post_that_ends_in_mid_visit_is_gone_with_the_next_click(portal, store, doctor, also_on_the_ward):
    browser = portal.test_client()
    browser.post("/sign-in", data=SIGN_IN)
    browser.post("/sign-in/place", data={"post": also_on_the_ward.post_id})
    assert browser.get("/hospital").status_code == 200

    ward = by_code(store, HOSPITAL.code)
    end_post(store, account_of(store, "dr.lee"), Role.HOSPITAL, ward, by="system", at=MONDAY_9AM)

    assert browser.get("/hospital").location.startswith("/sign-in/place")
    assert people_of(store, doctor.account_id) == [doctor]
    assert store.read("PractitionerRole", also_on_the_ward.post_id)["active"] is False


def test_nobody_is_somebody_elsewhere_before_they_chose_it_though_one_post_is_left(
    portal, store, doctor, also_on_the_ward
):
    child = make_child(store, doctor, given="Amina")
    browser = portal.test_client()
    browser.post("/sign-in", data=SIGN_IN)
    browser.post("/sign-in/place", data={"post": also_on_the_ward.post_id})
    ward = by_code(store, HOSPITAL.code)
    end_post(store, account_of(store, "dr.lee"), Role.HOSPITAL, ward, by="system", at=MONDAY_9AM)

    for asked in ("/children", f"/children/{child.id}", "/"):
        answer = browser.get(asked)
        assert answer.location.startswith("/sign-in/place"), asked
    assert browser.post("/sign-out").location.startswith("/sign-in/place")
    page = browser.get("/sign-in/place").text
    assert "You do not work in the place that you chose any more. Choose where you are working now." in page
    assert "Ash Hospital" not in page

    browser.post("/sign-in/place", data={"post": doctor.post_id})
    assert "Amina" in browser.get("/children").text


def test_stopping_an_account_ends_every_post(store, doctor, also_on_the_ward):
    stop_account(store, doctor.username, by="system", at=MONDAY_9AM)

    assert [one.active for one in all_accounts(store)] == [False, False]
    assert people_of(store, doctor.account_id) == []
    for post_id in (doctor.post_id, also_on_the_ward.post_id):
        assert store.read("PractitionerRole", post_id)["active"] is False


def test_the_same_post_is_not_begun_twice(store, doctor):
    with pytest.raises(PostTaken):
        add_post(
            store,
            account_of(store, "dr.lee"),
            Role.CLINICIAN,
            "GP",
            HOMES[Role.CLINICIAN],
            by="system",
            at=MONDAY_9AM,
        )


@pytest.mark.parametrize("role", Role)
def test_a_role_is_only_had_in_a_place_where_such_people_work(store, doctor, role):
    wrong = [kind for kind in OrganisationKind if kind not in WORKS_IN[role]]
    account = account_of(store, "dr.lee")

    for kind in wrong:
        place = Organisation("", kind, "Some Place", "X99099")
        with pytest.raises(RoleDoesNotFit):
            add_post(store, account, role, "Job", place, by="system", at=MONDAY_9AM)
    assert by_code(store, "X99099") is None


def test_who_leads_a_team_is_kept_and_can_stop(store, doctor):
    account, elm = account_of(store, "dr.lee"), by_code(store, HOMES[Role.CLINICIAN].code)

    let_lead(store, account, Role.CLINICIAN, elm, leads=True, by="system", at=MONDAY_9AM)
    assert people_of(store, account.id)[0].leads

    let_lead(store, account, Role.CLINICIAN, elm, leads=False, by="system", at=MONDAY_9AM)
    assert not people_of(store, account.id)[0].leads


def test_somebody_who_is_not_there_neither_leads_nor_ends(store, doctor, make_person):
    make_person(Role.HOSPITAL)
    account, ward = account_of(store, "dr.lee"), by_code(store, HOSPITAL.code)

    with pytest.raises(PostNotFound):
        let_lead(store, account, Role.HOSPITAL, ward, leads=True, by="system", at=MONDAY_9AM)
    with pytest.raises(PostNotFound):
        end_post(store, account, Role.HOSPITAL, ward, by="system", at=MONDAY_9AM)


def test_the_commands_add_a_place_make_a_lead_and_end_it(tmp_path, monkeypatch):
    monkeypatch.setenv("PUFFIN_DATA", str(tmp_path))

    def call(*arguments, typed=""):
        result = CliRunner().invoke(run.door, ["user", *arguments], input=typed)
        assert result.exit_code == 0, result.output
        return result.output

    elm = ["--code", "X99001", "--organisation", "Elm Surgery"]
    who = ["--name", "Dr Ada Lee", "--role", "clinician", "--job", "GP", "--password-stdin"]
    call("add", "dr.lee", *who, *elm, typed=f"{PASSWORD}\n")
    ash = ["--role", "hospital", "--code", "X99003"]

    call("place", "add", "dr.lee", *ash, "--job", "Registrar", "--organisation", "Ash Hospital")
    call("place", "lead", "dr.lee", *ash)
    assert "hospital, Ash Hospital, leads the team\n" in call("list")

    call("place", "lead", "dr.lee", *ash, "--no")
    call("place", "end", "dr.lee", *ash)
    assert "hospital, Ash Hospital, stopped\n" in call("list")


@pytest.mark.parametrize("command", ["add", "lead", "end"])
def test_a_command_about_somebody_unknown_is_refused_in_one_line(tmp_path, monkeypatch, command):
    monkeypatch.setenv("PUFFIN_DATA", str(tmp_path))
    arguments = ["user", "place", command, "nobody", "--role", "hospital", "--code", "X99003"]
    job = ["--job", "Nurse"] if command == "add" else []

    refused = CliRunner().invoke(run.door, [*arguments, *job])

    assert refused.exit_code == 1
    assert "Nobody signs in with this username." in refused.stderr
