"""Imported by the process that all workers are copies of, so that none has to load the engine itself."""

from letters import typeset
from letters.batch import work

__all__ = ["work"]

typeset.load()
