"""The web server of the page: for this machine only, for as long as the command runs, and without any log."""

from __future__ import annotations

import asyncio
import errno
import logging
import os
import secrets
import signal
import socket
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import uvicorn
from uvicorn.protocols.http.h11_impl import H11Protocol

from letters.errors import LettersError, MachineError
from letters.preview import asking
from letters.preview.app import App, Pages
from letters.preview.engine import Engine, Fault, fault
from letters.preview.gate import Gate
from letters.preview.news import News
from letters.preview.opening import Opening
from letters.preview.views import Seat
from letters.preview.watching import Watched, changes

HOST = "127.0.0.1"
_KEY_BYTES = 32
_POLL = 2.0  # seconds
_KEEP_ALIVE = 60  # seconds
_GRACE = 1  # second
_BACKLOG = 128  # connections that are taken at once
MOST_SILENT = 64  # connections on which nothing was asked for yet; a browser opens a few ahead
_ENDINGS = tuple(getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name))
_INTERRUPTED = 130  # the exit code of whoever does not wait for the end


@dataclass(frozen=True)
class Options:
    """What is served: for whom, in the language of the practice, and whether a browser is to show it."""

    seat: Seat
    language: str = "en"
    port: int = 0
    opens: bool = True


def serve(options: Options, engine: Engine, pages: Pages, say: Callable[[str], object]) -> int:
    """Serve the page until somebody ends it; the engine ends with it.

    The address goes to standard output, and what to do with it to `say`. Raises MachineError where the port
    is taken.
    """
    # Whatever a library has to say may repeat what it was asked for.
    logging.disable(logging.CRITICAL)
    try:
        with listening(options.port) as taken:
            page = _Served(options, engine, pages, taken, say)
            asyncio.run(page.run())
    finally:
        engine.close()
    return 0


@contextmanager
def listening(port: int) -> Iterator[socket.socket]:
    """A socket on this machine's own address. Raises MachineError where the port cannot be had."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as taken:
        if os.name == "posix":  # elsewhere it would let two programs have one port
            taken.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            taken.bind((HOST, port))
            taken.listen()
        except OSError as error:
            raise _no_port(port, error) from error
        yield taken


def _no_port(port: int, error: OSError) -> MachineError:
    if error.errno == errno.EADDRINUSE:
        return MachineError(
            f"Port {port} is in use.", "Name another one, or leave out --port to get a free one."
        )
    if error.errno == errno.EACCES:
        return MachineError(
            f"You have no right to use port {port}.", "Name one above 1023, or leave out --port."
        )
    return MachineError(
        f"The page cannot be served: {error.strerror}.", "Leave out --port to get a free one."
    )


class _Protocol(H11Protocol):
    """HTTP; what is something else gets no answer, nor is it waited for where many wait.

    Any user of the machine can connect, and a process has only so many connections.
    """

    begun = 0.0

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Begin; whoever has waited longest to ask for anything makes room."""
        super().connection_made(transport)
        self.begun = self.loop.time()
        silent = [one for one in self.connections if isinstance(one, _Protocol) and one.cycle is None]
        if len(silent) > MOST_SILENT:
            oldest = min(silent, key=lambda one: one.begun)
            self.connections.discard(oldest)  # it is told only later that it is over
            oldest.transport.abort()

    def send_400_response(self, msg: str) -> None:  # noqa: ARG002
        """Hang up."""
        self.transport.close()


class _Server(uvicorn.Server):
    """A server that leaves signals to us, and says when it has begun."""

    def __init__(self, gate: Gate, on_start: Callable[[], None]) -> None:
        super().__init__(
            uvicorn.Config(
                gate,
                interface="asgi3", loop="asyncio", http=_Protocol, ws="none", lifespan="off", workers=1,
                log_config=None, log_level="critical", access_log=False,
                proxy_headers=False, server_header=False, date_header=False,
                backlog=_BACKLOG, timeout_keep_alive=_KEEP_ALIVE, timeout_graceful_shutdown=_GRACE,
            )
        )  # fmt: skip
        self._on_start = on_start

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Leave them as they are."""
        yield

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Begin, and say so."""
        await super().startup(sockets)
        self._on_start()


