"""Passwords and codes."""

import asyncio
from datetime import UTC, datetime, timedelta

import pyotp
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pwdlib.hashers.argon2 import Argon2Hasher

from api.errors import BadName, NotAccepted, TooManyAttempts
from api.staff import codes
from api.staff.attempts import LIMITS, Attempts
from api.staff.passwords import DECOY, Passwords
from api.staff.people import clean_name, clean_password
from api.staff.sessions import Lifetime, Session, Stage, form_token, is_form_token

NOW = datetime(2026, 11, 24, 1, 0, tzinfo=UTC)
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


async def test_a_password_is_right_however_its_characters_are_composed() -> None:
    passwords = Passwords()
    kept = await passwords.hash("ガラスの靴と馬車の夜")

    assert await passwords.is_right("ガラスの靴と馬車の夜", kept)
    assert not await passwords.is_right("ガラスの靴と馬車の朝", kept)
    assert "ガラス" not in kept


async def test_where_there_is_no_password_none_is_right() -> None:
    assert not await Passwords().is_right("", None)


def test_an_unknown_name_costs_what_a_known_one_costs() -> None:
    assert not Argon2Hasher().check_needs_rehash(DECOY)


@pytest.mark.parametrize(
    ("password", "is_taken"),
    [
        ("correct horse battery", True),
        ("池に浮かぶ月と七つの青い傘", True),
        ("short", False),
        ("x" * 129, False),
        ("abababababababab", False),
        ("password-password", False),
        ("sato-hanako-2026", False),
    ],
)
def test_passwords_that_are_easily_guessed_are_not_taken(password: str, is_taken: bool) -> None:
    try:
        taken = clean_password(password, name="sato") == password
    except NotAccepted:
        taken = False

    assert taken is is_taken


@pytest.mark.parametrize("name", ["a", "佐藤", "sa to", "-sato", "a" * 33, "", "sato/../x", "sato\n"])
def test_names_have_only_what_an_address_can_carry(name: str) -> None:
    if name == "sato\n":
        assert clean_name(name) == "sato"
        return
    with pytest.raises(BadName):
        clean_name(name)


@pytest.mark.parametrize(
    ("late", "is_right"), [(-60, False), (-30, True), (0, True), (30, True), (60, False)]
)
def test_a_clock_may_be_half_a_minute_off(late: int, is_right: bool) -> None:
    shown = pyotp.TOTP(SECRET).at(NOW + timedelta(seconds=late))

    assert bool(codes.step_of(shown, SECRET, NOW, after=0)) is is_right


def test_a_code_is_read_as_people_type_it_and_counts_once() -> None:
    shown = pyotp.TOTP(SECRET).at(NOW)
    wide = shown.translate({ord("0") + digit: ord("０") + digit for digit in range(10)})
    step = codes.step_of(f"{wide[:3]} {wide[3:]}", SECRET, NOW, after=0)

    assert step
    assert codes.step_of(shown, SECRET, NOW, after=step) is None


@given(st.text(max_size=40))
def test_nothing_that_is_typed_as_a_code_breaks_it(typed: str) -> None:
    codes.step_of(typed, SECRET, NOW, after=0)
    codes.is_recovery_code(typed)


def test_recovery_codes_are_all_different_and_have_no_letters_that_look_alike() -> None:
    made = codes.new_recovery_codes()

    assert len(set(made)) == 10
    assert not set("".join(made)) & set("il1o0")
    assert all(codes.is_recovery_code(code.upper()) for code in made)


def test_the_picture_stands_in_a_page_without_styles_or_scripts() -> None:
    picture = codes.picture(SECRET, "sato")

    assert picture.startswith("<svg")
    assert "style" not in picture and "script" not in picture


def test_pauses_grow() -> None:
    waits = [limit.get_expiry() for limit in LIMITS["account"]]
    attempts = Attempts()
    for _ in range(5):
        attempts.count("account", "sato")

    assert waits == sorted(waits) and waits[-1] == 900
    with pytest.raises(TooManyAttempts):
        attempts.count("account", "sato")
    attempts.count("account", "suzuki")
    attempts.forgive("account", "sato")
    attempts.count("account", "sato")


async def test_at_most_two_passwords_are_hashed_at_once() -> None:
    passwords = Passwords()
    many = [asyncio.create_task(passwords.hash(f"correct horse {number}")) for number in range(4)]
    await asyncio.sleep(0)

    assert passwords.is_busy
    assert len(set(await asyncio.gather(*many))) == 4
    assert not passwords.is_busy


def test_a_session_that_is_halfway_in_lasts_ten_minutes() -> None:
    session = Session(1, 1, Stage.code, NOW, NOW, NOW, "", "")

    assert not session.is_over(Lifetime(), NOW + timedelta(minutes=10))
    assert session.is_over(Lifetime(), NOW + timedelta(minutes=11))
    assert not session.is_fresh(NOW)


def test_the_token_of_a_form_does_not_tell_that_of_the_session() -> None:
    assert is_form_token(form_token("a"), "a")
    assert not is_form_token(form_token("a"), "b")
    assert not is_form_token("", "a")
    assert not is_form_token("全角", "a")
