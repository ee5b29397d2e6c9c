"""The model every model of this program descends from."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict


class Model(BaseModel):
    """Values that cannot change, made from known fields only.

    Optional fields are `X | None = None`; read them through `validation.validate`, which leaves
    out what is empty, so that an empty value is an absent one.
    """

    model_config = ConfigDict(
        frozen=True,
        extra="forbid",
        str_strip_whitespace=True,
        # A client's data must not reach a log by way of an error's text.
        hide_input_in_errors=True,
        # Only models that are read on their own are built, and only when they are.
        defer_build=True,
    )
