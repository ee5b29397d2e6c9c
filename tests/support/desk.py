"""A desk to write letters at: an example's practice and case, to be changed value by value."""

from __future__ import annotations

import json
import shutil
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from letters.findings import Finding
from letters.letter import Letter, Written, make, write
from letters.order import Order

EXAMPLES = Path(__file__).parents[2] / "examples"
TODAY = date(2026, 11, 22)  # the day the examples' dates belong to


class Desk:
    """A folder with a practice, a case and the practice's own kinds.

    `practice` and `case` are plain dicts of strings, as written in the files; change them, then
    `write` (no pages are set) or `make` (with pages).
    """

    def __init__(self, folder: Path, case: str = "C-1001", office: str = "harbor") -> None:
        shutil.copytree(EXAMPLES / office, folder, dirs_exist_ok=True)
        self.folder = folder
        self.practice: dict[str, Any] = _data(folder / "practice.yaml")
        self.case: dict[str, Any] = _data(folder / "cases" / f"{case}.yaml")
        (folder / "practice.yaml").unlink()

    @property
    def client(self) -> dict[str, Any]:
        """The first client of the case."""
        client: dict[str, Any] = self.case["clients"][0]
        return client

    def own_kind(self, name: str, description: dict[str, Any], template: str, language: str = "en") -> None:
        """Give the practice a kind of its own."""
        kind = self.folder / "kinds" / name
        kind.mkdir(parents=True, exist_ok=True)
        (kind / "kind.yaml").write_text(yaml.safe_dump(description, allow_unicode=True))
        (kind / f"{language}.html.j2").write_text(template)

    def order(self, kind: str = "closing-lost-contact", **changes: Any) -> Order:
        """Write both files and order a letter; an issued one, dated TODAY, unless told otherwise."""
        for name, data in (("practice", self.practice), ("case", self.case)):
            (self.folder / f"{name}.json").write_text(json.dumps(data, ensure_ascii=False))
        details: dict[str, Any] = {"dated": TODAY, "draft": False, **changes}
        return Order(kind=kind, case=self.folder / "case.json", **details)

    def write(
        self, kind: str = "closing-lost-contact", **changes: Any
    ) -> tuple[Written | None, list[Finding]]:
        """Write the letter, without setting its pages."""
        return write(self.order(kind, **changes))

    def make(self, kind: str = "closing-lost-contact", **changes: Any) -> tuple[Letter | None, list[Finding]]:
        """Make the letter, pages and all."""
        return make(self.order(kind, **changes))

    def codes(self, kind: str = "closing-lost-contact", **changes: Any) -> list[str]:
        """The codes of everything found in writing the letter."""
        return [finding.code for finding in self.write(kind, **changes)[1]]


def _data(file: Path) -> dict[str, Any]:
    data: dict[str, Any] = yaml.load(file.read_text(), Loader=yaml.BaseLoader)  # noqa: S506 - plain strings only
    return data
