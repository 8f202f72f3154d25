"""What clerks and applicants ask of a case after it was handed in: only ever added to."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

_NUMBERED = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_SQLITE = (
    "CREATE TRIGGER after_filing_stay_{what} BEFORE {what} ON after_filing "
    "BEGIN SELECT RAISE(ABORT, 'what came after filing is only added to'); END"
)
_POSTGRESQL = (
    """CREATE FUNCTION after_filing_stay() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN RAISE EXCEPTION 'what came after filing is only added to'; END $$""",
    """CREATE TRIGGER after_filing_stay BEFORE UPDATE OR DELETE OR TRUNCATE ON after_filing
    FOR EACH STATEMENT EXECUTE FUNCTION after_filing_stay()""",
)


def upgrade() -> None:
    op.create_table(
        "after_filing",
        sa.Column("seq", _NUMBERED, autoincrement=True, nullable=False),
        sa.Column("case_id", sa.String(26), nullable=False),
        sa.Column("kind", sa.String(24), nullable=False),
        sa.Column("entered_on", sa.String(10), nullable=False),
        sa.Column("said", sa.JSON(), nullable=False),
        sa.Column("submission", sa.String(26), nullable=True),
        sa.Column("other_case", sa.String(26), nullable=True),
        sa.Column("left_office", sa.String(32), nullable=True),
        sa.Column("who", sa.String(64), nullable=False),
        sa.Column("at", sa.String(32), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_after_filing_case_id")),
        sa.ForeignKeyConstraint(["submission"], ["submissions.id"], name=op.f("fk_after_filing_submission")),
        sa.ForeignKeyConstraint(["other_case"], ["cases.id"], name=op.f("fk_after_filing_other_case")),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_after_filing")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_after_filing_case", "after_filing", ["case_id"])
    op.create_index("ix_after_filing_left", "after_filing", ["left_office"])
    if op.get_bind().dialect.name == "sqlite":
        for what in ("UPDATE", "DELETE"):
            op.execute(_SQLITE.format(what=what))
    else:
        for statement in _POSTGRESQL:
            op.execute(statement)
