"""What somebody could do to a learner by a file or an address, and what holds against each of it.

Each line names the tests that try it, or says why it cannot happen. The campaign that looks for
what nobody thought of is ``python -m tests.fuzz``.
"""

import ast
from pathlib import Path

import pytest

import flashsafety

TESTS = Path(__file__).parent

TRIED = {
    "terminal escapes in a card": (
        "content/test_visible.py::test_no_control_character_survives_any_text",
        "tui/test_hostile.py::test_every_card_of_a_hostile_bank_is_shown_answered_and_rated",
        "cli/test_plain.py::test_no_control_code_is_printed",
        "content/test_visible.py::test_of_all_characters_none_that_steers_or_hides_is_left_between_words",
        "content/test_hostile_files.py::test_bytes_that_are_no_text_are_told_at_their_place",
        "cli/test_hostile.py::test_every_command_makes_it_visible",
        "cli/test_hostile.py::test_what_is_typed_is_made_visible_too",
        "tui/test_quick.py::test_what_is_pasted_does_not_steer_the_terminal",
        "content/lint/test_report.py::test_a_file_name_cannot_steer_a_terminal_or_forge_a_line",
        "content/test_plain.py::test_no_control_character_is_swallowed_or_ends_a_line",
        "tui/test_hostile.py::test_no_stage_of_any_command_shows_what_steers",
        "tui/test_hostile.py::test_windows_and_palette_show_hostile_text_as_it_is",
        "tui/test_hostile.py::test_what_is_said_of_a_file_is_safe_and_so_is_its_name",
        "tui/test_hostile.py::test_the_module_that_a_session_ends_with_an_offer_of_steers_nothing",
        "content/test_plain.py::test_what_a_link_is_called_beside_its_words_is_made_visible",
    ),
    "markup of the terminal app in a card, a title, a search": (
        "tui/test_hostile.py::test_windows_and_palette_show_hostile_text_as_it_is",
        "tui/test_home.py::test_hostile_titles_are_shown_as_they_are_and_cut",
        "tui/test_browse_hostile.py::test_searches_of_hostile_text_are_answered_or_refused",
    ),
    "characters that turn the direction of reading": (
        "content/test_visible.py::test_no_control_character_survives_any_text",
        "cli/test_stats.py::test_the_page_holds_no_script_and_nothing_from_elsewhere",
        "content/test_visible.py::test_of_all_characters_none_that_steers_or_hides_is_left_between_words",
    ),
    "paths that lead out, in the names of an Anki package": (
        "anki/test_hostile.py::test_names_of_members_lead_nowhere",
    ),
    "paths that lead out, of pictures": (
        "content/test_pictures.py::test_a_path_that_no_picture_may_have_is_refused",
        "tui/test_pictures.py::test_a_path_that_leads_out_is_never_opened",
        "anki/test_pictures.py::test_nothing_is_taken_from_outside_the_bank",
        "content/test_pictures.py::test_a_pipe_is_not_waited_for",
        "content/test_pictures.py::test_a_second_folder_has_pictures_of_its_own",
    ),
    "paths and links in a folder that devices share": (
        "study/test_devices.py::test_only_files_of_devices_are_read_and_no_link_is_followed",
        "study/test_devices.py"
        "::test_a_link_in_place_of_its_own_folder_or_file_is_never_written_through",
    ),
    "links out of the bank": (
        "content/test_hostile_files.py::test_links_that_lead_out_of_the_bank_are_not_followed",
        "content/test_pictures.py"
        "::test_a_link_that_leads_out_of_the_bank_is_refused_and_one_inside_is_not",
    ),
    "files without end: pipes, a claimed gigabyte, YAML that grows": (
        "content/test_hostile_files.py::test_a_pipe_is_not_waited_for",
        "content/test_hostile_files.py::test_a_file_that_claims_a_gigabyte_is_not_read",
        "content/test_hostile_files.py::test_a_hostile_file_is_refused_and_the_others_load",
        "content/test_hostile_files.py::test_nor_is_a_device_read_that_is_named_alone",
        "content/test_hostile_files.py::test_a_hostile_card_does_not_hide_the_good_one_below_it",
        "content/test_pictures.py::test_a_pipe_is_not_waited_for",
    ),
    "zip and zstd bombs, and lies about sizes": (
        "anki/test_hostile.py::test_a_bomb_is_left_unexploded",
        "anki/test_hostile.py::test_a_lie_about_the_size_does_not_help",
        "anki/test_hostile.py::test_nor_is_a_bomb_that_says_which_version_it_is",
        "anki/test_hostile.py::test_no_collection_is_larger_than_any",
        "anki/test_hostile.py::test_a_frame_that_asks_for_a_gigabyte_is_refused",
    ),
    "views, triggers, computed columns, blobs and huge numbers in a collection": (
        "anki/test_hostile.py::test_what_only_looks_like_a_collection_is_refused",
        "anki/test_hostile.py::test_odd_rows_are_left_out_and_counted",
        "anki/test_hostile.py::test_what_is_odd_but_harmless_is_read",
        "anki/test_hostile.py::test_a_strangers_file_is_opened_without_trust",
        "anki/test_hostile.py::test_rows_without_end_are_not_waited_for",
    ),
    "triggers and views in a copy of the database": (
        "study/test_salvage.py"
        "::test_what_others_added_to_a_copy_is_refused_and_found_and_taken_out",
    ),
    "other columns, conditions and virtual tables, and rows that cannot be, in a copy": (
        "study/test_others_copies.py::test_a_copy_that_is_not_as_we_write_it_is_refused",
        "study/test_others_copies.py"
        "::test_what_cannot_be_brought_to_the_present_format_replaces_nothing",
        "study/test_others_copies.py::test_salvage_leaves_out_what_cannot_be",
    ),
    "the same in place of the database": (
        "cli/test_faults.py::test_a_database_that_somebody_made_over_fails_in_words",
        "tui/test_others_database.py::test_what_cannot_be_in_a_database_is_said_in_words",
        "study/test_others_copies.py"
        "::test_the_doctor_makes_again_what_follows_from_the_bank_or_the_log",
    ),
    "a file of another kind in place of the database": (
        "store/test_open.py::test_a_foreign_file_is_refused_and_left_alone",
        "store/test_open.py::test_another_programs_sqlite_file_is_refused",
        "store/test_open.py::test_a_newer_database_is_refused_and_left_alone",
    ),
    "marks that Anki acts on, and maths that does more than show": (
        "anki/test_inert.py::test_no_mark_of_ankis_is_left_in_any_field",
        "anki/test_inert.py::test_nor_does_a_gap_or_its_hint_become_one",
        "anki/test_inert.py::test_no_text_makes_more_than_maths",
        "fuzz/test_fuzz.py::test_all_that_a_reader_has_met_before_is_no_trouble",
        "anki/test_inert.py::test_nothing_becomes_a_gap_that_is_none",
        "anki/test_inert.py::test_nothing_ends_a_gap_that_is_not_its_end",
        "anki/test_inert.py::test_maths_that_would_do_more_is_shown_as_it_was_written",
    ),
    "a repository of git's among the files of a bank": (
        "content/test_git.py::test_no_program_that_a_clone_names_is_run",
        "cli/test_report.py::test_no_setting_of_gits_runs_anything_or_changes_a_patch",
    ),
    "names that are no text": (
        "content/test_hostile_files.py::test_names_that_are_no_text_are_named_and_not_read",
        "study/test_devices.py"
        "::test_a_device_whose_name_is_no_text_is_named_and_the_others_are_read",
    ),
    "formulas in tables": (
        "anki/test_text.py::test_what_a_spreadsheet_may_compute_is_counted",
        "items/test_hostile.py::test_a_line_that_is_no_rating_is_named_and_the_others_count",
        "study/test_anonymous.py::test_a_bank_without_a_slug_is_named_by_one_made_of_its_title",
        "anki/test_text.py::test_nor_is_a_formula_in_the_name_of_a_deck_passed_over",
        "anki/test_text.py::test_any_field_arrives_as_it_is",
        "study/test_devices.py::test_a_record_that_cannot_be_is_named_and_harms_nothing",
        "study/test_salvage.py::test_a_card_whose_name_no_card_has_is_taken_for_one_whose_name_is_lost",
    ),
    "HTML and script in a deck": (
        "anki/test_rendering.py::test_the_markup_of_any_text_is_sound",
        "anki/test_look.py::test_a_template_needs_no_file_and_no_script",
        "anki/test_script.py::test_no_field_of_a_note_holds_more_than_text",
        "anki/test_script.py::test_nor_does_any_form_of_text",
        "anki/test_script.py::test_nor_does_a_gap_or_its_hint",
    ),
    "HTML and script in the page of statistics": (
        "cli/test_stats.py::test_the_page_holds_no_script_and_nothing_from_elsewhere",
    ),
    "links that are no web addresses: javascript:, data:, file:": (
        "content/test_load.py::test_an_address_that_is_not_of_the_web_is_refused",
        "tui/test_study.py::test_only_web_addresses_are_opened",
        "web/test_server.py::test_only_web_addresses_are_opened_and_nothing_is_downloaded",
        "content/test_plain.py::test_what_is_no_web_address_leads_nowhere",
        "anki/test_script.py::test_no_field_of_a_note_holds_more_than_text",
    ),
    "an editor with blanks, quotes, a shell's signs, or none": (
        "study/test_editing.py::test_the_editor_opens_the_file_at_the_line",
        "study/test_editing.py::test_a_quotation_mark_that_is_never_closed_is_named",
        "study/test_editing.py::test_a_file_name_is_one_word_whatever_is_in_it",
        "test_hostile.py::test_nothing_but_an_editor_and_git_is_started_and_never_by_a_shell",
    ),
    "the page of serve from another origin or host, or without its token": (
        "web/test_refusals.py::test_another_origin_is_refused",
        "web/test_refusals.py::test_another_host_is_refused",
        "web/test_refusals.py::test_without_the_token_everything_is_refused",
        "web/test_refusals.py::test_no_other_file_is_within_reach",
        "web/test_refusals.py::test_a_websocket_without_an_origin_is_refused",
        "web/test_refusals.py::test_the_link_gives_the_page_and_a_cookie_for_it_alone",
        "web/test_refusals.py::test_with_the_cookie_the_page_has_all_that_it_asks_for",
        "web/test_refusals.py::test_it_listens_to_this_computer_alone",
    ),
    "a setting that another device chooses: an editor, a key": (
        "study/test_devices.py::test_a_setting_that_no_other_device_may_choose_is_refused",
        "study/test_devices.py::test_the_name_of_a_setting_is_written_as_no_more_than_a_name",
    ),
    "words of a title in the completion of a shell": (
        "cli/test_completion.py::test_a_title_brings_no_word_of_its_own_and_steers_nothing",
    ),
    "ids that look alike": ("content/test_load.py::test_no_id_looks_like_another",),
    "links that wait where something is to be written": (
        "test_files.py::test_a_link_that_waits_where_a_file_is_to_be_written_leads_nowhere",
        "cli/test_new.py::test_nothing_is_written_through_a_link_to_a_folder",
    ),
    "tables handed in that are none, or called as if they were packed": (
        "items/test_hostile.py::test_a_file_that_is_no_such_log_is_left_out_whole",
        "items/test_hostile.py::test_a_file_called_as_if_it_were_packed_is_named",
        "items/test_hostile.py::test_what_cannot_be_read_is_named",
    ),
    "a review log without end, or of any bytes": (
        "study/test_reviews_csv.py::test_a_file_without_end_is_refused_at_its_first_line",
        "study/test_reviews_csv.py::test_any_bytes_are_read_to_the_end",
    ),
    "a program in the place of AnkiConnect": (
        "anki/test_pull.py::test_a_server_that_is_another_is_refused_in_words",
        "anki/test_pull.py::test_an_answer_without_end_is_read_to_a_limit",
    ),
    "commands to GitHub in the words of a problem": (
        "content/lint/test_report.py::test_github_reads_a_command_a_line",
        "content/lint/test_report.py::test_a_file_name_cannot_steer_a_terminal_or_forge_a_line",
    ),
    "a program named in the bank": (
        "test_hostile.py::test_nothing_but_an_editor_and_git_is_started_and_never_by_a_shell",
    ),
    "records of another device that cannot be": (
        "study/test_devices.py::test_a_record_that_cannot_be_is_named_and_harms_nothing",
        "study/test_devices.py::test_a_set_of_parameters_that_cannot_be_is_refused",
        "study/test_devices.py::test_an_answer_that_cannot_be_is_refused",
        "study/test_devices.py::test_a_plan_that_cannot_be_is_refused",
        "study/test_devices.py::test_only_files_of_devices_are_read_and_no_link_is_followed",
    ),
    "bytes in place of a database's pages": (
        "study/test_salvage.py::test_no_bytes_whatever_make_the_page_reader_fail",
        "study/test_salvage.py::test_a_record_that_says_it_is_endless_on_pages_in_a_circle_is_passed_over",
    ),
    "a picture of hostile size or content": (
        "tui/test_pictures.py::test_a_hostile_picture_is_said_in_words",
        "tui/test_pictures.py::test_no_decoder_of_another_kind_is_asked",
        "content/test_pictures.py::test_bytes_that_are_no_sound_picture_are_refused",
    ),
}
"""What is tried, and by which tests."""

