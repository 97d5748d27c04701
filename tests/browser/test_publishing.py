"""A process owner changes the shared model, a colleague approves it, and a clerk in Utrecht works with it."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from lxml import etree
from playwright.sync_api import Locator, Page, expect

from tests.browser.modelling import begin, group, process, saved, select
from tests.browser.test_clerk import Open, log_in, picture, tab_to
from tests.browser.test_shell import MARK

MODEL = "/plus-1/modellen/evenementenvergunning"
BPMN = "{http://www.omg.org/spec/BPMN/20100524/MODEL}"
STEP = "Overleggen met de organisator"


def fresh(page: Page, product: Any) -> Page:
    """The draft as the newest version has it: what other tests left in it goes."""
    answer = page.goto(f"{product.address}{MODEL}/ontwerp/weggooien")
    if answer is not None and answer.ok:
        page.get_by_role("button", name="Ontwerp weggooien").click()
        expect(page.get_by_role("status")).to_contain_text("weggegooid")
    return begin(page, product)


def flow_to(page: Page, name: str) -> str:
    """The id of the flow that leads to the step of that name, in the draft as saved."""
    root = etree.fromstring(process(page).encode())
    step = next(one.get("id") for one in root.iter(f"{BPMN}userTask") if one.get("name") == name)
    return str(next(one.get("id") for one in root.iter(f"{BPMN}sequenceFlow") if one.get("targetRef") == step))


def expression(page: Page, flow: str) -> Locator:
    """The field of a flow's condition, found by searching for the flow."""
    page.locator("[data-plus1-modeller]").get_by_role("button", name="Zoeken").click()
    expect(page.locator(".djs-search-input input")).to_be_focused()
    page.keyboard.type(flow)
    expect(page.locator(".djs-search-result-selected")).to_contain_text(flow)
    page.keyboard.press("Enter")
    return group(page, "condition").locator(".cm-content")


def condition(page: Page, flow: str, text: str, add: bool = False) -> None:
    """Type a condition, or add to it."""
    expression(page, flow).click()
    page.keyboard.press("Control+End" if add else "Control+A")
    page.keyboard.type(text)


def draw(page: Page) -> None:
    """A step for markets between the check and what follows, with a form of its own."""
    select(page, "[data-element-id=Gateway_Volledig]")
    page.locator(".djs-context-pad .entry[data-action=append]").click()
    page.keyboard.type("medewerker")
    page.keyboard.press("Enter")
    page.keyboard.press("Escape")
    group(page, "general")
    page.locator("#bio-properties-panel-name").fill(STEP)
    group(page, "form").get_by_role("button", name="Nieuw formulier").click()
    page.locator(".djs-context-pad .entry[data-action=connect]").click()
    page.locator("[data-element-id=Gateway_Behandelen]").first.click()
    saved(page)
    condition(page, flow_to(page, STEP), 'volledig = "ja" and soort = "markt"')
    condition(page, "Flow_Volledig", ' and soort != "markt"', add=True)
    page.get_by_role("button", name="Nu opslaan").click()
    saved(page)


def publish(page: Page, product: Any, colleague: Page, version: str, why: str) -> None:
    """Lay the draft before a colleague, who approves it."""
    page.goto(f"{product.address}{MODEL}/ontwerp/voorleggen")
    page.get_by_label("Versienummer").fill(version)
    page.get_by_label("Wat is er veranderd?").fill(why)
    picture(page, "voorleggen-1440")
    page.get_by_role("button", name="Voorleggen").click()
    expect(page.get_by_role("status")).to_contain_text("Het voorstel is voorgelegd")
    colleague.goto(f"{product.address}{MODEL}")
    colleague.get_by_role("link", name="Voorstel bekijken").click()
    expect(colleague.locator("[data-plus1-difference]")).to_have_attribute("data-ready", "yes")
    picture(colleague, "voorstel-1440")
    colleague.get_by_role("button", name="Goedkeuren en publiceren").click()
    expect(colleague.get_by_role("status")).to_contain_text(f"Versie {version} is gepubliceerd")


def test_a_new_step_reaches_a_clerk_in_utrecht(open_page: Open, product: Any) -> None:
    page, colleague = open_page(product.address), open_page(product.address)
    log_in(page, "Lotte de Wit")
    log_in(colleague, "Bram Visser")
    draw(fresh(page, product))
    verdict = page.locator(".plus1-findings__verdict")
    expect(verdict).to_contain_text("Kan gepubliceerd worden", timeout=15000)
    page.get_by_role("link", name="Verschil bekijken").click()
    expect(page.locator("[data-plus1-difference]")).to_have_attribute("data-ready", "yes")
    expect(page.get_by_role("main")).to_contain_text(STEP)
    expect(page.locator("[data-plus1-side=new] .plus1-mark-added")).to_have_count(3)
    picture(page, "verschil-1440")
    page.goto(f"{product.address}{MODEL}/ontwerp/voorleggen")
    expect(page.get_by_label("Versienummer")).to_have_value("1.1.0")
    publish(page, product, colleague, "1.1.0", "Bij een markt overlegt de behandelaar eerst met de organisator.")
    picture(colleague, "versie-1440")
    colleague.get_by_role("link", name="Bord met alle gemeenten").click()
    utrecht = colleague.get_by_role("row", name=re.compile("Utrecht"))
    for _ in range(40):  # choices of Utrecht, made elsewhere, are looked at by a job first
        colleague.reload()
        if "werkt ermee" in utrecht.inner_text():
            break
        colleague.wait_for_timeout(250)
    expect(utrecht).to_contain_text("werkt ermee")
    picture(colleague, "bord-1440")
    case = product.start("utrecht", soort="markt")
    assert case["model"] == "evenementenvergunning"
    clerk = open_page(product.address)
    log_in(clerk, "Aisha Bakker")
    complete(clerk, product, case["businessKey"], "Volledigheid controleren", "Ja, de aanvraag is volledig")
    now = product.wait("utrecht", case["id"])
    assert [task["name"] for task in now["tasks"]] == [STEP]
    complete(clerk, product, case["businessKey"], STEP)
    after = product.wait("utrecht", case["id"])
    assert {task["node"] for task in after["tasks"]} == {"Task_Advies"}


