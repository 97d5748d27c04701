"""A real browser (Debian's Chromium), axe, and the shell of the pages with the style guide in it."""

import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page, sync_playwright
from werkzeug.serving import make_server

from engine import settings
from webui import frame
from webui.frame import Item
from webui.pages import style_guide

WEBUI = Path(__file__).parents[2] / "webui"
AXE = WEBUI / "node_modules" / "axe-core" / "axe.min.js"
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
QUIET = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]
NAMES = ("chromium", "chromium-browser", "google-chrome")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium for the session: where PLUS1_CHROMIUM says, else the system's."""
    found = os.environ.get("PLUS1_CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)
    if found is None:
        pytest.skip("needs Chromium: apt-get install chromium")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=found, args=QUIET)
        yield chromium
        chromium.close()


@pytest.fixture
def open_page(browser: Browser) -> Iterator[Callable[..., Page]]:
    """Open an address at a width in pixels; what the console complains about fails the test."""
    complaints: list[str] = []
    opened: list[Page] = []

    def open_(address: str, width: int = 1440, **context: Any) -> Page:
        page = browser.new_page(viewport={"width": width, "height": 900}, locale="nl-NL", **context)
        page.on("console", lambda line: complaints.append(line.text) if line.type in ("error", "warning") else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        opened.append(page)
        page.goto(address)
        return page

    yield open_
    for page in opened:
        page.close()
    assert not complaints


@pytest.fixture(scope="session")
def violations() -> Callable[[Page], list[str]]:
    """What axe finds on a page, with all five tags and no exclusions, one line each."""
    if not AXE.exists():
        pytest.skip("needs axe-core: make webui/node_modules/.dev")
    source = AXE.read_text()

    def look(page: Page) -> list[str]:
        page.evaluate(source)
        found = page.evaluate("tags => axe.run(document, {runOnly: tags})", TAGS)
        return [f"{each['id']}: {[node['target'] for node in each['nodes']][:5]}" for each in found["violations"]]

    return look


@pytest.fixture(scope="session")
def guide() -> Iterator[str]:
    """The address of the style guide, in the frame that every page has."""
    app = Flask("webui", template_folder=str(WEBUI / "templates"))
    app.secret_key = "of no use outside this test"
    menu = [Item("Taken", "/stijlgids", True), Item("Zaken", "#"), Item("Inrichting", "#"), Item("Problemen", "#")]
    names = {"acting": "gemeente Utrecht", "person": "Aisha Bakker", "logout": "/uit", "switch": "/wissel"}
    frame.install(app, settings.Settings(demo=True), lambda page: replace(page, navigation=menu, **names))
    app.register_blueprint(style_guide.blueprint)
    server = make_server("127.0.0.1", 0, app, threaded=True)
    serving = Thread(target=server.serve_forever, daemon=True)
    serving.start()
    yield f"http://127.0.0.1:{server.server_port}/stijlgids"
    server.shutdown()
    serving.join()
