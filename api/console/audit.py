"""The record of what was done: to be read, filtered, and taken away as CSV."""

import csv
from collections.abc import Iterable, Mapping
from datetime import date, datetime, time, timedelta
from http import HTTPStatus
from io import StringIO
from typing import Annotated
from urllib.parse import urlencode

from fastapi import Request, Response

from api.console.door import Visit, access, door_of
from api.console.page import HEADERS, console_router, moment, page
from api.errors import BadDay, Trouble
from api.staff.audit import TITLES, Entry, Filter, Row
from api.staff.roles import Act
from knowledge.calendar import TOKYO

A_PAGE, A_FILE = 50, 10_000  # rows
FIELDS = ("person", "act", "conversation", "since", "until")
FORMULA = ("=", "+", "-", "@", "\t", "\r")  # what a spreadsheet would take for something to be run

router = console_router()
Reader = Annotated[Visit, access(Act.audit)]


@router.get("/audit")
async def show(request: Request, visit: Reader) -> Response:
    store, asked = door_of(request).store, _asked(request)
    try:
        wanted = _filter(asked, request.query_params.get("older", ""))
    except BadDay as trouble:
        return await _page(request, asked, [], trouble=trouble)
    if wanted.until_id is None:
        await _note(request, visit, "audit_read", asked)
    return await _page(request, asked, await store.audit(wanted, most=A_PAGE + 1))


@router.get("/audit.csv")
async def export(request: Request, visit: Reader) -> Response:
    asked = _asked(request)
    rows = await door_of(request).store.audit(_filter(asked, ""), most=A_FILE)
    await _note(request, visit, "audit_exported", asked, rows=len(rows))
    disposition = {"Content-Disposition": 'attachment; filename="audit.csv"'}
    return Response(_csv(rows), headers=HEADERS | disposition, media_type="text/csv; charset=utf-8")


async def _page(
    request: Request, asked: Mapping[str, str], rows: list[Row], trouble: Trouble | None = None
) -> Response:
    older = urlencode({**asked, "older": rows[A_PAGE - 1].id}) if len(rows) > A_PAGE else ""
    return page(
        request,
        "audit.html",
        status=trouble.status if trouble else HTTPStatus.OK,
        rows=rows[:A_PAGE],
        asked={field: asked.get(field, "") for field in FIELDS},
        people=await door_of(request).store.people(),
        older=older,
        query=urlencode(asked),
        trouble=str(trouble or ""),
    )


async def _note(request: Request, visit: Visit, act: str, asked: Mapping[str, str], **more: int) -> None:
    """Who reads the record stands in it, too."""
    what = " ".join(f"{name}={value}" for name, value in {**asked, **more}.items())
    entry = Entry(act, what, person=visit.person.id, address=visit.origin.address)
    await door_of(request).store.record(entry, now=visit.by.now)


def _asked(request: Request) -> dict[str, str]:
    given = {field: request.query_params.get(field, "").strip()[:40] for field in FIELDS}
    return {field: value for field, value in given.items() if value}


def _filter(asked: Mapping[str, str], older: str) -> Filter:
    """Raises BadDay. The last day counts as a whole."""
    person, until = asked.get("person", ""), asked.get("until")
    return Filter(
        person=_number(person),
        act=asked.get("act"),
        conversation=asked.get("conversation"),
        since=_midnight(asked["since"]) if "since" in asked else None,
        before=_midnight(until) + timedelta(days=1) if until else None,
        until_id=_number(older),
    )


def _number(given: str) -> int | None:
    return int(given) if given.isdecimal() and len(given) < 19 else None


def _midnight(given: str) -> datetime:
    try:
        return datetime.combine(date.fromisoformat(given), time(), TOKYO)
    except ValueError as error:
        raise BadDay(given=given) from error


def _csv(rows: Iterable[Row]) -> str:
    """For spreadsheets: with a byte order mark, and nothing that they would run."""
    file = StringIO()
    writer = csv.writer(file)
    writer.writerow(
        ("番号", "日時", "ログイン名", "表示名", "操作", "会話", "内容", "理由", "接続元", "照合値")
    )
    for row in rows:
        entry = row.entry
        told = (row.name, row.shown, TITLES.get(entry.act, entry.act), entry.conversation, entry.what)
        cells = (row.id, moment(row.at), *told, entry.why, entry.address, row.chain)
        writer.writerow([_harmless(str(cell or "")) for cell in cells])
    return "\ufeff" + file.getvalue()


def _harmless(cell: str) -> str:
    return f"'{cell}" if cell.startswith(FORMULA) else cell
