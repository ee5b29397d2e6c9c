"""Where the program begins: nothing worse than a sentence, from the first instant on."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from letters.__main__ import main
from letters.version import VERSION

ROOT = Path(__file__).parents[1]
INTERRUPTED = """
import importlib.abc, runpy, sys
class Interrupting(importlib.abc.MetaPathFinder):
    def find_spec(self, name, path, target=None):
        if name == {at!r}:
            raise KeyboardInterrupt
sys.meta_path.insert(0, Interrupting())
{begin}
"""


@pytest.mark.parametrize("at", ["click", "letters.cli", "letters.errors", "letters.terminal"])
@pytest.mark.parametrize(
    "start",
    ["from letters.__main__ import main; main()", "runpy.run_module('letters', run_name='__main__')"],
    ids=["script", "module"],
)
def test_an_interruption_while_the_program_is_loaded_is_a_quiet_one(at: str, start: str) -> None:
    code = INTERRUPTED.format(at=at, begin=f"sys.argv[1:] = ['darft']\n{start}")
    told = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)
    assert (told.returncode, told.stdout, told.stderr) == (130, "", "error: Interrupted.\n")


def test_the_script_begins_where_the_module_does(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["letters", "--version"])
    with pytest.raises(SystemExit) as end:
        main()
    assert (end.value.code, capsys.readouterr().out) == (0, f"letters {VERSION}\n")
