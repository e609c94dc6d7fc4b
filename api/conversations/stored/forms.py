"""What is entrusted to us apart from the chat: originals of what was masked, and details by our own form."""

from dataclasses import asdict
from datetime import datetime

from sqlalchemy import Connection, insert, select, update

from api.conversations.models import Details, FormLink
from api.conversations.tables import details, form_links, originals
from api.errors import FormLinkUnknown


def make_link(
    connection: Connection, *, token_hash: str, conversation: str, now: datetime, until: datetime
) -> None:
    row = {"token_hash": token_hash, "conversation": conversation, "made_at": now, "expires_at": until}
    connection.execute(insert(form_links).values(**row))


def has_link(connection: Connection, *, conversation: str, since: datetime) -> bool:
    """Whether one that was made since then is not used up."""
    made = select(form_links.c.token_hash).where(
        form_links.c.conversation == conversation,
        form_links.c.used_at.is_(None),
        form_links.c.made_at > since,
    )
    return connection.scalar(made.limit(1)) is not None


def link(connection: Connection, *, token_hash: str, now: datetime) -> FormLink | None:
    """The link, if it can still be used."""
    row = connection.execute(
        select(form_links).where(
            form_links.c.token_hash == token_hash,
            form_links.c.used_at.is_(None),
            form_links.c.expires_at > now,
        )
    ).first()
    return FormLink(row.conversation, row.expires_at) if row else None


def submit(connection: Connection, *, token_hash: str, given: Details, now: datetime) -> str:
    """Returns the conversation. Raises FormLinkUnknown."""
    conversation = connection.scalar(
        update(form_links)
        .where(
            form_links.c.token_hash == token_hash,
            form_links.c.used_at.is_(None),
            form_links.c.expires_at > now,
        )
        .values(used_at=now)
        .returning(form_links.c.conversation)
    )
    if conversation is None:
        raise FormLinkUnknown
    connection.execute(insert(details).values(conversation=conversation, received_at=now, **asdict(given)))
    return str(conversation)


def original(connection: Connection, *, conversation: str, sequence: int) -> str | None:
    """Only where the visitor has agreed that staff read such things."""
    agreed = select(details.c.id).where(
        details.c.conversation == conversation, details.c.consented_at.is_not(None)
    )
    here = select(originals.c.text).filter_by(conversation=conversation, sequence=sequence)
    return connection.scalar(here.where(agreed.exists()))
