"""Where the words of a plan come from: each text, its place in the clinical reference, and how sure it is.

One text can be read on one point and be silent on another: it then has a row for each, since a row has one
tag. Whatever stands only in the safety list is a proposal in plain English, so it waits for a clinician.
"""

from enum import Enum

from plans.products import Tag


class Source(Enum):
    """A text: its key, its title in plain words, where the clinical reference has it, and how sure it is.

    LAYOUT and ENTERED state no clinical fact of their own, so they have no tag.
    """

    LAYOUT = ("layout", "Puffin's labels and headings, which state no clinical fact", "", None)
    ENTERED = ("entered", "What was entered on this plan, or that nothing was", "", None)

    # Every day and getting worse.
    NG245_1_14_1 = ("ng245-1-14-1", "NICE NG245 1.14.1", "clinical reference 2.1", Tag.READ)
    TRIGGER_CODES = (
        "trigger-codes",
        "Research list of trigger codes",
        "clinical reference 6.2",
        Tag.SECOND_HAND,
    )
    NG245_1_14_2 = ("ng245-1-14-2", "NICE NG245 1.14.2", "clinical reference 2.1", Tag.READ)
    NG245_1_9 = ("ng245-1-9", "NICE NG245 1.9.1 to 1.9.4", "clinical reference 1.2", Tag.READ)
    ALUK_PLAN = ("aluk-plan", "Asthma + Lung UK, action plan guide", "clinical reference 2.2", Tag.READ)
    ALUK_ONE_INHALER = (
        "aluk-one-inhaler",
        "Asthma + Lung UK, MART and AIR guides",
        "clinical reference 2.2, 2.6",
        Tag.READ,
    )
    WORSE_SIGNS = (
        "worse-signs",
        "Asthma leaflet of NCA, and Asthma + Lung UK",
        "clinical reference 2.3",
        Tag.READ,
    )
    RELIEVER_USE = (
        "reliever-use",
        "Plans in use and NHS and MHRA wording, which differ",
        "clinical reference 2.3",
        Tag.CONFLICT,
    )
    UHSUSSEX = (
        "uhsussex",
        "University Hospitals Sussex, children's plan",
        "clinical reference 2.3",
        Tag.READ,
    )
    NG80 = ("ng80", "NICE NG80 rationale, carried into NG245", "clinical reference 2.3", Tag.READ)
    NG245_1_14_4 = ("ng245-1-14-4", "NICE NG245 1.14.4", "clinical reference 2.3", Tag.READ)
    STEROID_PACK = (
        "steroid-pack",
        "No text read: steroid packs and what to do with them",
        "clinical reference 2.3, 2.6",
        Tag.UNCONFIRMED,
    )
    EXERCISE = (
        "exercise",
        "No text read as a general rule: before exercise",
        "clinical reference 2.2",
        Tag.UNCONFIRMED,
    )
    MOST_A_DAY = (
        "most-a-day",
        "No text read for what to do: over the most puffs in a day",
        "clinical reference 2.3",
        Tag.UNCONFIRMED,
    )
    PEAK_FLOW = (
        "peak-flow",
        "Rule of the clinical reference on peak flow",
        "clinical reference 10.3",
        Tag.UNCONFIRMED,
    )

    # An attack, and after it.
    ALUK_ATTACK = (
        "aluk-attack",
        "Asthma + Lung UK, child attack page",
        "clinical reference 2.4, 3",
        Tag.READ,
    )
    ALUK_OLDER = ("aluk-older", "Asthma + Lung UK, older pages", "clinical reference 2.3, 2.4, 3", Tag.READ)
    NHS_ASTHMA = ("nhs-asthma", "NHS website asthma text", "clinical reference 2.4", Tag.READ)
    ONE_INHALER_ATTACK = (
        "one-inhaler-attack",
        "Words for the blue inhaler, carried over to other inhalers",
        "clinical reference 2.4, 3",
        Tag.UNCONFIRMED,
    )
    NHS_MANUAL = ("nhs-manual", "NHS service manual, A to Z", "clinical reference 2.4", Tag.READ)
    WESSEX = ("wessex", "Wessex Healthier Together (what0-18)", "clinical reference 3", Tag.READ)
    SIGN158 = ("sign158", "SIGN 158, list of severe signs", "clinical reference 3", Tag.READ)
    DANGER_SIGNS = (
        "danger-signs",
        "No text read: more danger signs than were found",
        "clinical reference 3",
        Tag.UNCONFIRMED,
    )
    UNDER_5_SIGNS = (
        "under-5-signs",
        "First-aid pages from abroad, and signs for which no text was read",
        "clinical reference 3",
        Tag.UNCONFIRMED,
    )
    QS25_4 = ("qs25-4", "NICE QS25 statement 4", "clinical reference 2.5", Tag.READ)

    # What medicines do, and how they are used.
    MEDICINES_FOR_CHILDREN = (
        "medicines-for-children",
        "Medicines for Children, beclometasone",
        "clinical reference 2.6",
        Tag.READ,
    )
    AIRWAY_MODEL = ("airway-model", "NW London airway model", "clinical reference 2.6", Tag.READ)
    NRAD_MHRA = (
        "nrad-mhra",
        "National Review of Asthma Deaths, and MHRA 2025",
        "clinical reference 2.6",
        Tag.READ,
    )
    STEROID_CARD = (
        "steroid-card",
        "Northern Ireland formulary on who has a card; no text read on carrying it",
        "clinical reference 2.6",
        Tag.UNCONFIRMED,
    )
    MONTELUKAST = (
        "montelukast",
        "MHRA reminder 2024, of which the title alone was read",
        "clinical reference 2.6",
        Tag.UNCONFIRMED,
    )
    MHRA_NEBULISER = (
        "mhra-nebuliser",
        "MHRA August 2022, home nebulisers",
        "clinical reference 2.6",
        Tag.READ,
    )
    SPACER_LEAFLET = (
        "spacer-leaflet",
        "Manchester spacer leaflet, and BMJ",
        "clinical reference 4",
        Tag.READ,
    )
    SPACER_CARE = ("spacer-care", "BMJ advice on spacers", "clinical reference 4", Tag.READ)
    SPACER_HOW_OFTEN = (
        "spacer-how-often",
        "No text read: how often to wash and replace a spacer",
        "clinical reference 4",
        Tag.UNCONFIRMED,
    )
    TECHNIQUE = (
        "technique",
        "No text read: inhalers without a spacer",
        "clinical reference 4",
        Tag.UNCONFIRMED,
    )

    # School.
    SCHOOL_INHALER = (
        "school-inhaler",
        "Guidance on emergency inhalers in schools",
        "clinical reference 9",
        Tag.READ,
    )
    SCHOOL_BLUE_INHALER = (
        "school-blue-inhaler",
        "No text read: the school's blue inhaler on MART or AIR",
        "clinical reference 9",
        Tag.UNCONFIRMED,
    )
    DFE_MEDICAL = (
        "dfe-medical",
        "DfE, pupils with medical conditions: known of, not read",
        "clinical reference 9",
        Tag.UNCONFIRMED,
    )

    # Puffin's own wording, proposed in the safety list.
    HAZARD_1 = (
        "hazard-1",
        "Safety list, hazard 1: allergy mistaken for asthma",
        "clinical reference 2.4",
        Tag.UNCONFIRMED,
    )
    HAZARD_2 = (
        "hazard-2",
        "Safety list, hazard 2: 999 must not wait for puffs",
        "clinical reference 2.4, 3",
        Tag.UNCONFIRMED,
    )
    HAZARD_3 = (
        "hazard-3",
        "Safety list, hazard 3: wrong script",
        "clinical reference 2.4",
        Tag.UNCONFIRMED,
    )
    HAZARD_4 = (
        "hazard-4",
        "Safety list, hazard 4: MART and AIR",
        "clinical reference 2.6",
        Tag.UNCONFIRMED,
    )
    HAZARD_5 = (
        "hazard-5",
        "Safety list, hazard 5: backup inhaler",
        "clinical reference 2.4",
        Tag.UNCONFIRMED,
    )
    HAZARD_7 = ("hazard-7", "Safety list, hazard 7: general wording", "clinical reference 3", Tag.UNCONFIRMED)
    HAZARD_8 = (
        "hazard-8",
        "Safety list, hazard 8: the sheet after hospital",
        "clinical reference 2.5",
        Tag.UNCONFIRMED,
    )
    HAZARD_9 = ("hazard-9", "Safety list, hazard 9: stale paper", "", Tag.UNCONFIRMED)
    HAZARD_10 = ("hazard-10", "Safety list, hazard 10: wrong child", "", Tag.UNCONFIRMED)
    HAZARD_11 = ("hazard-11", "Safety list, hazard 11: language", "clinical reference 12", Tag.UNCONFIRMED)
    HAZARD_17 = ("hazard-17", "Safety list, hazard 17: sent is not accepted", "", Tag.UNCONFIRMED)
    HAZARD_26 = ("hazard-26", "Safety list, hazard 26: a family without an inhaler", "", Tag.UNCONFIRMED)

    NONE_FOUND = ("none-found", "No source found: Puffin's own words", "", Tag.UNCONFIRMED)

    def __init__(self, key: str, title: str, place: str, tag: Tag | None) -> None:
        self.key = key
        self.title = title
        self.place = place
        self.tag = tag

    @property
    def is_sure(self) -> bool:
        """Whether its words may stand on a plan without a clinician confirming them."""
        return self.tag is None or self.tag.is_sure
