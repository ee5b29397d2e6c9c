"""Letters are made elsewhere and entered here, some together, each once."""

from __future__ import annotations

import csv
import subprocess
from collections import Counter
from pathlib import Path

import pytest

from letters.batch import making
from letters.batch.crew import Lost
from letters.batch.work import Pages, set_pages
from letters.errors import MachineError
from tests.batch.conftest import Shop, told_of
from tests.support.caseloads import caseload, command, row, surroundings


def test_a_letter_over_which_its_process_ended_is_named_and_the_rest_issued(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    shop.rows(*(row(number) for number in range(4)))
    calls = iter([Lost("ended"), None, Lost("stalled"), Lost("broke", ValueError("a name"))])

    def made(written: bytes) -> Pages | Lost:
        return next(calls) or set_pages(written)

    with monkeypatch.context() as patched:
        patched.setattr(making, "set_pages", made)
        result = shop.run()
    assert told_of(result) == [
        ("K-0000", "failed", ["ended-its-process"]),
        ("K-0001", "issued", []),
        ("K-0002", "failed", ["stalled"]),
        ("K-0003", "failed", ["broke-off"]),
    ]
    assert "a name" not in str(result.outcomes)
    assert (shop.run().counts, shop.history().count("letter-issued")) == ({"issued": 4}, 4)


def test_a_machine_that_cannot_go_on_keeps_what_is_done_and_tells_it(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    shop.rows(*(row(number) for number in range(6)))
    left = 3

    def made(written: bytes) -> Pages:
        nonlocal left
        left -= 1
        if left < 0:
            raise MachineError("The engine is gone.", "Fetch it.")
        return set_pages(written)

    with monkeypatch.context() as patched:
        patched.setattr(making, "set_pages", made)
        with pytest.raises(MachineError, match="The engine is gone"):
            shop.run()
    told = Counter(one["status"] for one in shop.listed("manifest.csv"))
    issued = shop.history().count("letter-issued")
    assert told == {"issued": issued, "planned": 6 - issued}
    assert 0 < issued <= 3
    again = shop.run()
    assert (again.counts, again.before) == ({"issued": 6}, issued)
    assert shop.history().count("letter-issued") == 6


def test_why_a_run_ended_is_told_also_where_its_lists_cannot_be_written(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    def made(_: bytes) -> Pages:
        (shop.out / "manifest.csv").unlink()
        (shop.out / "manifest.csv").mkdir()
        raise MachineError("The engine is gone.", "Fetch it.")

    monkeypatch.setattr(making, "set_pages", made)
    with pytest.raises(MachineError, match="The engine is gone"):
        shop.run()


def test_of_two_batches_at_once_each_letter_is_issued_by_one(tmp_path: Path) -> None:
    folder, outs = caseload(tmp_path / "office", 8), ("one", "other")
    runs = [
        subprocess.Popen(
            command("--workers", "1", out=out),
            cwd=folder,
            env=surroundings(),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        for out in outs
    ]
    said = [process.communicate(timeout=100) for process in runs]
    assert all(process.returncode in (0, 1) for process in runs), said
    issued: Counter[str] = Counter()
    for out in outs:
        with (folder / out / "manifest.csv").open(encoding="utf-8-sig", newline="") as file:
            rows = list(csv.DictReader(file))
        assert len(rows) == 8
        assert {row["status"] for row in rows} <= {"issued", "withheld"}
        names = {row["file"] for row in rows if row["status"] == "issued"}
        there = {f"letters/{path.name}" for path in (folder / out / "letters").glob("L-*.pdf")}
        assert names == there
        issued.update(row["case"] for row in rows if row["status"] == "issued")
    assert issued == {f"K-{number:04}": 1 for number in range(8)}
