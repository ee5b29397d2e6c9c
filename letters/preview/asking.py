"""The functions of the desk as the server names them: what they need is loaded only where they are called."""

from __future__ import annotations

from letters.preview.views import Asked, Seat, Started, View


def start(seat: Seat) -> Started:
    """The first view. Raises as `desk.start` does."""
    from letters.preview import desk

    return desk.start(seat)


def answer(asked: Asked) -> View:
    """A letter, after what was asked for. Raises as `desk.answer` does."""
    from letters.preview import desk

    return desk.answer(asked)


def head(seat: Seat) -> int:
    """The number of the register's last entry."""
    from letters.preview import desk

    return desk.head(seat)
