"""Which names mark what is never shown, also where a slip of the pen has changed them."""

from __future__ import annotations

import re

Path = tuple[str | int, ...]

CONFIDENTIAL = "confidential"
# The fields of the confidential groups, which may stand in the wrong place.
KEPT_BACK = ("danger", "diagnosis", "leaving", "notes", "suspicion")
# One slip leaves one end of a long name whole.
SECRET = re.compile(
    r".*confi(?!rm).*|.*ntial\W*|diagn.*|.*gnosis|suspi.*|.*picion|dangers?|leaving|notes?",
    re.IGNORECASE | re.DOTALL,
)
# Signs without a look of their own.
UNSEEN = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u180e\u200b-\u200f\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0]"
)
NAMEABLE = re.compile(r"[\w-]{1,40}")


def is_confidential(path: Path) -> bool:
    """Whether the value at `path` must never be shown."""
    return any(isinstance(step, str) and SECRET.fullmatch(UNSEEN.sub("", step).strip()) for step in path)


def is_nameable(name: str) -> bool:
    """Whether the name of a field may be told within a confidential group: text in its place may not."""
    return NAMEABLE.fullmatch(name) is not None
