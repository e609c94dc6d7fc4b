"""The tables of staff."""

from sqlalchemy import (
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    UniqueConstraint,
    false,
    text,
)

from api.conversations.tables import Instant, Json, metadata

__all__ = ["audit", "audit_head", "metadata", "people", "recovery_codes", "sessions"]

people = Table(
    "people",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("name", String(32), nullable=False),
    Column("shown", String(40), nullable=False),
    Column("role", String(16), nullable=False),
    Column("disabled", Boolean, nullable=False, server_default=false()),
    Column("password", String(256)),
    Column("totp", String(64)),
    Column("totp_next", String(64)),
    Column("totp_step", Integer, nullable=False, server_default=text("0")),
    Column("setup_hash", String(64)),
    Column("setup_until", Instant),
    Column("preferences", Json),
    Column("made_at", Instant, nullable=False),
    Column("seen_at", Instant),
    UniqueConstraint("name"),
    UniqueConstraint("setup_hash"),
)

recovery_codes = Table(
    "recovery_codes",
    metadata,
    Column("person", Integer, ForeignKey("people.id"), primary_key=True),
    Column("code_hash", String(64), primary_key=True),
    Column("used_at", Instant),
)

sessions = Table(
    "sessions",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("token_hash", String(64), nullable=False),
    Column("person", Integer, ForeignKey("people.id"), nullable=False, index=True),
    Column("stage", String(8), nullable=False),
    Column("made_at", Instant, nullable=False),
    Column("seen_at", Instant, nullable=False),
    Column("proved_at", Instant, nullable=False),
    Column("agent", String(200), nullable=False),
    Column("address", String(16), nullable=False),
    UniqueConstraint("token_hash"),
)

# No foreign keys: what was done stays noted when the conversation is long deleted.
audit = Table(
    "audit",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("at", Instant, nullable=False, index=True),
    Column("person", Integer),
    Column("act", String(32), nullable=False),
    Column("conversation", String(32)),
    Column("what", String(200), nullable=False),
    Column("why", String(500)),
    Column("address", String(16)),
    Column("chain", String(64), nullable=False),
    Index("ix_audit_person", "person", "id"),
    Index("ix_audit_conversation", "conversation", "id"),
)

# One row: where the chain ends, and the key that makes addresses unrecognisable.
audit_head = Table(
    "audit_head",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("last", Integer, nullable=False),
    Column("chain", String(64), nullable=False),
    Column("key", String(64), nullable=False),
)
