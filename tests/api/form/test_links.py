"""Links to the form: made where our own address is known, and kept only as a hash."""

from api.form.links import PAUSE, links
from tests.api.form.conftest import HOME, House


async def test_without_an_address_of_our_own_no_link_is_made(house: House) -> None:
    assert links(house.conversations.store, None, house.gateway.clock) is None


async def test_a_link_is_kept_as_a_hash_and_each_is_another(house: House) -> None:
    paths = [await house.path(), await house.path()]
    tokens = [path.removeprefix("/form/") for path in paths]

    assert HOME.startswith("https://") and len(set(tokens)) == 2
    assert min(map(len, tokens)) >= 43
    kept = {key for (key,) in house.gateway.rows("SELECT token_hash FROM form_links")}
    assert kept == {house.gateway.hashed(token) for token in tokens}


async def test_a_link_that_was_offered_just_now_is_not_offered_again(house: House) -> None:
    await house.path()
    store, clock = house.conversations.store, house.gateway.clock
    ((conversation,),) = house.gateway.rows("SELECT conversation FROM form_links")
    link = links(store, HOME, clock)
    assert link

    assert await link(conversation) is None
    clock.put_forward(seconds=PAUSE.total_seconds() + 1)
    assert await link(conversation)
