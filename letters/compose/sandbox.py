"""The sandbox templates run in: a few filters, nothing global, and values that are for printing only."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from jinja2 import StrictUndefined, pass_eval_context
from jinja2.runtime import LoopContext
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup

_FILTERS = ("capitalize", "first", "join", "length", "lower", "upper")


class _Missing(StrictUndefined):
    """A field the template was not given: using it in any way fails."""

    @property
    def _undefined_message(self) -> str:
        return self._undefined_hint or f"`{self._undefined_name}` is none of its fields"


class _Sandbox(ImmutableSandboxedEnvironment):
    """Dicts are read by their keys only, and texts are whole: no method of a value can be called."""

    def getattr(self, obj: Any, attribute: str) -> Any:
        # Jinja has a `format` of its own for texts, which would come before everything below.
        return (self.getitem if isinstance(obj, (str, dict)) else super().getattr)(obj, attribute)

    def getitem(self, obj: Any, argument: Any) -> Any:
        if isinstance(obj, str):
            return self.unsafe_undefined(obj, str(argument))
        return super().getitem(obj, argument)

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        # Methods of numbers, too, could fill the memory.
        return isinstance(obj, LoopContext) and super().is_safe_attribute(obj, attr, value)


@cache
def sandbox() -> ImmutableSandboxedEnvironment:
    """The sandbox, made once."""
    environment = _Sandbox(
        undefined=_Missing, autoescape=True, finalize=_printable, trim_blocks=True, lstrip_blocks=True
    )
    environment.filters = {name: environment.filters[name] for name in _FILTERS} | {"paragraphs": paragraphs}
    environment.globals.clear()
    return environment


# Jinja would hand constants over as text already; with the context it hands over everything as it is.
@pass_eval_context
def _printable(_: object, value: object) -> object:
    """Refuse what would print as Python rather than as language."""
    if isinstance(value, (str, _Missing)):
        return value
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    what = {"list": "a list", "dict": "a group of fields", "bool": "a truth"}.get(
        type(value).__name__, "nothing"
    )
    raise TypeError(f"it prints {what} where text belongs")


def paragraphs(text: str) -> Markup:
    """Turn text somebody wrote into paragraphs: an empty line parts them, a line break is kept."""
    parts = [part.strip() for part in re.split(r"\n\s*\n", text) if part.strip()]
    lines = (Markup("<br>").join(part.splitlines()) for part in parts)
    return Markup("").join(Markup("<p>{}</p>").format(line) for line in lines)
