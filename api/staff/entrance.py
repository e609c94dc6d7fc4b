"""The way in, the way out, and who is inside."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

import structlog

from api.errors import NotLoggedIn, TooManyAttempts, WrongCode, WrongLogin, WrongPassword
from api.staff import codes
from api.staff.attempts import Attempts
from api.staff.audit import Entry
from api.staff.passwords import Passwords
from api.staff.people import NOBODY, Person, plain_name
from api.staff.sessions import TOUCH, Lifetime, Origin, Session, Stage
from api.staff.store import Store, changes, proofs

Clock = Callable[[], datetime]

log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class Present:
    """Somebody with a session that holds. `token` is the session's key."""

    person: Person
    session: Session
    token: str


class Entrance:
    """Name and password, then a code, then inside. Whatever is wrong with a name, the answer and its time are the same."""

    def __init__(
        self, store: Store, passwords: Passwords, attempts: Attempts, lifetime: Lifetime, clock: Clock
    ) -> None:
        self.store = store
        self.passwords = passwords
        self.attempts = attempts
        self.lifetime = lifetime
        self.clock = clock

    async def knock(self, name: str, password: str, origin: Origin) -> tuple[str, Stage]:
        """The token of a session that is halfway in, and what it still needs. Raises WrongLogin and TooManyAttempts."""
        name = plain_name(name)[:64]
        await self._count(name, origin)
        person, secrets = await self.store.find(name) or (None, NOBODY)
        is_right = await self.passwords.is_right(password, secrets.password)
        if person is None or person.is_disabled or not is_right:
            await self._note("login_failed", person, origin)
            raise WrongLogin
        self.attempts.forgive("account", name)
        stage = Stage.code if person.has_codes else Stage.setup
        return await self._begin(person, stage, origin), stage

    async def enter(self, present: Present, code: str, origin: Origin) -> str:
        """The token of a session that is in. Raises WrongCode and TooManyAttempts."""
        person = present.person
        try:
            self.attempts.count("code", str(person.id))
            token = await self._enter(present, code, origin)
        except (WrongCode, TooManyAttempts):
            await self._note("login_failed", person, origin)
            raise
        self.attempts.forgive("code", str(person.id))
        log.info("staff_login", person=person.id)
        return token

    async def present(self, token: str, *, stage: Stage = Stage.inside) -> Present:
        """Who this is. Being here keeps the session alive. Raises NotLoggedIn."""
        now = self.clock()
        found = await self.store.session(codes.hash_of(token)) if token else None
        if found is None or found[0].stage is not stage or found[0].is_over(self.lifetime, now):
            raise NotLoggedIn
        session, person = found
        if now - session.seen_at > TOUCH:
            await self.store.touch(session.id, now=now)
        return Present(person, session, token)

    async def prove(self, present: Present, password: str, origin: Origin) -> None:
        """The password once more, so that dangerous acts are allowed for a while. Raises WrongPassword."""
        await self.check(present.person, password, origin)
        await self.store.prove(present.session.id, now=self.clock())

    async def check(self, person: Person, password: str, origin: Origin) -> None:
        """Raises WrongPassword and TooManyAttempts."""
        await self._count(person.name, origin)
        secrets = await self.store.secrets(person.id)
        if not await self.passwords.is_right(password, secrets.password):
            await self._note("login_failed", person, origin)
            raise WrongPassword
        self.attempts.forgive("account", person.name)

    async def leave(self, present: Present, origin: Origin) -> None:
        await self.store.end_token(codes.hash_of(present.token))
        await self._note("logout", present.person, origin)

    async def sessions(self, person: Person) -> list[Session]:
        """All of this person's that hold."""
        now = self.clock()
        made_after, seen_after = now - self.lifetime.longest, now - self.lifetime.idle
        return await self.store.sessions(person.id, made_after=made_after, seen_after=seen_after)

    async def end(self, present: Present, session: int, origin: Origin) -> None:
        """One of this person's sessions."""
        await self.store.end_session(present.person.id, session)
        await self._note("session_ended", present.person, origin)

    async def end_others(self, present: Present, origin: Origin) -> None:
        """All of this person's sessions but this one."""
        await self.store.end_other_sessions(present.person.id, but=present.session.id)
        await self._note("session_ended", present.person, origin)

    async def _enter(self, present: Present, code: str, origin: Origin) -> str:
        """By whichever of the two it is."""
        person, token = present.person, codes.new_token()
        where = {
            "person": person.id,
            "token_hash": codes.hash_of(token),
            "origin": origin,
            "old": codes.hash_of(present.token),
            "by": self.by(person, origin),
        }
        if codes.is_recovery_code(code):
            hashed = codes.hash_of(codes.clean(code))
            await self.store.change(proofs.enter_by_recovery, code_hash=hashed, **where)
            return token
        secrets = await self.store.secrets(person.id)
        step = secrets.totp and codes.step_of(code, secrets.totp, self.clock(), after=secrets.totp_step)
        if not step:
            raise WrongCode
        await self.store.change(proofs.enter_by_step, step=step, **where)
        return token

    async def _begin(self, person: Person, stage: Stage, origin: Origin) -> str:
        token, now = codes.new_token(), self.clock()
        await self.store.forget_sessions(made_before=now - self.lifetime.longest)
        await self.store.change(
            proofs.enter,
            person=person.id,
            token_hash=codes.hash_of(token),
            stage=stage,
            origin=origin,
            old=None,
            by=self.by(person, origin),
        )
        return token

    async def _count(self, name: str, origin: Origin) -> None:
        try:
            self.attempts.count("address", origin.address)
            self.attempts.count("account", name)
        except TooManyAttempts:
            log.warning("staff_login_refused", address=origin.address)
            raise

    async def _note(self, act: str, person: Person | None, origin: Origin) -> None:
        """A name that nobody has is not kept: it may be a password typed into the wrong field."""
        entry = Entry(act, person=person.id if person else None, address=origin.address)
        await self.store.record(entry, now=self.clock())

    def by(self, person: Person, origin: Origin) -> changes.By:
        return changes.By(self.clock(), person.id, origin.address)
