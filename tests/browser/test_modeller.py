"""The modeller on a draft in a real browser: it saves by itself, loses nothing and says what it finds."""

import json
import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.test_clerk import log_in, picture
from tests.browser.test_shell import MARK

Open = Callable[..., Page]
PATH = "/plus-1/modellen/evenementenvergunning/ontwerp"
ADVICE = "[data-element-id=Task_Advies]"
NAME = "#bio-properties-panel-name"
LIMIT = 10 * 1024 * 1024
FILES = "fetch(location.pathname + '/bestanden').then((answer) => answer.json())"


@pytest.fixture
def modeller(open_page: Open, product: Any) -> Iterator[Callable[..., Page]]:
    """Opens the draft of the shared model as one of its editors."""

    def open_(person: str = "Bram Visser", width: int = 1440) -> Page:
        page = open_page(product.address, width)
        log_in(page, person)
        return begin(page, product)

    yield open_


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


def test_what_is_drawn_is_saved_by_itself(modeller: Callable[..., Page]) -> None:
    page = modeller()
    rename(page, "Advies vragen aan de politie")
    expect(page.locator(".plus1-modeller__state")).to_contain_text("Nog niet opgeslagen")
    saved(page)
    assert 'name="Advies vragen aan de politie"' in process(page)
    picture(page, "modeller-1440")
    page.get_by_role("button", name="Ongedaan maken").click()
    expect(page.locator(".plus1-modeller__state")).to_contain_text("Nog niet opgeslagen")
    saved(page)
    assert "aan de politie" not in process(page)


def test_an_expression_that_was_only_just_typed_is_saved_too(modeller: Callable[..., Page]) -> None:
    page = modeller()
    select(page, "[data-element-id=Flow_Onvolledig_label]")
    group(page, "condition").locator(".cm-content").click()
    page.keyboard.press("Control+End")
    page.keyboard.type(" and true")
    page.get_by_role("button", name="Nu opslaan").click()
    saved(page)
    assert "and true" in process(page)


def test_a_closed_tab_gives_back_what_was_not_saved(modeller: Callable[..., Page], product: Any) -> None:
    page = modeller()
    page.route("**/bewaren", lambda route: route.abort())
    rename(page, "Nog niet bewaard advies")
    expect(page.locator(".plus1-modeller__state")).to_contain_text("Geen verbinding", timeout=10000)
    page.goto("about:blank")
    page.unroute("**/bewaren")
    begin(page, product)
    expect(page.locator(".plus1-modeller__banners")).to_contain_text("Uw laatste wijzigingen zijn teruggezet")
    saved(page)
    assert "Nog niet bewaard advies" in process(page)


def test_what_a_closed_tab_gave_back_can_be_dropped(modeller: Callable[..., Page], product: Any) -> None:
    page = modeller()
    before = process(page)
    page.route("**/bewaren", lambda route: route.abort())
    rename(page, "Wordt weggegooid")
    expect(page.locator(".plus1-modeller__state")).to_contain_text("Geen verbinding", timeout=10000)
    page.goto("about:blank")
    begin(page, product)
    page.locator(".plus1-modeller__banners").get_by_role("button", name="Weggooien").click()
    page.get_by_role("dialog").get_by_role("button", name="Weggooien").click()
    expect(page.locator(ADVICE).first).not_to_contain_text("Wordt weggegooid")
    assert process(page) == before


def test_a_lost_connection_keeps_everything_and_saves_later(modeller: Callable[..., Page]) -> None:
    page = modeller()
    page.context.set_offline(True)
    rename(page, "Advies zonder verbinding")
    expect(page.locator(".plus1-modeller__state")).to_contain_text("Geen verbinding", timeout=10000)
    page.context.set_offline(False)
    saved(page)
    assert "Advies zonder verbinding" in process(page)


