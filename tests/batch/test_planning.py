"""Which letters a caseload comes to, and what stops each of them."""

from __future__ import annotations

import json

import pytest

from letters.batch.planning import status_of
from letters.clock import now
from letters.errors import UsageError
from letters.findings import Finding, FoundError, Severity
from letters.letter import write
from letters.model.history import CaseEnded, CaseErased, Event
from letters.order import Order
from letters.tables import open_table
from tests.batch.conftest import DANA, Shop, told_of
from tests.support.caseloads import KIND, row
from tests.support.desk import TODAY

SECOND = {
    "relationship": "couple",
    "client_2_name": "Robin Vale",
    "client_2_address_line_1": "12 Quince Street",
    "client_2_city": "Portland",
    "client_2_postcode": "97214",
    "client_2_country": "US",
    "client_2_address_safe": "yes",
    "client_2_address_discreet": "no",
    "client_2_address_confirmed": "2026-10-21",
}
PARENT = {
    "born": "2014-05-05",
    "address_line_1": "",
    "city": "",
    "region": "",
    "postcode": "",
    "country": "",
    "address_safe": "",
    "address_discreet": "",
    "address_confirmed": "",
}

HARD: list[dict[str, str]] = [
    {},
    {"died": "2026-10-02"},
    {"address_safe": "", "phone": "+1 503 555 0110", "phone_safe": "yes"},
    {"address_confirmed": ""},
    {"clinician": "dana-okafour"},
    {"last_session": "2025-01-01", "appointment_at": "2027-02-01T10:00-08:00"},
    {"language": "vi"},
    {"confidential_diagnosis": "Portland"},
    {"client_name": "Cáſey Ⅻ", "address_discreet": ""},
]


def guardian(number: int, street: str) -> dict[str, str]:
    """The cells of somebody who acts for a minor."""
    who = "representative" if number == 1 else f"representative_{number}"
    return {
        f"{who}_name": f"Guardian Number{number}",
        f"{who}_relation": "guardian",
        f"{who}_address_line_1": street,
        f"{who}_city": "Portland",
        f"{who}_postcode": "97214",
        f"{who}_country": "US",
        f"{who}_address_safe": "yes",
        f"{who}_address_discreet": "no",
        f"{who}_address_confirmed": "2026-10-21",
    }


def test_each_row_is_a_letter(shop: Shop) -> None:
    result = shop.look()
    assert told_of(result) == [("K-0000", "planned", []), ("K-0001", "planned", [])]
    assert [(one.number, one.source, one.addressee, one.name) for one in result.outcomes] == [
        (1, "row 2", "client-1", "Casey Number0"),
        (2, "row 3", "client-1", "Casey Number1"),
    ]
    assert result.outcomes[0].route == ("Casey Number0", "100 Alder Avenue", "Portland, OR 97000")


def test_a_couple_gets_a_letter_each(shop: Shop) -> None:
    shop.rows(row(0, **SECOND))
    result = shop.look()
    assert [(one.addressee, one.name, one.postcode) for one in result.outcomes] == [
        ("client-1", "Casey Number0", "97000"),
        ("client-2", "Robin Vale", "97214"),
    ]
    assert {one.source for one in result.outcomes} == {"row 2"}
    assert result.counts == {"planned": 2}


def test_one_of_a_couple_may_be_withheld_and_the_other_written_to(shop: Shop) -> None:
    shop.rows(row(0, **{**SECOND, "client_2_address_safe": "no"}))
    assert told_of(shop.look()) == [("K-0000", "planned", []), ("K-0000", "withheld", ["safe-contact"])]


def test_a_column_says_which_of_a_couple_is_meant(shop: Shop) -> None:
    shop.rows(row(0, **SECOND, to="client-2"))
    assert [one.addressee for one in shop.look().outcomes] == ["client-2"]


def test_each_guardian_of_a_minor_gets_a_letter(shop: Shop) -> None:
    both = guardian(1, "1 Quince Street") | guardian(2, "2 Quince Street")
    shop.rows(row(0, **PARENT, **both))
    result = shop.look()
    assert [(one.addressee, one.status) for one in result.outcomes] == [
        ("representative-1", "planned"),
        ("representative-2", "planned"),
    ]


