"""Setting up: the first password, the authenticator, the recovery codes; and changing them later."""

from datetime import timedelta

from api.errors import PasswordsDiffer, SetupLinkUnknown, WrongCode
from api.staff import codes
from api.staff.entrance import Entrance, Present
from api.staff.people import Person, clean_name, clean_password, clean_shown
from api.staff.roles import Role
from api.staff.sessions import Origin, Stage
from api.staff.store import changes, proofs

LINK_HOLDS = timedelta(hours=72)


class Setup:
    """What a person does once, and what an admin does for them."""

    def __init__(self, entrance: Entrance) -> None:
        self._entrance = entrance
        self._store = entrance.store

    async def owner(self, link: str) -> Person:
        """Whose link this is. Looking uses nothing up. Raises SetupLinkUnknown."""
        person = await self._store.by_setup(codes.hash_of(link), now=self._entrance.clock())
        if person is None:
            raise SetupLinkUnknown
        return person

    async def begin(self, link: str, password: str, again: str, origin: Origin) -> str:
        """The first password; uses the link up. Returns the token of a session that is set up further."""
        self._entrance.attempts.count("address", origin.address)
        person = await self.owner(link)
        chosen = _chosen(password, again, person)
        token = codes.new_token()
        await self._store.change(
            proofs.begin,
            setup_hash=codes.hash_of(link),
            password=await self._entrance.passwords.hash(chosen),
            token_hash=codes.hash_of(token),
            origin=origin,
            by=changes.By(self._entrance.clock(), address=origin.address),
        )
        return token

    async def secret(self, person: Person) -> str:
        """The secret for the authenticator; the same one until it is confirmed."""
        fresh = codes.new_secret()
        return await self._store.change(proofs.next_secret, id=person.id, fresh=fresh)

    async def confirm(self, present: Present, code: str, origin: Origin) -> tuple[str, ...]:
        """Take the new authenticator into use. Returns the recovery codes, which are never seen again."""
        person = present.person
        self._entrance.attempts.count("code", str(person.id))
        secret = (await self._store.secrets(person.id)).totp_next
        step = secret and codes.step_of(code, secret, self._entrance.clock(), after=0)
        if not step:
            raise WrongCode
        made = codes.new_recovery_codes()
        by = self._entrance.by(person, origin)
        await self._store.change(
            proofs.confirm, id=person.id, secret=secret, step=step, hashes=_hashes(made), by=by
        )
        self._entrance.attempts.forgive("code", str(person.id))
        return made

    async def finish(self, present: Present, origin: Origin) -> str:
        """Everything is set up: in. Returns the token."""
        token = codes.new_token()
        await self._store.change(
            proofs.enter,
            person=present.person.id,
            token_hash=codes.hash_of(token),
            stage=Stage.inside,
            origin=origin,
            old=codes.hash_of(present.token),
            by=self._entrance.by(present.person, origin),
        )
        return token

    async def change_password(self, present: Present, old: str, new: str, again: str, origin: Origin) -> str:
        """Ends all sessions and begins one. Returns its token."""
        person = present.person
        await self._entrance.check(person, old, origin)
        chosen = _chosen(new, again, person)
        token = codes.new_token()
        await self._store.change(
            proofs.change_password,
            id=person.id,
            password=await self._entrance.passwords.hash(chosen),
            token_hash=codes.hash_of(token),
            origin=origin,
            by=self._entrance.by(person, origin),
        )
        return token

    async def make_recovery_codes(self, present: Present, origin: Origin) -> tuple[str, ...]:
        """New ones; the old ones no longer count."""
        made = codes.new_recovery_codes()
        by = self._entrance.by(present.person, origin)
        await self._store.change(
            proofs.make_recovery_codes, id=present.person.id, hashes=_hashes(made), by=by
        )
        return made

    async def add(self, name: str, shown: str, role: Role, by: changes.By) -> tuple[Person, str]:
        """A new account and the token of its link. Raises BadName, BadShownName and NameTaken."""
        token, link = new_link(by)
        name, shown = clean_name(name), clean_shown(shown)
        person = await self._store.change(changes.add, name=name, shown=shown, role=role, link=link, by=by)
        return person, token

    async def reset(self, name: str, by: changes.By) -> tuple[Person, str]:
        """Forget how an account is proved. Returns the token of a new link."""
        token, link = new_link(by)
        person = await self._store.change(changes.reset, name=name, link=link, by=by)
        return person, token


def new_link(by: changes.By) -> tuple[str, changes.SetupLink]:
    """The token of a link for setting up, and what is kept of it."""
    token = codes.new_token()
    return token, changes.SetupLink(codes.hash_of(token), by.now + LINK_HOLDS)


def _chosen(password: str, again: str, person: Person) -> str:
    if password != again:
        raise PasswordsDiffer
    return clean_password(password, name=person.name)


def _hashes(made: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(codes.hash_of(codes.clean(code)) for code in made)
