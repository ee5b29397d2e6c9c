"""Papers and window envelopes: where a folded sheet shows its address.

All lengths are points (1/72 inch), measured from the top left corner of the sheet or, for a
window, of the envelope seen from the front.
"""

from __future__ import annotations

from dataclasses import dataclass

from letters.errors import UsageError

INCH = 72.0
MM = 72 / 25.4

# Printers cannot reach the edge of the sheet; 4 mm is what common office lasers leave free.
UNPRINTABLE = 4 * MM


@dataclass(frozen=True)
class Box:
    """A rectangle by its edges."""

    left: float
    top: float
    right: float
    bottom: float

    def holds(self, other: Box, tolerance: float = 0.0) -> bool:
        """Say whether another rectangle lies wholly inside."""
        return (
            other.left >= self.left - tolerance
            and other.right <= self.right + tolerance
            and other.top >= self.top - tolerance
            and other.bottom <= self.bottom + tolerance
        )

    def around(self, other: Box) -> Box:
        """Return the smallest rectangle that holds both."""
        return Box(
            min(self.left, other.left),
            min(self.top, other.top),
            max(self.right, other.right),
            max(self.bottom, other.bottom),
        )

    def touches(self, other: Box) -> bool:
        """Say whether another rectangle lies at least partly inside."""
        return (
            other.left < self.right
            and other.right > self.left
            and other.top < self.bottom
            and other.bottom > self.top
        )


@dataclass(frozen=True)
class Paper:
    """A sheet, with the side margins its text is set in."""

    name: str
    width: float
    height: float
    margin_left: float
    margin_right: float


@dataclass(frozen=True)
class Envelope:
    """An envelope with a window, or none, and where its sheet is folded.

    `field` limits where the address is set, inside what the window shows, where a standard says so.
    """

    name: str
    papers: tuple[str, ...]
    width: float = 0.0
    height: float = 0.0
    window: Box | None = None
    folds: tuple[float, ...] = ()
    field: Box | None = None

    def safe(self, paper: Paper) -> Box | None:
        """Return what the window shows however the sheet lies in the envelope."""
        if self.window is None:
            return None
        across, down = self._play(paper)
        window = self.window
        return Box(window.left, window.top, window.right - across, window.bottom - down)

    def exposed(self, paper: Paper) -> Box | None:
        """Return what may come into the window when the sheet shifts: only the address may be there."""
        if self.window is None:
            return None
        across, down = self._play(paper)
        window = self.window
        return Box(max(0.0, window.left - across), window.top - down, window.right, window.bottom)

    def address_field(self, paper: Paper) -> Box | None:
        """Return where the address is set: always visible, from the left margin of the text."""
        safe = self.safe(paper)
        if safe is None:
            return None
        field = self.field or safe
        return Box(
            max(safe.left, field.left, paper.margin_left),
            max(safe.top, field.top),
            min(safe.right, field.right),
            min(safe.bottom, field.bottom),
        )

    def _play(self, paper: Paper) -> tuple[float, float]:
        """Return how far the folded sheet can slide across and down."""
        return self.width - paper.width, self.height - self.folds[0]


def _window(envelope_height: float, left: float, bottom: float, width: float, height: float) -> Box:
    """Place a window by its distance from the left and the bottom edge, as makers give it."""
    top = envelope_height - bottom - height
    return Box(left, top, left + width, top + height)


PAPERS = {
    paper.name: paper
    for paper in (
        # A left margin of 1 in keeps the address the 1/8 in that USPS DMM 202 asks for clear of the
        # window's edge.
        Paper("letter", 8.5 * INCH, 11 * INCH, INCH, INCH),
        # Margins of DIN 5008.
        Paper("a4", 210 * MM, 297 * MM, 25 * MM, 20 * MM),
    )
}

ENVELOPES = {
    envelope.name: envelope
    for envelope in (
        # No. 10, 4 1/8 × 9 1/2 in, with the trade's standard window of 1 1/8 × 4 1/2 in, 7/8 in from
        # the left and 1/2 in from the bottom. Folding at 4 and 7 1/2 in leaves 1/8 in of play.
        Envelope(
            "us-10",
            ("letter",),
            9.5 * INCH,
            4.125 * INCH,
            _window(4.125 * INCH, 0.875 * INCH, 0.5 * INCH, 4.5 * INCH, 1.125 * INCH),
            (4 * INCH, 7.5 * INCH),
        ),
        # ISO 269 DL, 110 × 220 mm; the window is that of common UK stock: 35 × 90 mm, 20 mm from the
        # left, 18 mm from the bottom.
        Envelope(
            "dl",
            ("a4",),
            220 * MM,
            110 * MM,
            _window(110 * MM, 20 * MM, 18 * MM, 90 * MM, 35 * MM),
            (105 * MM, 210 * MM),
        ),
        # ISO 269 C5, 162 × 229 mm; the window is that of common UK stock, 35 × 90 mm, 20 mm from the
        # left, 60 mm from the bottom. No standard or firm source for it was found: measure yours.
        Envelope(
            "c5",
            ("a4",),
            229 * MM,
            162 * MM,
            _window(162 * MM, 20 * MM, 60 * MM, 90 * MM, 35 * MM),
            (154 * MM,),
        ),
        # DIN 5008 form B (address field 85 × 45 mm at 20, 45 mm; its lower 27.3 mm hold the address)
        # in a DL envelope with the window of DIN 680: 45 × 90 mm, 20 mm left, 15 mm from the bottom.
        Envelope(
            "din",
            ("a4",),
            220 * MM,
            110 * MM,
            _window(110 * MM, 20 * MM, 15 * MM, 90 * MM, 45 * MM),
            (105 * MM, 210 * MM),
            Box(20 * MM, 45 * MM, 105 * MM, 90 * MM),
        ),
        Envelope("none", ("letter", "a4")),
    )
}


def paper_named(name: str) -> Paper:
    """Look a paper up. Raises UsageError."""
    if name not in PAPERS:
        raise UsageError(f"There is no paper {name!r}.", f"Choose one of: {', '.join(PAPERS)}.")
    return PAPERS[name]


def envelope_named(name: str) -> Envelope:
    """Look an envelope up. Raises UsageError."""
    if name not in ENVELOPES:
        raise UsageError(f"There is no envelope {name!r}.", f"Choose one of: {', '.join(ENVELOPES)}.")
    return ENVELOPES[name]


def fits(paper: str, envelope: str) -> bool:
    """Say whether a paper is made for an envelope; both by name. Raises UsageError for unknown names."""
    return paper_named(paper).name in envelope_named(envelope).papers


def matched(paper: str, envelope: str) -> tuple[Paper, Envelope]:
    """Look both up. Raises UsageError where the sheet is not made for the envelope."""
    if not fits(paper, envelope):
        right = [name for name in ENVELOPES if fits(paper, name)]
        raise UsageError(
            f"{paper} paper does not fold into a {envelope} envelope.",
            f"Choose one of: {', '.join(right)}.",
        )
    return PAPERS[paper], ENVELOPES[envelope]
