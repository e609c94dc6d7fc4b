"""Links to the form: each opens it for one conversation, until it was sent or a day has passed."""

from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta

from api.conversations.store import Store

LIFETIME = timedelta(hours=24)
PAUSE = timedelta(minutes=10)  # between two offers in one conversation: the first still stands on the screen


def links(
    store: Store, public_url: str | None, clock: Callable[[], datetime]
) -> Callable[[str], Awaitable[str | None]] | None:
    """Makes the address of the form for a conversation, or none where one was offered just now.

    None by itself where nobody knows our own address.
    """
    if public_url is None:
        return None

    async def link(conversation: str) -> str | None:
        if await store.has_form_link(conversation, since=clock() - PAUSE):
            return None
        token = await store.make_form_link(conversation, now=clock(), lifetime=LIFETIME)
        return f"{public_url}/form/{token}"

    return link
