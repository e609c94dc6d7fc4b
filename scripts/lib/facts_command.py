"""What the staff who edit the fact tables type: scripts/facts, with card, stale or diff."""

import argparse
import re
import sys
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, timedelta, timezone
from typing import NoReturn

from knowledge.facts import FOLDER, FactError
from knowledge.freshness import FRESH
from scripts.lib import facts_card, facts_check, facts_diff, facts_stale, facts_versions
from scripts.lib.facts_tables import read_all
from scripts.lib.steps import Trouble

HELP = """\
使い方: scripts/facts [card | stale | diff] …

knowledge/facts/ の表(CSV)を確かめます。表を書きかえることはありません。

scripts/facts
    すべての表を読みます。誤りがあれば、ファイル、行、直し方を示します。

scripts/facts card 窓口…
    窓口カードを、相談者に見えるとおりに示します。
    窓口は id、名前、略称、名前の一部のどれでも書けます。

scripts/facts stale
    期限の切れた行、確認の古い行、まだ始まっていない行、確認日のない行を並べます。
    --days 日数          この日数より前の確認を「古い」とします(書かなければ 365)
    --today 年-月-日     この日を今日とみなします(書かなければ本当の今日)
    --all                確認日のない行も省かずに並べます(書かなければ表ごとに10行)

scripts/facts diff 前 [後]
    二つの版の違いを言葉で示します。
    「前」と「後」は、CSV のあるフォルダか、git の版(HEAD、main、v1.0 など)です。
    「後」を書かなければ、今の表と比べます。

終了コード: 0 は正常、1 は誤りがあるか見つからないとき、2 は書き方の誤りか、窓口が一つに決まらないとき。
"""
# What argparse says, and how we say it.
WORDINGS = (
    (r"argument .*: invalid choice: '(.*?)' .*", "「{}」という使い方はありません。"),
    (r"unrecognized arguments: (.*)", "「{}」の意味が分かりません。"),
    (r"the following arguments are required: (.*)", "「{}」を書いてください。"),
    (r"argument (.*): expected .*", "{} のあとに値を書いてください。"),
    (r"argument (.*): ignored explicit argument .*", "{} に値は要りません。"),
    (r"argument .*?: (.*)", "{}"),
)
# By the clock alone: a bare machine may have no time zone data.
TOKYO = timezone(timedelta(hours=9))
LONGEST_DAYS = 36_500


class Parser(argparse.ArgumentParser):
    """An argparse that speaks Japanese, and has one page of help for all."""

    def format_help(self) -> str:
        return HELP

    def error(self, message: str) -> NoReturn:
        self.exit(2, f"✗ {in_japanese(message)}使い方は scripts/facts --help で見られます。\n")


def in_japanese(message: str) -> str:
    """argparse's complaint as a sentence."""
    for pattern, wording in WORDINGS:
        match = re.fullmatch(pattern, message, re.DOTALL)
        if match:
            return wording.format(match[1])
    return "書き方が違います。"


def parser() -> Parser:
    """The arguments; no command means: check."""
    whole = Parser(prog="scripts/facts", allow_abbrev=False)
    commands = whole.add_subparsers(dest="command")
    card = commands.add_parser("card", allow_abbrev=False)
    card.add_argument("desks", nargs="+", metavar="窓口")
    stale = commands.add_parser("stale", allow_abbrev=False)
    stale.add_argument("--days", type=_days, default=FRESH.days)
    stale.add_argument("--today", type=_day, default=None)
    stale.add_argument("--all", action="store_true")
    diff = commands.add_parser("diff", allow_abbrev=False)
    diff.add_argument("old", metavar="前")
    diff.add_argument("new", nargs="?", metavar="後")
    return whole


def _days(text: str) -> int:
    if not re.fullmatch(r"[0-9]{1,5}", text) or int(text) > LONGEST_DAYS:
        raise argparse.ArgumentTypeError(f"--days には0から{LONGEST_DAYS}までの数を書いてください。")
    return int(text)


def _day(text: str) -> date:
    try:
        return datetime.strptime(text, "%Y-%m-%d").date()
    except ValueError as error:
        raise argparse.ArgumentTypeError("--today には 2026-11-30 のように日付を書いてください。") from error


def _now() -> datetime:
    return datetime.now(TOKYO)


def _check(asked: argparse.Namespace) -> list[str]:
    return facts_check.report(FOLDER)


def _card(asked: argparse.Namespace) -> list[str]:
    return facts_card.report(asked.desks, now=_now())


def _stale(asked: argparse.Namespace) -> list[str]:
    today = asked.today or _now().date()
    return facts_stale.report(read_all(FOLDER), today=today, days=asked.days, is_complete=asked.all)


def _diff(asked: argparse.Namespace) -> list[str]:
    old = facts_versions.read(asked.old)
    new = facts_versions.read(asked.new) if asked.new else read_all(FOLDER)
    return facts_diff.report(old, new)


COMMANDS: Mapping[str | None, Callable[[argparse.Namespace], list[str]]] = {
    None: _check,
    "card": _card,
    "stale": _stale,
    "diff": _diff,
}


def main(arguments: Sequence[str]) -> None:
    # 「scripts/facts --stale」 is taken too, wherever the word stands.
    if "--stale" in arguments:
        arguments = ["stale", *(argument for argument in arguments if argument != "--stale")]
    asked = parser().parse_args(arguments)
    try:
        lines = COMMANDS[asked.command](asked)
    except FactError as fault:
        raise Trouble(str(fault)) from fault
    print("\n".join(lines))


if __name__ == "__main__":
    main(sys.argv[1:])
