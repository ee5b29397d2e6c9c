"""Address labels and printed envelopes for letters that were issued: their address, and nothing of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from letters.errors import UsageError
from letters.findings import Finding, Severity, rule
from letters.paper import INCH, MM, Box, Envelope, envelope_named
from letters.typeset import Typeface, Typeset
from letters.typeset.labels import Placed, set_sheets

NO_ROOM = rule(
    "address-room",
    Severity.ERROR,
    "An address that does not fit is printed over the next one or over the edge, and type smaller than"
    " 8 points is read by neither people nor sorting machines.",
)

_LARGEST = 10.0  # points, on a label: nearly all addresses fit at this size, so a sheet looks even
_LARGEST_ON_ENVELOPE, _SENDER = 12.0, 9.0


class Addressed(Protocol):
    """A letter of a batch, as far as labels and envelopes need it."""

    @property
    def status(self) -> str:
        """What became of it; only one that is `issued` gets a label."""

    @property
    def letter(self) -> str:
        """Its id."""

    @property
    def route(self) -> tuple[str, ...]:
        """The lines of its address as printed; without any it goes by no post."""

    @property
    def language(self) -> str:
        """Its language."""

    @property
    def sender(self) -> str:
        """The name its envelope may show, discreet where it must be; empty where it may show none."""


@dataclass(frozen=True)
class LabelSheet:
    """A sheet of labels, in points: the first label's place, the size of each, and from one to the next."""

    name: str
    width: float
    height: float
    columns: int
    rows: int
    left: float
    top: float
    label_width: float
    label_height: float
    across: float
    down: float

    @property
    def places(self) -> list[Box]:
        """The labels, row by row."""
        return [self._place(row, column) for row in range(self.rows) for column in range(self.columns)]

    def _place(self, row: int, column: int) -> Box:
        left, top = self.left + column * self.across, self.top + row * self.down
        return Box(left, top, left + self.label_width, top + self.label_height)


# Sheets slip in the printer. Deutsche Post asks for 3 mm between an address and the edge of its label; above
# and below, where a long address needs the room, half of that has to do.
_BESIDE, _ABOVE = 3.5 * MM, 1.0 * MM

LABEL_SHEETS = {
    sheet.name: sheet
    for sheet in (
        # 30 of 2 5/8 × 1 in. Avery publishes sizes and counts; the rest was measured in its own templates,
        # and others who measured differ by up to 0.8 mm. Print on plain paper first, and hold it to a sheet.
        LabelSheet(
            "avery-5160", 8.5 * INCH, 11 * INCH, 3, 10,
            0.1875 * INCH, 0.5 * INCH, 2.625 * INCH, INCH, 2.75 * INCH, INCH,
        ),
        # 21 of 63.5 × 38.1 mm; likewise, set in the middle of the sheet.
        LabelSheet(
            "avery-l7160", 210 * MM, 297 * MM, 3, 7,
            7.21 * MM, 15.15 * MM, 63.5 * MM, 38.1 * MM, 66.04 * MM, 38.1 * MM,
        ),
    )
}  # fmt: skip


def label_sheet_named(name: str) -> LabelSheet:
    """Look a sheet of labels up. Raises UsageError."""
    if name not in LABEL_SHEETS:
        raise UsageError(f"There are no labels {name!r}.", f"Choose one of: {', '.join(LABEL_SHEETS)}.")
    return LABEL_SHEETS[name]


def labels(
    outcomes: Iterable[Addressed], sheet: str, skip: int = 0, *, typeface: Typeface = "sans"
) -> Typeset:
    """Set a label for each letter that was issued, in order; so many labels of the first sheet are used up.

    An address too long for its label is left out and named in a finding. Without any label the PDF is empty.
    Raises UsageError for unknown labels or a `skip` that is none, MachineError where a typeface is missing.
    """
    stock = label_sheet_named(sheet)
    count = len(stock.places)
    if not 0 <= skip < count:
        message = f"A sheet of {count} labels cannot begin after {skip}."
        raise UsageError(message, f"Give a number from 0 to {count - 1}.")

    def arranged(letters: Sequence[Addressed]) -> _Pages:
        places = [None] * skip + [*letters]
        for first in range(0, len(places), count):
            page = zip(places[first : first + count], stock.places, strict=False)
            yield [(one, _label(one, place)) for one, place in page if one]

    size = stock.width, stock.height
    return _set(outcomes, arranged, size, typeface, "Labels", f"a label of {stock.name}")


