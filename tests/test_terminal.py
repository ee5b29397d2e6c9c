from __future__ import annotations

import io
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from letters.findings import Finding, Place, Severity
from letters.terminal import entries, findings_json, say, show_error, show_findings, summary, table

UNSAFE = Finding(
    "safe-contact",
    Severity.ERROR,
    "This address may not be used.",
    "Give another address.",
    Place("cases/C-1001.yaml", 12, 9, 2, "  safe: no"),
    "45 CFR 164.522(b)",
)


class Screen(io.StringIO):
    """A terminal that keeps what it shows."""

    encoding = "utf-8"

    def isatty(self) -> bool:
        return True


class Ascii(io.StringIO):
    encoding = "ascii"


def shown(*findings: Finding) -> str:
    stream = io.StringIO()
    show_findings(findings, stream=stream)
    return stream.getvalue()


def test_a_finding_is_shown_with_its_place_its_excerpt_and_what_to_do() -> None:
    assert (
        shown(UNSAFE)
        == """\
error[safe-contact]: This address may not be used.
  --> cases/C-1001.yaml:12:9
   |
12 |   safe: no
   |         ^^
   |
help: Give another address.
note: 45 CFR 164.522(b)

1 error
"""
    )


def test_a_finding_without_a_line_names_the_field() -> None:
    place = Place("row 7", field="clients[0].name")
    assert "--> row 7: clients[0].name\n" in shown(Finding("x", Severity.NOTE, "Said.", place=place))


def test_a_finding_without_a_place_is_a_line() -> None:
    assert shown(Finding("x", Severity.WARNING, "Said.")) == "warning[x]: Said.\n\n1 warning\n"


def test_nothing_is_shown_where_nothing_was_found() -> None:
    assert shown() == ""


def test_an_accepted_warning_is_shown_with_its_reason_and_asks_for_nothing() -> None:
    stream = io.StringIO()
    warning = Finding("x", Severity.WARNING, "Said.", "Accept it.", authority="A law.")
    error = Finding("x", Severity.ERROR, "Wrong.", "Mend it.")
    show_findings([warning, error], {"x": "It is right here."}, stream=stream)
    assert stream.getvalue() == (
        "accepted[x]: Said.\nreason: It is right here.\n\n"
        "error[x]: Wrong.\nhelp: Mend it.\n\n1 error, 1 accepted\n"
    )


@pytest.mark.parametrize(
    ("kinds", "said"),
    [
        ("", "no findings"),
        ("eew", "2 errors, 1 warning"),
        ("nnw", "1 warning, 2 notes"),
    ],
)
def test_the_summary_counts_by_weight(kinds: str, said: str) -> None:
    weights = {"e": Severity.ERROR, "w": Severity.WARNING, "n": Severity.NOTE}
    assert summary([Finding("x", weights[kind], "Said.") for kind in kinds]) == said


def test_nothing_from_a_file_can_steer_the_terminal() -> None:
    place = Place("a\x1b[2J.yaml", 1, 1, 1, "name: \x1b]0;owned\x07 \u202eevil")
    told = shown(Finding("x", Severity.ERROR, "Bad \x1b[31m name\r\nhere", "Try \x9b", place, "\x00"))
    assert not set(told) & set("\x1b\x07\x9b\x00\r\u202e")
    assert "<U+001B>]0;owned<U+0007> <U+202E>evil" in told


def test_color_is_for_terminals_that_want_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("TERM", "xterm")

    def on_screen() -> str:
        screen = Screen()
        show_findings([UNSAFE], stream=screen)
        return screen.getvalue()

    assert "\x1b[1;31m^^\x1b[0m" in on_screen()
    assert "\x1b" not in shown(UNSAFE)
    monkeypatch.setenv("NO_COLOR", "1")
    assert "\x1b" not in on_screen()
    monkeypatch.delenv("NO_COLOR")
    monkeypatch.setenv("TERM", "dumb")
    assert "\x1b" not in on_screen()


def test_on_a_terminal_no_line_is_wider_than_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "50")
    monkeypatch.setenv("NO_COLOR", "1")
    screen = Screen()
    place = Place("a.yaml", 3, 150, 7, "word " * 100)
    show_findings([Finding("x", Severity.ERROR, "word " * 40, "word " * 40, place)], stream=screen)
    table(["a", "b"], [["x" * 10, "word " * 40]], stream=screen)
    lines = screen.getvalue().splitlines()
    assert len(lines) > 15
    assert max(map(len, lines)) <= 50


