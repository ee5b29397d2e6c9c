"""A process of its own for one letter at a time."""

from __future__ import annotations

import os
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from letters import apart
from letters.apart import Apart, Gone, seal, unseal
from letters.errors import UsageError


@pytest.fixture
def process() -> Iterator[Apart]:
    one = Apart(begin)
    yield one
    one.end()


def begin(scratch: str) -> None:
    tempfile.tempdir = scratch


def refuse(thing: str) -> None:
    raise UsageError(f"There is no {thing}.", "Look elsewhere.")


class StubbornError(Exception):
    """It can be written, and not be read again."""

    def __init__(self, one: str, other: str) -> None:
        super().__init__(f"{one}{other}")


def stumble(thing: str) -> None:
    raise StubbornError(thing, thing)


def chatter(thing: str) -> str:
    os.write(1, b"a library says what nobody asked for")
    return thing


def test_work_after_work_is_done(process: Apart) -> None:
    answers = [process.ask(seal(abs, number), 60) for number in (-1, -2)]
    assert [unseal(one) for one in answers if isinstance(one, bytes)] == [1, 2]


def test_what_is_raised_there_is_raised_here(process: Apart) -> None:
    answer = process.ask(seal(refuse, "kind"), 60)
    assert isinstance(answer, bytes)
    with pytest.raises(UsageError, match="There is no kind") as told:
        unseal(answer)
    assert told.value.remedy == "Look elsewhere."


def test_an_error_that_cannot_travel_says_its_type(process: Apart) -> None:
    answer = process.ask(seal(stumble, "x"), 60)
    assert isinstance(answer, bytes)
    with pytest.raises(RuntimeError, match="StubbornError"):
        unseal(answer)


def test_what_is_printed_is_no_answer(process: Apart) -> None:
    answer = process.ask(seal(chatter, "x"), 60)
    assert isinstance(answer, bytes)
    assert unseal(answer) == "x"


def test_its_end_is_told(process: Apart) -> None:
    assert process.ask(seal(os._exit, 1), 60) == Gone("ended")


def test_a_stall_is_ended_and_told(process: Apart) -> None:
    assert process.ask(seal(abs, -1), 60) != Gone("stalled")
    began = time.monotonic()
    assert process.ask(seal(time.sleep, 60), 0.5) == Gone("stalled")
    assert time.monotonic() - began < 20


def test_it_ends_with_whoever_asks(process: Apart) -> None:
    process.ask(seal(abs, -1), 60)
    pipe = process._process.stdin
    assert pipe is not None
    pipe.close()
    assert process._process.wait(20) == 0


def leave_a_file(thing: str) -> str:
    number, name = tempfile.mkstemp(thing)
    os.close(number)
    return name


def test_its_temporary_files_go_with_it(process: Apart) -> None:
    answer = process.ask(seal(leave_a_file, "x"), 60)
    assert isinstance(answer, bytes)
    left = Path(unseal(answer))
    assert left.is_file()
    process.end()
    assert not left.parent.exists()


def test_a_process_that_cannot_begin_is_no_fault_of_the_letter(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(apart, "_PROGRAM", "raise SystemExit(1)")
    one = Apart(begin)
    with pytest.raises(OSError, match="does not load"):
        one.ask(seal(abs, -1), 60)
    one.end()
