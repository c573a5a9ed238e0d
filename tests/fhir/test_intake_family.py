"""Who is around the child, what they read, and who is barred."""

import pytest

from fhir.intake.bundle import parse_bundle
from fhir.intake.gp_record import read_record
from tests.fhir.gp_records import (
    CHILD,
    MOTHER,
    SCHOOL,
    address,
    bundle,
    consent,
    entry,
    language,
    raw,
    related_person,
)

PARENT = ("mother", "Has parental responsibility")
EVERYTHING = {"fullUrl": MOTHER, "resource": related_person("Sam", *PARENT)}


def read(*entries, **patient):
    return read_record(parse_bundle(raw(bundle(*entries, **patient))))


def person(**changes):
    return read({"fullUrl": MOTHER, "resource": related_person("Sam", *PARENT, **changes)}).record.family[0]


def test_parental_responsibility_is_only_where_it_is_said():
    family = read(EVERYTHING, entry(related_person("Kim", "aunt"), "aunt")).record.family

    assert [(one.name, one.relationship, one.with_parental_responsibility) for one in family] == [
        ("Sam Example", "mother", True),
        ("Kim Example", "aunt", False),
    ]


def test_somebody_no_longer_in_the_childs_life_is_left_out():
    gone = {"fullUrl": MOTHER, "resource": related_person("Sam", *PARENT, active=False)}

    assert read(gone).record.family == ()


@pytest.mark.parametrize(
    ("languages", "reads", "speaks"),
    [
        pytest.param(
            (language("ur", "Urdu (reads and speaks)", preferred=True),), "ur", (), id="reads and speaks"
        ),
        pytest.param(
            (language("bn", "Bengali (reads)", preferred=True), language("syl", "Sylheti (speaks)")),
            "bn",
            ("syl",),
            id="reads one, speaks another",
        ),
        pytest.param(
            (language("syl", "Sylheti (speaks)", preferred=True), language("bn", "Bengali (reads)")),
            "bn",
            ("syl",),
            id="prefers what is only spoken",
        ),
        pytest.param(
            (language("en", preferred=True), language("pl")), "en", ("pl",), id="nobody says: the preferred"
        ),
        pytest.param((language("phr", "Pahari (speaks)", preferred=True),), "", ("phr",), id="only spoken"),
        pytest.param((language("pl"),), "", ("pl",), id="neither preferred nor said to be read"),
        pytest.param((), "", (), id="none"),
    ],
)
def test_what_somebody_reads_is_never_what_they_only_speak(languages, reads, speaks):
    found = person(languages=languages)

    assert (found.reads, found.speaks) == (reads, speaks)


def test_what_the_child_reads_comes_from_its_proficiency():
    url = "http://hl7.org/fhir/StructureDefinition/patient-proficiency"

    def able(code, *abilities, **more):
        types = [{"url": "type", "valueCoding": {"code": ability}} for ability in abilities]
        return language(code, **more) | {"extension": [{"url": url, "extension": types}]}

    speaks_more = [able("so", "ESP", preferred=True), able("en", "RWR", "ESP")]

    assert read(communication=speaks_more).record.reads == "en"
    assert read(communication=speaks_more[:1]).record.reads == ""


@pytest.mark.parametrize(
    ("languages", "spoken"),
    [
        pytest.param(
            (language("ur", "Urdu (reads and speaks)"), language("phr", "Pahari-Pothwari (speaks at home)")),
            ("Urdu", "Pahari-Pothwari"),
            id="two, without what is in brackets",
        ),
        pytest.param((language("pl", "Polish (reads and speaks)"),), ("Polish",), id="speaks what they read"),
        pytest.param((language("pa", "Punjabi in Gurmukhi script"),), None, id="nobody says what they speak"),
        pytest.param(
            (language("bn", "Bengali (reads)"), language("syl", "Sylheti (speaks)")),
            ("Sylheti",),
            id="never what they only read",
        ),
    ],
)
def test_what_somebody_speaks_is_only_what_the_record_says_that_they_speak(languages, spoken):
    found = read({"fullUrl": MOTHER, "resource": related_person("Sam", *PARENT, languages=languages)})

    assert found.record.spoken.get(MOTHER) == spoken


@pytest.mark.parametrize("needed", [True, False, None])
def test_an_interpreter_is_needed_where_the_record_says_so(needed):
    url = "http://hl7.org/fhir/StructureDefinition/patient-interpreterRequired"
    said = [] if needed is None else [{"url": url, "valueBoolean": needed}]

    assert read(extension=said).record.needs_interpreter is needed


class TestBarred:
    def family(self, *consents):
        father = entry(related_person("Alex", "father", "Has parental responsibility"), "father")
        return read(EVERYTHING, father, *map(entry, consents)).record.family

    def barred(self, *consents):
        return [one.name for one in self.family(*consents) if one.barred]

    def test_is_whom_a_consent_in_force_denies_access(self):
        assert self.barred(consent("deny", MOTHER, by=address("father"))) == ["Sam Example"]

    def test_is_nobody_by_a_permit(self):
        assert self.barred(consent("permit", MOTHER)) == []

    def test_is_nobody_by_a_consent_that_is_no_longer_in_force(self):
        assert self.barred(consent("deny", MOTHER) | {"status": "inactive"}) == []

    def test_does_not_end_by_itself(self):
        ended = consent("deny", MOTHER, period={"end": "2020-01-01"})

        assert self.barred(ended) == ["Sam Example"]

    def test_is_whom_a_young_person_does_not_want_to_see_the_plan(self):
        assert self.barred(consent("deny", MOTHER, policy="Own decision at 16", by=CHILD)) == ["Sam Example"]

    def test_is_nobody_by_a_young_persons_secret(self):
        secret = consent(
            "deny", MOTHER, SCHOOL, policy="Own decision: nothing about vaping to parents", by=CHILD
        )

        assert self.barred(secret) == []
        assert "consent" in read(EVERYTHING, entry(secret)).doubtful[0]

    def test_is_nobody_by_a_limit_on_some_data_but_that_is_doubtful(self):
        limit = consent("deny", MOTHER, securityLabel=[{"code": "R"}])

        assert self.barred(limit) == []
        assert "consent" in read(EVERYTHING, entry(limit)).doubtful[0]

    def test_is_whom_a_rule_inside_another_denies_access(self):
        inside = consent("deny", MOTHER)["provision"]

        assert self.barred(consent("permit", provision=[inside])) == ["Sam Example"]

    @pytest.mark.parametrize(
        "actors", [{}, {"actor": [{"role": {"text": "mother"}, "reference": {"display": "Sam"}}]}]
    )
    def test_is_nobody_by_a_denial_that_names_nobody_here_but_that_is_doubtful(self, actors):
        denial = consent("deny") | {"provision": {"type": "deny"} | actors}

        assert self.barred(denial) == []
        assert "denies somebody" in read(EVERYTHING, entry(denial)).doubtful[0]
