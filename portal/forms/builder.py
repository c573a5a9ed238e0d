"""The form of a draft, ready for its templates: values, lists to choose from, and what stands in the way."""

from collections.abc import Mapping
from dataclasses import dataclass

from plans.confirmations import needed
from plans.draft import UnknownMedicine, is_field
from plans.draft.names import ALLERGIES
from plans.leaflet.languages import languages
from plans.people import Child
from plans.plan import Plan
from plans.products import Role
from plans.triggers import TRIGGERS
from plans.understanding import Question
from portal.actions.drafts import CheckedDraft
from portal.forms import choices
from portal.forms.attack_part import AttackPart, attack_part
from portal.forms.choices import Choice
from portal.forms.folded import open_parts
from portal.forms.guidance import Advice, advice
from portal.forms.medicine_places import MedicinePlace, medicine_places, named
from portal.forms.open_points import OpenPoints, open_points
from portal.forms.overriding import asks_for_override
from portal.forms.quick_days import review_days, trial_days
from portal.forms.teach_back import ASK, questions
from portal.forms.words_to_confirm import ToConfirm, digest, words_to_confirm

BLANK_ALLERGIES = 1  # rows beyond those that are filled
TRIAL_UNDER = 5  # years. Source: NG245 1.9.1


@dataclass(frozen=True)
class BuilderForm:
    """Everything that the form shows of one draft. Lists to choose from are in `choices`."""

    checked: CheckedDraft
    places: tuple[MedicinePlace, ...]
    wordings: tuple[ToConfirm, ...]
    points: OpenPoints
    attack: AttackPart
    open_parts: frozenset[str]
    overrides: bool
    choices = choices
    ask = ASK

    @property
    def values(self) -> Mapping[str, str]:
        return self.checked.draft.fields

    @property
    def child(self) -> Child:
        return self.checked.child

    @property
    def live(self) -> Plan | None:
        return self.checked.live

    @property
    def age(self) -> int:
        return self.checked.situation.age

    @property
    def unknown(self) -> tuple[UnknownMedicine, ...]:
        return self.checked.reading.unknown

    @property
    def advice(self) -> Mapping[str, tuple[Advice, ...]]:
        """Return what is to be read at each section."""
        return advice(self.age, self.checked.plan.regimen)

    @property
    def questions(self) -> Mapping[Question, str]:
        return questions(self.checked.plan.regimen)

    @property
    def review_days(self) -> tuple[Choice, ...]:
        return review_days(self.checked.situation.today)

    @property
    def trial_days(self) -> tuple[Choice, ...]:
        return trial_days(self.checked.situation.today)

    @property
    def has_trial(self) -> bool:
        """Return whether the diagnosis and a trial are asked about: under 5, or where something stands."""
        return self.age < TRIAL_UNDER or "trial" in self.open_parts

    @property
    def steroids(self) -> tuple[Choice, ...]:
        """Return the steroids that may be kept at home."""
        listed = self.checked.situation.medicines.that_may(Role.ATTACK_COURSE)
        return tuple(Choice(product.key, named(product)) for product in listed)

    @property
    def allergy_rows(self) -> range:
        filled = [
            n for n in ALLERGIES for part in ("name", "severe") if self.values.get(f"allergy-{n}-{part}")
        ]
        return range(1, min(max(filled, default=0) + BLANK_ALLERGIES, ALLERGIES[-1]) + 1)

    @property
    def triggers(self) -> tuple[Choice, ...]:
        """Return every trigger, and any of this draft that is not in the list, so that it can be unticked."""
        listed = [Choice(key, trigger.words.message) for key, trigger in TRIGGERS.items()]
        strange = [key for key in self.checked.plan.triggers if key not in TRIGGERS]
        return (*listed, *(Choice(key, f"{key} (not in the list)") for key in strange))

    @property
    def languages(self) -> tuple[Choice, ...]:
        """Return the languages that plans are printed in, and the one of this draft if it is another."""
        listed = [Choice(code, f"{one.english} ({one.endonym})") for code, one in languages().items()]
        chosen = self.values.get("language", "")
        if chosen and chosen not in languages():
            listed.append(Choice(chosen, f"{chosen} (plans are not printed in it yet)"))
        return tuple(listed)

    @property
    def strays(self) -> tuple[str, ...]:
        """Return the names of entries that no plan has a field for."""
        return tuple(name for name, text in self.values.items() if text and not is_field(name))

    @property
    def shape_of_medicines(self) -> str:
        """Return what changes when other boxes for medicines must be shown."""
        return " ".join([*(place.shape for place in self.places), f"override:{self.overrides}"])

    @property
    def shape_of_wordings(self) -> str:
        """Return what changes when other words must be confirmed."""
        return digest(self.wordings) if self.wordings else ""


def builder_form(checked: CheckedDraft) -> BuilderForm:
    """Return the form of a checked draft."""
    situation, plan, fields = checked.situation, checked.plan, checked.draft.fields
    return BuilderForm(
        checked=checked,
        places=medicine_places(fields, plan, situation.age, checked.problems, situation.medicines),
        wordings=words_to_confirm(needed(plan, situation.age, situation.medicines)),
        points=open_points(checked),
        attack=attack_part(checked),
        open_parts=open_parts(fields, checked.problems),
        overrides=asks_for_override(checked),
    )
