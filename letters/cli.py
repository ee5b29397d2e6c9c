"""The door: what commands there are, and what every one of them shares."""

from __future__ import annotations

import atexit
import contextlib
import errno
import gc
import os
import sys
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

import click

from letters.commands import Session
from letters.commands.usage import explained
from letters.errors import LettersError, MachineError, UsageError
from letters.excerpt import visible
from letters.findings import FoundError
from letters.spelling import did_you_mean
from letters.streams import close_output, open_streams
from letters.version import VERSION

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

# The help lines stand here so that showing them needs none of the commands' modules.
GROUPS = {
    "Begin": {
        "new": "Make a workspace to start from.",
        "kinds": "List the kinds of letter, or explain one.",
    },
    "Write": {
        "check": "Say what is wrong, and make nothing.",
        "draft": "Make a draft, marked as one.",
        "preview": "Read, mend and approve drafts in the browser.",
        "approve": "Approve a letter before it is issued.",
        "issue": "Make the letter itself, once.",
        "batch": "Write to a whole caseload.",
        "columns": "Make the table to fill in for a kind of letter.",
    },
    "Cases and what was done": {
        "case": "Enter, list, end and restart cases; log contacts.",
        "review": "List the silent cases, and the step that is due.",
        "task": "List what is to do, and enter what is done.",
        "log": "Say what became of the letters, and prove it.",
        "register": "Copy, move and clear the register.",
    },
    "Look up and adapt": {
        "rules": "List the checks, or explain one.",
        "schema": "Print the JSON Schema of a file you write.",
        "eject": "Copy a kind of letter to change it.",
    },
    "This machine": {
        "doctor": "Say what this machine lacks.",
        "completion": "Print the completion script for a shell.",
    },
}
COMMANDS = {name: text for group in GROUPS.values() for name, text in group.items()}

# Reading is done where its failures can be explained; these come up only in writing a product.
_OUTPUT_TROUBLE = {
    errno.ENOSPC: "the disk is full",
    errno.EDQUOT: "your share of the disk is used up",
    errno.EFBIG: "it is larger than this disk allows",
    errno.EIO: "the disk or the terminal does not take it",
    errno.EBADF: "the standard output is closed",
}

_LAST_WORDS = "error: This is a fault in letters, and a second one kept it from saying which.\n"

_FIRST_USE = """\b
For a first letter:
  letters new office
  cd office
  letters draft closing-lost-contact cases/C-1001.yaml -o draft.pdf"""


class _Door(click.Group):
    """A group whose commands are loaded only when one is used."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        if cmd_name not in COMMANDS:
            return None
        command = import_module(f"letters.commands.{cmd_name}").command
        assert isinstance(command, click.Command)  # noqa: S101 - tells mypy
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args[0] not in COMMANDS and not args[0].startswith("-"):
            raise _unknown(args)
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        width = max(map(len, COMMANDS))
        for title, commands in GROUPS.items():
            with formatter.section(title):
                formatter.write_dl([(name.ljust(width), text) for name, text in commands.items()])

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        from click.shell_completion import CompletionItem

        commands = [
            CompletionItem(name, help=text) for name, text in COMMANDS.items() if name.startswith(incomplete)
        ]
        return commands + click.Command.shell_complete(self, ctx, incomplete)


def _unknown(words: Sequence[str]) -> UsageError:
    first, *others = words
    command = next((word for word in others[:1] if word in COMMANDS), None)
    if command:
        return UsageError(
            f"The command comes first, and {first!r} is none.", f"Write: letters {command} {first} …"
        )
    return UsageError(
        f"There is no command {first!r}.",
        did_you_mean(first, COMMANDS, "letters --help shows what there is."),
    )


@click.group(
    cls=_Door,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    subcommand_metavar="COMMAND …",
    epilog=_FIRST_USE,
)
@click.option(
    "--practice",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="The practice file. By default practice.yaml beside the case or above it, then here.",
)
@click.option(
    "--register",
    metavar="ADDRESS",
    help="Where the register is: a file, or postgresql://SERVER/DATABASE. By default register.sqlite "
    "beside the practice file.",
)
@click.version_option(VERSION, prog_name="letters", message="%(prog)s %(version)s", help="Show the version.")
@click.pass_context
def letters(ctx: click.Context, practice: Path | None, register: str | None) -> None:
    """Write the letters that end or hand over a professional relationship,
    and check each one before it leaves.
    """
    ctx.obj = Session(practice, register)


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the program and end it with an exit code."""
    # Letters are for their owner's eyes: whatever a command makes is private from the start.
    os.umask(0o077)
    # A run makes much that stays and little that goes, and looking for garbage all the time takes a while.
    gc.set_threshold(50_000, 20, 100)
    # What is left at the end goes with the process; going through it one by one takes as long as a letter.
    atexit.register(gc.freeze)
    open_streams()
    words = sys.argv[1:] if arguments is None else list(arguments)
    try:
        code = _run(words)
    # Some libraries stop with exceptions that are none of Exception's.
    except BaseException as error:
        code = _stop(error, command=next((word for word in words if word in COMMANDS), ""))
    close_output()
    sys.exit(code)