def test_a_minor_nobody_may_act_for_is_one_letter_that_is_withheld(shop: Shop) -> None:
    shop.rows(row(0, **PARENT))
    assert told_of(shop.look()) == [("K-0000", "withheld", ["no-representative"])]


@pytest.mark.parametrize(
    ("cells", "status", "code"),
    [
        ({"died": "2026-10-02"}, "withheld", "deceased"),
        ({"address_safe": "no"}, "withheld", "safe-contact"),
        ({"client_no_contact": "yes"}, "withheld", "safe-contact"),
        ({"address_confirmed": "2026-01-02"}, "problem", "address-unconfirmed"),
        ({"opened": "2026-02-30"}, "problem", "bad-value"),
        ({"client_name": ""}, "problem", "missing-field"),
        ({"clinician": "dana-okafour"}, "problem", "unknown-person"),
        ({"clinician": "sam-rivera"}, "problem", "missing-data"),
        ({"language": "vi"}, "problem", "language"),
        ({"last_session": "2025-01-01"}, "problem", "dates-disagree"),
    ],
)
def test_what_must_not_be_sent_is_withheld_and_what_can_be_mended_a_problem(
    shop: Shop, cells: dict[str, str], status: str, code: str
) -> None:
    shop.rows(row(0, **cells), row(1))
    (_, found, codes), other = told_of(shop.look())
    assert (found, codes[0]) == (status, code)
    assert other == ("K-0001", "planned", [])


def test_a_letter_that_must_not_be_sent_and_has_a_mistake_is_withheld() -> None:
    mistake = Finding("dates-disagree", Severity.ERROR, "")
    assert status_of([mistake], {}) == "problem"
    assert status_of([mistake, Finding("deceased", Severity.ERROR, "")], {}) == "withheld"


def test_a_warning_stops_a_letter_until_it_is_accepted_and_a_note_never() -> None:
    warning = Finding("address-unconfirmed", Severity.WARNING, "")
    assert status_of([warning], {}) == "problem"
    assert status_of([warning], {"address-unconfirmed": "called today"}) == "planned"
    assert status_of([Finding("one-home", Severity.NOTE, "")], {}) == "planned"


def test_a_warning_is_accepted_for_all_letters(shop: Shop) -> None:
    shop.rows(row(0, address_confirmed="2026-01-02"), row(1, address_confirmed="2025-01-02"))
    assert shop.look().counts == {"problem": 2}
    result = shop.look(accepted={"address-unconfirmed": "called them all on Friday"})
    assert told_of(result) == [
        ("K-0000", "planned", ["address-unconfirmed"]),
        ("K-0001", "planned", ["address-unconfirmed"]),
    ]


def test_a_reason_that_tells_a_secret_is_refused_before_anything_is_made(shop: Shop) -> None:
    shop.rows(row(0), row(1, confidential_diagnosis="Agoraphobia with panic"))
    with pytest.raises(UsageError, match="of case K-0001") as told:
        shop.run(accepted={"address-unconfirmed": "agoraphobia with panic, so nobody asks"})
    assert "agoraphobia" not in str(told.value).casefold()
    assert not shop.out.joinpath("letters").exists()
    assert not shop.folder.joinpath("register.sqlite").exists()


def test_a_reason_that_names_somebody_is_refused(shop: Shop) -> None:
    shop.rows(row(0), row(1, client_name="Robin Vale"))
    with pytest.raises(UsageError, match="names somebody, of case K-0001"):
        shop.look(accepted={"address-unconfirmed": "Robin Vale said so"})


def test_a_limit_counts_letters_in_order(shop: Shop) -> None:
    shop.rows(*(row(number) for number in range(5)))
    assert [one.case for one in shop.look(limit=3).outcomes] == ["K-0000", "K-0001", "K-0002"]


def test_a_couple_is_not_planned_beyond_the_limit(shop: Shop) -> None:
    shop.rows(row(0), row(1, **SECOND))
    assert len(shop.look(limit=2).outcomes) == 2


