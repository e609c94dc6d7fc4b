"""Staff: accounts, their sessions, and the record of what was done."""

import secrets

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

Instant = sa.DateTime(timezone=True)
MADE = ("audit_head", "audit", "sessions", "recovery_codes", "people")
# Whoever wants to change the record has to take this away first.
FIXED = """CREATE TRIGGER audit_{what} BEFORE {what} ON audit
    BEGIN SELECT RAISE(ABORT, 'the audit record is only added to'); END"""


def upgrade() -> None:
    _make_people()
    _make_sessions()
    _make_audit()


def downgrade() -> None:
    for table in MADE:
        op.drop_table(table)


def _make_people() -> None:
    op.create_table(
        "people",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(32), nullable=False),
        sa.Column("shown", sa.String(40), nullable=False),
        sa.Column("role", sa.String(16), nullable=False),
        sa.Column("disabled", sa.Boolean(), nullable=False, server_default=sa.false()),
        sa.Column("password", sa.String(256)),
        sa.Column("totp", sa.String(64)),
        sa.Column("totp_next", sa.String(64)),
        sa.Column("totp_step", sa.Integer(), nullable=False, server_default=sa.text("0")),
        sa.Column("setup_hash", sa.String(64)),
        sa.Column("setup_until", Instant),
        sa.Column("preferences", sa.JSON()),
        sa.Column("made_at", Instant, nullable=False),
        sa.Column("seen_at", Instant),
        sa.PrimaryKeyConstraint("id", name="pk_people"),
        sa.UniqueConstraint("name", name="uq_people_name"),
        sa.UniqueConstraint("setup_hash", name="uq_people_setup_hash"),
    )
    op.create_table(
        "recovery_codes",
        sa.Column("person", sa.Integer(), nullable=False),
        sa.Column("code_hash", sa.String(64), nullable=False),
        sa.Column("used_at", Instant),
        sa.ForeignKeyConstraint(["person"], ["people.id"], name="fk_recovery_codes_person"),
        sa.PrimaryKeyConstraint("person", "code_hash", name="pk_recovery_codes"),
    )


def _make_sessions() -> None:
    op.create_table(
        "sessions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("token_hash", sa.String(64), nullable=False),
        sa.Column("person", sa.Integer(), nullable=False),
        sa.Column("stage", sa.String(8), nullable=False),
        sa.Column("made_at", Instant, nullable=False),
        sa.Column("seen_at", Instant, nullable=False),
        sa.Column("proved_at", Instant, nullable=False),
        sa.Column("agent", sa.String(200), nullable=False),
        sa.Column("address", sa.String(16), nullable=False),
        sa.ForeignKeyConstraint(["person"], ["people.id"], name="fk_sessions_person"),
        sa.PrimaryKeyConstraint("id", name="pk_sessions"),
        sa.UniqueConstraint("token_hash", name="uq_sessions_token_hash"),
    )
    op.create_index("ix_sessions_person", "sessions", ["person"])


def _make_audit() -> None:
    op.create_table(
        "audit",
        sa.Column("id", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("at", Instant, nullable=False),
        sa.Column("person", sa.Integer()),
        sa.Column("act", sa.String(32), nullable=False),
        sa.Column("conversation", sa.String(32)),
        sa.Column("what", sa.String(200), nullable=False),
        sa.Column("why", sa.String(500)),
        sa.Column("address", sa.String(16)),
        sa.Column("chain", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_audit"),
    )
    op.create_index("ix_audit_at", "audit", ["at"])
    op.create_index("ix_audit_person", "audit", ["person", "id"])
    op.create_index("ix_audit_conversation", "audit", ["conversation", "id"])
    head = op.create_table(
        "audit_head",
        sa.Column("id", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.Column("chain", sa.String(64), nullable=False),
        sa.Column("key", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_audit_head"),
    )
    op.bulk_insert(head, [{"id": 1, "last": 0, "chain": "", "key": secrets.token_hex(32)}])
    if op.get_bind().dialect.name == "sqlite":
        for what in ("UPDATE", "DELETE"):
            op.execute(FIXED.format(what=what))
