"""A revision of each case, by which two people who change it at once are told apart; the trays and search.

What changes a case leaves a mark in `moves`, by triggers, so that no change can forget its place in the
lists; the cases that are there already get one each and are placed bit by bit, not inside this migration.
"""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

_NUMBERED = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_WORD = sa.String(40).with_variant(sa.String(40, collation="C"), "postgresql")
_CASE = (
    "stage",
    "queue",
    "office",
    "procedure",
    "report",
    "waits_for",
    "filed_on",
    "resolve_by",
    "cure_by",
    "decided_at",
    "revision",
)
_WATCHED = (
    ("cases_enter", "INSERT ON cases", "NEW.id", None),
    ("cases_move", f"UPDATE OF {', '.join(_CASE)} ON cases", "NEW.id", None),
    ("life_moves", "INSERT ON life", "NEW.case_id", None),
    ("alarms_move", "INSERT ON events", "NEW.case_id", "NEW.kind IN ('silence-alarm', 'silence-alarm-over')"),
)
_SQLITE = "CREATE TRIGGER {name} AFTER {what}{only} BEGIN INSERT INTO moves (case_id) VALUES ({case}); END"
_FUNCTION = """CREATE FUNCTION moved_by_{column}() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN INSERT INTO moves (case_id) VALUES (NEW.{column}); RETURN NULL; END $$"""
_POSTGRESQL = "CREATE TRIGGER {name} AFTER {what} FOR EACH ROW{only} EXECUTE FUNCTION moved_by_{column}()"
_FEW = (
    ("ix_standings_look_on", "look_on", "look_on IS NOT NULL", "look_on IS NOT NULL"),
    ("ix_standings_alarm", "alarm", "alarm = 1", "alarm"),
    ("ix_standings_sample", "sample", "sample = 1", "sample"),
)


def upgrade() -> None:
    op.add_column("cases", sa.Column("revision", sa.Integer(), nullable=False, server_default="0"))
    _standings()
    _others()
    _watch()
    op.execute("INSERT INTO moves (case_id) SELECT id FROM cases ORDER BY stage = 'routed' DESC, received_at")


def _standings() -> None:
    op.create_table(
        "standings",
        sa.Column("case_id", sa.String(26), nullable=False),
        sa.Column("entry", sa.BigInteger(), nullable=False),
        sa.Column("number", sa.String(64), nullable=False),
        sa.Column("office", sa.String(32), nullable=False),
        sa.Column("stage", sa.String(16), nullable=False),
        sa.Column("queue", sa.String(16), nullable=True),
        sa.Column("procedure", sa.String(32), nullable=True),
        sa.Column("tray", sa.String(48), nullable=False),
        sa.Column("reasons", sa.String(200), nullable=False),
        sa.Column("rules", sa.String(200), nullable=False),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.Column("filed_on", sa.Date(), nullable=True),
        sa.Column("resolve_by", sa.Date(), nullable=True),
        sa.Column("cure_by", sa.Date(), nullable=True),
        sa.Column("provisional", sa.Boolean(), nullable=False),
        sa.Column("calendars", sa.String(120), nullable=False),
        sa.Column("saturdays", sa.Boolean(), nullable=False),
        sa.Column("turn", sa.Integer(), nullable=False),
        sa.Column("order_on", sa.Date(), nullable=False),
        sa.Column("alarm", sa.Boolean(), nullable=False),
        sa.Column("sample", sa.Boolean(), nullable=False),
        sa.Column("decided_by", sa.String(64), nullable=True),
        sa.Column("silence", sa.String(24), nullable=True),
        sa.Column("look_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["case_id"], ["cases.id"], name=op.f("fk_standings_case_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("case_id", name=op.f("pk_standings")),
    )
    op.create_index("ix_standings_tray", "standings", ["tray", "turn", "order_on", "entry", "office"])
    counted = ["tray", "office", "procedure", "queue", "order_on", "received_on"]
    op.create_index("ix_standings_count", "standings", counted)
    op.create_index("ix_standings_entry", "standings", ["entry"])
    op.create_index("ix_standings_office", "standings", ["office", "entry"])
    op.create_index("ix_standings_received", "standings", ["received_on", "entry"])
    for name, column, sqlite, postgresql in _FEW:
        op.create_index(
            name,
            "standings",
            [column],
            sqlite_where=sa.text(sqlite),
            postgresql_where=sa.text(postgresql),
        )


def _others() -> None:
    op.create_table(
        "moves",
        sa.Column("seq", _NUMBERED, autoincrement=True, nullable=False),
        sa.Column("case_id", sa.String(26), nullable=False),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_moves")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "case_words",
        sa.Column("case_id", sa.String(26), nullable=False),
        sa.Column("word", _WORD, nullable=False),
        sa.Column("entry", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"], ["cases.id"], name=op.f("fk_case_words_case_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("case_id", "word", name=op.f("pk_case_words")),
    )
    op.create_index("ix_case_words_word", "case_words", ["word", "entry", "case_id"])
    op.create_table(
        "let_ahead",
        sa.Column("id", sa.String(26), nullable=False),
        sa.Column("case_id", sa.String(26), nullable=False),
        sa.Column("why", sa.String(), nullable=False),
        sa.Column("by", sa.String(64), nullable=False),
        sa.Column("at", sa.String(32), nullable=False),
        sa.Column("ended_by", sa.String(64), nullable=True),
        sa.Column("ended_at", sa.String(32), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_let_ahead_case_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_let_ahead")),
    )
    op.create_index("ix_let_ahead_case", "let_ahead", ["case_id"])
    op.create_table(
        "searches",
        sa.Column("id", sa.String(43), nullable=False),
        sa.Column("account_id", sa.String(26), nullable=False),
        sa.Column("name", sa.String(80), nullable=True),
        sa.Column("said", sa.JSON(), nullable=False),
        sa.Column("made_at", sa.String(32), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("fk_searches_account_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_searches")),
    )
    op.create_index("ix_searches_account", "searches", ["account_id"])


def _watch() -> None:
    """Leave a mark for whatever moves a case from one list to another."""
    if op.get_bind().dialect.name == "sqlite":
        for name, what, case, when in _WATCHED:
            only = f" WHEN {when}" if when else ""
            op.execute(_SQLITE.format(name=name, what=what, only=only, case=case))
        return
    for column in ("id", "case_id"):
        op.execute(_FUNCTION.format(column=column))
    for name, what, case, when in _WATCHED:
        only = f" WHEN ({when})" if when else ""
        op.execute(_POSTGRESQL.format(name=name, what=what, only=only, column=case.removeprefix("NEW.")))
