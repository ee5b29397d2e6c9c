"""`letters log verify`: all as issued, or which letter is not."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from tests.caseload.kept import Kept
from tests.commands.conftest import Run, Told

KIND, CASE = "closing-lost-contact", "cases/C-1001.yaml"


@pytest.mark.usefixtures("office")
def test_one_byte_of_one_letter_is_named(letters: Run) -> None:
    file = Path(letters("issue", KIND, CASE).out.strip())
    told = letters("log", "verify")
    assert (told.code, told.err) == (0, "")
    assert told.out.startswith("2 entries, 1 letter, all as issued.\nLast entry 2:")
    data = file.read_bytes()
    file.write_bytes(data[:-2] + bytes([data[-2] ^ 1]) + data[-1:])
    told = letters("log", "verify")
    assert (told.code, told.out) == (1, "2 entries, 1 letter.\n")
    assert f"error[altered-letter]: The letter {file.stem} ({KIND} to jordan, case C-1001)" in told.said


@pytest.mark.usefixtures("office")
def test_so_it_is_with_a_register_on_a_server(letters: Run, postgres_url: str) -> None:
    def run(*words: object) -> Told:
        return letters("--register", postgres_url, *words)

    file = Path(run("issue", KIND, CASE).out.strip())
    assert run("log", "sent", file.stem[:9], "--how", "post").code == 0
    assert "sent on 2026-11-22 by post" in run("log", "list").out
    assert "all as issued." in run("log", "verify").out
    file.write_bytes(file.read_bytes() + b"\n")
    told = run("log", "verify")
    assert (told.code, f"error[altered-letter]: The letter {file.stem} ({KIND}" in told.said) == (1, True)
    file.unlink()
    told = run("log", "verify")
    assert (told.code, "warning[letter-elsewhere]" in told.said, "Last entry" in told.out) == (0, True, True)
    assert not Path("register.sqlite").exists()


@pytest.mark.usefixtures("letter")
def test_the_last_entry_is_looked_for_later(letters: Run, kept: Kept) -> None:
    match = re.search(r"--expect (\d+:[0-9a-f]{16})", letters("log", "verify").out)
    assert match
    kept.issue("two")
    assert letters("log", "verify", "--expect", match[1]).code == 0
    told = letters("log", "verify", "--expect", "2:" + "0" * 16)
    assert (told.code, "error[cut-history]" in told.said) == (1, True)
    assert letters("log", "verify", "--expect", "what").code == 2


def test_as_json(letters: Run, letter: str) -> None:
    told = json.loads(letters("log", "verify", "--json").out)
    assert (told["entries"], told["letters"], told["findings"]) == (2, 1, [])
    Path("issued", f"{letter}.pdf").unlink()
    result = letters("log", "verify", "--json")
    (finding,) = json.loads(result.out)["findings"]
    assert (result.code, finding["code"], result.err) == (1, "missing-letter", "")


def test_which_letter_a_file_is(letters: Run, letter: str) -> None:
    Path("scan.pdf").write_text("one")
    Path("other.pdf").write_text("two")
    told = letters("log", "verify", "scan.pdf")
    assert told.code == 0
    assert letter in told.out.splitlines()[1]
    told = letters("log", "verify", "scan.pdf", "other.pdf")
    assert (told.code, "error[unknown-letter]" in told.said) == (1, True)
    found = json.loads(letters("log", "verify", "scan.pdf", "other.pdf", "--json").out)
    assert [one["letter"] and one["letter"]["letter"] for one in found["files"]] == [letter, None]


@pytest.mark.usefixtures("letter")
def test_a_backup_is_proved_as_a_register(letters: Run) -> None:
    copy = letters("register", "backup").out.strip()
    told = letters("log", "verify", copy)
    assert (told.code, f"letters --register {copy} log verify" in told.said) == (2, True)
    assert letters("--register", copy, "log", "verify").out.startswith("2 entries, 1 letter, all as issued.")
    told = letters("log", "verify", "x.jsonl")
    assert (told.code, "register import x.jsonl" in told.said) == (2, True)
    told = letters("log", "verify", "--expect", "1:" + "0" * 12, "x.pdf")
    assert (told.code, "Leave away the files." in told.said) == (2, True)
