"""Who is in a caseload twice, and what becomes of both."""

from __future__ import annotations

from tests.batch.conftest import Shop, told_of
from tests.batch.test_planning import SECOND
from tests.support.caseloads import row

FIRST = row(0)
SAME = {"client_name": FIRST["client name"], "born": FIRST["born"]}
NEXT_DOOR = {"address_line_1": FIRST["address line 1"], "postcode": FIRST["postcode"]}
TWINS = {"entered-twice": "a father and a son"}


def test_a_case_in_two_rows_is_a_problem_of_both(shop: Shop) -> None:
    shop.rows(row(0), row(1), row(0, last_session="2026-11-21"))
    result = shop.look()
    assert [(one.case, one.status) for one in result.outcomes] == [
        ("K-0000", "problem"),
        ("K-0001", "planned"),
        ("K-0000", "problem"),
    ]
    assert [one.message for one in result.outcomes[0].findings] == [
        "Case K-0000 is here twice: also at row 4."
    ]
    assert [one.message for one in result.outcomes[2].findings] == [
        "Case K-0000 is here twice: also at row 2."
    ]


def test_a_case_in_two_rows_cannot_be_accepted(shop: Shop) -> None:
    shop.rows(row(0), row(0))
    assert shop.look(accepted={"case-twice": "both hold"}).counts == {"problem": 2}


def test_all_letters_of_a_couple_in_two_rows_are_problems(shop: Shop) -> None:
    shop.rows(row(0, **SECOND), row(0, **SECOND))
    assert shop.look().counts == {"problem": 4}


def test_two_rows_for_two_people_of_a_case_are_none(shop: Shop) -> None:
    shop.rows(row(0, **SECOND, to="client-1"), row(0, **SECOND, to="client-2"))
    assert told_of(shop.run()) == [("K-0000", "issued", []), ("K-0000", "issued", [])]
    assert [one["addressee"] for one in shop.listed("manifest.csv")] == ["client-1", "client-2"]


def test_two_rows_for_one_person_of_a_case_are_a_problem(shop: Shop) -> None:
    shop.rows(row(0, **SECOND, to="client-1"), row(0, **SECOND, to="client-1"))
    assert [codes for _, _, codes in told_of(shop.look())] == [["case-twice"], ["case-twice"]]


def test_a_row_for_one_and_a_row_for_all_are_a_problem(shop: Shop) -> None:
    shop.rows(row(0, **SECOND, to="client-1"), row(0, **SECOND, to=""))
    assert shop.look().counts == {"problem": 3}


def test_a_case_in_a_row_and_in_another_table_is_a_problem(shop: Shop) -> None:
    other = shop.rows(row(0)).rename(shop.folder / "other.csv")
    assert shop.look(other, shop.rows(row(0), row(1))).counts == {"problem": 2, "planned": 1}


def test_a_table_that_is_named_twice_is_read_once(shop: Shop) -> None:
    assert shop.look(shop.table, shop.table).counts == {"planned": 2}


def test_a_row_that_cannot_be_read_makes_a_case_twice_as_well(shop: Shop) -> None:
    shop.rows(row(0, opened="2026-02-30"), row(0))
    assert shop.look().counts == {"problem": 2}


def test_one_person_under_two_numbers_is_a_problem_of_the_second(shop: Shop) -> None:
    shop.rows(row(0), row(1, **SAME))
    result = shop.look()
    assert told_of(result) == [("K-0000", "planned", []), ("K-0001", "problem", ["entered-twice"])]
    assert "letters case merge K-0001 --into K-0000" in result.outcomes[1].findings[0].remedy


def test_one_person_under_two_numbers_may_be_accepted(shop: Shop) -> None:
    shop.rows(row(0), row(1, **SAME))
    assert told_of(shop.run(accepted=TWINS)) == [
        ("K-0000", "issued", []),
        ("K-0001", "issued", ["entered-twice"]),
    ]


def test_one_name_alone_makes_nobody_the_same_person(shop: Shop) -> None:
    shop.rows(row(0), row(1, client_name=FIRST["client name"]))
    assert shop.look().counts == {"planned": 2}


def test_somebody_whom_the_register_has_under_another_number_is_a_problem(shop: Shop) -> None:
    shop.enter(row(0))
    shop.rows(row(1, **SAME))
    assert told_of(shop.look()) == [("K-0001", "problem", ["entered-twice"])]


def test_a_case_is_no_double_of_itself_in_the_register(shop: Shop) -> None:
    shop.enter(row(0))
    assert shop.look(shop.rows(row(0))).counts == {"planned": 1}


def test_doubles_within_the_register_are_found_too(shop: Shop) -> None:
    shop.enter(row(0), row(1, **SAME))
    assert told_of(shop.look(open=True)) == [
        ("K-0000", "planned", []),
        ("K-0001", "problem", ["entered-twice"]),
    ]


def test_two_cases_in_one_home_are_told_and_both_letters_go(shop: Shop) -> None:
    shop.rows(row(0), row(1, **NEXT_DOOR), row(2))
    result = shop.run()
    assert told_of(result) == [
        ("K-0000", "issued", []),
        ("K-0001", "issued", ["one-home"]),
        ("K-0002", "issued", []),
    ]
    (note,) = result.outcomes[1].findings
    assert note.message == "Cases K-0000 and K-0001 have the same address."


def test_the_same_person_in_one_home_is_told_once(shop: Shop) -> None:
    shop.rows(row(0), row(1, **SAME, **NEXT_DOOR))
    assert told_of(shop.look(accepted=TWINS))[1] == ("K-0001", "planned", ["entered-twice"])


def test_a_home_that_nobody_is_written_to_is_not_told(shop: Shop) -> None:
    shop.rows(row(0), row(1, **NEXT_DOOR, address_safe="no"))
    assert told_of(shop.look()) == [("K-0000", "planned", []), ("K-0001", "withheld", ["safe-contact"])]


def test_who_is_withheld_stays_so_whatever_else_is_found(shop: Shop) -> None:
    shop.rows(row(0), row(1, **SAME, died="2026-10-02"))
    result = shop.look()
    assert [(one.case, one.status) for one in result.outcomes] == [
        ("K-0000", "planned"),
        ("K-0001", "withheld"),
    ]
    assert [one.code for one in result.outcomes[1].findings] == ["deceased", "entered-twice"]
