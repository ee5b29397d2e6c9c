"""The tables of the register.

`entries` is the history and the truth; all other tables are what the entries add up to, kept so
that lists are quick, and can be made anew from them at any time. Days are texts such as
2026-11-22, which sort as days do and are the same in every database.
"""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Index, Integer, MetaData, Table, Text

REVISIONS = ("0001", "0002")  # the migrations, in order
OPEN, ENDED, MERGED, ERASED = "open", "ended", "merged", "erased"  # the status of a case

# What has each database itself refuse to alter the history.
GUARDS = {
    "sqlite": ("entries_once", "entries_stay", "entries_keep"),
    "postgresql": ("entries_stay", "entries_all", "entries_keep"),
}

metadata = MetaData()

entries = Table(
    "entries",
    metadata,
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("at", Text, nullable=False),
    Column("by", Text, nullable=False),
    Column("login", Text, nullable=False),
    Column("event", Text, nullable=False),
    Column("case_number", Text),
    Column("body", Text),
    Column("salt", Text),
    Column("body_digest", Text, nullable=False),
    Column("previous", Text, nullable=False),
    Column("digest", Text, nullable=False),
    Index("entries_by_case", "case_number", "seq"),
    Index("entries_by_event", "event", "seq"),
)
# One row: the last entry. Writers on a server take turns by locking it.
head = Table(
    "head",
    metadata,
    Column("one", Integer, primary_key=True, autoincrement=False),
    Column("seq", Integer, nullable=False),
    Column("digest", Text, nullable=False),
    Column("written_by", Text, nullable=False),
)
cases = Table(
    "cases",
    metadata,
    Column("number", Text, primary_key=True),
    Column("status", Text, nullable=False),  # open, ended, merged or erased
    Column("state", Text),
    Column("names", Text),
    Column("clinician", Text),
    Column("relationship", Text),
    Column("opened", Text),
    Column("last_session", Text),
    Column("silent_since", Text),
    Column("attempts", Integer),
    Column("stepped_on", Text),
    Column("ends_on", Text),
    Column("ended_on", Text),
    Column("reason", Text),
    Column("reachable", Boolean),
    Column("merged_into", Text),
    Column("data", Text),
    Column("moves", Text),
    Column("entered", Integer),
    Column("changed", Integer, nullable=False),
    # With all that the review counts by, so that it need not look at the cases themselves.
    Index("cases_by_silence", "status", "silent_since", "state", "stepped_on", "ends_on"),
    Index("cases_by_clinician", "clinician", "status", "silent_since", "state", "stepped_on", "ends_on"),
)
contacts = Table(
    "contacts",
    metadata,
    Column("entry", Integer, primary_key=True, autoincrement=False),
    Column("position", Integer, primary_key=True, autoincrement=False),
    Column("case_number", Text, nullable=False),
    Column("key", Text, nullable=False),
    Column("on", Text, nullable=False),
    Column("sort", Text, nullable=False),  # attempt, answer or other
    Column("data", Text, nullable=False),
    Index("contacts_by_case", "case_number", "key"),
)
endings = Table(
    "endings",
    metadata,
    Column("entry", Integer, primary_key=True, autoincrement=False),
    Column("case_number", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("on", Text, nullable=False),
    Column("at", Text, nullable=False),
    Column("without", Text),
    Column("restart", Integer),
    Column("restarted_on", Text),
    Index("endings_by_case", "case_number"),
)
letters = Table(
    "letters",
    metadata,
    Column("letter", Text, primary_key=True),
    Column("entry", Integer, nullable=False),
    Column("case_number", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("addressee", Text, nullable=False),
    Column("dated", Text, nullable=False),
    Column("status", Text, nullable=False),  # issued, sent, returned or void
    Column("issued_at", Text, nullable=False),
    Column("by", Text, nullable=False),
    Column("sha256", Text, nullable=False),
    Column("copy_sha256", Text),
    Column("folder", Text, nullable=False),
    Column("batch", Text),
    Column("sent_on", Text),
    Column("how", Text),
    Column("tracking", Text),
    Column("returned_on", Text),
    Column("replaced_by", Text),
    Column("data", Text, nullable=False),
    Index("letters_by_case", "case_number", "kind"),
    Index("letters_by_batch", "batch"),
)
approvals = Table(
    "approvals",
    metadata,
    Column("entry", Integer, primary_key=True, autoincrement=False),
    Column("case_number", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("addressee", Text, nullable=False),
    Column("by", Text, nullable=False),
    Column("at", Text, nullable=False),
    Column("data", Text, nullable=False),
    Index("approvals_by_case", "case_number", "kind"),
)
tasks = Table(
    "tasks",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("case_number", Text, nullable=False),
    Column("task", Text, nullable=False),
    Column("opened_on", Text, nullable=False),
    Column("outcome", Text),
    Column("data", Text, nullable=False),
    Index("tasks_by_outcome", "outcome", "case_number"),
)
# What the entries add up to, all of it.
SUMS = (cases, contacts, endings, letters, approvals, tasks)
