"""A letter that was issued is held once something speaks against it, and until nothing does any more."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from letters.batch.running import Result
from letters.caseload.delivery import Desk, Sending, send, void
from letters.clock import now
from letters.errors import UsageError
from letters.findings import Finding
from letters.proof import text
from letters.register import correspondence
from tests.batch.conftest import DANA, Shop, told_of
from tests.support.caseloads import row
from tests.support.desk import TODAY


def held(shop: Shop) -> set[str]:
    """The letters that the register says must not leave."""
    with shop.office.register().reading() as connection:
        return set(correspondence.holds(connection))


def letter_of(result: Result, case: str) -> str:
    return next(one.letter for one in result.outcomes if one.case == case and one.letter)


def is_printed(shop: Shop, name: str) -> bool:
    return any(name in text(file.read_bytes()) for file in shop.out.glob("print*.pdf"))


def test_it_stays_held_whatever_part_of_the_caseload_comes_next(shop: Shop) -> None:
    name = letter_of(shop.run(), "K-0000")
    shop.rows(row(0, died="2026-11-20"), row(1), row(2))
    shop.run(limit=1)
    assert held(shop) == {name}
    for options in ({"where": ["case=K-0001"]}, {"limit": 1}, {}):
        shop.run(**options)
        assert held(shop) == {name}
        assert not is_printed(shop, "Casey Number0")
        assert name not in [one["letter"] for one in shop.listed("tracked-post.csv")]


def test_nobody_enters_it_as_sent(shop: Shop) -> None:
    name = letter_of(shop.run(), "K-0000")
    shop.rows(row(0, no_contact="yes"), row(1))
    shop.run()
    office = shop.office
    at = now(office.practice.time_zone)
    with office.register().writing(DANA, at) as writing:
        (told,) = send(writing, [name], Sending("post", TODAY), Desk(office.practice, at, DANA.by))
        assert isinstance(told, Finding)
        assert told.code == "must-not-leave"
        void(writing, name, "the client must not be written to")
    assert held(shop) == set()


def test_it_is_released_where_the_case_allows_it_again(shop: Shop) -> None:
    name = letter_of(shop.run(), "K-0000")
    shop.rows(row(0, died="2026-11-20"), row(1))
    shop.run()
    assert held(shop) == {name}
    shop.rows(row(0), row(1))
    shop.run()
    assert held(shop) == set()


def test_what_the_register_knows_counts_also_for_a_case_that_is_not_in_the_table_any_more(shop: Shop) -> None:
    name = letter_of(shop.run(), "K-0000")
    shop.enter(row(0, died="2026-11-20"))
    shop.rows(row(1))
    shop.run()
    assert held(shop) == {name}
    assert not is_printed(shop, "Casey Number0")


def test_whoever_would_not_get_the_letter_any_more_is_held(shop: Shop) -> None:
    parent = {
        "born": "2012-05-01",
        "representative_name": "Pat Number0",
        "representative_relation": "parent",
    }
    at_home = {
        **{"representative_address_line_1": "100 Alder Avenue", "representative_city": "Portland"},
        **{"representative_region": "OR", "representative_postcode": "97202", "representative_country": "US"},
        **{"representative_address_safe": "yes", "representative_address_discreet": "no"},
        **{"representative_address_confirmed": "2026-11-01"},
    }
    shop.rows(row(0, **parent, **at_home), row(1))
    name = letter_of(shop.run(), "K-0000")
    shop.rows(row(0, **parent, **at_home, representative_barred="yes"), row(1))
    shop.run()
    assert held(shop) == {name}


def test_a_change_of_the_practice_holds_nothing(shop: Shop) -> None:
    shop.run()
    file = shop.folder / "practice.yaml"
    file.write_text(file.read_text("utf-8").replace("2027-01-15", "2027-01-22"), "utf-8")
    assert {status for _, status, _ in told_of(shop.run())} == {"issued", "withheld"}
    assert held(shop) == set()


def test_two_cases_of_one_person_that_contradict_each_other_are_both_kept_back(shop: Shop) -> None:
    same = {"client_name": "Mike Tarn", "born": "1980-02-03", "address_line_1": "7 Elm Street"}
    shop.rows(row(0, **same), row(1, **same, no_contact="yes"), row(2))
    assert [status for _, status, _ in told_of(shop.look())] == ["problem", "withheld", "planned"]


def test_a_voided_letter_is_not_issued_by_running_the_batch_again(shop: Shop) -> None:
    name = letter_of(shop.run(), "K-0000")
    with shop.office.register().writing(DANA, now(shop.office.practice.time_zone)) as writing:
        void(writing, name, "the wrong day")
    assert told_of(shop.run())[0] == ("K-0000", "withheld", ["voided-before"])
    result = shop.run(accepted={"voided-before": "it was the right day after all"})
    assert letter_of(result, "K-0000") == name


def test_the_copy_of_a_batch_is_none(shop: Shop) -> None:
    shop.run()
    copy = shop.folder / "copy"
    shutil.copytree(shop.out, copy)
    with pytest.raises(UsageError, match="is a copy of its folder"):
        shop.run(out=copy)
    moved = shop.folder / "moved"
    shop.out.rename(moved)
    next(Path(moved, "letters").glob("L-*.pdf")).unlink()
    assert shop.run(out=moved).before == 2
    assert len(list(Path(moved, "letters").glob("L-*.pdf"))) == 2
    assert not shop.out.exists()


def test_what_was_entered_while_the_batch_was_made_is_seen_by_the_next_run(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    from letters.batch import jobs

    write = jobs.write

    def slow(*arguments: object) -> object:
        monkeypatch.undo()
        shop.enter(row(0, died="2026-11-20"))
        shop.rows(row(0), row(1))
        return write(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(jobs, "write", slow)
    name = letter_of(shop.run(), "K-0000")
    shop.run()
    assert held(shop) == {name}
