"""Who is let in, and what every answer says about itself."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import pytest

from letters.preview.gate import HEADERS, MOST_BYTES, Gate, Message, Receive, Scope, Send

KEY = "k" * 43
PORT = 8765
HOST = f"127.0.0.1:{PORT}"
ENTRANCE = f"/{KEY}/letter/one"
FORM = {"origin": f"http://{HOST}", "content-type": "application/x-www-form-urlencoded"}
FROM_ELSEWHERE = {
    "sec-fetch-site": "cross-site",
    "sec-fetch-mode": "navigate",
    "sec-fetch-dest": "document",
}


@dataclass
class Told:
    """What came back."""

    status: int = 0
    headers: list[tuple[bytes, bytes]] = field(default_factory=list)
    body: bytes = b""

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.status, self.headers = message["status"], list(message["headers"])
        self.body += message.get("body", b"")


async def house(scope: Scope, receive: Receive, send: Send) -> None:
    """What is behind the gate: it repeats a form."""
    body = (await receive())["body"] if scope["method"] == "POST" else b"in"
    headers = [(b"content-type", b"text/html"), (b"Cache-Control", b"public")]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": body})


async def falling(scope: Scope, receive: Receive, send: Send) -> None:  # noqa: ARG001
    raise ValueError("Casey Morgan")


def ask(
    path: str = f"/{KEY}/",
    headers: Mapping[str, str] | None = None,
    method: str = "GET",
    body: list[bytes] | None = None,
    app: Any = house,
    faults: list[Exception] | None = None,
    **changed: Any,
) -> Told:
    """Send a request through a gate."""
    told = Told()
    pieces = list(body or [b""])
    named = {"host": HOST, **(headers or {})}
    scope = {
        "type": "http",
        "method": method,
        "path": path,
        "raw_path": path.encode(),
        "headers": [(name.encode(), value.encode()) for name, value in named.items()],
        **changed,
    }

    async def receive() -> Message:
        if not pieces:
            return {"type": "http.disconnect"}
        piece = pieces.pop(0)
        return {"type": "http.request", "body": piece, "more_body": bool(pieces)}

    on_fault = (faults if faults is not None else []).append
    asyncio.run(Gate(app, KEY, PORT, ENTRANCE, on_fault)(scope, receive, told))
    return told


def test_whoever_has_the_key_comes_in() -> None:
    assert ask().status == 200
    assert ask(headers={"host": f"localhost:{PORT}"}).status == 200
    assert ask(headers={"sec-fetch-site": "none"}).status == 200
    assert ask(headers={"sec-fetch-site": "same-origin"}).body == b"in"


@pytest.mark.parametrize(
    "path",
    ["/", "", "/favicon.ico", f"/{'x' * 43}/", f"/{KEY}x/", f"/{KEY[:-1]}/", f"//{KEY}/", f"/%6b{KEY[1:]}/"],
)
def test_without_the_key_there_is_nothing(path: str) -> None:
    told = ask(path)
    assert (told.status, told.body) == (404, b"There is nothing here.")


@pytest.mark.parametrize(
    "headers",
    [
        {"host": "letters.example"},
        {"host": f"letters.example:{PORT}"},
        {"host": "127.0.0.1"},
        {"host": f"127.0.0.1:{PORT + 1}"},
        {"host": f"127.0.0.1.letters.example:{PORT}"},
        {"host": ""},
        {"origin": "https://letters.example"},
        {"origin": "null"},
        {"origin": f"https://{HOST}"},
        {"origin": f"http://127.0.0.1:{PORT + 1}"},
        {"origin": f"http://localhost:{PORT}"},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
        FROM_ELSEWHERE,
    ],
    ids=str,
)
def test_what_comes_from_elsewhere_gets_the_same_answer_as_without_the_key(headers: dict[str, str]) -> None:
    told, without = ask(headers=headers), ask("/")
    assert (told.status, told.body, told.headers) == (404, without.body, without.headers)
    assert ask(headers={**FORM, **headers}, method="POST").status == 404


def test_two_names_of_the_host_are_none() -> None:
    pairs = [(b"host", HOST.encode()), (b"host", b"letters.example")]
    told = Told()
    scope = {"type": "http", "method": "GET", "raw_path": f"/{KEY}/".encode(), "headers": pairs}
    asyncio.run(Gate(house, KEY, PORT, ENTRANCE, print)(scope, _nothing, told))
    assert told.status == 404


async def _nothing() -> Message:
    return {"type": "http.disconnect"}


def test_only_the_entrance_can_be_visited_from_elsewhere() -> None:
    assert ask(ENTRANCE, FROM_ELSEWHERE).status == 200
    for changed in ({"sec-fetch-dest": "iframe"}, {"sec-fetch-mode": "no-cors"}, {"sec-fetch-dest": "image"}):
        assert ask(ENTRANCE, {**FROM_ELSEWHERE, **changed}).status == 404
    assert ask(ENTRANCE, {**FORM, **FROM_ELSEWHERE}, "POST").status == 404
    assert ask(f"{ENTRANCE}/draw", FROM_ELSEWHERE).status == 404


def test_a_form_comes_through_in_one_piece() -> None:
    told = ask(method="POST", headers=FORM, body=[b"a=1&", b"b=2"])
    assert (told.status, told.body) == (200, b"a=1&b=2")


def test_a_form_must_say_where_it_is_from() -> None:
    assert ask(method="POST", headers={"content-type": FORM["content-type"]}).status == 404


@pytest.mark.parametrize("kind", ["multipart/form-data; boundary=x", "text/plain", "application/json", ""])
def test_only_a_form_can_be_sent(kind: str) -> None:
    assert ask(method="POST", headers={**FORM, "content-type": kind}).status == 415


def test_too_much_is_refused_whether_or_not_it_says_so() -> None:
    said = {**FORM, "content-length": str(MOST_BYTES + 1)}
    assert ask(method="POST", headers=said).status == 413
    many = [b"x" * 100_000] * 11
    assert ask(method="POST", headers=FORM, body=many).status == 413
    assert ask(method="POST", headers=FORM, body=many[:10]).status == 200


@pytest.mark.parametrize("method", ["PUT", "DELETE", "OPTIONS", "PATCH", "TRACE", "CONNECT"])
def test_other_methods_are_refused(method: str) -> None:
    assert ask(method=method, headers=FORM).status == 405


def test_nothing_but_http_is_answered() -> None:
    assert ask(type="websocket").status == 0


@pytest.mark.parametrize(
    "told",
    [ask(), ask("/"), ask(method="PUT"), ask(app=falling), ask(method="POST", headers=FORM)],
    ids=["in", "nothing here", "refused", "fault", "form"],
)
def test_every_answer_has_the_headers_once(told: Told) -> None:
    for name, value in HEADERS:
        assert [one for key, one in told.headers if key.lower() == name] == [value]


def test_the_policy_lets_nothing_in_from_outside() -> None:
    policy = dict(HEADERS)[b"content-security-policy"].decode()
    rules = dict(rule.split(" ", 1) for rule in policy.split("; "))
    assert rules.pop("require-trusted-types-for") == "'script'"
    assert rules.pop("trusted-types") == "letters"
    assert set(rules.values()) == {"'none'", "'self'"}
    assert {"default-src", "script-src", "base-uri", "form-action", "frame-ancestors"} <= set(rules)


def test_a_fault_is_told_without_its_words() -> None:
    faults: list[Exception] = []
    told = ask(app=falling, faults=faults)
    assert (told.status, told.body) == (500, b"Something went wrong.")
    assert [type(error) for error in faults] == [ValueError]
