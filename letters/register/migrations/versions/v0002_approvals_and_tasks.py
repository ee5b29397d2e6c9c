"""Approvals of letters, and what there is to do."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Add the two tables; an older history holds nothing that would belong into them."""
    op.create_table(
        "approvals",
        sa.Column("entry", sa.Integer, primary_key=True, autoincrement=False),
        *(
            sa.Column(name, sa.Text, nullable=False)
            for name in ("case_number", "kind", "addressee", "by", "at", "data")
        ),
    )
    op.create_index("approvals_by_case", "approvals", ["case_number", "kind"])
    op.create_table(
        "tasks",
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("case_number", "task", "opened_on")),
        sa.Column("outcome", sa.Text),
        sa.Column("data", sa.Text, nullable=False),
    )
    op.create_index("tasks_by_outcome", "tasks", ["outcome", "case_number"])
