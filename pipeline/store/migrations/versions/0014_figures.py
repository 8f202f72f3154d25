"""The figures that managers see: sums by day, and what each case adds to them.

The cases that are there get a mark each and are counted bit by bit as they are placed in their trays again.
"""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "day_counts",
        sa.Column("what", sa.String(16), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("office", sa.String(32), nullable=False),
        sa.Column("procedure", sa.String(32), nullable=False),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("what", "day", "office", "procedure", "name", name=op.f("pk_day_counts")),
        sqlite_with_rowid=False,
    )
    none = sa.text("number = 0")
    op.create_index("ix_day_counts_none", "day_counts", ["number"], sqlite_where=none, postgresql_where=none)
    op.create_table(
        "case_counts",
        sa.Column("case_id", sa.String(26), nullable=False),
        sa.Column("office", sa.String(32), nullable=False),
        sa.Column("procedure", sa.String(32), nullable=False),
        sa.Column("counts", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"], ["cases.id"], name=op.f("fk_case_counts_case_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("case_id", name=op.f("pk_case_counts")),
    )
    op.execute(
        "INSERT INTO moves (case_id) SELECT id FROM cases"
        " WHERE id NOT IN (SELECT case_id FROM moves) ORDER BY received_at DESC"
    )
