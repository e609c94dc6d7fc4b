"""The tables of the gateway."""

from datetime import UTC, datetime

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    DateTime,
    Dialect,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    TypeDecorator,
    UniqueConstraint,
    false,
    text,
    true,
)


class Instant(TypeDecorator[datetime]):
    """A moment, kept in UTC. SQLite forgets the time zone, so it is put back on the way out."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return value and value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return value and value.replace(tzinfo=value.tzinfo or UTC)


Json = JSON(none_as_null=True)
# A platform's ids. SQLite does not look at the length, so only PostgreSQL was told of the longer ones.
PlatformId = String(64).with_variant(String(128), "postgresql")

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)

conversations = Table(
    "conversations",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("channel", String(16), nullable=False),
    Column("sender", PlatformId, nullable=False),
    Column("speaker", String(16), nullable=False),
    Column("slots", Json),
    Column("last_sequence", Integer, nullable=False),
    Column("owner", String(32)),
    Column("until", Instant),
    Column("opened_at", Instant, nullable=False),
    Column("address", Json),
    Column("reachable", Boolean, nullable=False, server_default=true()),
    UniqueConstraint("channel", "sender"),
)

messages = Table(
    "messages",
    metadata,
    Column("conversation", String(32), ForeignKey("conversations.id"), primary_key=True),
    Column("sequence", Integer, primary_key=True, autoincrement=False),
    Column("author", String(16), nullable=False),
    Column("text", Text, nullable=False),
    Column("at", Instant, nullable=False),
    Column("event", PlatformId),
    Column("payload", Text),
    Column("buttons", Json, nullable=False),
    Column("desks", Json, nullable=False),
    Column("plain", Boolean, nullable=False, server_default=false()),
    Column("reply_to", Integer),
    Column("state", String(16)),
    Column("attempts", Integer, nullable=False),
    Column("understood", Json),
    Column("referral", Json),
    Column("sent_at", Instant),
    Column("reference", String(128)),
    Column("alone", Boolean, nullable=False, server_default=true()),
    Column("answered_with", Integer),
    Column("withdrawn_at", Instant),
    Column("name", String(64)),
    Column("internal", Boolean, nullable=False, server_default=false()),
    UniqueConstraint("conversation", "event"),
)

# The queue is small however long the record grows.
Index(
    "ix_messages_waiting",
    messages.c.conversation,
    messages.c.sequence,
    sqlite_where=text("state = 'waiting'"),
    postgresql_where=text("state = 'waiting'"),
)

Index(
    "ix_messages_reference",
    messages.c.reference,
    sqlite_where=text("reference IS NOT NULL"),
    postgresql_where=text("reference IS NOT NULL"),
)

handoffs = Table(
    "handoffs",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("conversation", String(32), nullable=False),
    Column("sequence", Integer, nullable=False),
    Column("reason", Text, nullable=False),
    Column("at", Instant, nullable=False),
    ForeignKeyConstraint(["conversation", "sequence"], ["messages.conversation", "messages.sequence"]),
)

events = Table(
    "events",
    metadata,
    Column("channel", String(16), primary_key=True),
    Column("event", String(192), primary_key=True),
    Column("at", Instant, nullable=False),
)

tickets = Table(
    "tickets",
    metadata,
    Column("conversation", String(32), ForeignKey("conversations.id"), primary_key=True),
    Column("token", Text, nullable=False),
    Column("issued_at", Instant, nullable=False, index=True),
)

deliveries = Table(
    "deliveries",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("conversation", String(32), ForeignKey("conversations.id"), nullable=False),
    Column("first", Integer, nullable=False),
    Column("last", Integer, nullable=False),
    Column("key", String(36), nullable=False),
    Column("state", String(16), nullable=False),
    Column("needs_ticket", Boolean, nullable=False, server_default=false()),
    Column("attempts", Integer, nullable=False),
    Column("due_at", Instant, nullable=False),
    Column("began_via", String(16)),
    Column("began_at", Instant),
    Column("ticket", Text),
    Column("ticket_issued_at", Instant),
    Column("batch", String(36)),
    Column("error", Text),
    Column("made_at", Instant, nullable=False),
    Column("settled_at", Instant),
    Column("owner", String(32)),
    Column("until", Instant),
    UniqueConstraint("conversation", "last"),
)

# What is still to be delivered is little, however much was.
Index(
    "ix_deliveries_pending",
    deliveries.c.conversation,
    sqlite_where=text("state = 'pending'"),
    postgresql_where=text("state = 'pending'"),
)
Index(
    "ix_deliveries_due",
    deliveries.c.due_at,
    sqlite_where=text("state = 'pending'"),
    postgresql_where=text("state = 'pending'"),
)

originals = Table(
    "originals",
    metadata,
    Column("conversation", String(32), primary_key=True),
    Column("sequence", Integer, primary_key=True, autoincrement=False),
    Column("text", Text, nullable=False),
    ForeignKeyConstraint(["conversation", "sequence"], ["messages.conversation", "messages.sequence"]),
)

form_links = Table(
    "form_links",
    metadata,
    Column("token_hash", String(64), primary_key=True),
    Column("conversation", String(32), ForeignKey("conversations.id"), nullable=False, index=True),
    Column("made_at", Instant, nullable=False),
    Column("expires_at", Instant, nullable=False),
    Column("used_at", Instant),
)

details = Table(
    "details",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("conversation", String(32), ForeignKey("conversations.id"), nullable=False, index=True),
    Column("company", Text),
    Column("name", Text),
    Column("phone", Text),
    Column("mail", Text),
    Column("hours", Text),
    Column("text", Text),
    Column("consented_at", Instant),
    Column("received_at", Instant, nullable=False),
    Column("source", String(64), nullable=False),
)
