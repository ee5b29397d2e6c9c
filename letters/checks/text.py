"""What a letter says, taken apart once for all checks that read it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from letters import markup


@dataclass(frozen=True)
class Text:
    """Subject, sections in order, gaps, and everything the letter says, seen or not.

    `around` are the lines of the frame; `everything` has them too.
    """

    subject: str
    sections: list[markup.Section]
    gaps: list[markup.Gap]
    outside: str
    everything: str
    around: tuple[str, ...] = ()

    @classmethod
    def of(cls, subject: str, body: str, around: Iterable[str] = ()) -> Text:
        """Read subject, body (HTML), and the lines around it: letterhead, address, signature."""
        frame, outside = tuple(around), markup.outside_text(body)
        everything = " ".join((*frame, subject, markup.visible_text(body), markup.hidden_text(body)))
        return cls(subject, markup.sections(body), markup.gaps(body), outside, everything, frame)

    def said(self, section: str) -> str:
        """What a section says; empty where there is none."""
        return " ".join(found.text for found in self.sections if found.says == section)
