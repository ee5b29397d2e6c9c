"""What a file holds, and the place of everything in it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from letters.findings import Place, Rule, Severity
from letters.model.secrecy import Path, is_confidential, is_nameable
from letters.sources.text import MOST_FLAWS, Flaw, SourceText

Data = str | list["Data"] | dict[str, "Data"]
Span = tuple[int, int]
STEP = re.compile(r"\[(\d{1,9})\]|([^.\[\]]+)")


@dataclass
class Tree:
    """Strings, lists and dicts read from a text, with what is wrong about them.

    `values` and `keys` hold the offsets of each value and of each key by path. `spoiled` are the
    paths whose value could not be taken: what a model says about them is no news. `unread` is
    where reading had to stop; None when it came to the end.
    """

    data: Data = ""
    values: dict[Path, Span] = field(default_factory=dict)
    keys: dict[Path, Span] = field(default_factory=dict)
    flaws: list[Flaw] = field(default_factory=list)
    spoiled: set[Path] = field(default_factory=set)
    unread: int | None = None
    counts: Counter[Severity] = field(default_factory=Counter)

    @property
    def complete(self) -> bool:
        """Whether the text was read to its end."""
        return self.unread is None

    def note(self, flaw: Flaw) -> None:
        """Keep a flaw, unless there are more of its weight than anybody can mend."""
        if not self.is_full(flaw.rule):
            self.counts[flaw.rule.severity] += 1
            self.flaws.append(flaw)

    def is_full(self, broken: Rule) -> bool:
        """Whether no more flaws of this weight are kept; warnings never take the room of errors."""
        return self.counts[broken.severity] >= MOST_FLAWS

    def secrets(self) -> tuple[Span, ...]:
        """The stretches of text that are confidential."""
        return tuple(span for path, span in self.values.items() if is_confidential(path))


@dataclass(frozen=True)
class Document:
    """A file that was read: its data as plain text values, and where each of them stands."""

    source: SourceText
    data: Data
    values: Mapping[Path, Span]
    keys: Mapping[Path, Span]

    def place(self, path: str | Path) -> Place:
        """The place of a value; of its key where the value is a group, a list or empty.

        The path is a tuple, or text such as `clients[0].name`. Where there is no such value, the
        nearest thing around it is meant.
        """
        wanted = steps(path)
        return self.source.place(*self.span(wanted), field_name(wanted))

    def span(self, path: Path) -> Span:
        """The stretch that stands for a value, as in `place`."""
        found = self._nearest(path)
        span = self.values.get(found, (0, 0))
        is_plain = isinstance(value_at(self.data, found), str) and span[1] > span[0]
        return span if is_plain else self.keys.get(found) or (span[0], span[0] + 1)

    def key_place(self, path: str | Path) -> Place:
        """The place of a key, or of the value where it has none."""
        wanted = steps(path)
        return self.source.place(*self.key_span(wanted), field_name(wanted))

    def key_span(self, path: Path) -> Span:
        """The stretch of a key, or of the value where it has none."""
        return self.keys.get(path) or self.span(path)

    def _nearest(self, path: Path) -> Path:
        while path and path not in self.values:
            path = path[:-1]
        return path


def steps(path: str | Path) -> Path:
    """The steps of a written path: `clients[0].name` is clients, 0, name."""
    if not isinstance(path, str):
        return tuple(path)
    return tuple(int(found[1]) if found[1] else found[2] for found in STEP.finditer(path))


def field_name(path: Path) -> str:
    """The written form of a path, without what may be confidential text in the place of a name."""
    written = ""
    for number, step in enumerate(path):
        name = _step_name(step, secret=is_confidential(path[:number]))
        written += name if isinstance(step, int) or not written else f".{name}"
    return written


def _step_name(step: str | int, *, secret: bool) -> str:
    if isinstance(step, int):
        return f"[{step}]"
    if secret and not is_nameable(step):
        return "…"
    return re.sub(r"[\x00-\x1f\ud800-\udfff]", "�", step[:80])


def value_at(data: Data, path: Path) -> Data:
    """What the data holds at a path. Raises KeyError, IndexError or TypeError where it leads nowhere."""
    for step in path:
        data = data[step]  # type: ignore[index]
    return data