class _Served:
    """The page while it is served."""

    def __init__(
        self,
        options: Options,
        engine: Engine,
        pages: Pages,
        taken: socket.socket,
        say: Callable[[str], object],
    ) -> None:
        self._options, self._engine, self._taken, self._say = options, engine, taken, say
        self._news = News()
        seat, key = options.seat, secrets.token_urlsafe(_KEY_BYTES)
        cases = {ref.case for ref in seat.given if isinstance(ref.case, Path)}
        self._watched = Watched(seat.practice, cases)
        self._app = App(
            key, seat, engine, asking, pages, self._news,
            on_case=self._watched.cases.add, fallback=options.language,
        )  # fmt: skip
        port = taken.getsockname()[1]
        entrance = self._app.link(seat.given[0]) if len(seat.given) == 1 else f"{self._app.base}/"
        self._address = f"http://{HOST}:{port}{entrance}"
        self._server = _Server(Gate(self._app.router(), key, port, entrance, fault), self._begun)
        self._opening: Opening | None = None

    async def run(self) -> None:
        """Serve until somebody ends it."""
        loop = asyncio.get_running_loop()
        beside = [asyncio.create_task(work) for work in (self._watch(), self._poll())]
        try:
            with self._signals(loop):
                await self._server.serve([self._taken])
        finally:
            for task in beside:
                task.cancel()
            await asyncio.gather(*beside, return_exceptions=True)
            if self._opening:
                self._opening.close()

    def _begun(self) -> None:
        sys.stdout.write(f"{self._address}\n")
        sys.stdout.flush()
        self._say("That is the address of the page, for you alone. Press Ctrl-C to end.")
        if self._options.opens:
            with suppress(OSError):  # then it is opened by hand
                self._opening = Opening(self._address)
                self._opening.open()

    @contextmanager
    def _signals(self, loop: asyncio.AbstractEventLoop) -> Iterator[None]:
        """End in good order when asked to; at once when asked again."""
        asked: list[bool] = []

        def end(*_: object) -> None:
            if asked:
                self._hurry()
            asked.append(True)
            loop.call_soon_threadsafe(self._stop)

        before = {number: signal.getsignal(number) for number in _ENDINGS}
        for number in before:
            # A program that was told to outlive its terminal does.
            if before[number] is not signal.SIG_IGN or number == signal.SIGINT:
                signal.signal(number, end)
        try:
            yield
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)

    def _stop(self) -> None:
        self._news.close()
        self._server.should_exit = True
        # Meanwhile whoever waits for an answer gets one.
        asyncio.get_running_loop().run_in_executor(None, self._engine.close)

    def _hurry(self) -> None:
        self._engine.kill()
        if self._opening:
            self._opening.close()
        os._exit(_INTERRUPTED)

    async def _watch(self) -> None:
        """Tell the pages of every file that changes."""
        try:
            async for change in changes(self._watched):
                if change.is_program:
                    with suppress(LettersError):  # told by the next letter
                        await self._engine.restart()
                self._news.tell()
        except Exception as error:  # the page goes on without
            fault(error)

    async def _poll(self) -> None:
        """Tell the pages of what others enter in the register, as long as any page listens."""
        known: int | None = None
        while True:
            await asyncio.sleep(_POLL)
            if not self._news.is_heard or not self._engine.is_idle:
                continue
            try:
                head = await self._engine.ask(asking.head, self._app.seat)
            except Fault:
                return  # it would be one every time
            except LettersError:
                continue
            # The first time as well: what was entered since the page was made is news to it.
            if head != known:
                self._news.tell()
            known = head
