"""Take a conversation out of the log and add it to the conversation tests, without what points to a person."""

import argparse
import json
import os
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, NoReturn

from knowledge import redaction
from scripts.lib import environments
from scripts.lib.environments import ROOT
from scripts.lib.facts_command import in_japanese
from scripts.lib.house import DEFAULT_DATA
from scripts.lib.steps import Trouble

FOLDER = ROOT / "tests" / "conversations"
DEFAULT_FILE = FOLDER / "from_the_log.yml"
DATABASE = "madoguchi.sqlite"
HEADER = "# Taken from the log: what visitors really wrote, with numbers and addresses masked.\n"
NAME_LENGTH = 12  # characters of the first message

HELP = f"""\
使い方: scripts/add-conversation 会話のid [--name 名前] [--data-dir フォルダ] [--to ファイル.yml] [--dry-run]

記録にある会話を一つ、会話テストとして tests/conversations/ に書き足します。
電話番号、メールアドレス、トークンのあるURL、長い番号、郵便番号、番地は〇〇に置きかえます。
人や会社の名前は、形でわかるもの(田中さん、株式会社〇〇)だけを置きかえます。コミットの前に読んで、残りを消してください。
first、asks、ends は、ボットがその時に報告したままです。asks は最後のメッセージにだけ書きます
(途中で何を尋ねていたかは、記録に残りません)。

    --name 名前          テストの名前(書かなければ「記録より」と最初のメッセージの{NAME_LENGTH}文字)
    --data-dir フォルダ  記録のあるフォルダ(書かなければ var/)
    --to ファイル.yml    書き足すファイル(書かなければ tests/conversations/{DEFAULT_FILE.name})
    --dry-run            書き足さず、書くはずの内容を標準出力に示します

終了コード: 0 は正常、2 は書き方の誤り、3 は id がない、4 は記録がない、5 はボットの答えた
メッセージがない、6 は名前がすでにある、7 はファイルに書けない、1 はそのほかの誤り。
"""
USAGE, UNKNOWN, NO_LOG, NOTHING_SAID, NAME_TAKEN, NOT_WRITABLE = range(2, 8)

LEFT_OUT = {
    "by_staff": "担当者が受けたので、入れていません。",
    "by_fallback": "ボットが黙っていて定型の案内だけが出たので、入れていません。",
    "unanswered": "まだ答えがないので、入れていません。",
}

NO_QUESTION = '""'
# What YAML would take for something else than these very words.
_MEANS_MORE = re.compile(
    r"""[\s\-?:,\[\]{}#&*!|>'"%@`=~]|[\x00-\x7f]*$|.*(:\s|\s\#|[:\s]$|[\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff])""",
    re.DOTALL,
)
_UNPRINTABLE = re.compile("[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")
_NAME = re.compile(r"^\s*-\s+name:[ ]*(?P<name>\S.*?)[ ]*$", re.MULTILINE)


class Refused(Trouble):
    """A trouble with an exit code of its own."""

    def __init__(self, code: int, sentence: str) -> None:
        super().__init__(sentence)
        self.code = code


class Parser(argparse.ArgumentParser):
    """An argparse that speaks Japanese."""

    def format_help(self) -> str:
        return HELP

    def error(self, message: str) -> NoReturn:
        said = in_japanese(message)
        raise Refused(USAGE, f"{said}使い方は scripts/add-conversation --help で見られます。")


def parser() -> Parser:
    arguments = Parser(prog="scripts/add-conversation", allow_abbrev=False)
    arguments.add_argument("conversation", metavar="会話のid")
    arguments.add_argument("--name", type=_one_line)
    arguments.add_argument("--data-dir", type=Path, default=DEFAULT_DATA)
    arguments.add_argument("--to", type=_target, default=DEFAULT_FILE)
    arguments.add_argument("--dry-run", action="store_true")
    return arguments


def _one_line(text: str) -> str:
    if not text.strip() or not text.isprintable():
        raise argparse.ArgumentTypeError("--name には一行の名前を書いてください。")
    return text.strip()


def _target(text: str) -> Path:
    """A bare file name stands in tests/conversations/."""
    if not text.endswith(".yml"):
        raise argparse.ArgumentTypeError("--to には .yml で終わるファイルを書いてください。")
    return FOLDER / text if Path(text).name == text else Path(text)


def masked(text: str, found: "Counter[str]") -> str:
    """The text with a plain stand-in for what points to a person; kinds are counted in `found`."""
    found.update(span.kind.value for span in redaction.find(text))
    return redaction.masked(text)


def scalar(text: str) -> str:
    """The text as YAML, bare where that is safe, as one would write it by hand."""
    if not _MEANS_MORE.match(text):
        return text
    written = json.dumps(text, ensure_ascii=False)
    return _UNPRINTABLE.sub(lambda match: f"\\u{ord(match[0]):04x}", written)


def entry(name: str, turns: Iterable[Mapping[str, str | None]], ends: Mapping[str, Any]) -> str:
    """The conversation in the style of the tests that are written by hand."""
    lines = [f"- name: {scalar(name)}", "  turns:"]
    for turn in turns:
        lines.append(f"    - say: {scalar(turn['say'] or '')}")
        if turn["first"]:
            lines.append(f"      first: {scalar(turn['first'])}")
        if turn["asks"] is not None:
            lines.append(f"      asks: {turn['asks'] or NO_QUESTION}")
    known = ", ".join(f"{key}: {_flow(value)}" for key, value in ends.items())
    return "\n".join([*lines, f"  ends: {{{known}}}", ""])


