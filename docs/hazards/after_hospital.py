"""Hazards 15 to 21: a discharge that starts no clock, and a review that nobody looks for."""

from docs.hazards.hazard import Control, Hazard

DISCHARGES = "tests/portal/test_discharges.py::"
ANSWERS = "tests/portal/test_discharge_answers.py::"
HOSPITAL = "tests/portal/test_hospital_pages.py::"
FORM = "tests/portal/test_hazards_after_hospital.py::"
CONCERNS = "tests/portal/test_concerns.py::"
WEEKEND = "tests/portal/test_weekend.py::"
ALERTS = "tests/portal/test_alerts.py::"
ALERT_PAGES = "tests/portal/test_alert_pages.py::"
REVIEWS = "tests/portal/test_reviews.py::"
DEATHS = "tests/portal/test_deaths.py::"
REVIEW_PAGES = "tests/portal/test_review_pages.py::"
SWEEP = "tests/portal/test_inbox_sweep.py::"
MOVES = "tests/portal/test_moves.py::TestPractice::"
BY_RECORD = "tests/portal/test_moves.py::TestRecordFromTheNextPractice::"
LADDER = "tests/plans/test_escalation.py::"
FOLLOW_UP = "tests/plans/test_follow_up.py::"
EVENTS = "tests/plans/test_review_events.py::"
MESH = "tests/portal/test_mesh.py::"
DIAGNOSIS = "tests/plans/test_diagnosis.py::"
MESSAGES = "tests/portal/test_messages.py::"
LISTENER = "tests/portal/test_listener.py::"
CARRIERS = "tests/portal/test_carriers.py::"
DIGESTS = "tests/portal/test_digests.py::"
PULSE = "tests/portal/test_pulse.py::"

