"""What waits in the drop folders survives a restart; a journal row says no more than that it is accepted."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "drops",
        sa.Column("office", sa.String(length=32), nullable=False),
        sa.Column("found_in", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("why", sa.String(length=16), nullable=False),
        sa.Column("looks", sa.String(length=64), nullable=False),
        sa.Column("first_seen", sa.String(32), nullable=False),
        sa.Column("offset_minutes", sa.Integer(), nullable=False),
        sa.Column("still_seconds", sa.Float(), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("updated_at", sa.String(32), nullable=False),
        sa.PrimaryKeyConstraint("office", "found_in", "name", name=op.f("pk_drops")),
    )
    op.drop_column("submissions", "state")
    op.create_index("ix_events_kind_at", "events", ["kind", "at"], unique=False)
