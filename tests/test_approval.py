"""Approval: each thing a letter is made from is seen to change, and nothing else is."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import timedelta
from importlib import metadata
from pathlib import Path
from typing import Any

import pytest

from letters import approval
from letters.approval import (
    approvers,
    changed,
    content,
    digest_of_facts,
    input_digest,
    is_needed,
    parts,
    surroundings,
)
from letters.kinds import find
from letters.letter import Letter, write
from letters.order import KeptCase, Order
from tests.support.desk import EXAMPLES, TODAY, Desk

SALT = "5a17"
FIGURE = {"source": "the law", "checked": "2026-11-22"}
OWN_LAND = {"name": "Oregon", "country": "US", "authorities": [{"name": "The Board", **FIGURE}]}


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


def letter(desk: Desk, pdf: bytes = b"pages", **changes: Any) -> Letter:
    written, findings = desk.write(**changes)
    assert written, findings
    return Letter(written, pdf)


def made(desk: Desk, **changes: Any) -> dict[str, str]:
    return parts(letter(desk, **changes), SALT)


def test_nothing_changed_is_nothing_changed(desk: Desk) -> None:
    assert changed(made(desk), made(desk)) == []
    assert input_digest(letter(desk)) == input_digest(letter(desk))


def _address(desk: Desk) -> None:
    desk.client["addresses"][0]["lines"] = ["45 Alder Avenue"]


def _contact(desk: Desk) -> None:
    call = {"at": "2026-11-21T10:00-08:00", "by": "sam-rivera", "channel": "phone", "outcome": "no-answer"}
    desk.case["contacts"].append(call)


def _danger(desk: Desk) -> None:
    desk.case["confidential"]["notes"] = "a word nobody prints"


def _phone(desk: Desk) -> None:
    desk.practice["phone"] = "+1 503 555 0199"


def _person(desk: Desk) -> None:
    desk.practice["people"]["sam-rivera"]["name"] = "Sam Rivera-Lee"


def _own_land(desk: Desk) -> None:
    (desk.folder / "jurisdictions").mkdir()
    (desk.folder / "jurisdictions" / "us-or.json").write_text(json.dumps(OWN_LAND))


def _own_kind(desk: Desk) -> None:
    (desk.folder / "kinds").mkdir()
    (desk.folder / "kinds" / "notes.txt").write_text("another kind is being made")


@pytest.mark.parametrize(
    ("change", "names"),
    [
        (_address, ["case: clients"]),
        (_contact, ["case: contacts"]),
        (_danger, ["case: confidential"]),
        (_phone, ["practice: phone"]),
        (_person, ["practice: people"]),
        (_own_land, ["the jurisdiction", "the practice's own jurisdictions"]),
        (_own_kind, ["the practice's own kinds"]),
    ],
    ids=lambda one: one.__name__.strip("_") if callable(one) else "",
)
def test_a_change_of_data_is_told_by_name(
    desk: Desk, change: Callable[[Desk], None], names: list[str]
) -> None:
    before, digest = made(desk), input_digest(letter(desk))
    change(desk)
    assert changed(before, made(desk)) == names
    assert input_digest(letter(desk)) != digest


@pytest.mark.parametrize(
    ("order", "names"),
    [
        ({"dated": TODAY + timedelta(1)}, ["the letter's date"]),
        ({"language": "es"}, ["the language"]),
        ({"large_print": True}, ["large print"]),
        ({"envelope": "none"}, ["the envelope"]),
        ({"words": {"acknowledgment": "You came."}}, ["case: words"]),
        ({"envelope": "us-10"}, []),  # the practice's own
    ],
)
def test_another_order_is_another_letter(desk: Desk, order: dict[str, object], names: list[str]) -> None:
    assert changed(made(desk), made(desk, **order)) == names


def test_what_is_approved_tells_no_envelope_but_another(desk: Desk) -> None:
    own = letter(desk)
    facts = own.written.facts
    around = surroundings(facts.practice_file, facts.kind_file, facts.jurisdiction)
    assert input_digest(own) == digest_of_facts(facts, around, large_print=False)
    assert input_digest(letter(desk, envelope="none")) != input_digest(own)


def test_another_addressee_is_another_letter(tmp_path: Path) -> None:
    desk = Desk(tmp_path, "C-1002")
    assert changed(made(desk, to="minh"), made(desk, to="khadija")) == ["the addressee"]


def test_a_template_of_the_practices_own_is_looked_at(desk: Desk) -> None:
    source = Path(find("closing-lost-contact").folder)
    own = desk.folder / "kinds" / "closing-lost-contact"
    own.mkdir(parents=True)
    for file in source.iterdir():
        (own / file.name).write_bytes(file.read_bytes())
    before = made(desk)
    template = own / "en.html.j2"
    template.write_text(template.read_text("utf-8").replace("</p>", " </p>", 1), "utf-8")
    assert changed(before, made(desk)) == ["the kind", "the practice's own kinds"]


def test_another_version_of_letters_or_of_its_engine_is_seen(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = made(desk)
    with monkeypatch.context() as patched:
        patched.setattr(approval, "VERSION", "99.0")
        assert changed(before, made(desk)) == ["letters itself"]
    known = metadata.version
    approval._engine.cache_clear()
    monkeypatch.setattr(approval, "version", lambda name: "99" if name == "weasyprint" else known(name))
    assert changed(before, made(desk)) == ["weasyprint"]
    approval._engine.cache_clear()


def test_what_all_kinds_share_is_seen(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    before = made(desk)
    monkeypatch.setattr(approval, "_shared_digest", lambda: "another")
    assert changed(before, made(desk)) == ["the texts all kinds share"]


def test_the_letters_that_were_issued_since_change_nothing(desk: Desk) -> None:
    before = made(desk)
    desk.case["letters"] = [{"kind": "outreach", "on": "2026-11-01", "reference": "L-1"}]
    assert changed(before, made(desk)) == []


def test_only_the_same_pages_are_the_same_content(desk: Desk) -> None:
    assert content(letter(desk, b"one")) == content(letter(desk, b"one")) != content(letter(desk, b"two"))


def test_a_digest_tells_nothing_without_its_salt(desk: Desk) -> None:
    one = letter(desk)
    first, second = parts(one, "1"), parts(one, "2")
    assert first.keys() == second.keys()
    assert changed(first, second) == sorted(first)
    assert not any("Jordan" in name for name in first)


@pytest.mark.parametrize("number", ["C-1001", "C-1006", "C-1104", "C-1203", "C-1307"])
def test_a_file_and_the_register_are_the_same(tmp_path: Path, number: str) -> None:
    from tests.caseload.kept import keep

    kept = keep(tmp_path, None, number)
    from letters.register import queries

    text, digest = kept.ask(queries.case_file, number), kept.ask(queries.digest, number)
    kinds = {"C-1203": "closing-nonpayment", "C-1307": "closing-record"}
    told = {"kind": kinds.get(number, "closing-lost-contact"), "dated": TODAY, "draft": False}
    to = {"C-1006": "ines", "C-1104": "tomas"}.get(number)
    practice = tmp_path / "practice.yaml"
    both = [tmp_path / "cases" / f"{number}.yaml", KeptCase(number, text, digest)]
    one, other = (write(Order(case=case, practice=practice, to=to, **told))[0] for case in both)  # type: ignore[arg-type]
    assert one
    assert other
    assert changed(parts(Letter(one, b""), SALT), parts(Letter(other, b""), SALT)) == []


def test_contacts_in_another_order_are_the_same(desk: Desk) -> None:
    before = made(desk)
    desk.case["contacts"].reverse()
    assert changed(before, made(desk)) == []


def test_who_may_approve(desk: Desk) -> None:
    practice = letter(desk).written.facts.practice
    assert approvers(practice, "sam-rivera") == ["sam-rivera", "lena-brook"]
    assert approvers(practice, "lena-brook") == ["lena-brook"]
    assert approvers(practice, "nobody") == ["lena-brook"]
    desk.practice["approval"] = {"by": ["dana-okafor"]}
    assert approvers(letter(desk).written.facts.practice, "sam-rivera") == ["dana-okafor"]


def test_the_practice_or_the_kind_asks_for_it(desk: Desk) -> None:
    assert not is_needed(letter(desk).written.facts)
    for kinds in (["all"], ["outreach", "closing-lost-contact"]):
        desk.practice["approval"] = {"kinds": kinds}
        assert is_needed(letter(desk).written.facts)
    desk.practice["approval"] = {"kinds": ["outreach"]}
    assert not is_needed(letter(desk).written.facts)
    desk.own_kind("closing-lost-contact", _description(), _template())
    assert is_needed(letter(desk).written.facts)


def _description() -> dict[str, object]:
    import yaml

    folder = EXAMPLES.parent / "letters" / "templates" / "closing-lost-contact"
    told: dict[str, object] = yaml.safe_load((folder / "kind.yaml").read_text("utf-8"))
    return {**told, "approval": True}


def _template() -> str:
    folder = EXAMPLES.parent / "letters" / "templates" / "closing-lost-contact"
    return (folder / "en.html.j2").read_text("utf-8")
