"""The reader of server-sent events, however the bytes are cut."""

import json

from playwright.async_api import Page

STREAM = ': ping\r\n\r\nid: 7\r\nevent: message\r\ndata: {"text":"窓口"}\r\n\r\nevent: typing\ndata: {"on":true}\n\ndata: a\ndata: b\n\n'

READ = """async ([text, size]) => {
    const {parser} = await import("/static/events.js");
    const bytes = new TextEncoder().encode(text);
    const events = [];
    const parse = parser(event => events.push([event.name, event.data]));
    for (let at = 0; at < bytes.length; at += size) parse(bytes.slice(at, at + size));
    return events;
}"""


async def test_events_are_read_however_the_bytes_are_cut(page: Page) -> None:
    for size in (1, 2, 3, 7, 1000):
        events = await page.evaluate(READ, [STREAM, size])
        assert events == [
            ["message", json.dumps({"text": "窓口"}, ensure_ascii=False, separators=(",", ":"))],
            ["typing", '{"on":true}'],
            ["message", "a\nb"],
        ], size
