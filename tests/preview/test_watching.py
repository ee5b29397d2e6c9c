"""Changes of files are noticed, however an editor saves them."""

from __future__ import annotations

import asyncio
import shutil
import sys
from collections.abc import AsyncGenerator, Callable
from pathlib import Path

import pytest

from letters.preview import watching
from letters.preview.watching import Change, Watched, changes

SOON = 10.0  # seconds


@pytest.fixture
def office(tmp_path: Path) -> Path:
    """A practice's folder, with a case in a folder of its own."""
    folder = tmp_path / "office"
    for name in ("practice.yaml", "logo.svg", "cases/one.yaml", "kinds/own/kind.yaml", "issued/old.pdf"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text("before")
    (tmp_path / "program" / "templates" / "outreach").mkdir(parents=True)
    (tmp_path / "program" / "templates" / "outreach" / "en.html.j2").write_text("before")
    return folder


def new_kind(office: Path) -> None:
    (office / "kinds" / "new").mkdir(parents=True)
    (office / "kinds" / "new" / "kind.yaml").write_text("new")


def watched(office: Path) -> Watched:
    return Watched(office / "practice.yaml", {office / "cases" / "one.yaml"}, office.parent / "program")


async def after(things: Watched, *deeds: Callable[[], object], every: float = 0.3) -> list[Change]:
    """What is told after each of the deeds."""
    told: list[Change] = []
    news = changes(things, every)
    waiting = asyncio.ensure_future(anext(news))
    await asyncio.sleep(0.5)
    for deed in deeds:
        deed()
        told.append(await asyncio.wait_for(waiting, SOON))
        waiting = asyncio.ensure_future(anext(news))
    waiting.cancel()
    await asyncio.gather(waiting, return_exceptions=True)
    await news.aclose()  # type: ignore[attr-defined]
    return told


def write(file: Path) -> Callable[[], object]:
    return lambda: file.write_text(f"{file.read_text()} and after")


def replace(file: Path) -> Callable[[], object]:
    """Save as many editors do: a new file takes the place of the old one."""

    def deed() -> None:
        new = file.with_name(f".{file.name}.new")
        new.write_text("different")
        new.replace(file)

    return deed


def make_anew(file: Path) -> Callable[[], object]:
    def deed() -> None:
        file.unlink()
        file.write_text("once more")

    return deed


@pytest.mark.parametrize("save", [write, replace, make_anew])
@pytest.mark.parametrize("name", ["practice.yaml", "logo.svg", "cases/one.yaml", "kinds/own/kind.yaml"])
def test_however_it_is_saved(office: Path, name: str, save: Callable[[Path], Callable[[], object]]) -> None:
    told = asyncio.run(after(watched(office), save(office / name), save(office / name)))
    assert told == [Change(is_program=False)] * 2


def test_the_system_tells_at_once(office: Path) -> None:
    async def scene() -> float:
        began = asyncio.get_running_loop().time()
        await after(watched(office), write(office / "practice.yaml"), every=30)
        return asyncio.get_running_loop().time() - began

    if sys.platform.startswith("linux"):
        assert asyncio.run(scene()) < 5


def test_a_part_of_the_program_is_told_as_one(office: Path) -> None:
    template = office.parent / "program" / "templates" / "outreach" / "en.html.j2"
    assert asyncio.run(after(watched(office), write(template))) == [Change(is_program=True)]


def test_what_no_letter_is_made_from_is_no_change(office: Path) -> None:
    before = watched(office).own(), watched(office).parts()
    for name in (
        "register.sqlite",
        "register.sqlite-wal",
        "issued/new.pdf",
        "notes.txt",
        ".practice.yaml.swp",
    ):
        (office / name).write_text("new")
    (office / "cases" / "two.yaml").write_text("another case")
    assert (watched(office).own(), watched(office).parts()) == before
    (office / "practice.yaml").write_text("changed")
    assert watched(office).own() != before[0]


def test_a_folder_may_go_and_come_back(office: Path) -> None:
    away = office.with_name("away")
    told = asyncio.run(
        after(
            watched(office),
            lambda: office.rename(away),
            lambda: away.rename(office),
            write(office / "practice.yaml"),
            lambda: shutil.rmtree(office / "kinds"),
            lambda: new_kind(office),
            lambda: (office / "kinds" / "new" / "kind.yaml").write_text("changed"),
        )
    )
    assert told == [Change(is_program=False)] * 6


def test_a_case_that_is_opened_later_is_watched_as_well(office: Path) -> None:
    things = watched(office)
    later = office.parent / "elsewhere" / "two.yaml"
    later.parent.mkdir()
    later.write_text("before")

    def open_it() -> None:
        things.cases.add(later)

    assert asyncio.run(after(things, open_it, write(later))) == [Change(is_program=False)] * 2


def test_where_the_system_cannot_watch_it_is_looked_after_now_and_then(
    office: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def unable(*_: object, **__: object) -> AsyncGenerator[None]:
        raise OSError(28, "no more can be watched")
        yield

    monkeypatch.setattr("watchfiles.awatch", unable)
    told = asyncio.run(after(watched(office), write(office / "practice.yaml"), every=0.1))
    assert told == [Change(is_program=False)]


def test_no_more_files_are_looked_at_than_that(office: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watching, "_MOST", 2)
    for number in range(5):
        (office / f"{number}.yaml").write_text("x")
    assert len(watching._files(office)) == 2
