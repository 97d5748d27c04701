"""The shell of the pages: accessible, narrow screens included, without inline script, the mark of bpmn.io in sight."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from webui import assets

pytestmark = pytest.mark.skipif(not assets.DIST.exists(), reason="the web files are not built: make build")
WIDTHS = (1440, 320)
Open = Callable[..., Page]
MARK = """async () => {
  const mark = document.querySelector('.bjs-powered-by');
  mark.scrollIntoView({block: 'center', behavior: 'instant'});
  const box = mark.getBoundingClientRect();
  const points = [[0.2, 0.2], [0.8, 0.2], [0.5, 0.5], [0.2, 0.8], [0.8, 0.8]];
  const seen = points.map(([x, y]) => document.elementFromPoint(box.x + x * box.width, box.y + y * box.height));
  return box.width > 40 && seen.every((element) => mark.contains(element));
}"""


@pytest.mark.parametrize("width", WIDTHS)
def test_axe_finds_nothing(open_page: Open, violations: Callable[[Page], list[str]], guide: str, width: int) -> None:
    page = open_page(guide, width)
    page.wait_for_selector("[data-ready]")
    assert violations(page) == []


@pytest.mark.parametrize("width", WIDTHS)
def test_nothing_sticks_out(open_page: Open, guide: str, width: int) -> None:
    page = open_page(guide, width)
    assert page.evaluate("document.documentElement.scrollWidth") == width


def test_text_at_double_size_does_not_stick_out(open_page: Open, guide: str) -> None:
    page = open_page(guide, 640)
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    assert page.evaluate("document.documentElement.scrollWidth") == 640


@pytest.mark.parametrize("width", WIDTHS)
def test_the_diagram_shows_where_the_case_is_and_whose_tool_it_is(open_page: Open, guide: str, width: int) -> None:
    page = open_page(guide, width)
    expect(page.locator("[data-plus1-diagram]")).to_have_attribute("data-ready", "yes")
    for kind in ("active", "waiting", "incident", "done"):
        expect(page.locator(f".djs-element.plus1-mark-{kind}")).to_have_count(1)
    assert page.evaluate(MARK), "the licence of bpmn.io wants its mark visible and not overlapped"


def test_the_diagram_is_moved_with_buttons(open_page: Open, guide: str) -> None:
    page = open_page(guide)
    page.wait_for_selector("[data-ready=yes]")
    layer = page.locator(".djs-container .viewport")
    page.get_by_role("button", name="Passend").click()
    before = layer.get_attribute("transform")
    page.get_by_role("button", name="Inzoomen").click()
    expect(layer).not_to_have_attribute("transform", before or "")
    page.get_by_role("button", name="Passend").click()
    expect(layer).to_have_attribute("transform", before or "")


def test_after_a_refusal_the_focus_is_on_the_errors_and_leads_to_the_field(open_page: Open, guide: str) -> None:
    page = open_page(guide)
    summary = page.get_by_role("alert").filter(has_text="Er zijn 2 fouten gevonden")
    expect(summary).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    field = page.get_by_label("Naam van het evenement")
    expect(field).to_be_focused()
    expect(field).to_have_attribute("aria-invalid", "true")
    expect(field).to_have_accessible_description("Fout: Vul de naam van het evenement in.")


def test_the_first_tab_leads_past_the_menu(open_page: Open, guide: str) -> None:
    page = open_page(guide, java_script_enabled=False)
    page.keyboard.press("Tab")
    link = page.get_by_role("link", name="Naar de inhoud")
    expect(link).to_be_focused()
    expect(link).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.locator("#inhoud")).to_be_focused()


def test_pages_work_without_scripts(open_page: Open, guide: str) -> None:
    page = open_page(guide, java_script_enabled=False)
    expect(page.get_by_text("alleen met JavaScript")).to_be_visible()
    expect(page.get_by_role("button", name="Toon")).to_be_visible()


def test_english_is_one_click_away(open_page: Open, guide: str) -> None:
    page = open_page(guide)
    page.get_by_role("link", name="English").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page.get_by_text("Demonstration.")).to_be_visible()
    expect(page.get_by_text("2 errors were found")).to_be_visible()


def test_the_policy_forbids_inline_script_and_style(open_page: Open, guide: str) -> None:
    policy = open_page(guide).request.get(guide).headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
