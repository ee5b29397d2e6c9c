"""`letters schema`, and the copies of what it prints that the examples point to."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from letters.schemas import FILES
from tests.commands.conftest import Run

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs" / "schema"
MODELINE = re.compile(r"^# yaml-language-server: \$schema=(\S+)$", re.MULTILINE)


def test_every_schema_has_a_copy_and_no_other_is_there() -> None:
    assert len(FILES) == 4
    assert sorted(path.name for path in DOCS.iterdir()) == sorted(f"{file}.json" for file in FILES)


@pytest.mark.parametrize("file", FILES)
def test_the_copy_is_fresh(letters: Run, file: str) -> None:
    told = letters("schema", file)
    assert (told.code, told.err) == (0, "")
    copy = DOCS / f"{file}.json"
    assert copy.read_text("utf-8") == told.out, (
        f"This copy is out of date. Run: letters schema {file} > {copy.relative_to(ROOT)}"
    )


@pytest.mark.parametrize("file", FILES)
def test_a_schema_describes_its_fields(letters: Run, file: str) -> None:
    schema = json.loads(letters("schema", file).out)
    assert schema["$schema"].startswith("https://json-schema.org/")
    assert schema["additionalProperties"] is False
    assert len(schema["properties"]) > 5
    assert set(schema["required"]) <= set(schema["properties"])


def test_every_example_names_the_schema_of_its_sort() -> None:
    examples = [path for path in (ROOT / "examples").rglob("*.yaml") if path.name != "letters.yaml"]
    assert len(examples) > 10
    for path in examples:
        (named,) = MODELINE.findall(path.read_text("utf-8"))
        sort = "practice" if path.stem == "practice" else "case"
        assert (path.parent / named).resolve() == DOCS / f"{sort}.json", path


def test_an_unknown_file_is_refused(letters: Run) -> None:
    told = letters("schema", "letterhead")
    assert (told.code, told.out) == (2, "")
    assert "'letterhead' is not one of 'practice', 'case', 'kind', 'jurisdiction'." in " ".join(
        told.err.split()
    )
    assert letters("schema").err.startswith(
        "error: Missing argument 'FILE'. Choose from: practice, case, kind, jurisdiction.\n"
    )
