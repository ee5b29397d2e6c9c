"""Typefaces: which letters are set in, and which files they come from.

The two text faces and the Chinese, Japanese and Korean ones come with `rendercv_fonts`, so a letter has
the same bytes everywhere. They are registered under names of our own, because a font of the same name
on the machine would otherwise win on some machines and not on others. Other scripts use the machine's
Noto fonts.
"""

from __future__ import annotations

import importlib.util
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from letters.errors import MachineError

PACKAGE = "fonts-noto-core"


@dataclass(frozen=True)
class Script:
    """A script that the text faces lack, and the family it is set in."""

    name: str
    family: str
    ranges: tuple[tuple[int, int], ...]


SYSTEM_SCRIPTS = (
    Script("Arabic", "Noto Sans Arabic", ((0x600, 0x6FF), (0x750, 0x77F), (0x8A0, 0x8FF), (0xFB50, 0xFDFF))),
    Script("Hebrew", "Noto Sans Hebrew", ((0x590, 0x5FF), (0xFB1D, 0xFB4F))),
    Script("Armenian", "Noto Sans Armenian", ((0x530, 0x58F),)),
    Script("Georgian", "Noto Sans Georgian", ((0x10A0, 0x10FF), (0x1C90, 0x1CBF))),
    Script("Ethiopic", "Noto Sans Ethiopic", ((0x1200, 0x139F),)),
    Script("Devanagari", "Noto Sans Devanagari", ((0x900, 0x97F),)),
    Script("Bengali", "Noto Sans Bengali", ((0x980, 0x9FF),)),
    Script("Gurmukhi", "Noto Sans Gurmukhi", ((0xA00, 0xA7F),)),
    Script("Gujarati", "Noto Sans Gujarati", ((0xA80, 0xAFF),)),
    Script("Tamil", "Noto Sans Tamil", ((0xB80, 0xBFF),)),
    Script("Telugu", "Noto Sans Telugu", ((0xC00, 0xC7F),)),
    Script("Kannada", "Noto Sans Kannada", ((0xC80, 0xCFF),)),
    Script("Malayalam", "Noto Sans Malayalam", ((0xD00, 0xD7F),)),
    Script("Sinhala", "Noto Sans Sinhala", ((0xD80, 0xDFF),)),
    Script("Thai", "Noto Sans Thai", ((0xE00, 0xE7F),)),
    Script("Lao", "Noto Sans Lao", ((0xE80, 0xEFF),)),
    Script("Myanmar", "Noto Sans Myanmar", ((0x1000, 0x109F),)),
    Script("Khmer", "Noto Sans Khmer", ((0x1780, 0x17FF),)),
)
_EAST_ASIAN = ((0x1100, 0x11FF), (0x2E80, 0x9FFF), (0xAC00, 0xD7FF), (0xF900, 0xFAFF), (0xFE30, 0xFE4F),
               (0xFF00, 0xFFEF), (0x20000, 0x3FFFF))  # fmt: skip

_FOUR = (("Regular", 400, "normal"), ("Italic", 400, "italic"), ("Bold", 700, "normal"),
         ("BoldItalic", 700, "italic"))  # fmt: skip
_TWO = (("Regular", 400, "normal"), ("Bold", 700, "normal"))

# Our name: (folder, file stem, styles).
_BUNDLED = {
    "Letters Sans": ("Source Sans 3", "SourceSans3", _FOUR),
    "Letters Serif": ("Gentium Book Plus", "GentiumBookPlus", _FOUR),
    "Letters Noto": ("Noto Sans", "NotoSans", _FOUR),
    "Letters SC": ("Noto Sans", "NotoSansSC", _TWO),
    "Letters JP": ("Noto Sans", "NotoSansJP", _TWO),
    "Letters KR": ("Noto Sans", "NotoSansKR", _TWO),
}
_TEXT_FACES = {"sans": "Letters Sans", "serif": "Letters Serif"}


@dataclass(frozen=True)
class Faces:
    """The families a letter is set in, in order of preference."""

    bundled: tuple[str, ...]
    system: tuple[str, ...]

    @property
    def families(self) -> tuple[str, ...]:
        """All families, as CSS lists them."""
        return self.bundled + self.system

    def font_faces(self) -> str:
        """Return the `@font-face` rules of the bundled families."""
        return "\n".join(rule for family in self.bundled for rule in _font_faces(family))

    def font_list(self) -> str:
        """Return the rule that sets the page in these families."""
        names = ", ".join(f'"{family}"' for family in self.families)
        return f"html {{ font-family: {names} }}"


def faces_for(text: str, typeface: str, language: str) -> Faces:
    """Choose families by the characters of a text; only those it needs, as registering takes time."""
    codes = {ord(character) for character in set(text) if character > "\u052f"}
    system = tuple(script.family for script in SYSTEM_SCRIPTS if _any_within(codes, script.ranges))
    east_asian = _east_asian(language) if _any_within(codes, _EAST_ASIAN) else ()
    return Faces((_TEXT_FACES[typeface], "Letters Noto", *east_asian), system)


def cure_for(character: str) -> str:
    """Say what to do about a character that no typeface has."""
    code = ord(character)
    for script in SYSTEM_SCRIPTS:
        if _any_within({code}, script.ranges):
            return f"Install the {script.name} typeface (on Debian: apt install {PACKAGE})."
    return "Replace the character, or spell the word without it."


def read_face(file: str) -> bytes:
    """Read one of the bundled font files, named as in the style sheet. Raises MachineError."""
    folder, _, name = file.partition("/")
    path = _folder() / folder / name
    try:
        return path.read_bytes()
    except OSError as error:
        raise MachineError(
            f"The typeface {name} is missing.", "Install the package rendercv-fonts again."
        ) from error


def _east_asian(language: str) -> tuple[str, ...]:
    """Order the East Asian faces by language: they draw the same Han characters differently."""
    first = {"ja": "Letters JP", "ko": "Letters KR"}.get(language.split("-")[0], "Letters SC")
    return first, *(family for family in ("Letters SC", "Letters JP", "Letters KR") if family != first)


def _any_within(codes: set[int], ranges: tuple[tuple[int, int], ...]) -> bool:
    return any(low <= code <= high for code in codes for low, high in ranges)


def _font_faces(family: str) -> list[str]:
    folder, stem, styles = _BUNDLED[family]
    return [
        f'@font-face {{ font-family: "{family}"; font-weight: {weight}; font-style: {style};'
        f' src: url("font:{folder.replace(" ", "%20")}/{stem}-{suffix}.ttf") }}'
        for suffix, weight, style in styles
    ]


@cache
def _folder() -> Path:
    """Find the fonts without importing their package, which lists every file as it loads."""
    spec = importlib.util.find_spec("rendercv_fonts")
    if spec is None or spec.origin is None:
        raise MachineError("The typefaces are missing.", "Install the package rendercv-fonts.")
    return Path(spec.origin).parent
