"""What somebody could do to a learner by a file or an address, and what holds against each of it.

Each line names the tests that try it, or says why it cannot happen. The campaign that looks for
what nobody thought of is ``python -m tests.fuzz``.
"""

import ast
from pathlib import Path

import pytest

TESTS = Path(__file__).parent

TRIED = {
    "terminal escapes in a card": (
        "content/test_visible.py::test_no_control_character_survives_any_text",
        "tui/test_hostile.py::test_every_card_of_a_hostile_bank_is_shown_answered_and_rated",
        "cli/test_plain.py::test_no_control_code_is_printed",
    ),
    "markup of the terminal app in a card, a title, a search": (
        "tui/test_hostile.py::test_windows_and_palette_show_hostile_text_as_it_is",
        "tui/test_home.py::test_hostile_titles_are_shown_as_they_are_and_cut",
        "tui/test_browse_hostile.py::test_searches_of_hostile_text_are_answered_or_refused",
    ),
    "characters that turn the direction of reading": (
        "content/test_visible.py::test_no_control_character_survives_any_text",
        "cli/test_stats.py::test_the_page_holds_no_script_and_nothing_from_elsewhere",
    ),
    "paths that lead out, in the names of an Anki package": (
        "anki/test_hostile.py::test_names_of_members_lead_nowhere",
    ),
    "paths that lead out, of pictures": (
        "content/test_pictures.py::test_a_path_that_no_picture_may_have_is_refused",
        "tui/test_pictures.py::test_a_path_that_leads_out_is_never_opened",
        "anki/test_pictures.py::test_nothing_is_taken_from_outside_the_bank",
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
    ),
    "zip and zstd bombs, and lies about sizes": (
        "anki/test_hostile.py::test_a_bomb_is_left_unexploded",
        "anki/test_hostile.py::test_a_lie_about_the_size_does_not_help",
    ),
    "views, triggers, computed columns, blobs and huge numbers in a collection": (
        "anki/test_hostile.py::test_what_only_looks_like_a_collection_is_refused",
        "anki/test_hostile.py::test_odd_rows_are_left_out_and_counted",
        "anki/test_hostile.py::test_what_is_odd_but_harmless_is_read",
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
    ),
    "marks that Anki acts on, and maths that does more than show": (
        "anki/test_inert.py::test_no_mark_of_ankis_is_left_in_any_field",
        "anki/test_inert.py::test_nor_does_a_gap_or_its_hint_become_one",
        "anki/test_inert.py::test_maths_that_would_do_more_is_shown_as_it_was_written",
    ),
    "a repository of git's among the files of a bank": (
        "content/test_git.py::test_no_program_that_a_clone_names_is_run",
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
    ),
    "HTML and script in a deck": (
        "anki/test_rendering.py::test_the_markup_of_any_text_is_sound",
        "anki/test_look.py::test_a_template_needs_no_file_and_no_script",
    ),
    "HTML and script in the page of statistics": (
        "cli/test_stats.py::test_the_page_holds_no_script_and_nothing_from_elsewhere",
    ),
    "links that are no web addresses: javascript:, data:, file:": (
        "content/test_load.py::test_an_address_that_is_not_of_the_web_is_refused",
        "tui/test_study.py::test_only_web_addresses_are_opened",
        "web/test_server.py::test_only_web_addresses_are_opened_and_nothing_is_downloaded",
    ),
    "an editor with blanks, quotes, a shell's signs, or none": (
        "study/test_editing.py::test_the_editor_opens_the_file_at_the_line",
        "study/test_editing.py::test_a_quotation_mark_that_is_never_closed_is_named",
        "study/test_editing.py::test_a_file_name_is_one_word_whatever_is_in_it",
    ),
    "the page of serve from another origin or host, or without its token": (
        "web/test_refusals.py::test_another_origin_is_refused",
        "web/test_refusals.py::test_another_host_is_refused",
        "web/test_refusals.py::test_without_the_token_everything_is_refused",
        "web/test_refusals.py::test_no_other_file_is_within_reach",
    ),
    "records of another device that cannot be": (
        "study/test_devices.py::test_a_record_that_cannot_be_is_named_and_harms_nothing",
    ),
    "bytes in place of a database's pages": (
        "study/test_salvage.py::test_no_bytes_whatever_make_the_page_reader_fail",
    ),
    "a picture of hostile size or content": (
        "tui/test_pictures.py::test_a_hostile_picture_is_said_in_words",
    ),
}
"""What is tried, and by which tests."""

CANNOT_BE = {
    "ids that look alike": "an id is made of a-z, 0-9 and hyphens (SLUG in content/fields.py)",
    "a path in --out, --html, --db and the like": "the learner types it, with the learner's rights;"
    " no file that comes from elsewhere names one",
    "a file name made of a title": "exports go where the learner says, and names of media are sums",
    "a program named in the bank": "nothing in a card is run; the editor comes from the learner",
}
"""What is not tried, and why it cannot happen."""


@pytest.mark.parametrize("what", TRIED)
def test_each_attack_is_tried(what: str) -> None:
    for name in TRIED[what]:
        file, _, wanted = name.partition("::")
        tree = ast.parse((TESTS / file).read_text(encoding="utf-8"))
        assert wanted in {getattr(node, "name", "") for node in tree.body}, name
