"""Tables that people open in a spreadsheet: text by columns, and none of it runs as a formula."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence

# A cell that begins with one of these is taken for a formula; the wide ones are what East Asian keyboards
# write. Signs that take up no room before it do not make it safe: some programs drop them.
_FORMULA = re.compile(
    r"[\s\x00-\x1f\x7f-\x9f\xad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]*[=+\-@＝＋－＠]"
)


def defused(text: str) -> str:
    """Put an apostrophe before what a spreadsheet would run; it shows the rest as text.

    Space before the text, which readers of tables drop as well, is left out: a cell that begins with a tab
    or a line break may run too.
    """
    bare = text.lstrip()
    return f"'{bare}" if _FORMULA.match(bare) else bare


def csv_table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """Write a table as comma-separated values, every cell defused.

    It begins with a byte order mark, without which Excel takes José for JosÃ©. A lone half of a character
    is written as its number.
    """
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerows([defused(cell) for cell in row] for row in (header, *rows))
    return out.getvalue().encode("utf-8-sig", "backslashreplace")
