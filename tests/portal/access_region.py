"""Two of every place, and a child in each relation to the people of the first, for the matrix of access."""

import re
from collections import defaultdict
from dataclasses import replace
from datetime import date, timedelta
from uuid import uuid4

from docs.access_table import Relation
from fhir import kept_concerns, kept_people, kept_questions, kept_reviews, kept_school_log, kept_shares
from fhir.store.tables import class_lists, drafts, incoming, links, teams, unusual_accesses
from plans.alert import Alert
from plans.class_list_match import Why
from plans.class_list_register import Pupil
from plans.competence import Finding
from plans.concern import RAISES, Concern, When
from plans.death import Death
from plans.hidden_notes import Hidden, HiddenNote
from plans.places import Role
from plans.review_events import EventKind
from plans.school_log import EntryKind, SchoolEntry
from plans.sharing import Basis, Reader
from plans.team_task import TaskKind
from plans.unusual_access import Rule, Unusual
from portal.actions.accounts import NewAccount, account_of, add_account, people_of
from portal.actions.circle.deciding import Talk, judge
from portal.actions.circle.ending import bar
from portal.actions.circle.sharing import Wanted, share, stop, token_hash
from portal.actions.deaths.saying import say, withdraw
from portal.actions.discharge.waiting import all_waiting
from portal.actions.hidden_notes import write_note
from portal.actions.inbox.tasks import NewTask, raise_task
from portal.actions.messages.to_read import ABOUT
from portal.actions.moves import practice, school
from portal.actions.places import set_nurses
from portal.actions.posts import let_lead
from portal.actions.reviews import version_of
from portal.actions.sweep import sweep
from portal.calendar import holidays_for
from tests.portal.conftest import HOMES, MONDAY_9AM, NAMES, PASSWORD
from tests.portal.discharge_making import tell
from tests.portal.making import (
    agreed,
    keep_refusal,
    make_child,
    make_draft,
    make_family_member,
    make_organisation,
    make_plan,
    word_for,
)
from tests.portal.shared_making import READERS

OWN, SHARED, ENDED, OTHER = Relation
TODAY = MONDAY_9AM.date()
NUMBERS = {OWN: "9990000018", SHARED: "9990000026", ENDED: "9990000034", OTHER: "9990000042"}
MOVED = {OWN: "9990000069", ENDED: "9990000077", OTHER: "9990000085"}
# What a practice has in its own right is theirs whatever is shared.
IN_THEIR_OWN_RIGHT = {Role.CLINICIAN, Role.PRIVACY_LEAD}
VARIABLE = re.compile(r"<(?:[^:<>]+:)?(\w+)>")
# What an address may name beside ids: one value that it has.
WORDS = {"slot": "preventer", "kind": "attack", "fact": "review-after-attack-running"}
YOUNG = date(2012, 5, 1)
BORN = defaultdict(lambda: date(2018, 5, 1), {Reader.YOUNG_PERSON: YOUNG})
# Who reads by a link, as the record of the practice has them.
AT_HOME = {
    Reader.FAMILY: {"relationship": "mother", "with_parental_responsibility": True},
    Reader.CARER: {"relationship": "childminder", "with_parental_responsibility": False},
    Reader.YOUNG_PERSON: {},
}


