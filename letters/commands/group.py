"""A command with commands of its own, each loaded only when it is used."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from typing import Any

import click

from letters.errors import UsageError
from letters.spelling import did_you_mean


class Group(click.Group):
    """Commands in the modules of a package; `commands` has a help line for each, in the order to show."""

    def __init__(self, *args: Any, package: str, lines: Mapping[str, str], **options: Any) -> None:
        super().__init__(*args, **options)
        self._package = package
        self._lines = lines

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        return list(self._lines)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        if cmd_name not in self._lines:
            return None
        # Python has a word `import` of its own.
        module = "importing" if cmd_name == "import" else cmd_name
        command = import_module(f"{self._package}.{module}").command
        assert isinstance(command, click.Command)  # noqa: S101 - tells mypy
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args[0] not in self._lines and not args[0].startswith("-"):
            raise UsageError(
                f"There is no command `{self.name} {args[0]}`.",
                did_you_mean(args[0], self._lines, f"letters {self.name} --help shows what there is."),
            )
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        with formatter.section("Commands"):
            formatter.write_dl(list(self._lines.items()))
