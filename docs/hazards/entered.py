"""Hazards 12 to 14: doses that nobody looked at, two plans at once, and a plan that the software refuses."""

from docs.hazards.hazard import Control, Hazard

DRAFT = "tests/plans/test_draft.py::"
PREFILL = "tests/plans/test_prefill.py::"
BUILDER = "tests/portal/test_plan_builder.py::"
CHECKED_PAPER = "tests/plans/checks/test_paper.py::"
CHECKED_MEDICINES = "tests/plans/checks/test_medicines.py::"
CHECK = "tests/plans/checks/test_check.py::"
ONE_LIVE = "tests/portal/test_one_live_plan.py::"
CHANGES = "tests/portal/test_plan_changes.py::"
DIFFERENCES = "tests/plans/test_differences.py::"
SIGN = "tests/portal/test_sign_plan.py::"

ENTERED = (
    Hazard(
        12,
        "A dose is copied from an old record or plan, and nobody sees that it is no longer right.",
        (
            Control(
                "A copied dose keeps its source and date, and waits until it is confirmed on its own line.",
                ("plans/prefill.py", "plans/draft/copying.py", "plans/checks/confirming.py"),
                (
                    f"{PREFILL}test_a_copied_dose_is_never_confirmed",
                    f"{DRAFT}test_copied_doses_wait_for_a_tick_and_name_the_plan_that_they_come_from",
                    f"{CHECKED_PAPER}test_each_copied_dose_is_confirmed_on_its_own_line",
                    f"{BUILDER}test_a_copied_dose_shows_its_source_and_is_confirmed_line_by_line",
                    f"{BUILDER}test_a_form_cannot_change_where_a_dose_came_from",
                ),
            ),
            Control(
                "Today's repeat list stands beside the doses to confirm.",
                ("portal/actions/child_record.py",),
                (
                    "tests/portal/test_children.py::"
                    "test_a_plan_begins_from_the_record_with_each_dose_to_be_confirmed",
                ),
            ),
            Control(
                "A medicine or a dose that is not clear is shown as it stands, and never guessed.",
                ("plans/prefill.py", "plans/recorded_dose.py"),
                (
                    f"{PREFILL}test_a_medicine_without_a_product_is_shown_as_it_stands",
                    f"{PREFILL}test_of_two_relievers_none_is_chosen",
                    "tests/plans/test_recorded_dose.py::test_a_daily_dose_that_is_not_clear_is_left_empty",
                ),
            ),
            Control(
                "A trial that has ended is never copied forward, and not lost from sight.",
                ("plans/prefill.py", "plans/draft/copying.py"),
                (
                    f"{PREFILL}test_a_trial_that_has_ended_is_not_copied_and_not_lost",
                    f"{DRAFT}test_a_preventer_is_copied_until_its_trial_is_over",
                ),
            ),
        ),
    ),
    Hazard(
        13,
        "GP and hospital each sign a plan, and the family follows the wrong one.",
        (
            Control(
                "Signing a second plan names the live one that it replaces, or is refused for any reason.",
                ("plans/checks/confirming.py", "portal/actions/plans.py"),
                (
                    f"{CHECKED_PAPER}test_a_second_live_plan_is_never_signed_whatever_the_reason",
                    f"{SIGN}test_a_second_plan_names_the_one_it_replaces_or_is_refused",
                    f"{SIGN}test_a_new_version_takes_the_place_of_the_old_one_which_stays_readable",
                    f"{BUILDER}test_the_plan_to_replace_is_named_by_a_tick_that_is_never_set_beforehand",
                ),
            ),
            Control(
                "The store itself refuses a second live plan of a child, whatever wrote it.",
                ("fhir/store/resources.py",),
                (
                    f"{ONE_LIVE}test_the_store_refuses_a_second_live_plan_whoever_writes_it",
                    f"{ONE_LIVE}test_the_store_lets_no_ended_plan_come_back_beside_a_live_one",
                    f"{ONE_LIVE}test_of_two_new_versions_signed_at_once_one_is_refused",
                ),
            ),
            Control(
                "Before signing, everything that the new version says otherwise or drops is shown.",
                ("plans/differences.py", "portal/actions/plan_changes.py"),
                (
                    f"{CHANGES}test_the_last_page_before_signing_says_what_changes_and_what_is_dropped",
                    f"{DIFFERENCES}test_two_plans_that_say_something_else_differ_in_at_least_one_thing",
                    f"{DIFFERENCES}test_every_field_is_either_said_in_words_or_named_as_bookkeeping",
                ),
            ),
            Control(
                "Whoever has the old version is asked to read the new one.",
                ("portal/actions/circle/sharing.py",),
                (f"{SIGN}test_whoever_has_a_share_is_asked_to_read_the_new_version",),
            ),
        ),
        (
            "plans signed in other systems: Puffin knows of them only what a GP record says.",
            "signing by a hospital: only the child's own practice signs.",
        ),
    ),
    Hazard(
        14,
        "The software refuses a treatment that is right for this child, so people go back to paper.",
        (
            Control(
                "Outside a licence or a list, or of two strengths, is signed with a reason that is kept.",
                ("plans/checks/medicines.py", "plans/checks/one_inhaler.py"),
                (
                    f"{CHECKED_MEDICINES}test_it_fires_at_its_edge_and_not_beside_it",
                    f"{CHECKED_MEDICINES}test_a_decision_on_a_product_that_is_not_listed_stays_to_be_seen",
                    f"{CHECK}test_a_reason_settles_what_must_be_explained_and_is_kept_with_the_code",
                    f"{SIGN}test_a_problem_with_a_reason_is_signed_and_the_reason_is_kept",
                    "tests/plans/test_hazards_of_the_paper.py::"
                    "test_what_is_outside_a_licence_or_of_two_strengths_is_explained_and_never_forbidden",
                ),
            ),
        ),
    ),
)
