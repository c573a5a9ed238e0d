"""Hazards 1 to 11: what a plan says, leaves out, or says too late, on paper or on a screen."""

from docs.hazards.hazard import Control, Hazard

ATTACK = "tests/plans/test_content_attack.py::"
SCRIPTS = "tests/plans/test_attack_scripts.py::"
CONTENT = "tests/plans/test_content.py::"
COPIES = "tests/plans/test_content_copies.py::"
PAPER = "tests/plans/test_hazards_of_the_paper.py::"
PRINTED_PAGES = "tests/plans/leaflet/test_names_on_paper.py::"
REGIMENS = "tests/plans/test_regimens.py::"
CHECKED_DOSES = "tests/plans/checks/test_doses.py::"
CHECKED_PAPER = "tests/plans/checks/test_paper.py::"
CHECKED_PEAK_FLOW = "tests/plans/checks/test_peak_flow.py::"
FAMILY = "tests/portal/test_family.py::"
CLASS_LIST = "tests/plans/test_class_list.py::"
MATCH = "tests/plans/test_class_list_match.py::"
CLASS_LISTS = "tests/portal/test_class_lists.py::"
SIMILAR = "tests/plans/test_similar_names.py::"
CODE = "tests/portal/test_code_on_paper.py::"
CHANGES = "tests/portal/test_plan_changes.py::"
SIMILAR_SHOWN = "tests/portal/test_similar_names_shown.py::"
SAME_NAME = "tests/portal/test_hazards_of_the_name.py::"
NAMED_ANEW = "tests/portal/test_another_name.py::"
WORDING = "tests/plans/leaflet/test_wording.py::"
PREFILL = "tests/plans/test_prefill.py::"
FURTHER = "tests/plans/test_content_further.py::"
FURTHER_CHECKED = "tests/plans/checks/test_further_treatment.py::"
CONFIRMATIONS = "tests/plans/test_confirmations.py::"

