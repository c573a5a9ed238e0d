"""Consent: who gave it, how, when and until when; withdrawn, asked again, and who decides at which age."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from fhir import kept_competence, kept_shares
from fhir.store.tables import links
from plans.consent import How
from plans.places import Role
from plans.sharing import Basis, Part, Reader, ShareNotAllowed
from portal.actions.circle.sharing import Wanted
from portal.actions.circle.sharing import share as act_share
from tests.portal.conftest import MONDAY_9AM
from tests.portal.making import agreed, make_child, make_family_member, make_organisation, make_plan
from tests.portal.test_sharing import HOME, SAID, addresses, agreed_by, look_for, page_of, share

TODAY = MONDAY_9AM.date()
BORN = {
    8: date(2018, 5, 1),
    12: date(2014, 5, 1),
    14: date(2012, 5, 1),
    16: date(2010, 11, 20),
    17: date(2009, 5, 1),
}


@pytest.fixture
def gp(client_for):
    return client_for(Role.CLINICIAN)


@pytest.fixture
def age():
    return 8


@pytest.fixture
def child(store, gp, age):
    return make_child(store, gp.person, born=BORN[age], school_id=make_organisation(store).id)


@pytest.fixture
def mother(store, child):
    return make_family_member(store, child)


@pytest.fixture
def plan(store, child, gp):
    return make_plan(store, child, gp.person)


@pytest.fixture
def shared(store, gp, child, plan, mother):
    """The share with the school, to which the mother agreed."""
    share(gp, child, {"school": "consent"}, agreed_by(mother), school=child.school_id)
    return kept_shares.shares_of(store, child.id)[0]


def shared_before_16(store, gp, child, mother):
    """Share with the mother while she still decided; return the path of her link."""
    wanted = [Wanted(Reader.FAMILY, mother.id, Basis.DIRECT_CARE)]
    (link,) = act_share(store, child.id, wanted, by=gp.person, at=MONDAY_9AM - timedelta(days=4))
    return f"/f/{link.token}"


def by_themselves(child):
    return SAID | {"consent-by": f"Patient/{child.id}"}


def say(gp, child, one, said, answer, **more):
    return gp.post(f"/children/{child.id}/share/{one.id}/said", data=said | {"answer": answer} | more)


def judge(gp, child, finding="understands", **changes):
    talk = {"talked-on-day": "20", "talked-on-month": "11", "talked-on-year": "2026"}
    typed = talk | {"finding": finding, "decision": "Whether school has the plan"} | changes
    return gp.post(f"/children/{child.id}/share/understanding", data=typed)


def move_practice(store, gp, nation):
    with store.write(by="system", at=MONDAY_9AM) as write:
        kept = write.read("Organization", gp.person.organisation_id)
        country = {"address": [{"use": "work", "country": nation}]}
        write.update(kept | country, if_match=kept["meta"]["versionId"])
        write.audit("U", f"Organization/{kept['id']}")


# Given


def test_it_is_kept_who_agreed_how_when_to_what_and_until_when(store, gp, child, plan, mother):
    until = {"until-day": "31", "until-month": "7", "until-year": "2027"}
    share(gp, child, {"school": "consent"}, agreed_by(mother) | until, school=child.school_id)

    (one,) = kept_shares.shares_of(store, child.id)
    assert (one.consent.by, one.consent.by_name) == (f"RelatedPerson/{mother.id}", "Sana Test")
    assert (one.consent.how, one.consent.on) == (How.IN_PERSON, TODAY)
    assert (one.scope, one.until) == ((Part.EMERGENCY_CARD,), date(2027, 7, 31))
    page = page_of(gp, child)
    assert "Sana Test agreed on 23 November 2026, in person." in page
    assert "Until 31 July 2027." in page


@pytest.mark.parametrize(
    ("missing", "field"),
    [
        ({"consent-by": ""}, "consent-by"),
        ({"consent-by": "RelatedPerson/somebody-else"}, "consent-by"),
        ({"consent-how": ""}, "consent-how"),
        ({"consent-how": "by-dove"}, "consent-how"),
        ({"consent-on-day": "", "consent-on-month": "", "consent-on-year": ""}, "consent-on-day"),
        ({"consent-on-day": "31", "consent-on-month": "2"}, "consent-on-day"),
        ({"until-day": "31", "until-month": "2", "until-year": "2027"}, "until-day"),
    ],
)
def test_a_consent_without_one_of_these_is_refused_at_its_field(
    store, gp, child, plan, mother, missing, field
):
    answer = share(gp, child, {"school": "consent"}, agreed_by(mother) | missing, school=child.school_id)

    assert answer.status_code == 422
    assert f'href="#{field}"' in answer.text
    assert kept_shares.shares_of(store, child.id) == []


@pytest.mark.parametrize(
    "wrong",
    [
        {"consent-on-day": "24"},
        {"until-day": "22", "until-month": "11", "until-year": "2026"},
    ],
)
def test_a_consent_of_tomorrow_or_that_ended_yesterday_is_refused(store, gp, child, plan, mother, wrong):
    answer = share(gp, child, {"school": "consent"}, agreed_by(mother) | wrong, school=child.school_id)

    assert answer.status_code == 422
    assert kept_shares.shares_of(store, child.id) == []


def test_a_share_ends_by_itself_after_its_last_day(store, gp, clock, child, plan, mother):
    until = {"until-day": "24", "until-month": "11", "until-year": "2026"}
    address = addresses(share(gp, child, {"family": "consent"}, agreed_by(mother) | until, family=mother.id))[
        0
    ]
    clock.let_pass(hours=38)
    assert gp.get(address).status_code == 200

    clock.let_pass(hours=1)

    assert gp.get(address).status_code == 404


def test_nobody_who_is_barred_or_without_parental_responsibility_can_agree(store, gp, child, plan, mother):
    barred = make_family_member(store, child, name="Omar Test", barred=True)
    aunt = make_family_member(store, child, name="Nadia Test", with_parental_responsibility=False)

    page = look_for(gp, child, "next", school=child.school_id).text

    assert f'value="RelatedPerson/{mother.id}"' in page
    for one in (barred, aunt):
        assert f'value="RelatedPerson/{one.id}"' not in page
        said = agreed_by(one)
        assert share(gp, child, {"school": "consent"}, said, school=child.school_id).status_code == 422


# Withdrawn


def test_a_withdrawn_consent_ends_the_share_and_its_link_at_once(store, gp, clock, child, plan, mother):
    address = addresses(share(gp, child, {"family": "consent"}, agreed_by(mother), family=mother.id))[0]
    (one,) = kept_shares.shares_of(store, child.id)

    answer = say(gp, child, one, agreed_by(mother) | {"consent-how": "by-phone"}, "no")

    assert answer.status_code == 303
    assert gp.get(address).status_code == 404
    (ended,) = kept_shares.shares_of(store, child.id)
    assert (ended.withdrawn.by_name, ended.withdrawn.how) == ("Sana Test", How.BY_PHONE)
    assert (ended.stopped_at, ended.consent) == (clock.now, one.consent)
    assert all(link.revoked_at for link in links.of_child(store, child.id))


def test_what_was_seen_and_the_consent_of_before_stay_recorded(store, gp, child, shared, mother):
    before = store.count("AuditEvent", entity=f"Patient/{child.id}")

    say(gp, child, shared, agreed_by(mother), "no")

    assert store.count("AuditEvent", entity=f"Patient/{child.id}") > before
    assert len(store.history("Consent", shared.id)) == 2
    page = gp.get(f"/children/{child.id}/share/{shared.id}/said").text
    assert "Sana Test withdrew consent on 23 November 2026, in person." in page


def test_an_answer_that_nobody_chose_is_asked_for(store, gp, child, shared, mother):
    answer = say(gp, child, shared, agreed_by(mother), "")

    assert answer.status_code == 422
    assert 'href="#answer"' in answer.text
    assert kept_shares.live_shares_of(store, child.id, MONDAY_9AM) == [shared]


def test_a_share_that_has_ended_cannot_be_agreed_to_again(store, gp, child, shared, mother):
    gp.post(f"/children/{child.id}/share/{shared.id}/stop")

    assert say(gp, child, shared, agreed_by(mother), "yes").status_code == 422
    assert kept_shares.live_shares_of(store, child.id, MONDAY_9AM) == []


def test_a_share_of_another_child_is_not_there(store, gp, child, shared, mother):
    other = make_child(store, gp.person, nhs_number="")

    assert gp.get(f"/children/{other.id}/share/{shared.id}/said").status_code == 404
    assert say(gp, other, shared, agreed_by(mother), "no").status_code == 404


# Young people


@pytest.mark.parametrize("age", [16])
def test_from_16_the_young_person_agrees_and_nobody_for_them(store, gp, child, plan, mother):
    refused = share(gp, child, {"school": "consent"}, agreed_by(mother), school=child.school_id)
    assert refused.status_code == 422

    answer = share(gp, child, {"school": "consent"}, by_themselves(child), school=child.school_id)

    assert answer.status_code == 200
    (one,) = kept_shares.shares_of(store, child.id)
    assert one.consent.is_of(child)


@pytest.mark.parametrize("age", [12])
@pytest.mark.parametrize(
    ("nation", "who"), [("Scotland", "child"), ("England", "mother"), ("Northern Ireland", "mother")]
)
def test_at_12_the_nation_of_the_practice_says_who_agrees(store, gp, child, plan, mother, nation, who):
    move_practice(store, gp, nation)
    said = {"child": by_themselves(child), "mother": agreed_by(mother)}

    answers = {
        name: share(gp, child, {"school": "consent"}, one, school=child.school_id).status_code
        for name, one in said.items()
    }

    assert answers == dict.fromkeys(said, 422) | {who: 200}


@pytest.mark.parametrize("age", [14])
def test_who_was_found_to_understand_agrees_for_themselves(store, gp, child, plan, mother):
    assert judge(gp, child).status_code == 303

    assert (
        share(gp, child, {"school": "consent"}, agreed_by(mother), school=child.school_id).status_code == 422
    )
    own = share(gp, child, {"school": "consent"}, by_themselves(child), school=child.school_id)
    assert own.status_code == 200


@pytest.mark.parametrize("age", [14])
def test_it_is_kept_who_judged_when_and_about_what(store, gp, child):
    judge(gp, child)

    (one,) = kept_competence.judgements_of(store, child.id)
    assert (one.by, one.on, one.decision) == (
        gp.person.practitioner_id,
        date(2026, 11, 20),
        "Whether school has the plan",
    )
    page = gp.get(f"/children/{child.id}/share/understanding").text
    assert "20 November 2026, Dr Ada Lee: They understand it and can weigh it up." in page


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"finding": "perhaps"}, "finding"),
        ({"decision": " "}, "decision"),
        ({"talked-on-day": "31", "talked-on-month": "2"}, "talked-on-day"),
        ({"talked-on-day": "24"}, "talked-on-day"),
        ({"talked-on-day": "", "talked-on-month": "", "talked-on-year": ""}, "talked-on-day"),
    ],
)
def test_a_talk_that_is_not_said_whole_is_refused_at_its_field(store, gp, child, wrong, field):
    typed = {"finding": "understands"} | wrong

    answer = judge(gp, child, **typed)

    assert answer.status_code == 422
    assert f'href="#{field}"' in answer.text
    assert kept_competence.judgements_of(store, child.id) == []


@pytest.mark.parametrize("age", [12, 16])
def test_a_parents_share_without_the_young_persons_word_is_marked_and_never_cut_off(
    store, gp, child, plan, mother, age
):
    address = shared_before_16(store, gp, child, mother)

    assert f"Amina Test is {age}. Ask them what Sana Test may see." in page_of(gp, child)
    assert gp.get(address).status_code == 200


@pytest.mark.parametrize("age", [8, 14])
def test_between_those_ages_nothing_is_marked(store, gp, child, plan, mother):
    share(gp, child, HOME, family=mother.id)

    assert "Ask them what" not in page_of(gp, child)


@pytest.mark.parametrize("age", [16])
def test_once_they_said_yes_the_mark_is_gone_and_it_rests_on_their_word(store, gp, child, plan, mother):
    shared_before_16(store, gp, child, mother)
    (one,) = kept_shares.shares_of(store, child.id)

    assert say(gp, child, one, by_themselves(child), "yes").status_code == 303

    (again,) = kept_shares.live_shares_of(store, child.id, MONDAY_9AM)
    assert (again.id, again.basis, again.consent.by_name) == (one.id, Basis.CONSENT, child.name)
    assert "Ask them what" not in page_of(gp, child)


@pytest.mark.parametrize("age", [16])
def test_nobody_agrees_for_them_later_either(store, gp, child, plan, mother):
    shared_before_16(store, gp, child, mother)
    (one,) = kept_shares.shares_of(store, child.id)

    assert say(gp, child, one, agreed_by(mother), "yes").status_code == 422
    assert kept_shares.live_shares_of(store, child.id, MONDAY_9AM) == [one]
    assert say(gp, child, one, by_themselves(child), "no").status_code == 303
    assert kept_shares.live_shares_of(store, child.id, MONDAY_9AM) == []


def test_a_share_of_an_earlier_version_says_that_nobody_is_recorded(store, gp, child, plan):
    wanted = Wanted(Reader.SCHOOL, child.school_id, Basis.CONSENT, consent=agreed(store, child.id))
    act_share(store, child.id, [wanted], by=gp.person, at=MONDAY_9AM)
    (one,) = kept_shares.shares_of(store, child.id)
    with store.write(by="system", at=MONDAY_9AM) as write:
        kept_shares.keep_changed(write, replace(one, consent=None))
        write.audit("U", f"Consent/{one.id}", f"Patient/{child.id}", "as an earlier version kept it")

    assert "It is not recorded who agreed." in page_of(gp, child)


def at_home(store, child, kind):
    if kind == "family":
        return make_family_member(store, child)
    return make_family_member(
        store, child, name="Rosa Test", relationship="grandmother", with_parental_responsibility=False
    )


@pytest.mark.parametrize("age", [17])
@pytest.mark.parametrize("kind", ["family", "carer"])
def test_where_the_young_person_decides_nobody_reads_at_home_without_their_word(store, gp, child, plan, kind):
    one = at_home(store, child, kind)

    answer = share(gp, child, {kind: "direct-care"}, **{kind: one.id})

    assert answer.status_code == 422
    assert f'href="#basis-{kind}.{one.id}"' in answer.text
    assert links.of_child(store, child.id) == []
    page = look_for(gp, child, "next", **{kind: one.id}).text
    assert 'value="consent"' in page
    assert 'value="direct-care"' not in page
    assert share(gp, child, {kind: "safeguarding"}, **{kind: one.id}).status_code == 422
    reason = {"reason": "At risk at home"}
    assert share(gp, child, {kind: "safeguarding"}, reason, **{kind: one.id}).status_code == 200
    assert share(gp, child, {kind: "consent"}, by_themselves(child), **{kind: one.id}).status_code == 200


@pytest.mark.parametrize("age", [17])
def test_a_parent_is_not_back_in_one_click_after_the_young_person_said_no(store, gp, child, plan, mother):
    share(gp, child, {"family": "consent"}, by_themselves(child), family=mother.id)
    (one,) = kept_shares.shares_of(store, child.id)
    say(gp, child, one, by_themselves(child), "no")

    answer = share(gp, child, HOME, family=mother.id)

    assert answer.status_code == 422
    assert "This young person decides who reads at home or cares for them." in answer.text
    said_no = f"{child.name} said no to Sana Test on 23 November 2026."
    assert said_no in answer.text
    assert said_no in look_for(gp, child, "next", family=mother.id).text
    assert kept_shares.live_shares_of(store, child.id, MONDAY_9AM) == []


@pytest.mark.parametrize("age", [14])
def test_who_was_found_to_understand_decides_about_home_too(store, gp, child, plan, mother):
    assert share(gp, child, HOME, family=mother.id).status_code == 200
    judge(gp, child)

    assert share(gp, child, HOME, family=mother.id).status_code == 422


@pytest.mark.parametrize("age", [17])
@pytest.mark.parametrize("basis", [Basis.CONSENT, Basis.DIRECT_CARE])
def test_no_use_case_shares_at_home_without_the_word_of_who_decides(store, gp, child, plan, mother, basis):
    with pytest.raises(ShareNotAllowed, match="This young person decides"):
        act_share(store, child.id, [Wanted(Reader.FAMILY, mother.id, basis)], by=gp.person, at=MONDAY_9AM)


def test_an_earlier_no_is_shown_for_its_own_reader_alone(store, gp, child, shared, mother):
    say(gp, child, shared, agreed_by(mother), "no")

    page = look_for(gp, child, "next", school=child.school_id, family=mother.id).text

    assert page.count("said no to") == 1
    assert "Sana Test said no to Oak School on 23 November 2026." in page
