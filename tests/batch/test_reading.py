"""The cases of tables, folders, standard input and the register, each as an item or with what is wrong."""

from __future__ import annotations

import io
import json
import shutil
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
import xlsxwriter

from letters.batch.reading import Caseload
from letters.findings import FoundError
from letters.order import KeptCase
from letters.register import queries
from tests.batch.conftest import Shop, told_of
from tests.support.caseloads import row
from tests.support.desk import EXAMPLES

HANDOVER = {
    "handover_to": "sam-rivera",
    "handover_on": "2027-01-18",
    "handover_shares": "your records",
    "handover_consent_signed": "2026-11-16",
    "handover_consent_reference": "HC-0001",
}
CASE = {
    "case": "T-1",
    "relationship": "individual",
    "opened": "2026-03-21",
    "clinician": "dana-okafor",
    "clients": [
        {
            "id": "robin",
            "name": "Robin Vale",
            "addresses": [
                {
                    "lines": ["1 Quince Street"],
                    "city": "Portland",
                    "region": "OR",
                    "postcode": "97201",
                    "country": "US",
                    "safe": "yes",
                    "discreet": "no",
                    "confirmed": "2026-10-21",
                }
            ],
        }
    ],
}


def short(number: int, **cells: str) -> dict[str, str]:
    """A row that says nothing of a case but its number and what is given."""
    return {"case": f"K-{number:04}"} | {name.replace("_", " "): value for name, value in cells.items()}


def as_csv(shop: Shop, rows: list[dict[str, str]]) -> Path:
    return shop.rows(*rows)


def as_tsv(shop: Shop, rows: list[dict[str, str]]) -> Path:
    file = shop.folder / "clients.tsv"
    file.write_text(shop.rows(*rows).read_text("utf-8").replace(",", "\t"), "utf-8")
    return file


def as_lines(shop: Shop, rows: list[dict[str, str]]) -> Path:
    file = shop.folder / "clients.jsonl"
    file.write_text("".join(json.dumps(one) + "\n" for one in rows), "utf-8")
    return file


def as_workbook(shop: Shop, rows: list[dict[str, str]]) -> Path:
    file = shop.folder / "clients.xlsx"
    with xlsxwriter.Workbook(str(file)) as book:
        sheet = book.add_worksheet()
        for number, cells in enumerate([list(rows[0]), *(list(one.values()) for one in rows)]):
            sheet.write_row(number, 0, cells)
    return file


def hand_in(data: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    """Give something to standard input."""
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))


@pytest.mark.parametrize("made", [as_csv, as_tsv, as_lines, as_workbook])
def test_every_sort_of_table_is_read(shop: Shop, made: Callable[[Shop, list[dict[str, str]]], Path]) -> None:
    file = made(shop, [row(0), row(1)])
    assert told_of(shop.look(file)) == [("K-0000", "planned", []), ("K-0001", "planned", [])]


