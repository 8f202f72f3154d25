"""What waits in an office is found by its stage: the list of a day is looked at every second."""

from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("ix_cases_office_stage", "cases", ["office", "stage"])
