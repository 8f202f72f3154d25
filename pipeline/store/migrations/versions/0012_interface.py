"""The programs of offices: their keys, what they sent, and where they are called back."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

_NUMBERED = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "api_keys",
        sa.Column("id", sa.String(26), nullable=False),
        sa.Column("name", sa.String(48), nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("start", sa.String(12), nullable=False),
        sa.Column("offices", sa.JSON(), nullable=False),
        sa.Column("rights", sa.JSON(), nullable=False),
        sa.Column("per_minute", sa.Integer(), nullable=True),
        sa.Column("made_by", sa.String(64), nullable=False),
        sa.Column("made_at", sa.String(32), nullable=False),
        sa.Column("revoked_at", sa.String(32), nullable=True),
        sa.Column("last_at", sa.String(32), nullable=True),
        sa.Column("once", sa.String(64), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_api_keys")),
        sa.UniqueConstraint("name", name=op.f("uq_api_keys_name")),
        sa.UniqueConstraint("digest", name=op.f("uq_api_keys_digest")),
        sa.UniqueConstraint("once", name=op.f("uq_api_keys_once")),
    )
    op.create_table(
        "api_sent",
        sa.Column("key_id", sa.String(26), nullable=False),
        sa.Column("word", sa.String(128), nullable=False),
        sa.Column("fingerprint", sa.String(64), nullable=False),
        sa.Column("submission", sa.String(26), nullable=True),
        sa.Column("at", sa.String(32), nullable=False),
        sa.ForeignKeyConstraint(["key_id"], ["api_keys.id"], name=op.f("fk_api_sent_key_id")),
        sa.ForeignKeyConstraint(["submission"], ["submissions.id"], name=op.f("fk_api_sent_submission")),
        sa.PrimaryKeyConstraint("key_id", "word", name=op.f("pk_api_sent")),
    )
    op.create_table(
        "webhooks",
        sa.Column("id", sa.String(26), nullable=False),
        sa.Column("url", sa.String(500), nullable=False),
        sa.Column("offices", sa.JSON(), nullable=False),
        sa.Column("secret", sa.String(64), nullable=False),
        sa.Column("seen", _NUMBERED, nullable=False),
        sa.Column("made_by", sa.String(64), nullable=False),
        sa.Column("made_at", sa.String(32), nullable=False),
        sa.Column("ended_at", sa.String(32), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_webhooks")),
    )
    op.create_table(
        "calls",
        sa.Column("seq", _NUMBERED, autoincrement=True, nullable=False),
        sa.Column("webhook", sa.String(26), nullable=False),
        sa.Column("event", _NUMBERED, nullable=False),
        sa.Column("case_id", sa.String(26), nullable=False),
        sa.Column("kind", sa.String(24), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("owed_at", sa.String(32), nullable=False),
        sa.Column("not_before", sa.String(32), nullable=True),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("answered", sa.String(40), nullable=True),
        sa.Column("done_at", sa.String(32), nullable=True),
        sa.Column("given_up_at", sa.String(32), nullable=True),
        sa.ForeignKeyConstraint(["webhook"], ["webhooks.id"], name=op.f("fk_calls_webhook")),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_calls_case_id")),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_calls")),
        sa.UniqueConstraint("webhook", "event", name=op.f("uq_calls_webhook_event")),
        sqlite_autoincrement=True,
    )
    pending = sa.text("not_before IS NOT NULL")
    op.create_index(
        "ix_calls_pending", "calls", ["not_before"], sqlite_where=pending, postgresql_where=pending
    )
