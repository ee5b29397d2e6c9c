"""The pictures of pages, kept in memory only, and no more than a window or two can show."""

from __future__ import annotations

from collections.abc import Mapping

MOST = 60
MOST_BYTES = 64 * 1024 * 1024


class Pictures:
    """The pictures that were shown last, by their names."""

    def __init__(self, most: int = MOST, most_bytes: int = MOST_BYTES) -> None:
        self._most, self._most_bytes = most, most_bytes
        self._kept: dict[str, bytes] = {}
        self._bytes = 0

    @property
    def names(self) -> frozenset[str]:
        """The names of all that are kept."""
        return frozenset(self._kept)

    def add(self, pictures: Mapping[str, bytes], shown: tuple[str, ...] = ()) -> None:
        """Keep new pictures, and those that are `shown`; the ones not shown for longest make room."""
        for name, picture in pictures.items():
            self._forget(name)
            self._kept[name] = picture
            self._bytes += len(picture)
        for name in shown:
            if name in self._kept:
                self._kept[name] = self._kept.pop(name)
        most = max(self._most, len(shown))
        while len(self._kept) > most or self._bytes > self._most_bytes:
            self._forget(next(iter(self._kept)))

    def get(self, name: str) -> bytes | None:
        """A picture, if it is still there."""
        return self._kept.get(name)

    def _forget(self, name: str) -> None:
        self._bytes -= len(self._kept.pop(name, b""))
