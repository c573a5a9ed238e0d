"""What a family is asked and tells by their link: what the plan says, the child's words, and reports."""

from datetime import timedelta

import pytest

from fhir import kept_shares, kept_team_tasks
from plans.places import Role
from plans.team_task import TaskKind
from portal.actions.circle.sharing import stop
from portal.actions.family.child_words import words_for_professionals
from portal.actions.inbox.tasks import answer_task
from portal.actions.receipts.reading import has_read
from tests.portal.conftest import MONDAY_9AM
from tests.portal.family_making import share_with
from tests.portal.making import make_child, make_family_member, make_plan, open_by_link
from tests.portal.shared_making import READERS, make_shared_child

RIGHT = {"every-day": "preventer", "attack": "reliever", "emergency": "danger"}
ONE_INHALER = {
    "regimen": "air",
    "combination_product": "symbicort-turbohaler-200-6",
    "combination_when_needed": "1",
    "combination_most_a_day": "8",
    "preventer_product": "",
    "preventer_morning": "",
    "preventer_evening": "",
    "preventer_spacer": "",
    "reliever_product": "",
    "reliever_when_needed": "",
    "reliever_spacer": "",
    "worse_puffs": "",
    "worse_hours": "",
}


@pytest.fixture
def gp(make_person):
    return make_person(Role.CLINICIAN)


@pytest.fixture
def child(store, gp):
    return make_child(store, gp)


@pytest.fixture
def mother(store, child):
    return make_family_member(store, child)


@pytest.fixture
def father(store, child):
    return make_family_member(store, child, name="Omar Test", relationship="father", phone="07700 900222")


@pytest.fixture
def plan(store, child, gp):
    return make_plan(store, child, gp)


@pytest.fixture
def link(store, plan, mother, gp):
    return share_with(store, mother, gp)


@pytest.fixture
def opened(stranger, link, store, gp):
    open_by_link(stranger, store, link, gp)
    return stranger


@pytest.fixture
def of_father(portal, plan, father, store, gp):
    """The father's browser, and his link."""
    browser, his = portal.test_client(), share_with(store, father, gp)
    open_by_link(browser, store, his, gp)
    return browser, his


def tasks(store, child, kind):
    return [one for one in kept_team_tasks.tasks_about(store, child.id) if one.kind is kind]


# What the plan says


def test_whoever_says_that_they_read_the_plan_is_asked_what_it_says(opened, link, store, plan, mother):
    answer = opened.post(f"{link}/read", data={"plan": plan.id})

    assert answer.location == f"{link}/questions"
    assert has_read(store, plan.id, mother.id)
    page = opened.get(answer.location).text
    for words in (
        "Which inhaler is for every day, even when well?",
        "Which inhaler is for an attack?",
        "Which of these means: call 999 now?",
        "Clenil Modulite 50 microgram",
        "This is no test.",
    ):
        assert words in page


def test_right_answers_are_answered_with_the_plans_own_words(opened, link, plan):
    page = opened.post(f"{link}/questions", data=RIGHT | {"plan": plan.id}).text

    assert "All your answers are as the plan says." in page
    assert "Use Ventolin Evohaler: 1 puff every 30 to 60 seconds, up to 10 puffs." in page
    assert "Try again" not in page
    assert "All your answers are as the plan says." not in opened.get(f"{link}/plan").text  # not read yet


def test_a_wrong_answer_shows_what_the_plan_says_and_can_be_tried_again(
    opened, link, plan, client_for, gp, mother, clock
):
    page = opened.post(f"{link}/questions", data=RIGHT | {"plan": plan.id, "attack": "preventer"}).text

    assert "Look again." in page
    assert "Use Ventolin Evohaler: 1 puff every 30 to 60 seconds, up to 10 puffs." in page
    assert "wrong" not in page.lower()
    clock.let_pass(minutes=1)
    opened.post(f"{link}/questions", data=RIGHT | {"plan": plan.id})

    practice = client_for(Role.CLINICIAN, gp).get(f"/children/{plan.child_id}/at-home/{mother.id}").text
    assert "They tried 2 times: at first 2 of 3 answers were as the plan says." in practice
    assert "Ventolin Evohaler 100 microgram" in practice


@pytest.mark.parametrize("left_out", ["attack", "every-day", "emergency"])
@pytest.mark.parametrize("sent", [None, "", "no-such-choice"])
def test_a_question_that_is_left_out_is_asked_again_and_nothing_is_kept(
    opened, link, plan, store, left_out, sent
):
    data = {**RIGHT, "plan": plan.id, left_out: sent}
    answer = opened.post(
        f"{link}/questions", data={name: text for name, text in data.items() if text is not None}
    )

    assert answer.status_code == 422
    assert "Choose an answer." in answer.text
    assert store.count("QuestionnaireResponse") == 0


