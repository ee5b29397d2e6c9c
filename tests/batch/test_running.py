"""A batch from beginning to end, and run again."""

from __future__ import annotations

import os
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from letters.batch.leaving import Paper
from letters.caseload import approving
from letters.clock import now
from letters.errors import UsageError
from letters.letter import make
from letters.order import KeptCase, Order
from letters.proof import page_count, text
from letters.register import queries
from letters.register.queries import LetterRow
from letters.register.store import Actor
from tests.batch.conftest import Shop, told_of
from tests.support.caseloads import KIND, row
from tests.support.desk import TODAY

File = tuple[bytes, int]


def state(folder: Path) -> dict[str, File]:
    """Every file of a folder, with when it was written."""
    files = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return {str(path.relative_to(folder)): (path.read_bytes(), path.stat().st_mtime_ns) for path in files}


def in_register(shop: Shop) -> dict[str, LetterRow]:
    """The letters that are in force, by their cases."""
    with shop.office.register(make=False).reading() as connection:
        rows = queries.letters(connection)
    return {one.case_number: one for one in rows if not one.replaced_by}


def test_letters_are_made_entered_listed_and_put_together(shop: Shop) -> None:
    shop.rows(row(0), row(1, died="2026-10-02"), row(2, opened="2026-02-30"), row(3))
    result = shop.run(paper=Paper(labels="avery-5160", envelope="us-10"))
    assert (result.counts, result.before) == ({"issued": 2, "withheld": 1, "problem": 1}, 0)
    assert [(one["case"], one["status"]) for one in shop.listed("manifest.csv")] == [
        ("K-0000", "issued"),
        ("K-0001", "withheld"),
        ("K-0002", "problem"),
        ("K-0003", "issued"),
    ]
    assert [one["case"] for one in shop.listed("withheld.csv")] == ["K-0001"]
    assert [one["case"] for one in shop.listed("problems.csv")] == ["K-0002"]
    assert shop.history() == ["case-entered", "letter-issued"] * 2
    printed = text((shop.out / "print.pdf").read_bytes())
    assert [printed.count(f"Casey Number{number}\n") > 0 for number in range(4)] == [True, False, False, True]
    assert page_count((shop.out / "labels.pdf").read_bytes()) == 1
    assert page_count((shop.out / "envelopes.pdf").read_bytes()) == 2


def test_what_is_listed_is_what_the_register_has(shop: Shop) -> None:
    result = shop.run()
    kept = in_register(shop)
    for one in shop.listed("manifest.csv"):
        letter = kept[one["case"]]
        assert (one["letter"], one["sha256"], one["language"]) == (letter.letter, letter.sha256, "en")
        assert (shop.out / one["file"]).is_file()
        assert letter.data["batch"] == result.batch
        assert letter.folder == "out/letters"
    assert {one.dated for one in kept.values()} == {TODAY.isoformat()}


def test_nothing_is_made_where_one_only_looks(shop: Shop) -> None:
    before = state(shop.folder)
    assert shop.look(out=shop.out).counts == {"planned": 2}
    assert state(shop.folder) == before
    assert not shop.out.exists()


def test_a_second_run_makes_nothing_anew(shop: Shop) -> None:
    shop.rows(row(0), row(1, died="2026-10-02"))
    first = shop.run(paper=Paper(labels="avery-5160"))
    before, history = state(shop.out), shop.history()
    again = shop.run(paper=Paper(labels="avery-5160"))
    assert (again.batch, again.before, again.counts) == (first.batch, 1, {"issued": 1, "withheld": 1})
    after = state(shop.out)
    assert {name: data for name, (data, _) in after.items()} == {
        name: data for name, (data, _) in before.items()
    }
    lists = {
        "manifest.csv",
        "manifest.jsonl",
        "withheld.csv",
        "problems.csv",
        "tracked-post.csv",
        "seen.json",
    }
    assert {name for name in after if after[name] != before[name]} <= lists
    assert shop.history() == history
    assert not again.left.printed


def test_what_is_missing_or_damaged_is_put_back(shop: Shop) -> None:
    shop.run()
    letters = sorted((shop.out / "letters").glob("L-*.pdf"))
    whole = [file.read_bytes() for file in letters]
    letters[0].unlink()
    letters[1].write_bytes(b"torn")
    history = shop.history()
    assert shop.run().counts == {"issued": 2}
    assert [file.read_bytes() for file in letters] == whole
    assert shop.history() == history


