"""Who a copy is about and for, and the facts about a plan that its sentences turn on."""

from dataclasses import dataclass
from datetime import date

from plans.medicines import Medicines
from plans.people import Child, Professional
from plans.places import Organisation
from plans.plan import Medicine, Plan, Regimen
from plans.products import Product, Role
from plans.regimens import Script, attack_script, attack_slot, relief_slot
from plans.school_inhaler import AsChecked
from plans.sentences import Exact
from plans.working_days import uk_day

SCHOOL_AGE = 5  # years; younger children have their own danger signs, and 111 online is not for them
# Years; from then on the plan speaks to its owner, and not to a parent about a child.
# Source: at 16 to 17 a person is presumed able to consent (clinical reference 8.6). Tag U.
ADULT_AGE = 16


@dataclass(frozen=True)
class People:
    """Everybody whose name a copy may print.

    `school_class` and what the last check of the inhaler found there are the school's own, for its own copy.
    """

    child: Child
    practice: Organisation | None
    author: Professional | None
    school: Organisation | None = None
    school_class: str = ""
    inhaler: AsChecked | None = None


@dataclass(frozen=True)
class Subject:
    """A plan with the child's age when it was signed, and the list of medicines to look its own up in.

    The age is that of signing, so that a signed plan says the same on every day it is printed.
    """

    plan: Plan
    age: int
    medicines: Medicines

    @property
    def script(self) -> Script:
        return attack_script(self.plan, self.age, self.medicines)

    @property
    def is_under_5(self) -> bool:
        return self.age < SCHOOL_AGE

    @property
    def is_adult(self) -> bool:
        """Whether the plan's owner speaks for themselves, by the age on the day of signing."""
        return self.age >= ADULT_AGE

    @property
    def is_one_inhaler(self) -> bool:
        """Whether one inhaler does both jobs: MART and AIR."""
        return self.plan.regimen in {Regimen.MART, Regimen.AIR}

    @property
    def attack_medicine(self) -> Medicine | None:
        """The inhaler that the attack steps use, None while a draft does not name it."""
        slot = attack_slot(self.plan)
        return self.plan.medicines.get(slot) if slot else None

    @property
    def relief_medicine(self) -> Medicine | None:
        """The inhaler for symptoms and before exercise: the reliever, else the inhaler for an attack."""
        slot = relief_slot(self.plan)
        return self.plan.medicines.get(slot) if slot else None

    @property
    def uses_reliever_in_attacks(self) -> bool:
        """Whether the inhaler for an attack is a reliever; on a plan of another kind, surely one."""
        if self.plan.regimen is not Regimen.OTHER:
            return not self.is_one_inhaler
        product = self.product(self.attack_medicine) if self.attack_medicine else None
        return product is not None and Role.RELIEVER in product.roles

    def product(self, medicine: Medicine) -> Product | None:
        return self.medicines.product_of(medicine)

    def brand(self, medicine: Medicine | None) -> Exact:
        """Return the brand alone, as sentences name a medicine; its strength stands where it is listed."""
        product = self.product(medicine) if medicine else None
        return Exact(product.brand if product else medicine.product if medicine else "")

    def printed_name(self, medicine: Medicine) -> Exact:
        """Return brand and strength as they stand on the box."""
        product = self.product(medicine)
        return Exact(product.printed_name if product else medicine.product)


def subject(plan: Plan, child: Child, medicines: Medicines, today: date) -> Subject:
    """Return the plan as its sentences see it: at the age on the day of signing, or today for a draft."""
    day = uk_day(plan.signed_at) if plan.signed_at else today
    return Subject(plan, child.age_on(day), medicines)
