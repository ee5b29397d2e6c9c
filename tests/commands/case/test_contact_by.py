"""Who made a contact, and who enters it, may be two people."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.commands.case.conftest import Enter
from tests.commands.case.test_contact import CALL, call, known
from tests.commands.conftest import Run


def test_a_call_of_a_colleague_with_a_login_is_logged_by_whoever_enters_it(
    enter: Enter, letters: Run, office: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from letters.register import store

    enter()
    file = office / "practice.yaml"
    text = file.read_text("utf-8")
    for person, login in (("Lena Brook", "lena"), ("Sam Rivera", "sam")):
        assert f"name: {person}" in text
        text = text.replace(f"name: {person}", f"name: {person}\n    login: {login}", 1)
    file.write_text(text, "utf-8")
    monkeypatch.setattr(store, "login", lambda: "lena")
    told = call(letters, "--outcome", "no-answer")
    assert told.code == 0, told.err
    assert known(letters)["contacts"][-1]["by"] == "sam-rivera"
    last = json.loads(letters("case", "history", "C-1001", "--json").out)[-1]
    assert (last["event"], last["by"], last["login"][:4]) == ("contact-logged", "lena-brook", "lena")
    unknown = letters(
        "case", "contact", "C-1001", *CALL[:2], "--by", "sam-rivero", *CALL[4:], "--outcome", "spoke"
    )
    assert (unknown.code, "Did you mean sam-rivera?" in unknown.said) == (2, True)
    # A login of nobody acts as whoever made it, unless that one has a login.
    monkeypatch.setattr(store, "login", lambda: "desk")
    assert "works under another login" in call(letters, "--outcome", "no-answer").said
