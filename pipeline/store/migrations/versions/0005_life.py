"""What happens to a case after it was judged is recorded, and never rewritten; a day to look at silence."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

_SQLITE = (
    "CREATE TRIGGER life_stay_{what} BEFORE {what} ON life "
    "BEGIN SELECT RAISE(ABORT, 'the life of a case is only added to'); END"
)
_POSTGRESQL = (
    """CREATE FUNCTION life_stay() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN RAISE EXCEPTION 'the life of a case is only added to'; END $$""",
    """CREATE TRIGGER life_stay BEFORE UPDATE OR DELETE OR TRUNCATE ON life
    FOR EACH STATEMENT EXECUTE FUNCTION life_stay()""",
)


def upgrade() -> None:
    op.create_table(
        "life",
        sa.Column(
            "seq", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False
        ),
        sa.Column("case_id", sa.String(length=26), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("happened_on", sa.String(length=10), nullable=False),
        sa.Column("detail", sa.JSON(), nullable=False),
        sa.Column("told_by", sa.String(length=64), nullable=False),
        sa.Column("recorded_at", sa.String(32), nullable=False),
        sa.Column("same", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_life_case_id")),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_life")),
        sa.UniqueConstraint("case_id", "same", name=op.f("uq_life_case_id_same")),
        sqlite_autoincrement=True,
    )
    op.add_column("cases", sa.Column("silence_after", sa.Date(), nullable=True))
    op.add_column("cases", sa.Column("person", sa.String(length=64), nullable=True))
    pending = sa.text("silence_after IS NOT NULL")
    op.create_index(
        "ix_cases_silence", "cases", ["silence_after"], sqlite_where=pending, postgresql_where=pending
    )
    # what was due before anything could be recorded may have been answered on paper: silence is not presumed
    op.execute(
        "UPDATE cases SET silence_after = resolve_by WHERE stage = 'routed' AND resolve_by >= CURRENT_DATE"
    )
    op.create_index("ix_cases_person", "cases", ["person"])
    if op.get_bind().dialect.name == "sqlite":
        for what in ("UPDATE", "DELETE"):
            op.execute(_SQLITE.format(what=what))
    else:
        for statement in _POSTGRESQL:
            op.execute(statement)
