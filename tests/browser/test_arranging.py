"""A file without a drawing, in a real browser: it gets one, the person is told, and it is kept when they want it."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from bpmn import readers
from tests.browser.modelling import ADVICE, begin, opener, process, rename, saved
from tests.browser.test_round_trip import DRAWING, WRITE

POOLS = """<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" targetNamespace="t">
<collaboration id="Samen"><participant id="Aanvrager" /><participant id="Gemeente" processRef="g" />
  <participant id="Bureau" processRef="b" /><messageFlow id="Aanvraag" sourceRef="Aanvrager" targetRef="g1" />
  <messageFlow id="Vraag" sourceRef="g2" targetRef="b1" /><messageFlow id="Antwoord" sourceRef="b3" targetRef="g3" />
</collaboration>
<process id="g"><startEvent id="g1" /><sequenceFlow sourceRef="g1" targetRef="g2" /><sendTask id="g2" />
  <sequenceFlow id="g23" sourceRef="g2" targetRef="g3" /><receiveTask id="g3" />
  <sequenceFlow id="g32" sourceRef="g3" targetRef="g2" />
  <textAnnotation id="Noot"><text>Let op</text></textAnnotation>
  <association id="Lijn" sourceRef="g3" targetRef="Noot" /></process>
<process id="b"><laneSet id="Banen"><lane id="Bureau_1"><childLaneSet id="Binnen">
    <lane id="Balie"><flowNodeRef>b1</flowNodeRef><flowNodeRef>b3</flowNodeRef></lane>
    <lane id="Specialist"><flowNodeRef>b2</flowNodeRef></lane></childLaneSet></lane></laneSet>
  <startEvent id="b1" /><sequenceFlow id="b12" sourceRef="b1" targetRef="b2" />
  <subProcess id="b2"><subProcess id="b21"><task id="b211" /></subProcess></subProcess>
  <boundaryEvent id="b2r" attachedToRef="b2"><timerEventDefinition /></boundaryEvent>
  <sequenceFlow id="b23" sourceRef="b2" targetRef="b3" /><endEvent id="b3" /></process></definitions>"""
IDS = re.compile(
    r'(?<!Vorm_)\b(?:participant|process|task|lane|\w+Event|\w+Task|\w+Flow|association|subProcess) id="(\w+)"'
)
MOVE = """(id) => {
  const editor = document.querySelector('[data-plus1-modeller]').modeller.stage.process;
  editor.get('modeling').moveElements([editor.get('elementRegistry').get(id)], {x: 0, y: 10});
  return editor.flush();
}"""
PLAIN = "document.querySelector('[data-plus1-modeller]').modeller.draft.text('process.bpmn')"


@pytest.fixture
def modeller(open_page: Callable[..., Page], product: Any) -> Callable[..., Page]:
    """Opens the modeller as one of its editors."""
    return opener(open_page, product)


def lanes(text: str) -> dict[str, set[str]]:
    return {lane.id: set(lane.nodes) for process in readers.read(text.encode())[0] for lane in process.lanes}


def test_pools_lanes_messages_and_notes_are_drawn_and_stay_what_they_are(modeller: Callable[..., Page]) -> None:
    page = modeller()
    page.route("**/bewaren", lambda route: route.abort())
    written = page.evaluate(WRITE, POOLS)
    assert set(IDS.findall(POOLS)) - {"g", "b"} <= set(written["shown"])
    assert written["warnings"] == []
    moved = lanes(page.evaluate(MOVE, "b3"))
    assert {name: moved[name] for name in ("Balie", "Specialist")} == {"Balie": {"b1", "b3"}, "Specialist": {"b2"}}


def test_the_person_is_told_and_chooses(modeller: Callable[..., Page], product: Any) -> None:
    page = modeller()
    drawn = process(page)
    bare = DRAWING.sub("", drawn)
    chosen = page.locator("input[type=file]")
    chosen.set_input_files({"name": "kaal.bpmn", "mimeType": "text/xml", "buffer": bare.encode()})
    notice = page.locator(".plus1-modeller__notice")
    expect(notice).to_contain_text("Dit bestand had geen tekening. Die is hier automatisch gemaakt.")
    expect(page.locator(ADVICE).first).to_be_visible()
    page.get_by_role("tab", name="Teksten").click()
    page.get_by_role("tab", name="Proces").click()
    assert "BPMNShape" not in process(page) and "BPMNShape" not in page.evaluate(PLAIN)
    notice.get_by_role("button", name="Tekening bewaren").click()
    saved(page)
    assert "BPMNShape" in process(page)
    expect(notice).to_be_empty()
    chosen.set_input_files({"name": "kaal.bpmn", "mimeType": "text/xml", "buffer": bare.encode()})
    expect(notice).to_contain_text("geen tekening")
    rename(page, "Advies op een gemaakte tekening")
    saved(page)
    assert "BPMNShape" in process(page)
    chosen.set_input_files({"name": "weer.bpmn", "mimeType": "text/xml", "buffer": drawn.encode()})
    expect(page.locator(".plus1-modeller__banners")).to_contain_text("weer.bpmn is ingelezen")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("<definitions>\n<process id='p'>\n</proces>\n</definitions>", "de tekst klopt niet op regel 3"),
        ("<html/>", "er staat geen proces of beslissing in"),
    ],
)
def test_what_cannot_be_drawn_is_shown_as_text_with_the_reason(
    modeller: Callable[..., Page], product: Any, text: str, told: str
) -> None:
    page = modeller()
    page.route("**/bewaren", lambda route: route.abort())
    page.evaluate(
        """async (text) => { const {stage, draft} = document.querySelector('[data-plus1-modeller]').modeller;
        draft.files.set('process.bpmn', text); await stage.reopen(); }""",
        text,
    )
    expect(page.locator(".plus1-modeller__notice")).to_contain_text(told)
    expect(page.get_by_label("Inhoud van process.bpmn")).to_have_value(text)
    begin(page, product)
