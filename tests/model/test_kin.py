"""A file given in the place of another is told as one thing."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from letters.model.case import Case
from letters.model.kin import FILES
from letters.model.practice import Practice
from letters.model.strict import Model
from letters.model.validation import validate

EXAMPLE = Path(__file__).parents[2] / "examples/harbor"
CASE = EXAMPLE / "cases/C-1001.yaml"
PRACTICE = EXAMPLE / "practice.yaml"


def data(file: Path) -> dict[str, object]:
    loaded: dict[str, object] = yaml.load(file.read_text("utf-8"), yaml.BaseLoader)  # noqa: S506
    return loaded


@pytest.mark.parametrize(
    ("model", "file", "message"),
    [
        (Case, PRACTICE, "This is a practice file, not a case."),
        (Practice, CASE, "This is a case, not a practice file."),
    ],
)
def test_another_file_is_named(model: type[Model], file: Path, message: str) -> None:
    value, (fault,) = validate(model, data(file))

    assert value is None
    assert (fault.code, fault.path, fault.message) == ("file", (), message)


@pytest.mark.parametrize(
    "wrong", [{"clinician": "", "phone": "1"}, {"name": "x"}, {"name": "x", "phone": "1", "hours": "x"}]
)
def test_a_few_fields_of_another_file_are_slips(wrong: dict[str, object]) -> None:
    _, faults = validate(Case, {**data(CASE), **wrong})

    assert {fault.code for fault in faults} <= {"unknown-field", "missing-field"}
    assert faults


def test_the_files_have_names_that_differ() -> None:
    assert len(set(FILES.values())) == len(FILES) > 2
