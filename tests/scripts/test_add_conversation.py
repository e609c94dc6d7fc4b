"""A conversation of the log becomes a conversation test, and nothing in it points to a person."""

import asyncio
import os
import subprocess
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import yaml  # type: ignore[import-untyped, unused-ignore]

from api.bot import Answer, Referral, Reply, Understood
from api.conversations.channel import Inbound
from api.conversations.store import Store
from api.db import Database
from scripts.lib import add_conversation
from scripts.lib.add_conversation import DEFAULT_FILE, append, entry, free_name, masked, names
from scripts.lib.environments import ROOT
from scripts.lib.steps import Trouble
from tests.acceptance import conversations as tests

NOW = datetime(2026, 11, 24, 10, 0, tzinfo=UTC)
SAID = "板橋の食堂です。電話は03-1234-5678、客が来ません"
ANSWER = Answer(
    message="m",
    replies=(Reply(text="はい"),),
    understood=Understood(kind="topic", intent="sales_decline"),
    slots={
        "municipality": "板橋区",
        "topics": ["sales_decline"],
        "urgent": False,
        "handoff": None,
        "asking": "",
        "offered": ["tokyo-cci-itabashi"],
    },
    referral=Referral(("tokyo-cci-itabashi",), "身近だからです。", "S4"),
)


async def keep(database: Database, *, is_answered: bool) -> str:
    """A conversation in the log. Returns its id."""
    store = Store(database)
    inbound = Inbound("test", f"visitor-{is_answered}", "e1", SAID)
    kept = await store.append(inbound, Reply(text="こんにちは"), now=NOW)
    if is_answered:
        turn = await store.take_turn(kept.conversation, now=NOW, lease=timedelta(minutes=1))
        assert turn
        await store.finish_turn(turn, ANSWER, now=NOW)
    return kept.conversation


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    """A log that is in use, as when the gateway runs."""
    database = Database(f"sqlite:///{tmp_path}/madoguchi.sqlite")
    database.open()
    yield database
    database.close()


@pytest.fixture
def conversation(database: Database) -> str:
    return asyncio.run(keep(database, is_answered=True))


def refused(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str]:
    """Exit code and sentence of a command that cannot be done."""
    with pytest.raises(Trouble) as ended:
        add_conversation.main(arguments)
    said = capsys.readouterr()
    assert said.out == ""
    assert isinstance(ended.value.code, int)
    return ended.value.code, said.err


@pytest.mark.parametrize(
    "text",
    [
        "従業員12人", "100万円", "2026年", "2026-11-22", "2025-2026年", "3,000,000円", "5000000円の借金",
        "社員2-3人", "9-17時", "110番と119番", "2番", "24時間365日", "口座に5000万円しかない", "前年比2-3割",
        "令和8年4月1日", "65歳", "https://example.jp/", "①と②",
    ],
)  # fmt: skip
def test_ordinary_numbers_stay(text: str) -> None:
    found: Counter[str] = Counter()

    assert masked(text, found) == text
    assert found.total() == 0


@pytest.mark.parametrize(
    ("text", "left", "kind"),
    [
        ("電話は03-1234-5678です", "電話は〇〇です", "電話番号"),
        ("０９０－１２３４－５６７８", "〇〇", "電話番号"),
        ("09012345678まで", "〇〇まで", "電話番号"),
        ("03(1234)5678", "〇〇", "電話番号"),
        ("+81-90-1234-5678", "〇〇", "電話番号"),
        ("090の1234の5678", "〇〇", "電話番号"),
        ("3251-7881に", "〇〇に", "電話番号"),
        ("メールはtaro.y@example.co.jpです", "メールは〇〇です", "メールアドレス"),
        ("https://example.jp/a?token=abcを見て", "〇〇を見て", "URL"),
        ("https://example.jp/reset/a8f3k2l9d0e1f2を", "〇〇を", "URL"),
        ("〒173-0004板橋区", "〇〇板橋区", "郵便番号"),
        ("173-0004です", "〇〇です", "郵便番号"),
        ("マイナンバー1234 5678 9012", "マイナンバー〇〇", "長い番号"),
        ("123456789012", "〇〇", "長い番号"),
        ("T1234567890123", "〇〇", "長い番号"),
        ("口座は普通 012345", "口座は普通 〇〇", "長い番号"),
        ("暗証番号は1234", "暗証番号は〇〇", "長い番号"),
        ("板橋3丁目2番1号の店", "板橋〇〇の店", "番地"),
        ("千住三丁目五番地", "千住〇〇", "番地"),
        ("立石1-2-3です", "立石〇〇です", "番地"),
        ("銀座３－２です", "銀座〇〇です", "番地"),
        ("新宿2丁目3-4 501号室", "新宿〇〇 〇〇", "番地"),
    ],
)
def test_what_points_to_a_person_is_masked(text: str, left: str, kind: str) -> None:
    found: Counter[str] = Counter()

    assert masked(text, found) == left
    assert {name for name, times in found.items() if times} == {kind}


