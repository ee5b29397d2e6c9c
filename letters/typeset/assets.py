"""What a page may load: the pictures it was given, from memory, and nothing else."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import unquote

from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

from letters.pictures import media_type
from letters.typeset.fonts import read_face

SCHEME = "asset:"


class RefusedError(FatalURLFetchingError):  # type: ignore[misc]
    """The page asked for something it was not given; `url` says what."""

    def __init__(self, url: str) -> None:
        super().__init__(url)
        self.url = url


class AssetFetcher(URLFetcher):  # type: ignore[misc]
    """Serve `asset:<name>` from memory, and record and refuse everything else.

    The engine drops errors of resources inside an SVG, so look at `refused` afterwards as well.
    """

    def __init__(self, assets: Mapping[str, bytes]) -> None:
        super().__init__(allowed_protocols=(), allow_redirects=False, fail_on_errors=True)
        self._assets = assets
        self.refused: list[str] = []

    def fetch(self, url: str, headers: Mapping[str, str] | None = None) -> URLFetcherResponse:  # noqa: ARG002
        """Return an asset. Raises RefusedError, which stops the engine."""
        name = unquote(url.removeprefix(SCHEME))
        if not url.startswith(SCHEME) or name not in self._assets:
            self.refused.append(url)
            raise RefusedError(url)
        # Without its type the engine would try a drawing with every picture format it can load.
        return URLFetcherResponse(url, self._assets[name], {"Content-Type": media_type(self._assets[name])})


class FaceFetcher(URLFetcher):  # type: ignore[misc]
    """Serve `font:<folder>/<file>` to our own style sheets, from the bundled typefaces."""

    def __init__(self) -> None:
        super().__init__(allowed_protocols=(), allow_redirects=False, fail_on_errors=True)

    def fetch(self, url: str, headers: Mapping[str, str] | None = None) -> URLFetcherResponse:  # noqa: ARG002
        """Return a font file. Raises RefusedError for anything else."""
        if not url.startswith("font:"):
            raise RefusedError(url)
        return URLFetcherResponse(url, read_face(unquote(url.removeprefix("font:"))))