CANNOT_BE = {
    "a path in --out, --html, --db and the like": "the learner types it, with the learner's rights;"
    " no file that comes from elsewhere names one, but a database that is gone back to: it brings"
    " the folder that it shared, and restore says so",
    "a file name made of a title": "exports go where the learner says, names of media are sums, and"
    " a new card's file is called by slugs",
    "a filter named by the settings of git in a folder that was handed over whole": "it can: git"
    " has no option against it, and asks only who owns the folder. A clone has no such settings",
}
"""What is not tried: why it cannot happen, or why nothing stands against it."""


STARTING = {
    "cli/begun.py": "subprocess",
    "cli/patch.py": "subprocess",
    "cli/review.py": "subprocess",
    "content/lint/history.py": "subprocess",
    "tui/editor.py": "subprocess",
    "web/process.py": "asyncio.subprocess",
}
"""The modules that start a program: the learner's editor, git, and the app behind a page."""

RUNNING = {
    *("eval", "exec", "compile", "__import__", "system", "popen", "execv", "execve", "execvp"),
    *("spawnl", "spawnv", "startfile", "create_subprocess_shell", "getoutput", "load_extension"),
    *("enable_load_extension", "unsafe_load", "full_load"),
}
"""Functions that run what they are given, by the last part of their names."""


def test_nothing_but_an_editor_and_git_is_started_and_never_by_a_shell() -> None:
    package = Path(flashsafety.__file__).parent
    starting: dict[str, str] = {}
    for file in package.rglob("*.py"):
        name = file.relative_to(package).as_posix()
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import | ast.ImportFrom):
                parts = [alias.name for alias in node.names]
                named = {getattr(node, "module", None) or "", *parts}
                assert not named & {"pickle", "marshal", "shelve", "pty", "ctypes"}, name
                starting.update((name, each) for each in named if each.endswith("subprocess"))
            elif isinstance(node, ast.Call):
                called = ast.unparse(node.func).rpartition(".")
                known = called[0] in ("re", "ast") and called[2] == "compile"
                assert called[2] not in RUNNING or known, f"{name}:{node.lineno}"
                assert "shell" not in {word.arg for word in node.keywords}, f"{name}:{node.lineno}"
    assert starting == STARTING


@pytest.mark.parametrize("what", TRIED)
def test_each_attack_is_tried(what: str) -> None:
    for name in TRIED[what]:
        file, _, wanted = name.partition("::")
        tree = ast.parse((TESTS / file).read_text(encoding="utf-8"))
        assert wanted in {getattr(node, "name", "") for node in tree.body}, name
