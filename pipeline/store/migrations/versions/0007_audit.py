"""Who saw and did what at the desk: rows in a chain, its tip, and its heads that are sealed every day."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

_SQLITE = (
    "CREATE TRIGGER {table}_stay_{what} BEFORE {what} ON {table} "
    "BEGIN SELECT RAISE(ABORT, 'the audit is only added to'); END"
)
_FORWARD = (
    "CREATE TRIGGER audit_tip_forward BEFORE UPDATE ON audit_tip WHEN NEW.seq <= OLD.seq "
    "BEGIN SELECT RAISE(ABORT, 'the audit is only added to'); END"
)
_POSTGRESQL = (
    """CREATE FUNCTION audit_stay() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN RAISE EXCEPTION 'the audit is only added to'; END $$""",
    """CREATE TRIGGER audit_stay BEFORE UPDATE OR DELETE OR TRUNCATE ON audit
    FOR EACH STATEMENT EXECUTE FUNCTION audit_stay()""",
    """CREATE TRIGGER audit_heads_stay BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_heads
    FOR EACH STATEMENT EXECUTE FUNCTION audit_stay()""",
    """CREATE TRIGGER audit_tip_stay BEFORE DELETE OR TRUNCATE ON audit_tip
    FOR EACH STATEMENT EXECUTE FUNCTION audit_stay()""",
    """CREATE TRIGGER audit_tip_forward BEFORE UPDATE ON audit_tip
    FOR EACH ROW WHEN (NEW.seq <= OLD.seq) EXECUTE FUNCTION audit_stay()""",
)


def upgrade() -> None:
    long = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    op.create_table(
        "audit",
        sa.Column("seq", long, autoincrement=False, nullable=False),
        sa.Column("at", sa.String(32), nullable=False),
        sa.Column("who", sa.String(64), nullable=False),
        sa.Column("did", sa.String(40), nullable=False),
        sa.Column("case_id", sa.String(26), nullable=True),
        sa.Column("detail", sa.JSON(), nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_audit")),
    )
    op.create_index("ix_audit_case", "audit", ["case_id"])
    op.create_index("ix_audit_who", "audit", ["who"])
    op.create_index("ix_audit_at", "audit", ["at"])
    op.create_table(
        "audit_tip",
        sa.Column("seq", long, autoincrement=False, nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_audit_tip")),
    )
    op.create_table(
        "audit_heads",
        sa.Column("n", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("at", sa.String(32), nullable=False),
        sa.Column("seq", long, nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("events_seq", long, nullable=False),
        sa.Column("events", sa.String(64), nullable=False),
        sa.Column("before", sa.String(64), nullable=False),
        sa.Column("seal", sa.String(64), nullable=False),
        sa.Column("signature", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("n", name=op.f("pk_audit_heads")),
    )
    # the last row is told apart from one that was taken away only if it is known which it was
    op.execute("INSERT INTO audit_tip (seq, digest) VALUES (0, '" + "0" * 64 + "')")
    if op.get_bind().dialect.name == "sqlite":
        for table, what in (
            ("audit", "UPDATE"),
            ("audit", "DELETE"),
            ("audit_heads", "UPDATE"),
            ("audit_heads", "DELETE"),
            ("audit_tip", "DELETE"),
        ):
            op.execute(_SQLITE.format(table=table, what=what))
        op.execute(_FORWARD)
    else:
        for statement in _POSTGRESQL:
            op.execute(statement)
