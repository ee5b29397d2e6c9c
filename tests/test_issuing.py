"""The letter itself: published once, whole, private, under a name that tells nothing."""

from __future__ import annotations

import os
import re
import stat
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pytest

from letters.errors import MachineError
from letters.findings import Severity
from tests.support.desk import Desk
from tests.support.issue import issue_all, record_of
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


def test_a_letter_is_private_and_its_name_tells_nothing(desk: Desk, out: Path) -> None:
    issued = one(desk.order(), out)

    assert issued.file
    assert re.fullmatch(r"L-[0-9a-z]{16}\.pdf", issued.file.name)
    assert names(out) == [issued.file.name]
    modes = [stat.S_IMODE(path.stat().st_mode) for path in (out.parent, out, issued.file)]
    assert modes == [0o700, 0o700, 0o600]


def test_the_register_has_what_was_issued_to_whom_and_from_what(desk: Desk, out: Path) -> None:
    issued = one(desk.order(), out)
    assert issued.file
    record = record_of(issued)

    assert (record["kind"], record["addressee"], record["language"]) == (
        "closing-lost-contact",
        "jordan",
        "en",
    )
    assert (record["dated"], record["ends_on"], record["accepted"]) == ("2026-11-22", "2026-12-06", {})
    assert record["letter"] == issued.file.stem
    assert record["route"] == "Jordan Avery, 44 Alder Avenue, Portland, OR 97202"
    assert record["sha256"] == sha256(issued.file.read_bytes()).hexdigest()
    assert (record["step"], record["for_silence"], record["folder"]) == ("closing", True, str(out))
    assert len({record["kind_digest"], record["input_digest"], record["sha256"]}) == 3


def test_the_same_order_is_issued_once(desk: Desk, out: Path) -> None:
    first = one(desk.order(), out)
    assert first.file
    before = [(path.name, path.stat().st_mtime_ns) for path in sorted(out.iterdir())]
    again = one(desk.order(), out)

    assert (first.before, again.before) == (False, True)
    assert again.file == first.file
    assert again.findings == []
    assert [(path.name, path.stat().st_mtime_ns) for path in sorted(out.iterdir())] == before


def test_an_order_given_twice_is_issued_once(desk: Desk, out: Path) -> None:
    first, second = issue_all([desk.order(), desk.order()], out, {})

    assert (first.before, second.before) == (False, True)
    assert len(names(out)) == 1


def test_other_words_about_the_same_matter_wait_for_a_reason(desk: Desk, out: Path) -> None:
    first = one(desk.order(), out)
    desk.case["words"]["acknowledgment"] = "You never gave up."
    stopped = one(desk.order(), out)

    assert first.file
    assert stopped.file is None
    (finding,) = stopped.findings
    assert (finding.code, finding.severity) == ("already-issued", Severity.WARNING)
    assert "dated 2026-11-22" in finding.message
    assert first.file.stem in finding.message
    assert len(names(out)) == 1

    issued = one(desk.order(), out, REASON)
    assert issued.file
    assert issued.file != first.file
    assert record_of(issued)["accepted"] == REASON
    assert (issued.replaces, record_of(issued)["replaces"]) == (first.file.stem, first.file.stem)
    assert issued.taken_over[-1] == "words.acknowledgment"


def test_a_letter_that_was_replaced_is_not_made_again_and_the_one_that_followed_is(
    desk: Desk, out: Path
) -> None:
    first = one(desk.order(), out)
    plain = desk.case["words"]["acknowledgment"]
    desk.case["words"]["acknowledgment"] = "You never gave up."
    second = one(desk.order(), out, REASON)
    assert second.file
    assert one(desk.order(), out).before

    desk.case["words"]["acknowledgment"] = plain
    again = one(desk.order(), out)
    assert (again.file, [finding.code for finding in again.findings]) == (None, ["not-again"])
    assert second.file.stem in again.findings[0].message
    assert first.file


def test_another_matter_is_no_second_letter(tmp_path: Path, out: Path) -> None:
    couple = Desk(tmp_path / "office", "C-1002")
    order = couple.order()
    issued = issue_all([replace(order, to=to) for to in ("minh", "khadija")], out, {})

    assert [one.findings for one in issued] == [[], []]
    assert len({one.file for one in issued}) == 2
    assert {record_of(one)["addressee"] for one in issued} == {"minh", "khadija"}


