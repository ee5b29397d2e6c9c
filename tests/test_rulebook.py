"""A rule is listed wherever in the program it is declared, and without the typesetting engine."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
LIST = """
import sys
from letters.rulebook import all_rules
print(*(rule.code for rule in all_rules()), "weasyprint" in sys.modules)
"""
DECLARING = """
from letters.findings import Severity
from letters.findings import rule as declared

NEW = declared("brand-new", Severity.NOTE, "To be found.")
"""


def listed(folder: Path) -> list[str]:
    told = subprocess.run(
        [sys.executable, "-c", LIST], cwd=folder, capture_output=True, text=True, check=True
    )
    return told.stdout.split()


@pytest.mark.parametrize(
    "place", ["checks/new_concern.py", "new_room.py", "compose/new_module.py", "new/inner/module.py"]
)
def test_a_rule_in_any_module_is_found(tmp_path: Path, place: str) -> None:
    before = listed(ROOT)
    shutil.copytree(ROOT / "letters", tmp_path / "letters")
    module = tmp_path / "letters" / place
    module.parent.mkdir(parents=True, exist_ok=True)
    for folder in (module.parent, module.parent.parent):
        (folder / "__init__.py").touch()
    module.write_text(DECLARING)
    *codes, loads_engine = listed(tmp_path)
    assert loads_engine == "False"
    assert codes == sorted([*before[:-1], "brand-new"])