@pytest.mark.parametrize("made", [as_csv, as_tsv, as_lines, as_workbook])
def test_every_sort_of_table_is_read_from_standard_input(
    shop: Shop, made: Callable[[Shop, list[dict[str, str]]], Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    hand_in(made(shop, [row(0), row(1)]).read_bytes(), monkeypatch)
    assert [one.case for one in shop.look("-").outcomes] == ["K-0000", "K-0001"]


def test_a_case_file_is_read_from_standard_input(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    hand_in(json.dumps(CASE).encode(), monkeypatch)
    result = shop.run("-")
    assert told_of(result) == [("T-1", "issued", [])]
    assert result.outcomes[0].source == "standard input"


def test_a_folder_stands_for_the_case_files_in_it(shop: Shop) -> None:
    folder = shop.folder / "cases"
    folder.mkdir()
    for number in (2, 1):
        (folder / f"{number}.json").write_text(json.dumps(CASE | {"case": f"T-{number}"}), "utf-8")
    result = shop.look(folder, shop.table)
    assert [(one.source, one.case) for one in result.outcomes] == [
        ("1.json", "T-1"),
        ("2.json", "T-2"),
        ("clients.csv, row 2", "K-0000"),
        ("clients.csv, row 3", "K-0001"),
    ]


def test_a_table_in_a_folder_of_cases_is_told(shop: Shop) -> None:
    folder = shop.folder / "cases"
    folder.mkdir()
    (folder / "1.json").write_text(json.dumps(CASE), "utf-8")
    shutil.move(shop.table, folder)
    result = shop.look(folder)
    assert [one.case for one in result.outcomes] == ["T-1"]
    (finding,) = result.plan.findings
    assert "no tables: clients.csv" in finding.message


def test_a_case_file_with_a_mistake_does_not_stop_the_others(shop: Shop) -> None:
    folder = shop.folder / "cases"
    folder.mkdir()
    (folder / "1.json").write_text(json.dumps(CASE | {"opened": "soon"}), "utf-8")
    (folder / "2.json").write_text(json.dumps(CASE | {"case": "T-2"}), "utf-8")
    result = shop.look(folder)
    assert [(one.source, one.status) for one in result.outcomes] == [
        ("1.json", "problem"),
        ("2.json", "planned"),
    ]
    assert [one.code for one in result.outcomes[0].findings] == ["bad-value"]


@pytest.mark.parametrize("name", ["missing.csv", "missing.yaml"])
def test_a_file_that_is_not_there_stops_everything_or_is_told(shop: Shop, name: str) -> None:
    try:
        found = [one for outcome in shop.look(shop.folder / name).outcomes for one in outcome.findings]
    except FoundError as error:
        found = error.findings
    assert [one.code for one in found] == ["file"]


def test_a_column_nobody_knows_stops_everything_until_it_is_let_be(shop: Shop) -> None:
    shop.rows(row(0, shoe_size="42"))
    with pytest.raises(FoundError) as told:
        shop.run()
    assert "shoe size" in told.value.findings[0].message
    assert not (shop.out / "letters").exists()
    result = shop.look(ignore_columns=True)
    assert result.counts == {"planned": 1}
    assert "shoe size" in result.plan.findings[0].message


def test_an_encoding_is_named(shop: Shop) -> None:
    shop.rows(row(0, client_name="José Núñez"))
    shop.table.write_bytes(shop.table.read_text("utf-8").encode("cp1252"))
    with pytest.raises(FoundError):
        shop.look()
    assert shop.look(encoding="cp1252").outcomes[0].name == "José Núñez"


def test_the_columns_of_an_export_are_those_the_practice_names(shop: Shop) -> None:
    practice = shop.folder / "practice.yaml"
    says = "\ncolumns: {Client ID: case, Patient: client name, Plan: ignore}\ntable_dates: month-first\n"
    practice.write_text(practice.read_text("utf-8") + says, "utf-8")
    shop.rows(*(_exported(number) for number in ("03/21/2026", "21/03/2026")))
    assert told_of(shop.run()) == [("K-1", "issued", []), ("K-2", "problem", ["bad-value"])]
    (problem,) = shop.listed("problems.csv")
    assert (problem["Client ID"], problem["Patient"], problem["opened"]) == ("K-2", "Casey K-2", "21/03/2026")
    file = shop.out / "problems.csv"
    file.write_text(file.read_text("utf-8").replace("21/03/2026", "03/21/2026"), "utf-8")
    assert shop.run(file).counts == {"issued": 2}


def _exported(opened: str) -> dict[str, str]:
    number = "K-1" if opened.startswith("03") else "K-2"
    cells = row(0 if number == "K-1" else 1, opened=opened)
    del cells["case"], cells["client name"]
    return {"Client ID": number, "Patient": f"Casey {number}", "Plan": "x", **cells}


def test_a_row_of_a_known_case_adds_what_the_letter_says(shop: Shop) -> None:
    shop.enter(row(0), row(1))
    result = shop.run(shop.rows(short(0, **HANDOVER)))
    assert told_of(result) == [("K-0000", "issued", [])]
    with shop.office.register(make=False).reading() as connection:
        assert queries.data(connection, "K-0000")["handover"]["to"] == "sam-rivera"


def test_a_short_row_of_a_case_nobody_knows_is_a_problem(shop: Shop) -> None:
    shop.enter(row(0))
    result = shop.look(shop.rows(short(0), short(7)))
    assert [(one.case, one.status) for one in result.outcomes] == [
        ("K-0000", "planned"),
        ("K-0007", "problem"),
    ]
    assert {one.code for one in result.outcomes[1].findings} == {"missing-field"}


def test_without_a_register_a_table_must_say_all_of_a_case(shop: Shop) -> None:
    shop.rows(short(0, **HANDOVER))
    with pytest.raises(FoundError) as told:
        shop.look()
    assert {one.code for one in told.value.findings} == {"missing-field"}


def test_a_row_that_says_otherwise_where_somebody_lives_is_withheld(shop: Shop) -> None:
    shop.enter(row(0))
    result = shop.run(shop.rows(row(0, address_line_1="9 New Street")))
    assert told_of(result) == [("K-0000", "withheld", ["register-differs"])]
    assert "letters case import" in result.outcomes[0].findings[0].remedy
    assert "9 New Street" not in (shop.out / "withheld.csv").read_text("utf-8")


def test_a_row_that_does_not_go_with_what_is_known_is_a_problem(shop: Shop) -> None:
    shop.enter(row(0))
    result = shop.look(shop.rows(short(0, address_line_1="9 New Street")))
    assert told_of(result) == [("K-0000", "problem", ["missing-field"])]


def test_the_open_cases_of_the_register_are_written_to(shop: Shop) -> None:
    shop.enter(row(0), row(1, clinician="sam-rivera"), row(2))
    result = shop.look(open=True)
    assert [(one.case, one.source) for one in result.outcomes] == [
        ("K-0000", ""),
        ("K-0001", ""),
        ("K-0002", ""),
    ]
    assert [one.case for one in shop.look(open=True, clinician="dana-okafor").outcomes] == [
        "K-0000",
        "K-0002",
    ]
    assert [one.case for one in shop.look(open=True, where=["clinician=sam-rivera"]).outcomes] == ["K-0001"]


def test_assignments_are_laid_over_the_open_cases(shop: Shop) -> None:
    shop.enter(row(0), row(1))
    table = shop.rows(short(1, **HANDOVER))
    result = shop.run(table, open=True, clinician="dana-okafor")
    assert [(one.case, one.status, one.source) for one in result.outcomes] == [
        ("K-0000", "issued", ""),
        ("K-0001", "issued", "row 2"),
    ]
    with shop.office.register(make=False).reading() as connection:
        kept = {number: queries.data(connection, number).get("handover") for number in ("K-0000", "K-0001")}
    assert kept["K-0000"] is None
    assert kept["K-0001"]
    assert kept["K-0001"]["consent"] == {"signed": "2026-11-16", "reference": "HC-0001"}


def test_cases_are_chosen_by_what_is_assigned_to_them(shop: Shop) -> None:
    shop.enter(row(0), row(1))
    table = shop.rows(short(0, handover_to="sam-rivera"), short(1, handover_to="imke-vos"))
    result = shop.look(table, open=True, where=["handover to=imke-vos"])
    assert [one.case for one in result.outcomes] == ["K-0001"]


def test_a_table_without_rows_is_told(shop: Shop) -> None:
    shop.table.write_text("case,opened,clinician,client name\n", "utf-8")
    with pytest.raises(FoundError):
        shop.look()


def test_a_row_about_nobody_who_is_written_to_is_a_problem(shop: Shop) -> None:
    shop.enter(row(0), row(1, clinician="sam-rivera"))
    table = shop.rows(short(0, **HANDOVER), short(1, **HANDOVER), short(9, **HANDOVER))
    result = shop.look(table, open=True, clinician="dana-okafor")
    assert [(one.case, one.status, one.findings[-1].code) for one in result.outcomes[1:]] == [
        ("K-0001", "problem", "not-among-them"),
        ("K-0009", "problem", "not-among-them"),
    ]
    assert result.counts == {"planned": 1, "problem": 2}


def test_a_case_that_is_assigned_twice_is_a_problem(shop: Shop) -> None:
    shop.enter(row(0))
    other = HANDOVER | {"handover_to": "imke-vos"}
    result = shop.look(shop.rows(short(0, **HANDOVER), short(0, **other)), open=True)
    assert {(one.status, one.findings[-1].code) for one in result.outcomes} == {("problem", "case-twice")}


def test_a_problem_of_a_case_of_the_register_can_be_mended_as_well(shop: Shop) -> None:
    shop.enter(row(0, address_confirmed="2026-01-02"))
    shop.run(open=True)
    (problem,) = shop.listed("problems.csv")
    assert problem["case"] == "K-0000"


def test_rows_of_several_tables_are_told_apart(shop: Shop) -> None:
    other = shop.rows(row(0, opened="2026-02-30")).rename(shop.folder / "other.csv")
    shop.run(other, shop.rows(row(1, opened="2026-02-30")))
    assert [one["case"] for one in shop.listed("problems.csv")] == ["K-0000", "K-0001"]
    sources = [one["source"] for one in shop.listed("manifest.csv")]
    assert len(set(sources)) == 2


def test_an_item_of_the_register_is_the_case_as_it_is_kept(shop: Shop) -> None:
    shop.enter(row(0))
    with shop.office.register().reading() as connection:
        (item,) = Caseload(shop.wanted(open=True).given, shop.office.practice, connection).items()
        assert isinstance(item.case, KeptCase)
        assert item.case.digest == queries.digest(connection, "K-0000")
    assert item.value
    assert (item.number, item.value.clients[0].name) == ("K-0000", "Casey Number0")


def test_the_columns_are_those_of_all_tables(shop: Shop) -> None:
    other = shop.rows(row(0, phone="+1 503 555 0110")).rename(shop.folder / "other.csv")
    shop.rows(row(1, language="es"))
    caseload = Caseload(shop.wanted(other, shop.table).given, shop.office.practice, None)
    assert [item.number for item in caseload.items()] == ["K-0000", "K-0001"]
    assert {"phone", "language", "client name"} <= set(caseload.columns)


def test_the_example_files_are_read_as_they_are(shop: Shop) -> None:
    cases = EXAMPLES / "harbor" / "cases"
    given = shop.wanted(cases).given
    items = list(Caseload(given, shop.office.practice, None).items())
    assert len(items) > 20
    assert all(item.value and item.case for item in items)