def envelopes(
    outcomes: Iterable[Addressed],
    envelope: str,
    return_address: Sequence[str] = (),
    *,
    typeface: Typeface = "sans",
) -> Typeset:
    """Set an envelope for each letter that was issued, a page each, in order: whom it is for, who sends it.

    In the corner stands the name that the letter's envelope may show, if any, and the lines of the return
    address beneath it: the post needs them, and they must name nobody. An address that does not fit is left
    out and named in a finding. Raises UsageError for an unknown envelope, MachineError where a typeface is
    missing.
    """
    chosen = envelope_named(envelope)
    if not chosen.height:
        raise UsageError("Without an envelope there is nothing to print on.", "Name an envelope.")

    def arranged(letters: Sequence[Addressed]) -> _Pages:
        for one in letters:
            yield [(one, placed) for placed in _envelope(one, chosen, return_address)]

    size = chosen.width, chosen.height
    return _set(outcomes, arranged, size, typeface, "Envelopes", f"an envelope of {envelope}")


def _label(one: Addressed, place: Box) -> Placed:
    field = Box(place.left + _BESIDE, place.top + _ABOVE, place.right - _BESIDE, place.bottom - _ABOVE)
    return Placed(one.route, field, _LARGEST, one.language)


def _envelope(one: Addressed, envelope: Envelope, return_address: Sequence[str]) -> Iterator[Placed]:
    if corner := (*filter(None, [one.sender]), *return_address):
        yield Placed(corner, sender_field(envelope), _SENDER, at_top=True)
    yield Placed(one.route, address_field(envelope), _LARGEST_ON_ENVELOPE, one.language)


def address_field(envelope: Envelope) -> Box:
    """Where the address stands on an envelope without a window.

    Inside what machines read: 1/2 in from the sides, between 5/8 and 2 3/4 in from the bottom on a No. 10
    (USPS Domestic Mail Manual 202, 2.1); 40 mm from the top and 15 mm from the other edges in Germany.
    """
    width, height = envelope.width, envelope.height
    return Box(0.42 * width, max(40 * MM, 0.42 * height), width - 15 * MM, height - 18 * MM)


def sender_field(envelope: Envelope) -> Box:
    """Where the sender stands: in the top left corner, away from the stamp and from the address."""
    return Box(10 * MM, 10 * MM, 0.42 * envelope.width, 36 * MM)


_Pages = Iterator[list[tuple[Addressed, Placed]]]


def _set(
    outcomes: Iterable[Addressed],
    arranged: Callable[[Sequence[Addressed]], _Pages],
    size: tuple[float, float],
    typeface: Typeface,
    title: str,
    where: str,
) -> Typeset:
    """Set the letters that go by post; where some do not fit, once more without them."""
    letters = [one for one in outcomes if one.status == "issued" and one.route]
    found: list[Finding] = []
    while letters:
        pages = list(arranged(letters))
        placed = [[text for _, text in page] for page in pages]
        sheets = set_sheets(placed, size, typeface=typeface, title=title)
        too_long = {pages[page][place][0].letter for page, place in sheets.overflowing}
        if not too_long:
            return Typeset(sheets.pdf, [*found, *sheets.findings])
        found += [_no_room(one, where) for one in letters if one.letter in too_long]
        letters = [one for one in letters if one.letter not in too_long]
    return Typeset(b"", found)


def _no_room(one: Addressed, where: str) -> Finding:
    return NO_ROOM.finding(
        f"The address of the letter {one.letter} does not fit on {where}.",
        "Write it by hand, or print it on something larger.",
    )
