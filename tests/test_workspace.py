"""The practice file is found from the case upward, or from here."""

from __future__ import annotations

from pathlib import Path

import pytest

from letters.errors import UsageError
from letters.workspace import own_kinds, practice_file


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An office with a practice file and a folder of cases; one stands outside it."""
    folder = tmp_path / "office"
    (folder / "cases" / "old").mkdir(parents=True)
    (folder / "practice.yaml").touch()
    (tmp_path / "elsewhere").mkdir()
    monkeypatch.chdir(tmp_path / "elsewhere")
    return folder


def test_a_practice_file_that_is_named_is_taken_whatever_lies_about(office: Path) -> None:
    assert practice_file(Path("mine.json"), office / "cases" / "C.yaml") == Path("mine.json")


@pytest.mark.parametrize("case", ["C.yaml", "cases/C.yaml", "cases/old/C.yaml"])
def test_it_is_looked_for_beside_the_case_and_above_it(case: str, office: Path) -> None:
    assert practice_file(None, office / case) == office / "practice.yaml"


@pytest.mark.parametrize("name", ["practice.yaml", "practice.yml", "practice.json"])
def test_it_may_be_yaml_or_json(name: str, office: Path) -> None:
    (office / "practice.yaml").rename(office / name)

    assert practice_file(None, office / "cases" / "C.yaml") == office / name


def test_the_nearest_is_taken(office: Path) -> None:
    (office / "cases" / "practice.yaml").touch()

    assert practice_file(None, office / "cases" / "old" / "C.yaml") == office / "cases" / "practice.yaml"


def test_without_one_near_the_case_it_is_looked_for_from_here(
    office: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(office / "cases")

    assert practice_file(None, tmp_path / "elsewhere" / "C.yaml") == office / "practice.yaml"
    assert practice_file(None) == office / "practice.yaml"


def test_it_is_written_as_seen_from_here(office: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(office)

    assert practice_file(None, Path("cases/C.yaml")) == Path("practice.yaml")
    assert practice_file(None, Path("C.yaml")) == Path("practice.yaml")


def test_a_folder_of_that_name_is_no_practice_file(office: Path) -> None:
    (office / "cases" / "practice.yaml").mkdir()

    assert practice_file(None, office / "cases" / "C.yaml") == office / "practice.yaml"


def test_where_there_is_none_it_is_a_wrong_use(office: Path) -> None:
    (office / "practice.yaml").unlink()

    with pytest.raises(UsageError) as caught:
        practice_file(None, office / "cases" / "C.yaml")
    assert caught.value.exit_code == 2
    assert "letters new" in caught.value.remedy


def test_a_practices_own_kinds_lie_beside_its_file(office: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert own_kinds(None) is None
    monkeypatch.chdir(office / "cases")
    assert own_kinds(None) == office / "kinds"
    assert own_kinds(Path("/srv/practice.yaml")) == Path("/srv/kinds")
