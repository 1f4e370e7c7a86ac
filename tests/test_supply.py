"""What comes along when the program is installed: its licences, and which versions may."""

import json
import re
import tomllib
from collections.abc import Iterator
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path

from packaging.requirements import Requirement

EXTRAS = ("items", "optimize", "serve")
"""Those that the development set brings, but for the pictures, of which is more to say."""

SILENT = {"fsrs-rs-python"}
"""Packages that say nothing of their licence. What is in this one says it, crate by crate: it binds
the crate fsrs, BSD-3-Clause, and is asked for by nobody but who wants ``optimize``."""

FREE = re.compile(r"MIT|BSD|Apache|PSF|Python Software Foundation|ISC", re.IGNORECASE)
"""Licences that ask of a user no more than to keep the notice."""


def installed(name: str, extras: tuple[str, ...], seen: dict[str, Distribution]) -> None:
    """Gather a distribution and all that it needs here."""
    found = distribution(name)
    if found.name.lower() in seen and not extras:
        return
    seen[found.name.lower()] = found
    for needed in map(Requirement, found.requires or []):
        wanted = [{"extra": extra} for extra in extras or ("",)]
        if needed.marker is None or any(needed.marker.evaluate(each) for each in wanted):
            installed(needed.name, tuple(needed.extras), seen)


def licence_of(found: Distribution) -> str:
    """What a distribution says of its licence."""
    classifiers = found.metadata.get_all("Classifier") or []
    lines = [line for line in classifiers if line.startswith("License")]
    return " ".join(
        (
            *(found.metadata.get_all("License-Expression") or ()),
            *(said[:60] for said in found.metadata.get_all("License") or ()),
            *lines,
        )
    )


def declared() -> Iterator[Requirement]:
    """Every requirement of the program and of its extras but the development set."""
    project = tomllib.loads(Path("pyproject.toml").read_text(encoding="utf-8"))["project"]
    yield from map(Requirement, project["dependencies"])
    for extra, needed in project["optional-dependencies"].items():
        if extra != "dev":
            yield from map(Requirement, needed)


def test_all_that_is_installed_is_freely_licensed() -> None:
    seen: dict[str, Distribution] = {}
    installed("flashsafety", EXTRAS, seen)
    del seen["flashsafety"]
    assert len(seen) > 15
    strict = {name: licence_of(found) for name, found in seen.items()}
    assert {name for name, said in strict.items() if not FREE.search(said)} == SILENT
    assert not any("GPL" in said for said in strict.values())


def test_what_draws_pictures_asks_more_and_nobody_has_to_install_it() -> None:
    seen: dict[str, Distribution] = {}
    installed("flashsafety", ("images",), seen)
    more = {name for name, found in seen.items() if not FREE.search(licence_of(found))}
    assert more == {"textual-image"}
    assert "Lesser General Public License" in licence_of(seen["textual-image"])


def test_what_is_in_a_silent_package_is_freely_licensed() -> None:
    """By the list of crates that comes with it; one of them may be had under the MPL."""
    for name in SILENT:
        [bill] = [each for each in distribution(name).files or () if each.suffix == ".json"]
        crates = json.loads(bill.read_text(encoding="utf-8"))["components"]
        said = {
            crate["name"]: " ".join(each["expression"] for each in crate["licenses"])
            for crate in crates
        }
        assert len(said) > 30
        assert {crate for crate, licence in said.items() if not FREE.search(licence)} == {
            "priority-queue"
        }
        assert "MPL-2.0" in said["priority-queue"]


def test_every_requirement_has_a_lowest_and_a_highest_version() -> None:
    for needed in declared():
        operators = {each.operator for each in needed.specifier}
        assert operators in ({">=", "<"}, {"=="}), f"{needed}: give it >= and <"


def test_a_licence_that_asks_more_would_be_found() -> None:
    try:
        found = distribution("anki")
    except PackageNotFoundError:
        return
    assert not FREE.search(licence_of(found))


def test_the_audit_asks_about_every_extra_but_the_one_that_is_too_large() -> None:
    project = tomllib.loads(Path("pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = ",".join(sorted(project["optional-dependencies"].keys() - {"dev", "spark"}))
    assert f"'.[{extras}]'" in Path(".ci/audit").read_text(encoding="utf-8")
