"""Settings: where they come from, what is refused, and a file that keeps its comments."""

from pathlib import Path

import platformdirs
import pytest

from flashsafety.config import Settings, describe, find_paths, load_settings, save_setting
from flashsafety.errors import UsageError
from tests.libraries import paths_in


def test_the_folders_are_those_of_platformdirs() -> None:
    import os

    paths = find_paths(os.environ)
    assert paths.data == platformdirs.user_data_dir("flashsafety", appauthor=False)
    assert Path(paths.config).parent == platformdirs.user_config_path("flashsafety", False)
    assert Path(paths.log).parent == platformdirs.user_state_path("flashsafety", False)
    assert not Path(paths.data).exists(), "asking for a path never creates it"


def test_a_setting_comes_from_the_environment_then_the_file_then_the_default(
    tmp_path: Path,
) -> None:
    paths = paths_in(tmp_path)
    Path(paths.config).write_text('new_limit = 7\nday_start = "05:30"\nlearning_steps = "2m 1h"\n')
    settings = load_settings(paths, {"FLASHSAFETY_NEW_LIMIT": "3"})
    assert settings.new_limit == 3
    assert settings.day_start == 5 * 3600 + 1800
    assert settings.learning_steps == (120, 3600)
    assert settings.review_limit == Settings().review_limit
    origins = {d.key: d.origin for d in describe(paths, {"FLASHSAFETY_NEW_LIMIT": "3"})}
    assert origins["new_limit"] == "environment"
    assert origins["day_start"] == "file"
    assert origins["theme"] == "default"


def test_saving_a_setting_keeps_the_comments_of_the_file(tmp_path: Path) -> None:
    paths = paths_in(tmp_path)
    Path(paths.config).write_text("# mine\nnew_limit = 7 # few\n")
    save_setting(paths, "desired_retention", "0.85")
    save_setting(paths, "new_limit", "12")
    text = Path(paths.config).read_text()
    assert "# mine" in text and "# few" in text
    settings = load_settings(paths, {})
    assert (settings.new_limit, settings.desired_retention) == (12, 0.85)


@pytest.mark.parametrize(
    ("key", "value", "words"),
    [
        ("new_limti", "3", 'did you mean "new_limit"'),
        ("new_limit", "many", "whole number from 0"),
        ("desired_retention", "0.2", "from 0.7 to 0.99"),
        ("day_start", "25:00", "write it as 04:00"),
        ("learning_steps", "1x", "write it as 30s, 10m, 2h or 1d"),
        ("zone", "Mars/Olympus", "no time zone"),
        ("leech_action", "burn", "mark or suspend"),
    ],
)
def test_a_bad_setting_is_refused_in_words_and_nothing_is_written(
    tmp_path: Path, key: str, value: str, words: str
) -> None:
    paths = paths_in(tmp_path)
    with pytest.raises(UsageError) as caught:
        save_setting(paths, key, value)
    assert words in str(caught.value)
    assert not Path(paths.config).exists()
    Path(paths.config).write_text(f'{key} = "{value}"\n')
    with pytest.raises(UsageError, match=r"config\.toml"):
        load_settings(paths, {})
