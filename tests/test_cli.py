"""The door. What only a real process shows runs in one; these are slow, so they are few."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from letters import cli
from letters.cli import COMMANDS, letters, main
from letters.commands import Session, pass_session
from letters.errors import MachineError, UsageError
from letters.version import VERSION

ROOT = Path(__file__).parent.parent


def run(*arguments: str, **options: object) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    defaults: dict[str, object] = {"env": environment, "capture_output": True, "timeout": 60}
    command = [sys.executable, "-m", "letters", *arguments]
    return subprocess.run(command, text=True, **{**defaults, **options})  # type: ignore[call-overload, no-any-return]


@pytest.fixture
def doing(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Callable[[Callable[[], object]], int]:
    """Run the door with a command that does something, and give the exit code."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.setenv("HOME", str(tmp_path))

    def go(action: Callable[[], object]) -> int:
        monkeypatch.setattr(cli._Door, "get_command", lambda *_: click.Command("draft", callback=action))
        with pytest.raises(SystemExit) as end:
            main(["draft"])
        assert isinstance(end.value.code, int)
        return end.value.code

    return go


@pytest.fixture(autouse=True)
def _keep_umask() -> Iterator[None]:
    before = os.umask(0o022)
    yield
    os.umask(before)


def raising(error: BaseException) -> Callable[[], None]:
    def action() -> None:
        raise error

    return action


def logs(folder: Path) -> list[Path]:
    return list((folder / "state" / "letters").glob("*.log"))


def test_help_needs_none_of_the_slow_libraries() -> None:
    told = subprocess.run(
        [sys.executable, "-c", "import sys, letters.cli as c\nsys.argv[1:] = ['--help']\n"
         "try: c.main()\nfinally: print(*sys.modules, file=sys.stderr)"],
        capture_output=True, text=True, cwd=ROOT, check=True,
    )  # fmt: skip
    loaded = {name.partition(".")[0] for name in told.stderr.split()}
    assert "click" in loaded
    assert not loaded & {"weasyprint", "pydantic", "jinja2", "rich", "babel", "yaml", "tinyhtml5", "PIL"}
    listed = [line.split()[0] for line in told.stdout.splitlines() if re.match(r"  \w+  ", line)]
    assert [name for name in listed if name in COMMANDS] == list(COMMANDS)
    assert "letters draft closing-lost-contact" in told.stdout


@pytest.mark.parametrize("name", COMMANDS)
def test_the_help_line_shown_is_the_commands_own_and_every_option_is_explained(name: str) -> None:
    command = import_module(f"letters.commands.{name}").command
    assert command.get_short_help_str(limit=200) == COMMANDS[name]
    assert command.help
    options = [parameter for parameter in command.params if isinstance(parameter, click.Option)]
    assert [option.name for option in options if not option.help] == []


def test_every_command_written_is_in_the_table() -> None:
    paths = (ROOT / "letters" / "commands").glob("*.py")
    written = {path.stem for path in paths if "\ndef command(" in path.read_text()}
    assert len(written) > 2
    assert written <= set(COMMANDS)


def test_the_version_is_the_projects() -> None:
    assert f'version = "{VERSION}"' in (ROOT / "pyproject.toml").read_text()
    assert CliRunner().invoke(letters, ["--version"]).output == f"letters {VERSION}\n"


