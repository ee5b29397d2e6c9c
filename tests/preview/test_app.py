"""What each address answers, with a desk and pages that stand in for the real ones."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
import pytest

from letters.errors import LettersError, UsageError
from letters.preview.app import App, Ui
from letters.preview.engine import EngineLost, Fault
from letters.preview.news import News
from letters.preview.views import Asked, Picture, Ref, Seat, Started, View

REF = Ref("outreach", "C-1001", "casey")
SEAT = Seat(Path("practice.yaml"))


@dataclass
class Desk:
    """Answers here and now, and remembers what it was asked."""

    asked: list[Any] = field(default_factory=list)
    error: Exception | None = None

    async def ask(self, function: Callable[[Any], Any], thing: Any) -> Any:
        self.asked.append(thing)
        if self.error:
            raise self.error
        return function(thing)

    def start(self, seat: Seat, /) -> Started:
        return Started(f"practice of {seat.clinician}", "Lena")

    def answer(self, asked: Asked, /) -> View:
        new = {} if "p1" in asked.pictures else {"p1": b"\x89PNG"}
        return View(asked.action, "Lena", pages=(Picture("p1", 1, 1),), pictures=new)


class Pages:
    """Shows what it is given."""

    def start(self, started: Started, ui: Ui, /) -> str:
        return f"<start {ui.language}> {started.practice} {ui.link(REF)}"

    def letter(self, view: View, ui: Ui, /) -> str:
        return f"<letter {ui.language}> {view.practice} {ui.picture(view.pages[0].name)} {ui.here}"

    def part(self, view: View, ui: Ui, /) -> str:
        return f"<part> {view.practice} {ui.is_part}"

    def trouble(self, error: LettersError, ui: Ui, /) -> str:
        return f"<trouble> {type(error).__name__} {error.message} {ui.is_part}"


@dataclass
class House:
    """The app, and a browser that talks to it."""

    app: App
    desk: Desk

    def ask(self, method: str, path: str, **more: Any) -> httpx.Response:
        async def scene() -> httpx.Response:
            transport = httpx.ASGITransport(self.app.router())
            async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1") as client:
                return await client.request(method, f"/key{path}", **more)

        return asyncio.run(scene())

    @property
    def letter(self) -> str:
        return f"/letter/{self.app.ids.of(REF)}"


@pytest.fixture
def house(tmp_path: Path) -> House:
    desk = Desk()
    for name in ("page.css", "page.js", "icon.svg"):
        (tmp_path / name).write_text(name)
    return House(App("key", SEAT, desk, desk, Pages(), News(), tmp_path), desk)


def test_the_first_page(house: House) -> None:
    told = house.ask("GET", "/")
    assert told.status_code == 200
    assert told.text == f"<start en> practice of None /key{house.letter}"
    assert told.headers["content-type"] == "text/html; charset=utf-8"


def test_whose_cases_are_listed_is_kept_for_the_letters(house: House) -> None:
    assert "practice of sam" in house.ask("GET", "/?clinician=sam").text
    house.ask("GET", house.letter)
    assert house.desk.asked[-1].seat.clinician == "sam"
    assert "practice of None" in house.ask("GET", "/?clinician=").text


def test_a_letter_and_its_pictures(house: House) -> None:
    told = house.ask("GET", house.letter)
    assert told.text == f"<letter en> open /key/picture/p1 /key{house.letter}"
    assert house.desk.asked == [Asked(SEAT, REF, "open", {"scale": "1"})]
    picture = house.ask("GET", "/picture/p1")
    assert (picture.content, picture.headers["content-type"]) == (b"\x89PNG", "image/png")
    house.ask("GET", house.letter)
    assert house.desk.asked[-1].pictures == {"p1"}
    assert house.ask("GET", "/picture/p2").status_code == 404


@pytest.mark.parametrize("action", ["draw", "save", "approve", "send-back", "issue"])
def test_an_action_has_the_fields_of_the_page(house: House, action: str) -> None:
    fields = {"words.thanks": "Gracias, José & <all>\n", "empty": ""}
    told = house.ask("POST", f"{house.letter}/{action}", data=fields)
    assert told.text == f"<part> {action} True"
    assert house.desk.asked[-1].fields == fields


@pytest.mark.parametrize(
    "path", ["/letter/C-1001", "/letter/x/draw", "/nowhere", "/static/app.py", "/static/%2e%2e"]
)
def test_what_is_not_there(house: House, path: str) -> None:
    method = "POST" if path.endswith("draw") else "GET"
    assert house.ask(method, path).status_code == 404
    assert house.desk.asked == []


def test_no_other_action_can_be_asked_for(house: House) -> None:
    assert house.ask("POST", f"{house.letter}/open").status_code == 404
    assert house.ask("POST", f"{house.letter}/erase").status_code == 404
    assert house.ask("GET", f"{house.letter}/issue").status_code == 405
    assert house.desk.asked == []


@pytest.mark.parametrize("body", [b"a=%ff", b"\xff=1", b"&".join(b"a%d=1" % number for number in range(501))])
def test_a_form_that_cannot_be_read_is_refused(house: House, body: bytes) -> None:
    assert house.ask("POST", f"{house.letter}/save", content=body).status_code == 400
    assert house.desk.asked == []


@pytest.mark.parametrize(
    ("error", "status"), [(UsageError("No."), 422), (EngineLost("Gone."), 422), (Fault("A fault."), 500)]
)
def test_what_goes_wrong_is_told_in_the_same_place(house: House, error: LettersError, status: int) -> None:
    house.desk.error = error
    for method, path, is_part in (("GET", house.letter, False), ("POST", f"{house.letter}/draw", True)):
        told = house.ask(method, path)
        assert told.status_code == status
        assert told.text == f"<trouble> {type(error).__name__} {error.message} {is_part}"


def test_a_fault_of_the_server_is_told_without_its_words(
    house: House, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    house.desk.error = ValueError("Casey Morgan")
    told = house.ask("GET", "/")
    assert told.status_code == 500
    assert "<trouble> Fault" in told.text
    assert "Casey" not in told.text
    assert len(list((tmp_path / "letters").iterdir())) == 1


@pytest.mark.parametrize(
    ("accepted", "language"),
    [("es-MX,es;q=0.9,en;q=0.8", "es"), ("de,en;q=0.8,es", "en"), ("de", "es"), ("", "es"), ("*", "es")],
)
def test_the_page_is_in_the_language_of_the_browser(house: House, accepted: str, language: str) -> None:
    house.app.fallback = "es"
    told = house.ask("GET", "/", headers={"accept-language": accepted})
    assert told.text.startswith(f"<start {language}>")


def test_another_language_can_be_chosen(house: House) -> None:
    told = house.ask("POST", "/language", data={"language": "es", "back": f"/key{house.letter}"})
    assert (told.status_code, told.headers["location"]) == (303, f"/key{house.letter}")
    assert "<letter es>" in house.ask("GET", house.letter).text
    house.ask("POST", "/language", data={"language": "xx"})
    assert "<letter es>" in house.ask("GET", house.letter).text


@pytest.mark.parametrize(
    "back",
    [
        *("", "/", "/other/", "//letters.example/key/", "https://letters.example/", "/key/\\letters.example"),
        *("/key/../other", "/keys/", "key/", "/key/\r\nset-cookie: a=b", "/key/ü"),
    ],
)
def test_nobody_is_led_away(house: House, back: str) -> None:
    told = house.ask("POST", "/language", data={"language": "es", "back": back})
    assert told.headers["location"] == "/key/"
    assert "set-cookie" not in told.headers


@pytest.mark.parametrize(
    ("name", "kind"),
    [("page.css", "text/css"), ("page.js", "text/javascript"), ("icon.svg", "image/svg+xml")],
)
def test_what_a_page_is_made_of(house: House, name: str, kind: str) -> None:
    told = house.ask("GET", f"/static/{name}")
    assert told.text == name
    assert told.headers["content-type"].startswith(kind)


def test_news_are_server_sent_events(house: House) -> None:
    house.app.news.close()
    told = house.ask("GET", "/events", headers={"last-event-id": "9" * 30})
    assert told.headers["content-type"].startswith("text/event-stream")
    proof = f"event: ours\ndata: {house.app.proof}\n\n"
    assert told.text.startswith(f"{proof}retry: ")
    assert len(house.app.proof) > 40
    assert house.app.proof not in house.app.link(REF)


def test_the_name_of_a_file_may_hold_what_is_no_character(house: House) -> None:
    house.desk.error = UsageError("There is no caf\udce9.yaml.", "")
    told = house.ask("GET", house.letter)
    assert (told.status_code, told.text) == (422, "<trouble> UsageError There is no caf?.yaml. False")


def test_the_file_of_a_case_is_made_known(house: House) -> None:
    opened: list[Path] = []
    house.app.on_case = opened.append
    named = house.app.ids.of(Ref("outreach", Path("cases/one.yaml")))
    house.ask("GET", f"/letter/{named}")
    assert opened == [Path("cases/one.yaml")]
