"""Who comes in: only pages of this server, in the browser that was given its address.

Whatever else runs on this machine, or is open in the browser, is told that there is nothing at its address.
The key is in the path and not in a cookie, as the servers of one machine share their cookies.
"""

from __future__ import annotations

import hmac
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

Message = MutableMapping[str, Any]
Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]

MOST_BYTES = 1_000_000  # of a form
_FORM = b"application/x-www-form-urlencoded"
_POLICY = (
    *("default-src 'none'", "script-src 'self'", "style-src 'self'", "img-src 'self'", "font-src 'self'"),
    *("connect-src 'self'", "form-action 'self'", "base-uri 'none'", "frame-ancestors 'none'"),
    *("require-trusted-types-for 'script'", "trusted-types letters"),
)
# Only what browsers know: of anything else they complain.
_OFF = (
    *("accelerometer", "autoplay", "browsing-topics", "camera", "clipboard-read", "display-capture"),
    *("encrypted-media", "fullscreen", "geolocation", "gyroscope", "hid", "idle-detection", "local-fonts"),
    *("magnetometer", "microphone", "midi", "payment", "publickey-credentials-get", "serial", "usb"),
    "xr-spatial-tracking",
)
HEADERS = (
    (b"content-security-policy", "; ".join(_POLICY).encode()),
    (b"cache-control", b"no-store"),
    # With "no-referrer", browsers would not say either where a form was sent from.
    (b"referrer-policy", b"same-origin"),
    (b"x-content-type-options", b"nosniff"),
    (b"x-frame-options", b"DENY"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"permissions-policy", ", ".join(f"{name}=()" for name in _OFF).encode()),
)


class Refused(Exception):  # noqa: N818 - an answer more than an error
    """A request that is not let in, with the status and the words of the answer."""

    def __init__(self, status: int, words: str) -> None:
        super().__init__(words)
        self.status, self.words = status, words


class Gate:
    """Stands before an app, and sees to it that every answer is nobody else's to read, keep or frame.

    `entrance` is the one address that other programs, such as a file or a terminal, may send a browser to.
    `on_fault` is told what the app raised.
    """

    def __init__(
        self, app: App, key: str, port: int, entrance: str, on_fault: Callable[[Exception], object]
    ) -> None:
        self._app, self._key, self._entrance, self._on_fault = app, key.encode(), entrance, on_fault
        self._hosts = {f"{name}:{port}".encode() for name in ("127.0.0.1", "localhost")}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a request in, or answer it."""
        if scope["type"] != "http":  # nothing else is spoken here
            return
        answer = _Answer(send)
        try:
            self._expect_ours(scope)
            await self._app(scope, await _whole(scope, receive), answer)
        except Refused as refused:
            await answer.plain(refused.status, refused.words)
        except Exception as error:
            self._on_fault(error)
            await answer.plain(500, "Something went wrong.")

    def _expect_ours(self, scope: Scope) -> None:
        headers = _Headers(scope["headers"])
        host = headers.only(b"host")
        is_known = _has_key(scope["raw_path"], self._key) and host in self._hosts
        if not is_known or not self._is_from_here(scope, headers, host):
            raise Refused(404, "There is nothing here.")
        if scope["method"] not in ("GET", "HEAD", "POST"):
            raise Refused(405, "That cannot be done here.")
        if scope["method"] == "POST":
            _expect_form(headers)

    def _is_from_here(self, scope: Scope, headers: _Headers, host: bytes) -> bool:
        """Whether a page of this server asks, or somebody who typed or opened its address."""
        origin, site = headers.only(b"origin"), headers.only(b"sec-fetch-site")
        if origin or scope["method"] == "POST":
            return origin == b"http://" + host and site in (b"", b"same-origin")
        if site in (b"", b"same-origin", b"none"):
            return True
        is_visit = (
            headers.only(b"sec-fetch-mode") == b"navigate" and headers.only(b"sec-fetch-dest") == b"document"
        )
        return is_visit and scope["raw_path"].decode("latin-1") == self._entrance


class _Headers:
    """What a request says about itself."""

    def __init__(self, pairs: list[tuple[bytes, bytes]]) -> None:
        self._pairs = pairs

    def only(self, name: bytes) -> bytes:
        """The value of a header, nothing where there is none; two of them are like none that is right."""
        values = [value for key, value in self._pairs if key == name]
        return values[0] if len(values) == 1 else b",".join(values)


def _has_key(path: bytes, key: bytes) -> bool:
    first, _, _ = path.removeprefix(b"/").partition(b"/")
    return path.startswith(b"/") and hmac.compare_digest(first, key)


def _expect_form(headers: _Headers) -> None:
    kind, _, _ = headers.only(b"content-type").partition(b";")
    if kind.strip().lower() != _FORM:
        raise Refused(415, "Only a form can be sent here.")
    length = headers.only(b"content-length")
    if length.isdigit() and int(length) > MOST_BYTES:
        raise _too_much()


def _too_much() -> Refused:
    return Refused(413, "That is too much to be sent at once.")


async def _whole(scope: Scope, receive: Receive) -> Receive:
    """What a form holds, once all of it is here; a request that is no form may not send anything."""
    if scope["method"] != "POST":
        return receive
    pieces, size, more = [], 0, True
    while more:
        message = await receive()
        if message["type"] != "http.request":
            raise Refused(400, "The form did not come through.")
        pieces.append(message.get("body", b""))
        size += len(pieces[-1])
        more = message.get("more_body", False)
        if size > MOST_BYTES:
            raise _too_much()
    return _once(b"".join(pieces), receive)


def _once(body: bytes, receive: Receive) -> Receive:
    """Give the whole form first, and then whatever comes."""
    waiting = [body]

    async def next_message() -> Message:
        if waiting:
            return {"type": "http.request", "body": waiting.pop(), "more_body": False}
        return await receive()

    return next_message


class _Answer:
    """What goes back, with the headers that every answer has."""

    def __init__(self, send: Send) -> None:
        self._send = send
        self._has_begun = False

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self._has_begun = True
            ours = {name for name, _ in HEADERS}
            others = [(name, value) for name, value in message.get("headers", []) if name.lower() not in ours]
            message = {**message, "headers": [*others, *HEADERS]}
        await self._send(message)

    async def plain(self, status: int, words: str) -> None:
        """A short page; nothing where an answer has begun, which then breaks off."""
        if self._has_begun:
            return
        body = words.encode()
        headers = [
            (b"content-type", b"text/plain; charset=utf-8"),
            (b"content-length", str(len(body)).encode()),
            # Whoever is refused does not keep a connection either.
            (b"connection", b"close"),
        ]
        await self({"type": "http.response.start", "status": status, "headers": headers})
        await self._send({"type": "http.response.body", "body": body})
