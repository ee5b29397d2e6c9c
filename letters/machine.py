"""What letters needs of the machine it runs on, and where to get what is missing."""

from __future__ import annotations

import ctypes
import platform
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from letters.errors import LettersError

_OLDEST_PYTHON = (3, 11)
_WAIT = 20.0

_MANAGERS = {
    "apt-get": "sudo apt-get install",
    "dnf": "sudo dnf install",
    "brew": "brew install",
}
# The packages of scripts/setup.sh.
_LIBRARIES: dict[str, Mapping[str, str]] = {
    "pango-1.0": {"apt-get": "libpango-1.0-0", "dnf": "pango", "brew": "pango"},
    "pangoft2-1.0": {"apt-get": "libpangoft2-1.0-0", "dnf": "pango", "brew": "pango"},
    "harfbuzz-subset": {"apt-get": "libharfbuzz-subset0", "dnf": "harfbuzz", "brew": "harfbuzz"},
}
_FONTCONFIG = dict.fromkeys(_MANAGERS, "fontconfig")
_FONTS: dict[str, Mapping[str, str]] = {
    "Noto Sans Arabic": {
        "apt-get": "fonts-noto-core",
        "dnf": "google-noto-sans-arabic-fonts",
        "brew": "font-noto-sans-arabic",
    },
    "Noto Sans Hebrew": {
        "apt-get": "fonts-noto-core",
        "dnf": "google-noto-sans-hebrew-fonts",
        "brew": "font-noto-sans-hebrew",
    },
}
_TEST_PAGE = """<!doctype html><html lang="en"><head><title>Test page</title></head>
<body><main><h1>Test page</h1><p>Letters can be made here.</p></main></body></html>"""


@dataclass(frozen=True)
class Part:
    """One thing letters needs: whether it is there, what was found, and how to mend it.

    `packages` are the system packages that bring it, by package manager. `optional_for` names the
    only letters that need it; empty where all do.
    """

    name: str
    is_there: bool
    found: str = ""
    packages: Mapping[str, str] = field(default_factory=dict)
    remedy: str = ""
    optional_for: str = ""


def examine() -> list[Part]:
    """Look at every part. The test page comes last, as it needs all the others."""
    return [_python(), *_libraries(), _bundled_fonts(), *_system_fonts(), _test_page()]


def install_command(missing: Iterable[Part], system: str, which: Callable[[str], str | None]) -> str:
    """Write the one command that installs all missing packages; empty if there is none.

    `system` is named as `sys.platform` does; `which` finds a program.
    """
    # Some Macs have an apt-get, and it is not the system's own.
    order = ["brew"] if system == "darwin" else list(_MANAGERS)
    manager = next((name for name in order if which(name)), None)
    wanted = [part.packages[manager] for part in missing if manager in part.packages] if manager else []
    if not manager or not wanted:
        return ""
    return " ".join([_MANAGERS[manager], *dict.fromkeys(wanted)])


def _python() -> Part:
    remedy = "Install a newer Python, then letters in it."
    return Part(
        "Python 3.11 or later", sys.version_info >= _OLDEST_PYTHON, platform.python_version(), {}, remedy
    )


def _libraries() -> Iterator[Part]:
    for name, packages in _LIBRARIES.items():
        file = next(filter(_loads, _file_names(name)), None)
        remedy = "" if file else f"The library {name} is missing."
        yield Part(name, file is not None, file or "", packages, remedy)


def _file_names(library: str) -> list[str]:
    # The names under which the typesetting engine looks for them.
    return [f"lib{library}.so.0", f"lib{library}.0.dylib", f"lib{library}-0.dll"]


def _loads(file: str) -> bool:
    try:
        ctypes.CDLL(file)
    except OSError:
        return False
    return True


def _bundled_fonts() -> Part:
    from importlib.util import find_spec

    spec = find_spec("rendercv_fonts")
    folder = Path(spec.origin).parent if spec and spec.origin else None
    needed = ["Source Sans 3", "Gentium Book Plus", "Noto Sans"]
    there = folder is not None and all(any((folder / name).glob("*.ttf")) for name in needed)
    found = ", ".join(needed) if there else ""
    remedy = "Install the Python package rendercv-fonts again."
    return Part("typefaces", there, found, {}, "" if there else remedy)


def _system_fonts() -> Iterator[Part]:
    for family, packages in _FONTS.items():
        letters = f"letters with {family.rpartition(' ')[2]} in them"
        listed = _ask_fontconfig(family)
        if listed is None:
            yield Part(family, False, "fc-list cannot be run", _FONTCONFIG, optional_for=letters)
        else:
            yield Part(family, bool(listed), listed, packages, optional_for=letters)


def _ask_fontconfig(family: str) -> str | None:
    """Return the file of a font, empty if it is not installed; None if nobody knows."""
    try:
        done = subprocess.run(  # noqa: S603 - names of fonts only
            ["fc-list", "--format", "%{file}\n", family],  # noqa: S607 - wherever the system keeps it
            capture_output=True,
            text=True,
            timeout=_WAIT,
            check=True,
        )
    except (OSError, subprocess.SubprocessError):
        return None
    return Path(min(done.stdout.split("\n"), key=lambda line: (not line, line))).name


def _test_page() -> Part:
    name = "test page"
    try:
        from letters.typeset import Layout, typeset

        layout = Layout("letter", "none", "sans", "en", draft=False)
        result = typeset(_TEST_PAGE, layout, {}, created=date(2000, 1, 1))
    except LettersError as error:
        return Part(name, False, "", {}, f"{error.message} {error.remedy}".strip())
    except (ImportError, OSError) as error:
        # The engine says in a long message which library it cannot load; the parts above name it.
        return Part(name, False, f"the typesetting engine does not load ({type(error).__name__})")
    if result.findings or not result.pdf.startswith(b"%PDF-"):
        codes = ", ".join(sorted({finding.code for finding in result.findings}))
        return Part(name, False, f"it did not come out right: {codes}")
    return Part(name, True, f"a PDF of {len(result.pdf):,} bytes")
