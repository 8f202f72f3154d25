"""What is pending is found without reading all that was ever handed in; PostgreSQL empties no events."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

_PENDING = (
    ("ix_submissions_unplaced", "submissions", "office", "placed_at IS NULL"),
    ("ix_submissions_uncleared", "submissions", "office", "cleared_at IS NULL"),
    ("ix_outbox_owed", "outbox", "case_id", "done_at IS NULL"),
    ("ix_cases_lent", "cases", "lease_owner", "lease_owner IS NOT NULL"),
)


def upgrade() -> None:
    for name, table, column, where in _PENDING:
        pending = sa.text(where)
        op.create_index(name, table, [column], sqlite_where=pending, postgresql_where=pending)
    op.create_index("ix_cases_office_updated", "cases", ["office", "updated_at"])
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            "CREATE TRIGGER events_stay_whole BEFORE TRUNCATE ON events "
            "FOR EACH STATEMENT EXECUTE FUNCTION events_stay()"
        )
