"""A practice may take a check more seriously, and never less."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from letters import letter
from letters.checks.weights import weighed
from letters.findings import Severity, rule
from letters.letter import Written
from letters.rulebook import all_rules
from tests.checks.looking import Desk, field, note, the

ALL = {one.code: one for one in all_rules()}


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    desk = Desk(tmp_path, "C-1001")
    del desk.case["words"]
    return desk


def test_a_warning_may_become_an_error(desk: Desk) -> None:
    del desk.client["addresses"][0]["confirmed"]
    written, findings = desk.write(note(desk))
    assert written
    assert the("address-unconfirmed", findings).severity is Severity.WARNING

    desk.practice["rules"] = {"address-unconfirmed": "error"}
    written, findings = desk.write(note(desk))
    assert written is None
    assert [(one.code, one.severity) for one in findings] == [("address-unconfirmed", Severity.ERROR)]


def test_a_draft_is_still_shown(desk: Desk) -> None:
    del desk.client["addresses"][0]["confirmed"]
    desk.practice["rules"] = {"address-unconfirmed": "error"}

    written, findings = desk.write(note(desk), draft=True)

    assert written
    assert the("address-unconfirmed", findings).severity is Severity.WARNING


def test_an_error_may_not_become_a_warning(desk: Desk) -> None:
    desk.client["addresses"] = []
    desk.practice["rules"] = {"safe-contact": "warning"}

    written, findings = desk.write(note(desk))

    assert written is None
    found = the("weaker-rule", findings)
    assert found.severity is Severity.ERROR
    assert found.message == "The check safe-contact is an error, and the practice file makes it a warning."
    assert field(found) == "rules.safe-contact"
    assert the("safe-contact", findings).severity is Severity.ERROR


def test_not_even_for_a_draft(desk: Desk) -> None:
    desk.practice["rules"] = {"safe-contact": "warning"}

    written, findings = desk.write(note(desk), draft=True)

    assert written is None
    assert [one.code for one in findings] == ["weaker-rule"]


@pytest.mark.parametrize(
    ("code", "remedy"),
    [
        ("safe-contct", "Did you mean safe-contact?"),
        ("Safe-Contact", "safe-contact"),
        ("zzz", "letters rules"),
    ],
)
def test_a_check_there_is_not_cannot_be_relied_on(code: str, remedy: str, desk: Desk) -> None:
    desk.practice["rules"] = {code: "error"}

    written, findings = desk.write(note(desk))

    assert written is None
    assert the("unknown-rule", findings).severity is Severity.ERROR
    assert the("unknown-rule", findings).message == f"No check of letters is called {code}."
    assert remedy in the("unknown-rule", findings).remedy
    assert field(the("unknown-rule", findings)) == f"rules.{code}"


@pytest.mark.parametrize("weight", ["note", "ignore", "ERROR", "off"])
def test_no_other_weight_is_understood(weight: str, desk: Desk) -> None:
    desk.practice["rules"] = {"safe-contact": weight}

    written, findings = desk.write(note(desk))

    assert written is None
    assert [one.code for one in findings] == ["bad-value"]


@pytest.mark.parametrize("severity", list(Severity))
@pytest.mark.parametrize("wanted", ["warning", "error"])
def test_nothing_weighs_less_than_before(wanted: str, severity: Severity, desk: Desk) -> None:
    facts = self_made(desk).facts
    practice = facts.practice.model_copy(update={"rules": {"address-unconfirmed": wanted}})
    object.__setattr__(facts, "practice", practice)
    finding = ALL["address-unconfirmed"].finding("x")
    object.__setattr__(finding, "severity", severity)

    (now,) = weighed(facts, [finding])

    order = [Severity.NOTE, Severity.WARNING, Severity.ERROR]
    assert order.index(now.severity) == max(order.index(severity), order.index(Severity(wanted)))


def self_made(desk: Desk) -> Written:
    written, findings = desk.write(note(desk))
    assert written, findings
    return written


def test_what_is_found_outside_the_checks_has_its_weight_too(desk: Desk) -> None:
    desk.practice["rules"] = {"file-copy": "error"}
    kind = note(desk)
    folder = desk.folder / "kinds" / kind
    (folder / "en.html.j2").rename(folder / "es.html.j2")

    written, findings = desk.write(kind, language="es")

    assert written is None
    assert the("file-copy", findings).severity is Severity.ERROR


def test_what_is_found_on_the_pages_has_its_weight_too(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    found: Any = ALL["discreet-name"].finding("x")
    monkeypatch.setattr(letter, "check_layout", lambda *_: [found])
    made, findings = desk.make(note(desk))
    assert made
    assert findings[0].severity is Severity.WARNING

    desk.practice["rules"] = {"discreet-name": "error"}
    made, findings = desk.make(note(desk))
    assert made is None
    assert findings[0].severity is Severity.ERROR


KNOWS = "import letters.letter, letters.findings; print(*letters.findings.RULES)"


def test_every_check_is_known_where_the_practices_own_weights_are_read() -> None:
    told = subprocess.run([sys.executable, "-c", KNOWS], capture_output=True, text=True, check=True)

    assert set(ALL) - set(told.stdout.split()) == set(of_the_register())


def of_the_register() -> Iterator[str]:
    """The rules about caseloads, cases and the register, which a practice cannot weigh otherwise."""
    package = Path(letter.__file__).parent
    for room in ("batch", "caseload", "register", "labels.py", "office.py", "entering.py"):
        files = [package / room] if room.endswith(".py") else (package / room).rglob("*.py")
        for file in files:
            yield from re.findall(r'\brule\(\s*"([a-z-]+)"', file.read_text("utf-8"))


def test_a_rule_is_declared_once() -> None:
    with pytest.raises(ValueError, match="two rules weaker-rule"):
        rule("weaker-rule", Severity.ERROR, "Again.")
