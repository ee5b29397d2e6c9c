"""`letters register due`: what need not be kept any longer, and by which figure."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from tests.caseload.kept import Kept
from tests.commands.conftest import Run


def test_nothing_is_due(letters: Run, kept: Kept) -> None:
    kept.end("C-1103", date(2026, 11, 20))
    told = letters("register", "due")
    assert (told.code, told.out, told.said) == (0, "", "No case is due to be erased.")


def test_what_is_due_is_told_with_its_figure(
    letters: Run, kept: Kept, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept.end("C-1103", date(2026, 11, 20))
    monkeypatch.setenv("LETTERS_TODAY", "2033-11-21")
    told = letters("register", "due")
    assert told.code == 0
    assert told.out.splitlines()[1] == (
        "C-1103  2026-11-20  2033-11-20  7 years after 2026-11-20 (OAR 833-075-0070(1)(a))"
    )
    assert told.said == "To erase one: letters register erase C-1103 --because TEXT"
    (one,) = json.loads(letters("register", "due", "--json").out)["due"]
    assert (one["case"], one["kept_until"], one["last"]) == ("C-1103", "2033-11-20", "2026-11-20")


def test_what_cannot_be_told_is_said(letters: Run, kept: Kept) -> None:
    kept.end("C-1103", date(2026, 11, 20))
    file = Path("practice.yaml")
    text = file.read_text("utf-8").replace("  years: 7\n", "")
    file.write_text(text.replace("profession: counseling", "profession: other"), "utf-8")
    told = letters("register", "due")
    assert (told.code, told.out) == (0, "")
    assert "Of C-1103 it cannot be told: neither the practice file" in told.said
