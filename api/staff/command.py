"""What scripts/staff does, inside the api environment.

It writes by a short transaction of its own beside a gateway that may be running: the gateway looks accounts and
sessions up at every request, so nothing has to be told to it, and nothing listens for such commands.
"""

import argparse
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from types import MappingProxyType
from typing import Any

from api.config import Settings
from api.db import visiting
from api.errors import BadRole, Trouble
from api.staff.people import Person, clean_name, clean_shown
from api.staff.roles import TITLES, Role
from api.staff.setup import LINK_HOLDS, new_link
from api.staff.store import changes, commanded

HELP = """\
使い方: scripts/staff 命令 [--data-dir フォルダ]

    add 名前 --role 役割 [--shown 表示名]   アカウントを作り、設定用のリンクを一度だけ表示します
    list                                    アカウントの一覧
    role 名前 役割                          役割を変えます
    disable 名前 / enable 名前              止めます / また使えるようにします
    reset 名前                              パスワードと認証アプリを忘れ、新しいリンクを表示します
    audit verify [--kept 番号:照合値]       監査記録が欠けたり書き換えられたりしていないかを調べます

役割は viewer(閲覧者)、counsellor(相談員)、lead(責任者)、admin(管理者)です。
ゲートウェイが動いていても使えます。リンクの先頭は --address か PUBLIC_URL で決まります。
終了コード: 0 は正常、1 はできなかったとき、2 は書き方の誤り。
くわしくは docs/ja/staff-accounts.md を読んでください。
"""
NAMED: Mapping[str, Callable[..., Any]] = MappingProxyType(
    {"disable": changes.disable, "enable": changes.enable}
)
DONE = MappingProxyType({"disable": "停止しました。", "enable": "再開しました。"})


def parser() -> argparse.ArgumentParser:
    everywhere = argparse.ArgumentParser(add_help=False)
    everywhere.add_argument("--data-dir", type=Path)
    everywhere.add_argument("--address")
    top = argparse.ArgumentParser(prog="scripts/staff", add_help=False, parents=[everywhere])
    orders = top.add_subparsers(dest="order", required=True)
    for name, words in {
        "add": ("name",), "list": (), "role": ("name", "role"), "disable": ("name",), "enable": ("name",),
        "reset": ("name",), "audit": ("what",),
    }.items():  # fmt: skip
        order = orders.add_parser(name, add_help=False, allow_abbrev=False)
        for word in words:
            order.add_argument(word, choices=("verify",) if word == "what" else None)
        order.add_argument("--data-dir", type=Path, default=argparse.SUPPRESS)
        order.add_argument("--address", default=argparse.SUPPRESS)
        if name == "add":
            order.add_argument("--role", required=True)
            order.add_argument("--shown")
        if name == "audit":
            order.add_argument("--kept")
    return top


def main(arguments: Sequence[str]) -> None:
    if not arguments or {"-h", "--help"} & set(arguments):
        print(HELP, end="")
        return
    asked = parser().parse_args(arguments)
    settings = Settings.from_environment()
    if asked.data_dir:
        settings = replace(settings, folder=asked.data_dir)
    try:
        ORDERS[asked.order](settings, asked)
    except Trouble as trouble:
        sys.exit(f"✗ {trouble}")


def _add(settings: Settings, asked: argparse.Namespace) -> None:
    by = _by()
    token, link = new_link(by)
    name = clean_name(asked.name)
    person: Person = _run(
        settings, changes.add, name=name, shown=clean_shown(asked.shown or name), role=_role(asked.role), link=link, by=by
    )  # fmt: skip
    print(f"✓ {TITLES[person.role]}「{person.name}」のアカウントを作りました。")
    _tell_link(settings, asked, token)


def _reset(settings: Settings, asked: argparse.Namespace) -> None:
    by = _by()
    token, link = new_link(by)
    person: Person = _run(settings, changes.reset, name=clean_name(asked.name), link=link, by=by)
    print(f"✓ 「{person.name}」の今のパスワードと認証アプリを無効にしました。")
    _tell_link(settings, asked, token)


def _change(settings: Settings, asked: argparse.Namespace) -> None:
    _run(settings, NAMED[asked.order], name=clean_name(asked.name), by=_by())
    print(f"✓ 「{asked.name}」を{DONE[asked.order]}")


def _give_role(settings: Settings, asked: argparse.Namespace) -> None:
    role = _role(asked.role)
    _run(settings, changes.give_role, name=clean_name(asked.name), role=role, by=_by())
    print(f"✓ 「{asked.name}」を{TITLES[role]}にしました。")


def _list(settings: Settings, asked: argparse.Namespace) -> None:
    everybody: list[Person] = _run(settings, commanded.everybody)
    for person in everybody:
        print("\t".join((person.name, person.shown, TITLES[person.role], _state(person))))
    if not everybody:
        print("アカウントはまだありません。scripts/staff add で作ってください。")


def _verify(settings: Settings, asked: argparse.Namespace) -> None:
    verdict = _run(settings, commanded.verify)
    if not verdict.is_whole:
        sys.exit(f"✗ 監査記録の{verdict.broken_at}番が、欠けているか、書き換えられています。")
    if asked.kept and not _is_kept(settings, asked.kept):
        sys.exit(f"✗ 控えの {asked.kept} が、今の監査記録と合いません。")
    print(f"✓ 監査記録 {verdict.rows} 件に、欠けや書き換えはありません。")
    if verdict.rows:
        print(f"次に比べられるように、これを別の場所に控えてください: {verdict.rows}:{verdict.end}")


def _is_kept(settings: Settings, kept: str) -> bool:
    number, _, chain = kept.partition(":")
    return number.isdecimal() and _run(settings, commanded.chain_at, id=int(number)) == chain


ORDERS: Mapping[str, Callable[[Settings, argparse.Namespace], None]] = MappingProxyType(
    {
        "add": _add,
        "list": _list,
        "role": _give_role,
        "disable": _change,
        "enable": _change,
        "reset": _reset,
        "audit": _verify,
    }
)


def _run(settings: Settings, operation: Callable[..., Any], **named: Any) -> Any:
    with visiting(settings.database) as connection:
        return operation(connection, **named)


def _by() -> changes.By:
    return changes.By(datetime.now(UTC))


def _role(given: str) -> Role:
    if given not in list(Role):
        raise BadRole(given=given)
    return Role(given)


def _state(person: Person) -> str:
    if person.is_disabled:
        return "停止中"
    return "利用中" if person.is_ready else "設定待ち"


def _tell_link(settings: Settings, asked: argparse.Namespace, token: str) -> None:
    start = asked.address or settings.public_url or f"http://{settings.host}:{settings.port}"
    hours = int(LINK_HOLDS.total_seconds() // 3600)
    print(f"次のリンクを本人に渡してください。{hours}時間、一度だけ使えます。二度と表示されません。")
    print(f"{start.rstrip('/')}/staff/setup/{token}")


if __name__ == "__main__":
    main(sys.argv[1:])
