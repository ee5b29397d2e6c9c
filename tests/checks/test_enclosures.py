"""What goes behind a letter: there, fit, in the reader's language, and meant for a kind there is."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pikepdf
import pytest

from letters.findings import Finding, Severity
from tests.checks.looking import Desk, field, marked, note, spot, the
from tests.test_frame import PLAIN

NOTICE = "enclosures/privacy-notice.en.pdf"


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path / "office", "C-1005")


def found(desk: Desk, **changes: Any) -> list[Finding]:
    """Give the practice another privacy notice, and look at a letter that encloses it."""
    desk.practice["enclosures"]["privacy-notice"].update(changes)
    return desk.write("clinician-leaving")[1]


def test_the_notice_of_the_example_is_fit(desk: Desk) -> None:
    assert found(desk) == []


def test_one_file_serves_letters_in_the_practices_language(desk: Desk) -> None:
    assert found(desk, file=NOTICE, title="Notice of privacy practices") == []


@pytest.mark.parametrize(
    ("file", "said"),
    [
        ("notice.pdf", "cannot be read: No such file"),
        ("enclosures", "cannot be read: not an ordinary file"),
        ("../notice.pdf", "lies outside the folder"),
        ("/etc/hostname", "lies outside the folder"),
        ("link.pdf", "lies outside the folder"),
        ("large.pdf", "cannot be read: too large"),
    ],
)
def test_a_document_that_is_not_there_is_told(desk: Desk, file: str, said: str) -> None:
    (desk.folder / "link.pdf").symlink_to(Path(__file__))
    with (desk.folder / "large.pdf").open("wb") as large:
        large.truncate(20_000_000)
    finding = the("enclosure-missing", found(desk, file=file))
    assert said in finding.message
    assert (spot(finding), finding.severity) == (f'"{file}"', Severity.ERROR)
    assert finding.remedy


def test_a_document_that_must_not_go_out_stops_the_letter(desk: Desk) -> None:
    with pikepdf.open(desk.folder / NOTICE) as pdf:
        pdf.attachments["more.txt"] = b"more"
        pdf.save(desk.folder / "more.pdf")
    finding = the("enclosure-unfit", found(desk, file="more.pdf"))
    assert finding.message.startswith("more.pdf cannot be enclosed. It holds another file")
    assert (field(finding), finding.severity) == ("enclosures.privacy-notice.file", Severity.ERROR)


def test_a_document_for_other_paper_is_told_and_may_be_accepted(desk: Desk) -> None:
    desk.practice["letter"].update(paper="a4", envelope="dl")
    finding = the("enclosure-print", found(desk))
    assert "has not the size of a4 paper" in finding.message
    assert finding.severity is Severity.WARNING


def test_a_document_in_another_language_is_told(desk: Desk) -> None:
    desk.client["language"] = "es"
    findings = [one for one in found(desk, file=NOTICE) if one.code == "enclosure-language"]
    assert [field(one) for one in findings] == ["enclosures.privacy-notice.file"]
    assert "{en: …, es: …}" in findings[0].remedy
    both = {"en": NOTICE, "es": NOTICE}
    findings = [one for one in found(desk, file=both, title="Notice") if one.code == "enclosure-language"]
    assert [field(one) for one in findings] == ["enclosures.privacy-notice.title"]
    assert "enclosure-language" not in [
        one.code for one in found(desk, title={"en": "Notice", "es": "Aviso"})
    ]


def test_what_a_kind_encloses_has_to_be_known(desk: Desk) -> None:
    desk.case.pop("words", None)
    findings = desk.write(note(desk, marked(PLAIN), enclosures=["receipt", "privacy-notice", "recipt"]))[1]
    finding = the("enclosure-missing", findings)
    assert "The kind encloses recipt" in finding.message
    assert field(finding) == "enclosures[2]"
    assert "originals, receipt, release, copies" in finding.remedy


def test_a_kind_that_is_none_is_told(desk: Desk) -> None:
    finding = the("enclosure-kind", found(desk, kinds=["clinician-leaving", "clinican-leaving"]))
    assert (finding.remedy, field(finding)) == (
        "Did you mean clinician-leaving?",
        "enclosures.privacy-notice.kinds",
    )
    assert "enclosure-kind" not in [one.code for one in found(desk, kinds=["transfer", "all"])]


def test_a_letter_that_hides_the_practice_is_not_given_away_by_what_is_behind_it(desk: Desk) -> None:
    desk.practice["enclosures"]["privacy-notice"]["kinds"] = ["all"]
    findings = desk.write("outreach")[1]
    finding = the("enclosure-tells", findings)
    assert (finding.severity, "privacy-notice goes behind it" in finding.message) == (Severity.WARNING, True)
    desk.client["addresses"][0]["discreet"] = "no"
    assert "enclosure-tells" not in [one.code for one in desk.write("outreach")[1]]


def test_what_stays_with_the_practice_has_nothing_behind_it(desk: Desk) -> None:
    desk.practice["enclosures"]["privacy-notice"] = {
        "file": "nowhere.pdf",
        "title": "Notice",
        "kinds": ["all", "closing-record"],
    }
    codes = [one.code for one in desk.write("closing-record")[1]]
    assert [code for code in codes if code.startswith("enclosure")] == []
