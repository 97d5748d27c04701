"""A real browser (Debian's Chromium), axe, and the shell of the pages with the style guide in it."""

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from threading import Thread
from typing import Any
from urllib.request import Request, urlopen
from uuid import uuid4

import pytest
from flask import Flask
from playwright.sync_api import Browser, ConsoleMessage, Page, sync_playwright
from werkzeug.serving import make_server

from engine import settings
from tests.application import APPLICATION
from tests.serving import ROOT, Served, until
from webui import frame
from webui.frame import Item
from webui.pages import style_guide

WEBUI = Path(__file__).parents[2] / "webui"
AXE = WEBUI / "node_modules" / "axe-core" / "axe.min.js"
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
QUIET = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]
REFUSED = "Failed to load resource: the server responded with a status of 4"
CUT = "Failed to load resource: net::ERR_"  # a test took the connection away
OF_OTHERS = "Error: ContextPad#getPad is deprecated"  # bpmn-js 18.31 calls diagram-js so itself
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
    """Open an address at a width in pixels; what the console complains about fails the test, but for answers that
    refuse (4xx) or do not come, which the browser mentions there."""
    complaints: list[str] = []
    opened: list[Page] = []

    def listen(line: ConsoleMessage) -> None:
        if line.type in ("error", "warning") and not line.text.startswith((REFUSED, CUT, OF_OTHERS)):
            complaints.append(line.text)

    def open_(address: str, width: int = 1440, **context: Any) -> Page:
        page = browser.new_page(viewport={"width": width, "height": 900}, locale="nl-NL", **context)
        page.on("console", listen)
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


@dataclass(frozen=True)
class Product:
    """The whole product as `plus1 serve` runs it: its address, the API key of each municipality, and its data."""

    address: str
    keys: Mapping[str, str]
    data_dir: Path

    def publish(self, files: Mapping[str, bytes], semver: str, note: str) -> None:
        """A version of a shared process, as the administrator of the collective does on the command line."""
        with tempfile.TemporaryDirectory() as folder:
            for path, content in files.items():
                (Path(folder) / path).parent.mkdir(exist_ok=True)
                (Path(folder) / path).write_bytes(content)
            command = ["models", "publish", folder, "--tenant", "plus-1", "--version", semver, "--note", note]
            env = os.environ | {"PLUS1_DATA_DIR": str(self.data_dir)}
            subprocess.run([sys.executable, "-m", "engine.cli", *command], cwd=ROOT, env=env, check=True)

    def call(self, slug: str, method: str, path: str, body: object = None, **headers: str) -> Any:
        """Ask the API, as the demo client of a municipality."""
        sent = {"X-Api-Key": self.keys[slug], "Content-Type": "application/json", **headers}
        data = None if body is None else json.dumps(body).encode()
        request = Request(f"{self.address}{path}", data, sent, method=method)
        with urlopen(request, timeout=20) as answer:
            return json.loads(answer.read())

    def start(self, slug: str, **more: object) -> Any:
        """A new event permit; the case as it is when its first task is there."""
        body = {"model": "evenementenvergunning", "variables": APPLICATION | more}
        case = self.call(slug, "POST", "/v1/cases", body, **{"Idempotency-Key": uuid4().hex})
        return self.wait(slug, case["id"])

    def wait(self, slug: str, case: str) -> Any:
        """The case once a task is open or it has ended."""
        until = time.monotonic() + 20
        while True:
            found = self.call(slug, "GET", f"/v1/cases/{case}")
            if found["tasks"] or found["status"] != "active":
                return found
            assert time.monotonic() < until, found
            time.sleep(0.05)


@contextmanager
def serving() -> Iterator[Product]:
    """`plus1 serve` on a fresh data directory: embedded PostgreSQL, demo data, web server and worker."""
    folder = Path(tempfile.mkdtemp(prefix="plus1-browser-"))
    folder.chmod(0o711)
    served = Served(folder / "data")
    assert until(served.answers), served.log.read_text()
    keys = json.loads((served.data_dir / "demo-keys.json").read_text())
    yield Product(f"http://127.0.0.1:{served.port}", keys, served.data_dir)
    served.process.terminate()
    served.process.wait(30)
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def product() -> Iterator[Product]:
    """One product for the tests that leave the shared process as it is."""
    with serving() as made:
        yield made


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
