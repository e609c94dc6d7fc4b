"""Hashes passwords, never more than two at once: each takes 64 MB and a good part of a second."""

import asyncio

from pwdlib import PasswordHash

from api.staff.people import LONGEST, same_form

AT_ONCE = 2
# The hash of nothing anybody can type. It is compared with where there is no password, so that
# an unknown name takes the same time as a wrong password.
DECOY = "$argon2id$v=19$m=65536,t=3,p=4$MDEyMzQ1Njc4OWFiY2RlZg$QJ0zKD2cKqvGBsvZTeRgM6nL6pG9dJbyv3q5mTz8s1Y"


class Passwords:
    """One of these in a process."""

    def __init__(self) -> None:
        self._hash = PasswordHash.recommended()
        self._room = asyncio.Semaphore(AT_ONCE)

    @property
    def is_busy(self) -> bool:
        """The next one has to wait."""
        return self._room.locked()

    async def hash(self, password: str) -> str:
        async with self._room:
            return await asyncio.to_thread(self._hash.hash, same_form(password))

    async def is_right(self, password: str, kept: str | None) -> bool:
        """Whether this is the password. Without one to compare with it takes as long, and is wrong."""
        given = same_form(password[: LONGEST * 2])
        async with self._room:
            is_same = await asyncio.to_thread(self._hash.verify, given, kept or DECOY)
        return is_same and kept is not None
