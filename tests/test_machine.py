from __future__ import annotations

from pathlib import Path

import pytest

from letters import machine
from letters.errors import MachineError
from letters.machine import Part, examine, install_command

SETUP = Path(__file__).parent.parent / "scripts" / "setup.sh"


def missing(*packages: str) -> list[Part]:
    return [Part("x", False, packages={"apt-get": name, "dnf": name, "brew": name}) for name in packages]


@pytest.mark.parametrize(
    ("system", "there", "command"),
    [
        ("linux", {"apt-get"}, "sudo apt-get install a b"),
        ("linux", {"dnf"}, "sudo dnf install a b"),
        ("linux", {"brew"}, "brew install a b"),
        ("darwin", {"apt-get", "brew"}, "brew install a b"),
        ("linux", set(), ""),
    ],
)
def test_one_command_installs_all_missing_packages_once(system: str, there: set[str], command: str) -> None:
    parts = [*missing("a", "b", "a"), Part("y", False)]
    assert install_command(parts, system, lambda name: name if name in there else None) == command


def test_there_is_no_command_where_nothing_is_missing() -> None:
    assert install_command([], "linux", lambda name: name) == ""


def test_the_packages_are_those_of_the_set_up_script() -> None:
    script = SETUP.read_text()
    named = {
        name
        for table in (machine._LIBRARIES, machine._FONTS)
        for packages in table.values()
        for name in packages.values()
    }
    assert len(named) > 8
    assert [name for name in named if name not in script] == []


def test_an_engine_that_does_not_load_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise OSError("a very long message")

    monkeypatch.setattr("letters.typeset.typeset", refuse)
    page = examine()[-1]
    assert not page.is_there
    assert page.found == "the typesetting engine does not load (OSError)"


def test_an_engine_that_explains_itself_is_quoted(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise MachineError("A typeface is missing.", "Install it.")

    monkeypatch.setattr("letters.typeset.typeset", refuse)
    assert examine()[-1].remedy == "A typeface is missing. Install it."