def complete(page: Page, product: Any, number: str, task: str, answer: str = "") -> None:
    """Take the task of a case from the list and complete it."""
    page.goto(f"{product.address}/utrecht/taken")
    row = page.get_by_role("row", name=re.compile(number)).filter(has_text=task)
    row.get_by_role("button", name=re.compile("Oppakken")).click()
    expect(page.get_by_role("heading", name=task, level=1)).to_be_visible()
    if answer:
        page.get_by_label(answer).check()
    page.get_by_role("button", name="Afronden").click()
    expect(page.get_by_role("status")).to_contain_text("afgerond")


def test_whoever_types_an_expression_is_helped(open_page: Open, product: Any) -> None:
    page = open_page(product.address)
    log_in(page, "Lotte de Wit")
    expression(begin(page, product), "Flow_Onvolledig").click()
    told = page.locator(".plus1-expression")
    expect(told).to_contain_text("Deze expressie klopt; ze geeft: boolean")
    page.keyboard.press("Control+A")
    page.keyboard.type("aantalBezoekers >")
    expect(told).to_contain_text("Teken 18: De expressie is niet af")
    expect(told).to_contain_text("Bekende namen: aangevraagdOp, aantalBezoekers")
    page.keyboard.type(" verzonnen")
    expect(told).to_contain_text("Niets in dit proces vult verzonnen")
    page.keyboard.press("Control+A")
    page.keyboard.type('volledig = "nee"')
    expect(told).to_contain_text("Deze expressie klopt")
    page.locator("[data-plus1-modeller]").get_by_role("button", name="Passend").focus()
    expect(told).to_be_hidden()
    saved(page)


def test_the_same_by_keyboard_only_as_steps(open_page: Open, product: Any, violations: Any) -> None:
    page = open_page(product.address)
    log_in(page, "Lotte de Wit")
    page.goto(f"{product.address}{MODEL}/ontwerp/stappen")
    tab_to(page, "Besluit voorbereiden +wijzigen", 200)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Besluit voorbereiden", level=1)).to_be_visible()
    tab_to(page, "Naam van de nieuwe stap")
    page.keyboard.type("Concept meelezen")
    picture(page, "stap-1440")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_contain_text("Bewaard in het ontwerp")
    expect(page.get_by_role("main")).to_contain_text("Concept meelezen")
    picture(page, "stappen-1440")
    tab_to(page, "Concept meelezen +wijzigen", 200)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Concept meelezen", level=1)).to_be_visible()
    tab_to(page, "Formulier bij deze stap")
    page.keyboard.type("Voorb")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_contain_text("Bewaard in het ontwerp")
    assert violations(page) == []
    begin(page, product)
    assert 'name="Concept meelezen"' in process(page) and 'formId="voorbereiden"' in process(page)


PAGES = [
    ("modellen", "/plus-1/modellen"),
    ("model", MODEL),
    ("nieuw-model", "/plus-1/modellen-nieuw"),
    ("verschil", f"{MODEL}/ontwerp/verschil"),
    ("voorleggen", f"{MODEL}/ontwerp/voorleggen"),
    ("weggooien", f"{MODEL}/ontwerp/weggooien"),
    ("versie", f"{MODEL}/versies/1.0.0"),
    ("stappen", f"{MODEL}/ontwerp/stappen"),
    ("stap", f"{MODEL}/ontwerp/stappen/Gateway_Volledig"),
]


@pytest.mark.parametrize("width", [1440, 1024, 320])
@pytest.mark.parametrize(("name", "path"), PAGES, ids=[page[0] for page in PAGES])
def test_every_page_is_accessible_and_fits(
    open_page: Open, violations: Callable[[Page], list[str]], product: Any, name: str, path: str, width: int
) -> None:
    page = open_page(product.address, width)
    log_in(page, "Lotte de Wit")
    begin(page, product)  # so that there is a draft
    page.goto(product.address + path)
    if page.locator("[data-plus1-difference]").count():
        expect(page.locator("[data-plus1-difference]")).to_have_attribute("data-ready", "yes")
        assert page.evaluate(MARK), "the licence of bpmn.io wants its mark visible and not overlapped"
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") == width
    assert page.get_by_role("heading", level=1).count() == 1
