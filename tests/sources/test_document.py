"""A place is found by path, and the nearest thing stands in for what is not there."""

from __future__ import annotations

import pytest

from letters.sources import Document, read_text
from letters.sources.document import field_name, steps
from tests.sources.models import Plan

TEXT = """\
id: C-1
opened:
clients:
  - name: Jordan Avery
    addresses: [{lines: [44 Alder Avenue], safe: yes}]
words: {thanks: You came}
"""


@pytest.fixture
def document() -> Document:
    document = read_text(TEXT, "plan.yaml", Plan).document
    assert document is not None
    return document


@pytest.mark.parametrize(
    ("path", "place", "length"),
    [
        ("clients[0].addresses[0].safe", "5:50", 3),
        (("clients", 0, "name"), "4:11", 12),
        ("clients", "3:1", 7),
        ("clients[0]", "4:5", 1),
        ("opened", "2:1", 6),
        ("clients[0].born", "4:5", 1),
        ("clients[7].name", "3:1", 7),
        ("words.thanks", "6:17", 8),
        ("nothing.at.all", "1:1", 1),
        ((), "1:1", 1),
    ],
)
def test_a_place_is_found_by_path(
    document: Document, path: str | tuple[str | int, ...], place: str, length: int
) -> None:
    found = document.place(path)

    assert str(found) == f"plan.yaml:{place}"
    assert found.length == length
    assert found.field == field_name(steps(path))


def test_the_place_of_a_key_is_its_own(document: Document) -> None:
    assert str(document.key_place("clients[0].name")) == "plan.yaml:4:5"
    assert str(document.key_place("clients[0]")) == "plan.yaml:4:5"


def test_a_path_reads_back() -> None:
    path = ("clients", 0, "addresses", 12, "safe")

    assert field_name(path) == "clients[0].addresses[12].safe"
    assert steps(field_name(path)) == path


@pytest.mark.parametrize("again", ["dana ", " dana", "dana\u00a0"])
def test_keys_that_differ_by_outer_space_only_are_the_same(again: str) -> None:
    for text, name in (
        (f'words:\n  dana: a\n  "{again}": b\n', "x.yaml"),
        (f'{{"dana": 1, "{again}": 2}}', "x.json"),
    ):
        codes = [finding.code for finding in read_text(text, name, Plan).findings]
        assert "duplicate-key" in codes
