from __future__ import annotations

import shutil
import subprocess

import pytest
from click.testing import CliRunner

from letters.cli import letters


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_the_script_goes_to_stdout_and_the_hint_to_stderr(shell: str) -> None:
    result = CliRunner().invoke(letters, ["completion", shell])
    assert result.exit_code == 0
    assert f"_LETTERS_COMPLETE={shell}_complete" in result.stdout
    assert f"letters completion {shell} >" in result.stderr
    if shutil.which(shell):
        subprocess.run([shell, "-n"], input=result.stdout, text=True, check=True)


def test_an_unknown_shell_is_wrong_usage() -> None:
    result = CliRunner().invoke(letters, ["completion", "tcsh"])
    assert result.exit_code == 2
    assert "bash" in result.stderr
