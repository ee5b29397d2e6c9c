"""The documents say what is true: links lead somewhere, commands exist, examples in them work."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest
import yaml

from letters.cli import COMMANDS
from letters.fields import FIELDS
from letters.findings import Finding
from tests.support.desk import Desk

TOP = Path(__file__).parents[1]
DOCUMENTS = [
    TOP / "README.md",
    TOP / "CONTRIBUTING.md",
    TOP / "examples/README.md",
    *sorted((TOP / "docs").rglob("*.md")),
]


FILE_CODES = {"unknown-field", "bad-value", "missing-field", "yaml-syntax", "bad-name", "unknown-person"}


def blocks(document: Path, language: str) -> list[str]:
    """The code blocks of a language in a document."""
    return re.findall(rf"^```{language}\n(.*?)^```", document.read_text("utf-8"), re.DOTALL | re.MULTILINE)


def shell_lines() -> list[str]:
    """Every line a reader might type, with the lines it goes on in."""
    joined = "\n".join(block for document in DOCUMENTS for block in blocks(document, "sh"))
    return [line.split(" #")[0].strip() for line in joined.replace("\\\n", " ").splitlines()]


def test_every_link_leads_to_something() -> None:
    links = [
        (document, link)
        for document in DOCUMENTS
        for link in re.findall(r"\]\(([^)#]+)[^)]*\)|src=\"([^\"]+)\"", document.read_text("utf-8"))
    ]
    local = [(document, a or b) for document, (a, b) in links if "://" not in (a or b)]
    assert len(local) > 10
    assert [(str(document), link) for document, link in local if not (document.parent / link).exists()] == []


def test_every_decision_is_numbered_in_order() -> None:
    numbers = [int(file.name[:4]) for file in sorted((TOP / "docs/decisions").glob("*.md"))]
    assert numbers == list(range(1, len(numbers) + 1))
    assert len(numbers) >= 5


def test_every_command_is_documented() -> None:
    documented = (TOP / "docs/commands.md").read_text("utf-8")
    assert len(COMMANDS) >= 10
    assert [name for name in COMMANDS if f"`letters {name}" not in documented] == []


def test_every_command_in_the_documents_exists() -> None:
    typed = [line.split()[1] for line in shell_lines() if line.startswith("letters ")]
    assert len(typed) >= 6
    assert [name for name in typed if name not in COMMANDS] == []


def test_every_script_in_the_documents_exists() -> None:
    typed = [line.split()[0] for line in shell_lines() if line.startswith("scripts/")]
    assert len(typed) >= 2
    assert [name for name in typed if not (TOP / name).is_file()] == []


def test_the_fields_of_the_example_kind_exist() -> None:
    fields = example_kind()["fields"]
    assert len(fields) > 3
    assert [name for name in fields if name.removesuffix("?") not in FIELDS] == []


def test_the_example_kind_makes_a_letter(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    (template,) = blocks(TOP / "docs/your-own-kind.md", "jinja")
    desk.own_kind("after-a-pause", example_kind(), template)
    letter, findings = desk.make("after-a-pause")
    assert findings == []
    assert letter is not None


@pytest.mark.parametrize("number", [0, 1])
def test_the_example_files_are_read(tmp_path: Path, number: int) -> None:
    desk = Desk(tmp_path)
    example = yaml.load(blocks(TOP / "docs/files.md", "yaml")[number], yaml.BaseLoader)  # noqa: S506
    if number == 0:
        desk.practice = example
    else:
        desk.case = example
    assert [found for found in desk.write()[1] if is_of_the_file(found)] == []


TRY = re.compile(r"`([\w-]+)((?: --\w+ \S+?)*)`( \(refused)?")


def tried() -> list[tuple[str, str, str, bool]]:
    """What examples/README.md suggests to try: case, kind, options, whether it is refused."""
    text = (TOP / "examples/README.md").read_text("utf-8")
    rows = re.findall(r"^\| ([CLM]-\d+) \|.*\|(.*)\|$", text, re.MULTILINE)
    return [
        (case, kind, options.strip(), bool(refused))
        for case, cell in rows
        for kind, options, refused in TRY.findall(cell)
    ]


def test_every_example_is_tried_in_its_document() -> None:
    cases = {file.stem for file in (TOP / "examples").glob("*/cases/*.yaml")}
    assert len(cases) >= 10
    assert {case for case, *_ in tried()} == cases


@pytest.mark.parametrize(("case", "kind", "options", "refused"), tried())
def test_what_the_examples_suggest_to_try_works(
    case: str, kind: str, options: str, refused: bool, tmp_path: Path
) -> None:
    desk = Desk(tmp_path, case, {"C": "harbor", "L": "ledger", "M": "meadow"}[case[0]])
    words = options.split()
    names = [word.removeprefix("--") for word in words[::2]]
    changes: dict[str, object] = dict(zip(names, words[1::2], strict=True))
    if "dated" in changes:
        changes["dated"] = date.fromisoformat(str(changes["dated"]))
    letter, findings = desk.write(kind, **changes)
    assert (letter is None) == refused, findings


def is_of_the_file(found: Finding) -> bool:
    """Whether a finding is about how a file is written, and not about what is missing for a letter."""
    return found.code in (
        "unknown-field",
        "bad-value",
        "missing-field",
        "syntax",
        "bad-name",
        "unknown-person",
    )


def example_kind() -> dict[str, list[str]]:
    """The description in the document about own kinds."""
    (description,) = blocks(TOP / "docs/your-own-kind.md", "yaml")
    kind: dict[str, list[str]] = yaml.load(description, yaml.BaseLoader)  # noqa: S506
    return kind
