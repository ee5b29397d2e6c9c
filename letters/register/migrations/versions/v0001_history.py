"""The history, and the cases, contacts, endings and letters it adds up to."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from letters.version import VERSION

revision = "0001"
down_revision = None

_KEPT = ("seq", "at", "by", "login", "event", "case_number", "body_digest", "previous", "digest")
_SAME = {
    "sqlite": " AND ".join(f'NEW."{name}" IS OLD."{name}"' for name in _KEPT),
    "postgresql": " AND ".join(f'NEW."{name}" IS NOT DISTINCT FROM OLD."{name}"' for name in _KEPT),
}
_STAYS = "nothing is taken out of the history"
_ABORT = f"BEGIN SELECT RAISE(ABORT, '{_STAYS}'); END"
_TAKEN = "NEW.seq <= (SELECT max(seq) FROM entries)"
_TRIGGERS = {
    "sqlite": (
        # SQLite calls no trigger on deletion for what an INSERT OR REPLACE takes away.
        f"CREATE TRIGGER entries_once BEFORE INSERT ON entries WHEN {_TAKEN} {_ABORT}",
        f"CREATE TRIGGER entries_stay BEFORE DELETE ON entries {_ABORT}",
        "CREATE TRIGGER entries_keep BEFORE UPDATE ON entries "
        f"WHEN NOT (NEW.body IS NULL AND NEW.salt IS NULL AND {_SAME['sqlite']}) {_ABORT}",
    ),
    "postgresql": (
        f"CREATE FUNCTION entries_refuse() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{_STAYS}'; END $$",
        "CREATE TRIGGER entries_stay BEFORE DELETE ON entries FOR EACH ROW EXECUTE FUNCTION entries_refuse()",
        "CREATE TRIGGER entries_all BEFORE TRUNCATE ON entries EXECUTE FUNCTION entries_refuse()",
        "CREATE TRIGGER entries_keep BEFORE UPDATE ON entries FOR EACH ROW "
        f"WHEN (NOT (NEW.body IS NULL AND NEW.salt IS NULL AND {_SAME['postgresql']})) "
        "EXECUTE FUNCTION entries_refuse()",
    ),
}


def upgrade() -> None:
    """Make the tables, and have the database itself refuse what would alter the history."""
    _history()
    _cases()
    _letters()
    for statement in _TRIGGERS[op.get_bind().dialect.name]:
        op.execute(statement)


def _text(*names: str) -> list[sa.Column[str]]:
    return [sa.Column(name, sa.Text, nullable=False) for name in names]


def _maybe(*names: str) -> list[sa.Column[str]]:
    return [sa.Column(name, sa.Text) for name in names]


def _key(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.Integer, primary_key=True, autoincrement=False)


def _history() -> None:
    op.create_table(
        "entries",
        _key("seq"),
        *_text("at", "by", "login", "event"),
        *_maybe("case_number", "body", "salt"),
        *_text("body_digest", "previous", "digest"),
    )
    op.create_index("entries_by_case", "entries", ["case_number", "seq"])
    op.create_index("entries_by_event", "entries", ["event", "seq"])
    head = op.create_table(
        "head", _key("one"), sa.Column("seq", sa.Integer, nullable=False), *_text("digest", "written_by")
    )
    op.bulk_insert(head, [{"one": 1, "seq": 0, "digest": "0" * 64, "written_by": VERSION}])


def _cases() -> None:
    op.create_table(
        "cases",
        sa.Column("number", sa.Text, primary_key=True),
        *_text("status"),
        *_maybe("state", "names", "clinician", "relationship", "opened", "last_session", "silent_since"),
        sa.Column("attempts", sa.Integer),
        *_maybe("stepped_on", "ends_on", "ended_on", "reason"),
        sa.Column("reachable", sa.Boolean),
        *_maybe("merged_into", "data", "moves"),
        sa.Column("entered", sa.Integer),
        sa.Column("changed", sa.Integer, nullable=False),
    )
    counted = ["status", "silent_since", "state", "stepped_on", "ends_on"]
    op.create_index("cases_by_silence", "cases", counted)
    op.create_index("cases_by_clinician", "cases", ["clinician", *counted])
    op.create_table(
        "contacts", _key("entry"), _key("position"), *_text("case_number", "key", "on", "sort", "data")
    )
    op.create_index("contacts_by_case", "contacts", ["case_number", "key"])
    op.create_table(
        "endings",
        _key("entry"),
        *_text("case_number", "reason", "on", "at"),
        *_maybe("without"),
        sa.Column("restart", sa.Integer),
        *_maybe("restarted_on"),
    )
    op.create_index("endings_by_case", "endings", ["case_number"])


def _letters() -> None:
    op.create_table(
        "letters",
        sa.Column("letter", sa.Text, primary_key=True),
        sa.Column("entry", sa.Integer, nullable=False),
        *_text("case_number", "kind", "addressee", "dated", "status", "issued_at", "by", "sha256"),
        *_maybe("copy_sha256"),
        *_text("folder"),
        *_maybe("batch", "sent_on", "how", "tracking", "returned_on", "replaced_by"),
        *_text("data"),
    )
    op.create_index("letters_by_case", "letters", ["case_number", "kind"])
    op.create_index("letters_by_batch", "letters", ["batch"])
