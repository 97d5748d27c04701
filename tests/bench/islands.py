"""The islands: what each weighs as gzip would send it, and how soon the modeller can be used, in a real browser."""

import gzip
import os
import shutil
import statistics
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import msgspec
from playwright.sync_api import Page, sync_playwright

from bpmn import blank, edit, readers

DIST = Path(__file__).parents[2] / "webui" / "dist"
NAMES = ("chromium", "chromium-browser", "google-chrome")
QUIET = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]
NODES, ROUNDS = 100, 5
BUDGETS = {"site": 40, "diagram": 63, "difference": 69, "modeller": 588, "decision": 385, "form": 368, "minimap": 20}
READY = "[data-plus1-modeller][data-ready=yes]"
SINCE = "performance.now()"  # milliseconds since the browser began to ask for the page


def weights() -> dict[str, float]:
    """KiB of each island with what it imports at once, and of each part that is loaded on demand."""
    chunks = msgspec.json.decode((DIST / ".vite" / "manifest.json").read_bytes())

    def scripts(name: str, seen: set[str]) -> Iterator[str]:
        if name in seen:
            return
        seen.add(name)
        yield chunks[name]["file"]
        for inner in chunks[name].get("imports", ()):
            yield from scripts(inner, seen)

    found = {}
    for name in (name for name in chunks if name.startswith("islands/")):
        island, seen = Path(name).stem, set[str]()
        if not chunks[name].get("isEntry"):
            seen = set(chunks[name].get("imports", ()))  # the page has those already
        files = [DIST / file for file in scripts(name, seen)]
        found[island] = sum(len(gzip.compress(file.read_bytes())) for file in files) / 1024
    return found


def large(nodes: int = NODES) -> bytes:
    """A drawn process with that many steps: a row of tasks and choices between start and end."""
    source = blank.process("groot", "Groot")
    last = "Taak_Behandelen"
    for number in range(nodes - 3):
        known = _nodes(source)
        source = edit.add_step(source, last, "userTask", f"Stap {number}")
        last = next(iter(_nodes(source) - known))
    return source


def _nodes(source: bytes) -> set[str]:
    process = readers.read(source)[0][0]
    return {node.id for node in process.nodes.values() if node.scope is not None}


@contextmanager
def editor(port: int) -> Iterator[Page]:
    """A browser of somebody who may draw."""
    path = os.environ.get("PLUS1_CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=QUIET)
        page = chromium.new_page(viewport={"width": 1440, "height": 900}, locale="nl-NL")
        page.goto(f"http://127.0.0.1:{port}/inloggen")
        page.get_by_role("button", name="Lotte de Wit").click()
        yield page
        chromium.close()


def make(page: Page, port: int, name: str, source: bytes) -> str:
    """A new model from a file; the address of its modeller."""
    page.goto(f"http://127.0.0.1:{port}/plus-1/modellen-nieuw")
    file = {"name": f"{name}.bpmn", "mimeType": "text/xml", "buffer": source}
    page.locator("input[type=file]").set_input_files([file])  # type: ignore[list-item]  # a dict is such a file
    page.get_by_role("button", name="Maken").click()
    page.wait_for_selector(READY)
    return page.url


def ready(page: Page, address: str) -> float:
    """Milliseconds until the modeller can be used; the median of some openings, its files in the browser's cache."""
    found = []
    for _ in range(ROUNDS):
        page.goto(address, wait_until="commit")
        page.wait_for_selector(READY)
        found.append(float(page.evaluate(SINCE)))
    return statistics.median(found)
