"""The board of the collective, and the inbox and policy of a municipality, in a real browser, wide and narrow."""

from collections.abc import Callable, Iterator
from typing import Any
from uuid import uuid4

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Product, serving
from tests.browser.test_clerk import log_in, picture
from tests.store import new_bases

Open = Callable[..., Page]
MODEL = "/plus-1/modellen/evenementenvergunning"
BOARD = f"{MODEL}/versies/1.1.0/gemeenten"
NOTE = "Leges staan niet meer in het proces."
PAGES = [
    ("Lotte de Wit", "bord", BOARD),
    ("Lotte de Wit", "bord-gemeente", f"{BOARD}?gemeente=groningen"),
    ("Lotte de Wit", "bord-versie", f"{MODEL}/versies/1.1.0"),
    ("Daan Smit", "postvak", "/groningen/postvak"),
    ("Daan Smit", "beleid", "/groningen/postvak/beleid"),
]


@pytest.fixture(scope="module")
def released() -> Iterator[Product]:
    """A product of its own with a version that Groningen's choices do not fit."""
    with serving() as made:
        made.publish(new_bases.without_fee(), "1.1.0", NOTE)
        yield made


@pytest.mark.parametrize("width", [1440, 320])
@pytest.mark.parametrize(("who", "name", "path"), PAGES, ids=[page[1] for page in PAGES])
def test_every_page_is_accessible_and_fits(
    open_page: Open,
    violations: Callable[[Page], list[str]],
    released: Product,
    who: str,
    name: str,
    path: str,
    width: int,
) -> None:
    page = open_page(released.address, width)
    log_in(page, who)
    page.goto(f"{released.address}{path}")
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") == width
    assert page.get_by_role("heading", level=1).count() == 1
    picture(page, f"{name}-{width}")


def test_groningen_puts_a_version_off_by_keyboard(open_page: Open, released: Any) -> None:
    page = open_page(released.address)
    log_in(page, "Daan Smit")
    for _ in range(40):
        page.goto(f"{released.address}/groningen/postvak")
        if page.get_by_role("link", name="Uitstellen").count():
            break
        page.wait_for_timeout(250)
    page.get_by_role("link", name="Uitstellen").press("Enter")
    page.get_by_label("Waarom stelt u uit?").fill(f"Druk {uuid4().hex[:4]}")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Bewaard. U werkt verder met de versie die u hebt.")).to_be_visible()
    expect(page.get_by_text("Uitgesteld omdat")).to_be_visible()