@pytest.mark.parametrize(
    "text",
    [
        "ふつうの文です", "2", "yes", "- 一", "理由: 不明", "最後は:", "a # b", "客 # 注", "「はい」", '"引用"', "'", "一\n二",
        "[一]", "{二}", "#三", "@四", "%", " 空白 ", "タブ\tです", "絵文字😀です", "～です\u2028次", "2026-11-22", "null", "~", "\\",
        "？", "*強調*", "&", "!", "|", ">", "はい\uffffいいえ",
    ],
)  # fmt: skip
def test_whatever_was_written_is_read_back_as_it_was(text: str) -> None:
    said = yaml.safe_load(entry(text, [{"say": text, "first": None, "asks": None}], {"handoff": True}))

    assert said == [{"name": text, "turns": [{"say": text}], "ends": {"handoff": True}}]


def test_a_test_is_written_as_one_would_by_hand() -> None:
    turns = [{"say": "客が来ません", "first": "取引かけこみ寺", "asks": "place"}]

    assert entry("食堂", turns, {"topics": ["cyber"], "urgent": True}) == (
        "- name: 食堂\n  turns:\n    - say: 客が来ません\n      first: 取引かけこみ寺\n      asks: place\n"
        "  ends: {topics: [cyber], urgent: true}\n"
    )


def test_nothing_open_and_nothing_known_are_expectations_too() -> None:
    written = entry(
        "食堂", [{"say": "はい", "first": None, "asks": ""}], {"municipality": None, "topics": []}
    )

    assert yaml.safe_load(written) == [
        {
            "name": "食堂",
            "turns": [{"say": "はい", "asks": ""}],
            "ends": {"municipality": None, "topics": []},
        }
    ]


@pytest.mark.parametrize(
    "before", ["# 注\n- name: 前  # 残す\n  turns: []", "# 注\n- name: 前\n  turns: []\n\n"]
)
def test_what_stands_in_the_file_is_not_touched(tmp_path: Path, before: str) -> None:
    file = tmp_path / "some.yml"
    file.write_text(before, "utf-8")

    line = append(file, entry("後", [], {"handoff": False}))

    after = file.read_text("utf-8")
    assert after.startswith(before)
    assert after.splitlines()[line - 1] == "- name: 後"
    assert [each["name"] for each in yaml.safe_load(after)] == ["前", "後"]


def test_the_names_that_are_there_are_found_however_they_are_written(tmp_path: Path) -> None:
    written = "- name: 一  # S1\n- name: \"二 # 三\"  # 注\n- name: '四''五'\n"
    (tmp_path / "some.yml").write_text(written, "utf-8")

    assert names(tmp_path) == {"一", "二 # 三", "四'五"}
    assert names(DEFAULT_FILE.parent) == {each.name for each in tests.conversations()}


def test_a_name_is_made_of_the_first_words_and_numbered_when_taken() -> None:
    first = "板橋で食堂を\nやっています。客が来ません"

    name = free_name(None, first, set())

    assert name == "記録より 板橋で食堂を やっていま"
    assert free_name(None, first, {name, f"{name} 2"}) == f"{name} 3"


