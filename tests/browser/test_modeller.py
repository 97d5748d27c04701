"""The modeller in a real browser: it says what it finds, takes files in and out, and everybody can use it."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.modelling import FILES, begin, group, opener, process, saved, select
from tests.browser.test_shell import MARK

LIMIT = 10 * 1024 * 1024


@pytest.fixture
def modeller(open_page: Callable[..., Page], product: Any) -> Callable[..., Page]:
    """Opens the modeller as one of its editors."""
    return opener(open_page, product)


def test_a_file_of_the_wrong_kind_is_told_and_changes_nothing(modeller: Callable[..., Page]) -> None:
    page = modeller()
    before = process(page)
    chosen = page.locator("input[type=file]")
    told = page.locator(".plus1-modeller__banners")
    chosen.set_input_files({"name": "brief.docx", "mimeType": "application/msword", "buffer": b"x"})
    expect(told).to_contain_text("brief.docx kan hier niet in")
    chosen.set_input_files({"name": "groot.bpmn", "mimeType": "text/xml", "buffer": b"x" * (LIMIT + 1)})
    expect(told).to_contain_text("groot.bpmn is te groot")
    chosen.set_input_files({"name": "kapot.bpmn", "mimeType": "text/xml", "buffer": b"<definitions"})
    expect(told).to_contain_text("kapot.bpmn is niet ingelezen")
    assert process(page) == before


DRAG = """(kind) => {
  const transfer = new DataTransfer();
  transfer.items.add(new File(['x'], 'foto.png'));
  const event = new DragEvent(kind, {dataTransfer: transfer, bubbles: true, cancelable: true});
  document.querySelector('[data-plus1-modeller]').dispatchEvent(event);
}"""


def test_a_file_is_dropped_and_the_mark_stays_in_sight(modeller: Callable[..., Page]) -> None:
    page = modeller()
    page.evaluate(DRAG, "dragover")
    expect(page.get_by_text("Laat los om dit bestand in te lezen")).to_be_visible()
    assert page.evaluate(MARK)
    page.evaluate(DRAG, "drop")
    expect(page.get_by_text("Laat los om dit bestand in te lezen")).to_be_hidden()
    expect(page.locator(".plus1-modeller__banners")).to_contain_text("foto.png kan hier niet in")


def test_a_file_is_brought_in_and_the_package_taken_out(modeller: Callable[..., Page], product: Any) -> None:
    page = modeller()
    source = process(page).replace('name="Leges"', 'name="Leges van buiten"')
    chosen = page.locator("input[type=file]")
    chosen.set_input_files({"name": "proces.bpmn", "mimeType": "text/xml", "buffer": source.encode()})
    expect(page.locator(".plus1-modeller__banners")).to_contain_text("proces.bpmn is ingelezen")
    assert "Leges van buiten" in process(page)
    page.locator("summary", has_text="Downloaden").click()
    with page.expect_download() as download:
        page.get_by_role("button", name="Plaatje (SVG)").click()
    assert "<svg" in download.value.path().read_text()


def test_findings_stand_on_the_drawing_and_lead_to_the_place(modeller: Callable[..., Page]) -> None:
    page = modeller()
    verdict = page.locator(".plus1-findings__verdict")
    expect(verdict).to_contain_text("Kan gepubliceerd worden", timeout=10000)
    select(page, "[data-element-id=Task_Risicoklasse]")
    table = group(page, "calledDecision").get_by_label("Beslistabel")
    table.select_option("")
    expect(verdict).to_contain_text("Kan nog niet gepubliceerd worden", timeout=15000)
    expect(page.locator(".plus1-sign--error").first).to_be_visible()
    verdict.click()
    page.locator(".plus1-findings__place", has_text="Risicoklasse").first.click()
    expect(page.locator(".bio-properties-panel-header-label")).to_have_text("Risicoklasse bepalen")
    table.select_option("risicoklasse")
    expect(verdict).to_contain_text("Kan gepubliceerd worden", timeout=15000)


def test_a_form_is_made_from_its_step_and_deleted(modeller: Callable[..., Page]) -> None:
    page = modeller()
    select(page)
    form = group(page, "form")
    form.get_by_role("button", name="Nieuw formulier").click()
    form.get_by_role("button", name="Openen").click()
    expect(page.locator(".fjs-form-editor")).to_be_visible(timeout=10000)
    saved(page)
    name = page.locator(".plus1-files__file[aria-current]").inner_text()
    assert json.loads(page.evaluate(FILES)["files"][f"forms/{name}.json"])["id"] == name
    page.get_by_role("button", name="Verwijderen", exact=True).click()
    expect(page.get_by_role("dialog")).to_contain_text("Dit wordt nog gebruikt door")
    page.get_by_role("dialog").get_by_role("button", name="Verwijderen").click()
    expect(page.locator(".plus1-files__file", has_text=name)).to_have_count(0)
    page.get_by_role("tab", name="Proces").click()
    select(page)
    group(page, "form").get_by_label("Formulier").select_option("advies")
    saved(page)


def test_a_letter_is_made_and_written_by_keyboard(modeller: Callable[..., Page]) -> None:
    page = modeller()
    page.get_by_role("tab", name="Teksten").click()
    page.get_by_role("button", name="Nieuwe tekst").press("Enter")
    page.keyboard.type("Foute Naam")
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog").get_by_role("alert")).to_contain_text("Gebruik kleine letters")
    expect(page.get_by_label("Naam", exact=True)).to_be_focused()
    page.get_by_label("Naam", exact=True).fill("uitnodiging")
    page.keyboard.press("Enter")
    page.get_by_label("Inhoud van texts/uitnodiging.md").fill("# Uitnodiging\n\nBeste {{ aanvrager.naam }},\n")
    saved(page)
    assert page.evaluate(FILES)["files"]["texts/uitnodiging.md"].startswith("# Uitnodiging")
    page.get_by_role("button", name="Verwijderen", exact=True).click()
    page.get_by_role("dialog").get_by_role("button", name="Verwijderen").click()
    expect(page.get_by_role("button", name="uitnodiging")).to_have_count(0)
    saved(page)


@pytest.mark.parametrize("tab", ["Proces", "Beslissingen", "Formulieren", "Teksten"])
@pytest.mark.parametrize("width", [1440, 320])
def test_each_editor_is_accessible_and_shows_whose_tool_it_is(
    modeller: Callable[..., Page], violations: Callable[[Page], list[str]], tab: str, width: int
) -> None:
    page = modeller(width=width)
    page.get_by_role("tab", name=tab).click()
    page.wait_for_timeout(1500)
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") == width
    places = {"Proces": ".plus1-modeller__canvas", "Beslissingen": ".plus1-modeller__other"}
    if tab in places:
        assert page.evaluate(MARK.replace(".bjs-powered-by", f"{places[tab]} .bjs-powered-by"))


def test_another_page_leads_to_an_element(modeller: Callable[..., Page], product: Any) -> None:
    page = modeller()
    begin(page, product, "#Task_Besluiten")
    expect(page.locator("[data-element-id=Task_Besluiten].selected")).to_be_in_viewport()
    expect(page.locator(".bio-properties-panel-header-label")).to_have_text("Besluit nemen")


CLEAR = """() => {
  const over = document.querySelector('dialog[open]').getBoundingClientRect();
  const all = [...document.querySelectorAll('.bjs-powered-by')].map((mark) => mark.getBoundingClientRect());
  const marks = all.filter((box) => box.width);
  const beside = (box) => box.left >= over.right || box.right <= over.left;
  return marks.length > 0 && marks.every((box) => box.top >= over.bottom || box.bottom <= over.top || beside(box));
}"""


@pytest.mark.parametrize("width", [1440, 1024, 320])
def test_a_question_does_not_lie_over_the_mark(modeller: Callable[..., Page], width: int) -> None:
    page = modeller(width=width)
    page.get_by_role("button", name="Nieuw deelproces").click()
    expect(page.get_by_role("dialog")).to_be_visible()
    assert page.evaluate(CLEAR), "the licence of bpmn.io wants its mark visible and not overlapped"
