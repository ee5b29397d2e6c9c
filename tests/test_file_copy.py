"""A letter that is not in English keeps an English copy in the file: marked, unsigned, never posted."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from letters.errors import MachineError
from letters.findings import Severity
from letters.issuing import Issued
from letters.letter import Written
from letters.proof import text
from letters.register.store import Writing
from tests.support.desk import Desk
from tests.support.issue import issue_one, record_of
from tests.support.own_kind import KIND, give_kind

SPANISH = "{% block subject %}Una nota{% endblock %}{% block body %}"
SPANISH += '<section data-says="note"><p>{{ supports }}</p></section>'
SPANISH += '<section data-says="records">(503) 555-0101</section>'
SPANISH += '<section data-says="crisis">988, 911</section>'
SPANISH += '<section data-says="contact">(503) 555-0100</section>{% endblock %}'


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    desk = Desk(tmp_path / "office")
    desk.case |= {"words": {}, "supports": [{"en": "the choir", "es": "el coro"}]}
    give_kind(desk, "<p>{{ supports }}</p>", "supports")
    (folder(desk) / "es.html.j2").write_text(SPANISH)
    return desk


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "out"


def folder(desk: Desk) -> Path:
    return desk.folder / "kinds" / KIND


def written(desk: Desk, **order: Any) -> Written:
    made, findings = desk.write(KIND, **{"language": "es", **order})
    assert made, findings
    return made


def issued(desk: Desk, out: Path, language: str = "es", **accepted: str) -> Issued:
    reasons = {code.replace("_", "-"): reason for code, reason in accepted.items()}
    return issue_one(desk.order(KIND, language=language), out, reasons)


def copy_of(one: Issued) -> Path:
    assert one.file, one.findings
    return one.file.with_name(f"{one.file.stem}.file-copy.pdf")


def test_the_copy_is_the_same_letter_in_english_marked_and_unsigned(desk: Desk) -> None:
    letter = written(desk)

    assert letter.copy
    assert ("el coro" in letter.html, "the choir" in letter.copy.html) == (True, True)
    assert letter.copy.frame.values["draft_label"] == "FILE COPY"
    assert letter.frame.values["draft_label"] is None
    assert set(letter.frame.pictures) == {"logo", "signature"}
    assert set(letter.copy.frame.pictures) == {"logo"}
    assert letter.copy.facts.addressee == letter.facts.addressee
    assert letter.copy.copy is None


@pytest.mark.parametrize("language", ["en", "en-GB"])
def test_an_english_letter_needs_none(language: str, desk: Desk, out: Path) -> None:
    assert written(desk, language=language).copy is None
    one = issued(desk, out, language)

    assert not copy_of(one).exists()
    assert record_of(one)["copy_sha256"] is None


def test_it_is_kept_beside_the_letter_and_in_the_record(desk: Desk, out: Path) -> None:
    one = issued(desk, out)
    copy = copy_of(one)

    assert one.findings == []
    assert one.file
    assert sorted(path.name for path in out.iterdir()) == sorted([copy.name, one.file.name])
    assert record_of(one)["copy_sha256"] == sha256(copy.read_bytes()).hexdigest()
    assert record_of(one)["language"] == "es"
    said, there = " ".join(text(copy.read_bytes()).split()), text(one.file.read_bytes())
    assert ("the choir" in said, "FILE COPY" in said, "Dear Jordan," in said) == (True, True, True)
    assert ("el coro" in there, "FILE COPY" in there, "the choir" in there) == (True, False, False)
    assert copy.stat().st_mode & 0o777 == 0o600


def test_the_same_letter_is_issued_once_with_its_copy(desk: Desk, out: Path) -> None:
    first = issued(desk, out)
    assert issued(desk, out).before

    copy_of(first).unlink()
    again = issued(desk, out)
    assert copy_of(again).is_file()
    assert again.file == first.file
    assert record_of(again)["copy_sha256"] == sha256(copy_of(again).read_bytes()).hexdigest()


def test_a_damaged_copy_is_written_again(desk: Desk, out: Path) -> None:
    first = issued(desk, out)
    whole = copy_of(first).read_bytes()
    copy_of(first).write_bytes(whole[:50])
    issued(desk, out)

    assert copy_of(first).read_bytes() == whole


def test_what_has_the_name_of_the_copy_and_is_no_file_stops_the_letter(desk: Desk, out: Path) -> None:
    first = issued(desk, out)
    assert first.file
    copy = copy_of(first)
    for path in (copy, first.file):
        path.unlink()
    copy.symlink_to("elsewhere.pdf")
    stopped = issued(desk, out)

    assert stopped.file is None
    assert [finding.code for finding in stopped.findings] == ["not-a-file"]
    assert copy.is_symlink()


def test_a_copy_is_not_left_without_its_letter(
    desk: Desk, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise MachineError("The disk is full.", "Make room.")

    monkeypatch.setattr(Writing, "append", fail)
    with pytest.raises(MachineError, match="full"):
        issued(desk, out)

    assert list(out.iterdir()) == []


def test_a_kind_without_english_needs_a_reason(desk: Desk, out: Path) -> None:
    (folder(desk) / "en.html.j2").unlink()
    stopped = issued(desk, out)

    assert stopped.file is None
    (finding,) = stopped.findings
    assert (finding.code, finding.severity) == ("file-copy", Severity.WARNING)
    assert finding.message == "There is no English copy for the file: the kind is not written in English."
    assert "en.html.j2" in finding.remedy
    one = issued(desk, out, file_copy="Translated by hand.")
    assert not copy_of(one).exists()
    assert record_of(one)["accepted"] == {"file-copy": "Translated by hand."}


def test_english_that_does_not_work_is_told(desk: Desk) -> None:
    (folder(desk) / "en.html.j2").write_text("{% block subject %}{{ nothing }}{% endblock %}")
    made, findings = desk.write(KIND, language="es")

    assert made
    assert made.copy is None
    (finding,) = findings
    assert finding.code == "file-copy"
    assert "`nothing`" in finding.message


def test_broken_english_words_for_the_frame_are_no_crash(desk: Desk) -> None:
    (folder(desk).parent / "en.yaml").write_text("greeting: x\n")
    _, findings = desk.write(KIND, language="es")

    assert [finding.code for finding in findings] == ["file-copy"]


def test_the_copy_says_no_more_than_the_letter_may(desk: Desk) -> None:
    desk.case["supports"] = [{"en": "your adjustment disorder", "es": "el coro"}]
    made, findings = desk.write(KIND, language="es")

    assert made
    assert made.copy is None
    assert [finding.code for finding in findings] == ["file-copy"]
    assert "disorder" not in findings[0].message


def test_a_draft_has_a_copy_only_where_it_is_asked_for(desk: Desk) -> None:
    assert written(desk, draft=True).copy is None
    copy = written(desk, draft=True, file_copy=True).copy

    assert copy
    assert copy.frame.values["draft_label"] == "DRAFT"
    assert set(copy.frame.pictures) == {"logo"}
