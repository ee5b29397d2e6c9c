"""The process beside the server: one thing at a time, and another one when it is lost."""

from __future__ import annotations

import asyncio
import os
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from letters.errors import MachineError, UsageError
from letters.findings import Finding, FoundError, Severity
from letters.preview.engine import Engine, EngineLost, Fault, begin_desk
from letters.preview.views import Seat


def begin(scratch: str) -> None:
    tempfile.tempdir = scratch


@pytest.fixture
def engine() -> Iterator[Engine]:
    one = Engine(begin, patience=20)
    yield one
    one.close()


def number(_: object) -> int:
    return os.getpid()


def refuse(what: str) -> None:
    raise UsageError(f"There is no {what}.", "Look elsewhere.")


def find(what: str) -> None:
    raise FoundError([Finding("made-up", Severity.ERROR, what)])


def stumble(what: str) -> None:
    raise ValueError(what)


def wait_a_moment(mark: str) -> float:
    with Path(mark).open("a") as file:
        file.write("(")
    time.sleep(0.05)
    with Path(mark).open("a") as file:
        file.write(")")
    return time.monotonic()


def sleep(seconds: float) -> None:
    time.sleep(seconds)


def test_one_process_does_one_thing_after_the_other(engine: Engine, tmp_path: Path) -> None:
    mark = tmp_path / "mark"

    async def several() -> list[float]:
        return await asyncio.gather(*(engine.ask(wait_a_moment, str(mark)) for _ in range(4)))

    done = asyncio.run(several())
    assert done == sorted(done)
    assert mark.read_text() == "()" * 4
    assert engine.is_idle


def test_it_is_not_idle_while_it_is_asked(engine: Engine) -> None:
    async def asking() -> bool:
        asked = asyncio.create_task(engine.ask(number, None))
        await asyncio.sleep(0)
        is_idle = engine.is_idle
        await asked
        return is_idle

    assert asyncio.run(asking()) is False


def test_our_own_errors_arrive_as_they_are(engine: Engine) -> None:
    with pytest.raises(UsageError, match="There is no kind") as told:
        asyncio.run(engine.ask(refuse, "kind"))
    assert told.value.remedy == "Look elsewhere."
    with pytest.raises(FoundError) as found:
        asyncio.run(engine.ask(find, "A date is missing."))
    assert [finding.message for finding in found.value.findings] == ["A date is missing."]


def test_a_fault_arrives_and_is_logged_without_its_words(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    engine = Engine(begin)
    with pytest.raises(Fault, match="ValueError") as told:
        asyncio.run(engine.ask(stumble, "Casey Morgan"))
    engine.close()
    (log,) = (tmp_path / "letters").iterdir()
    assert str(log) in told.value.remedy
    assert "stumble" in log.read_text()
    assert "Casey" not in log.read_text() + told.value.message + told.value.remedy


def test_another_takes_the_place_of_one_that_ended(engine: Engine) -> None:
    before = asyncio.run(engine.ask(number, None))
    with pytest.raises(EngineLost, match="ended"):
        asyncio.run(engine.ask(os._exit, 1))
    assert asyncio.run(engine.ask(number, None)) != before


def test_one_that_comes_to_no_end_is_ended() -> None:
    engine = Engine(begin, patience=1.5)
    asyncio.run(engine.ask(number, None))
    with pytest.raises(EngineLost, match="too long"):
        asyncio.run(engine.ask(sleep, 60))
    assert asyncio.run(engine.ask(number, None))
    engine.close()


def test_it_can_be_started_anew(engine: Engine) -> None:
    before = asyncio.run(engine.ask(number, None))
    asyncio.run(engine.restart())
    assert asyncio.run(engine.ask(number, None)) != before


def test_whoever_gives_up_waiting_does_not_mix_up_the_answers(engine: Engine) -> None:
    async def impatient() -> int:
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(engine.ask(sleep, 0.3), 0.1)
        return await engine.ask(number, None)

    assert asyncio.run(impatient()) == engine._apart._process.pid


def test_its_end_takes_no_longer_than_a_moment_and_leaves_nothing() -> None:
    engine = Engine(begin)
    process, scratch = engine._apart._process, Path(engine._apart._scratch)

    async def closed_amid() -> float:
        asked = asyncio.create_task(engine.ask(sleep, 60))
        await asyncio.sleep(0.5)
        began = time.monotonic()
        await asyncio.to_thread(engine.close)
        with pytest.raises(EngineLost):
            await asked
        return time.monotonic() - began

    assert asyncio.run(closed_amid()) < 5
    assert process.poll() is not None
    assert not scratch.exists()
    with pytest.raises(EngineLost, match="closed"):
        asyncio.run(engine.ask(number, None))
    engine.close()


def test_where_none_can_be_started_that_is_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("sys.executable", str(tmp_path / "nowhere"))
    with pytest.raises(MachineError, match="cannot be started"):
        Engine(begin)


def test_the_desk_answers_there(tmp_path: Path) -> None:
    from letters.preview import asking

    engine = Engine(begin_desk)
    try:
        started = asyncio.run(engine.ask(asking.start, Seat(tmp_path / "practice.yaml")))
        assert [finding.severity for finding in started.findings] == [Severity.ERROR]
    finally:
        engine.close()
