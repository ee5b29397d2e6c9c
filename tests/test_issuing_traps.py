"""What lies in the folder of the letters and is none, and reasons that may not lie there: refused."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from letters.errors import UsageError
from letters.findings import Finding, Place, Severity
from letters.issuing import Issued, issue
from letters.letter import Order
from tests.support.desk import TODAY, Desk

REASON = {"already-issued": "Returned by the post."}


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path / "office")


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "out" / "issued"


def one(order: Order, out: Path, accepted: dict[str, str] | None = None) -> Issued:
    (issued,) = issue([order], out, accepted or {})
    return issued


def names(folder: Path) -> list[str]:
    return sorted(entry.name for entry in folder.iterdir())


def only_finding(issued: Issued) -> Finding:
    assert issued.file is None
    (finding,) = issued.findings
    assert (finding.code, finding.severity) == ("damaged-record", Severity.ERROR)
    assert finding.place
    assert finding.remedy
    return finding


WHOLE = {"letter": "L-0", "kind": "referral", "case": "C-1", "addressee": "jo", "dated": "2026-11-22"}


@pytest.mark.parametrize(
    "content",
    [
        *(b"", b"{", b"[]", b"null", b'{"case": "C-1001"}', b"\xff", b"[" * 60_000),
        json.dumps(WHOLE | {"dated": "soon"}).encode(),
        json.dumps(WHOLE | {"case": 1}).encode(),
        json.dumps(WHOLE | {"more": "x" * 65_536}).encode(),
    ],
    ids=["empty", "cut", "list", "null", "part", "no text", "deep", "no day", "no id", "large"],
)
def test_a_record_that_is_none_stops_every_letter(content: bytes, desk: Desk, out: Path) -> None:
    out.mkdir(parents=True)
    record = out / "L-0000000000000000.json"
    record.write_bytes(content)

    finding = only_finding(one(desk.order(), out, REASON))
    assert finding.place == Place(str(record))
    assert names(out) == [record.name]


def test_another_letters_record_stops_nothing(desk: Desk, out: Path) -> None:
    out.mkdir(parents=True)
    (out / "L-0000000000000000.json").write_text(json.dumps(WHOLE))

    assert one(desk.order(), out).file


@pytest.mark.parametrize("change", [{}, {"dated": TODAY + timedelta(1)}], ids=["same", "other"])
def test_a_damaged_record_does_not_let_a_letter_leave_twice(
    change: dict[str, Any], desk: Desk, out: Path
) -> None:
    first = one(desk.order(), out)
    assert first.file
    record = first.file.with_suffix(".json")
    os.truncate(record, 100)

    finding = only_finding(one(desk.order(**change), out))
    assert finding.place == Place(str(record))
    assert names(out) == [record.name, first.file.name]
    assert record.stat().st_size == 100


@pytest.mark.parametrize(
    "trap", [os.mkfifo, lambda path: path.symlink_to("/dev/zero")], ids=["pipe", "device"]
)
@pytest.mark.parametrize("suffix", [".json", ".pdf"])
def test_a_trap_in_the_place_of_a_letter_is_found_and_let_be(
    suffix: str, trap: Callable[[Path], object], desk: Desk, out: Path
) -> None:
    first = one(desk.order(), out)
    assert first.file
    place = first.file.with_suffix(suffix)
    place.unlink()
    trap(place)

    finding = only_finding(one(desk.order(), out))
    assert finding.place == Place(str(place))
    assert not place.is_file()


@pytest.mark.parametrize("reason", ["His adjustment disorder is back.", "SSN 078-05-1120 was on it."])
def test_a_reason_that_tells_something_confidential_is_refused_and_not_repeated(
    reason: str, desk: Desk, out: Path
) -> None:
    with pytest.raises(UsageError, match="already-issued") as caught:
        issue([desk.order()], out, {"already-issued": reason})
    said = f"{caught.value.message} {caught.value.remedy}"
    assert not {"adjustment", "disorder", "078-05-1120"} & set(said.split())
    assert "case.json" in said
    assert not out.exists()


@pytest.mark.parametrize(
    "reason",
    [
        "Jordan Avery called.",
        "jordan avery called.",
        "Ms. AVERY called.",
        "Goes to 44 Alder Ave now.",
        "Confirmed on 503-555-0188.",
        "Confirmed by avery@post.example today.",
    ],
)
def test_a_reason_that_names_somebody_of_the_case_is_refused(reason: str, desk: Desk, out: Path) -> None:
    desk.client["emails"] = [{"address": "avery@post.example"}]

    with pytest.raises(UsageError, match="names somebody"):
        issue([desk.order()], out, {"already-issued": reason})
    assert not out.exists()


@pytest.mark.parametrize(
    "reason", ["Sam Rivera called.", "Confirmed today on 503 555 0199.", "It was ave 44."]
)
def test_a_reason_that_names_nobody_of_the_case_is_taken(reason: str, desk: Desk, out: Path) -> None:
    assert one(desk.order(), out, {"already-issued": reason}).file


@pytest.mark.parametrize("mistake", [{}, {"opened": "soon"}])
def test_a_reason_may_not_tell_of_a_stopped_case_either(
    mistake: dict[str, str], desk: Desk, tmp_path: Path, out: Path
) -> None:
    stopped = Desk(tmp_path / "other", "C-1002")
    stopped.case |= {"confidential": {"diagnosis": "HIV"}, **mistake}
    orders = [desk.order(), stopped.order()]

    for reason in ("Both of them, hiv too.", "As for Minh."):
        with pytest.raises(UsageError, match="already-issued"):
            issue(orders, out, {"already-issued": reason})
    assert not out.exists()
    assert [result.file is None for result in issue(orders, out, REASON)] == [False, True]
