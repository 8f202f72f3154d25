"""Cases that are blocked and erased; rows that are only added to may go with the case that they are of.

A row goes only in the transaction that names its case in `retiring`, and that name goes only once a row of
`retained` says what became of the case.
"""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

_OWN = "OLD.case_id"
_DECIDED = "(SELECT case_id FROM decisions WHERE id = OLD.decision)"
_DECISIONS = "decisions and notices are only added to"
_LEAVE = (
    ("life", _OWN, "the life of a case is only added to", "life_stay"),
    ("corrections", _OWN, "corrections are only added to", "corrections_stay"),
    ("after_filing", _OWN, "what came after filing is only added to", "after_filing_stay"),
    ("decisions", _OWN, _DECISIONS, "decisions_stay"),
    ("notices", _OWN, _DECISIONS, "decisions_stay"),
    ("decision_ends", _DECIDED, _DECISIONS, "decisions_stay"),
    ("second_looks", _DECIDED, _DECISIONS, "decisions_stay"),
)
_KEPT = "what is left of a blocked case stays"
_SQLITE = (
    "CREATE TRIGGER {table}_stay_DELETE BEFORE DELETE ON {table} "
    "WHEN NOT EXISTS (SELECT 1 FROM retiring WHERE case_id = {case}) "
    "BEGIN SELECT RAISE(ABORT, '{why}'); END"
)
_POSTGRESQL = """CREATE FUNCTION {table}_leave() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN
  IF EXISTS (SELECT 1 FROM retiring WHERE case_id = {case}) THEN RETURN OLD; END IF;
  RAISE EXCEPTION '{why}';
END $$"""


def upgrade() -> None:
    _tables()
    if op.get_bind().dialect.name == "sqlite":
        _let_go_on_sqlite()
    else:
        _let_go_on_postgresql()


def _tables() -> None:
    op.create_table(
        "retained",
        sa.Column("case_id", sa.String(26), nullable=False),
        sa.Column("number", sa.String(64), nullable=False),
        sa.Column("office", sa.String(32), nullable=False),
        sa.Column("procedure", sa.String(32), nullable=False),
        sa.Column("outcome", sa.String(32), nullable=False),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.Column("closed_on", sa.Date(), nullable=False),
        sa.Column("papers", sa.JSON(), nullable=False),
        sa.Column("packet", sa.String(64), nullable=False),
        sa.Column("bytes", sa.BigInteger(), nullable=False),
        sa.Column("blocked_at", sa.String(32), nullable=False),
        sa.Column("blocked_by", sa.String(64), nullable=False),
        sa.Column("cleaned_at", sa.String(32), nullable=True),
        sa.Column("purged_at", sa.String(32), nullable=True),
        sa.Column("erasing_at", sa.String(32), nullable=True),
        sa.Column("erased_at", sa.String(32), nullable=True),
        sa.Column("erased_by", sa.String(64), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_retained_case_id")),
        sa.PrimaryKeyConstraint("case_id", name=op.f("pk_retained")),
    )
    op.create_index("ix_retained_closed", "retained", ["closed_on"])
    for name, where in (
        ("uncleaned", "cleaned_at IS NULL"),
        ("unpurged", "purged_at IS NULL"),
        ("erasing", "erasing_at IS NOT NULL AND erased_at IS NULL"),
    ):
        _few(f"ix_retained_{name}", "retained", where)
    op.create_table(
        "retiring",
        sa.Column("case_id", sa.String(26), nullable=False),
        sa.PrimaryKeyConstraint("case_id", name=op.f("pk_retiring")),
    )
    op.create_table(
        "legal_holds",
        sa.Column("id", sa.String(26), nullable=False),
        sa.Column("case_id", sa.String(26), nullable=False),
        sa.Column("why", sa.String(24), nullable=False),
        sa.Column("reference", sa.String(80), nullable=False),
        sa.Column("by", sa.String(64), nullable=False),
        sa.Column("at", sa.String(32), nullable=False),
        sa.Column("ended_by", sa.String(64), nullable=True),
        sa.Column("ended_at", sa.String(32), nullable=True),
        sa.Column("ended_for", sa.String(80), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_legal_holds_case_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_legal_holds")),
    )
    _few("ix_legal_holds_open", "legal_holds", "ended_at IS NULL")


def _few(name: str, table: str, where: str) -> None:
    pending = sa.text(where)
    op.create_index(name, table, ["case_id"], sqlite_where=pending, postgresql_where=pending)


def _let_go_on_sqlite() -> None:
    for table, case, why, _ in _LEAVE:
        op.execute(f"DROP TRIGGER {table}_stay_DELETE")
        op.execute(_SQLITE.format(table=table, case=case, why=why))
    op.execute(
        f"CREATE TRIGGER retained_stay BEFORE DELETE ON retained BEGIN SELECT RAISE(ABORT, '{_KEPT}'); END"
    )
    op.execute(
        "CREATE TRIGGER retiring_ends BEFORE DELETE ON retiring "
        "WHEN NOT EXISTS (SELECT 1 FROM retained WHERE case_id = OLD.case_id) "
        "BEGIN SELECT RAISE(ABORT, 'what is left of a blocked case stays'); END"
    )


def _let_go_on_postgresql() -> None:
    for table, case, why, stays in _LEAVE:
        op.execute(f"DROP TRIGGER {table}_stay ON {table}")
        op.execute(
            f"CREATE TRIGGER {table}_stay BEFORE UPDATE OR TRUNCATE ON {table} "
            f"FOR EACH STATEMENT EXECUTE FUNCTION {stays}()"
        )
        op.execute(_POSTGRESQL.format(table=table, case=case, why=why))
        op.execute(
            f"CREATE TRIGGER {table}_leave BEFORE DELETE ON {table} "
            f"FOR EACH ROW EXECUTE FUNCTION {table}_leave()"
        )
    op.execute(
        "CREATE FUNCTION retained_stay() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{_KEPT}'; END $$"
    )
    op.execute(
        "CREATE TRIGGER retained_stay BEFORE DELETE OR TRUNCATE ON retained "
        "FOR EACH STATEMENT EXECUTE FUNCTION retained_stay()"
    )
    op.execute(
        "CREATE FUNCTION retiring_ends() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        "IF EXISTS (SELECT 1 FROM retained WHERE case_id = OLD.case_id) THEN RETURN OLD; END IF; "
        "RAISE EXCEPTION 'what is left of a blocked case stays'; END $$"
    )
    op.execute(
        "CREATE TRIGGER retiring_ends BEFORE DELETE ON retiring FOR EACH ROW EXECUTE FUNCTION retiring_ends()"
    )
