"""Sharing a plan as a form: who may be offered it, what was ticked, and why each may see it."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from werkzeug.datastructures import MultiDict

from fhir import kept_offers, kept_receipts, kept_refusals, kept_shares
from fhir.store import Reader as StoreReader
from fhir.store.errors import ResourceNotFound
from plans.consent import Word
from plans.people import Child, FamilyMember
from plans.places import Organisation
from plans.plan import Plan
from plans.problems import Kind, Problem
from plans.receipts import Receipt, that_counts
from plans.refusal import needs_an_answer, said_no
from plans.sharing import (
    BASES,
    BY_LINK,
    YOUNG_PERSON_DECIDES,
    Basis,
    Part,
    Reader,
    Share,
    ShareNotAllowed,
    bases_for,
    parts_for,
    stated_basis,
)
from portal.actions.circle.deciding import Deciding
from portal.actions.circle.sharing import Wanted
from portal.forms.consent import Missing, typed_until, typed_word

FEW = 5  # so many places of a kind are listed without a search
MOST = 20  # no more places of a kind are listed

Typed = MultiDict[str, str]


@dataclass(frozen=True)
class Choice:
    """Somebody who can be ticked; `value` names them in the form."""

    value: str
    name: str
    note: str = ""
    has_it: bool = False


@dataclass(frozen=True)
class Group:
    """One kind of reader with those who can be ticked; `total` places were found, of which some are shown."""

    reader: Reader
    choices: tuple[Choice, ...]
    total: int


@dataclass(frozen=True)
class Ticked:
    """Somebody who was ticked: what they will see, the bases to choose from, and the one chosen or stated.

    `said_no` is each no to them that stands: a share withdrawn before, or refused before there was one.
    """

    value: str
    reader: Reader
    name: str
    sees: tuple[Part, ...]
    bases: tuple[Basis, ...]
    basis: str
    said_no: tuple[Word, ...] = ()

    @property
    def field(self) -> str:
        return basis_field(self.value)

    @property
    def id(self) -> str:
        """Return the id of the place, or of the person at home."""
        return self.value.partition(".")[2]

    @property
    def answer_field(self) -> str:
        """Return the field in which somebody writes why they share in spite of a no."""
        return f"answer-{self.value}"


@dataclass(frozen=True)
class SharedWith:
    """A live share, when its reader said that they had read the live version, and whether to ask again."""

    share: Share
    read_at: datetime | None
    is_to_be_asked: bool = False

    @property
    def may_rest_on_consent(self) -> bool:
        """Return whether somebody's yes or no decides about it; direct care does not wait for one."""
        return Basis.CONSENT in BASES[self.share.reader]


def groups(
    reader: StoreReader, child: Child, form: Typed, live: Iterable[Share], deciding: Deciding
) -> list[Group]:
    """Return everybody who can be given the plan, by kind; who may not is not among them, nothing says why.

    A young person is offered a link of their own where they decide for themself.

    Of places there may be hundreds: where there are more than a few they are found by `find`, a name or code.
    """
    has_it = {value_of(one.reader, one.reader_id) for one in live}
    own = deciding.is_the_young_person
    kinds = [kind for kind in Reader if kind is not Reader.YOUNG_PERSON or own]
    return [_group(reader, child, kind, form, has_it) for kind in kinds]


def ticked(
    reader: StoreReader, child: Child, form: Typed, deciding: Deciding, *, otherwise: Basis | None = None
) -> list[Ticked]:
    """Return everybody who was ticked; `otherwise` is chosen for those for whom nothing was chosen yet.

    Raises ShareNotAllowed for somebody who may not be given the plan.
    """
    found, own = [], deciding.is_the_young_person
    shares, refusals = kept_shares.shares_of(reader, child.id), kept_refusals.refusals_of(reader, child.id)
    for value in dict.fromkeys(form.getlist("reader")):
        kind, id = _read(value)
        name = _named(reader, child, kind, id)
        bases = bases_for(kind, is_their_own_choice=own)
        instead = otherwise if otherwise in bases else stated_basis(kind)
        chosen = form.get(basis_field(value)) or instead or ""
        nos = said_no(shares, refusals, kind, id)
        found.append(Ticked(value, kind, name, parts_for(kind), bases, chosen, nos))
    return found


def faults(ticked: Sequence[Ticked], form: Typed, deciding: Deciding) -> list[Problem]:
    """Return what is missing before anything can be shared, each at its field."""
    if not ticked:
        return [problem("readers", "Tick at least one reader to share the plan with.")]
    found = [problem(one.field, _why_not(one)) for one in ticked if one.basis not in one.bases]
    bases = {one.basis for one in ticked}
    if Basis.SAFEGUARDING in bases and not form.get("reason", "").strip():
        found.append(problem("reason", "Write why you share without consent: it is kept with your name."))
    missing = consent_faults(form, deciding) if Basis.CONSENT in bases else []
    return found + (missing or _unanswered(ticked, form, deciding))


def _unanswered(ticked: Sequence[Ticked], form: Typed, deciding: Deciding) -> list[Problem]:
    """Return each no that the yes in the form does not take back, and that nobody has answered."""
    return [
        problem(one.answer_field, "Somebody said no. Ask them again, or write why you share all the same.")
        for one in ticked
        if one.said_no and one.basis in one.bases and not form.get(one.answer_field, "").strip()
        if needs_an_answer(one.said_no, Basis(one.basis), _yes(one, form, deciding), deciding.child_id)
    ]


