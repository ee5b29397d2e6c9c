"""A small model to read files as."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from letters.model.strict import Model
from letters.model.types import Amount, Date, Identifier, Prose, Text, YesNo


class Secret(Model):
    danger: YesNo = False
    notes: Prose | None = None


class Address(Model):
    lines: list[Text]
    postcode: Text | None = None
    safe: YesNo


class Person(Model):
    name: Text
    born: Date | None = None
    addresses: list[Address] = Field(default_factory=list)


class Plan(Model):
    id: Identifier
    sort: Literal["individual", "couple"] = "individual"
    opened: Date | None = None
    balance: Amount | None = None
    clients: list[Person] = Field(default_factory=list)
    words: dict[Identifier, Prose] = Field(default_factory=dict)
    confidential: Secret = Secret()


GOOD_YAML = """\
# A plan as a person writes it.
id: C-1001
opened: 2026-03-02              # the first session
balance: 120.00
clients:
  - name: "Nguyễn Thị Ánh #4"
    born: 1991-05-04
    addresses: [{lines: [44 Alder Avenue, 'Apt #4'], postcode: 01234, safe: yes}]
  - name: نگار می\u200cخواهم
words:
  thanks: |
    You came through
    a hard spring. 👩\u200d👧
confidential: {danger: no}
"""
GOOD_JSON = """\
{
  "id": "C-1001",
  "opened": "2026-03-02",
  "balance": 120.00,
  "clients": [
    {"name": "Nguyễn Thị Ánh #4", "born": "1991-05-04",
     "addresses": [{"lines": ["44 Alder Avenue", "Apt #4"], "postcode": "01234", "safe": true}]},
    {"name": "نگار می\u200cخواهم"}
  ],
  "words": {"thanks": "You came through\\na hard spring. 👩\u200d👧"},
  "confidential": {"danger": false, "notes": null}
}
"""
