"""JSON Schema for editors, of the files people write."""

from __future__ import annotations

import json

FILES = ("practice", "case", "kind", "jurisdiction")
FOLDER = "schema"  # of a workspace
MODELINE = "# yaml-language-server: $schema={}\n"


def schema_text(file: str) -> str:
    """The JSON Schema of one of FILES, as text."""
    from letters.model.case import Case
    from letters.model.jurisdiction import Jurisdiction
    from letters.model.kind import KindSpec
    from letters.model.practice import Practice
    from letters.model.schema import json_schema
    from letters.model.strict import Model

    models: dict[str, type[Model]] = {
        **{"practice": Practice, "case": Case, "kind": KindSpec},
        "jurisdiction": Jurisdiction,
    }
    return json.dumps(json_schema(models[file]), indent=2, ensure_ascii=False) + "\n"
