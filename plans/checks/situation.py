"""What a check is, and all that one may look at besides the plan."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from plans.checks.field_words import what, when
from plans.draft import UnknownMedicine
from plans.medicines import Medicines
from plans.peak_flow import Height, Reading
from plans.people import Child
from plans.plan import Medicine, Plan, Slot
from plans.problems import Kind, Problem
from plans.products import Product


@dataclass(frozen=True)
class Situation:
    """Where a plan stands: whose it is, on which UK day, beside which live plan and which record.

    `live_plan_id` is the child's live plan, "" if there is none. `unread` and `unknown` are what reading
    the draft left over. `readings` and `heights` are those on record, in any order. `steroid_courses` are
    those on record in 12 months; `has_nebuliser_liquid`: the record names liquid for a nebuliser.
    """

    child: Child
    today: date
    medicines: Medicines
    live_plan_id: str = ""
    unread: tuple[Problem, ...] = ()
    unknown: tuple[UnknownMedicine, ...] = ()
    readings: tuple[Reading, ...] = ()
    heights: tuple[Height, ...] = ()
    steroid_courses: int = 0
    has_nebuliser_liquid: bool = False

    @property
    def age(self) -> int:
        return self.child.age_on(self.today)


@dataclass(frozen=True)
class Check:
    """One rule: when it fires it gives the fields it is about, and its sentence says what to do there.

    In the sentence {what} and {when} stand for the plain words of the field.
    """

    code: str
    kind: Kind
    sentence: str
    source: str
    find: Callable[[Plan, Situation], Iterable[str]]

    def problems(self, plan: Plan, situation: Situation) -> Iterator[Problem]:
        """Yield a problem for each field at which this check fires."""
        for field in self.find(plan, situation):
            yield Problem(self.code, self.kind, field, self.sentence_at(field), self.source)

    def sentence_at(self, field: str) -> str:
        """Return the sentence as it is said beside `field`."""
        return self.sentence.format(what=what(field), when=when(field))


def named(plan: Plan, situation: Situation) -> Iterator[tuple[Slot, Medicine, Product]]:
    """Yield each medicine of the plan that names a product: one of the list, or one written by hand."""
    for slot, medicine in plan.medicines.items():
        product = situation.medicines.product_of(medicine)
        if product is not None:
            yield slot, medicine, product