def test_mended_problems_are_fed_back(shop: Shop) -> None:
    shop.rows(row(0), row(1, died="2026-10-02"), row(2, opened="2026-02-30"), row(3))
    shop.run()
    before = state(shop.out / "letters")
    file = shop.out / "problems.csv"
    file.write_text(file.read_text("utf-8").replace("2026-02-30", "2026-02-28"), "utf-8")
    result = shop.run(file)
    assert (result.before, result.counts) == (2, {"issued": 3, "withheld": 1})
    assert state(shop.out / "letters").items() >= before.items()
    assert sorted((one["case"], one["status"]) for one in shop.listed("manifest.csv")) == [
        ("K-0000", "issued"),
        ("K-0001", "withheld"),
        ("K-0002", "issued"),
        ("K-0003", "issued"),
    ]
    assert [one["number"] for one in shop.listed("manifest.csv")] == ["1", "2", "3", "4"]
    assert [one["case"] for one in shop.listed("withheld.csv")] == ["K-0001"]
    assert shop.listed("problems.csv") == []
    assert len(shop.listed("tracked-post.csv")) == 2
    assert len(shop.listed("tracked-post-run-2.csv")) == 1


def test_a_mended_list_that_was_saved_elsewhere_is_fed_back_as_well(shop: Shop) -> None:
    shop.rows(row(0), row(1, died="2026-10-02"), row(2, opened="2026-02-30"))
    shop.run()
    mended = shop.folder / "mended.csv"
    mended.write_text(
        (shop.out / "problems.csv").read_text("utf-8").replace("2026-02-30", "2026-02-28"), "utf-8"
    )
    assert shop.run(mended).counts == {"issued": 2, "withheld": 1}


def test_what_is_still_wrong_stays_in_the_list(shop: Shop) -> None:
    shop.rows(row(0, opened="2026-02-30"), row(1, clinician="sam-rivera"), row(2))
    shop.run()
    file = shop.out / "problems.csv"
    file.write_text(file.read_text("utf-8").replace("2026-02-30", "2026-02-28"), "utf-8")
    result = shop.run(file)
    assert result.counts == {"issued": 2, "problem": 1}
    assert [one["case"] for one in shop.listed("problems.csv")] == ["K-0001"]


def test_what_follows_a_limited_run_goes_into_another_print_job(shop: Shop) -> None:
    shop.rows(*(row(number) for number in range(3)))
    assert shop.run(limit=2).counts == {"issued": 2}
    first = (shop.out / "print.pdf").read_bytes()
    result = shop.run()
    assert (result.counts, result.before) == ({"issued": 3}, 2)
    assert (shop.out / "print.pdf").read_bytes() == first
    (printed,) = result.left.printed
    assert printed.letters == 1
    assert "Casey Number2" in text(printed.file.read_bytes())


def test_who_was_left_out_by_a_condition_stays_issued(shop: Shop) -> None:
    shop.run()
    result = shop.run(where=["case=K-0001"])
    assert (result.counts, result.before) == ({"issued": 2}, 2)


def test_a_changed_row_is_withheld_and_its_letter_stays_on_the_lists(shop: Shop) -> None:
    shop.run()
    name = in_register(shop)["K-0000"].letter
    pile = (shop.out / "print.pdf").read_bytes()
    shop.rows(row(0, last_session="2026-11-10"), row(1))
    result = shop.run()
    assert ("K-0000", "withheld", ["already-issued"]) in told_of(result)
    assert (shop.out / "print.pdf").read_bytes() == pile
    assert name in [one["letter"] for one in shop.listed("manifest.csv")]
    assert name in [one["letter"] for one in shop.listed("tracked-post.csv")]


def test_a_changed_row_that_is_accepted_replaces_its_letter(shop: Shop) -> None:
    shop.run()
    old = in_register(shop)["K-0000"].letter
    shop.rows(row(0, last_session="2026-11-10", words_last_day="Please call before the last day."), row(1))
    result = shop.run(accepted={"already-issued": "the last session was wrong"})
    new = in_register(shop)["K-0000"]
    assert result.counts == {"issued": 2}
    assert new.letter != old
    assert new.data["accepted"] == {"already-issued": "the last session was wrong"}
    assert old not in [one["letter"] for one in shop.listed("manifest.csv")]
    assert "Casey Number0" not in text((shop.out / "print.pdf").read_bytes())
    assert "Please call before" in text((shop.out / "print-run-2.pdf").read_bytes())


def test_what_is_accepted_is_entered_with_the_letter(shop: Shop) -> None:
    shop.rows(row(0, address_confirmed="2026-01-02"), row(1))
    shop.run(accepted={"address-unconfirmed": "called them all on Friday"})
    kept = in_register(shop)
    assert kept["K-0000"].data["accepted"] == {"address-unconfirmed": "called them all on Friday"}
    assert kept["K-0001"].data["accepted"] == {}


