"""Letters that the register has come back from files that a killed run left without their names."""

from __future__ import annotations

from pathlib import Path

import pytest

from letters.recovering import tidy
from tests.batch.conftest import Shop
from tests.support.caseloads import caseload
from tests.support.desk import TODAY

LEFT = ".letters-0123456789abcdef.tmp"


@pytest.fixture
def shop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Shop:
    """A practice that has issued two letters."""
    monkeypatch.setenv("LETTERS_TODAY", TODAY.isoformat())
    shop = Shop(caseload(tmp_path / "office", 2))
    assert shop.run().counts == {"issued": 2}
    return shop


def one_letter(shop: Shop) -> Path:
    return sorted((shop.out / "letters").glob("L-*.pdf"))[0]


def test_a_letter_that_was_entered_and_not_named_gets_its_name(shop: Shop) -> None:
    file = one_letter(shop)
    data = file.read_bytes()
    file.rename(file.with_name(LEFT))
    assert tidy(file.parent, shop.office) == 1
    assert file.read_bytes() == data
    assert not file.with_name(LEFT).exists()


def test_a_part_of_a_letter_gets_no_name(shop: Shop) -> None:
    file = one_letter(shop)
    file.with_name(LEFT).write_bytes(file.read_bytes()[:-1])
    file.unlink()
    assert tidy(file.parent, shop.office) == 0
    assert not file.exists()


def test_a_letter_that_is_there_stays_as_it_is(shop: Shop) -> None:
    file = one_letter(shop)
    before = file.stat()
    file.with_name(LEFT).write_bytes(file.read_bytes())
    assert tidy(file.parent, shop.office) == 0
    assert file.stat().st_ino == before.st_ino


def test_a_letter_of_another_folder_is_not_named_here(shop: Shop) -> None:
    file, other = one_letter(shop), shop.folder / "other"
    other.mkdir()
    file.rename(other / LEFT)
    assert tidy(other, shop.office) == 0


def test_a_letter_that_the_register_does_not_have_gets_no_name(shop: Shop, tmp_path: Path) -> None:
    strangers = Shop(caseload(tmp_path / "strangers", 1))
    folder = strangers.out / "letters"
    folder.mkdir(parents=True)
    (folder / LEFT).write_bytes(one_letter(shop).read_bytes())
    assert tidy(folder, strangers.office) == 0
    assert [path.name for path in folder.iterdir()] == [LEFT]  # it may be of a run that is still at work
