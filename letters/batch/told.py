"""The manifest of an earlier run, read again."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from letters.batch.outcome import Enclosed, Outcome
from letters.findings import RULES, Finding, Severity

MANIFEST = "manifest.jsonl"


def told(out: Path) -> Iterator[Outcome]:
    """What the manifest tells; lines that are none are passed over, as the register has what counts."""
    try:
        lines = (out / MANIFEST).read_text("utf-8").splitlines()
    except (OSError, ValueError):
        return
    for line in lines:
        try:
            yield _outcome(json.loads(line))
        except (ValueError, KeyError, TypeError, AttributeError, OverflowError, RecursionError):
            continue


def _outcome(entry: dict[str, Any]) -> Outcome:
    return Outcome(
        int(entry["number"]),
        entry["status"],
        str(entry["source"]),
        str(entry["case"]),
        str(entry["addressee"]),
        str(entry["letter"]),
        tuple(map(str, entry["route"])),
        str(entry["name"]),
        str(entry["postcode"]),
        str(entry["country"]),
        str(entry["envelope"]),
        str(entry["sender"]),
        str(entry["language"]),
        int(entry["pages"] or 0),
        str(entry["sha256"]),
        tuple(_finding(one) for one in entry["why"]),
        replaces=entry.get("replaces", ""),
        enclosed=tuple(Enclosed(one["file"], one["pages"]) for one in entry["enclosures"]),
    )


def _finding(entry: dict[str, str]) -> Finding:
    severity = RULES[entry["code"]].severity if entry["code"] in RULES else Severity.ERROR
    return Finding(entry["code"], severity, entry["message"], entry["remedy"])
