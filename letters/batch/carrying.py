"""What an earlier run of a batch told, and this one does not read again: it stays in the lists."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from letters.batch.outcome import Enclosed, Outcome
from letters.findings import RULES, Finding, Severity

if TYPE_CHECKING:
    from letters.register.queries import LetterRow

MANIFEST = "manifest.jsonl"
_Key = tuple[str, str]


def carried(
    out: Path, now: list[Outcome], issued: Mapping[_Key, LetterRow], *, is_mending: bool
) -> list[Outcome]:
    """The outcomes of earlier runs that this one did not come by, in their order.

    Letters that were issued always stay. With `is_mending`, where only the rows with problems were read
    again, those who were not to be written to stay as well.
    """
    told = {(one.case, one.addressee): one for one in _told(out)}
    met, cases = {(one.case, one.addressee) for one in now}, {one.case for one in now}
    kept = [_issued(told.get(key), row) for key, row in issued.items() if key not in met]
    if is_mending:
        kept += [
            one for one in told.values() if one.status in ("withheld", "failed") and one.case not in cases
        ]
    return sorted(kept, key=lambda one: one.number)


def _issued(told: Outcome | None, row: LetterRow) -> Outcome:
    """A letter that was issued, as the register has it, with what a list told of its reader."""
    known = told or Outcome(0, "issued", "", row.case_number, row.addressee, route=(row.data["route"],))
    return replace(
        known,
        status="issued",
        letter=row.letter,
        language=row.data["language"],
        pages=row.data["pages"],
        sha256=row.sha256,
        findings=(),
    )


def _told(out: Path) -> Iterator[Outcome]:
    """What the manifest tells; lines that are none are passed over, as the register has what counts."""
    try:
        lines = (out / MANIFEST).read_text("utf-8").splitlines()
    except (OSError, ValueError):
        return
    for line in lines:
        try:
            yield _outcome(json.loads(line))
        except (ValueError, KeyError, TypeError):
            continue


def _outcome(told: dict[str, Any]) -> Outcome:
    return Outcome(
        int(told["number"]),
        told["status"],
        told["source"],
        told["case"],
        told["addressee"],
        told["letter"],
        tuple(told["route"]),
        told["name"],
        told["postcode"],
        told["country"],
        told["envelope"],
        told["sender"],
        told["language"],
        told["pages"] or 0,
        told["sha256"],
        tuple(_finding(one) for one in told["why"]),
        enclosed=tuple(Enclosed(one["file"], one["pages"]) for one in told["enclosures"]),
    )


def _finding(told: dict[str, str]) -> Finding:
    severity = RULES[told["code"]].severity if told["code"] in RULES else Severity.ERROR
    return Finding(told["code"], severity, told["message"], told["remedy"])