def test_the_command_adds_a_test_that_the_loader_takes(
    database: Database, conversation: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "from_the_log.yml"
    script = str(ROOT / "scripts" / "add-conversation")
    command = [script, conversation, "--data-dir", str(tmp_path), "--to", str(file)]

    done = [subprocess.run(command, capture_output=True, text=True, timeout=120) for _ in range(2)]

    assert [(each.returncode, each.stdout) for each in done] == [(0, ""), (0, "")]
    assert "電話番号 1件" in done[0].stderr
    assert f"{file}:2 " in done[0].stderr
    assert "食堂" not in done[0].stderr
    monkeypatch.setattr(tests, "FOLDER", tmp_path)
    first, second = tests.conversations.__wrapped__()
    assert (first.name, second.name) == (
        "記録より 板橋の食堂です。電話は〇",
        "記録より 板橋の食堂です。電話は〇 2",
    )
    assert first.turns == (
        {"say": "板橋の食堂です。電話は〇〇、客が来ません", "first": "東京商工会議所 板橋支部", "asks": ""},
    )
    assert first.ends == {
        "municipality": "板橋区",
        "topics": ["sales_decline"],
        "urgent": False,
        "handoff": False,
    }


def test_a_dry_run_shows_the_test_and_writes_nothing(
    database: Database, conversation: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "new.yml"

    add_conversation.main(
        [conversation, "--data-dir", str(tmp_path), "--to", str(file), "--dry-run", "--name", "新しい名前"]
    )

    assert yaml.safe_load(capsys.readouterr().out)[0]["name"] == "新しい名前"
    assert not file.exists()


def test_an_unknown_conversation_is_refused(
    database: Database, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, said = refused(capsys, "nobody", "--data-dir", str(tmp_path))

    assert (code, said) == (3, "✗ 「nobody」という id の会話は記録にありません。id を確かめてください。\n")


@pytest.mark.parametrize("content", [None, b"no database, but long enough to be looked at" * 30])
def test_a_folder_without_a_log_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], content: bytes | None
) -> None:
    if content:
        (tmp_path / "madoguchi.sqlite").write_bytes(content)

    code, said = refused(capsys, "nobody", "--data-dir", str(tmp_path))

    assert code == 4
    assert "会話の記録がありません" in said


def test_a_conversation_in_which_the_bot_answered_nothing_is_refused(
    database: Database, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    waiting = asyncio.run(keep(database, is_answered=False))

    code, said = refused(capsys, waiting, "--data-dir", str(tmp_path))

    assert code == 5
    assert "メッセージがありません" in said


def test_a_name_that_is_taken_is_refused(
    database: Database, conversation: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    taken = tests.conversations()[0].name

    code, said = refused(capsys, conversation, "--data-dir", str(tmp_path), "--name", taken)

    assert code == 6
    assert "もうあります" in said


@pytest.mark.parametrize("place", ["missing/some.yml", "folder.yml", "other.yml"])
def test_a_file_that_cannot_take_it_is_refused(
    database: Database, conversation: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], place: str
) -> None:
    (tmp_path / "other.yml").write_text("name: 一つだけ\n", "utf-8")
    target = tmp_path / place
    if place == "folder.yml":
        target = tmp_path / "folder.yml"
        target.symlink_to(tmp_path / "nowhere" / "file.yml")

    code, _ = refused(capsys, conversation, "--data-dir", str(tmp_path), "--to", str(target))

    assert code == 7
    assert (tmp_path / "other.yml").read_text("utf-8") == "name: 一つだけ\n"


@pytest.mark.parametrize(
    "arguments", [[], ["id", "--to", "file.txt"], ["id", "--name", " "], ["id", "--wrong"]]
)
def test_a_mistyped_command_is_refused(capsys: pytest.CaptureFixture[str], arguments: list[str]) -> None:
    code, said = refused(capsys, *arguments)

    assert code == 2
    assert said.startswith("✗ ")
    assert "--help" in said


def test_the_command_can_be_run() -> None:
    assert os.access(ROOT / "scripts" / "add-conversation", os.X_OK)