def _run(arguments: list[str]) -> int:
    # Click's own `main` does the same, and ends with 1 when the reader of the output leaves.
    completing = os.environ.get("_LETTERS_COMPLETE")
    if completing:
        from click.shell_completion import shell_complete

        return shell_complete(letters, {}, "letters", "_LETTERS_COMPLETE", completing)
    result = _invoke(arguments or ["--help"])
    sys.stdout.flush()
    return result if isinstance(result, int) else 0


def _invoke(arguments: list[str]) -> object:
    try:
        with letters.make_context("letters", arguments) as context:
            return letters.invoke(context)
    except click.exceptions.Exit as end:
        return end.exit_code
    except SystemExit as end:
        if isinstance(end.code, str):
            raise LettersError(end.code) from end
        return end.code


def _stop(error: BaseException, command: str) -> int:
    """Say on stderr why the program stops, and return its exit code."""
    try:
        from letters.terminal import show_error, show_findings

        if isinstance(error, FoundError):
            show_findings(error.findings)
            return error.exit_code

        code, message, remedy = _verdict(error, command)
        with contextlib.suppress(OSError):  # there is nowhere left to say it
            show_error(message, remedy)
    except Exception:  # a traceback could show what stands in somebody's file
        with contextlib.suppress(OSError, ValueError):
            sys.stderr.write(_LAST_WORDS)
        return LettersError.exit_code
    return code


def _verdict(error: BaseException, command: str) -> tuple[int, str, str]:
    match error:
        case LettersError():
            return error.exit_code, error.message, error.remedy
        case click.exceptions.NoArgsIsHelpError():
            error.show()
            return UsageError.exit_code, "", ""
        case click.ClickException():
            return UsageError.exit_code, *explained(error)
        case KeyboardInterrupt() | click.Abort():
            return 130, "Interrupted.", ""
        case BrokenPipeError():
            # Whoever was reading has seen enough. The code is the one the system gives then.
            return 141, "", ""
        case MemoryError():
            return MachineError.exit_code, "This machine ran out of memory.", "Close other programs first."
        case OSError() if error.errno == errno.ENAMETOOLONG:
            return UsageError.exit_code, "The name of a file or folder is too long.", "Give it a shorter one."
        case PermissionError():
            return MachineError.exit_code, *_no_right(error)
        case OSError() if error.errno in _OUTPUT_TROUBLE:
            message = f"The output cannot be written: {_OUTPUT_TROUBLE[error.errno]}."
            return MachineError.exit_code, message, "Send it somewhere else."
    return LettersError.exit_code, *_fault(error, command)


def _no_right(error: PermissionError) -> tuple[str, str]:
    path = error.filename
    what = visible(os.fsdecode(path)) if isinstance(path, str | bytes) else "a file or folder of this command"
    return f"You have no right to use {what}.", "Ask its owner for the right, or choose another place."


def _fault(error: BaseException, command: str) -> tuple[str, str]:
    from letters.faults import record

    message = f"This is a fault in letters, not in your file ({type(error).__name__})."
    log = record(error, command)
    if log is None:
        return message, "Please report it. There is no log of it, because none could be written."
    return message, f"Please report it together with {log}, which holds nothing from your files."
