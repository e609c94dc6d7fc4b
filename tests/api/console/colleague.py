"""A member of staff before a browser: reads pages, sends their forms, has an authenticator."""

import re
from datetime import datetime, timedelta
from types import TracebackType

import httpx2
import pyotp
from fastapi import FastAPI

from api.console.door import Door
from api.staff.roles import Role
from api.staff.store import changes

PASSWORD = "池に浮かぶ月と七つの青い傘"
BASE = "http://127.0.0.1:8000"


class Watch:
    """A clock that somebody turns."""

    def __init__(self, now: datetime) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def turn(self, **by: float) -> None:
        self.now += timedelta(**by)


class Colleague:
    """One browser. It sends what browsers send with a form of the page that was read last."""

    def __init__(self, app: FastAPI, door: Door, watch: Watch, *, base: str = BASE) -> None:
        self._door = door
        self._watch = watch
        self.client = httpx2.AsyncClient(base_url=base, transport=httpx2.ASGITransport(app))
        self.secret = ""
        self.recovery_codes: list[str] = []
        self.form_token = ""

    async def __aenter__(self) -> "Colleague":
        await self.client.__aenter__()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.client.__aexit__(kind, error, trace)

    async def read(self, path: str) -> httpx2.Response:
        return self._seen(await self.client.get(path))

    async def send(self, path: str, *, site: str = "same-origin", **fields: str) -> httpx2.Response:
        form = {"form_token": self.form_token, **fields}
        return self._seen(await self.client.post(path, data=form, headers={"Sec-Fetch-Site": site}))

    async def follow(self, response: httpx2.Response) -> httpx2.Response:
        return await self.read(response.headers["location"])

    def code(self) -> str:
        """What the authenticator shows now. Each is good for one time: the next one comes half a minute later."""
        self._watch.turn(seconds=30)
        return pyotp.TOTP(self.secret).at(self._watch.now)

    async def link(self, name: str, *, role: str) -> str:
        """Made as on the command line; the path of the link."""
        by = changes.By(self._watch.now)
        _, token = await self._door.setup.add(name, name.title(), Role(role), by)
        return f"/staff/setup/{token}"

    async def arrive(self, name: str, *, role: str) -> None:
        """Set everything up, and be inside."""
        link = await self.link(name, role=role)
        await self.set_up(link)
        await self.read("/staff/me")

    async def set_up(self, link: str) -> httpx2.Response:
        await self.follow(await self.send(link, password=PASSWORD, again=PASSWORD))
        return await self.confirm("/staff/setup")

    async def confirm(self, path: str) -> httpx2.Response:
        """Register the authenticator whose secret the page shows."""
        shown = await self.read(path)
        self.secret = re.findall(r'class="code key">([A-Z2-7 ]+)<', shown.text)[0].replace(" ", "")
        done = await self.send(path, code=self.code())
        self.recovery_codes = re.findall(r'<li class="code">([^<]+)<', done.text)
        return done

    async def log_in(
        self, name: str = "sato", password: str = PASSWORD, to: str = "/staff/me"
    ) -> httpx2.Response:
        knocked = await self.send("/staff/login", name=name, password=password, to=to)
        await self.follow(knocked)
        entered = await self.send("/staff/login/code", code=self.code(), to=to)
        await self.read("/staff/me")
        return entered

    async def prove(self, to: str = "/staff/people") -> httpx2.Response:
        await self.read(f"/staff/again?to={to}")
        return await self.send("/staff/again", password=PASSWORD, to=to)

    def _seen(self, response: httpx2.Response) -> httpx2.Response:
        if found := re.search(r'name="form_token" value="([0-9a-f]+)"', response.text):
            self.form_token = found[1]
        return response
