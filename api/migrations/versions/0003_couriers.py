"""Channels whose visitors have no page open: what is on its way to them, and what they entrust to us."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

Instant = sa.DateTime(timezone=True)
LONGER = (("conversations", "sender"), ("messages", "event"))
COLUMNS: dict[str, dict[str, tuple[Any, ...]]] = {
    "messages": {
        "sent_at": (Instant,),
        "reference": (sa.String(128),),
        "alone": (sa.Boolean(), sa.true()),
        "answered_with": (sa.Integer(),),
        "withdrawn_at": (Instant,),
        "name": (sa.String(64),),
        "internal": (sa.Boolean(), sa.false()),
    },
    "conversations": {"address": (sa.JSON(),), "reachable": (sa.Boolean(), sa.true())},
}
MADE = ("details", "form_links", "originals", "deliveries", "tickets", "events")


def upgrade() -> None:
    _lengthen(sa.String(128))
    for table, columns in COLUMNS.items():
        for name, (kind, *default) in columns.items():
            op.add_column(table, _column(name, kind, *default))
    # What waits is answered in the order in which it was sent.
    op.execute("UPDATE messages SET sent_at = at WHERE state = 'waiting'")
    _index("ix_messages_reference", "messages", "reference", where="reference IS NOT NULL")
    _make_events()
    _make_tickets()
    _make_deliveries()
    _make_originals()
    _make_form_links()
    _make_details()


def downgrade() -> None:
    for table in MADE:
        op.drop_table(table)
    op.drop_index("ix_messages_reference", "messages")
    for table, columns in COLUMNS.items():
        for name in columns:
            op.drop_column(table, name)
    _lengthen(sa.String(64))


def _column(name: str, kind: Any, default: Any = None) -> sa.Column[Any]:
    """A column that may be empty, or that has a default for what is there already."""
    return sa.Column(name, kind, server_default=default, nullable=default is None)


def _lengthen(length: sa.String) -> None:
    """Platforms have longer ids than we. SQLite does not look at the length."""
    if op.get_bind().dialect.name != "sqlite":
        for table, column in LONGER:
            op.alter_column(table, column, type_=length)


def _index(name: str, table: str, column: str, *, where: str) -> None:
    op.create_index(name, table, [column], sqlite_where=sa.text(where), postgresql_where=sa.text(where))


def _of_conversation(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(["conversation"], ["conversations.id"], name=f"fk_{table}_conversation")


def _make_events() -> None:
    op.create_table(
        "events",
        sa.Column("channel", sa.String(16), nullable=False),
        sa.Column("event", sa.String(192), nullable=False),
        sa.Column("at", Instant, nullable=False),
        sa.PrimaryKeyConstraint("channel", "event", name="pk_events"),
    )


def _make_tickets() -> None:
    op.create_table(
        "tickets",
        sa.Column("conversation", sa.String(32), nullable=False),
        sa.Column("token", sa.Text(), nullable=False),
        sa.Column("issued_at", Instant, nullable=False),
        sa.PrimaryKeyConstraint("conversation", name="pk_tickets"),
        _of_conversation("tickets"),
    )
    op.create_index("ix_tickets_issued_at", "tickets", ["issued_at"])


def _make_deliveries() -> None:
    op.create_table(
        "deliveries",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("conversation", sa.String(32), nullable=False),
        sa.Column("first", sa.Integer(), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(36), nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("needs_ticket", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("due_at", Instant, nullable=False),
        sa.Column("began_via", sa.String(16)),
        sa.Column("began_at", Instant),
        sa.Column("ticket", sa.Text()),
        sa.Column("ticket_issued_at", Instant),
        sa.Column("batch", sa.String(36)),
        sa.Column("error", sa.Text()),
        sa.Column("made_at", Instant, nullable=False),
        sa.Column("settled_at", Instant),
        sa.Column("owner", sa.String(32)),
        sa.Column("until", Instant),
        sa.PrimaryKeyConstraint("id", name="pk_deliveries"),
        sa.UniqueConstraint("conversation", "last", name="uq_deliveries_conversation_last"),
        _of_conversation("deliveries"),
    )
    _index("ix_deliveries_pending", "deliveries", "conversation", where="state = 'pending'")
    _index("ix_deliveries_due", "deliveries", "due_at", where="state = 'pending'")


def _make_originals() -> None:
    op.create_table(
        "originals",
        sa.Column("conversation", sa.String(32), nullable=False),
        sa.Column("sequence", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("conversation", "sequence", name="pk_originals"),
        sa.ForeignKeyConstraint(
            ["conversation", "sequence"],
            ["messages.conversation", "messages.sequence"],
            name="fk_originals_conversation_sequence",
        ),
    )


def _make_form_links() -> None:
    op.create_table(
        "form_links",
        sa.Column("token_hash", sa.String(64), nullable=False),
        sa.Column("conversation", sa.String(32), nullable=False),
        sa.Column("made_at", Instant, nullable=False),
        sa.Column("expires_at", Instant, nullable=False),
        sa.Column("used_at", Instant),
        sa.PrimaryKeyConstraint("token_hash", name="pk_form_links"),
        _of_conversation("form_links"),
    )
    op.create_index("ix_form_links_conversation", "form_links", ["conversation"])


def _make_details() -> None:
    op.create_table(
        "details",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("conversation", sa.String(32), nullable=False),
        sa.Column("company", sa.Text()),
        sa.Column("name", sa.Text()),
        sa.Column("phone", sa.Text()),
        sa.Column("mail", sa.Text()),
        sa.Column("hours", sa.Text()),
        sa.Column("text", sa.Text()),
        sa.Column("consented_at", Instant),
        sa.Column("received_at", Instant, nullable=False),
        sa.Column("source", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_details"),
        _of_conversation("details"),
    )
    op.create_index("ix_details_conversation", "details", ["conversation"])