def days_later(days: int, monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """What is asked for when the batch is run again some days after today."""
    day = TODAY + timedelta(days)
    monkeypatch.setenv("LETTERS_TODAY", day.isoformat())
    return {"dated": day, "asked_on": day}


def test_all_letters_keep_the_date_of_the_first_day(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    shop.run(limit=1)
    result = shop.run(**days_later(7, monkeypatch))
    assert (result.counts, result.before) == ({"issued": 2}, 1)
    assert {one.dated for one in in_register(shop).values()} == {TODAY.isoformat()}


def test_all_letters_keep_the_language_and_the_print_they_were_begun_with(shop: Shop) -> None:
    shop.run(limit=1, language="es", large_print=True)
    first = in_register(shop)["K-0000"]
    shop.run()
    second = in_register(shop)["K-0001"]
    assert (first.data["language"], second.data["language"]) == ("es", "es")
    assert second.data["pages"] == first.data["pages"] > 2  # two in ordinary print


def test_after_seven_days_a_batch_is_too_old(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    shop.run(limit=1)
    result = shop.run(**days_later(8, monkeypatch))
    assert told_of(result) == [("K-0000", "issued", []), ("K-0001", "problem", ["backdated"])]
    assert list(in_register(shop)) == ["K-0000"]


def test_another_folder_gives_nobody_a_second_letter(shop: Shop) -> None:
    shop.run(limit=1)
    result = shop.run(out=shop.folder / "other")
    assert told_of(result) == [("K-0000", "withheld", ["already-issued"]), ("K-0001", "issued", [])]
    assert shop.history().count("letter-issued") == 2


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ({"kind": "outreach"}, "kind clinician-leaving"),
        ({"dated": TODAY + timedelta(1)}, "dated 2026-11-22, and not dated 2026-11-23"),
        ({"language": "es"}, "es"),
        ({"large_print": True}, "large print"),
    ],
)
def test_another_batch_does_not_go_into_the_same_folder(shop: Shop, asked: dict[str, Any], told: str) -> None:
    shop.run(limit=1)
    before = state(shop.out)
    with pytest.raises(UsageError, match=told):
        shop.run(**asked)
    assert state(shop.out) == before


def test_a_folder_with_something_else_in_it_is_left_alone(shop: Shop) -> None:
    shop.out.mkdir()
    (shop.out / "notes.txt").write_text("mine")
    with pytest.raises(UsageError, match="holds something else than a batch"):
        shop.run()
    assert [path.name for path in shop.out.iterdir()] == ["notes.txt"]


def test_everything_is_for_its_owner_alone(shop: Shop) -> None:
    before = os.umask(0o000)
    try:
        shop.rows(row(0, language="es"), row(1, opened="2026-02-30"))
        shop.run(paper=Paper(labels="avery-5160", envelope="us-10"))
    finally:
        os.umask(before)
    left = [shop.out, *shop.out.rglob("*")]
    assert len(left) > 12
    assert {path.stat().st_mode & 0o777 for path in left if path.is_dir()} == {0o700}
    assert {path.stat().st_mode & 0o777 for path in left if path.is_file()} == {0o600}


def test_how_far_it_is_is_told(shop: Shop) -> None:
    shop.rows(*(row(number) for number in range(3)))
    shop.run()
    assert ("checked", 3, None) in shop.told
    assert shop.told[-1] == ("made", 3, 3)


def test_a_copy_for_the_file_is_made_of_a_letter_in_another_language(shop: Shop) -> None:
    shop.rows(row(0, language="es"), row(1))
    shop.run()
    (copy,) = (shop.out / "letters").glob("*.file-copy.pdf")
    assert copy.name.startswith(in_register(shop)["K-0000"].letter)


def approve(shop: Shop, case: str) -> None:
    """Have a letter approved, dated today."""
    office = shop.office
    with office.register().writing(Actor("renate-holm", "renate"), now(office.practice.time_zone)) as writing:
        text, digest = queries.case_file(writing.connection, case), queries.digest(writing.connection, case)
        order = Order(KIND, KeptCase(case, text, digest), TODAY, draft=False, practice=office.file)
        letter, _ = make(order)
        assert letter
        assert approving.approve(writing, letter, order, office, Actor("renate-holm", "renate")).entry


def test_letters_wait_for_their_approval_and_keep_its_date(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = shop.folder / "practice.yaml"
    asked = "\napproval: {kinds: [clinician-leaving], by: [renate-holm]}\n"
    file.write_text(file.read_text("utf-8") + asked, "utf-8")
    shop.enter(row(0), row(1))
    waiting = ["withheld", ["not-approved"]]
    assert told_of(shop.run(open=True)) == [("K-0000", *waiting), ("K-0001", *waiting)]
    approve(shop, "K-0000")
    later = days_later(2, monkeypatch)
    result = shop.run(open=True, out=shop.folder / "later", **later)
    assert told_of(result) == [("K-0000", "issued", []), ("K-0001", *waiting)]
    letter = in_register(shop)["K-0000"]
    assert (letter.dated, letter.data["approval"] is not None) == (TODAY.isoformat(), True)


def test_a_letter_that_waits_for_its_approval_is_told_before_anything_is_made(shop: Shop) -> None:
    file = shop.folder / "practice.yaml"
    asked = "\napproval: {kinds: [clinician-leaving], by: [renate-holm]}\n"
    file.write_text(file.read_text("utf-8") + asked, "utf-8")
    assert shop.look().counts == {"withheld": 2}
