"""Load the engine without asking the compiler where its libraries are."""

from __future__ import annotations

import ctypes.util
import sys
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def libraries_by_name() -> Iterator[None]:
    """Let the loader of Linux find the engine's libraries by their own names.

    WeasyPrint first tries their names on other systems, and for each of those cffi runs the linker's
    cache, the compiler and the linker. That takes longer than setting a letter, and never finds what
    the loader does not.
    """
    if sys.platform != "linux":
        yield
        return
    search = ctypes.util.find_library
    ctypes.util.find_library = lambda name: None  # noqa: ARG005
    try:
        yield
    finally:
        ctypes.util.find_library = search
