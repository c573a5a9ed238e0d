"""Hazards 22 to 27: what reaches somebody whom it must not reach, and what takes over a judgement."""

from docs.hazards.hazard import Control, Hazard

EXPORT = "tests/portal/test_export.py::"
EXPORT_RECORD = "tests/portal/test_export_record.py::"
FAMILY = "tests/portal/test_family.py::"
CLASS_LISTS = "tests/portal/test_class_lists.py::TestWhatASchoolLearns::"
CARRIERS = "tests/portal/test_carriers.py::"
FAMILY_CODE = "tests/portal/test_family_code.py::"
TELLING = "tests/portal/test_family_telling.py::"
AT_HOME = "tests/portal/test_at_home.py::"
OWN_LINK = "tests/portal/test_own_link.py::"
REFUSING = "tests/portal/test_refusing.py::"
SHARING = "tests/portal/test_sharing.py::"
HIDDEN = "tests/portal/test_hidden_notes.py::"
SCHOOL = "tests/portal/test_shared.py::"
RECORD = "tests/fhir/test_record.py::"
SEEN_BY = "tests/plans/test_seen_by.py::"
CHILDREN = "tests/portal/test_children.py::"
WEEKEND = "tests/portal/test_weekend.py::"
WHO_SEES = "tests/portal/test_hazards_of_who_sees.py::"
WIDER = "tests/portal/test_sharing_wider.py::"
ENDING = "tests/portal/test_ending.py::"
HOUSEHOLDS = "tests/portal/test_two_households.py::"
INBOX = "tests/portal/test_inbox.py::"
WHO_LOOKED = "tests/portal/test_who_looked.py::"
EMERGENCY = "tests/portal/test_emergency_access.py::"
SIGNALS = "tests/plans/test_signals.py::"
FACTS = "tests/portal/test_facts.py::"
ABOUT_FACTS = "tests/plans/test_facts.py::"
REGISTER = "tests/portal/test_register.py::"
CONCERNS = "tests/portal/test_concerns.py::"
SCHOOL_DAY = "tests/portal/test_school_day.py::"
SCHOOL_PAGES = "tests/portal/test_school_pages.py::"
CARD = "tests/portal/test_shared_card.py::"
MEDICINES = "tests/portal/test_shared_medicines.py::"
SAVED = "tests/portal/test_saved_card.py::"

