"""What an earlier run issued is found again, told of, and not made anew."""

from __future__ import annotations

from pathlib import Path

import pytest

from letters.batch import planning
from letters.batch.before import letters_of
from letters.batch.work import Task
from letters.clock import now
from letters.model.history import LetterVoided
from letters.proof import text
from tests.batch.conftest import DANA, Shop, told_of
from tests.support.caseloads import caseload, row
from tests.support.desk import TODAY


def test_only_the_letters_of_this_batch_are_its_own(shop: Shop) -> None:
    first = shop.run(limit=1)
    second = shop.run(out=shop.folder / "other", where=["case=K-0001"])
    with shop.office.register().reading() as connection:
        assert list(letters_of(connection, first.batch)[0]) == [("K-0000", "client-1")]
        assert list(letters_of(connection, second.batch)[0]) == [("K-0001", "client-1")]
        assert letters_of(connection, "B-00000000") == ({}, {})


def test_what_was_issued_is_told_as_it_was_the_first_time(shop: Shop) -> None:
    shop.rows(row(0, language="es", address_discreet="yes"), row(1))
    shop.run()
    first = {name: (shop.out / name).read_bytes() for name in ("manifest.csv", "tracked-post.csv")}
    shop.run()
    assert {name: (shop.out / name).read_bytes() for name in first} == first
    told = shop.listed("manifest.csv")[0]
    assert (told["language"], told["sender"]) == ("es", shop.office.practice.discreet_name)


def test_what_was_issued_is_not_even_checked(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    shop.run()
    asked: list[Task] = []
    monkeypatch.setattr(planning, "check", asked.append)
    assert shop.run().before == 2
    assert asked == []


def test_a_letter_that_was_voided_is_not_in_force(shop: Shop) -> None:
    first = shop.run()
    name = first.outcomes[0].letter
    with shop.office.register().writing(DANA, now(shop.office.practice.time_zone)) as writing:
        writing.append(LetterVoided(letter=name, because="torn"), "K-0000")
    with shop.office.register().reading() as connection:
        assert list(letters_of(connection, first.batch)[0]) == [("K-0001", "client-1")]


def test_what_is_decided_otherwise_is_checked_anew(shop: Shop) -> None:
    """The practice, too, decides a letter: a new last day is another letter."""
    shop.run()
    file = shop.folder / "practice.yaml"
    file.write_text(file.read_text("utf-8").replace("2027-01-15", "2027-01-22"), "utf-8")
    result = shop.look(out=shop.out)
    assert result.before == 2
    assert [(case, status, codes) for case, status, codes in told_of(result) if status != "issued"] == [
        ("K-0000", "withheld", ["already-issued"]),
        ("K-0001", "withheld", ["already-issued"]),
    ]


def test_a_letter_to_somebody_who_must_not_be_written_to_any_more_is_held(shop: Shop) -> None:
    shop.run()
    name = shop.listed("manifest.csv")[0]["letter"]
    shop.rows(row(0, died="2026-11-20"), row(1))
    result = shop.run()
    (withheld,) = (one for one in result.outcomes if one.status == "withheld")
    assert [one.code for one in withheld.findings] == ["deceased", "must-not-leave"]
    assert f"letters log void {name}" in withheld.findings[-1].remedy
    assert name in [one["letter"] for one in shop.listed("manifest.csv")]
    assert name not in [one["letter"] for one in shop.listed("tracked-post.csv")]
    assert "Casey Number0" not in text((shop.out / "print.pdf").read_bytes())
    assert "Casey Number1" in text((shop.out / "print.pdf").read_bytes())


def test_what_was_told_of_a_letter_stays_however_often_the_batch_is_run(shop: Shop) -> None:
    shop.run()
    first = shop.listed("manifest.csv")[0], shop.listed("tracked-post.csv")
    shop.rows(row(0, address_line_1="9 New Street"), row(1))
    for _ in range(3):
        shop.run()
    (issued,) = (one for one in shop.listed("manifest.csv") if one["letter"] == first[0]["letter"])
    assert issued == first[0]
    assert shop.listed("tracked-post.csv") == first[1]


def test_what_is_put_back_was_issued_before(shop: Shop) -> None:
    shop.run()
    for file in (shop.out / "letters").glob("L-*.pdf"):
        file.unlink()
    assert shop.run().before == 2


def test_documents_that_are_missing_are_put_back_and_a_print_job_where_nothing_tells_that_it_was_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LETTERS_TODAY", TODAY.isoformat())
    shop = Shop(caseload(tmp_path / "harbor", 2, "harbor"))
    shop.run()
    (document,) = (shop.out / "letters" / "enclosures").iterdir()
    data = document.read_bytes()
    document.unlink()
    (shop.out / "print.pdf").unlink()
    shop.run()
    assert document.read_bytes() == data
    assert not (shop.out / "print.pdf").exists()
    (shop.out / "print.json").unlink()
    shop.run()
    assert (shop.out / "print.pdf").exists()
