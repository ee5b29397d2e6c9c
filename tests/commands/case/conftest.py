"""Cases in a register, and somebody who types at a terminal."""

from __future__ import annotations

import io
import json
import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from letters.cli import main
from tests.commands.conftest import Run, Told

Enter = Callable[..., None]


class _Keyboard(io.BytesIO):
    def isatty(self) -> bool:
        return True


@pytest.fixture(params=["sqlite", "postgresql"])
def anywhere(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """A register on each sort of database."""
    if request.param == "postgresql":
        monkeypatch.setenv("LETTERS_REGISTER", request.getfixturevalue("postgres_url"))
    return str(request.param)


@pytest.fixture
def enter(letters: Run, office: Path) -> Enter:
    """Enter an example's case, with some values of it changed; None takes one out."""

    def run(number: str = "C-1001", **changes: Any) -> None:
        data: dict[str, Any] = yaml.load((office / "cases" / f"{number}.yaml").read_text(), yaml.BaseLoader)  # noqa: S506
        data = {name: value for name, value in {**data, **changes}.items() if value is not None}
        file = office / f"{data['case']}.json"
        file.write_text(json.dumps(data, ensure_ascii=False))
        told = letters("case", "import", file, "--yes", "--by", "sam-rivera")
        assert told.code == 0, told.err

    return run


@pytest.fixture
def typing(
    capfdbinary: pytest.CaptureFixture[bytes], monkeypatch: pytest.MonkeyPatch
) -> Iterator[Callable[..., Told]]:
    """Run the program at a terminal, with the lines that somebody types."""
    before = os.umask(0o022)

    def run(*arguments: object, typed: str = "") -> Told:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(_Keyboard(typed.encode())))
        capfdbinary.readouterr()
        with pytest.raises(SystemExit) as end:
            main([str(argument) for argument in arguments])
        told = capfdbinary.readouterr()
        assert isinstance(end.value.code, int)
        return Told(end.value.code, told.out, told.err.decode())

    yield run
    os.umask(before)
