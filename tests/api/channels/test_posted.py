"""Whatever bytes are posted, they are read or refused; nothing breaks."""

import json
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from starlette.requests import Request

from api.channels.posted import EVENT, Posted, read, read_session
from api.errors import Trouble

VALUES = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=6,
)
NEARLY_RIGHT = st.fixed_dictionaries(
    {},
    optional={
        "id": st.just("a") | VALUES,
        "text": st.text() | VALUES,
        "button": st.just("1.0") | VALUES,
        "speak": st.just("plainly") | VALUES,
        "plain": VALUES,
    },
).map(lambda body: json.dumps(body).encode())


def request(body: bytes) -> Request:
    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": body, "more_body": False}

    scope = {"type": "http", "method": "POST", "headers": [(b"content-type", b"application/json")]}
    return Request(scope, receive)


async def outcome(body: bytes) -> Posted | Trouble:
    try:
        return await read(request(body))
    except Trouble as trouble:
        return trouble


# In a fresh checkout hypothesis first builds its table of characters, which takes longer than it allows.
@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.binary(max_size=200) | NEARLY_RIGHT)
async def test_every_body_is_read_or_refused_as_the_senders_fault(body: bytes) -> None:
    result = await outcome(body)

    if isinstance(result, Trouble):
        assert 400 <= result.status < 500
    else:
        assert EVENT.fullmatch(result.event)


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.binary(max_size=200) | NEARLY_RIGHT)
async def test_every_body_of_a_session_is_read_or_refused_too(body: bytes) -> None:
    try:
        assert await read_session(request(body)) in (True, False)
    except Trouble as trouble:
        assert 400 <= trouble.status < 500