def test_who_was_logged_out_logs_in_elsewhere_and_goes_on(modeller: Callable[..., Page], product: Any) -> None:
    page = modeller()
    cookies = page.context.cookies()
    page.context.clear_cookies()
    rename(page, "Advies na het inloggen")
    state = page.locator(".plus1-modeller__state")
    expect(state).to_contain_text("U bent uitgelogd", timeout=10000)
    with page.context.expect_page() as opened:
        state.get_by_role("link", name="Log in").click()
    other = opened.value
    log_in(other, "Bram Visser")
    other.close()
    page.evaluate("dispatchEvent(new Event('focus'))")
    saved(page)
    assert "Advies na het inloggen" in process(page)
    assert cookies


def test_two_people_and_one_draft(modeller: Callable[..., Page]) -> None:
    first, second = modeller(), modeller("Lotte de Wit")
    rename(first, "Volledigheid nakijken", "[data-element-id=Task_Volledigheid]")
    saved(first)
    rename(second, "Besluit opstellen", "[data-element-id=Task_Voorbereiden]")
    window = second.get_by_role("dialog", name="Bram Visser heeft dit ook gewijzigd")
    expect(window).to_be_visible(timeout=10000)
    window.get_by_role("button", name="Samenvoegen").click()
    expect(second.locator(".plus1-modeller__banners")).to_contain_text("De wijzigingen zijn samengevoegd")
    now = process(second)
    assert "Volledigheid nakijken" in now and "Besluit opstellen" in now


def test_two_people_and_the_same_step(modeller: Callable[..., Page]) -> None:
    first, second = modeller(), modeller("Lotte de Wit")
    rename(first, "Advies van Bram")
    saved(first)
    rename(second, "Advies van Lotte")
    window = second.get_by_role("dialog")
    window.get_by_role("button", name="Samenvoegen").click(timeout=10000)
    expect(window).to_contain_text("U hebt allebei hetzelfde gewijzigd")
    window.get_by_role("button", name="Samenvoegen").click()
    expect(window.get_by_role("alert")).to_have_text("Kies eerst bij elke plek.")
    window.get_by_label("Van mij: Advies van Lotte").check()
    window.get_by_role("button", name="Samenvoegen").click()
    expect(second.locator(".plus1-modeller__banners")).to_contain_text("De wijzigingen zijn samengevoegd")
    assert "Advies van Lotte" in process(second)


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


def test_while_a_proposal_is_open_the_draft_is_only_looked_at(modeller: Callable[..., Page], product: Any) -> None:
    page, other = modeller(), modeller("Lotte de Wit")
    rename(other, "Advies voor het voorstel")
    saved(other)
    other.goto(f"{product.address}{PATH}/voorleggen")
    other.get_by_role("button", name="Voorleggen").click()
    expect(other.get_by_role("status").first).to_contain_text("Het voorstel is voorgelegd")
    begin(page, product)
    expect(page.locator(".plus1-modeller__state")).to_contain_text("Dit ontwerp kan nu niet worden gewijzigd")
    page.get_by_role("button", name="Passend").click()
    page.locator(ADVICE).first.dblclick()
    page.keyboard.type("Toch anders")
    page.keyboard.press("Escape")
    expect(page.locator(ADVICE).first).not_to_contain_text("Toch anders")
    expect(page.get_by_role("button", name="Nieuw deelproces")).to_have_count(0)
    other.get_by_role("link", name=re.compile("[Vv]oorstel")).first.click()
    other.get_by_role("button", name="Intrekken").click()
    expect(page.locator(".plus1-modeller__state")).to_contain_text("Alles is opgeslagen", timeout=25000)


def test_another_page_leads_to_an_element(modeller: Callable[..., Page], product: Any) -> None:
    page = modeller()
    begin(page, product, "#Task_Besluiten")
    expect(page.locator("[data-element-id=Task_Besluiten].selected")).to_be_in_viewport()
    expect(page.locator(".bio-properties-panel-header-label")).to_have_text("Besluit nemen")
