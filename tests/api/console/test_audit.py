"""The record on its page: filtered, page by page, as a file."""

import csv
from io import StringIO

import pytest

from api.console.audit import A_PAGE
from api.console.door import Door
from api.staff.audit import Entry
from tests.api.console.colleague import Colleague, Watch


async def test_what_was_done_stands_there_newest_first(admin: Colleague) -> None:
    await admin.send("/staff/people", name="tanaka", shown="田中", role="viewer")
    page = await admin.read("/staff/audit")

    assert page.text.index(">アカウント追加</td>") < page.text.index(">ログイン</td>")
    assert "tanaka viewer" in page.text


async def test_it_is_filtered_by_person_act_conversation_and_day(
    admin: Colleague, door: Door, watch: Watch
) -> None:
    watch.turn(days=-3)
    await door.store.record(Entry("read", "old", conversation="c1", why="引き継ぎ"), now=watch())
    watch.turn(days=3)
    await door.store.record(Entry("read", "new", conversation="c2"), now=watch())

    async def found(query: str) -> set[str]:
        text = (await admin.read(f"/staff/audit?{query}")).text
        return {what for what in ("old", "new") if f"<td>{what}</td>" in text}

    assert await found("act=read") == {"old", "new"}
    assert await found("conversation=c1") == {"old"}
    assert await found("act=read&person=1") == set()
    assert await found("since=2026-11-24") == {"new"}
    assert await found("until=2026-11-21") == {"old"}
    assert (await admin.read("/staff/audit?since=yesterday")).status_code == 422
    assert (await admin.read("/staff/audit.csv?since=yesterday")).status_code == 422


async def test_older_rows_are_one_link_away(admin: Colleague, door: Door, watch: Watch) -> None:
    for number in range(A_PAGE + 5):
        await door.store.record(Entry("read", f"row-{number:03}"), now=watch())
    first = await admin.read("/staff/audit?act=read")
    link = first.text.split('href="/staff/audit?')[1].split('"')[0].replace("&amp;", "&")
    second = await admin.read(f"/staff/audit?{link}")

    assert "row-054" in first.text and "row-004" not in first.text
    assert "row-004" in second.text and "row-005" not in second.text
    assert "もっと古い記録" not in second.text


async def test_a_file_holds_the_rows_and_nothing_that_a_spreadsheet_runs(
    admin: Colleague, door: Door, watch: Watch
) -> None:
    await door.store.record(Entry("read", "x", conversation="c1", why="=HYPERLINK(1)"), now=watch())
    answer = await admin.read("/staff/audit.csv?conversation=c1")
    rows = list(csv.DictReader(StringIO(answer.text.removeprefix("\ufeff"))))

    assert answer.text.startswith("\ufeff")
    assert [(row["会話"], row["理由"]) for row in rows] == [("c1", "'=HYPERLINK(1)")]
    assert 'filename="audit.csv"' in answer.headers["content-disposition"]


@pytest.mark.parametrize(
    ("path", "act"), [("/staff/audit", "監査記録の閲覧"), ("/staff/audit.csv", "監査記録の出力")]
)
async def test_reading_the_record_is_noted_in_it(admin: Colleague, path: str, act: str) -> None:
    await admin.read(f"{path}?conversation=c9")

    assert f">{act}</td>" in (page := (await admin.read("/staff/audit?person=1")).text)
    assert "conversation=c9" in page


async def test_the_record_is_whole_after_all_this(admin: Colleague, door: Door) -> None:
    await admin.read("/staff/nothing")
    verdict = await door.store.verify()

    assert verdict.is_whole
    assert verdict.rows >= 4
