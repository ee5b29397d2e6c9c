"""Names of columns that are no fields of a case."""

from __future__ import annotations

TO = "to"  # the id of the addressee, where a row has several people
# What a report on problems says of each row; let be where the mended report is read again.
REPORT = ("row", "problem", "mend")
IGNORE = "ignore"  # what a column of somebody's own stands for that is let be