def test_only_those_with_a_value_are_meant(shop: Shop) -> None:
    shop.rows(row(0, language="es"), row(1), row(2, language="es", clinician="sam-rivera"))
    assert [one.case for one in shop.look(where=["language=es"]).outcomes] == ["K-0000", "K-0002"]
    assert [one.case for one in shop.look(where=["language!=es"]).outcomes] == ["K-0001"]
    both = ["language=ES", "clinician!=sam-rivera"]
    assert [one.case for one in shop.look(where=both).outcomes] == ["K-0000"]


def test_a_row_with_a_mistake_is_told_where_it_is_among_those_that_are_meant(shop: Shop) -> None:
    shop.rows(row(0, opened="2026-02-30"), row(1))
    assert told_of(shop.look(where=["case=K-0000"])) == [("K-0000", "problem", ["bad-value"])]
    assert [one.case for one in shop.look(where=["case=K-0001"]).outcomes] == ["K-0001"]


def test_a_mistake_of_the_practice_stops_everything_at_once(shop: Shop) -> None:
    file = shop.folder / "practice.yaml"
    file.write_text(file.read_text("utf-8").replace("us-or", "us-xx"), "utf-8")
    with pytest.raises(FoundError) as told:
        shop.run()
    assert [one.code for one in told.value.findings] == ["unknown-jurisdiction"]
    assert not shop.out.joinpath("letters").exists()


def test_a_limit_hides_no_case_that_is_there_twice(shop: Shop) -> None:
    shop.rows(row(0), row(1), row(0, last_session="2026-11-21"))
    assert told_of(shop.look(limit=1)) == [("K-0000", "problem", ["case-twice"])]


def test_an_addressee_the_case_does_not_have_stops_that_row_alone(shop: Shop) -> None:
    shop.rows(row(0, **SECOND, to="client-9"), row(1))
    assert told_of(shop.look()) == [("K-0000", "problem", ["addressee"]), ("K-0001", "planned", [])]


@pytest.mark.parametrize("cells", HARD)
def test_a_letter_of_a_batch_has_the_checks_of_a_single_one(shop: Shop, cells: dict[str, str]) -> None:
    shop.rows(row(0, **cells))
    (table_row,) = open_table(shop.table)
    file = shop.folder / "K-0000.json"
    file.write_text(json.dumps(table_row.data), "utf-8")
    _, alone = write(Order(KIND, file, TODAY, draft=False, asked_on=TODAY))
    (as_row,), (as_file,) = shop.look().outcomes, shop.look(file).outcomes
    assert [one.code for one in as_row.findings] == [one.code for one in alone]
    assert [one.code for one in as_file.findings] == [one.code for one in alone]


def test_the_row_is_kept_for_the_list_of_problems(shop: Shop) -> None:
    shop.rows(row(0, opened="2026-02-30"))
    shop.run()
    (problem,) = shop.listed("problems.csv")
    assert (problem["row"], problem["case"], problem["opened"]) == ("2", "K-0000", "2026-02-30")
    assert problem["problem"].startswith("opened: ")


def tell(shop: Shop, event: Event, number: str | None) -> None:
    """Enter something that happened."""
    office = shop.office
    with office.register().writing(DANA, now(office.practice.time_zone)) as writing:
        writing.append(event, number)


def test_a_row_of_a_case_that_was_erased_is_a_problem(shop: Shop) -> None:
    shop.enter(row(0), row(1))
    tell(shop, CaseErased(numbers=["K-0001"], entries=[], because="asked for"), None)
    assert told_of(shop.look(shop.rows(row(1)))) == [("K-0001", "problem", ["case-gone"])]


def test_a_case_that_ended_is_not_among_the_open_ones(shop: Shop) -> None:
    shop.enter(row(0), row(1))
    at = now(shop.office.practice.time_zone)
    tell(shop, CaseEnded(reason="MUTUAL", on=at.date(), at=at), "K-0001")
    assert [one.case for one in shop.look(open=True).outcomes] == ["K-0000"]
