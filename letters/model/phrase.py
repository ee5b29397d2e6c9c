"""Phrases a letter never says, and hard words with plain ones instead, in one language."""

from __future__ import annotations

from functools import cached_property
from typing import Literal

from pydantic import Field

from letters.model.strict import Model
from letters.model.types import Identifier, Prose, Text, YesNo

Severity = Literal["error", "warning"]


class PhraseGroup(Model):
    """Phrases that hurt or harm in the same way.

    A phrase is found as whole words, whatever their letter case and accents; `*` at the end of a
    word stands for any ending: `drop* out`. One all in capitals is found only in capitals: `AA`.
    """

    severity: Severity
    always: YesNo = Field(False, description="yes if no letter to a client says it, of whatever kind")
    why: Text = Field(description="what it does to the reader, in a sentence")
    authority: Text | None = Field(None, description="the law or code of ethics behind it")
    instead: Text = Field(description="what to do, in a sentence")
    phrases: Prose = Field(description="one on each line")

    @cached_property
    def listed(self) -> list[str]:
        """The phrases, one by one."""
        return self.phrases.splitlines()


class Phrases(Model):
    """All groups by their ids, and plain words. Read from `templates/phrases/<language>.yaml`."""

    groups: dict[Identifier, PhraseGroup]
    plain: dict[Text, Text] = Field(description="a plain word or phrase for each hard one")
