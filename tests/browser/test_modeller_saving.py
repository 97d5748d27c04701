"""The modeller in a real browser: it saves by itself and loses nothing, whatever the connection or a colleague does."""

import re
from collections.abc import Callable
from typing import Any
from zipfile import ZipFile

import pytest
from playwright.sync_api import Page, expect

from tests.browser.modelling import ADVICE, PATH, begin, group, opener, process, rename, saved, select
from tests.browser.test_clerk import log_in, picture

APP = "document.querySelector('[data-plus1-modeller]').modeller"


@pytest.fixture
def modeller(open_page: Callable[..., Page], product: Any) -> Callable[..., Page]:
    """Opens the modeller as one of its editors."""
    return opener(open_page, product)


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


def test_an_expression_is_saved_while_its_field_has_the_focus(modeller: Callable[..., Page]) -> None:
    page = modeller()
    select(page, "[data-element-id=Flow_Onvolledig_label]")
    field = group(page, "condition").locator(".cm-content")
    field.click()
    page.keyboard.press("Control+End")
    page.keyboard.type(" and 1 = 1")
    saved(page)
    expect(field).to_be_focused()
    assert "and 1 = 1" in process(page)
    page.keyboard.type(" or false")
    page.evaluate(f"{APP}.session.save()")
    assert "and 1 = 1 or false" in process(page)


def test_an_expression_that_was_only_just_typed_outlives_the_tab(modeller: Callable[..., Page], product: Any) -> None:
    page = modeller()
    select(page, "[data-element-id=Flow_Onvolledig_label]")
    group(page, "condition").locator(".cm-content").click()
    page.keyboard.press("Control+End")
    page.keyboard.type(" and 2 = 2")
    page.goto("about:blank")
    begin(page, product)
    expect(page.locator(".plus1-modeller__banners")).to_contain_text("Uw laatste wijzigingen zijn teruggezet")
    saved(page)
    assert "and 2 = 2" in process(page)


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


def test_what_comes_up_while_choosing_is_asked_too(modeller: Callable[..., Page]) -> None:
    first, second = modeller(), modeller("Lotte de Wit")
    rename(first, "Advies eerst van Bram")
    saved(first)
    rename(second, "Besluit van Lotte", "[data-element-id=Task_Voorbereiden]")
    rename(second, "Nakijken van Lotte", "[data-element-id=Task_Volledigheid]")
    rename(second, "Advies eerst van Lotte")
    window = second.get_by_role("dialog")
    window.get_by_role("button", name="Samenvoegen").click(timeout=10000)
    expect(window).to_contain_text("U hebt allebei hetzelfde gewijzigd")
    rename(first, "Nakijken van Bram", "[data-element-id=Task_Volledigheid]")
    rename(first, "Leges van Bram", "[data-element-id=Task_Vastleggen]")
    saved(first)
    window.get_by_label("Van de ander: Advies eerst van Bram").check()
    window.get_by_role("button", name="Samenvoegen").click()
    expect(window).to_contain_text("Wat u al koos, blijft gekozen")
    expect(window.get_by_role("group")).to_have_count(1)
    window.get_by_label("Van de ander: Nakijken van Bram").check()
    window.get_by_role("button", name="Samenvoegen").click()
    expect(second.locator(".plus1-modeller__banners")).to_contain_text("De wijzigingen zijn samengevoegd")
    now = process(second)
    for name in ("Advies eerst van Bram", "Nakijken van Bram", "Leges van Bram", "Besluit van Lotte"):
        assert f'name="{name}"' in now
    assert "Nakijken van Lotte" not in now and "Advies eerst van Lotte" not in now


def test_what_is_not_saved_when_the_draft_is_locked_is_offered_as_a_file(
    modeller: Callable[..., Page], product: Any
) -> None:
    page, other = modeller(), modeller("Lotte de Wit")
    rename(other, "Advies voor een voorstel met slot")
    saved(other)
    begin(page, product)
    page.route("**/bewaren", lambda route: route.abort())
    rename(page, "Werk dat te laat kwam")
    expect(page.locator(".plus1-modeller__state")).to_contain_text("Geen verbinding", timeout=10000)
    other.goto(f"{product.address}{PATH}/voorleggen")
    other.get_by_role("button", name="Voorleggen").click()
    page.unroute("**/bewaren")
    told = page.locator(".plus1-modeller__banners")
    expect(told).to_contain_text("Uw laatste wijzigingen zijn niet opgeslagen", timeout=30000)
    with page.expect_download() as download:
        told.get_by_role("button", name="Mijn versie als bestand").click()
    with ZipFile(download.value.path()) as package:
        assert b"Werk dat te laat kwam" in package.read("process.bpmn")
        assert "forms/advies.json" in package.namelist()
    other.get_by_role("link", name=re.compile("[Vv]oorstel")).first.click()
    other.get_by_role("button", name="Intrekken").click()
    expect(told).to_contain_text("Uw laatste wijzigingen zijn teruggezet", timeout=25000)
    saved(page)
    assert "Werk dat te laat kwam" in process(page)


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
