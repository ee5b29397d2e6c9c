"""Enclosures: which documents go behind a letter, in which order, and what is known of them."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from letters.assemble.enclosing import Enclosure, digest, enclosures_for
from letters.facts import Facts
from tests.checks.looking import marked, note
from tests.support.desk import Desk
from tests.test_frame import PLAIN


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    desk = Desk(tmp_path / "office")
    desk.case.pop("words")
    desk.practice["enclosures"]["privacy-notice"]["kinds"] = []
    return desk


def facts(desk: Desk, **description: Any) -> Facts:
    letter, findings = desk.write(note(desk, marked(PLAIN), **description))
    assert letter, findings
    return letter.facts


def enclosed(desk: Desk, **description: Any) -> list[str]:
    return [one.id for one in enclosures_for(facts(desk, **description), desk.folder)[0]]


def test_a_document_goes_where_a_kind_or_the_practice_puts_it(desk: Desk) -> None:
    notice = desk.practice["enclosures"]["privacy-notice"]
    assert enclosed(desk) == []
    assert enclosed(desk, enclosures=["privacy-notice"]) == ["privacy-notice"]
    notice["kinds"] = ["transfer"]
    assert enclosed(desk) == []
    notice["kinds"] = ["all"]
    assert enclosed(desk) == ["privacy-notice"]


def test_those_of_the_kind_come_first_and_each_comes_once(desk: Desk) -> None:
    desk.practice["enclosures"]["privacy-notice"]["kinds"] = ["all"]
    order = ["copies", "release", "privacy-notice", "release"]
    assert enclosed(desk, enclosures=["release"]) == ["release", "privacy-notice"]
    assert enclosed(desk, enclosures=order) == ["release", "privacy-notice"]


def test_a_practice_without_a_form_of_its_own_puts_one_in_by_hand(desk: Desk) -> None:
    del desk.practice["enclosures"]["release"]
    assert enclosed(desk, enclosures=["release"]) == []


def test_the_document_is_in_the_letters_language(desk: Desk) -> None:
    (english,), _ = enclosures_for(facts(desk, enclosures=["privacy-notice"]), desk.folder)
    kind = desk.folder / "kinds" / "note"
    (kind / "es.html.j2").write_text((kind / "en.html.j2").read_text())
    letter, _ = desk.write("note", language="es")
    assert letter
    (spanish,) = letter.frame.enclosures
    assert (english.file.name, spanish.file.name) == ("privacy-notice.en.pdf", "privacy-notice.es.pdf")
    assert english.file_name != spanish.file_name


def test_all_that_a_batch_needs_is_known(desk: Desk) -> None:
    (one,), findings = enclosures_for(facts(desk, enclosures=["privacy-notice"]), desk.folder)
    data = (desk.folder / "enclosures" / "privacy-notice.en.pdf").read_bytes()
    assert findings == []
    assert (one.id, one.pages, one.data, one.sha256) == (
        "privacy-notice",
        2,
        data,
        sha256(data).hexdigest(),
    )
    assert one.file_name == f"privacy-notice-{one.sha256[:12]}.pdf"
    assert repr(data)[:20] not in repr(one)


def test_the_digest_tells_content_and_order(desk: Desk) -> None:
    both, _ = enclosures_for(facts(desk, enclosures=["release", "privacy-notice"]), desk.folder)
    assert digest([]) == ""
    digests = {digest(both), digest(both[::-1]), digest(both[:1]), digest(both[1:])}
    assert {len(one) for one in digests} == {64}
    assert len(digests) == 4


def test_a_document_that_changes_is_read_anew(desk: Desk) -> None:
    about = facts(desk, enclosures=["privacy-notice"])

    def now() -> Enclosure:
        return enclosures_for(about, desk.folder)[0][0]

    before = now()
    assert now().data is before.data
    folder = desk.folder / "enclosures"
    (folder / "privacy-notice.en.pdf").write_bytes((folder / "release.en.pdf").read_bytes())
    assert (now().pages, now().sha256 == before.sha256) == (1, False)


def test_a_provider_gets_only_what_is_meant_for_it(tmp_path: Path) -> None:
    desk = Desk(tmp_path / "office", "C-1301")
    notice = desk.practice["enclosures"]["privacy-notice"]
    for kinds, expected in (["all"], []), (["record-transfer"], ["privacy-notice"]):
        notice["kinds"] = kinds
        letter, findings = desk.write("record-transfer")
        assert letter, findings
        assert [one.id for one in letter.frame.enclosures] == expected
