"""Who has a case in hand, what was decided of it, and how it was told."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

_FEW = (
    ("ix_handling_held", "held_by", "held_by IS NOT NULL"),
    ("ix_handling_assigned", "assigned_to", "assigned_to IS NOT NULL"),
    ("ix_handling_on_hold", "on_hold_until", "on_hold_until IS NOT NULL"),
    ("ix_handling_level", "level", "level > 1"),
    ("ix_handling_final", "final_at", "final_at IS NOT NULL"),
)


_KEPT = ("decisions", "decision_ends", "second_looks", "notices")
_SQLITE = (
    "CREATE TRIGGER {table}_stay_{what} BEFORE {what} ON {table} "
    "BEGIN SELECT RAISE(ABORT, 'decisions and notices are only added to'); END"
)
_POSTGRESQL = """CREATE TRIGGER {table}_stay BEFORE UPDATE OR DELETE OR TRUNCATE ON {table}
    FOR EACH STATEMENT EXECUTE FUNCTION decisions_stay()"""
_MOVES = (
    ("enter", "INSERT"),
    ("move", "UPDATE OF level, on_hold_until, awaits, awaits_until, decision, kind, final_at"),
)
_MARK = "BEGIN INSERT INTO moves (case_id) VALUES (NEW.case_id); END"
_MARKED = "FOR EACH ROW EXECUTE FUNCTION moved_by_case_id()"


def upgrade() -> None:
    _handling()
    _decisions()
    _notices()
    _attached()
    _keep()
    _move()


def _handling() -> None:
    op.create_table(
        "handling",
        sa.Column("case_id", sa.String(26), nullable=False),
        sa.Column("held_by", sa.String(64), nullable=True),
        sa.Column("held_until", sa.String(32), nullable=True),
        sa.Column("held_since", sa.String(32), nullable=True),
        sa.Column("assigned_to", sa.String(64), nullable=True),
        sa.Column("assigned_by", sa.String(64), nullable=True),
        sa.Column("level", sa.Integer(), nullable=False, server_default="1"),
        sa.Column("on_hold_until", sa.Date(), nullable=True),
        sa.Column("on_hold_why", sa.String(40), nullable=True),
        sa.Column("note", sa.String(), nullable=True),
        sa.Column("noted_by", sa.String(64), nullable=True),
        sa.Column("awaits", sa.String(16), nullable=True),
        sa.Column("awaits_until", sa.Date(), nullable=True),
        sa.Column("decision", sa.String(26), nullable=True),
        sa.Column("kind", sa.String(16), nullable=True),
        sa.Column("final_at", sa.String(32), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_handling_case_id")),
        sa.PrimaryKeyConstraint("case_id", name=op.f("pk_handling")),
    )
    for name, column, where in _FEW:
        pending = sa.text(where)
        op.create_index(name, "handling", [column], sqlite_where=pending, postgresql_where=pending)
    op.create_index("ix_handling_awaits", "handling", ["awaits", "awaits_until"])


def _decisions() -> None:
    op.create_table(
        "decisions",
        sa.Column("id", sa.String(26), nullable=False),
        sa.Column("case_id", sa.String(26), nullable=False),
        sa.Column("turn", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("by", sa.String(64), nullable=False),
        sa.Column("at", sa.String(32), nullable=False),
        sa.Column("dated_on", sa.Date(), nullable=False),
        sa.Column("final_at", sa.String(32), nullable=False),
        sa.Column("proposal", sa.JSON(), nullable=False),
        sa.Column("reason", sa.String(40), nullable=True),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("seen", sa.JSON(), nullable=False),
        sa.Column("letter", sa.JSON(), nullable=False),
        sa.Column("confirm", sa.Boolean(), nullable=False),
        sa.Column("sampled", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_decisions_case_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decisions")),
        sa.UniqueConstraint("case_id", "turn", name=op.f("uq_decisions_case_id_turn")),
    )
    op.create_table(
        "decision_ends",
        sa.Column("decision", sa.String(26), nullable=False),
        sa.Column("how", sa.String(16), nullable=False),
        sa.Column("by", sa.String(64), nullable=False),
        sa.Column("at", sa.String(32), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("paper", sa.String(64), nullable=True),
        sa.ForeignKeyConstraint(["decision"], ["decisions.id"], name=op.f("fk_decision_ends_decision")),
        sa.PrimaryKeyConstraint("decision", "how", name=op.f("pk_decision_ends")),
    )
    op.create_table(
        "second_looks",
        sa.Column("decision", sa.String(26), nullable=False),
        sa.Column("purpose", sa.String(16), nullable=False),
        sa.Column("by", sa.String(64), nullable=False),
        sa.Column("at", sa.String(32), nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("agrees", sa.Boolean(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["decision"], ["decisions.id"], name=op.f("fk_second_looks_decision")),
        sa.PrimaryKeyConstraint("decision", "purpose", name=op.f("pk_second_looks")),
    )


def _notices() -> None:
    op.create_table(
        "notices",
        sa.Column("id", sa.String(26), nullable=False),
        sa.Column("case_id", sa.String(26), nullable=False),
        sa.Column("decision", sa.String(26), nullable=True),
        sa.Column("act", sa.String(16), nullable=False),
        sa.Column("way", sa.String(16), nullable=False),
        sa.Column("step", sa.String(16), nullable=False),
        sa.Column("happened_on", sa.Date(), nullable=False),
        sa.Column("hour", sa.String(5), nullable=True),
        sa.Column("suspends", sa.Boolean(), nullable=True),
        sa.Column("proof", sa.String(64), nullable=True),
        sa.Column("proof_name", sa.String(255), nullable=True),
        sa.Column("registry", sa.String(64), nullable=True),
        sa.Column("annuls", sa.String(26), nullable=True),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("by", sa.String(64), nullable=False),
        sa.Column("at", sa.String(32), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_notices_case_id")),
        sa.ForeignKeyConstraint(["decision"], ["decisions.id"], name=op.f("fk_notices_decision")),
        sa.ForeignKeyConstraint(["annuls"], ["notices.id"], name=op.f("fk_notices_annuls")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notices")),
    )
    op.create_index("ix_notices_case", "notices", ["case_id"])


def _attached() -> None:
    op.create_table(
        "attached",
        sa.Column("case_id", sa.String(26), nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("bytes", sa.BigInteger(), nullable=False),
        sa.Column("name", sa.String(255), nullable=False),
        sa.Column("at", sa.String(32), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_attached_case_id")),
        sa.PrimaryKeyConstraint("case_id", "sha256", name=op.f("pk_attached")),
    )
    op.create_index("ix_attached_sha256", "attached", ["sha256"])


def _keep() -> None:
    """Let nobody change or take away what was decided and told."""
    if op.get_bind().dialect.name == "sqlite":
        for table in _KEPT:
            for what in ("UPDATE", "DELETE"):
                op.execute(_SQLITE.format(table=table, what=what))
        return
    op.execute(
        """CREATE FUNCTION decisions_stay() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN RAISE EXCEPTION 'decisions and notices are only added to'; END $$"""
    )
    for table in _KEPT:
        op.execute(_POSTGRESQL.format(table=table))


def _move() -> None:
    """Leave a mark for the trays (0008) where a case stands otherwise; who has it in hand is no tray."""
    for name, what in _MOVES:
        line = f"CREATE TRIGGER handling_{name} AFTER {what} ON handling "
        op.execute(line + (_MARK if op.get_bind().dialect.name == "sqlite" else _MARKED))
