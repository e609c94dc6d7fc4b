"""What an operator types to set up a LINE official account: scripts/line-setup."""

import argparse
import json
import os
import sys
from collections.abc import Mapping, Sequence

from scripts.lib.environments import ROOT
from scripts.lib.line_account import Account, NotThere
from scripts.lib.steps import Trouble

HELP = """\
使い方: scripts/line-setup [--check]

LINE 公式アカウントに、メニュー(リッチメニュー)を入れ、Webhook を確かめます。
何度実行しても同じ結果になります。前に入れたメニューは、新しいものに入れ替わります。

    --check    何も変えずに、今の設定を調べるだけ

環境変数
    LINE_CHANNEL_SECRET         チャネルシークレット(必要)
    LINE_CHANNEL_ACCESS_TOKEN   チャネルアクセストークン(必要)
    PUBLIC_URL                  窓口を外から開くアドレス。あれば、Webhook の宛先をここに変えます

終了コード: 0 は正常、1 は直すところがあるとき、2 は書き方の誤り。
くわしくは docs/ja/line.md を読んでください。
"""
FOLDER = ROOT / "api" / "channels"
WEBHOOK = "/webhooks/line"


def main(arguments: Sequence[str], environ: Mapping[str, str] = os.environ) -> None:
    if "--help" in arguments or "-h" in arguments:
        print(HELP, end="")
        return
    is_check = _is_check(arguments)
    account = Account.of(environ)
    print(f"✓ アカウント「{account.name()}」につながりました。")
    if not is_check:
        _install_menu(account)
        _set_webhook(account, environ.get("PUBLIC_URL"))
    _check_menu(account)
    _check_webhook(account)


def _is_check(arguments: Sequence[str]) -> bool:
    parser = argparse.ArgumentParser(prog="scripts/line-setup", allow_abbrev=False, add_help=False)
    parser.add_argument("--check", action="store_true")
    asked, others = parser.parse_known_args(arguments)
    if others:
        print(f"✗ 「{others[0]}」の意味が分かりません。使い方は --help で見られます。", file=sys.stderr)
        raise SystemExit(2)
    return bool(asked.check)


def _install_menu(account: Account) -> None:
    """Show the new menu before the old ones go: at no moment is there none."""
    menu = json.loads((FOLDER / "line_menu.json").read_text("utf-8"))
    old = account.menus(menu["name"])
    account.show_menu(account.add_menu(menu, (FOLDER / "line_menu.png").read_bytes()))
    for id in old:
        account.delete_menu(id)
    print("✓ メニューを入れました。" + (f"前のメニュー {len(old)} 個を消しました。" if old else ""))


def _set_webhook(account: Account, public: str | None) -> None:
    if not public:
        print("・ PUBLIC_URL がないので、Webhook の宛先は変えませんでした。")
        return
    url = public.rstrip("/") + WEBHOOK
    account.set_webhook(url)
    print(f"✓ Webhook の宛先を {url} にしました。")


def _check_menu(account: Account) -> None:
    menu = json.loads((FOLDER / "line_menu.json").read_text("utf-8"))
    if not account.menus(menu["name"]):
        raise Trouble("メニューがまだ入っていません。--check を付けずに実行してください。")
    print("✓ メニューがあります。")


def _check_webhook(account: Account) -> None:
    try:
        url, is_active = account.webhook()
    except NotThere as error:
        raise Trouble(
            "Webhook の宛先がまだありません。PUBLIC_URL を設定して、もう一度実行してください。"
        ) from error
    if not is_active:
        raise Trouble("Webhook が止まっています。LINE Developers で「Webhookの利用」をオンにしてください。")
    is_good, told = account.try_webhook()
    if not is_good:
        raise Trouble(
            f"LINE から {url} を呼べませんでした（{told}）。"
            "窓口が動いているか、チャネルシークレットが合っているかを確かめてください。"
        )
    print(f"✓ LINE から {url} を呼べました。")


if __name__ == "__main__":
    main(sys.argv[1:])
