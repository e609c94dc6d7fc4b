"""Plain text becomes links, and only where it should."""

from playwright.async_api import Page

LINKS = """async text => {
    const {linked} = await import("/static/rich_text.js");
    const place = document.createElement("p");
    place.append(linked(text));
    if (place.textContent !== text) throw new Error(place.textContent);
    return [...place.querySelectorAll("a")].map(link => link.getAttribute("href"));
}"""

TEXTS: list[tuple[str, list[str]]] = [
    ("03-1234-5678に電話", ["tel:0312345678"]),
    ("(0120-154-505)です。", ["tel:0120154505"]),
    ("050-5541-7171", ["tel:05055417171"]),
    ("0570-078374", ["tel:0570078374"]),
    ("119か110に電話してください。", ["tel:119", "tel:110"]),
    ("命の危険は119・110", ["tel:119", "tel:110"]),
    ("119番(火事・救急)か110番(警察)へ", ["tel:119", "tel:110"]),
    ("警察の#9110に相談", ["tel:%239110"]),
    ("消費者ホットラインは188です", ["tel:188"]),
    ("2026-01-15から2025年11月9日まで", []),
    ("110人、119社、110万円、119件、110日、110.5", []),
    ("第110条、約119、110%、1,110円、118-0005、A110", []),
    ("110番地、119ページ、110号室、110か月", []),
    ("番号は03-1234-56789", []),
    ("001-03-1234-5678", []),
    ("〒103-0027", []),
    ("https://www.ppc.go.jp/へ報告", ["https://www.ppc.go.jp/"]),
    ("( https://www.mhlw.go.jp/mamorouyokokoro/ )で", ["https://www.mhlw.go.jp/mamorouyokokoro/"]),
    ("(https://example.com/a_(b))。", ["https://example.com/a_(b)"]),
    ("https://example.com/110/03-1234-5678.", ["https://example.com/110/03-1234-5678"]),
    ("http://example.com/?a=1&b=2、次", ["http://example.com/?a=1&b=2"]),
    ("javascript:alert(1) data:text/html,x", []),
    ("IPA( cs-support@ipa.go.jp )に", ["mailto:cs-support@ipa.go.jp"]),
]

STEPS = """async text => {
    const {steps} = await import("/static/rich_text.js");
    return steps(text);
}"""


STEPPED: list[tuple[str, dict[str, object] | None]] = [
    ("見出し\n1. 一\n2. 二", {"heading": "見出し", "steps": ["一", "二"], "rest": ""}),
    ("見出し\n1. 一\n2. 二\n\nあとで", {"heading": "見出し", "steps": ["一", "二"], "rest": "あとで"}),
    ("1. 一\n2. 二", None),
    ("見出し\n2. 二\n3. 三", None),
    ("見出し\n一つめ\n二つめ", None),
    ("見出し", None),
]


async def test_addresses_and_telephone_numbers_become_links_and_other_numbers_do_not(page: Page) -> None:
    assert {text: await page.evaluate(LINKS, text) for text, _ in TEXTS} == dict(TEXTS)


async def test_a_heading_with_numbered_lines_is_taken_apart(page: Page) -> None:
    assert {text: await page.evaluate(STEPS, text) for text, _ in STEPPED} == dict(STEPPED)
