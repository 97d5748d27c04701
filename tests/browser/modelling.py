"""What the tests of the modeller share: open the draft, select a step, rename it, ask what was saved."""

import re
from collections.abc import Callable
from typing import Any

from playwright.sync_api import Locator, Page, expect

from tests.browser.test_clerk import log_in

PATH = "/plus-1/modellen/evenementenvergunning/ontwerp"
ADVICE = "[data-element-id=Task_Advies]"
NAME = "#bio-properties-panel-name"
FILES = "fetch(location.pathname + '/bestanden').then((answer) => answer.json())"


def opener(open_page: Callable[..., Page], product: Any) -> Callable[..., Page]:
    """Opens the draft of the shared model as one of its editors, at a width in pixels."""

    def open_(person: str = "Bram Visser", width: int = 1440) -> Page:
        page = open_page(product.address, width)
        log_in(page, person)
        return begin(page, product)

    return open_


def begin(page: Page, product: Any, place: str = "") -> Page:
    page.goto("about:blank")  # a place within the page alone would not load it anew
    page.goto(product.address + PATH + place)
    expect(page.locator("[data-plus1-modeller]")).to_have_attribute("data-ready", "yes", timeout=15000)
    return page


def select(page: Page, element: str = ADVICE) -> None:
    """Click an element on the drawing and open its first group."""
    page.locator("[data-plus1-modeller]").get_by_role("button", name="Passend").click()
    page.locator(element).first.click()
    if not page.locator(f"{element}.selected").count():  # it was selected: clicking it again lets it go
        page.locator(element).first.click()
    group(page, "general")


def group(page: Page, name: str) -> Locator:
    """A group of the panel, opened."""
    found = page.locator(f"[data-group-id=group-{name}]")
    header = found.locator(".bio-properties-panel-group-header").first
    if "open" not in (header.get_attribute("class") or "").split():
        header.click()
    return found


def rename(page: Page, name: str, element: str = ADVICE) -> None:
    select(page, element)
    page.locator(NAME).fill(name)


def saved(page: Page) -> None:
    expect(page.locator(".plus1-modeller__state")).to_contain_text(
        re.compile(r"Opgeslagen om \d\d:\d\d"), timeout=10000
    )


def process(page: Page) -> str:
    """The process as the server has it."""
    return str(page.evaluate(FILES)["files"]["process.bpmn"])
