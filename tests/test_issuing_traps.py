"""What lies in the folder of the letters and is none, and reasons that may not lie there: refused."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from letters.errors import UsageError
from letters.findings import Finding, Place, Severity
from letters.issuing import Issued
from tests.support.desk import Desk
from tests.support.issue import issue_all
from tests.support.issue import issue_one as one

REASON = {"already-issued": "Returned by the post."}


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path / "office")


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "out" / "issued"


def names(folder: Path) -> list[str]:
    return sorted(entry.name for entry in folder.iterdir())


def only_finding(issued: Issued) -> Finding:
    assert issued.file is None
    (finding,) = issued.findings
    assert (finding.code, finding.severity) == ("not-a-file", Severity.ERROR)
    assert finding.place
    assert finding.remedy
    return finding


@pytest.mark.parametrize(
    "trap", [os.mkfifo, lambda path: path.symlink_to("/dev/zero")], ids=["pipe", "device"]
)
def test_a_trap_in_the_place_of_a_letter_is_found_and_let_be(
    trap: Callable[[Path], object], desk: Desk, out: Path
) -> None:
    first = one(desk.order(), out)
    assert first.file
    place = first.file
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
        issue_all([desk.order()], out, {"already-issued": reason})
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
        issue_all([desk.order()], out, {"already-issued": reason})
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
    order = stopped.order()
    good = desk.order()
    (desk.folder / "stopped.json").write_bytes((stopped.folder / "case.json").read_bytes())
    orders = [good, replace(order, case=desk.folder / "stopped.json")]

    for reason in ("Both of them, hiv too.", "As for Minh."):
        with pytest.raises(UsageError, match="already-issued"):
            issue_all(orders, out, {"already-issued": reason})
    assert not out.exists()
    assert [result.file is None for result in issue_all(orders, out, REASON)] == [False, True]