PRINTED = (
    Hazard(
        1,
        "A severe allergic reaction is taken for asthma, and the inhaler comes before the adrenaline.",
        (
            Control(
                "With a severe allergy, the adrenaline pen and 999 stand before every puff, in every copy.",
                ("plans/content/danger.py", "plans/content/attack.py"),
                (
                    f"{ATTACK}test_a_severe_allergy_opens_the_attack_before_the_inhaler",
                    f"{PAPER}test_the_adrenaline_pen_comes_before_every_puff_in_every_copy",
                ),
            ),
            Control(
                "Signing asks for the allergy plan, and for the day on which the pens expire.",
                ("plans/checks/allergy.py",),
                (
                    f"{CHECKED_PAPER}test_it_fires_at_its_edge_and_not_beside_it",
                    f"{CHECKED_PAPER}test_every_check_of_allergy_paper_and_confirming_is_tested",
                ),
            ),
            Control(
                "An allergy that sounds like food and is not marked as severe is asked about before signing.",
                ("plans/checks/allergy.py",),
                (f"{CHECKED_PAPER}test_it_fires_at_its_edge_and_not_beside_it",),
            ),
            Control(
                "A food allergy, anaphylaxis or high risk in a GP record comes into the draft as severe.",
                ("plans/prefill.py",),
                (f"{PREFILL}TestAllergies::test_what_may_be_mistaken_for_asthma_is_severe",),
            ),
        ),
    ),
    Hazard(
        2,
        "Somebody counts puffs to the end before they call 999.",
        (
            Control(
                "999 and never to leave the child alone stand above the first puff, in every copy, script "
                "and age; so do the danger signs, but on the emergency card, where they follow the steps.",
                ("plans/content/attack.py", "plans/content/danger.py"),
                (
                    f"{ATTACK}test_999_does_not_wait_for_puffs",
                    f"{PAPER}test_999_stands_above_the_first_puff_in_every_copy",
                ),
            ),
            Control(
                "MART and AIR also say when to call at once, above step 1.",
                ("plans/content/attack.py",),
                (f"{PAPER}test_one_inhaler_plans_say_above_the_first_puff_when_to_call_at_once",),
            ),
            Control(
                "A plan without steps sends to 999.",
                ("plans/content/attack_steps.py",),
                (f"{ATTACK}test_a_plan_without_steps_says_so_and_sends_to_999",),
            ),
        ),
    ),
    Hazard(
        3,
        "Attack steps made for one inhaler stand beside another, so a child gets too little or too much.",
        (
            Control(
                "The standard steps print by exact product and age; for all others a clinician writes them.",
                ("plans/regimens.py", "plans/licences.py"),
                (
                    f"{REGIMENS}test_the_10_puff_steps_print_only_for_a_salbutamol_100_aerosol",
                    f"{REGIMENS}test_the_6_puff_steps_print_only_for_a_sure_product_at_12_or_over",
                    f"{REGIMENS}"
                    "test_no_product_gets_the_6_puff_steps_under_12_nor_one_without_formoterol_at_any_age",
                    f"{REGIMENS}"
                    "test_no_reliever_of_the_list_but_a_100_microgram_aerosol_gets_the_10_puff_steps",
                    f"{REGIMENS}test_two_relievers_have_no_standard_steps",
                    f"{SCRIPTS}test_the_standard_steps_print_for_the_products_and_ages_"
                    "they_are_written_for_and_no_other",
                    f"{REGIMENS}test_a_medicine_written_by_hand_never_gets_standard_steps",
                ),
            ),
            Control(
                "Where the standard steps do not fit, the plan is not signed without steps of its own.",
                ("plans/checks/attack.py",),
                (f"{CHECKED_DOSES}test_whatever_the_standard_steps_do_not_fit_needs_steps_of_its_own",),
            ),
            Control(
                "Written steps name an inhaler that is on the plan and may be used in an attack.",
                ("plans/checks/attack_inhaler.py",),
                (
                    f"{CHECKED_DOSES}test_it_fires_at_its_edge_and_not_beside_it",
                    f"{CHECKED_DOSES}test_every_check_of_doses_and_attack_steps_is_tested",
                ),
            ),
            Control(
                "AIR under 12, MART under 5 and what must never relieve are refused, whoever decides.",
                ("plans/checks/regimen.py", "plans/checks/medicines.py"),
                ("tests/plans/checks/test_medicines.py::test_some_refusals_stand_whoever_decides",),
            ),
            Control(
                "Written steps are numbers in sentences that every language has; nothing is free text.",
                ("plans/content/attack_steps.py",),
                (
                    f"{ATTACK}test_written_steps_print_as_fields_around_sentences",
                    f"{SCRIPTS}test_every_number_of_the_steps_comes_from_their_one_script_or_was_typed",
                    f"{SCRIPTS}test_no_copy_has_another_script_than_the_plan",
                    f"{PAPER}test_the_attack_holds_no_typed_words_but_the_names_of_allergies",
                ),
            ),
        ),
    ),
    Hazard(
        4,
        "A child on MART or AIR reads sentences made for two inhalers, and leaves out the one that helps.",
        (
            Control(
                "MART and AIR have sentences of their own; those for two inhalers never stand there.",
                ("plans/content/explanations.py", "plans/content/everyday.py"),
                (
                    f"{CONTENT}test_one_inhaler_plans_have_sentences_of_their_own",
                    f"{PAPER}test_no_copy_of_mart_or_air_says_what_belongs_to_two_inhalers",
                    f"{SCRIPTS}test_no_copy_of_a_mart_or_air_plan_speaks_of_a_preventer_and_a_reliever",
                    f"{COPIES}test_on_air_the_childs_own_copy_has_no_daily_puffs",
                ),
            ),
        ),
    ),
    Hazard(
        5,
        "The one inhaler cannot be found, and nobody knows whether the blue one may be used.",
        (
            Control(
                "A blue inhaler beside MART or AIR changes no script and has no second set of doses; "
                "it has to be explained before signing.",
                ("plans/regimens.py", "plans/checks/regimen.py"),
                (
                    f"{REGIMENS}test_a_backup_beside_mart_or_air_does_not_change_the_one_script",
                    f"{CONTENT}test_the_backup_inhaler_has_no_second_set_of_doses",
                    "tests/plans/checks/test_regimen.py::test_it_fires_at_its_edge_and_not_beside_it",
                ),
            ),
            Control(
                "The line on the backup, which a clinician confirms, stands on the family's and the school's "
                "copy.",
                ("plans/content/attack.py", "plans/confirmations.py"),
                (
                    f"{ATTACK}test_a_backup_inhaler_is_explained_on_the_family_and_school_copy",
                    f"{CONFIRMATIONS}test_every_unsettled_sentence_of_every_copy_is_asked_about",
                    f"{COPIES}test_on_one_inhaler_the_schools_own_blue_one_comes_with_999",
                ),
            ),
        ),
    ),
    Hazard(
        6,
        "A peak flow limit is too low, or made from a best that is no longer true, and help comes late.",
        (
            Control(
                "A clinician types each limit; none is filled in, and each prints to the litre, as typed.",
                ("plans/prefill.py", "plans/draft/copying.py", "plans/content/signs.py"),
                (
                    f"{PAPER}test_a_limit_prints_to_the_litre_as_it_was_typed",
                    f"{CONTENT}test_peak_flow_is_printed_as_typed_and_never_as_a_percentage",
                    f"{PREFILL}TestPeakFlow::test_the_best_comes_with_its_day_and_scale",
                    "tests/plans/test_draft.py::test_limits_and_confirmations_are_asked_for_anew",
                ),
            ),
            Control(
                "A best that is old, outgrown, exceeded, on another scale or no real one sets no limit.",
                ("plans/checks/peak_flow.py", "plans/peak_flow.py"),
                (
                    f"{CHECKED_PEAK_FLOW}test_it_fires_at_its_edge_and_not_beside_it",
                    f"{CHECKED_PEAK_FLOW}test_every_check_of_peak_flow_is_tested",
                    f"{PREFILL}TestPeakFlow::test_a_best_that_cannot_set_limits_is_left_out",
                ),
            ),
            Control(
                "A plan by symptoms alone is always possible.",
                ("plans/checks/peak_flow.py",),
                (
                    f"{CHECKED_PEAK_FLOW}test_a_plan_by_symptoms_only_is_always_possible",
                    f"{CONTENT}test_a_plan_by_symptoms_prints_no_litres",
                ),
            ),
        ),
    ),
    Hazard(
        7,
        "General words make a severe attack at home look normal, or make people wait for blue lips.",
        (
            Control(
                "No sentence that the product can say gives puffs by the hour; the colour is said for every "
                "skin, and not to be waited for.",
                ("plans/content/worse.py", "plans/content/danger.py"),
                (
                    f"{PAPER}test_no_sentence_of_the_product_gives_a_range_of_puffs_by_the_hour",
                    f"{CONTENT}test_no_general_wording_makes_severe_illness_at_home_look_normal",
                    f"{ATTACK}test_colour_of_the_lips_is_said_for_every_skin_and_never_waited_for",
                ),
            ),
            Control(
                "A reliever by the clock is printed only as typed, for one attack, and needs a reason.",
                ("plans/content/after.py", "plans/checks/weaning.py"),
                (
                    f"{FURTHER}test_the_reliever_by_the_clock_is_for_one_attack_and_as_typed",
                    f"{FURTHER}test_needed_within_4_hours_is_an_attack",
                    f"{FURTHER_CHECKED}test_it_fires_at_its_edge_and_not_beside_it",
                ),
            ),
        ),
    ),
    Hazard(
        8,
        "The family goes home from hospital and waits for a call that never comes.",
        (
            Control(
                "The sheet tells the family to phone, what to say, by which day, and what to do before then.",
                ("plans/content/discharge.py",),
                (
                    f"{COPIES}test_the_sheet_after_hospital_speaks_to_the_family",
                    f"{COPIES}test_the_sheet_names_the_day_of_the_review_with_its_weekday",
                    f"{COPIES}test_a_family_without_a_plan_is_sent_to_no_steps_that_they_do_not_have",
                    f"{COPIES}test_without_a_surgery_the_hospital_keeps_the_review",
                    f"{COPIES}test_once_the_day_has_passed_the_sheet_says_so_and_what_to_do_now",
                ),
            ),
        ),
    ),
    Hazard(
        9,
        "Somebody follows a plan on paper that was replaced or withdrawn long ago.",
        (
            Control(
                "The code on paper says 999 first, then whether this copy is current, past its review date, "
                "replaced or withdrawn.",
                ("portal/actions/code_on_paper.py",),
                (
                    f"{FAMILY}test_the_code_says_that_a_copy_is_current_and_nothing_about_the_child",
                    f"{FAMILY}test_the_code_says_when_a_copy_was_replaced",
                    f"{FAMILY}test_the_code_says_when_a_plan_was_withdrawn",
                    f"{FAMILY}test_a_code_that_is_not_known_says_so",
                    f"{FAMILY}test_every_page_says_first_what_to_do_in_an_attack",
                    f"{CODE}test_a_current_copy_is_told_so_in_these_words",
                    f"{CODE}test_a_copy_past_its_review_date_is_told_so_and_its_attack_steps_stay",
                    f"{CODE}test_nothing_of_the_child_the_plan_or_its_people_is_on_the_page",
                ),
            ),
            Control(
                "A card saved on a phone says on which day it was saved, that it may be out of date, and "
                "where to ask; 999 stands above it without a password.",
                ("portal/views/family/saved_card.py", "portal/views/phone.py"),
                (
                    "tests/portal/test_saved_card.py::"
                    "test_what_goes_to_the_phone_is_the_emergency_card_with_its_day_and_no_more",
                    "tests/portal/test_saved_card.py::test_the_page_of_the_card_knows_nobody_and_says_999_first",
                ),
            ),
            Control(
                "Whoever has a plan is told what changed since the version that they know.",
                ("portal/actions/plan_changes.py",),
                (
                    f"{CHANGES}test_who_skipped_a_version_is_told_all_that_changed_since_the_one_that_they_know",
                    f"{CHANGES}test_a_school_is_told_what_changed_on_its_own_copy_and_nothing_else",
                ),
            ),
            Control(
                "Everybody who has a plan is asked to read each new version; who does not is looked for.",
                ("portal/actions/receipts/asked.py", "portal/actions/receipts/late.py"),
                (
                    "tests/portal/test_receipts.py::"
                    "test_a_new_version_asks_again_and_nobody_is_asked_about_the_old_one",
                    "tests/portal/test_receipts_late.py::"
                    "test_the_lead_of_each_team_is_told_when_its_own_time_is_over",
                    "tests/portal/test_receipts_late.py::"
                    "test_as_long_again_later_the_practice_of_the_child_is_told_once_for_all_who_are_late_then",
                ),
            ),
            Control(
                "Every team that has a plan is told that it is withdrawn, and to take printed copies away.",
                ("portal/actions/receipts/asked.py", "plans/team_task.py"),
                (
                    "tests/portal/test_receipts.py::test_every_team_that_has_a_plan_is_told_that_it_was_"
                    "withdrawn_and_nobody_at_home_by_a_task",
                ),
            ),
            Control(
                "A copy that is replaced, withdrawn, a draft or past review says so first, with its steps.",
                ("plans/content/head.py",),
                (f"{CONTENT}test_paper_that_is_not_the_living_plan_says_so_first_and_keeps_its_steps",),
            ),
        ),
        ("telling a family by itself that their plan was withdrawn: the practice has to phone them.",),
    ),
    Hazard(
        10,
        "One child's plan is followed for another: twins, the same name, a page that came loose.",
        (
            Control(
                "Name, date of birth, version and page stand on every page of every copy.",
                ("plans/content/head.py", "plans/leaflet/pdf.py"),
                (
                    f"{PRINTED_PAGES}test_every_page_of_every_copy_says_whose_it_is",
                    f"{PRINTED_PAGES}test_every_page_beside_english_says_whose_it_is",
                    f"{PRINTED_PAGES}test_the_sheet_after_hospital_says_whose_it_is",
                ),
            ),
            Control(
                "A class list is read only where its letters, dates and rows are sure; a pupil is a child "
                "here by number, birth date and name, or when somebody who sees the child says so. A team "
                "has one task for all who wait, which ends with the last; a share that ends hands them on.",
                (
                    "plans/class_list_text.py",
                    "plans/class_list_match.py",
                    "portal/actions/class_lists/matching.py",
                    "portal/actions/class_lists/asked.py",
                ),
                (
                    f"{CLASS_LIST}TestLetters::"
                    "test_whatever_code_a_name_was_saved_in_it_is_read_right_or_refused",
                    f"{MATCH}TestWho::test_number_birth_date_and_name_are_sure",
                    f"{MATCH}TestWho::test_the_number_of_the_other_twin_is_a_doubt",
                    f"{CLASS_LISTS}TestAnsweredByHand::test_both_stand_side_by_side_for_who_sees_the_child",
                    f"{CLASS_LISTS}TestAnsweredByHand::test_one_child_is_never_two_pupils_of_a_school",
                    f"{CLASS_LISTS}TestWhoTheyAre::test_a_whole_school_is_one_task_of_a_team"
                    "_that_leads_to_each_pupil_and_ends_with_the_last",
                    f"{CLASS_LISTS}TestWhoTheyAre::"
                    "test_where_a_share_has_ended_another_team_is_asked_on_the_next_day",
                ),
            ),
            Control(
                "Children of a similar name, and twins, are named when writing, signing, sharing, printing "
                "and reviewing.",
                ("plans/similar_names.py", "fhir/record.py", "fhir/store/search/values.py"),
                (
                    f"{SIMILAR}test_names_that_could_be_mistaken_are_similar",
                    "tests/portal/test_children_in_pages.py::test_the_list_and_the_similar_names_read_as_many"
                    "_records_of_hundreds_of_children_as_of_fifty",
                    "tests/portal/test_plan_builder.py::"
                    "test_another_child_with_a_similar_name_is_pointed_out_when_writing_and_when_signing",
                    f"{SAME_NAME}test_a_twin_is_named_where_a_plan_is_printed_and_shared",
                    f"{SIMILAR_SHOWN}test_where_a_familys_link_is_made_they_are_pointed_out",
                    f"{SIMILAR_SHOWN}test_a_schools_register_marks_them_and_nobody_else",
                    f"{SIMILAR_SHOWN}test_a_schools_page_of_one_child_points_them_out_without_their_numbers",
                    "tests/portal/test_review_pages.py::"
                    "test_a_child_of_a_similar_name_is_named_where_the_review_is_recorded",
                ),
            ),
            Control(
                "Before a link opens, somebody confirms the child's name.",
                ("portal/views/family/entrance.py",),
                (
                    f"{FAMILY}test_the_name_is_confirmed_before_the_plan_is_shown",
                    f"{FAMILY}test_somebody_who_says_that_it_is_another_child_sees_no_plan",
                ),
            ),
            Control(
                "A GP record that changes the name or NHS number has every reader of the live plan asked to "
                "read it again, under the name of now, gives the practice one task to print it again and ask "
                "for the old copies, and has the code on a copy from before say that it is out of date. "
                "Neither name is said, nor to a stranger that there is another one.",
                (
                    "plans/similar_names.py",
                    "fhir/kept_names.py",
                    "portal/actions/importing/another_name.py",
                    "portal/actions/code_on_paper.py",
                    "portal/actions/receipts/reading.py",
                ),
                (
                    f"{SIMILAR}test_paper_names_a_child_wrongly_once_name_birthday_or_number_are_others",
                    f"{NAMED_ANEW}TestAskedAgain::"
                    "test_every_reader_is_asked_and_the_practice_has_one_task_that_names_nobody",
                    f"{NAMED_ANEW}TestAskedAgain::"
                    "test_the_same_record_again_asks_nobody_and_a_second_change_is_a_new_task_due_no_later",
                    f"{NAMED_ANEW}TestPaper::"
                    "test_the_code_on_paper_from_before_says_so_and_that_on_paper_from_now_is_current",
                    f"{NAMED_ANEW}TestPaper::"
                    "test_the_pages_say_so_and_neither_name_until_the_plan_is_read_again",
                ),
            ),
            Control(
                "Once the NHS number is not the one of before, every share at home ends at once: a former "
                "family reads nothing of an adopted child. Where only the name changes, the practice is "
                "asked first who has the plan and must not know, and is led to where access is stopped.",
                ("portal/actions/importing/another_name.py", "plans/team_task.py"),
                (
                    f"{NAMED_ANEW}TestWhoMustNotKnow::test_another_nhs_number_ends_every_share_at_home"
                    "_before_anybody_is_asked_to_read",
                    f"{NAMED_ANEW}TestWhoMustNotKnow::test_another_name_alone_has_the_practice_see_first"
                    "_who_must_not_know_it",
                ),
            ),
            Control(
                "After a change no page, PDF, export or message that Puffin makes says the former name or "
                "number, to anybody; a name that a record says has ended is never kept.",
                (
                    "fhir/patient.py",
                    "fhir/kept_names.py",
                    "fhir/intake/kept.py",
                    "portal/actions/exporting.py",
                ),
                (
                    "tests/portal/test_hidden_everywhere.py::"
                    "test_a_hidden_word_is_found_only_by_those_whom_it_is_not_hidden_from",
                    f"{NAMED_ANEW}TestFormerIdentity::"
                    "test_the_young_person_has_the_name_of_now_wherever_they_read_and_agreed",
                    f"{NAMED_ANEW}TestFormerIdentity::"
                    "test_no_export_says_the_former_name_or_number_though_the_history_keeps_it",
                    f"{NAMED_ANEW}TestFormerIdentity::"
                    "test_a_number_that_has_ended_finds_nobody_and_is_not_shown",
                    f"{NAMED_ANEW}TestFormerIdentity::test_another_number_is_a_change_by_the_same_id"
                    "_of_a_record_and_else_another_child",
                    f"{NAMED_ANEW}TestFormerIdentity::"
                    "test_a_record_whose_numbers_lead_to_two_children_here_is_refused_by_name",
                    "tests/fhir/test_intake_gp_record.py::"
                    "test_a_name_or_number_is_of_before_once_it_is_marked_so_or_its_end_has_come",
                    "tests/fhir/test_intake_discharge.py::"
                    "test_a_discharge_is_not_told_by_a_name_or_a_number_that_has_ended",
                    "tests/fhir/test_intake_kept.py::"
                    "test_no_reference_to_the_child_says_a_name_that_may_be_another_one_day",
                    "tests/fhir/test_intake_kept.py::"
                    "test_nor_does_a_reference_to_the_child_that_is_not_to_the_entry_of_the_file",
                ),
            ),
            Control(
                "A discharge whose name, number or birthday does not fit is asked about, and never guessed.",
                ("portal/actions/discharge/child.py", "portal/actions/discharge/start.py"),
                (
                    "tests/portal/test_discharges.py::test_another_family_name_is_asked_about",
                    "tests/portal/test_discharges.py::"
                    "test_two_children_with_one_number_are_told_apart_by_a_person",
                    "tests/portal/test_discharges.py::"
                    "test_what_is_in_doubt_waits_for_the_hospital_with_its_clock_running",
                ),
            ),
        ),
        (
            "children of a similar name for a hospital or a school beyond those whom it sees itself.",
            "a pupil who may be a child of no practice here whom the school's nurses do not see: nobody is "
            "asked until a team sees the child, and the page of the class list says whom to phone.",
            "joining a record under a new NHS number to the one from before an adoption: software never "
            "does, and the old one stays where it was shared until somebody ends each share.",
            "a former family whom nobody stops where a record brings only another name: Puffin cannot tell "
            "an adoption from a spelling.",
            "a former name in what a place wrote or sent itself: free text, a class list, a discharge that "
            "waits; nor on an emergency card that was saved on a phone, until it is saved again.",
        ),
    ),
    Hazard(
        11,
        "A translation is wrong or half done, and a family acts on it in an attack.",
        (
            Control(
                "Wording that nobody signed off is never issued outside the demo, and says so inside it.",
                ("plans/leaflet/wording.py", "plans/leaflet/languages.py"),
                (
                    f"{WORDING}test_wording_that_nobody_signed_off_is_for_a_demo_alone",
                    "tests/portal/test_copies.py::"
                    "test_wording_that_nobody_signed_off_is_never_issued_outside_a_demo",
                    "tests/portal/test_copies.py::"
                    "test_a_demo_issues_it_and_says_on_the_page_that_nobody_checked_it",
                    "tests/portal/test_review_pages.py::"
                    "test_a_language_that_is_not_signed_off_is_for_the_demo_only",
                ),
            ),
            Control(
                "A language that lacks one sentence is refused whole, with English, pictures and an "
                "interpreter.",
                ("plans/leaflet/wording.py", "portal/views/family/link.py"),
                (
                    f"{WORDING}test_a_language_that_lacks_a_sentence_is_refused_with_their_number",
                    f"{WORDING}test_a_changed_english_sentence_is_untranslated_everywhere",
                    f"{FAMILY}test_a_language_that_lacks_the_plan_offers_english_pictures_and_an_interpreter",
                ),
            ),
            Control(
                "Numbers keep their order and their digits in every language and direction.",
                ("plans/leaflet/direction.py", "plans/leaflet/wording.py"),
                (
                    "tests/plans/leaflet/test_catalogues.py::"
                    "TestCatalogue::test_the_same_numbers_are_said_in_western_digits",
                    "tests/plans/leaflet/test_pdf.py::"
                    "test_every_number_is_seen_in_order_on_a_right_to_left_page",
                ),
            ),
            Control(
                "The words for 999 stand there in English, and as they sound in the family's own script.",
                ("plans/content/attack.py",),
                (
                    "tests/plans/leaflet/test_page.py::"
                    "test_the_english_phrase_is_followed_by_its_sound_in_other_languages",
                ),
            ),
            Control(
                "The family's pages before the plan are translated too.",
                ("portal/family_words.py",),
                (
                    f"{FAMILY}test_in_urdu_the_pages_run_from_right_to_left_with_every_number_kept_in_order",
                    f"{FAMILY}test_the_language_chosen_first_stays_until_the_plan",
                ),
            ),
        ),
        (
            "the sign-off itself: no language but English has one yet, so no other is issued to a real "
            "family.",
            "texts to families, in any language.",
            "what a clinician types, such as when to start steroids, in another language: it is printed as "
            "typed, and says that it is not translated.",
        ),
    ),
)