def _flow(value: object) -> str:
    if value is None:
        return "null"
    if isinstance(value, bool):
        return str(value).lower()
    return f"[{', '.join(map(str, value))}]" if isinstance(value, list) else str(value)


def names(folder: Path) -> set[str]:
    """The names of the conversation tests that are there."""
    return {
        _bare(match["name"]) for file in sorted(folder.glob("*.yml")) for match in _NAME.finditer(_read(file))
    }


def _bare(written: str) -> str:
    if written.startswith('"'):
        return str(json.JSONDecoder().raw_decode(written)[0])
    if written.startswith("'"):
        return re.sub(r"^'((?:[^']|'')*)'.*$", r"\1", written).replace("''", "'")
    return re.sub(r"\s+#.*$", "", written)


def _read(file: Path) -> str:
    try:
        return file.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise Refused(
            NOT_WRITABLE, f"{file} を読めません。UTF-8のファイルで、読む権限があるか確かめてください。"
        ) from error


def free_name(wanted: str | None, first: str, taken: set[str]) -> str:
    """The wanted name, or one made of the first message, with a number if that is taken.

    Raises:
        Refused: the wanted name is taken.
    """
    if wanted:
        if wanted in taken:
            raise Refused(
                NAME_TAKEN,
                f"「{wanted}」という名前の会話テストはもうあります。--name に別の名前を書いてください。",
            )
        return wanted
    name = f"記録より {' '.join(first.split())[:NAME_LENGTH].strip()}"
    numbered = (name if number == 1 else f"{name} {number}" for number in range(1, len(taken) + 2))
    return next(each for each in numbered if each not in taken)


def append(file: Path, text: str) -> int:
    """Put the text at the end of the file, which is made if missing. Returns the line at which it begins.

    Raises:
        Refused: the file cannot be written, or holds something else than conversations.
    """
    before = _read(file) if file.exists() else HEADER
    content = [line for line in before.splitlines() if line.strip() and not line.startswith("#")]
    if content and not content[0].startswith("- "):
        raise Refused(
            NOT_WRITABLE,
            f"{file} は「- name:」が並ぶ形ではないので、書き足せません。--to に別のファイルを書いてください。",
        )
    end = "" if before.endswith("\n") else "\n"
    gap = f"{end}\n" if content and not before.endswith("\n\n") else end
    try:
        with file.open("a", encoding="utf-8") as opened:
            opened.write(f"{'' if opened.tell() else before}{gap}{text}")
    except OSError as error:
        raise Refused(
            NOT_WRITABLE, f"{file} に書けません。フォルダがあり、書く権限があるか確かめてください。"
        ) from error
    return f"{before}{gap}".count("\n") + 1


def transcript(folder: Path, conversation: str) -> dict[str, Any]:
    """The conversation as api/conversations/transcript.py reads it out of the log; the gateway may be running."""
    environments.prepare("api")
    log = folder / DATABASE
    result = subprocess.run(
        [environments.python("api"), "-m", "api.conversations.transcript", log.resolve(), conversation],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        check=False,
    )
    _check(result.returncode, log, conversation)
    found: dict[str, Any] = json.loads(result.stdout)
    return found


def _check(status: int, log: Path, conversation: str) -> None:
    if status == NO_LOG:
        raise Refused(
            NO_LOG, f"{log} に会話の記録がありません。記録のあるフォルダを --data-dir に書いてください。"
        )
    if status == UNKNOWN:
        raise Refused(
            UNKNOWN, f"「{conversation}」という id の会話は記録にありません。id を確かめてください。"
        )
    if status == NOTHING_SAID:
        raise Refused(
            NOTHING_SAID,
            "この会話には、ボットが答えた相談者のメッセージがありません。別の会話を選んでください。",
        )
    if status:
        raise Trouble("記録を読めませんでした。上に出た理由を確かめてください。")


def _tell(sentence: str) -> None:
    print(sentence, file=sys.stderr)


def _report(found: Mapping[str, Any], hidden: "Counter[str]") -> None:
    """What is not in the test, by number and kind; never the words."""
    for reason, sentence in LEFT_OUT.items():
        if found[reason]:
            _tell(f"! 記録の{'、'.join(map(str, found[reason]))}番のメッセージは、{sentence}")
    kinds = "、".join(f"{kind} {times}件" for kind, times in hidden.items() if times)
    _tell(f"〇〇に置きかえたもの: {kinds or 'なし'}")


def main(arguments: Sequence[str]) -> None:
    asked = parser().parse_args(arguments)
    found = transcript(asked.data_dir, asked.conversation)
    hidden: Counter[str] = Counter()
    turns = [{**turn, "say": masked(turn["say"], hidden)} for turn in found["turns"]]
    taken = names(FOLDER) | names(asked.to.parent)
    text = entry(free_name(asked.name, turns[0]["say"], taken), turns, found["ends"])
    if asked.dry_run:
        print(text, end="")
        _report(found, hidden)
        return
    line = append(asked.to, text)
    _report(found, hidden)
    _tell(f"✓ {_shown(asked.to)}:{line} に書き足しました。")
    _tell("コミットの前に読み、人や店の名前が残っていれば消し、first、asks、ends の誤りを直してください。")


def _shown(file: Path) -> str:
    return str(file.relative_to(ROOT)) if file.is_relative_to(ROOT) else str(file)


if __name__ == "__main__":
    main(sys.argv[1:])
