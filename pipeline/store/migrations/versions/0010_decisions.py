"""Who has a case in hand, what was decided of it, and how it was told."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "handling",
        sa.Column("case_id", sa.String(26), nullable=False),
        sa.Column("held_by", sa.String(64), nullable=True),
        sa.Column("held_until", sa.String(32), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_handling_case_id")),
        sa.PrimaryKeyConstraint("case_id", name=op.f("pk_handling")),
    )
