"""What the browser tests share: one Chromium, pages written once, and a guard over each that is opened."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Dialog, Page, Request, sync_playwright

import graph
from graph import KnowledgeGraph
from tests.browser.hostile import FILES, keep_own
from tests.conftest import Write

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
OPTIONS: dict[str, Any] = {
    "offline": True,
    "viewport": {"width": 1440, "height": 900},
    "reduced_motion": "reduce",
    "permissions": ["clipboard-read", "clipboard-write"],
}

Visit = Callable[..., Page]
"""Opens a file in a new context, after a script: `visit(file, hash, script=…, **options of the context)`."""

WritePage = Callable[[Mapping[str, str | bytes]], Path]
"""Writes the page of a data set that is given as files."""


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Start one Chromium for all tests: the system's, or else Playwright's own."""
    found = next(filter(None, map(shutil.which, BROWSERS)), None)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=list(ARGUMENTS))
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def shipped(kg: KnowledgeGraph, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write the page of the data set that comes with the package."""
    return kg.write_page(tmp_path_factory.mktemp("shipped") / "graph.html")


@pytest.fixture(scope="session")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> KnowledgeGraph:
    """Load a data set in which every field is hostile."""
    folder = tmp_path_factory.mktemp("hostile")
    for name, content in FILES.items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_bytes(content)
    return graph.load(folder)


@pytest.fixture(scope="session")
def hostile_file(hostile: KnowledgeGraph, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write the page of the hostile data."""
    return hostile.write_page(tmp_path_factory.mktemp("page") / "hostile.html")


@pytest.fixture
def complaints() -> Iterator[list[str]]:
    """Gather what a page must never do: errors, warnings, dialogs, requests. A test that provokes one takes it out."""
    found: list[str] = []
    yield found
    assert not found


@pytest.fixture
def visit(chromium: Browser, complaints: list[str]) -> Iterator[Visit]:
    """Open pages, each in a context of its own, and watch them to their end."""
    contexts = []

    def note(message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            complaints.append(f"{message.type}: {message.text}")

    def refuse(dialog: Dialog) -> None:
        complaints.append(f"dialog: {dialog.message}")
        dialog.dismiss()

    def watch(request: Request, address: str) -> None:
        if request.url.partition("#")[0] != address and not request.url.startswith(("blob:", "data:")):
            complaints.append(f"request: {request.url}")

    def open_page(
        file: Path, hash_: str = "", *, is_ready: bool = True, script: str = "", **options: Any
    ) -> Page:
        context = chromium.new_context(**{**OPTIONS, **options})
        contexts.append(context)
        context.set_default_timeout(20_000)
        context.add_init_script(f"(() => {{ {script} }})()")
        page = context.new_page()
        page.on("console", note)
        page.on("pageerror", lambda error: complaints.append(f"page error: {error}"))
        page.on("dialog", refuse)
        page.on("request", lambda request: watch(request, file.as_uri()))
        page.goto(file.as_uri() + hash_)
        if is_ready:
            page.locator("html[data-ready]").wait_for(state="attached")
        return page

    yield open_page
    for context in contexts:
        context.close()


@pytest.fixture
def page(visit: Visit, shipped: Path) -> Page:
    """Open the page of the shipped data, ready to be used."""
    return visit(shipped)


@pytest.fixture
def hostile_page(visit: Visit, hostile_file: Path) -> Page:
    """Open the page of the hostile data, the scripts that are its own marked."""
    return keep_own(visit(hostile_file))


@pytest.fixture
def write_page(write: Write) -> WritePage:
    """Write the page of files with these names and contents."""
    return lambda files: graph.load(folder := write(files)).write_page(folder.parent / f"{folder.name}.html")