def test_the_practice_option_reaches_the_command(monkeypatch: pytest.MonkeyPatch) -> None:
    got: list[Session] = []
    command = click.Command("draft", callback=pass_session(got.append))
    monkeypatch.setattr(cli._Door, "get_command", lambda *_: command)
    CliRunner().invoke(letters, ["--practice", "office/practice.yaml", "draft"])
    CliRunner().invoke(letters, ["draft"])
    assert got == [Session(Path("office/practice.yaml")), Session(None)]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["darft"], "There is no command 'darft'.\n help: Did you mean draft?"),
        (["zzzzzz"], "There is no command 'zzzzzz'.\n help: letters --help shows"),
        (
            ["referral", "check", "case.yaml"],
            "The command comes first, and 'referral' is none.\n help: Write: letters check referral …\n",
        ),
        (["--nonsense"], "There is no option --nonsense for letters.\n help: letters --help shows"),
        (["rules", "--jsn"], "There is no option --jsn for letters rules.\n help: Did you mean --json?\n"),
        (["kinds", "a", "b"], "Got unexpected extra argument (b).\n help: letters kinds --help shows"),
    ],
)
def test_wrong_usage_is_explained_with_exit_code_2(
    arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as end:
        main(arguments)
    told = capsys.readouterr()
    assert end.value.code == 2
    assert told.err.startswith("error: ")
    assert said in told.err
    assert told.out == ""


@pytest.mark.parametrize(
    ("error", "code", "said"),
    [
        (
            UsageError("No such kind.", "See letters kinds."),
            2,
            "error: No such kind.\n help: See letters kinds.\n",
        ),
        (MachineError("The disk is full."), 4, "error: The disk is full.\n"),
        (click.Abort(), 130, "error: Interrupted.\n"),
        (SystemExit("All is lost."), 3, "error: All is lost.\n"),
        (KeyboardInterrupt(), 130, "error: Interrupted.\n"),
        (BrokenPipeError(), 141, ""),
        (MemoryError(), 4, "error: This machine ran out of memory.\n help: Close other programs first.\n"),
        (
            PermissionError(13, "Permission denied", "office/\x1bcase.yaml"),
            4,
            "error: You have no right to use office/<U+001B>case.yaml.\n"
            " help: Ask its owner for the right, or choose another place.\n",
        ),
        (
            PermissionError(1, "secret"),
            4,
            "error: You have no right to use a file or folder of this command.\n",
        ),
        (
            OSError(28, "No space left", "secret"),
            4,
            "error: The output cannot be written: the disk is full.\n",
        ),
    ],
)
def test_every_ending_has_its_exit_code_and_words(
    doing: Callable[[Callable[[], object]], int],
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
    error: BaseException,
    code: int,
    said: str,
) -> None:
    assert doing(raising(error)) == code
    told = capsys.readouterr().err
    assert told.lstrip("\n").startswith(said)
    assert "secret" not in told
    assert logs(tmp_path) == []


@pytest.mark.parametrize(("result", "code"), [(None, 0), (0, 0), (1, 1)])
def test_a_command_may_return_its_exit_code(
    doing: Callable[[Callable[[], object]], int], result: int | None, code: int
) -> None:
    assert doing(lambda: result) == code


@pytest.mark.parametrize("end", [lambda: sys.exit(1), lambda: click.get_current_context().exit(1)])
def test_a_command_may_exit_by_itself(
    doing: Callable[[Callable[[], object]], int], end: Callable[[], object]
) -> None:
    assert doing(end) == 1


def deep() -> None:
    deep()


class Strange(BaseException):
    """As some libraries raise."""


@pytest.mark.parametrize(
    "action",
    [
        raising(ValueError("SECRET name")),
        raising(Strange("SECRET")),
        raising(EOFError("SECRET")),
        raising(ConnectionError(104, "SECRET", "SECRET")),
        raising(ExceptionGroup("SECRET", [KeyError("SECRET")])),
        deep,
    ],
)
def test_a_fault_of_ours_is_logged_without_anything_from_the_files(
    doing: Callable[[Callable[[], object]], int],
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
    action: Callable[[], object],
) -> None:
    assert doing(action) == 3
    told = capsys.readouterr().err
    (log,) = logs(tmp_path)
    assert "This is a fault in letters, not in your file" in told
    assert str(log) in told
    assert log.stat().st_mode & 0o777 == 0o600
    written = log.read_text()
    assert "SECRET" not in told + written
    assert f"letters {VERSION}" in written
    assert "command: draft" in written
    assert "letters/cli.py:" in written
    assert str(ROOT) not in written
    assert len(written.splitlines()) < 150


def test_a_log_tells_where_an_error_came_from_and_what_caused_it(
    doing: Callable[[Callable[[], object]], int], tmp_path: Path
) -> None:
    def action() -> None:
        try:
            int("SECRET")
        except ValueError as error:
            raise LookupError("SECRET") from error

    assert doing(action) == 3
    written = logs(tmp_path)[0].read_text()
    assert written.index("builtins.LookupError") < written.index("builtins.ValueError")
    assert "in action" in written
    assert "click/core.py:" in written


def test_where_no_log_can_be_written_that_is_said(
    doing: Callable[[Callable[[], object]], int],
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    blocked = tmp_path / "a file"
    blocked.write_text("")
    monkeypatch.setattr("tempfile.tempdir", str(blocked))

    def action() -> None:
        os.environ["XDG_STATE_HOME"] = str(blocked)
        raise ValueError("SECRET")

    assert doing(action) == 3
    told = capsys.readouterr().err
    assert "none could be written" in told
    assert "(ValueError)" in told


def test_a_fault_in_telling_of_a_fault_shows_no_traceback(
    doing: Callable[[Callable[[], object]], int],
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def broken(*_: object) -> None:
        raise LookupError("SECRET")

    monkeypatch.setattr("letters.faults.record", broken)
    assert doing(raising(ValueError("SECRET"))) == 3
    told = capsys.readouterr()
    assert told.err == "error: This is a fault in letters, and a second one kept it from saying which.\n"
    assert told.out == ""


def test_what_a_command_makes_is_private(
    doing: Callable[[Callable[[], object]], int], tmp_path: Path
) -> None:
    assert doing(lambda: (tmp_path / "one").write_text("x") and None) == 0
    assert (tmp_path / "one").stat().st_mode & 0o777 == 0o600


def test_full_and_closed_outputs_are_the_machines_trouble() -> None:
    with Path("/dev/full").open("w") as full:
        told = run("--help", stdout=full, stderr=subprocess.PIPE, capture_output=False)
    assert (told.returncode, told.stderr.splitlines()[0]) == (
        4, "error: The output cannot be written: the disk is full."
    )  # fmt: skip
    shell = ["sh", "-c", 'exec "$0" -m letters --help >&-', sys.executable]
    told = subprocess.run(shell, cwd=ROOT, capture_output=True, text=True, check=False)
    assert (told.returncode, told.stderr.splitlines()[0]) == (
        4, "error: The output cannot be written: the standard output is closed."
    )  # fmt: skip


def test_a_reader_who_leaves_ends_the_program_quietly() -> None:
    reading, writing = os.pipe()
    os.close(reading)
    with os.fdopen(writing, "w") as pipe:
        told = run("--help", stdout=pipe, stderr=subprocess.PIPE, capture_output=False)
    assert (told.returncode, told.stderr) == (141, "")


def test_errors_go_to_stderr_even_where_nothing_can_show_them() -> None:
    shell = ["sh", "-c", 'exec "$0" -m letters darft 2>&-', sys.executable]
    told = subprocess.run(shell, cwd=ROOT, capture_output=True, check=False)
    assert (told.returncode, told.stdout) == (2, b"")


def test_a_terminal_without_unicode_still_gets_everything() -> None:
    environment = {**os.environ, "PYTHONIOENCODING": "ascii", "PYTHONPATH": str(ROOT)}
    told = run("dräft", env=environment)
    assert told.returncode == 2
    assert "There is no command 'dr\\xe4ft'." in told.stderr


def test_a_shell_can_complete_commands_without_loading_them() -> None:
    environment = {
        **os.environ, "PYTHONPATH": str(ROOT), "_LETTERS_COMPLETE": "fish_complete",
        "COMP_WORDS": "letters ", "COMP_CWORD": "d",
    }  # fmt: skip
    code = "import sys, letters.cli as c\ntry: c.main([])\n"
    code += "finally: print('letters.commands.doctor' in sys.modules, file=sys.stderr)"
    told = subprocess.run(
        [sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=False
    )
    assert "draft" in told.stdout
    assert COMMANDS["draft"] in told.stdout
    assert told.stderr == "False\n"


def test_without_a_command_the_help_is_shown(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as end:
        main([])
    assert end.value.code == 0
    assert capsys.readouterr().out.startswith("Usage: letters")