def test_a_stream_that_knows_few_signs_gets_the_others_spelled_out() -> None:
    stream = Ascii()
    show_error("Nguyễn", "→", stream=stream)
    place = Place("a.yaml", 1, 7, 2, "é: 中 abc")
    show_findings([Finding("x", Severity.NOTE, "é", place=place)], stream=stream)
    told = stream.getvalue()
    assert told.isascii()
    assert "Nguy\\u1ec5n" in told
    _, excerpt, carets, *_ = (line for line in told.splitlines() if "|" in line)
    assert excerpt[carets.index("^") :] == "bc"


@settings(deadline=None, max_examples=200)
@given(st.text(), st.integers(-2, 40), st.integers(-1, 40), st.sampled_from(["utf-8", "ascii", "latin-1"]))
def test_any_text_can_be_shown(text: str, column: int, length: int, encoding: str) -> None:
    written = io.TextIOWrapper(io.BytesIO(), encoding=encoding)
    place = Place(text, 3, column, length, text, text)
    show_findings([Finding("x", Severity.ERROR, text, text, place, text)], stream=written)
    table(["a", "b"], [[text, text]], stream=written)
    written.seek(0)
    assert "1 error" in written.read()


def test_findings_as_json_carry_no_excerpt() -> None:
    (told,) = json.loads(findings_json([UNSAFE]))
    assert told == {
        "code": "safe-contact",
        "severity": "error",
        "message": "This address may not be used.",
        "remedy": "Give another address.",
        "file": "cases/C-1001.yaml",
        "line": 12,
        "column": 9,
        "field": "",
        "authority": "45 CFR 164.522(b)",
    }
    assert json.loads(findings_json([])) == []
    assert json.loads(findings_json([Finding("x", Severity.NOTE, "é")]))[0]["file"] is None


def test_a_table_is_aligned_by_columns_of_the_terminal() -> None:
    stream = io.StringIO()
    table(["name", "what"], [["a", "one"], ["中文字", "two"]], stream=stream)
    assert stream.getvalue() == "name    what\na       one\n中文字  two\n"


LONG = "word " * 60


@pytest.mark.parametrize("columns", ["40", "80", "300"])
def test_everything_fits_in_a_terminal(monkeypatch: pytest.MonkeyPatch, columns: str) -> None:
    stream = Screen()
    monkeypatch.setenv("COLUMNS", columns)
    monkeypatch.setenv("NO_COLOR", "1")
    place = Place("a.yaml", 3, 150, 7, LONG)
    show_findings([Finding("a-code-of-some-length", Severity.ERROR, LONG, LONG, place, LONG)], stream=stream)
    show_error(LONG, LONG, stream=stream)
    table(["first", "second", "third"], [["x" * 20, "y" * 15, LONG], ["x", "y", ""]], stream=stream)
    entries([("label", LONG)], 16, "  ", stream=stream)
    say(LONG, stream=stream)
    lines = stream.getvalue().splitlines()
    assert len(lines) > 20
    text = [line for line in lines if "|" not in line]
    assert max(map(len, text)) <= min(int(columns), 100)
    assert max(map(len, lines)) <= int(columns)
    assert sum(line.count("word") for line in text) == 60 * 8


def test_in_a_pipe_sentences_are_wrapped_and_a_row_is_a_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "40")
    told = shown(Finding("x", Severity.ERROR, LONG, LONG))
    lines = told.splitlines()
    assert 90 < max(map(len, lines)) <= 100
    assert lines[1].startswith("       word")
    stream = io.StringIO()
    table(["a", "b"], [["x", LONG]], stream=stream)
    assert len(stream.getvalue().splitlines()) == 2


def test_names_stay_whole_when_a_line_is_wrapped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "40")
    monkeypatch.setenv("NO_COLOR", "1")
    stream = Screen()
    name = "folder/with-hyphens/closing-lost-contact-and-more.yaml"
    show_error(f"There is no file {name} anywhere.", stream=stream)
    assert f"\n       {name}\n" in stream.getvalue()


def test_columns_without_room_are_set_below_one_another(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "40")
    monkeypatch.setenv("NO_COLOR", "1")
    stream = Screen()
    table(["kind", "in", "when"], [["x" * 25, "en", "now"]], stream=stream)
    assert stream.getvalue() == f"kind\n    in\n    when\n{'x' * 25}\n    en\n    now\n"
