"""What the page's addresses answer: the desk is asked, and what it says becomes HTML.

| address | answer |
|---|---|
| `GET /KEY/` | the first view |
| `GET /KEY/letter/ID` | the page of a letter |
| `POST /KEY/letter/ID/ACTION` | what came of an action, as a part of that page |
| `POST /KEY/language` | the page in another language, and back to where one was |
| `GET /KEY/picture/NAME` | the picture of a page |
| `GET /KEY/events` | news, as server-sent events |
| `GET /KEY/static/NAME` | style, script and icon |
"""

from __future__ import annotations

import secrets
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import aclosing
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Protocol, TypeVar, get_args
from urllib.parse import parse_qsl

from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, RedirectResponse, Response, StreamingResponse
from starlette.routing import Route, Router

from letters.errors import LettersError
from letters.preview.engine import Fault, fault
from letters.preview.ids import Ids
from letters.preview.news import News
from letters.preview.pictures import Pictures
from letters.preview.saying import TONGUES, USUAL
from letters.preview.views import Action, Asked, Ref, Seat, Started, View

A = TypeVar("A")
R = TypeVar("R")

STATIC = Path(__file__).parent / "static"
TYPES = {
    "page.css": "text/css; charset=utf-8",
    "page.js": "text/javascript; charset=utf-8",
    "icon.svg": "image/svg+xml",
}
_ACTIONS = frozenset(get_args(Action)) - {"open"}
_MOST_FIELDS = 500
_PROOF_BYTES = 32
_NO_LETTER = "There is no such letter here. Go back to the first page."


class Desk(Protocol):
    """What is asked of the process that makes letters."""

    async def ask(self, function: Callable[[A], R], thing: A) -> R:
        """Call a function there. Raises LettersError."""


class Functions(Protocol):
    """The functions of the desk, to be called in its process."""

    def start(self, seat: Seat, /) -> Started:
        """The first view."""

    def answer(self, asked: Asked, /) -> View:
        """A letter, after what was asked for."""


class Pages(Protocol):
    """How views become HTML; `ui` has the addresses and the language."""

    def start(self, started: Started, ui: Ui, /) -> str:
        """The first page."""

    def letter(self, view: View, ui: Ui, /) -> str:
        """The page of a letter."""

    def part(self, view: View, ui: Ui, /) -> str:
        """What changes on the page of a letter."""

    def trouble(self, error: LettersError, ui: Ui, /) -> str:
        """What went wrong, as a page of its own or in place of a part."""


@dataclass(frozen=True)
class Ui:
    """The addresses of a page, and the language of its own words.

    `is_part` is true where HTML is to take a place in a page that is already open. `proof` is what only the
    program that made the page can tell it. `news` is the number of those that the page was made after.
    """

    base: str
    language: str
    link: Callable[[Ref], str]
    is_part: bool = False
    here: str = ""
    proof: str = ""
    news: int = 0

    @property
    def home(self) -> str:
        """The address of the first view."""
        return f"{self.base}/"

    def picture(self, name: str) -> str:
        """The address of a picture."""
        return f"{self.base}/picture/{name}"

    def static(self, name: str) -> str:
        """The address of a style, the script or the icon."""
        return f"{self.base}/static/{name}"


