"""Conversations, their messages, and the calls for a person."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    op.create_table(
        "conversations",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("channel", sa.String(16), nullable=False),
        sa.Column("sender", sa.String(64), nullable=False),
        sa.Column("speaker", sa.String(16), nullable=False),
        sa.Column("slots", sa.JSON()),
        sa.Column("last_sequence", sa.Integer(), nullable=False),
        sa.Column("owner", sa.String(32)),
        sa.Column("until", sa.DateTime(timezone=True)),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_conversations"),
        sa.UniqueConstraint("channel", "sender", name="uq_conversations_channel_sender"),
    )
    op.create_table(
        "messages",
        sa.Column("conversation", sa.String(32), nullable=False),
        sa.Column("sequence", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("author", sa.String(16), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("event", sa.String(64)),
        sa.Column("payload", sa.Text()),
        sa.Column("buttons", sa.JSON(), nullable=False),
        sa.Column("desks", sa.JSON(), nullable=False),
        sa.Column("reply_to", sa.Integer()),
        sa.Column("state", sa.String(16)),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("understood", sa.JSON()),
        sa.Column("referral", sa.JSON()),
        sa.PrimaryKeyConstraint("conversation", "sequence", name="pk_messages"),
        sa.ForeignKeyConstraint(["conversation"], ["conversations.id"], name="fk_messages_conversation"),
        sa.UniqueConstraint("conversation", "event", name="uq_messages_conversation_event"),
    )
    op.create_index(
        "ix_messages_waiting",
        "messages",
        ["conversation", "sequence"],
        sqlite_where=sa.text("state = 'waiting'"),
        postgresql_where=sa.text("state = 'waiting'"),
    )
    op.create_table(
        "handoffs",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("conversation", sa.String(32), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_handoffs"),
        sa.ForeignKeyConstraint(
            ["conversation", "sequence"],
            ["messages.conversation", "messages.sequence"],
            name="fk_handoffs_conversation_sequence",
        ),
    )


def downgrade() -> None:
    op.drop_table("handoffs")
    op.drop_table("messages")
    op.drop_table("conversations")
