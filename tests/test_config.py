"""Where files are."""

import os
from pathlib import Path

import platformdirs

from flashsafety.config import find_paths


def test_the_folders_are_those_of_platformdirs() -> None:
    paths = find_paths(os.environ)
    assert paths.data == platformdirs.user_data_dir("flashsafety", appauthor=False)
    assert Path(paths.config).parent == platformdirs.user_config_path("flashsafety", False)
    assert Path(paths.log).parent == platformdirs.user_state_path("flashsafety", False)
    assert not Path(paths.data).exists(), "asking for a path never creates it"
