"""One module for each command: options in, one call out."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import click


@dataclass(frozen=True)
class Session:
    """What the options before a command's name said.

    `practice` is the practice file; None where it is to be found from the current folder upward.
    """

    practice: Path | None = None


pass_session = click.make_pass_decorator(Session, ensure=True)