@dataclass
class App:
    """The page of one practice, as long as the server runs; `key` is the first part of every address."""

    key: str
    seat: Seat
    desk: Desk
    functions: Functions
    pages: Pages
    news: News
    static: Path = STATIC
    on_case: Callable[[Path], object] = lambda _: None
    language: str | None = None
    fallback: str = USUAL
    scale: str = "1"
    ids: Ids = field(default_factory=Ids)
    pictures: Pictures = field(default_factory=Pictures)
    proof: str = field(default_factory=lambda: secrets.token_urlsafe(_PROOF_BYTES), repr=False)

    @property
    def base(self) -> str:
        """What every address begins with."""
        return f"/{self.key}"

    def link(self, ref: Ref) -> str:
        """The address of a letter."""
        return f"{self.base}/letter/{self.ids.of(ref)}"

    def router(self) -> Router:
        """All addresses."""
        routes = [
            Route("/", self._start),
            Route("/letter/{id}", self._letter),
            Route("/letter/{id}/{action}", self._act, methods=["POST"]),
            Route("/language", self._choose_language, methods=["POST"]),
            Route("/picture/{name}", self._picture),
            Route("/events", self._events),
            Route("/static/{name}", self._static),
        ]
        prefixed = [Route(self.base + one.path, one.endpoint, methods=one.methods) for one in routes]
        return Router(prefixed, redirect_slashes=False)

    async def _start(self, request: Request) -> Response:
        ui = self._ui(request)
        clinician = request.query_params.get("clinician")
        if clinician is not None:
            # Kept, as the letters of this list are then walked through.
            self.seat = replace(self.seat, clinician=clinician or None)

        async def page() -> str:
            return self.pages.start(await self.desk.ask(self.functions.start, self.seat), ui)

        return await self._answered(page, ui)

    async def _letter(self, request: Request) -> Response:
        ui, ref = self._ui(request), self.ids.ref(request.path_params["id"])
        if ref is None:
            return PlainTextResponse(_NO_LETTER, 404)

        async def page() -> str:
            return self.pages.letter(await self._view(ref, "open", {"scale": self.scale}), ui)

        return await self._answered(page, ui)

    async def _act(self, request: Request) -> Response:
        ui, ref = replace(self._ui(request), is_part=True), self.ids.ref(request.path_params["id"])
        action: Any = request.path_params["action"]
        if ref is None or action not in _ACTIONS:
            return PlainTextResponse(_NO_LETTER, 404)
        fields = await _fields(request)
        if fields is None:
            return PlainTextResponse("This form cannot be read.", 400)
        # The next letter is opened in the same window, most likely.
        self.scale = fields.get("scale", self.scale)

        async def page() -> str:
            return self.pages.part(await self._view(ref, action, fields), ui)

        return await self._answered(page, ui)

    async def _view(self, ref: Ref, action: Action, fields: Mapping[str, str]) -> View:
        if isinstance(ref.case, Path):
            self.on_case(ref.case)
        asked = Asked(self.seat, ref, action, fields, self.pictures.names)
        view = await self.desk.ask(self.functions.answer, asked)
        self.pictures.add(view.pictures, tuple(page.name for page in view.pages))
        return view

    async def _answered(self, page: Callable[[], Awaitable[str]], ui: Ui) -> Response:
        """The page, or what went wrong, in the same place."""
        try:
            return _html(await page())
        except Fault as error:
            return _html(self.pages.trouble(error, ui), 500)
        except LettersError as error:
            return _html(self.pages.trouble(error, ui), 422)
        except Exception as error:
            return _html(self.pages.trouble(fault(error), ui), 500)

    async def _choose_language(self, request: Request) -> Response:
        fields = await _fields(request) or {}
        if fields.get("language") in TONGUES:
            self.language = fields["language"]
        return RedirectResponse(self._own(fields.get("back", "")), 303)

    def _own(self, path: str) -> str:
        """An address of this page; the first one in place of any other."""
        is_own = path.startswith(f"{self.base}/") and path.isascii() and path.isprintable()
        return path if is_own and not {"\\", "#"} & set(path) and ".." not in path else f"{self.base}/"

    async def _picture(self, request: Request) -> Response:
        picture = self.pictures.get(request.path_params["name"])
        if picture is None:
            return PlainTextResponse("This picture is not kept any more.", 404)
        return Response(picture, media_type="image/png")

    async def _events(self, request: Request) -> Response:
        last = request.headers.get("last-event-id") or request.query_params.get("since", "")
        known = int(last) if last.isascii() and last.isdigit() and len(last) < 19 else None
        return StreamingResponse(self._news(known), media_type="text/event-stream")

    async def _news(self, known: int | None) -> AsyncIterator[bytes]:
        """First a proof: once the program has ended, another user may have its port and be told its key."""
        yield f"event: ours\ndata: {self.proof}\n\n".encode()
        async with aclosing(self.news.listen(known)) as events:
            async for event in events:
                yield event

    async def _static(self, request: Request) -> Response:
        name = request.path_params["name"]
        if name not in TYPES:
            return PlainTextResponse("There is nothing here.", 404)
        return Response((self.static / name).read_bytes(), media_type=TYPES[name])

    def _ui(self, request: Request) -> Ui:
        if self.language is None:
            self.language = preferred(request.headers.get("accept-language", ""), self.fallback)
        here, news = request.url.path, self.news.number
        return Ui(self.base, self.language, self.link, here=here, proof=self.proof, news=news)


def _html(page: str, status: int = 200) -> HTMLResponse:
    """A page; the name of a file may hold what is no character."""
    return HTMLResponse(page.encode("utf-8", "replace"), status)


def preferred(accepted: str, fallback: str) -> str:
    """The first of our languages among those a browser asks for, in its own order."""
    for part in accepted.split(","):
        language = part.partition(";")[0].strip().partition("-")[0].lower()
        if language in TONGUES:
            return language
    return fallback if fallback in TONGUES else USUAL


async def _fields(request: Request) -> dict[str, str] | None:
    """The fields of a form; none where it is no form."""
    try:
        body = (await request.body()).decode("ascii")
        pairs = parse_qsl(
            body, keep_blank_values=True, max_num_fields=_MOST_FIELDS, encoding="utf-8", errors="strict"
        )
    except ValueError:  # UnicodeError is one
        return None
    return dict(pairs)