def _yes(one: Ticked, form: Typed, deciding: Deciding) -> Word | None:
    return typed_word(form, deciding.who) if one.basis == Basis.CONSENT else None


def consent_faults(form: Typed, deciding: Deciding) -> list[Problem]:
    """Return what is missing of who agreed, how and when, each at its field."""
    found = []
    for read in (lambda: typed_word(form, deciding.who), lambda: typed_until(form)):
        try:
            read()
        except Missing as missing:
            found.append(problem(missing.field, str(missing)))
    return found


def wanted(ticked: Sequence[Ticked], form: Typed, deciding: Deciding) -> list[Wanted]:
    """Return what was ticked, each reader on the basis chosen, once `faults` has found none."""
    return [_wanted(one, form, deciding) for one in ticked]


def refused(refusal: ShareNotAllowed) -> list[Problem]:
    """Return a refusal that belongs to no one field as a problem of the form."""
    return [problem("readers", str(refusal))]


def shared_with(reader: StoreReader, shares: Iterable[Share], live: Plan | None) -> list[SharedWith]:
    """Return each live share with whether its reader has read the live version."""
    receipts = kept_receipts.receipts_of(reader, live.id) if live else []
    return [SharedWith(share, _read_at(receipts, share.reader_id)) for share in shares]


def _read_at(receipts: Iterable[Receipt], reader_id: str) -> datetime | None:
    """Return when a reader said that they had read it; None where they are asked, or asked again."""
    receipt = that_counts(receipts, reader_id)
    return receipt.acknowledged.at if receipt and receipt.acknowledged else None


def value_of(kind: Reader, id: str) -> str:
    """Return how a form names one reader."""
    return f"{kind}.{id}"


def basis_field(value: str) -> str:
    """Return the field that holds the basis for one reader."""
    return f"basis-{value}"


def problem(field: str, sentence: str) -> Problem:
    return Problem("share", Kind.MUST_BE_PUT_RIGHT, field, sentence)


def _why_not(one: Ticked) -> str:
    """Return what is wrong with a basis that cannot be chosen for this reader now."""
    if one.basis in BASES[one.reader]:
        return YOUNG_PERSON_DECIDES
    return "Choose the reason in law why this reader may see the plan."


def _group(reader: StoreReader, child: Child, kind: Reader, form: Typed, has_it: set[str]) -> Group:
    if kind in BY_LINK:
        people = kept_offers.members(reader, child.id, kind)
        return Group(kind, tuple(_person(kind, one, has_it) for one in people), len(people))
    if kind in kept_offers.OF_THE_CHILD:
        places = kept_offers.own_places(reader, child, kind)
        return Group(kind, tuple(_place(kind, one, has_it) for one in places), len(places))
    find = form.get("find", "").strip()
    found = kept_offers.found_places(reader, child, kind, find, MOST)
    shown = found.places if find or found.total <= FEW else ()
    kept = [one for one in _ticked_places(reader, child, kind, form) if one not in shown]
    return Group(kind, tuple(_place(kind, one, has_it) for one in (*kept, *shown)), found.total)


def _ticked_places(reader: StoreReader, child: Child, kind: Reader, form: Typed) -> Iterator[Organisation]:
    """Yield the places of a kind that are ticked already, so that a search loses none."""
    for value in dict.fromkeys(form.getlist("reader")):
        if value.startswith(f"{kind}."):
            try:
                yield kept_offers.place(reader, child.id, kind, value.partition(".")[2])
            except ResourceNotFound:
                continue


def _person(kind: Reader, one: FamilyMember, has_it: set[str]) -> Choice:
    value = value_of(kind, one.id)
    return Choice(value, one.name, one.relationship, value in has_it)


def _place(kind: Reader, one: Organisation, has_it: set[str]) -> Choice:
    value = value_of(kind, one.id)
    return Choice(value, one.name, f"ODS code {one.code}" if one.code else "", value in has_it)


def _read(value: str) -> tuple[Reader, str]:
    kind, _, id = value.partition(".")
    try:
        return Reader(kind), id
    except ValueError:
        raise ShareNotAllowed(NOT_OFFERED) from None


def _named(reader: StoreReader, child: Child, kind: Reader, id: str) -> str:
    try:
        if kind in BY_LINK:
            return kept_offers.member(reader, child.id, kind, id).name
        return kept_offers.place(reader, child.id, kind, id).name
    except ResourceNotFound:
        raise ShareNotAllowed(NOT_OFFERED) from None


def _wanted(one: Ticked, form: Typed, deciding: Deciding) -> Wanted:
    basis, (kind, id) = Basis(one.basis), _read(one.value)
    if basis is Basis.SAFEGUARDING:
        return Wanted(kind, id, basis, form.get("reason", ""))
    answer = form.get(one.answer_field, "") if one.said_no else ""
    if basis is Basis.CONSENT:
        return Wanted(kind, id, basis, answer, typed_until(form), typed_word(form, deciding.who))
    return Wanted(kind, id, basis, answer)


NOT_OFFERED = "This reader cannot be given the plan. Open the page again and choose there."
