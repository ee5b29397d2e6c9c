"""The rules of typesetting: what stops a letter on its way from HTML to PDF."""

from __future__ import annotations

from letters.findings import Severity, rule

TYPESETTING = rule(
    "typesetting",
    Severity.ERROR,
    "The typesetting engine drops what it does not understand, so anything it complains about may be missing"
    " from the page.",
)
TOO_LONG = rule(
    "time-limit",
    Severity.ERROR,
    "A letter takes a fraction of a second to set. One that takes very much longer holds something the engine"
    " cannot handle, and would hold up every other letter.",
)
MISSING_GLYPH = rule(
    "missing-glyph",
    Severity.ERROR,
    "A character that no typeface has is printed as an empty box, most often in somebody's name.",
    "ISO 19005-2, 6.2.11.8; ISO 14289-1, 7.21.8",
)
FALLBACK_FONT = rule(
    "fallback-font",
    Severity.ERROR,
    "A character was set in a typeface that happens to be on this machine. The same letter would look"
    " different elsewhere.",
)
ASSET = rule(
    "asset",
    Severity.ERROR,
    "A letter is set only from the pictures it was given. It never reads a file or the network by itself, and"
    " never leaves a logo or signature out in silence.",
)