def test_answers_about_a_plan_that_was_replaced_are_asked_anew(opened, link, plan, store, child, gp):
    make_plan(store, child, gp, at=MONDAY_9AM + timedelta(hours=1), replaces=plan.id)

    answer = opened.post(f"{link}/questions", data=RIGHT | {"plan": plan.id})

    assert answer.location == f"{link}/questions"
    assert store.count("QuestionnaireResponse") == 0


def test_on_air_the_questions_say_nothing_of_a_preventer_or_a_reliever(portal, store, gp):
    child = make_child(store, gp, nhs_number="", born=MONDAY_9AM.date().replace(year=2012))
    mother = make_family_member(store, child)
    plan = make_plan(store, child, gp, **ONE_INHALER)
    link, browser = share_with(store, mother, gp), portal.test_client()
    open_by_link(browser, store, link, gp, child.born)

    data = {"plan": plan.id, "every-day": "none", "attack": "combination", "emergency": "danger"}
    page = browser.post(f"{link}/questions", data=data).text.lower()

    assert "all your answers are as the plan says." in page
    assert "preventer" not in page
    assert "reliever" not in page
    assert "no inhaler for an attack?" in browser.get(f"{link}/tell/no-inhaler").text.lower()


# The child's words


def test_the_childs_words_reach_the_practice_and_the_school_nurse_and_leave_the_plan_as_signed(
    opened, link, store, child, plan, client_for, gp
):
    answer = opened.post(f"{link}/words", data={"words": "It is like a fish on land.\nI <b>hate</b> it."})

    assert "Saved" in answer.text
    assert "I &lt;b&gt;hate&lt;/b&gt; it." in opened.get(f"{link}/words").text
    practice = client_for(Role.CLINICIAN, gp)
    for page in (f"/children/{child.id}", f"/plans/{plan.id}"):
        assert "It is like a fish on land." in practice.get(page).text
    assert "fish" not in opened.get(f"{link}/plan").text
    (kept,) = words_for_professionals(store, child.id)
    assert (kept.written_by, kept.words.text) == (
        "Sana Test",
        "It is like a fish on land.\nI <b>hate</b> it.",
    )


@pytest.mark.parametrize("role", READERS)
def test_of_those_with_whom_a_plan_is_shared_the_school_nurse_alone_reads_the_childs_words(
    portal, store, gp, client_for, role
):
    reader = client_for(role)
    child = make_shared_child(store, gp, reader.person)
    mother = make_family_member(store, child)
    link, browser = share_with(store, mother, gp), portal.test_client()
    open_by_link(browser, store, link, gp)
    browser.post(f"{link}/words", data={"words": "Like a fish on land."})

    page = reader.get(f"/shared/{child.id}")

    assert page.status_code == 200
    assert ("Like a fish on land." in page.text) == (role is Role.SCHOOL_NURSE)


def test_where_words_are_written_down_nobody_asks_for_help(opened, link):
    main = opened.get(f"{link}/words").text.partition("<main")[2]

    assert main.index("Do not ask for help here. In an attack, call 999.") < main.index("<textarea")


def test_no_household_reads_what_the_other_wrote(opened, link, of_father):
    opened.post(f"{link}/words", data={"words": "Like a fish on land."})
    browser, his = of_father

    for page in ("words", "plan", "pictures", "card", "questions", "tell/no-inhaler"):
        assert "fish" not in browser.get(f"{his}/{page}").text
    browser.post(f"{his}/words", data={"words": "Like running uphill."})
    assert "Like a fish on land." in opened.get(f"{link}/words").text


@pytest.mark.parametrize(
    ("typed", "says"),
    [("", "Write at least one word."), ("a" * 501, "Write up to 500 letters and spaces.")],
)
def test_words_that_cannot_be_kept_come_back_as_typed(opened, link, store, typed, says):
    answer = opened.post(f"{link}/words", data={"words": typed})

    assert answer.status_code == 422
    assert says in answer.text
    assert typed in answer.text
    assert store.count("QuestionnaireResponse") == 0


# Reports


@pytest.mark.parametrize(
    ("name", "kind", "hours"),
    [("no-inhaler", TaskKind.NO_INHALER, 4), ("not-called", TaskKind.NOT_CALLED, 24)],
)
def test_what_to_do_now_comes_first_and_then_the_surgery_is_told(
    opened, link, store, child, mother, gp, name, kind, hours
):
    page = opened.get(f"{link}/tell/{name}").text

    main = page.partition("<main")[2]
    assert main.index("Attack? Call 999.") < main.index("is not read at night") < main.index("<button")
    assert f"While it is open, the surgery is asked to act within {hours} hours." in main
    opened.post(f"{link}/tell/{name}")
    (task,) = tasks(store, child, kind)
    assert (task.owner_id, task.raised_by) == (gp.organisation_id, f"RelatedPerson/{mother.id}")
    assert task.due_at == MONDAY_9AM + timedelta(hours=hours)
    assert "Sana Test" in task.words


