"""How far a long run is: often in a terminal, seldom elsewhere, and not at all where a report is wanted."""

from __future__ import annotations

import io
import sys

import pytest

from letters.commands import progress as module
from letters.commands.progress import progress, sentence


class _Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


class _Clock:
    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.seconds = 100.0
        monkeypatch.setattr(module, "monotonic", lambda: self.seconds)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> _Clock:
    return _Clock(monkeypatch)


@pytest.mark.parametrize(
    ("done", "total", "seconds", "told"),
    [
        (1200, None, 10.0, "Checked 1,200 letters, 120.0 a second."),
        (10, 40, 1.0, "Checked 10 of 40 letters, 10.0 a second, 3 s left."),
        (39, 40, 1.0, "Checked 39 of 40 letters, 39.0 a second, 1 s left."),
        (1, 1000, 1.0, "Checked 1 of 1,000 letters, 1.0 a second, 17 min left."),
        (1, 10_000, 1.0, "Checked 1 of 10,000 letters, 1.0 a second, 2 h 47 min left."),
        (0, 40, 1.0, "Checked 0 of 40 letters, 0.0 a second."),
        (5, 40, 0.0, "Checked 5 of 40 letters, 0.0 a second."),
    ],
)
def test_a_line_tells_how_many_how_quick_and_how_long_yet(
    done: int, total: int | None, seconds: float, told: str
) -> None:
    assert sentence("checked", done, total, seconds) == told


def test_each_stage_has_its_word() -> None:
    assert sentence("made", 1, 2, 1.0).startswith("Made 1 of 2")


def test_elsewhere_a_line_is_told_now_and_then(clock: _Clock, capsys: pytest.CaptureFixture[str]) -> None:
    with progress(is_quiet=False) as tell:
        for seconds in (0, 14, 1, 1, 13, 2):
            clock.seconds += seconds
            tell("made", 30, 60)
    assert capsys.readouterr().err.splitlines() == [
        "Made 30 of 60 letters, 2.0 a second, 15 s left.",
        "Made 30 of 60 letters, 1.0 a second, 31 s left.",
    ]


def test_in_a_terminal_one_line_changes_and_is_gone_in_the_end(
    clock: _Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown = _Terminal()
    monkeypatch.setattr(sys, "stderr", shown)
    with progress(is_quiet=False) as tell:
        for done, total in ((1, 1000), (1000, 1000)):
            tell("made", done, total)
            clock.seconds += 0.3
            tell("made", done, total)
    lines = shown.getvalue().split("\r")
    assert lines[1].startswith("Made 1 of 1,000 letters, 3.3 a second")
    assert lines[2].rstrip().startswith("Made 1,000 of 1,000 letters")
    assert len(lines[2]) >= len(lines[1])  # nothing of a longer line stays
    assert lines[-2].strip() == ""
    assert lines[-1] == ""
    assert "\n" not in shown.getvalue()


def test_the_line_is_gone_where_something_ends_the_run(
    clock: _Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown = _Terminal()
    monkeypatch.setattr(sys, "stderr", shown)
    with pytest.raises(KeyboardInterrupt):
        _interrupted(clock)
    assert shown.getvalue().endswith("\r")


def _interrupted(clock: _Clock) -> None:
    with progress(is_quiet=False) as tell:
        tell("made", 1, 2)
        clock.seconds += 1
        tell("made", 1, 2)
        raise KeyboardInterrupt


def test_the_rate_is_that_of_the_stage(clock: _Clock, capsys: pytest.CaptureFixture[str]) -> None:
    with progress(is_quiet=False) as tell:
        tell("checked", 0, None)
        clock.seconds += 100
        tell("made", 0, 10)
        clock.seconds += 20
        tell("made", 5, 10)
    assert capsys.readouterr().err == "Made 5 of 10 letters, 0.2 a second, 20 s left.\n"


def test_nothing_is_shown_where_the_report_alone_is_wanted(
    clock: _Clock, capsys: pytest.CaptureFixture[str]
) -> None:
    with progress(is_quiet=True) as tell:
        tell("made", 0, 10)
        clock.seconds += 100
        tell("made", 5, 10)
    assert capsys.readouterr() == ("", "")
