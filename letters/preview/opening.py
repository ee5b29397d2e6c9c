"""Opens the page in the browser, without its address on a command line that every user can read."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
import threading
import webbrowser
from contextlib import suppress
from html import escape
from pathlib import Path

_KEPT = 30.0  # seconds; a browser that has to be started first takes a while
_PAGE = """<!doctype html>
<meta charset="utf-8">
<meta name="referrer" content="no-referrer">
<meta http-equiv="refresh" content="0; url={address}">
<title>letters</title>
<p><a href="{address}">letters</a></p>
"""


class Opening:
    """A private file that leads a browser to the page, for as long as it takes."""

    def __init__(self, address: str) -> None:
        """Write the file. Raises OSError where that cannot be done."""
        self._folder = Path(tempfile.mkdtemp(prefix="letters-"))
        self._alarm = threading.Timer(_KEPT, self.close)
        self._alarm.daemon = True
        file = self._folder / "letters.html"
        try:
            file.touch(mode=0o600)
            file.write_text(_PAGE.format(address=escape(address)), "utf-8")
        except OSError:
            self.close()
            raise
        self._file = file

    def open(self) -> None:
        """Have the browser open it, which may take its time."""
        self._alarm.start()
        threading.Thread(target=self._open, daemon=True).start()

    def close(self) -> None:
        """Remove the file."""
        self._alarm.cancel()
        shutil.rmtree(self._folder, ignore_errors=True)

    def _open(self) -> None:
        with suppress(Exception):  # the address was printed
            webbrowser.open(self._file.absolute().as_uri())


def has_screen() -> bool:
    """Whether a browser could show a page; one in the terminal would take that over."""
    if sys.platform in ("win32", "darwin") or os.environ.get("BROWSER"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
