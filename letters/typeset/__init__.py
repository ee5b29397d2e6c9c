"""Set a letter: HTML in, an archival and accessible PDF out.

The engine is imported only when a letter is set, because that takes a quarter of a second.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from letters.errors import MachineError
from letters.findings import Finding
from letters.typeset import rules as rules
from letters.typeset.loading import libraries_by_name

Typeface = Literal["sans", "serif"]


@dataclass(frozen=True)
class Layout:
    """How a letter is to look. `language` is a language tag, as in `en` or `zh-Hant`."""

    paper: str
    envelope: str
    typeface: Typeface
    language: str
    draft: bool
    large_print: bool = False


@dataclass(frozen=True)
class Typeset:
    """A letter that was set: its PDF, empty where none could be made, and what was wrong."""

    pdf: bytes
    findings: list[Finding]
    pages: int = 0


def typeset(
    html: str,
    layout: Layout,
    assets: Mapping[str, bytes],
    *,
    created: date,
    seconds: float = 20,
) -> Typeset:
    """Set a letter as PDF/A-2a and PDF/UA-1, with the same bytes for the same input.

    `assets` are the pictures the page may show, by the name after `asset:`. The letter is given up
    after so many `seconds`; outside the main thread, where no timer can interrupt, it is not.
    Raises UsageError where the paper does not fit the envelope.
    """
    load()
    from letters.typeset.press import press

    return press(html, layout, assets, created, seconds)


def load() -> None:
    """Load the engine, which takes longer than setting a letter.

    Raises MachineError where a library of the system is missing.
    """
    with libraries_by_name():
        try:
            import letters.typeset.press  # noqa: F401
        except OSError as error:
            message = f"The engine that sets letters cannot be loaded: {error}."
            raise MachineError(message, "`letters doctor` says what this machine lacks.") from error


def styled(html: str, layout: Layout, assets: Mapping[str, bytes] | None = None) -> str:
    """Return the letter as one self-contained page for a browser: no script, nothing fetched."""
    from letters.typeset.screen import page_for_browser

    return page_for_browser(html, layout, assets or {})
