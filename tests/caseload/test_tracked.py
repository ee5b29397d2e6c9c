"""The list of tracked post: whose number it is, or what is wrong with it."""

from __future__ import annotations

from pathlib import Path

import pytest

from letters.caseload.tracked import read_tracked
from letters.findings import FoundError


@pytest.mark.parametrize("sign", [",", ";"])
def test_letters_with_a_number_are_read_and_others_passed_over(tmp_path: Path, sign: str) -> None:
    file = tmp_path / "list.csv"
    rows = [("letter", "name", "tracking"), ("L-1", "Ann", "RR 1"), ("L-2", "Bo", " "), ("L-3", "Cy", "'+44")]
    file.write_text("\n".join(map(sign.join, rows)), "utf-8-sig")
    assert read_tracked(file) == [("L-1", "RR 1"), ("L-3", "+44")]


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("letter,number\nL-1,7\n", None, "no columns letter and tracking"),
        ("letter,tracking\nL-1,\n", None, "No letter has a tracking number"),
        ("letter,tracking\nL-1,7\nL-1,8\n", None, "L-1 is here twice"),
        ('letter,tracking\nL-1,"7\n8"\n', 3, "more than one line"),
        ("", None, "no columns letter and tracking"),
    ],
)
def test_what_is_wrong_is_told(tmp_path: Path, text: str, line: int | None, said: str) -> None:
    file = tmp_path / "list.csv"
    file.write_text(text, "utf-8")
    with pytest.raises(FoundError) as error:
        read_tracked(file)
    (finding,) = error.value.findings
    assert finding.place
    assert (finding.code, finding.place.line, said in finding.message) == ("list-of-post", line, True), (
        finding
    )


def test_a_file_that_is_none_is_told(tmp_path: Path) -> None:
    (tmp_path / "latin.csv").write_bytes("letter,tracking\nL-1,é\n".encode("latin-1"))
    for name in ("nowhere.csv", "latin.csv", ""):
        with pytest.raises(FoundError) as error:
            read_tracked(tmp_path / name)
        assert [one.code for one in error.value.findings] == ["list-of-post"]
