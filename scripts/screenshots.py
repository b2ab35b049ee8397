"""Take pictures of the page, wide and narrow, light and dark, into output/; page.png is the one in the README."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path
from typing import Literal

from playwright.sync_api import Browser, sync_playwright

import graph

ARGUMENTS = "--no-sandbox --disable-gpu --no-first-run --disable-background-networking --disable-component-update --disable-sync"
SIZES = {1440: 900, 1024: 768, 360: 740}
VIEWS = {
    "start": "",
    "details": "select=cert%3Acpc",
    "question": "panel=questions&question=which-certification",
    "compare": "panel=compare&compare=cert%3Acpc+cert%3Accs",
    "route": "panel=route&route=award%3Ahigh-school-diploma+role%3Acoding-auditor",
}


def pictures(
    browser: Browser, page: Path, folder: Path, width: int, scheme: Literal["light", "dark"]
) -> None:
    """Open the page in every view, at one width and in one scheme, and take its picture."""
    for view, address in VIEWS.items():
        context = browser.new_context(
            viewport={"width": width, "height": SIZES[width]}, color_scheme=scheme, offline=True
        )
        tab = context.new_page()
        tab.goto(f"{page.as_uri()}#{address}")
        tab.wait_for_selector("html[data-ready=true]", state="attached")
        tab.wait_for_timeout(700)  # the camera comes to rest
        tab.screenshot(path=folder / f"{view}-{width}-{scheme}.png", full_page=width < SIZES[width])
        context.close()


def main(folder: Path) -> None:
    """Take every view in every size, light and dark."""
    page = graph.load().write_page(folder / "graph.html").absolute()
    browsers = filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome")))
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=next(browsers, None), args=ARGUMENTS.split())
        for width in SIZES:
            pictures(browser, page, folder, width, "light")
            pictures(browser, page, folder, width, "dark")
        browser.close()
    shutil.copy(folder / "details-1440-light.png", folder / "page.png")


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else "output"))