def test_without_a_reliever_the_family_is_sent_to_surgery_pharmacy_or_111(opened, link):
    page = opened.get(f"{link}/tell/no-inhaler").text

    assert "No reliever? Phone the surgery, go to a pharmacy or call 111 now." in page
    assert 'href="tel:01214960101"' in page


@pytest.mark.parametrize("page", ["plan", "who-looked", "save-card", "words", "questions", "ask"])
def test_every_page_behind_the_code_has_the_number_of_the_surgery_at_its_foot(opened, link, page):
    foot = opened.get(f"{link}/{page}").text.partition("<footer")[2]

    assert 'href="tel:01214960101"' in foot


def test_on_a_day_when_the_surgery_is_closed_it_says_who_reads_it_when(opened, link, clock, store):
    """Hazard 26. Saturday: nobody is promised 4 hours, nor sent to phone a surgery that is closed."""
    opened.get(f"{link}/plan")
    clock.now = MONDAY_9AM + timedelta(days=5)
    open_again(opened, link, store)

    page = opened.get(f"{link}/tell/no-inhaler").text.partition("<main")[2]

    assert page.index("No reliever? Go to a pharmacy or call") < page.index("The surgery is closed today.")
    assert "Nobody reads this before Monday 30 November 2026." in page
    for promised in ("hours", "Phone the surgery"):
        assert promised not in page


def test_the_surgery_is_told_once_a_day_by_each_person(opened, link, of_father, store, child, clock):
    for _ in range(3):
        opened.post(f"{link}/tell/no-inhaler")
    browser, his = of_father
    browser.post(f"{his}/tell/no-inhaler")
    assert len(tasks(store, child, TaskKind.NO_INHALER)) == 2

    assert "You can tell the surgery once a day." in opened.get(f"{link}/tell/no-inhaler").text
    clock.let_pass(minutes=20)
    opened.get(f"{link}/plan")
    clock.let_pass(hours=24)
    open_again(opened, link, store)
    opened.post(f"{link}/tell/no-inhaler")
    assert len(tasks(store, child, TaskKind.NO_INHALER)) == 3


def open_again(browser, link, store):
    """Open the link again on a device that is known."""
    browser.get(link)
    browser.post(link, data={"born-day": "1", "born-month": "5", "born-year": "2018"})
    browser.post(f"{link}/child", data={"answer": "yes"})


def test_the_family_sees_what_became_of_it_and_nothing_that_staff_wrote(opened, link, store, child, gp):
    opened.post(f"{link}/tell/no-inhaler")
    assert "Nobody has answered yet." in opened.get(f"{link}/tell/no-inhaler").text
    (task,) = tasks(store, child, TaskKind.NO_INHALER)
    answer_task(store, task.id, "Phoned the grandmother instead.", by=gp, at=MONDAY_9AM)

    page = opened.get(f"{link}/tell/no-inhaler").text

    assert "The surgery has dealt with it: Monday 23 November 2026, 9am." in page
    assert "grandmother" not in page


def test_where_the_surgery_is_late_the_family_is_told_to_phone(opened, link, store, clock):
    opened.post(f"{link}/tell/no-inhaler")
    clock.let_pass(hours=4, minutes=1)
    open_again(opened, link, store)

    page = opened.get(f"{link}/tell/no-inhaler").text

    assert "The surgery is late. Phone the surgery now, or call 111." in page


def test_no_household_sees_what_the_other_told(opened, link, of_father):
    opened.post(f"{link}/tell/no-inhaler")
    browser, his = of_father

    page = browser.get(f"{his}/tell/no-inhaler").text

    assert "You told the surgery" not in page
    assert "Nobody has answered yet." not in page


def test_a_child_without_a_practice_is_reported_where_the_plan_was_signed(opened, link, store, gp, child):
    patient = store.read("Patient", child.id)
    without = {name: value for name, value in patient.items() if name != "generalPractitioner"}
    with store.write(by="system", at=MONDAY_9AM) as write:
        write.update(without, patient["meta"]["versionId"])
        write.audit("U", f"Patient/{child.id}", f"Patient/{child.id}", "leave the practice")

    opened.post(f"{link}/tell/no-inhaler")

    (task,) = tasks(store, child, TaskKind.NO_INHALER)
    assert task.owner_id == gp.organisation_id


