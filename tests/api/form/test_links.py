"""Links to the form: made where our own address is known, and kept only as a hash."""

from api.form.links import links
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
