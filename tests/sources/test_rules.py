"""Every rule about files fires on a file that breaks it, and on no good one."""

from __future__ import annotations

import importlib
import pkgutil
from pathlib import Path

import pytest

import letters.sources
from letters.findings import Rule, Severity
from letters.sources import read, read_text
from tests.sources.models import GOOD_JSON, GOOD_YAML, Plan


def declared_rules() -> dict[str, Rule]:
    """The rules that the modules of `letters.sources` hold as constants."""
    modules = [
        importlib.import_module(found.name)
        for found in pkgutil.iter_modules(letters.sources.__path__, "letters.sources.")
    ]
    values = [value for module in modules for value in vars(module).values()]
    return {value.code: value for value in values if isinstance(value, Rule)}


RULES = declared_rules()
BROKEN: dict[str, tuple[str, bytes]] = {
    "bad-name": ("a.yaml", b"id: C-1\nwords: {two words: x}\n"),
    "bad-value": ("a.yaml", b"id: C-1\nopened: x\n"),
    "control-character": ("a.yaml", b"id: C-1\nwords: {a: 'x\x07'}\n"),
    "direction-override": ("a.yaml", "id: C-1\nwords: {a: x\u202ey}\n".encode()),
    "duplicate-key": ("a.yaml", b"id: C-1\nid: C-2\n"),
    "encoding": ("a.yaml", "id: C-1\nwords: {a: José}\n".encode("cp1252")),
    "file": ("a.yaml", b""),
    "json-syntax": ("a.json", b'{"id": "C-1",}'),
    "lone-surrogate": ("a.json", b'{"id": "C-1", "words": {"a": "x\\ud800"}}'),
    "missing-field": ("a.yaml", b"opened: 2026-03-02\n"),
    "mixed-script": ("a.yaml", "id: C-1\nwords: {a: Jord\u0430n}\n".encode()),
    "mojibake": ("a.yaml", "id: C-1\nwords: {a: JosÃ©}\n".encode()),
    "more-findings": ("a.yaml", b"id: C-1\nclients: [" + b"{}, " * 201 + b"]\n"),
    "replacement-character": ("a.yaml", "id: C-1\nwords: {a: Jos\ufffd}\n".encode()),
    "stacked-marks": ("a.yaml", ("id: C-1\nwords: {a: J" + "\u0316" * 9 + "}\n").encode()),
    "tag-character": ("a.yaml", "id: C-1\nwords: {a: x\U000e0041}\n".encode()),
    "too-deep": ("a.yaml", b"a: " + b"[" * 30 + b"]" * 30),
    "unknown-field": ("a.yaml", b"id: C-1\nopend: 2026-03-02\n"),
    "yaml-alias": ("a.yaml", b"id: &a C-1\n"),
    "yaml-comment": ("a.yaml", b"id: C-1\nwords: {a: b}\nclients: [{name: x}] #4\nsort: couple #4\n"),
    "yaml-documents": ("a.yaml", b"id: C-1\n---\nid: C-2\n"),
    "yaml-key": ("a.yaml", b"id: C-1\n? [a]\n: b\n"),
    "yaml-merge": ("a.yaml", b"id: C-1\n<<: {sort: couple}\n"),
    "yaml-syntax": ("a.yaml", b"id: C-1\nsort: @x\n"),
    "yaml-tag": ("a.yaml", b"id: !!str C-1\n"),
    "zero-width": ("a.yaml", "id: C-1\nwords: {a: x\u200by}\n".encode()),
}


def test_there_is_a_broken_file_for_every_rule() -> None:
    assert len(RULES) >= 20
    assert set(RULES) == set(BROKEN)


@pytest.mark.parametrize("code", BROKEN)
def test_the_rule_fires_on_its_broken_file(code: str, tmp_path: Path) -> None:
    name, content = BROKEN[code]
    (tmp_path / name).write_bytes(content)

    reading = read(tmp_path / name, Plan)

    found = {finding.code: finding for finding in reading.findings}
    assert code in found
    assert found[code].severity is RULES[code].severity
    assert found[code].remedy
    stopped = any(finding.severity is Severity.ERROR for finding in reading.findings)
    assert (reading.value is None) == stopped


@pytest.mark.parametrize(("name", "text"), [("a.yaml", GOOD_YAML), ("a.json", GOOD_JSON)])
def test_every_rule_is_silent_on_a_good_file(name: str, text: str) -> None:
    assert read_text(text, name, Plan).findings == []