def test_nothing_is_told_by_a_link_that_was_stopped(opened, link, store, gp, child, plan):
    (kept,) = kept_shares.shares_of(store, plan.child_id)
    stop(store, plan.child_id, kept.id, by=gp, at=MONDAY_9AM)

    for page, data in (
        ("tell/no-inhaler", {}),
        ("words", {"words": "x"}),
        ("questions", RIGHT),
        ("ask", {"words": "x"}),
        ("code/send", {}),
    ):
        assert opened.post(f"{link}/{page}", data=data).status_code == 404
    assert tasks(store, child, TaskKind.NO_INHALER) == []
    assert store.count("QuestionnaireResponse") == 0


# A question about the plan


def test_a_question_is_asked_after_what_to_do_now_and_becomes_a_task_of_the_practice_and_a_question_back(
    opened, link, store, child, plan, mother, gp, client_for
):
    assert f'{link}/ask?lang=en">Ask the surgery about this plan' in opened.get(f"{link}/plan").text
    main = opened.get(f"{link}/ask").text.partition("<main")[2]
    assert main.index("Attack? Call 999.") < main.index("Unsure? Call 111, day or night.")
    assert main.index("Unsure? Call 111") < main.index("is not read at night") < main.index("<textarea")
    assert "While it is open, the surgery is asked to act within 24 hours." in main

    assert opened.post(f"{link}/ask", data={"words": "Which <b>spacer</b>?"}).location == f"{link}/ask"

    (task,) = tasks(store, child, TaskKind.QUESTION_ABOUT_PLAN)
    assert (task.owner_id, task.raised_by) == (gp.organisation_id, f"RelatedPerson/{mother.id}")
    assert task.due_at == MONDAY_9AM + timedelta(hours=24)
    practice = client_for(Role.CLINICIAN, gp)
    for page in (f"/inbox/{task.id}", f"/plans/{plan.id}/receipts"):
        assert "Which &lt;b&gt;spacer&lt;/b&gt;?" in practice.get(page).text


def test_the_answer_is_read_by_the_one_who_asked_and_by_no_other_household(
    opened, link, of_father, store, child, gp
):
    opened.post(f"{link}/ask", data={"words": "Which spacer?"})
    assert "Nobody has answered yet." in opened.get(f"{link}/ask").text
    (task,) = tasks(store, child, TaskKind.QUESTION_ABOUT_PLAN)
    answer_task(store, task.id, "The blue one with the mask.", by=gp, at=MONDAY_9AM)
    browser, his = of_father

    hers = opened.get(f"{link}/ask").text

    for words in (
        "You asked the surgery: Monday 23 November 2026, 9am.",
        "The surgery answered: Monday 23 November 2026, 9am.",
        "The blue one with the mask.",
    ):
        assert words in hers
    for page in ("ask", "plan", "pictures", "card", "tell/no-inhaler", "words"):
        answer = browser.get(f"{his}/{page}").text
        assert "spacer?" not in answer
        assert "mask." not in answer
        assert "You asked the surgery" not in answer


def test_each_person_asks_once_a_day_and_what_cannot_be_sent_comes_back_as_typed(
    opened, link, of_father, store, child, clock
):
    for typed, says in (
        (" ", "Write your question."),
        ("a" * 2001, "Write up to 2000 letters and spaces."),
    ):
        answer = opened.post(f"{link}/ask", data={"words": typed})
        assert (answer.status_code, says in answer.text, typed in answer.text) == (422, True, True)
    for _ in range(2):  # the same, sent twice
        assert opened.post(f"{link}/ask", data={"words": "Which spacer?"}).status_code == 303
    another = opened.post(f"{link}/ask", data={"words": "Which mask?"})
    browser, his = of_father
    browser.post(f"{his}/ask", data={"words": "Which spacer?"})

    assert another.status_code == 422
    assert "You can ask one question a day. More to ask? Phone the surgery." in another.text
    assert "Which mask?</textarea>" in another.text
    assert len(tasks(store, child, TaskKind.QUESTION_ABOUT_PLAN)) == 2
    clock.let_pass(hours=24)
    open_again(opened, link, store)
    assert opened.post(f"{link}/ask", data={"words": "Which mask?"}).status_code == 303
    assert len(tasks(store, child, TaskKind.QUESTION_ABOUT_PLAN)) == 3


def test_where_no_answer_came_in_time_the_family_is_told_to_phone(opened, link, store, clock):
    opened.post(f"{link}/ask", data={"words": "Which spacer?"})
    clock.let_pass(hours=24, minutes=1)
    open_again(opened, link, store)

    assert "The surgery is late. Phone the surgery now, or call 111." in opened.get(f"{link}/ask").text