class Region:
    """The places, their people and the children, and what the variables of an address stand for.

    `links` are, for each kind of reader by link, the links of three people at home: one that lives, one
    that ended, and one that lives and is another person's; and one to the plan of another child.
    """

    def __init__(self, store) -> None:
        self.store = store
        self.people = staffed(store, HOMES)
        far = {
            role: replace(home, name=f"Far {home.name}", code=f"X988{home.code[-2:]}")
            for role, home in HOMES.items()
        }
        self.far = staffed(store, far, "far.")
        self.children = {relation: self._child(relation) for relation in Relation}
        self.of_practice = self._after_a_hospital_elsewhere(self.children[SHARED])
        self.names = {relation: self._names(relation) for relation in Relation}
        self.registers = self._registers()
        self.moves = self._moves()
        self.gone = self._gone()
        self.of_role = {(one, role): self._of_role(one, role) for one in (OWN, OTHER) for role in Role}
        self.links = {reader: self._links(reader) for reader in AT_HOME}

    def side(self, relation):
        """Return the people at whose places the child of this relation is."""
        return self.far if relation is OTHER else self.people

    def _child(self, relation):
        """Keep a child with a plan, a draft and somebody at home, shared as the relation says."""
        people = self.side(relation)
        gp = people[Role.CLINICIAN]
        child = make_child(
            self.store, gp, given=f"Robin{relation}", nhs_number=NUMBERS[relation],
            school_id=people[Role.SCHOOL_STAFF].organisation_id,
        )  # fmt: skip
        make_plan(self.store, child, gp)
        if relation is not OWN:
            self._share_with_all(child, people, gp)
        if relation is ENDED:
            for one in kept_shares.live_shares_of(self.store, child.id, MONDAY_9AM):
                stop(self.store, child.id, one.id, by=gp, at=MONDAY_9AM)
        return child

    def _share_with_all(self, child, people, gp):
        wanted = [
            self._wanted(child, reader, people[role].organisation_id, basis)
            for role, (reader, basis) in READERS.items()
        ]
        share(self.store, child.id, wanted, by=gp, at=MONDAY_9AM)

    def _wanted(self, child, reader, reader_id, basis):
        return Wanted(reader, reader_id, basis, consent=word_for(self.store, child.id, basis))

    def _names(self, relation):
        """Return what the variables of an address stand for in this relation, as far as it has them."""
        child, gp = self.children[relation], self.side(relation)[Role.CLINICIAN]
        plan = self.store.search("CarePlan", subject=f"Patient/{child.id}")[0]["id"]
        shares = kept_shares.shares_of(self.store, child.id)
        elsewhere = make_organisation(self.store, name=f"{relation} Academy").id
        move = school.move_school(
            self.store, child.id, elsewhere, TODAY + timedelta(days=30), by=gp, at=MONDAY_9AM
        )
        draft = make_draft(self.store, child, gp, replaces=plan)
        names = {
            "child_id": child.id,
            "plan_id": plan,
            "draft_id": draft.id,
            "member_id": make_family_member(self.store, child).id,
            "pupil_id": self._pupil(child, child.school_id),
            "move_id": move.id,
            "bar_id": bar(self.store, child.id, "Omar Else", "Court order", by=gp, at=MONDAY_9AM).id,
            "refusal_id": self._refusal(child, gp),
            "entry_id": self._entry(relation, child),
            "note_id": self._hidden_note(child, gp),
            "death_id": self._death(child, gp),
        } | ({"share_id": shares[0].id} if shares else {})
        return names | (self._at_hospital(relation, child) if relation in (OWN, OTHER) else {})

    def _refusal(self, child, gp):
        """Keep that somebody said no to one person at home, before the plan was shared with them."""
        uncle = self._at_home(child, Reader.CARER, "Uncle")
        whom, word = (Reader.CARER, uncle.id), agreed(self.store, child.id)
        return keep_refusal(self.store, child.id, whom, word, by=gp).id

    def _pupil(self, child, school_id):
        """Put somebody on the register of a school who may be the child."""
        with self.store.write(by="system", at=MONDAY_9AM) as write:
            row = Pupil(id="", school_id=school_id, given=child.given, family=child.family, born=child.born)
            pupil = class_lists.add_pupil(write, row)
            class_lists.add_doubt(write, pupil.id, child.id, Why.NAME, task_id="")
        return pupil.id

    def _entry(self, relation, child):
        """Write into the log of the child's school, as its staff do."""
        office = self.side(relation)[Role.SCHOOL_STAFF].post_id
        entry = SchoolEntry(
            str(uuid4()), child.id, EntryKind.ATTACK, MONDAY_9AM, office, words="An attack in PE"
        )
        with self.store.write(by="system", at=MONDAY_9AM) as write:
            kept_school_log.keep(write, replace(entry, school_id=child.school_id))
            write.audit("C", f"Observation/{entry.id}", f"Patient/{child.id}", "write down an attack")
        return entry.id

    def _death(self, child, gp):
        """Keep that somebody said a death in error, and that it was withdrawn."""
        day, ref = MONDAY_9AM.date(), str(gp.ref)
        death = Death(str(uuid4()), child.id, day, "The ward", ref, MONDAY_9AM)
        say(self.store, death, by=gp, at=MONDAY_9AM)
        withdraw(self.store, child.id, death.id, "Another child", by=gp, at=MONDAY_9AM)
        return death.id

    def _hidden_note(self, child, gp):
        """Hide a note for a reason that every health professional may know."""
        where = gp.organisation_id
        note = HiddenNote(
            str(uuid4()), child.id, "A note", Hidden.SAFEGUARDING, gp.practitioner_id, MONDAY_9AM, where
        )
        write_note(self.store, note, by=gp, at=MONDAY_9AM)
        return note.id

    def _at_hospital(self, relation, child):
        """Let the hospital of the relation discharge this child, and another whom nobody knows."""
        people, far = self.side(relation), relation is OTHER
        hospital, gp = people[Role.HOSPITAL], people[Role.CLINICIAN]
        visit, code = ("FAR-1", "X98801") if far else ("ASH-1", "X99001")
        place = {"hospital_id": hospital.organisation_id, "practice_code": code}
        review = tell(self.store, child, **place, visit=visit).review_id
        unknown = replace(child, nhs_number="9990000050", given=f"Nobody{relation}")
        tell(self.store, unknown, **place, visit=f"{visit}-2")
        encounter = kept_reviews.review(self.store, review).encounter_id
        late = MONDAY_9AM + timedelta(days=9)
        sweep(self.store, now=late, holidays_for=holidays_for, at=MONDAY_9AM)
        alerts = kept_reviews.open_alerts(self.store, child.id)
        waiting = {one.told.notice.visit: one.id for one in all_waiting(self.store)}
        return {
            "review_id": review,
            "question_id": kept_questions.questions_about(self.store, encounter)[0].id,
            "alert_id": next(one.id for one in alerts if _is_told(one, hospital, gp)),
            "waiting_id": waiting[f"{visit}-2"],
        }

    def _after_a_hospital_elsewhere(self, child):
        """Return the review and an open question of a discharge which no hospital here has to answer for."""
        elsewhere = {"hospital_code": "", "hospital_name": "", "visit": "YEW-1"}
        review = tell(self.store, child, practice_code="X99001", **elsewhere).review_id
        encounter = kept_reviews.review(self.store, review).encounter_id
        asked = kept_questions.questions_about(self.store, encounter)[0]
        return {"review_id": review, "question_id": asked.id}

    def _registers(self):
        """Return the school of each relation, with a pupil: of the third, the nurses were others before."""
        former = make_organisation(self.store, name="Former School", code="X98877").id
        for side in (self.people, self.far):
            nurses = kept_people.organisation(self.store, side[Role.SCHOOL_NURSE].organisation_id)
            set_nurses(self.store, "X98877", nurses.code, by="system", at=MONDAY_9AM)
        schools = {one: self.side(one)[Role.SCHOOL_STAFF].organisation_id for one in (OWN, OTHER)}
        pupils = {one: self.names[one]["pupil_id"] for one in schools}
        schools[ENDED], pupils[ENDED] = former, self._pupil(self.children[ENDED], former)
        return {one: {"school_id": schools[one], "pupil_id": pupils[one]} for one in schools}

    def _moves(self):
        """Return a move between practices for whoever may accept it, and for whoever may take it back."""
        coming = self._leaving(OTHER, HOMES[Role.CLINICIAN].code)
        going = self._leaving(OWN, "X98801")
        return {"coming": coming, "going": going}

    def _leaving(self, relation, code):
        gp = self.side(relation)[Role.CLINICIAN]
        child = make_child(self.store, gp, given=f"Moving{relation}", nhs_number=MOVED[relation])
        return practice.leave_practice(self.store, child.id, code, TODAY, by=gp, at=MONDAY_9AM).id

    def _gone(self):
        """Return the names of a child who left this practice for the other one, which accepted."""
        gp, far = self.people[Role.CLINICIAN], self.far[Role.CLINICIAN]
        far_school = self.far[Role.SCHOOL_STAFF].organisation_id
        child = make_child(
            self.store, gp, given=f"Left{ENDED}", nhs_number=MOVED[ENDED], school_id=far_school
        )
        plan = make_plan(self.store, child, gp)
        self._share_with_all(child, self.far, gp)
        draft = make_draft(self.store, child, gp, replaces=plan.id)
        review = tell(self.store, child, visit="ASH-9", practice_code="X99001").review_id
        member = make_family_member(self.store, child)
        note, death = self._hidden_note(child, gp), self._death(child, gp)
        left = practice.leave_practice(self.store, child.id, "X98801", TODAY, by=gp, at=MONDAY_9AM)
        practice.accept(self.store, left.id, by=far, at=MONDAY_9AM)
        encounter = kept_reviews.review(self.store, review).encounter_id
        return {
            "child_id": child.id,
            "plan_id": plan.id,
            "draft_id": draft.id,
            "member_id": member.id,
            "share_id": kept_shares.shares_of(self.store, child.id)[0].id,
            "bar_id": bar(self.store, child.id, "Omar Else", "Court order", by=far, at=MONDAY_9AM).id,
            "review_id": review,
            "question_id": kept_questions.questions_about(self.store, encounter)[0].id,
            "move_id": left.id,
            "note_id": note,
            "death_id": death,
        }

    def _of_role(self, relation, role):
        """Return what is of somebody's own team: a task, days on which it is away, what was unusual."""
        person = self.side(relation)[role]
        kind = TaskKind.WHO_LOOKED if role is Role.PRIVACY_LEAD else TaskKind.INHALER_AT_SCHOOL
        child = self.names[relation]["child_id"]
        days, line = str(uuid4()), str(uuid4())
        day = TODAY + timedelta(days=60)
        with self.store.write(by="system", at=MONDAY_9AM) as write:
            new = NewTask(kind, person.organisation_id, child, once=f"{relation} {role}")
            task = raise_task(write, new).id
            teams.close(write, teams.NewClosedDays(days, person.organisation_id, day, day, "Training"))
            unusual_accesses.keep(
                write,
                Unusual(line, Rule.NO_RELATION, person.organisation_id, person.ref, "", MONDAY_9AM, child),
            )
        reading = self._message(person)
        concern = self._concern(child, person)
        return {
            "task_id": task,
            "reading_id": reading,
            "days_id": days,
            "line_id": line,
            "concern_id": concern,
        }

    def _message(self, person):
        """Return the task of reading a message that their team has, "" for a role that reads none."""
        if person.role not in (Role.CLINICIAN, Role.HOSPITAL):
            return ""
        with self.store.write(by="system", at=MONDAY_9AM) as write:
            kept = incoming.keep(write, incoming.NewIncoming("message", f"MSH {person.ref}", "Why", {}))
            new = NewTask(TaskKind.MESSAGE_TO_READ, person.organisation_id, about=f"{ABOUT}{kept.id}")
            return raise_task(write, new).id

    def _concern(self, child_id, person):
        """Return a concern that somebody raised and that their team was told of, so that they may act."""
        if person.role not in RAISES:
            return ""
        new = Concern(
            str(uuid4()), child_id, "Thin and tired", 5, When.TODAY, MONDAY_9AM + timedelta(hours=6),
            str(person.ref), person.role, person.organisation_id, MONDAY_9AM, person.organisation_id,
        )  # fmt: skip
        told = Alert(
            str(uuid4()), child_id, "", "concern-raised", "first-team", person.organisation_id, (), "Read it",
            MONDAY_9AM, concern_id=new.id,
        )  # fmt: skip
        with self.store.write(by=person.ref, at=MONDAY_9AM) as write:
            kept_concerns.keep(write, new)
            kept_concerns.keep_told(write, told, falls_at=MONDAY_9AM)
            write.audit("C", f"Task/{new.id}", f"Patient/{child_id}", "raise a concern")
        return new.id

    def _links(self, reader):
        """Return the paths of links to read by as this reader, by what a person at home has to do with it."""
        if reader is Reader.YOUNG_PERSON:
            return self._own_links()
        child, far = self.children[SHARED], self.children[OTHER]
        return {
            "own": self._link(child, reader, self._at_home(child, reader, "Own")),
            "ended": self._link(child, reader, self._at_home(child, reader, "Ended")),
            "another parent's": self._link(child, reader, self._at_home(child, reader, "Another")),
            "another child's": self._link(far, reader, self._at_home(far, reader, "Far"), self.far),
        }

    def _own_links(self):
        """Return the same for a young person: whose link ended is another one, since each has one alone."""
        own, ended = self._young_person("9990001006"), self._young_person("9990001014")
        far = self._young_person("9990001022", self.far)
        elsewhere = {"hospital_code": "", "hospital_name": "", "visit": "YEW-2"}
        tell(self.store, own, practice_code="X99001", **elsewhere)
        return {
            "own": self._link(own, Reader.YOUNG_PERSON),
            "ended": self._link(ended, Reader.YOUNG_PERSON),
            "another parent's": self._link(own, Reader.FAMILY, self._at_home(own, Reader.FAMILY, "Mother")),
            "another child's": self._link(far, Reader.YOUNG_PERSON, people=self.far),
        }

    def _young_person(self, number, people=None):
        """Keep somebody of 14 who decides for themself, as the practice found."""
        gp = (people or self.people)[Role.CLINICIAN]
        child = make_child(
            self.store, gp, given=f"Robin{number[-2:]}", nhs_number=number, born=YOUNG,
            school_id=(people or self.people)[Role.SCHOOL_STAFF].organisation_id,
        )  # fmt: skip
        make_plan(self.store, child, gp)
        judge(self.store, child.id, Talk(Finding.UNDERSTANDS, "A link", TODAY), by=gp, at=MONDAY_9AM)
        return child

    def _at_home(self, child, reader, name):
        return make_family_member(self.store, child, name=f"{reader} {name}", **AT_HOME[reader])

    def _link(self, child, reader, member=None, people=None):
        gp = (people or self.people)[Role.CLINICIAN]
        member = member or kept_people.young_person(self.store, child.id)
        wanted = self._wanted(child, reader, member.id, Basis.CONSENT)
        (made,) = share(self.store, child.id, [wanted], by=gp, at=MONDAY_9AM)
        return f"/f/{made.token}"

    def end_link(self, store, path):
        """Stop the share that a link came with."""
        link = links.by_token_hash(store, token_hash(path.removeprefix("/f/")))
        (one,) = (
            one
            for one in kept_shares.live_shares_of(store, link.child_id, MONDAY_9AM)
            if one.reader_id == link.related_person_id
        )
        stop(store, link.child_id, one.id, by=self.people[Role.CLINICIAN], at=MONDAY_9AM)

    def known(self, rule, relation, role):
        """Return what the variables of an address stand for in this relation, as far as they stand for it."""
        if "school_id" in rule.arguments:
            former_school = relation is ENDED and role is not Role.SCHOOL_NURSE
            return {} if former_school else self.registers.get(relation, {})
        names = WORDS | self.names[relation]
        if role in IN_THEIR_OWN_RIGHT:
            own = self.names[OWN] | self.names[SHARED] | self.of_practice
            names = WORDS | {OWN: own, ENDED: self.gone, OTHER: names}.get(relation, {})
        if rule.endpoint in MOVES_BETWEEN_PRACTICES:
            mine, another = MOVES_BETWEEN_PRACTICES[rule.endpoint]
            between = {OWN: self.moves[mine], OTHER: self.moves[another], ENDED: self.gone["move_id"]}
            names = {"move_id": between[relation]} if relation in between else {}
        if rule.endpoint == "reviews.record_event":
            names |= {"kind": EventKind.ACCEPTED}
        return names | self.of_role.get((relation, role), {})

    def address(self, rule, relation, role):
        """Return the address of a rule about what stands in this relation, None where nothing does."""
        names = self.known(rule, relation, role)
        if not all(name in names for name in VARIABLE.findall(rule.rule)):
            return None
        asked = f"?since={names['plan_id']}" if rule.endpoint == "plans.changes" else ""
        return VARIABLE.sub(lambda found: names[found[1]], rule.rule) + asked

    def typed(self, store, names):
        """Return what the placeholders of a form stand for where an address names these things."""
        said = defaultdict(str) | {name.removesuffix("_id"): id for name, id in names.items()}
        if "draft_id" in names:
            said["version"] = str(drafts.read(store, names["draft_id"]).version)
        if "review_id" in names:
            said["of_review"] = version_of(store, names["review_id"])
        said["ward"] = self.people[Role.HOSPITAL].organisation_id
        said["mother"] = names.get("member_id", "")
        said["number"] = NUMBERS[SHARED]
        return said


# By whose hand a move between practices goes on; the other one is of the opposite direction.
MOVES_BETWEEN_PRACTICES = {
    "moves.accept": ("coming", "going"),
    "moves.refuse": ("coming", "going"),
    "moves.take_back": ("going", "coming"),
}


def _is_told(alert, *people):
    told = {alert.owner_id, *alert.told_ids}
    return all(one.organisation_id in told for one in people)


def staffed(store, places, prefix=""):
    """Add somebody of each role at one of these places, who leads there; the nurses look after the school."""
    people = {}
    for role in Role:  # the nurses before the school that they look after
        username, name, job = NAMES[role]
        place = places[role]
        if role is Role.SCHOOL_STAFF:
            place = replace(place, nursing_team_id=people[Role.SCHOOL_NURSE].organisation_id)
        new = NewAccount(f"{prefix}{username}", name, job, role, place)
        made = add_account(store, new, PASSWORD, by="system", at=MONDAY_9AM)
        account = account_of(store, made.username)
        home = kept_people.organisation(store, made.organisation_id)
        let_lead(store, account, role, home, leads=True, by="system", at=MONDAY_9AM)
        (people[role],) = people_of(store, account.id)
    return people
