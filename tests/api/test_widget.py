"""What is served of the element: one script, its style, the demo."""

import gzip
from dataclasses import replace

import httpx2
import pytest

from api.app import create_app
from api.config import Settings
from api.widget import bundle, squeeze


@pytest.mark.parametrize(("path", "kind"), [("/widget.js", "text/javascript"), ("/widget.css", "text/css")])
async def test_the_element_is_served_to_any_site_packed_and_for_a_while(
    client: httpx2.AsyncClient, path: str, kind: str
) -> None:
    response = await client.get(path, headers={"Accept-Encoding": "gzip"})
    plain = await client.get(path, headers={"Accept-Encoding": "identity"})

    assert response.headers["Content-Type"].startswith(kind)
    assert response.headers["Content-Encoding"] == "gzip"
    assert "Content-Encoding" not in plain.headers
    assert response.content == plain.content
    assert response.headers["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert response.headers["Cache-Control"] == "public, max-age=300"
    assert "Accept-Encoding" in response.headers["Vary"]


async def test_a_browser_that_has_it_is_told_so(client: httpx2.AsyncClient) -> None:
    tag = (await client.get("/widget.js")).headers["ETag"]

    response = await client.get("/widget.js", headers={"If-None-Match": tag})

    assert (response.status_code, response.content) == (304, b"")


async def test_modules_may_be_loaded_by_sites_that_isolate_themselves(client: httpx2.AsyncClient) -> None:
    response = await client.get("/static/chat.css")

    assert response.headers["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert response.headers["Cache-Control"] == "no-cache"


async def test_the_demo_is_there_only_where_it_was_asked_for(
    client: httpx2.AsyncClient, settings: Settings
) -> None:
    assert (await client.get("/demo/")).status_code == 404

    transport = httpx2.ASGITransport(create_app(replace(settings, has_demo=True)))
    async with httpx2.AsyncClient(base_url="http://gateway", transport=transport) as other:
        response = await other.get("/demo/")

    assert response.status_code == 200
    assert "実在しません" in response.text


def test_the_markup_is_that_of_our_page_without_its_landmarks() -> None:
    def tags(part: bundle.Part) -> list[str]:
        if not isinstance(part, list):
            return []
        assert isinstance(part[0], str)
        return [part[0], *(tag for child in part[2:] for tag in tags(child))]

    found = {tag for part in bundle.markup() for tag in tags(part)}

    assert {"div", "section", "form", "textarea", "dialog"} <= found
    assert not found & {"header", "main", "footer", "aside", "h1", "noscript", "img"}


def test_the_style_has_its_own_unit_and_root() -> None:
    style = bundle.style()

    assert "rem" not in style.replace("var(--rem)", "").replace("--rem:", "")
    assert ":root" not in style
    assert "calc(1.25*var(--rem))" in style


def test_the_packed_script_is_the_script() -> None:
    assert gzip.decompress(bundle.script().packed) == bundle.script().body


@pytest.mark.parametrize(
    ("long", "short"),
    [
        ("  const a = 1; // one\n  // two\n\n  b();\n", "const a=1;b();"),
        ('const text = "a  =  b // c";\n', 'const text="a  =  b // c";'),
        ("const find = /^([^:]*):? ?(.*)$/s.exec(line);", "const find= /^([^:]*):? ?(.*)$/s.exec(line);"),
        ("const all = [\n  /a  b/,\n  /c\\/  d/,\n];", "const all=[/a  b/,/c\\/  d/,];"),
        ("const sum = a + +b;", "const sum=a + +b;"),
        ("const half = a / 2; // or / 3", "const half=a / 2;"),
        ("const url = `https://a  ${b}`;", "const url=`https://a  ${b}`;"),
        ("/**\n * What it is.\n */\nfunction f() {\n  return 1;\n}", "function f(){return 1;}"),
    ],
)
def test_a_script_loses_what_only_people_read(long: str, short: str) -> None:
    assert squeeze.script(long).replace("\n", "") == short


def test_a_style_loses_what_only_people_read() -> None:
    assert squeeze.style("/* one */\na b { top: 0; }\n\n@media (x) { c { d: e f; } }\n") == (
        "a b{top: 0;}@media (x){c{d: e f;}}"
    )
