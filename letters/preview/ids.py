"""Names of letters in addresses: they say nothing, and only this server knows which letter each means."""

from __future__ import annotations

import secrets

from letters.preview.views import Ref

_BYTES = 12


class Ids:
    """Which name stands for which letter, for as long as the server runs."""

    def __init__(self) -> None:
        self._ids: dict[Ref, str] = {}
        self._refs: dict[str, Ref] = {}

    def of(self, ref: Ref) -> str:
        """The name of a letter, which is always the same."""
        if ref not in self._ids:
            name = secrets.token_urlsafe(_BYTES)
            self._ids[ref], self._refs[name] = name, ref
        return self._ids[ref]

    def ref(self, name: str) -> Ref | None:
        """The letter of a name, if there is one."""
        return self._refs.get(name)
