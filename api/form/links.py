"""Links to the form: each opens it for one conversation, until it was sent or a day has passed."""

from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta

from api.conversations.store import Store

LIFETIME = timedelta(hours=24)


def links(
    store: Store, public_url: str | None, clock: Callable[[], datetime]
) -> Callable[[str], Awaitable[str]] | None:
    """Makes the address of the form for a conversation. None where nobody knows our own address."""
    if public_url is None:
        return None

    async def link(conversation: str) -> str:
        token = await store.make_form_link(conversation, now=clock(), lifetime=LIFETIME)
        return f"{public_url}/form/{token}"

    return link
