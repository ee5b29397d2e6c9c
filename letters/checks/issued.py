"""What the records of earlier letters may say against a letter; `issuing` reads them."""

from __future__ import annotations

from letters.findings import Severity, rule

ALREADY_ISSUED = rule(
    "already-issued",
    Severity.WARNING,
    "Everybody gets a letter once. A second one about the same matter needs a reason.",
)
RECORD = rule(
    "damaged-record",
    Severity.ERROR,
    "The records beside the letters say who was issued which. Where one cannot be read, a letter could "
    "leave twice.",
)
