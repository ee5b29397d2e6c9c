"""One module for each command: options in, one call out."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from letters.office import Office


@dataclass(frozen=True)
class Session:
    """What the options before a command's name said.

    `practice` is the practice file; None where it is to be found from the current folder upward.
    `register` is the address of the register; None where it lies beside the practice file.
    """

    practice: Path | None = None
    register: str | None = None

    def office(self, near: Path | None = None) -> Office:
        """The practice; `near` is a case file beside or below which to look. Raises as `open_office`."""
        from letters.office import open_office

        return open_office(self.practice, self.register, near)


pass_session = click.make_pass_decorator(Session, ensure=True)
