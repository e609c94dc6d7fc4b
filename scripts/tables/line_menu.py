"""Draws the picture of LINE's rich menu from its definition: what a tap does is what stands there."""

import json
import shutil
from html import escape
from pathlib import Path
from typing import Any

from playwright.sync_api import sync_playwright

FOLDER = Path(__file__).parents[2] / "api" / "channels"
DEFINITION = FOLDER / "line_menu.json"
PICTURE = FOLDER / "line_menu.png"
CHROMIUM = ("chromium", "chromium-browser", "google-chrome")
STYLE = """
body { margin: 0; background: #d8d8db; font-family: "Noto Sans CJK JP", sans-serif; font-weight: 700; color: #1a1a1c }
div { position: absolute; box-sizing: border-box; padding: 24px; border: 3px solid #d8d8db; background: #fff;
      display: flex; align-items: center; justify-content: center; text-align: center; font-size: 44px; line-height: 1.4;
      word-break: keep-all; overflow-wrap: anywhere }
div.wish { background: #e8f1fe; font-size: 38px; color: #0017c1 }
"""


def page(menu: dict[str, Any]) -> str:
    """The menu as a web page."""
    return f"<!doctype html><style>{STYLE}</style>" + "".join(map(_area, menu["areas"]))


def _area(area: dict[str, Any]) -> str:
    bounds, action = area["bounds"], area["action"]
    kind = "wish" if "speak" in action["data"] else "trouble"
    place = f"left:{bounds['x']}px;top:{bounds['y']}px;width:{bounds['width']}px;height:{bounds['height']}px"
    words = escape(action["label"]).replace("・", "・<wbr>").replace("の", "の<wbr>")
    return f'<div class="{kind}" style="{place}">{words}</div>'


def main() -> None:
    menu = json.loads(DEFINITION.read_text("utf-8"))
    with sync_playwright() as playwright:
        chromium = next(filter(None, map(shutil.which, CHROMIUM)), None)
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        shown = browser.new_page(viewport=menu["size"])
        shown.set_content(page(menu))
        shown.screenshot(path=PICTURE)
        browser.close()


if __name__ == "__main__":
    main()