AFTER_HOSPITAL = (
    Hazard(
        15,
        "A form that wants every answer, or a slip in one, keeps the clock of the review from starting.",
        (
            Control(
                "The child and the time of discharge start the clock; nothing else has to be known.",
                ("portal/forms/discharge.py", "portal/actions/discharge/begin.py"),
                (
                    f"{FORM}test_the_child_and_the_time_alone_start_the_clock",
                    f"{DISCHARGES}test_a_discharge_keeps_the_stay_the_review_its_questions_and_the_audit",
                ),
            ),
            Control(
                "Each answer that is missing becomes a question that the hospital owes within 24 hours.",
                ("plans/discharge_questions.py", "portal/actions/discharge/start.py"),
                (
                    f"{DISCHARGES}test_only_what_was_not_said_is_asked_and_the_hospital_owes_it_within_a_day",
                    "tests/plans/test_discharge_questions.py::test_what_nobody_knows_is_no_answer",
                ),
            ),
            Control(
                "A date that can hardly be right starts the clock too, and a person is asked at once. Who "
                "types it is asked first and keeps it with one tick; lists and the review's page mark it.",
                (
                    "plans/discharge_questions.py",
                    "portal/forms/discharge.py",
                    "portal/actions/discharge/for_a_person.py",
                    "portal/actions/clocks.py",
                ),
                (
                    f"{DISCHARGES}test_an_implausible_date_starts_the_clock_and_goes_to_a_person",
                    f"{DISCHARGES}test_an_impossible_date_waits_for_a_person_with_a_clock_that_runs_from_now",
                    f"{ALERTS}test_a_date_in_the_future_is_told_at_once_and_not_when_it_has_come",
                    f"{ALERTS}test_such_a_date_is_told_at_once_though_the_discharge_waits_for_its_child",
                    f"{HOSPITAL}test_a_day_that_may_be_a_slip_is_asked_about_at_once_and_one_tick_keeps_it",
                    f"{HOSPITAL}test_who_matches_a_discharge_is_asked_about_such_a_day_too",
                ),
            ),
            Control(
                "What a hospital's system sends is kept as it came before it is acknowledged; what cannot be "
                "read is the task of a team, with the message.",
                ("portal/listener.py", "portal/actions/messages/hearing.py"),
                (
                    f"{LISTENER}"
                    "test_what_was_acknowledged_outlives_a_kill_and_is_not_doubled_when_it_is_sent_again",
                    f"{LISTENER}"
                    "test_killed_before_it_is_kept_nothing_is_acknowledged_and_the_sender_sends_again",
                    f"{MESSAGES}test_what_cannot_be_used_is_answered_so_and_somebody_has_it_with_every_byte",
                    f"{MESSAGES}test_a_fault_of_ours_loses_nothing_and_tells_nothing_of_a_child",
                    f"{MESSAGES}test_a_message_cut_off_is_for_a_person_until_it_comes_whole",
                    f"{MESSAGES}test_a_message_of_too_many_parts_is_not_taken_apart_and_is_for_a_person",
                ),
            ),
            Control(
                "A discharge whose child is not known for certain waits for a person, and its clock runs.",
                ("portal/actions/discharge/waiting.py", "portal/actions/clocks.py"),
                (
                    f"{DISCHARGES}test_what_is_in_doubt_waits_for_the_hospital_with_its_clock_running",
                    f"{ALERTS}test_a_discharge_that_waits_for_its_child_climbs_the_same_ladder",
                ),
            ),
            Control(
                "While the review is open, what its discharge left open for 24 hours is a task of the team "
                "that owes the answers, with a deadline of its own. No words close it: only the answers do. "
                "Where the child changes practice, or nobody works at the hospital any more, the next team "
                "owes them.",
                (
                    "portal/actions/discharge/unanswered.py",
                    "portal/actions/raising.py",
                    "portal/actions/moves/handing_over.py",
                ),
                (
                    f"{ANSWERS}test_what_is_not_answered_in_a_day_is_one_task_of_the_team_and_never_sooner",
                    f"{ANSWERS}test_the_last_answer_settles_it",
                    f"{ANSWERS}test_what_is_late_is_asked_for_until_all_is_answered_also_what_was_asked_later",
                    f"{ANSWERS}test_a_review_that_is_closed_leaves_nothing_to_chase",
                    f"{ANSWERS}test_where_nobody_works_at_the_hospital_any_more_the_practice_is_asked",
                    f"{MOVES}test_the_new_practice_owes_and_gives_the_answers_that_the_old_one_owed",
                    f"{ANSWERS}test_its_page_leads_to_the_questions_and_no_words_close_it",
                    f"{ANSWERS}test_a_team_that_covers_is_not_asked_for_what_only_the_other_can_answer",
                ),
            ),
            Control(
                "Nobody has to invent an answer: who owes it may say by name that nobody can find it out, "
                "but not whether it is the right child, day or discharge. That nobody knows whether it is "
                "safe at home prompts before a weekend as a no does.",
                ("plans/discharge_questions.py", "portal/actions/weekend/deciding.py"),
                (
                    f"{ANSWERS}test_nobody_has_to_invent_a_yes_or_a_no_and_what_is_not_known_stays_so",
                    f"{ANSWERS}test_that_nobody_knows_whether_it_is_safe_at_home_prompts_before_a_weekend"
                    "_and_is_told_after_all",
                ),
            ),
        ),
        (
            "a clock for a discharge after the last bank holiday that is published: it is refused by name.",
            "a clock while a form has an NHS number or a day that cannot exist: it is sent back first.",
        ),
    ),
    Hazard(
        16,
        "No diagnosis is written down yet, so an asthma attack is filed as something else, or as nothing.",
        (
            Control(
                'Without a clear diagnosis the clock runs and the hospital is asked "Was this asthma?"',
                ("plans/diagnosis.py", "portal/actions/discharge/begin.py"),
                (
                    f"{DIAGNOSIS}test_somebody_is_asked_where_it_is_not_clear",
                    f"{DISCHARGES}test_without_a_diagnosis_the_clock_runs_and_somebody_is_asked",
                    f"{DISCHARGES}test_a_message_that_takes_the_asthma_back_asks_and_leaves_the_clock_running",
                    f"{HOSPITAL}test_not_sure_runs_the_clock_and_asks",
                ),
            ),
            Control(
                "An update that adds asthma starts the clock from the original discharge.",
                ("portal/actions/discharge/changes.py",),
                (
                    f"{DISCHARGES}"
                    "test_an_update_that_adds_asthma_starts_the_clock_from_the_original_discharge",
                ),
            ),
            Control(
                "A cancelled discharge is not counted as a review, and the discharge after it has its clock.",
                ("portal/actions/discharge/changes.py", "plans/review_events.py"),
                (
                    f"{DISCHARGES}"
                    "test_a_cancelled_discharge_withdraws_the_clock_with_its_reason_and_is_not_a_review_done",
                    f"{DISCHARGES}test_the_child_discharged_after_all_has_a_clock_again",
                ),
            ),
            Control(
                "A cancelled discharge without a new one within 24 hours is a task: where is the child?",
                ("portal/actions/discharge/whereabouts.py", "portal/actions/sweep.py"),
                (
                    f"{MESSAGES}TestWhereIsTheChild::"
                    "test_it_is_asked_once_after_a_day_of_the_hospital_and_never_before",
                    f"{MESSAGES}TestWhereIsTheChild::test_a_late_one_closes_the_question",
                ),
            ),
            Control(
                "A discharge that comes after its own cancellation runs, and the hospital is asked about it.",
                ("portal/actions/discharge/order.py",),
                (
                    f"{MESSAGES}TestOutOfOrder::"
                    "test_a_cancellation_before_its_discharge_leaves_the_clock_running_and_asks",
                    f"{MESSAGES}TestOutOfOrder::test_a_late_discharge_after_its_cancellation_runs_and_asks",
                ),
            ),
            Control(
                "Care out of hours or by paramedics is a discharge too, and so is leaving without one.",
                ("portal/forms/discharge.py", "fhir/encounter.py"),
                (f"{HOSPITAL}test_care_of_any_kind_and_leaving_in_any_way_is_a_discharge",),
            ),
            Control(
                "A visit to the emergency department is a discharge too.",
                ("fhir/intake/discharge.py", "fhir/intake/adt.py"),
                (
                    "tests/fhir/test_intake_discharge.py::test_an_emergency_visit_is_a_discharge_too",
                    "tests/fhir/test_intake_adt.py::test_the_class_says_whether_it_was_a_stay",
                ),
            ),
        ),
        (
            "where a child is whose discharge was cancelled while it still waited to be matched.",
            "a clock for wheeze that comes as an ICD-10 code without words: no source here gives the code.",
        ),
    ),
    Hazard(
        17,
        "The hospital has sent the review on and the practice has not taken it up, so nobody has it.",
        (
            Control(
                "Not accepted after 24 hours, the discharging team is told and owns that alert; "
                "only accepting settles it.",
                ("plans/ladder.py", "plans/escalation.py"),
                (
                    f"{LADDER}test_the_rungs_fall_when_a_calendar_says",
                    f"{LADDER}test_acceptance_settles_only_the_first_rung",
                    f"{LADDER}test_trying_and_not_being_brought_stop_no_rung",
                    f"{REVIEWS}test_accepting_closes_only_the_alert_that_asked_for_it",
                ),
            ),
            Control(
                "Until the practice accepts it, each page names the hospital as the owner of the review, and "
                "whom it waits for. In the FHIR record the Task is the practice's, as one that is requested.",
                ("portal/actions/review_list.py",),
                (
                    f"{REVIEW_PAGES}"
                    "test_until_the_practice_accepts_a_review_the_hospital_is_named_as_its_owner",
                ),
            ),
            Control(
                "A child who moves to another practice stays with the old one, with every review, alert, "
                "task and concern, until the next one has accepted.",
                ("portal/actions/moves/practice.py", "portal/actions/moves/concerns.py"),
                (
                    f"{MOVES}test_until_the_new_practice_accepts_everything_stays_with_the_old_one",
                    f"{MOVES}test_the_new_practice_takes_over_reviews_alerts_and_tasks_and_nothing_is_lost",
                    f"{MOVES}"
                    "test_a_time_that_the_old_practice_booked_is_not_the_new_ones_who_is_asked_to_book",
                    f"{MOVES}test_without_a_practice_here_the_child_is_shown_to_the_last_one",
                    "tests/portal/test_concerns_that_move.py::"
                    "test_an_open_concern_of_the_former_practice_is_told_to_the_new_one"
                    "_which_must_act_from_then_on",
                    f"{BY_RECORD}"
                    "test_where_nobody_works_at_the_next_practice_the_old_one_keeps_all_until_somebody_accepts",
                ),
            ),
            Control(
                "A GP record that names another practice accepts no review for it: what the former practice "
                "accepted and booked counts no more, and the hospital is told.",
                ("portal/actions/moves/handing_over.py", "plans/escalation.py"),
                (
                    f"{BY_RECORD}"
                    "test_what_the_old_practice_accepted_and_booked_counts_no_more_and_the_hospital_is_told",
                    f"{LADDER}"
                    "test_what_had_settled_a_rung_and_is_withdrawn_lets_it_fall_anew_with_an_alert_of_its_own",
                ),
            ),
            Control(
                "Without a known practice the hospital keeps the review and every alert about it.",
                ("portal/actions/clocks.py", "portal/actions/reviews.py"),
                (
                    f"{DISCHARGES}test_without_a_known_practice_the_hospital_keeps_the_review",
                    f"{ALERTS}test_without_a_known_practice_the_hospital_owns_every_rung",
                    f"{REVIEWS}test_a_hospital_that_keeps_the_review_records_it",
                ),
            ),
            Control(
                "The sheet after hospital goes to the practice's document inbox by MESH, where that is set "
                "up; a bad or missing answer is told to the sender's team with the practice's phone number.",
                (
                    "plans/gp_document.py",
                    "portal/actions/gp_inbox/sending.py",
                    "portal/actions/gp_inbox/looking.py",
                    "portal/notify/mesh.py",
                ),
                (
                    f"{MESH}test_a_discharge_sends_its_sheet_to_the_practice_and_both_answers_are_tracked",
                    f"{MESH}test_the_document_lands_with_the_discharge_or_not_at_all",
                    f"{MESH}test_each_answer_that_lacks_is_told_in_its_time_and_closed_by_the_answer",
                    f"{MESH}test_an_answer_that_is_no_yes_is_told_at_once_with_the_practices_phone",
                    f"{MESH}test_what_mesh_cannot_carry_is_told_to_the_sender_at_once",
                    f"{MESH}"
                    "test_killed_after_sending_it_is_sent_again_under_the_same_numbers_and_known_as_the_same",
                ),
            ),
            Control(
                "Each alert says by when it must be acknowledged. If nobody does, the next owner is told, up "
                "to a team that is always there; a local policy can only shorten these hours.",
                (
                    "plans/ladder.py",
                    "plans/escalation.py",
                    "plans/local_policy.py",
                    "portal/actions/raising.py",
                ),
                (
                    f"{ALERTS}"
                    "test_what_nobody_acknowledges_in_its_time_is_passed_on_up_to_a_staffed_team_each_once",
                    f"{ALERTS}test_what_a_closed_practice_would_have_next_goes_to_the_team_that_is_there",
                    f"{LADDER}test_every_owner_passes_on_to_another_up_to_a_team_that_is_staffed",
                    "tests/plans/test_local_policy.py::"
                    "test_what_would_make_anybody_look_later_or_is_not_understood_is_refused_by_name",
                ),
            ),
            Control(
                "The page of a review names each step that its reader's team was told of, what became of it, "
                "and who is told next and when, by the rule that the worker itself uses. What is due and was "
                "not told yet is called so.",
                ("portal/actions/steps.py", "portal/templates/reviews/_steps.jinja"),
                (
                    f"{ALERT_PAGES}"
                    "test_the_review_names_each_step_that_was_told_and_what_the_worker_tells_next",
                    f"{ALERT_PAGES}test_what_is_due_and_not_told_yet_is_not_called_to_come",
                    f"{ALERT_PAGES}test_nothing_is_next_once_the_review_is_closed",
                ),
            ),
            Control(
                "The last step of the ladder belongs to the hospital's team, at any hour, and to no person. "
                "It comes again each working day until the review is closed.",
                ("plans/ladder.py",),
                (
                    f"{LADDER}test_the_last_rung_comes_again_on_each_working_day",
                    f"{ALERTS}test_the_last_rung_comes_again_each_working_day_until_the_review_is_closed",
                    f"{LADDER}test_the_last_step_belongs_to_a_staffed_team_at_any_hour",
                    f"{LADDER}test_no_step_waits_for_a_practice_that_is_closed",
                    f"{LADDER}test_a_late_sweep_raises_all_that_passed",
                ),
            ),
            Control(
                "A hospital where nobody works owns nothing: the practice answers, and has every step; where "
                "nobody works there either, a team that is there.",
                ("portal/actions/discharge/places.py", "portal/actions/clocks.py"),
                (
                    f"{MESSAGES}TestEmptyHospital::test_the_practice_owes_the_answers",
                    f"{MESSAGES}TestEmptyHospital::test_every_rung_is_for_a_team_that_is_there",
                    f"{MESSAGES}TestEmptyHospital::"
                    "test_without_a_practice_a_team_that_is_there_keeps_the_review",
                ),
            ),
            Control(
                "A task belongs to a team. An inbox that nobody opens for a working day, and a task past its "
                "deadline, are told to its lead, and to the team that covers it while it is closed.",
                ("plans/team_inbox.py", "portal/actions/inbox/sweep.py"),
                (
                    f"{SWEEP}test_an_inbox_that_nobody_opened_for_a_working_day_is_told_to_the_lead",
                    f"{SWEEP}test_a_late_task_is_told_to_the_lead_once",
                    f"{SWEEP}test_while_a_team_is_closed_who_covers_is_told_that_a_task_is_late",
                    f"{SWEEP}test_what_a_lead_leaves_undone_for_a_day_is_passed_on_to_who_covers",
                    f"{SWEEP}test_where_nobody_leads_everybody_of_the_team_and_who_covers_are_told",
                ),
            ),
        ),
        (
            "telling the hospital by a message before 24 hours have gone by that nobody has accepted: until "
            "then its list alone says so.",
            "documents by MESH against MESH itself: only a sandbox was tried, and what the message leaves "
            "open is to be settled with NHS England (docs/gp-inbox.md).",
            "knowing whether anybody is on duty in a team by the hour: a practice counts as open from 8am to "
            "6:30pm on its working days (no source), and a hospital always.",
        ),
    ),
    Hazard(
        18,
        "A child who goes home on a Friday is looked at by nobody before Tuesday.",
        (
            Control(
                "48 real hours are a step of the ladder of their own, weekend or not.",
                ("plans/ladder.py", "plans/follow_up.py"),
                (
                    f"{LADDER}test_a_friday_does_not_wait_until_monday",
                    f"{FOLLOW_UP}test_48_real_hours_pass_whatever_the_clocks_do",
                    f"{REVIEW_PAGES}test_the_list_has_both_clocks_and_how_each_stands",
                ),
            ),
            Control(
                "On the morning of the first working day the practice is told if no review is booked, and "
                "again each time the child is not brought.",
                ("plans/ladder.py",),
                (
                    f"{LADDER}test_the_rungs_fall_when_a_calendar_says",
                    f"{LADDER}test_a_booking_settles_only_that_nothing_is_booked_until_the_child_is_not_brought",
                    f"{LADDER}test_each_time_the_child_is_not_brought_that_nothing_is_booked_falls_anew"
                    "_for_whoever_is_there",
                    f"{ALERTS}test_a_child_who_is_not_brought_is_chased"
                    "_though_it_was_told_before_that_nothing_was_booked",
                ),
            ),
            Control(
                "What falls while the practice is closed is the hospital's: at night, at a weekend, on a "
                "bank holiday, and on days on which the practice says that it is away.",
                ("plans/escalation.py", "portal/actions/clocks.py"),
                (
                    f"{LADDER}test_at_night_who_is_there_owns_what_falls",
                    f"{ALERTS}test_a_practice_that_is_away_owns_nothing_that_day",
                    f"{LADDER}test_a_review_that_goes_late_on_a_friday_night_is_the_hospitals_that_night",
                    f"{ALERTS}test_at_a_weekend_the_hospital_owns_what_the_practice_would",
                ),
            ),
            Control(
                "A concern about a child escalates by itself until somebody answers: scored 2 or less, or "
                "for tonight, it reaches a staffed team that evening, and each day again. Each who is told "
                "is written to until it is answered, though another team has seen it; only the team that "
                "must act, or its cover, stops a step by saying that it has seen it. Who disagrees with an "
                "answer sends it to another team than the one that answered, which is there at that hour, "
                "with a new clock; where there is no other, the page says so, with numbers.",
                ("plans/concern.py", "portal/actions/concerns/telling.py", "portal/notify/emptying.py"),
                (
                    f"{CONCERNS}test_each_who_is_told_is_really_written_to_even_while_a_death_is_in_question",
                    f"{CONCERNS}test_that_one_team_has_seen_it_silences_no_message_to_another"
                    "_and_its_answer_does",
                    "tests/plans/test_concern.py::"
                    "test_once_a_staffed_team_must_act_it_is_never_given_back_to_one_that_may_be_closed",
                    f"{CONCERNS}test_a_concern_scored_1_on_a_friday_reaches_a_staffed_team_that_evening"
                    "_and_each_day_until_answered",
                    f"{CONCERNS}test_what_is_urgent_goes_to_those_who_are_there_at_that_hour"
                    "_and_what_is_not_waits_for_the_surgery",
                    f"{CONCERNS}test_on_a_day_when_the_first_team_is_closed"
                    "_a_staffed_team_or_its_open_cover_acts",
                    f"{CONCERNS}test_who_disagrees_sends_it_one_step_up_at_once_and_once",
                    f"{CONCERNS}test_a_concern_never_goes_back_to_the_team_that_answered_while_another_is_there",
                    f"{CONCERNS}test_an_answer_that_is_disagreed_with_at_night_stays_with_those_who_are_awake",
                    f"{CONCERNS}test_a_team_that_was_only_told_stops_nothing_by_having_seen_it"
                    "_and_who_covers_the_owner_does",
                    f"{CONCERNS}test_where_no_other_team_is_there_the_page_says_so_with_numbers"
                    "_before_and_after_somebody_disagrees",
                    f"{CONCERNS}test_each_team_is_asked_whether_it_has_seen_a_concern_until_it_says_so",
                    f"{CONCERNS}test_two_workers_at_once_tell_each_step_once",
                    f"{CONCERNS}test_a_concern_that_was_kept_as_a_task_is_taken_over_once_by_the_clock",
                ),
            ),
            Control(
                "The pages of a concern and of a weekend say first to call 999, then the numbers that people "
                "entered for each place, who answers now first; where nobody has, they say so. The form says "
                "whom the concern goes to on the day that it is sent.",
                ("portal/actions/concerns/numbers.py", "portal/templates/concerns/_phone.jinja"),
                (
                    f"{CONCERNS}test_raising_answering_and_disagreeing_on_the_pages",
                    f"{CONCERNS}test_whoever_answers_the_telephone_now_stands_first"
                    "_and_missing_numbers_are_one_line",
                    f"{CONCERNS}test_the_form_says_whom_a_concern_goes_to_first_on_the_day_it_is_sent",
                ),
            ),
            Control(
                "An open concern stands first on the child's page, the review's and the weekend's, on the "
                "list of children and on the form for a new one, for those who may see it, and says none of "
                "its words there.",
                ("portal/actions/concerns/seen.py", "portal/templates/concerns/_open.jinja"),
                (
                    f"{CONCERNS}test_open_concerns_stand_first_on_every_page_of_the_child"
                    "_for_those_who_may_see_them",
                    f"{WEEKEND}test_the_page_of_a_child_repeats_why_the_list_names_them",
                ),
            ),
            Control(
                "Once a person has decided who looks after a child, a team is asked on the first working day "
                "of the child's practice if somebody saw the child, however long another team is away.",
                ("plans/weekend.py", "portal/actions/weekend/deciding.py"),
                (
                    f"{WEEKEND}test_whether_the_child_was_seen_is_a_task_that_escalates_by_itself",
                    f"{WEEKEND}test_the_check_is_on_the_first_working_day_of_the_childs_practice"
                    "_however_long_a_team_is_away",
                    f"{WEEKEND}test_the_check_of_a_practice_that_works_on_the_teams_holiday"
                    "_is_not_due_before_the_decision",
                    f"{WEEKEND}test_the_same_form_is_one_decision"
                    "_and_in_other_words_it_is_refused_and_not_called_kept",
                ),
            ),
            Control(
                "A list says before the weekend and before holidays who has an open review, an open concern "
                "or a fact that prompts, and for whom nobody has decided yet; a fact prompts from the moment "
                "it is known here, and the list says of how many children the facts are still to be counted.",
                ("portal/actions/weekend/listing.py", "portal/actions/facts/counting.py"),
                (
                    f"{WEEKEND}test_who_is_at_risk_and_unseen_stands_on_the_list_until_somebody_decides",
                    f"{WEEKEND}test_a_fact_prompts_from_the_moment_it_is_known_and_the_list_says_whom_it_has_not"
                    "_looked_at",
                ),
            ),
            Control(
                "Alerts are raised and sent without anybody asking, and what fails is tried again.",
                ("portal/actions/sweep.py", "portal/worker.py", "portal/notify/emptying.py"),
                (
                    "tests/portal/test_worker.py::"
                    "test_a_round_raises_what_is_late_sends_it_and_shows_a_pulse",
                    "tests/portal/test_sweep.py::"
                    "test_a_row_that_was_lost_or_is_wrong_loses_nobody_for_longer_than_a_day",
                    "tests/portal/test_killed_at_every_point.py::"
                    "test_killed_at_any_point_each_alert_is_there_once_and_each_message_is_sent",
                    "tests/portal/test_killed_at_every_point.py::test_killed_after_any_commit_of_a_whole_"
                    "round_all_stands_as_after_a_round_that_nobody_killed",
                    "tests/portal/test_worker.py::"
                    "test_what_fails_is_tried_again_ever_less_often_and_never_given_up",
                ),
            ),
            Control(
                "A team is told by each carrier that is set up: webhook, e-mail, GOV.UK Notify. One that "
                "hangs or refuses, a message that cannot be sent and a MESH that hands over nothing keep no "
                "other waiting; what comes a second time is known as the same.",
                (
                    "portal/notify/emptying.py",
                    "portal/notify/mail.py",
                    "portal/notify/gov_notify.py",
                    "portal/notify/mesh.py",
                ),
                (
                    f"{CARRIERS}TestSeveralCarriers::"
                    "test_each_carries_each_message_once_and_one_that_fails_keeps_no_other_waiting",
                    f"{CARRIERS}TestSeveralCarriers::test_one_that_trickles_is_stopped",
                    f"{CARRIERS}TestSeveralCarriers::"
                    "test_whatever_is_wrong_with_one_message_is_its_own_failure_and_says_no_word_of_it",
                    f"{CARRIERS}TestSeveralCarriers::"
                    "test_one_that_waits_too_long_for_the_database_leaves_it_to_the_others",
                    f"{CARRIERS}TestNotify::"
                    "test_after_a_kill_that_nobody_noted_it_is_looked_for_and_not_sent_again",
                    f"{CARRIERS}TestSeveralCarriers::"
                    "test_one_of_which_nobody_can_tell_whether_it_is_over_keeps_no_other_waiting",
                    f"{CARRIERS}TestSeveralCarriers::"
                    "test_an_answer_that_nobody_can_read_keeps_no_carrier_from_being_asked",
                    f"{MESH}test_a_turn_ends_once_nothing_is_handed_over_and_the_next_one_begins_after_that",
                    f"{MESH}test_what_could_not_be_kept_comes_after_all_that_is_new_whatever_the_fault",
                    f"{CARRIERS}TestEmail::"
                    "test_what_was_taken_without_a_word_is_sent_again_with_the_same_message_id",
                    f"{CARRIERS}TestNotify::"
                    "test_what_was_taken_without_a_word_is_looked_for_and_not_sent_again",
                ),
            ),
            Control(
                "A message that is refused, lost, or not sent in an hour is a task for the team that it was "
                "for, and stands on a page for its lead.",
                ("portal/actions/undelivered.py", "portal/notify/asking.py", "portal/views/pulse.py"),
                (
                    f"{CARRIERS}TestSomebodyIsTold::test_of_what_is_not_sent_in_an_hour_once_for_all_of_it",
                    f"{CARRIERS}TestSomebodyIsTold::"
                    "test_at_once_of_a_mailbox_that_is_refused_and_what_was_refused_goes_to_the_next_one",
                    f"{CARRIERS}TestNotify::test_a_message_that_did_not_arrive_is_a_task_for_the_practice",
                    f"{PULSE}TestItsPage::"
                    "test_says_what_waits_and_tells_a_lead_alone_what_did_not_reach_their_team",
                ),
            ),
            Control(
                "When the worker has stopped for five minutes, everybody who is signed in is told on each "
                "page which of their own lists to look at, and whom to tell. The page about it then says no, "
                "and calls nothing empty that nothing is put in.",
                (
                    "plans/pulse.py",
                    "portal/worker.py",
                    "portal/navigation.py",
                    "portal/templates/components/silence_banner.jinja",
                ),
                (
                    f"{PULSE}TestWhileItHasStopped::"
                    "test_everybody_who_is_signed_in_is_told_what_to_do_on_each_page",
                    f"{PULSE}TestWhileItHasStopped::"
                    "test_its_page_answers_its_own_question_and_calls_no_queue_empty_that_nothing_is_put_in",
                    f"{PULSE}TestWhileItHasStopped::"
                    "test_a_worker_that_never_began_is_missed_from_when_it_was_expected",
                ),
            ),
            Control(
                "Each morning that a team works it is told how much is open, late and due today: concerns, "
                "alerts, tasks and reviews.",
                ("portal/actions/digests.py", "plans/digest.py"),
                (
                    f"{DIGESTS}test_says_how_much_is_open_late_and_due_today_and_nothing_of_anybody",
                    f"{DIGESTS}test_counts_the_concerns_that_a_team_owns_until_they_are_answered"
                    "_and_no_other_teams",
                    f"{DIGESTS}test_is_queued_once_a_day_whoever_asks_and_only_in_the_morning_of_the_uk",
                    f"{DIGESTS}test_who_covers_a_closed_team_is_told_of_its_tasks",
                ),
            ),
        ),
    ),
    Hazard(
        19,
        "A review is recorded for the wrong child or by mistake, and the right child is never seen.",
        (
            Control(
                "A record is withdrawn with a reason; the review opens again at its original due time.",
                ("plans/review_events.py", "plans/follow_up.py"),
                (
                    f"{FOLLOW_UP}test_what_closed_in_error_reopens_at_the_original_due_time",
                    f"{REVIEWS}test_a_withdrawn_review_reopens_at_its_original_due_time",
                    f"{EVENTS}test_what_takes_a_child_off_the_list_or_puts_one_back_needs_a_reason",
                    f"{REVIEW_PAGES}test_a_record_made_in_error_is_withdrawn_on_the_page_with_its_reason",
                ),
            ),
            Control(
                "A review that was opened again climbs its whole ladder anew.",
                ("plans/escalation.py",),
                (f"{ALERTS}test_a_reopened_review_climbs_its_ladder_anew",),
            ),
            Control(
                "Only a review or a decision by a named clinician closes: no call, no message, no booking.",
                ("plans/review_events.py", "portal/actions/reviews.py"),
                (
                    f"{EVENTS}test_only_a_review_a_decision_and_a_cancelled_discharge_close",
                    f"{FOLLOW_UP}test_nothing_short_of_a_review_or_a_decision_closes",
                    f"{FOLLOW_UP}test_a_decision_that_nobody_signed_closes_nothing",
                    f"{REVIEWS}test_what_is_no_review_leaves_the_clock_running",
                ),
            ),
            Control(
                "Where a review is recorded, children of a similar name are named.",
                ("plans/similar_names.py", "portal/views/reviews.py"),
                (f"{REVIEW_PAGES}test_a_child_of_a_similar_name_is_named_where_the_review_is_recorded",),
            ),
        ),
    ),
    Hazard(
        20,
        "A child has died, and the family is still sent messages or asked to come to a review.",
        (
            Control(
                "A death in a GP record is said before anything else when the record is brought in.",
                ("fhir/intake/gp_record.py",),
                (
                    "tests/fhir/test_intake_gp_record.py::"
                    "test_a_death_on_record_is_said_before_anything_is_sent",
                ),
            ),
            Control(
                "One professional says a death: messages and new links to family and school wait at once, no "
                "ladder goes on, and a second person of practice and hospital is asked, each day anew.",
                ("plans/death.py", "portal/actions/deaths/saying.py", "portal/notify/emptying.py"),
                (
                    f"{DEATHS}TestOnePerson::"
                    "test_one_word_asks_a_second_person_of_each_team_and_no_ladder_goes_on",
                    f"{DEATHS}TestOnePerson::"
                    "test_what_is_about_to_go_out_waits_and_goes_once_it_was_an_error",
                    f"{DEATHS}TestOnePerson::test_no_new_link_is_made_meanwhile",
                    f"{DEATHS}TestOnePerson::"
                    "test_who_said_it_cannot_confirm_it_and_is_asked_for_again_each_day",
                    f"{DEATHS}TestOnePerson::"
                    "test_a_team_that_covers_another_is_asked_once_and_who_said_it_is_told_that_another_must",
                ),
            ),
            Control(
                "While a death is in question every list and page of staff says so beside the child, in the "
                "same words, and none asks anybody to phone the family. What somebody at home asks meanwhile "
                "has a team find out at once whether the child lives. A school's own staff are not told, nor "
                "who does not see the child; no copy of a plan on paper says it.",
                (
                    "fhir/kept_deaths.py",
                    "portal/templating.py",
                    "portal/templates/components/death_mark.jinja",
                ),
                (
                    f"{DEATHS}TestOnePerson::"
                    "test_every_list_says_so_beside_the_child_and_none_has_anybody_phone_home",
                    f"{DEATHS}TestOnePerson::"
                    "test_what_reaches_the_family_is_known_by_name_and_what_they_asked_themselves_is_too",
                    f"{DEATHS}TestOnePerson::"
                    "test_what_somebody_at_home_asks_meanwhile_has_a_team_find_out_now_if_the_child_lives",
                    f"{DEATHS}TestTwoPeople::"
                    "test_a_school_and_whoever_does_not_see_the_child_now_read_of_no_death_on_a_concern",
                ),
            ),
            Control(
                "A second person confirms it: reviews, tasks, questions, alerts and concerns close as "
                "died and never as reviewed, and the links and pages of family and school are as ended ones.",
                ("portal/actions/deaths/closing.py", "plans/follow_up.py"),
                (
                    f"{DEATHS}TestTwoPeople::test_all_closes_as_died_and_nothing_as_reviewed",
                    f"{DEATHS}TestTwoPeople::"
                    "test_family_and_school_find_what_an_ended_link_gives_and_the_practice_keeps_the_record",
                    f"{DEATHS}TestTwoPeople::test_what_a_sweep_raises_later_is_settled_unless_it_must_stand",
                ),
            ),
            Control(
                "A child who has died is on no list of what to do (facts, before days off, the register, "
                "plans not read, pupils to check, the school year's end). Other pages say it, and no plan, "
                "concern or weekend decision is begun.",
                (
                    "fhir/kept_deaths.py",
                    "portal/actions/facts/listing.py",
                    "portal/actions/weekend/listing.py",
                ),
                (
                    f"{DEATHS}TestTwoPeople::"
                    "test_the_child_is_on_no_list_of_what_to_do_and_other_pages_say_it",
                    f"{DEATHS}TestTwoPeople::test_nothing_new_is_begun_for_the_child",
                ),
            ),
            Control(
                "A death said in error is withdrawn with a reason: all of it is open again, due as before, "
                "and the messages about concerns that it had stopped are sent.",
                ("portal/actions/deaths/closing.py", "portal/actions/gp_inbox/sending.py"),
                (
                    f"{DEATHS}TestTwoPeople::"
                    "test_said_in_error_what_it_had_stopped_of_a_concern_is_sent_after_all",
                    f"{DEATHS}TestTwoPeople::test_said_in_error_it_all_runs_again_due_as_before",
                    f"{DEATHS}TestTwoPeople::test_what_the_discharge_of_a_closed_review_left_open_is_owed_no"
                    "_more_and_in_error_it_is_again",
                    f"{MESH}"
                    "test_what_a_death_said_in_error_had_stopped_is_sent_after_all_and_told_until_then",
                ),
            ),
            Control(
                "A discharge that speaks of a death starts no clock: hospital and practice are asked, and "
                "nobody is prompted to phone home until somebody has answered it. Where only a list that "
                "nobody names may say so, the clock runs meanwhile.",
                ("portal/actions/discharge/death.py", "portal/actions/raising.py"),
                (
                    f"{DEATHS}TestDischarge::"
                    "test_asks_hospital_and_practice_holds_every_ladder_and_says_so_on_the_pages",
                    f"{DEATHS}TestDischarge::"
                    "test_once_it_was_withdrawn_every_ladder_runs_and_the_discharge_has_its_review_too",
                    f"{DEATHS}TestDischarge::"
                    "test_once_the_hospital_puts_it_right_or_cancels_it_nothing_is_held_back",
                    f"{MESSAGES}TestDeath::"
                    "test_a_destination_of_a_list_that_is_not_named_starts_the_clock_and_a_team_checks_it",
                ),
            ),
            Control(
                "A death that a record alone says holds the ladder and what is about to go out, and is asked "
                "about, each time that a record says it, the first one too, until the record is put right. "
                "One person may say by name that the child is alive. It closes no task and ends nothing at "
                "home: only two people do.",
                ("fhir/kept_deaths.py", "portal/actions/deaths/saying.py", "portal/actions/inbox/tasks.py"),
                (
                    f"{DEATHS}TestRecordAlone::"
                    "test_it_is_asked_about_and_holds_the_ladder_each_time_that_a_record_says_so",
                    f"{DEATHS}TestRecordAlone::"
                    "test_it_is_asked_about_when_it_is_brought_in_and_no_more_once_the_record_is_put_right",
                    f"{DEATHS}TestRecordAlone::"
                    "test_a_record_that_is_put_right_takes_nothing_from_what_two_people_have_confirmed",
                    f"{DEATHS}TestRecordAlone::test_of_whom_nobody_was_asked_somebody_is_on_the_next_day",
                    f"{DEATHS}TestRecordAlone::"
                    "test_what_is_about_to_go_out_waits_until_somebody_has_found_the_child_alive",
                    f"{DEATHS}TestRecordAlone::test_it_closes_nothing_as_died_and_ends_nothing_at_home",
                ),
            ),
        ),
        (
            "keeping a school's own staff, who are told of no death in question, from phoning home.",
            "a source for how UK systems send a death in an HL7 v2 message (PV1-36): 4 is taken as died.",
            "a practice where one person works alone: somebody of a hospital that had a review must confirm.",
        ),
    ),
    Hazard(
        21,
        "So many alerts come about one child that people stop reading them, and miss the one that counts.",
        (
            Control(
                "All alerts about one child are one thing to look at, and one answer is for all of a team's.",
                ("portal/actions/alert_list.py", "portal/actions/alerts.py"),
                (
                    f"{ALERTS}test_whoever_acknowledges_an_alert_on_its_way_acknowledges_it_for_all",
                    f"{ALERTS}test_after_a_long_silence_the_last_rung_is_told_once_and_not_for_each_day",
                    f"{ALERT_PAGES}test_eight_rungs_are_one_thing_to_look_at",
                    f"{ALERT_PAGES}test_one_answer_is_for_the_earlier_alerts_of_the_same_team_too",
                ),
            ),
            Control(
                "Each step is raised once, however often somebody looks, and stops once it was answered.",
                ("plans/escalation.py", "portal/actions/alerts.py"),
                (
                    f"{ALERTS}test_each_rung_is_raised_once_however_often_somebody_sweeps",
                    f"{ALERTS}test_a_closed_review_raises_nothing_more",
                    "tests/portal/test_worker.py::test_an_alert_that_was_acknowledged_is_not_sent_any_more",
                ),
            ),
            Control(
                "Readers who are late with one plan are one task for the practice, and each is told of once.",
                ("portal/actions/receipts/late.py",),
                (
                    "tests/portal/test_receipts_late.py::"
                    "test_a_look_after_a_long_silence_tells_all_at_once_and_the_practice_in_one_task",
                    "tests/portal/test_receipts_late.py::test_nobody_is_told_twice",
                ),
            ),
            Control(
                "What is late is told to a lead once, and settled once done; an empty inbox asks nothing.",
                ("portal/actions/inbox/sweep.py",),
                (
                    f"{SWEEP}test_it_is_told_once_however_often_somebody_looks",
                    f"{SWEEP}test_once_a_late_task_is_done_the_lead_has_nothing_to_do",
                    f"{SWEEP}test_an_inbox_without_a_task_needs_no_opening",
                    f"{SWEEP}test_where_nobody_does_anything_at_all_the_telling_comes_to_an_end",
                ),
            ),
            Control(
                "A fact that was looked at, with what somebody will do, stays marked so until its day, and "
                "comes back sooner only if it grows. One that changed while the page was open is read again. "
                "One look answers the facts that stand on the same count, and the form names them; it puts "
                "off none that somebody is to look at sooner.",
                ("plans/fact_seen.py", "portal/forms/fact_seen.py", "portal/actions/facts/seen.py"),
                (
                    "tests/portal/test_facts.py::test_a_fact_is_looked_at_only_as_it_was_seen",
                    "tests/portal/test_facts.py::"
                    "test_one_look_answers_every_fact_that_stands_on_the_same_count_and_no_other",
                    "tests/portal/test_facts.py::"
                    "test_a_look_at_a_mild_fact_puts_off_no_sooner_look_at_the_urgent_one",
                    "tests/plans/test_facts.py::"
                    "test_a_fact_that_was_looked_at_comes_back_on_its_day_and_sooner_if_it_grows",
                    "tests/portal/test_facts.py::"
                    "test_what_a_professional_says_of_a_fact_stands_on_its_line_until_it_grows",
                ),
            ),
            Control(
                "What two sources tell of is counted once, and said to be doubtful where it may be two. "
                "Beside a count of relievers stands which the record calls spare, and if one is at school.",
                ("plans/known_here.py", "plans/fact_measures.py"),
                (
                    "tests/plans/test_facts.py::"
                    "test_a_stay_of_two_sources_is_one_and_another_on_the_same_day_is_doubtful",
                    "tests/plans/test_facts.py::test_an_appointment_that_two_sources_tell_of_is_counted_once",
                    "tests/plans/test_facts.py::"
                    "test_a_count_of_relievers_says_which_are_spare_and_that_one_is_at_school",
                ),
            ),
            Control(
                "Three blue inhalers in a year are a fact on the child's page, and no alert.",
                ("plans/signals.py", "portal/actions/facts/about.py"),
                (f"{FORM}test_three_blue_inhalers_in_a_year_are_a_fact_on_a_page_and_no_alert",),
            ),
        ),
        (
            "telling for which place an inhaler was issued, where neither the record nor a check at school "
            "says it.",
            "one message for several steps: the alerts page has one group for each child, and each step is "
            "sent by itself.",
        ),
    ),
)
