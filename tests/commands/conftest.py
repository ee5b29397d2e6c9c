"""The program as a person meets it: a workspace to stand in, and commands to type."""

from __future__ import annotations

import io
import os
import shutil
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from letters.cli import main
from tests.support.desk import EXAMPLES, TODAY


@dataclass(frozen=True)
class Told:
    """How a run of the program ended: exit code, standard output as bytes, standard error."""

    code: int
    product: bytes
    err: str

    @property
    def out(self) -> str:
        """Standard output as text, with spaces that may break."""
        return self.product.decode().replace("\xa0", " ")

    @property
    def said(self) -> str:
        """Standard error on one line."""
        return " ".join(self.err.split())


Run = Callable[..., Told]


@pytest.fixture(autouse=True)
def _today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LETTERS_TODAY", TODAY.isoformat())


@pytest.fixture
def letters(capfdbinary: pytest.CaptureFixture[bytes], monkeypatch: pytest.MonkeyPatch) -> Iterator[Run]:
    """Run the program with arguments, and with what it is to read from standard input."""
    before = os.umask(0o022)

    def run(*arguments: object, stdin: bytes = b"") -> Told:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin)))
        capfdbinary.readouterr()
        with pytest.raises(SystemExit) as end:
            main([str(argument) for argument in arguments])
        told = capfdbinary.readouterr()
        assert isinstance(end.value.code, int)
        return Told(end.value.code, told.out, told.err.decode())

    yield run
    os.umask(before)


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Stand in a copy of the example practice."""
    folder = tmp_path / "office"
    shutil.copytree(EXAMPLES / "harbor", folder)
    monkeypatch.chdir(folder)
    return folder