def test_a_reason_that_nothing_needed_is_not_recorded(desk: Desk, out: Path) -> None:
    assert record_of(one(desk.order(), out, REASON))["accepted"] == {}


def test_a_warning_stops_a_letter_until_it_is_accepted(desk: Desk, out: Path) -> None:
    desk.client["addresses"][0]["confirmed"] = "2026-01-01"
    stopped = one(desk.order(), out)
    assert stopped.file is None
    assert not out.exists()

    accepted = {"address-unconfirmed": "Confirmed by phone today."}
    assert record_of(one(desk.order(), out, accepted))["accepted"] == accepted


def test_an_error_cannot_be_accepted(desk: Desk, out: Path) -> None:
    desk.client["addresses"][0]["safe"] = "no"
    issued = one(desk.order(), out, {"safe-contact": "I say so."})

    assert issued.file is None
    assert not out.exists()


def test_what_stops_one_letter_stops_no_other(desk: Desk, tmp_path: Path, out: Path) -> None:
    other = Desk(tmp_path / "other", "C-1003").order()
    desk.order()
    (desk.folder / "other.json").write_bytes((tmp_path / "other" / "case.json").read_bytes())
    refused, issued = issue_all([replace(other, case=desk.folder / "other.json"), desk.order()], out, {})

    assert refused.file is None
    assert issued.file
    assert len(names(out)) == 1


def test_a_damaged_letter_is_written_again(desk: Desk, out: Path) -> None:
    first = one(desk.order(), out)
    assert first.file
    whole = first.file.read_bytes()
    first.file.write_bytes(whole[:100])
    again = one(desk.order(), out)

    assert again.before
    assert first.file.read_bytes() == whole


def test_a_letter_moved_away_still_counts_as_issued(desk: Desk, out: Path) -> None:
    first = one(desk.order(), out)
    assert first.file
    first.file.unlink()
    desk.case["words"]["acknowledgment"] = "You never gave up."

    assert [finding.code for finding in one(desk.order(), out).findings] == ["already-issued"]


def test_what_a_killed_run_left_is_swept_away(desk: Desk, out: Path) -> None:
    out.mkdir(parents=True)
    left = out / f".letters-{'0a' * 8}.tmp"
    left.touch()
    os.utime(left, (0, 0))
    one(desk.order(), out)

    assert not left.exists()


@pytest.mark.parametrize(
    ("discreet", "name", "sender"),
    [
        ("no", "HFC Office", "Harbor Family Counseling"),
        ("yes", "HFC Office", "HFC Office"),
        (None, "HFC Office", "HFC Office"),
        ("yes", None, ""),
    ],
)
def test_the_envelope_shows_a_sender_that_gives_nothing_away(
    discreet: str | None, name: str | None, sender: str, desk: Desk, out: Path
) -> None:
    desk.client["addresses"][0]["discreet"] = discreet or ""
    desk.practice["discreet_name"] = name or ""
    issued = one(desk.order(), out, {"discreet-name": "A plain envelope will do."})

    assert (issued.envelope, issued.sender) == ("us-10", sender)


def test_the_envelope_to_a_provider_shows_the_practice(tmp_path: Path, out: Path) -> None:
    issued = one(Desk(tmp_path / "office", "C-1004").order("referral"), out)

    assert issued.sender == "Harbor Family Counseling"


@pytest.mark.skipif(os.geteuid() == 0, reason="the superuser may write everywhere")
def test_a_folder_that_may_not_be_written_to_is_said(desk: Desk, out: Path) -> None:
    out.mkdir(parents=True)
    out.chmod(0o500)

    with pytest.raises(MachineError, match="no right to write there") as caught:
        issue_all([desk.order()], out, {})
    assert caught.value.exit_code == 4
    assert names(out) == []


def test_a_file_in_the_place_of_the_folder_is_said(desk: Desk, out: Path) -> None:
    out.parent.mkdir()
    out.write_bytes(b"a file")

    with pytest.raises(MachineError, match="is a file and not a folder"):
        issue_all([desk.order()], out, {})
    assert out.read_bytes() == b"a file"
