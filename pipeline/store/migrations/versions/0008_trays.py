"""A revision of each case, by which two people who change it at once are told apart."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("cases", sa.Column("revision", sa.Integer(), nullable=False, server_default="0"))
