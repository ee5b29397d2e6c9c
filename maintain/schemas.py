"""The schemas in `docs/schema`, as `letters schema` prints them."""

from __future__ import annotations

from pathlib import Path

from letters.schemas import FILES, schema_text

FOLDER = Path(__file__).parents[1] / "docs" / "schema"


def main() -> None:
    """Write all schemas."""
    for name in FILES:
        (FOLDER / f"{name}.json").write_text(schema_text(name), "utf-8")


if __name__ == "__main__":
    main()