READERS = (
    Hazard(
        22,
        "A secret of the child or the family travels inside a copy, where nobody thought to look.",
        (
            Control(
                "Each copy is made from what its reader may see, and from nothing else.",
                ("plans/seen_by.py", "portal/actions/exporting.py"),
                (
                    f"{SEEN_BY}test_how_a_plan_came_to_be_is_never_handed_over",
                    f"{SEEN_BY}test_a_school_is_handed_neither_the_preventer_nor_the_childs_own_words",
                    f"{SEEN_BY}test_a_copy_made_from_what_its_reader_sees_says_the_same",
                    "tests/plans/test_content_entered.py::"
                    "test_what_is_entered_is_printed_for_its_readers_alone",
                ),
            ),
            Control(
                "Words planted in hidden fields are looked for in text, metadata, attachments and every "
                "object of a PDF, in exports with their narrative, and on pages.",
                ("portal/actions/copies.py", "portal/actions/exporting.py"),
                (
                    f"{EXPORT}test_a_pdf_holds_no_word_that_its_reader_may_not_see",
                    f"{EXPORT}test_an_export_holds_no_word_that_its_reader_may_not_see",
                    f"{EXPORT}test_the_pages_of_school_and_family_hold_no_word_that_they_may_not_see",
                    f"{EXPORT}test_the_planted_words_are_found_where_they_may_be",
                    f"{WHO_SEES}test_the_planted_words_are_looked_for_in_every_copy_of_a_plan",
                ),
            ),
            Control(
                "Whoever writes about a child can hide a note, and says why: safeguarding, misuse, or "
                "somebody else. It is kept by itself, labelled as restricted, and read in one place by those "
                "whom the reason allows and by its writer; one that nobody but its writer would read is "
                "refused. Who marks it as an error stands beside it, and the teams that read it are told. It "
                "is never printed or sent. To others nothing says that it is there.",
                ("plans/hidden_notes.py", "fhir/kept_hidden_notes.py", "portal/actions/hidden_notes.py"),
                (
                    f"{HIDDEN}test_why_a_note_is_hidden_decides_who_reads_it",
                    f"{HIDDEN}test_a_page_is_the_same_byte_for_byte_with_a_note_that_is_not_for_its_reader",
                    f"{HIDDEN}test_a_note_that_nobody_else_would_read_is_refused_and_says_whom_to_phone",
                    f"{HIDDEN}test_what_is_typed_beside_an_answer_is_not_read_by_whoever_asked",
                    f"{HIDDEN}"
                    "test_each_time_that_somebody_works_on_a_task_they_may_leave_a_note_of_their_own",
                    f"{HIDDEN}"
                    "test_who_marked_the_note_of_another_as_an_error_stands_beside_it_"
                    "and_its_writers_team_is_told",
                    "tests/portal/test_hidden_everywhere.py::"
                    "test_a_hidden_word_is_found_only_by_those_whom_it_is_not_hidden_from",
                ),
            ),
            Control(
                "One table says who reads each kind of free text; beside each box the writer is told, and "
                "where a family or a school reads it, a hidden note is offered.",
                ("plans/free_text.py",),
                (
                    f"{HIDDEN}test_beside_each_box_for_free_text_it_says_who_reads_it",
                    f"{HIDDEN}"
                    "test_each_kind_of_free_text_is_said_beside_a_box_and_can_be_hidden_where_others_read_it",
                ),
            ),
            Control(
                "What a GP record marks as not for the patient, or is part of a visit that is, stays hidden "
                "here: it is labelled as restricted, and a person is asked to look before a plan has it.",
                ("fhir/security_label.py", "fhir/intake/gp_record.py"),
                (
                    "tests/fhir/test_intake_kept.py::"
                    "test_what_a_gp_record_keeps_from_the_patient_is_labelled_here_too_with_all_of_a_visit",
                ),
            ),
            Control(
                "One table says which reader is given which part; links ask it, and a page shows it.",
                ("plans/sharing.py", "portal/actions/family/link.py", "portal/views/who_sees.py"),
                (
                    "tests/portal/test_who_sees.py::test_the_page_and_the_table_agree",
                    f"{HOUSEHOLDS}test_a_carer_reads_the_emergency_card_and_nothing_else_of_the_plan",
                ),
            ),
            Control(
                "Signals, banners and printed documents leave with the record's copy alone, each signal "
                "labelled as restricted; none of them is kept.",
                ("portal/actions/record_copy.py", "fhir/detected_issue.py", "fhir/flag.py"),
                (
                    f"{EXPORT_RECORD}test_no_other_copy_holds_a_signal_a_banner_or_a_document",
                    f"{EXPORT_RECORD}test_every_signal_that_leaves_is_labelled_restricted",
                    f"{EXPORT_RECORD}test_signals_are_computed_for_the_copy_and_never_kept",
                ),
            ),
            Control(
                "The full record goes with the record copy alone; a smaller copy never becomes a larger one.",
                ("portal/actions/exporting.py", "portal/actions/copies.py"),
                (
                    f"{EXPORT}test_a_copy_holds_these_kinds_of_resource_and_no_others",
                    f"{EXPORT}test_a_bundle_of_one_copy_is_never_printed_as_one_that_says_more",
                ),
            ),
            Control(
                "A pharmacist reads the medicines and how many inhalers were supplied, with their days, and "
                "no reading of them.",
                ("plans/content/medicines.py", "plans/supply.py"),
                (
                    f"{MEDICINES}test_nothing_of_attacks_school_or_worries_is_on_the_page",
                    "tests/plans/test_content_medicines.py::test_nothing_else_of_the_plan_is_on_it",
                ),
            ),
            Control(
                "A card saved on a phone is encrypted with a password of at least 8 letters or numbers, and "
                "nothing else of the plan is kept there. Each child has a card, and one alone is shown. One "
                "button deletes all cards from the phone.",
                ("portal/views/family/saved_card.py", "static/js/saved_card.js"),
                (
                    f"{SAVED}test_what_goes_to_the_phone_is_the_emergency_card_with_its_day_and_no_more",
                    "tests/journeys/test_card_without_network.py::"
                    "test_the_card_is_saved_opened_without_the_internet_and_deleted",
                    "tests/journeys/test_card_without_network.py::"
                    "test_two_children_have_a_card_each_and_a_failed_refresh_keeps_the_good_one",
                ),
            ),
            Control(
                "The class on an emergency card is what a school entered itself, and for that school alone.",
                ("portal/actions/school/own_class.py", "portal/views/shared.py"),
                (f"{CARD}test_the_school_reads_the_class_that_it_entered_itself_and_nobody_else_does",),
            ),
            Control(
                "What a reader asks about a plan, and the answer, are for this reader and the practice; of "
                "two parents neither reads the other's.",
                (
                    "portal/actions/receipts/asked.py",
                    "portal/actions/receipts/shown.py",
                    "portal/actions/family/asking.py",
                ),
                (
                    f"{TELLING}test_the_answer_is_read_by_the_one_who_asked_and_by_no_other_household",
                    "tests/portal/test_receipt_pages.py::test_one_reader_never_sees_what_another_asked",
                    "tests/portal/test_receipts.py::"
                    "test_the_answer_comes_back_to_the_whole_team_that_asked_and_to_nobody_else",
                ),
            ),
            Control(
                "A message about an alert says nothing about the child, nor does the name of a file.",
                ("portal/notify/letter.py", "portal/views/plans.py"),
                (
                    "tests/portal/test_alerts.py::"
                    "test_an_alert_says_whose_it_is_and_what_to_do_and_nothing_about_the_child",
                    "tests/portal/test_worker.py::"
                    "test_the_webhook_posts_the_alert_without_a_word_about_the_child",
                    f"{CARRIERS}TestEmail::"
                    "test_says_whose_it_is_what_to_do_by_when_and_where_and_nothing_of_the_child",
                    f"{CARRIERS}TestNotify::test_tells_a_team_the_same_and_is_given_nothing_else",
                    f"{SCHOOL}test_the_page_and_the_pdf_are_the_readers_own_copy",
                ),
            ),
        ),
        (
            "an export of the family's copy for one parent: it holds whom school phones, as the clinician "
            "wrote it.",
            "sending plans by e-mail, and an API: there is none, so nothing leaves by them.",
            "a medicine or an allergy that a GP record keeps from the patient is named in no warning beside "
            "its own line of a draft: the import asks for a look at the record.",
        ),
    ),
    Hazard(
        23,
        "What is missing, or looks different, tells a person from whom the family hides.",
        (
            Control(
                "Links that were stopped, barred, ran out, rest or never existed look the same, "
                "byte for byte.",
                ("portal/actions/family/link.py", "portal/views/family/link.py"),
                (
                    f"{FAMILY}test_every_dead_link_looks_exactly_the_same",
                    f"{FAMILY_CODE}test_after_five_wrong_codes_the_link_rests_and_looks_dead",
                ),
            ),
            Control(
                "Nothing is sent to a phone or e-mail address that nobody said is safe, or that somebody "
                "else at home has too; the page is the same whether or not a code was sent.",
                ("plans/people.py", "portal/actions/family/one_time_code.py"),
                (
                    f"{FAMILY_CODE}"
                    "test_nothing_is_sent_to_a_contact_that_is_not_safe_and_theirs_and_nobody_can_tell",
                    f"{FAMILY_CODE}test_the_page_does_not_say_where_a_code_goes",
                    f"{AT_HOME}test_a_number_that_somebody_else_has_too_is_not_their_own",
                    "tests/fhir/test_said_at_home.py::"
                    "test_a_contact_that_a_record_brings_is_not_safe_until_somebody_says_so",
                ),
            ),
            Control(
                "A school that uploads a class list sees the same whether a pupil has a record or not; its "
                "share ends when the child leaves.",
                ("portal/actions/class_lists/lists.py", "portal/actions/moves/school.py"),
                (
                    f"{CLASS_LISTS}test_a_pupil_with_a_record_looks_like_one_without",
                    f"{CLASS_LISTS}test_only_a_plan_that_is_shared_with_the_school_stands_on_its_register",
                    "tests/portal/test_moves.py::TestSchool::"
                    "test_the_old_school_and_its_nurses_see_the_plan_no_more_from_that_moment",
                ),
            ),
            Control(
                "Nurses who look after a school no more lose the plans of its children at once, and each "
                "practice is asked to share with those who follow.",
                ("portal/actions/moves/other_nurses.py",),
                (
                    "tests/portal/test_moves.py::TestSchool::"
                    "test_nurses_who_look_after_the_school_no_more_lose_the_plan_and_the_practice_is_asked",
                ),
            ),
            Control(
                "A GP record that names another school is a move: the former school and its nurses lose the "
                "plan, and the practice is asked about the next one.",
                ("portal/actions/moves/said_by_record.py",),
                (
                    "tests/portal/test_moves.py::TestRecordOfAnotherSchool::"
                    "test_their_shares_end_at_once_and_the_practice_is_asked",
                ),
            ),
            Control(
                "No household reads what the other wrote or told the surgery.",
                ("portal/actions/family/child_words.py", "portal/actions/family/reports.py"),
                (
                    f"{TELLING}test_no_household_reads_what_the_other_wrote",
                    f"{TELLING}test_no_household_sees_what_the_other_told",
                ),
            ),
            Control(
                "One parent reads the other's name and number on no page and in no PDF by a link, nor that "
                "they changed; another carer reads nobody's but their own.",
                ("plans/households.py", "portal/actions/family/one_home.py"),
                (
                    f"{HOUSEHOLDS}test_one_parent_reads_the_others_name_and_number_nowhere",
                    f"{HOUSEHOLDS}test_a_change_of_the_other_parents_number_is_no_change_for_this_one",
                    f"{HOUSEHOLDS}test_a_carer_reads_the_name_and_number_of_nobody_at_home",
                ),
            ),
            Control(
                "The list of who looked names organisations alone, by the alphabet. The privacy lead looks "
                "through it first; what only a safeguarding share opened is never on it; no gap shows.",
                ("plans/who_looked.py", "portal/actions/audit/who_looked.py"),
                (
                    f"{WHO_LOOKED}test_what_is_left_out_leaves_no_gap_and_its_reason_is_in_the_audit_alone",
                    f"{WHO_LOOKED}test_a_place_that_safeguarding_alone_let_in_is_never_on_the_list",
                    f"{WHO_LOOKED}test_one_parent_sees_nothing_of_what_the_other_asked_or_got",
                    f"{WHO_LOOKED}test_the_lead_sees_organisations_and_never_the_names_of_staff",
                ),
            ),
            Control(
                "Whoever looks for a record in an emergency learns nothing without the NHS number and the "
                "date of birth of one child, and must wait after five tries.",
                ("portal/actions/emergency_access.py",),
                (
                    f"{EMERGENCY}test_whatever_is_wrong_the_answer_is_the_same",
                    f"{EMERGENCY}test_who_guesses_must_wait_and_another_person_need_not",
                    f"{EMERGENCY}test_whoever_opened_a_record_never_answers_what_is_told_of_it",
                ),
            ),
            Control(
                "A young person who decides has a link of their own, by their own word alone: its code goes "
                "to no number that a parent has, and no parent reads what they told, or who has the plan.",
                ("plans/sharing.py", "fhir/kept_people.py", "portal/actions/family/who_has_it.py"),
                (
                    f"{OWN_LINK}test_no_word_but_their_own_gives_or_ends_it",
                    f"{OWN_LINK}test_the_code_goes_to_their_own_phone_and_to_no_number_that_a_parent_has",
                    f"{OWN_LINK}test_a_parent_reads_neither_who_has_it_nor_the_contact_nor_what_the_young_person"
                    "_told",
                ),
            ),
            Control(
                "What somebody may not see does not exist for them.",
                ("fhir/record.py",),
                (
                    f"{RECORD}test_for_everybody_else_the_child_does_not_exist",
                    "tests/portal/test_security.py::"
                    "test_what_does_not_exist_and_what_is_not_for_you_look_the_same",
                ),
            ),
            Control(
                "Before the date of birth a link says nothing about child, family or surgery.",
                ("portal/views/family/entrance.py",),
                (
                    f"{FAMILY}test_the_link_asks_for_the_date_of_birth_and_says_nothing_of_the_child",
                    f"{FAMILY}test_the_number_of_the_surgery_is_not_shown_before_the_date_of_birth",
                ),
            ),
        ),
        (
            "a saved card that withstands a copy of the phone's storage whatever its password: somebody with "
            "a fast machine can search one that is short or easy to guess.",
            "a way to call a saved card back: it stays on that phone until it is deleted there, though the "
            "share has ended.",
        ),
    ),
    Hazard(
        24,
        "A parent who is barred knows the child's date of birth, and opens the plan with it.",
        (
            Control(
                "A link is made for one person; who is barred, or has no parental responsibility, gets none.",
                ("portal/actions/circle/sharing.py", "fhir/kept_bars.py"),
                (
                    f"{SHARING}test_what_is_kept_of_a_link_does_not_open_it",
                    f"{SHARING}test_a_barred_parent_is_not_offered_and_nothing_says_why",
                    f"{SHARING}test_who_has_no_parental_responsibility_is_not_offered_as_family",
                ),
            ),
            Control(
                "The practice bars a name with its reason: every access of theirs ends at once, and nothing "
                "on "
                "the page says why they are not there.",
                ("portal/actions/circle/ending.py", "fhir/kept_bars.py"),
                (
                    f"{ENDING}test_whoever_is_barred_by_name_loses_every_access_at_once",
                    f"{ENDING}test_whoever_is_barred_is_offered_nowhere_and_nothing_says_why",
                    f"{ENDING}test_a_bar_is_lifted_with_a_reason_and_gives_no_link_back",
                    "tests/portal/test_family_code.py::test_no_code_goes_to_somebody_whose_link_has_ended",
                ),
            ),
            Control(
                "A new record of a barred name is barred too, until a clinician has written how they know "
                "that it is another person. A later bar of the name meets them too.",
                ("portal/actions/circle/carers.py", "fhir/kept_people.py"),
                (
                    f"{ENDING}test_a_barred_name_gets_no_new_record_until_the_warning_is_answered",
                    f"{ENDING}test_a_new_record_of_a_barred_name_that_nobody_told_apart_is_barred",
                    f"{ENDING}test_a_later_bar_of_the_name_meets_who_was_told_apart_from_an_earlier_one_and_says_so",
                ),
            ),
            Control(
                "Where the young person decides, nobody at home gets a link without their own word, or "
                "safeguarding with a reason; who said no to this reader before stands where that is chosen.",
                ("plans/sharing.py", "portal/actions/circle/sharing.py"),
                (
                    "tests/portal/test_consent.py::"
                    "test_where_the_young_person_decides_nobody_reads_at_home_without_their_word",
                    "tests/portal/test_consent.py::"
                    "test_a_parent_is_not_back_in_one_click_after_the_young_person_said_no",
                ),
            ),
            Control(
                "A no before anything was shared is kept, bars nobody, and has to be answered where the plan "
                "is shared. Only who said it, or the young person, takes it back; it never stops "
                "safeguarding.",
                ("plans/refusal.py", "portal/actions/circle/refusing.py"),
                (
                    f"{REFUSING}test_the_yes_of_who_said_no_takes_it_back_and_that_of_the_other_parent_needs"
                    "_an_answer",
                    f"{REFUSING}test_safeguarding_is_never_stopped_by_a_no",
                    f"{REFUSING}test_only_who_said_no_takes_it_back_and_nothing_is_shared_by_that",
                ),
            ),
            Control(
                "Where somebody of a barred name works at a place that sees the child, the clinician reads "
                "so when barring and when sharing, with whom to talk to; nothing is ended by it.",
                ("portal/actions/circle/at_work.py",),
                (
                    f"{ENDING}test_somebody_of_a_barred_name_who_works_where_the_child_is_seen_is_named_to_the"
                    "_clinician",
                ),
            ),
            Control(
                "One button on the child's page ends one share; another ends every access of one person, to "
                "a brother's or sister's plan too.",
                ("portal/actions/circle/ending.py", "portal/views/sharing/ending.py"),
                (
                    f"{ENDING}test_the_childs_page_stops_each_share_and_each_person_with_one_button",
                    f"{ENDING}test_every_access_of_one_person_ends_at_once_and_of_nobody_else",
                    f"{ENDING}test_it_ends_for_a_brother_too_where_name_and_phone_are_the_same",
                ),
            ),
            Control(
                "Who is barred later finds the link dead, though nobody has stopped it.",
                ("portal/actions/family/link.py", "fhir/kept_bars.py"),
                (
                    f"{FAMILY}test_every_dead_link_looks_exactly_the_same",
                    "tests/fhir/test_kept_bars.py::test_no_permission_lifts_a_court_order",
                    "tests/fhir/test_kept_bars.py::test_whoever_comes_again_by_another_export_stays_barred",
                ),
            ),
            Control(
                "On a new device a link asks for a code, which only its own person is sent or handed: it "
                "works for 10 minutes, once, and is kept as a hash alone.",
                ("portal/actions/family/one_time_code.py", "fhir/store/tables/outbox.py"),
                (
                    f"{FAMILY_CODE}test_the_plan_waits_for_the_code_of_its_own_person",
                    f"{FAMILY_CODE}test_another_device_is_asked_for_a_code_of_its_own",
                    f"{FAMILY_CODE}test_a_code_of_one_parent_opens_nothing_of_the_others",
                    f"{FAMILY_CODE}test_the_code_is_forgotten_once_its_message_is_sent_or_needs_no_sending",
                    f"{FAMILY_CODE}test_neither_the_code_nor_the_number_is_in_a_log_an_address_or_the_audit",
                    f"{FAMILY_CODE}test_a_code_is_sent_once_a_minute_and_five_times_a_day"
                    "_however_often_a_stranger_asks",
                    f"{FAMILY_CODE}test_who_is_sent_no_more_codes_is_told_to_phone"
                    "_and_a_code_handed_over_opens_the_plan",
                ),
            ),
            Control(
                "A code goes by text or e-mail through GOV.UK Notify, or another service. One that does "
                "not arrive is a task for the practice, which can hand a code over.",
                ("portal/notify/gov_notify.py", "portal/actions/undelivered.py"),
                (
                    f"{CARRIERS}TestNotify::test_sends_a_code_to_a_phone_or_a_mailbox_and_it_is_forgotten",
                    f"{CARRIERS}TestNotify::"
                    "test_a_wrong_number_waits_for_a_person_and_neither_it_nor_the_code_is_in_a_log",
                    f"{CARRIERS}TestSomebodyIsTold::test_of_a_code_that_no_carrier_took_in_its_ten_minutes",
                ),
            ),
            Control(
                "After five wrong dates or codes a link rests, each time for longer; each try is recorded, "
                "and the practice sees that it rests. A device that a code let in counts its own tries.",
                ("portal/actions/family/link.py", "portal/actions/family/known_device.py"),
                (
                    f"{FAMILY}test_after_five_wrong_dates_the_link_rests_for_15_minutes_and_looks_dead",
                    f"{FAMILY}test_guesses_at_the_same_moment_are_counted_one_by_one",
                    f"{FAMILY}test_a_wrong_date_is_recorded",
                    f"{FAMILY_CODE}"
                    "test_a_rest_that_others_cause_keeps_no_known_device_out_and_stays_for_them",
                    f"{FAMILY_CODE}test_a_known_device_counts_its_own_tries_and_is_then_known_no_longer",
                    f"{FAMILY_CODE}test_each_rest_is_longer_until_its_own_person_has_opened_it",
                    f"{FAMILY_CODE}test_guesses_at_the_same_moment_are_counted_one_by_one",
                    f"{AT_HOME}test_the_practice_sees_that_a_link_rests_and_how_to_renew_it",
                ),
            ),
        ),
    ),
    Hazard(
        25,
        "People at school read what is for health professionals, or a school nurse is kept from her work.",
        (
            Control(
                "School's own staff read the emergency card alone, of their own pupils alone, while it is "
                "shared; a nurse has it in one tap beside the plan.",
                ("fhir/record.py", "plans/seen_by.py", "portal/views/shared.py", "portal/views/cards.py"),
                (
                    f"{CARD}test_the_card_says_what_to_do_and_nothing_of_the_day",
                    f"{CARD}test_the_card_is_one_tap_from_the_register",
                    f"{SCHOOL}"
                    "test_a_school_never_sees_the_nhs_number_the_preventer_or_the_other_parts_of_the_plan",
                    f"{SCHOOL}"
                    "test_the_register_lists_the_children_of_the_school_with_a_live_share_and_no_others",
                    f"{RECORD}test_a_share_with_another_school_shows_the_child_to_neither",
                    f"{RECORD}test_for_everybody_else_the_child_does_not_exist",
                ),
            ),
            Control(
                "A grandparent, a club or a childminder reads the emergency card by a link of their own, and "
                "nothing else, each with a clear yes that is recorded.",
                ("portal/actions/circle/carers.py", "portal/views/family/emergency.py"),
                (
                    f"{HOUSEHOLDS}test_a_carer_reads_the_emergency_card_and_nothing_else_of_the_plan",
                    f"{HOUSEHOLDS}test_a_carer_cannot_tell_ask_or_sign_in_the_familys_name",
                    f"{WIDER}test_a_carer_needs_a_clear_yes_of_their_own_and_gets_a_link",
                ),
            ),
            Control(
                "What was collected from the pharmacy is read neither at school, nor at home, nor on paper.",
                ("portal/actions/facts/about.py", "portal/views/reviews.py"),
                (
                    f"{WHO_SEES}test_what_was_collected_is_read_neither_at_school_nor_at_home_nor_on_paper",
                    f"{SIGNALS}test_what_is_private_or_restricted_is_marked_so",
                ),
            ),
            Control(
                "A school nurse reads the facts of her schools' children, never that somebody may misuse "
                "inhalers, and no count of a school that is not hers.",
                ("portal/actions/facts/listing.py", "plans/signals.py"),
                (
                    f"{FACTS}test_a_school_nurse_reads_facts_of_her_schools_and_never_that_somebody_may_misuse",
                    f"{FACTS}test_a_nurse_reads_no_count_of_a_school_that_is_not_hers",
                    f"{FACTS}test_what_somebody_says_of_a_fact_is_labelled_as_hidden",
                ),
            ),
            Control(
                "A task that is about illness or home is in no school's inbox, and a child whom a reader may "
                "not see has no name there.",
                ("plans/team_inbox.py", "portal/actions/inbox/sight.py"),
                (
                    "tests/plans/test_team_inbox.py::test_a_school_reads_nothing_about_illness_or_home",
                    f"{INBOX}test_school_staff_find_what_they_may_read_and_nothing_else",
                    f"{INBOX}test_a_child_who_is_not_this_readers_to_see_has_no_name_here",
                ),
            ),
            Control(
                "School's own staff have a register of their own pupils: what school checks and writes down, "
                "and the way to the emergency card. No dose, no NHS number, and no concern of somebody else "
                "is on it.",
                ("portal/actions/school/register.py", "portal/views/school_log.py"),
                (
                    f"{REGISTER}test_a_schools_own_staff_see_their_children_and_never_the_plan",
                    f"{SCHOOL_PAGES}"
                    "test_a_concern_is_seen_as_sent_by_whoever_raised_it_and_by_nobody_else_at_school",
                    f"{SCHOOL_PAGES}test_another_school_and_its_nurses_find_nothing_there",
                    f"{SCHOOL_PAGES}test_a_share_that_ended_between_page_and_click_keeps_nothing",
                ),
            ),
            Control(
                "A school nurse finds the children of all her schools by how they stand, and what she writes "
                "down reaches the practice: an inhaler that is missing at once, and again until a check says "
                "that it is there; a reliever, an attack and a concern the same day.",
                ("portal/actions/school/inhaler.py", "portal/actions/school/log.py"),
                (
                    f"{REGISTER}test_filters_are_or_within_a_group_and_and_between_groups",
                    f"{REGISTER}test_a_large_register_asks_the_store_as_often_as_a_small_one",
                    f"{SCHOOL_DAY}test_an_inhaler_that_is_missing_is_a_task_of_the_practice_at_once",
                    f"{SCHOOL_DAY}"
                    "test_an_answer_alone_does_not_end_it_it_comes_back_until_a_check_says_that_it_is_there",
                    f"{SCHOOL_DAY}test_an_attack_is_a_task_of_its_own_at_once",
                    f"{CONCERNS}test_raising_answering_and_disagreeing_on_the_pages",
                ),
            ),
            Control(
                "School's own staff read in the log only what staff of their own school wrote there, after a "
                "child changes school too, and no count, check, answer or absence of another school; a nurse "
                "reads those of the schools of her team, each named.",
                (
                    "portal/actions/school/log.py",
                    "portal/actions/school/day.py",
                    "portal/actions/school/register.py",
                ),
                (
                    f"{SCHOOL_PAGES}test_a_child_who_changes_school_brings_nothing_of_the_old_one"
                    "_to_the_staff_of_the_new",
                    f"{SCHOOL_DAY}"
                    "test_staff_read_what_staff_of_their_own_school_wrote_the_nurse_and_the_practice_more",
                ),
            ),
            Control(
                "A concern is found by whoever raised it, by their team or the lead of their school, and by "
                "the teams that were told of it: by no other staff of a school, nor a pharmacist. "
                "The lead of a school sees where one stands, and no word of it. Its page has counted facts "
                "for those alone who see the child's record and read such facts.",
                ("portal/actions/concerns/seen.py", "portal/concern_pages.py", "plans/concern.py"),
                (
                    f"{CONCERNS}test_it_is_there_for_who_raised_it_and_who_was_told_and_for_nobody_else",
                    f"{CONCERNS}test_who_acts_on_a_concern_reads_no_counted_fact_unless_they_see_the_record"
                    "_and_such_facts",
                    f"{SCHOOL_PAGES}test_where_a_concern_of_a_nurse_stands_is_seen_by_her_team_and_her_cover"
                    "_and_by_no_school",
                    f"{SCHOOL_PAGES}test_where_a_concern_of_school_staff_stands_is_seen_by_them"
                    "_and_the_lead_of_the_school",
                ),
            ),
            Control(
                "The family reads what school has run out of and gave, and nothing that is hidden, nobody "
                "who was told, and no concern.",
                ("portal/actions/school/log.py", "portal/family_school.py"),
                (
                    f"{SCHOOL_DAY}"
                    "test_the_family_reads_what_was_given_but_nothing_hidden_and_nobody_elses_name",
                    f"{SCHOOL_DAY}"
                    "test_the_family_page_says_what_school_lacks_and_gave_and_nothing_of_a_concern",
                ),
            ),
            Control(
                "A team enters its closed days, and on them its work is in the inbox of a team that sees no "
                "less than it does; nurses who cover nurses see what is shared with them for as long.",
                ("plans/team.py", "fhir/sights.py"),
                (
                    "tests/plans/test_team.py::"
                    "test_whoever_covers_a_team_sees_no_less_of_a_child_than_the_team",
                    f"{INBOX}test_while_a_team_is_away_its_tasks_are_in_the_inbox_of_the_team_that_covers",
                    f"{INBOX}test_nurses_who_cover_nurses_see_the_plans_that_are_shared_with_them",
                    f"{INBOX}test_when_cover_ends_the_plans_are_seen_no_more",
                    f"{INBOX}test_in_the_school_holidays_what_is_raised_for_the_nurses_is_with_their_cover"
                    "_and_the_pages_say_so",
                ),
            ),
        ),
        ("opening times within a day: a team is closed for days, and open at any hour of the others.",),
    ),
    Hazard(
        26,
        'A family writes "we have no inhaler" in the evening, and nobody reads it until the morning.',
        (
            Control(
                "The page says what to do now before anything can be sent: 999, surgery, pharmacy or 111, "
                "and that nobody reads it at night. So does the page for a question about the plan.",
                ("portal/views/family/telling.py", "portal/views/family/asking.py", "portal/family_words.py"),
                (
                    f"{TELLING}test_a_question_is_asked_after_what_to_do_now_and_becomes_a_task_of_the_practice"
                    "_and_a_question_back",
                    f"{TELLING}test_what_to_do_now_comes_first_and_then_the_surgery_is_told",
                    f"{TELLING}test_without_a_reliever_the_family_is_sent_to_surgery_pharmacy_or_111",
                ),
            ),
            Control(
                "What is sent is a task of the practice with a deadline in hours, once a day; the family "
                "sees what became of it, and is told to phone where the surgery is late.",
                ("portal/actions/family/reports.py", "portal/actions/family/asking.py", "plans/team_task.py"),
                (
                    f"{TELLING}test_each_person_asks_once_a_day_and_what_cannot_be_sent_comes_back_as_typed",
                    f"{TELLING}test_where_no_answer_came_in_time_the_family_is_told_to_phone",
                    f"{TELLING}test_the_surgery_is_told_once_a_day_by_each_person",
                    f"{TELLING}test_the_family_sees_what_became_of_it_and_nothing_that_staff_wrote",
                    f"{TELLING}test_where_the_surgery_is_late_the_family_is_told_to_phone",
                    f"{TELLING}test_a_child_without_a_practice_is_reported_where_the_plan_was_signed",
                ),
            ),
            Control(
                "Where the child's words are written down, the page says not to ask for help there.",
                ("portal/templates/family/words.jinja",),
                (f"{TELLING}test_where_words_are_written_down_nobody_asks_for_help",),
            ),
        ),
        (),
    ),
    Hazard(
        27,
        "A number or a rank of risk is believed, and a child without one is taken for safe.",
        (
            Control(
                "Facts stand for themselves, each with its source, under words that ask a professional "
                "to look.",
                ("plans/signals.py", "plans/thresholds.csv", "portal/actions/facts/about.py"),
                (
                    f"{SIGNALS}test_a_signal_is_found_just_inside_its_rule_and_not_outside",
                    f"{CHILDREN}test_facts_from_the_record_stand_with_their_sources_and_in_no_order_of_risk",
                    f"{FACTS}test_each_line_says_the_fact_its_day_its_source_and_never_a_score",
                    f"{ABOUT_FACTS}test_every_rule_and_every_number_has_a_dated_source_and_no_row_is_of_nothing",
                    f"{ABOUT_FACTS}test_no_threshold_stands_as_a_number_in_the_code",
                    f"{ABOUT_FACTS}test_a_local_policy_makes_a_fact_of_less_and_never_of_more",
                    f"{ABOUT_FACTS}test_each_number_that_a_local_policy_has_names_it_in_the_source_of_its_fact"
                    "_and_no_other_does",
                    "tests/portal/test_review_pages.py::"
                    "test_facts_are_for_a_professional_to_look_at_and_never_a_score",
                ),
            ),
            Control(
                "Nothing is scored or ranked: children stand by name, reviews by how late they are.",
                ("fhir/record.py", "portal/actions/review_list.py"),
                (
                    f"{WHO_SEES}test_no_fact_or_count_of_a_child_is_a_score",
                    f"{WHO_SEES}test_children_stand_by_name_whatever_their_records_say",
                    "tests/portal/test_review_pages.py::test_what_is_late_stands_on_top_with_its_working_days",
                ),
            ),
            Control(
                "The list of facts stands by one fact that the reader chooses, or by the newest; children "
                "without a fact are on it too.",
                ("portal/actions/facts/listing.py",),
                (
                    f"{FACTS}"
                    "test_the_newest_fact_is_on_top_until_a_fact_is_chosen_and_then_who_is_furthest_past_it",
                ),
            ),
            Control(
                "What a list shows was counted on a day that it says; whatever is written about a child has "
                "it counted again, at once where somebody looks.",
                ("fhir/store/tables/child_facts.py", "portal/actions/facts/counting.py"),
                (
                    f"{FACTS}test_what_was_counted_is_what_is_found_and_anything_written_about_a_child_has_it"
                    "_counted_again",
                    f"{FACTS}test_what_was_written_while_somebody_counted_is_counted_again",
                    f"{FACTS}test_a_release_that_makes_facts_in_another_way_has_all_counted_again_and_reads_no"
                    "_row_of_the_last",
                ),
            ),
            Control(
                "Where nothing is found the page says up to when, and that this is not low risk.",
                ("portal/actions/facts/about.py",),
                (
                    f"{CHILDREN}test_no_facts_found_is_not_low_risk",
                    f"{FACTS}test_a_child_without_facts_is_not_called_safe",
                ),
            ),
            Control(
                "The practice's list of children links the facts that nobody has looked at, or says that "
                "they are not counted yet. A child who cannot be counted takes no page away: each list and "
                "page says so, and the log names nobody.",
                ("portal/actions/facts/listing.py", "portal/actions/facts/about.py"),
                (
                    f"{FACTS}test_the_list_of_children_says_who_has_facts_to_look_at"
                    "_and_never_nothing_of_one_who_has",
                    "tests/portal/test_weekend.py::"
                    "test_a_child_whose_facts_cannot_be_counted_takes_no_page_away"
                    "_and_is_on_each_list_for_somebody_to_look",
                ),
            ),
            Control(
                "Before a weekend or a holiday a fact of a rule that was read, or a person's word, prompts a "
                "named person to decide, and that it is not needed is a decision too. On the next working "
                "day a team is asked if the child was seen, and no answer closes that before.",
                ("plans/weekend.py", "portal/actions/weekend/deciding.py", "plans/team_task.py"),
                (
                    "tests/plans/test_weekend.py::"
                    "test_the_tables_are_complete_and_every_rule_that_prompts_was_read",
                    "tests/plans/test_weekend.py::"
                    "test_a_fact_or_a_persons_word_prompts_before_a_gap_and_nothing_else_does",
                    "tests/plans/test_weekend.py::"
                    "test_a_decision_names_who_looks_after_the_child_or_why_nobody_has_to",
                    f"{CONCERNS}test_an_urgent_concern_is_answered_only_once_somebody_decided_by_name",
                    f"{CONCERNS}test_that_it_is_not_needed_is_a_decision_that_asks_nobody_on_monday",
                    "tests/plans/test_team_task.py::"
                    "test_what_asks_about_days_off_is_answered_on_the_day_on_which_it_is_due_and_not_before",
                ),
            ),
            Control(
                "How safe a child is in a concern is a person's word, which nobody fills in or computes; the "
                "list before a weekend has facts and who has decided, and no score.",
                ("portal/forms/concern.py", "portal/actions/weekend/listing.py"),
                (
                    f"{CONCERNS}test_nothing_is_filled_in_for_what_was_left_empty",
                    f"{WEEKEND}test_the_list_has_each_fact_in_words_and_no_score_and_says_what_absence_means",
                ),
            ),
            Control(
                "What Puffin is for, and what it is not for, stands beside this log.",
                ("docs/clinical-safety/intended-use.md",),
                ("tests/docs/test_hazard_log.py::test_what_puffin_is_not_for_stands_beside_the_log",),
            ),
        ),
        (
            "agreement on which facts prompt before a weekend, and on the hours of a concern: both are "
            "design (tag U), and a local policy can only shorten the hours.",
        ),
    ),
)
