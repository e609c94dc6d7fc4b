"""What was done, by whom and why. The rows are chained, so that one that is missing or changed shows."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import KW_ONLY, dataclass
from datetime import UTC, datetime
from hashlib import sha256
from types import MappingProxyType

LONGEST_WHAT, LONGEST_WHY = 200, 500
START = ""  # the chain before the first row

# What each act is called. Those of other parts of the console are added here.
TITLES: Mapping[str, str] = MappingProxyType(
    {
        "login": "ログイン",
        "login_failed": "ログイン失敗",
        "logout": "ログアウト",
        "recovery_used": "回復コード使用",
        "setup": "初期設定",
        "password": "パスワード変更",
        "authenticator": "認証アプリ変更",
        "recovery_made": "回復コード作成",
        "session_ended": "セッション終了",
        "person_added": "アカウント追加",
        "person_shown": "表示名変更",
        "person_role": "役割変更",
        "person_disabled": "アカウント停止",
        "person_enabled": "アカウント再開",
        "person_reset": "アカウント再設定",
        "audit_read": "監査記録の閲覧",
        "audit_exported": "監査記録の出力",
        "denied": "権限なし",
    }
)


@dataclass(frozen=True)
class Entry:
    """Something to be noted. Nothing that a visitor wrote may stand in it.

    `person` is an id, None for the command line and for a stranger; `what` says it in our own words and ids, `why` in
    those of the person who did it.
    """

    act: str
    what: str = ""
    _: KW_ONLY
    person: int | None = None
    conversation: str | None = None
    why: str | None = None
    address: str | None = None


@dataclass(frozen=True)
class Row:
    """An entry as it was noted. `name` and `shown` are the person's."""

    id: int
    at: datetime
    entry: Entry
    chain: str
    name: str | None = None
    shown: str | None = None


@dataclass(frozen=True)
class Filter:
    """Which rows are looked for. `since` and `before` are moments, `until_id` leaves out this row and later ones."""

    person: int | None = None
    act: str | None = None
    conversation: str | None = None
    since: datetime | None = None
    before: datetime | None = None
    until_id: int | None = None


@dataclass(frozen=True)
class Verdict:
    """Whether the record is whole: the first row that is not as it was noted, if any, and where the chain ends."""

    rows: int
    broken_at: int | None
    end: str

    @property
    def is_whole(self) -> bool:
        return self.broken_at is None


def linked(before: str, id: int, at: datetime, entry: Entry) -> str:
    """The chain after this row, given the chain before it."""
    parts = (id, at.astimezone(UTC).isoformat(), entry.person, entry.act, entry.conversation)
    told = json.dumps([before, *parts, entry.what, entry.why, entry.address], ensure_ascii=False)
    return sha256(told.encode()).hexdigest()


def verify(rows: Iterable[Row], *, last: int, chain: str) -> Verdict:
    """Follow the chain from the first row. `last` and `chain` are its end as it was noted beside the rows."""
    before, number = START, 0
    for row in rows:
        if row.id != number + 1 or linked(before, row.id, row.at, row.entry) != row.chain:
            return Verdict(number, number + 1, before)
        before, number = row.chain, row.id
    is_end = (number, before) == (last, chain)
    return Verdict(number, None if is_end else number + 1, before)
