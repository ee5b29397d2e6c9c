"""Fit an address into its window: large where there is room, smaller before it overflows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil

from letters.paper import Box

_SMALLEST = 8.0  # points; smaller is neither read by people nor by sorting machines
_READABLE = 10.0  # points; down to this, smaller type is better than a broken line
_ADVANCE = 0.54  # of the size, what a character of an address takes up on average, on the safe side
_WIDE_ADVANCE = 1.02  # of the size, for East Asian characters
_LEADING, _TIGHT_LEADING = 1.22, 1.12  # of the size; the second for six lines and more
_CLEARANCE = 2.0  # points left free above and below


@dataclass(frozen=True)
class AddressType:
    """The size and the leading of an address, and the top of its first line, in points."""

    size: float
    leading: float
    top: float


def fit(lines: Sequence[str], field: Box, largest: float) -> AddressType:
    """Choose the largest type, in half points, in which the lines stay inside the field.

    Where even the smallest type is too large the address overflows, which a check finds.
    """
    size = largest
    while size > _SMALLEST and not _has_room(lines, field, size):
        size -= 0.5
    rows = _rows(lines, field, size)
    slack = max(0.0, field.bottom - field.top - rows * size * _leading(rows))
    return AddressType(size, size * _leading(rows), field.top + slack / 2)


def _has_room(lines: Sequence[str], field: Box, size: float) -> bool:
    rows = _rows(lines, field, size)
    room = field.bottom - field.top - 2 * _CLEARANCE
    unbroken = size <= _READABLE or rows == len(lines)
    return rows * size * _leading(rows) <= room and unbroken


def _leading(rows: int) -> float:
    return _LEADING if rows < 6 else _TIGHT_LEADING


def _rows(lines: Sequence[str], field: Box, size: float) -> int:
    """Count the rows that lines take once the long ones are broken."""
    width = field.right - field.left
    return sum(max(1, ceil(_width(line) * size / width)) for line in lines)


def _width(line: str) -> float:
    return sum(_WIDE_ADVANCE if character >= "\u1100" else _ADVANCE for character in line)
