"""The form of a draft, ready for its templates: values, lists to choose from, and what stands in the way."""

from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256

from plans.confirmations import Wording, needed
from plans.draft import UnknownChoice, UnknownMedicine, is_field
from plans.draft.names import ALLERGIES
from plans.leaflet.languages import SOURCE, languages
from plans.leaflet.wording import in_language
from plans.medicines import read_medicines
from plans.people import Child
from plans.plan import Plan, Regimen, Spacer
from plans.products import TAG_WORDS
from plans.regimens import Script, standard_script
from plans.triggers import TRIGGERS
from portal.actions.drafts import CheckedDraft
from portal.forms.medicine_places import Choice, MedicinePlace, medicine_places
from portal.forms.open_points import OpenPoints, open_points

BLANK_ALLERGIES = 2  # rows beyond those that are filled

REGIMENS = (
    Choice(Regimen.PREVENTER_RELIEVER, "Preventer and reliever"),
    Choice(Regimen.MART, "MART: one inhaler, daily and when needed"),
    Choice(Regimen.AIR, "AIR: one inhaler, only when needed"),
)
SPACERS = (
    Choice(Spacer.MOUTHPIECE, "Spacer with a mouthpiece"),
    Choice(Spacer.MASK, "Spacer with a mask"),
    Choice(Spacer.NONE, "No spacer"),
)
UNKNOWN_CHOICES = (
    Choice(UnknownChoice.PREVENTER, "It is the preventer: I choose it below"),
    Choice(UnknownChoice.RELIEVER, "It is the reliever: I choose it below"),
    Choice(UnknownChoice.COMBINATION, "It is the one inhaler of MART or AIR: I choose it below"),
    Choice(UnknownChoice.ADD_ON, "It is an add-on medicine: I choose it below"),
    Choice(UnknownChoice.NOT_FOR_THIS_PLAN, "It is not for this plan"),
)
ATTACK_STEPS: Mapping[Script, str] = {
    Script.A: "The standard steps fit this reliever: leave these boxes empty.",
    Script.B: "The standard steps for MART and AIR fit this inhaler: leave these boxes empty.",
    Script.WRITTEN: "No standard steps surely fit. Type the steps for this child.",
    Script.NONE: "Choose the regimen and the inhaler first.",
}


@dataclass(frozen=True)
class WordingToConfirm:
    """Words that no source settles, in English as they are printed, and why a clinician is asked."""

    name: str
    about: str
    words: tuple[str, ...]
    why: str

    @property
    def shown_as(self) -> str:
        """Return an id that changes with the words."""
        return f"shown-{self.name}-{_digest(self.words)}"


@dataclass(frozen=True)
class BuilderForm:
    """Everything that the form shows of one draft."""

    checked: CheckedDraft
    places: tuple[MedicinePlace, ...]
    wordings: tuple[WordingToConfirm, ...]
    points: OpenPoints
    regimens: tuple[Choice, ...] = REGIMENS
    spacers: tuple[Choice, ...] = SPACERS
    unknown_choices: tuple[Choice, ...] = UNKNOWN_CHOICES

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
    def attack_steps(self) -> str:
        """Return what to do with the boxes of the attack steps."""
        plan = self.checked.plan
        has_inhaler = self.checked.script is not Script.NONE
        fits = standard_script(plan, self.age, read_medicines()) if has_inhaler else Script.NONE
        return ATTACK_STEPS[fits]

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
        choices = [Choice(code, f"{one.english} ({one.endonym})") for code, one in languages().items()]
        chosen = self.values.get("language", "")
        if chosen and chosen not in languages():
            choices.append(Choice(chosen, f"{chosen} (plans are not printed in it yet)"))
        return tuple(choices)

    @property
    def strays(self) -> tuple[str, ...]:
        """Return the names of entries that no plan has a field for."""
        return tuple(name for name, text in self.values.items() if text and not is_field(name))

    @property
    def shape_of_medicines(self) -> str:
        """Return what changes when other boxes for medicines must be shown."""
        return " ".join(place.shape for place in self.places)

    @property
    def shape_of_wordings(self) -> str:
        """Return what changes when other words must be confirmed."""
        return _digest(self.wordings) if self.wordings else ""


def builder_form(checked: CheckedDraft) -> BuilderForm:
    """Return the form of a checked draft."""
    situation, plan = checked.situation, checked.plan
    return BuilderForm(
        checked=checked,
        places=medicine_places(
            checked.draft.fields, plan, situation.age, checked.problems, situation.medicines
        ),
        wordings=tuple(_to_confirm(one) for one in needed(plan, situation.age, situation.medicines)),
        points=open_points(checked),
    )


def _to_confirm(wording: Wording) -> WordingToConfirm:
    english = in_language(SOURCE)
    why = f"{TAG_WORDS[wording.unsettled.tag].capitalize()}: {wording.unsettled.source}."
    words = tuple(english.say(sentence) for sentence in wording.sentences)
    return WordingToConfirm(f"wording-{wording.key}", wording.unsettled.about, words, why)


def _digest(words: object) -> str:
    return sha256(repr(words).encode()).hexdigest()[:16]
