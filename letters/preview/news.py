"""Tells every open page that something has changed: a file, or an entry in the register."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator

PING = 15.0  # seconds
# A browser opens no more than six connections to one server; pages must have some left to ask by.
MOST_LISTENERS = 4
_AGAIN = 1000  # milliseconds after which a page that was sent away listens again


class News:
    """A number that grows with every change, and who waits for it to."""

    def __init__(self) -> None:
        self.number = 0
        self._is_over = False
        self._listeners: dict[object, asyncio.Event] = {}

    @property
    def is_heard(self) -> bool:
        """Whether any page listens."""
        return bool(self._listeners)

    def tell(self) -> None:
        """Something has changed."""
        self.number += 1
        self._wake()

    def close(self) -> None:
        """There will be no more news."""
        self._is_over = True
        self._wake()

    def _wake(self) -> None:
        for event in self._listeners.values():
            event.set()

    async def listen(self, known: int | None = None, ping: float = PING) -> AsyncGenerator[bytes]:
        """The events as a browser takes them, from the one a page knew last; until the server ends."""
        me, event = object(), asyncio.Event()
        seen = self.number if known is None else known
        self._listeners[me] = event
        self._make_room()
        try:
            yield f"retry: {_AGAIN}\n: here\n\n".encode()
            while not self._is_over and me in self._listeners:
                event.clear()
                if seen != self.number:
                    seen = self.number
                    yield f"id: {seen}\nevent: changed\ndata: {seen}\n\n".encode()
                    continue
                if not await _within(event, ping):
                    yield b": ping\n\n"
        finally:
            self._listeners.pop(me, None)

    def _make_room(self) -> None:
        while len(self._listeners) > MOST_LISTENERS:
            oldest = next(iter(self._listeners))
            self._listeners.pop(oldest).set()


async def _within(event: asyncio.Event, seconds: float) -> bool:
    try:
        await asyncio.wait_for(event.wait(), seconds)
    except TimeoutError:
        return False
    return True
