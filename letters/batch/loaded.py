"""Imported by the process that all workers are copies of, so that none has to load the engine itself."""

import os
import sys
from contextlib import suppress

from letters import typeset
from letters.batch import work

__all__ = ["work"]

# What ends a process is told by the one that hands out the work. A traceback would be told between its lines,
# and could show what stands in somebody's file.
sys.stderr = open(os.devnull, "w")  # noqa: PTH123, SIM115 - for as long as there are processes

with suppress(Exception):  # told by the first letter that needs it
    typeset.load()
