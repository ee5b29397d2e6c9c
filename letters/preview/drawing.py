"""A letter as the page shows it: the letter itself where it is complete, else as far as it is written."""

from __future__ import annotations

from collections import deque
from collections.abc import Collection
from dataclasses import dataclass, replace

from letters import proof
from letters.checks.weights import weighed
from letters.facts import Facts
from letters.findings import Finding, errors
from letters.gathering import Sources, gathered, read_sources
from letters.letter import Letter, Written, set_pages, write_from
from letters.order import Order
from letters.preview.views import Picture

_CSS_DPI = 96  # pixels to the inch, as CSS counts them
_SCALES = (0.5, 3.0)  # beyond these a picture is no use, or too large

# To set pages and to draw them takes nearly all the time, and most pages are asked for again: by a second
# window, after they were saved or approved, by whoever goes back to a letter.
_LATELY = 8
_set_lately: deque[tuple[Written, tuple[Letter | None, list[Finding]]]] = deque(maxlen=_LATELY)
_drawn_lately: deque[tuple[tuple[bytes, float], list[Picture]]] = deque(maxlen=_LATELY)


@dataclass(frozen=True)
class Drawn:
    """What came of an order: the facts and the letter as far as they could be had, and everything found.

    Where the letter is not complete, `letter` is a draft, if even that could be made, and the findings are
    those that keep it from being complete. The copy for the file is checked, and not set.
    """

    order: Order
    sources: Sources
    facts: Facts | None
    letter: Letter | None
    findings: list[Finding]

    @property
    def is_complete(self) -> bool:
        """Whether this is the letter itself."""
        return self.letter is not None and not self.order.draft


def drawn(order: Order) -> Drawn:
    """Make the letter of an order or, where something is still to be done, a draft of it.

    Raises UsageError where kind, practice or addressee cannot be told, MachineError where this machine cannot
    set a page.
    """
    sources = read_sources(order)
    whole = _made(replace(order, draft=False), sources)
    if whole.letter:
        return whole
    draft = _made(replace(order, draft=True), sources)
    return replace(draft, findings=whole.findings)


def _made(order: Order, sources: Sources) -> Drawn:
    facts, findings = gathered(order, sources)
    if facts is None:
        return Drawn(order, sources, None, None, findings)
    findings = weighed(facts, findings)
    written, more = write_from(facts, order, sources)
    findings += more
    if written is None or errors(findings):
        return Drawn(order, sources, facts, None, findings)
    letter, more = _set(replace(written, copy=None))
    return Drawn(order, sources, facts, letter, findings + more)


def _set(written: Written) -> tuple[Letter | None, list[Finding]]:
    for known, done in _set_lately:
        if (known.html, known.layout) == (written.html, written.layout) and known == written:
            return done
    done = set_pages(written)
    # What kept it from being set may be over the next time: a machine that was busy, say.
    if done[0]:
        _set_lately.append((written, done))
    return done


def pictures(pdf: bytes, scale: float, known: Collection[str]) -> tuple[list[Picture], dict[str, bytes]]:
    """The pages as pictures, `scale` pixels to a CSS pixel, and the PNGs of those that are not known yet."""
    least, most = _SCALES
    scale = min(max(scale, least), most)
    shown = next((done for asked, done in _drawn_lately if asked == (pdf, scale)), None)
    if shown is not None and all(one.name in known for one in shown):
        return shown, {}
    sheets = proof.sheets(pdf, _CSS_DPI * scale, known)
    shown = [
        Picture(sheet.name, round(sheet.width * _CSS_DPI / 72), round(sheet.height * _CSS_DPI / 72))
        for sheet in sheets
    ]
    _drawn_lately.append(((pdf, scale), shown))
    return shown, {sheet.name: sheet.png for sheet in sheets if sheet.png is not None}
