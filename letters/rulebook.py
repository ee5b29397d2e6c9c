"""All the rules there are, from wherever in the program they are declared."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from pkgutil import walk_packages

from letters.findings import RULES, Rule

# The door and its commands show what others find; and what workers are copies of is for them alone.
_WITHOUT_RULES = ("letters.__main__", "letters.cli", "letters.commands", "letters.batch.loaded")
# Loading the typesetting engine takes longer than all the rest, and must not be needed to look up a
# rule; so that package declares its rules in a module of their own.
_ENGINE, _ENGINE_RULES = "letters.typeset", "letters.typeset.rules"


def all_rules() -> list[Rule]:
    """Collect the rules of the whole program, in the order of their codes."""
    for module in _modules():
        import_module(module)
    return [RULES[code] for code in sorted(RULES)]


def _modules() -> Iterator[str]:
    import letters

    for module in walk_packages(letters.__path__, "letters."):
        if module.name == _ENGINE_RULES or not module.name.startswith((_ENGINE, *_WITHOUT_RULES)):
            yield module.name
