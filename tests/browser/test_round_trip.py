"""What the modeller opens and writes again means the same to the product's own reader; layout and lines aside."""

import re
from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from typing import Any

import pytest
from playwright.sync_api import Page

from bpmn import readers
from bpmn.library import shelf
from bpmn.model import Flow, Process
from tests.browser.modelling import begin
from tests.browser.test_clerk import log_in
from tests.conformance import cases

Open = Callable[..., Page]
MODELS = cases.FOLDER / "models"
WRITE = """async (text) => {
  const editor = document.querySelector('[data-plus1-modeller]').modeller.stage.process;
  await editor.open(text);
  const {arranged} = editor;
  const {xml} = await editor.modeler.saveXML({format: true});
  const shown = editor.get('elementRegistry').getAll().map((element) => element.id);
  return {xml, arranged, shown, warnings: editor.warnings};
}"""
DRAWING = re.compile(r"<(\w+:)?BPMNDiagram.*</(\w+:)?BPMNDiagram>", re.DOTALL)


def sources() -> dict[str, bytes]:
    """Every model of the conformance suite and every shared process, by name."""
    found = {path.relative_to(MODELS).as_posix(): path.read_bytes() for path in MODELS.rglob("*") if path.is_file()}
    return found | {key: shelf.files(key)["process.bpmn"] for key in shelf.shipped()}


# The modeller draws what had no drawing, and the lines move.
UNSAID = frozenset({"line", "drawn"})


def meaning(value: object) -> Any:
    """A typed model as plain values, without the lines of the file and what has a place on the drawing."""
    if is_dataclass(value) and not isinstance(value, type):
        return {each.name: meaning(getattr(value, each.name)) for each in fields(value) if each.name not in UNSAID}
    if isinstance(value, Mapping):
        return {key: meaning(each) for key, each in value.items()}
    if isinstance(value, tuple | list):
        return [meaning(each) for each in value]
    return value


def read(written: bytes, source: bytes) -> Any:
    """What a file means. Ids that `source` has not, made for what had none, count as the same."""
    processes, _ = readers.read(written)
    given = source.decode("utf-8-sig")
    names = {}
    for process in processes:
        names |= {id: f"step {number}" for number, id in enumerate(process.nodes)}
        names |= {flow.id: f"{flow.source} to {flow.target}" for flow in arrows(process)}
    return renamed(meaning(processes), {id: name for id, name in names.items() if f'"{id}"' not in given})


def arrows(process: Process) -> list[Flow]:
    return [flow for node in process.nodes.values() for flow in node.outgoing]


def renamed(value: Any, names: Mapping[str, str]) -> Any:
    if isinstance(value, dict):
        return {names.get(key, key): renamed(each, names) for key, each in value.items()}
    if isinstance(value, list):
        return [renamed(each, names) for each in value]
    return names.get(value, value) if isinstance(value, str) else value


@pytest.fixture
def write(open_page: Open, product: Any) -> Callable[[bytes], Any]:
    """Opens a file in the modeller and writes it again."""
    page = open_page(product.address)
    log_in(page, "Bram Visser")
    begin(page, product)
    return lambda source: page.evaluate(WRITE, source.decode("utf-8-sig"))


@pytest.mark.skipif(not MODELS.exists(), reason="needs the models of the conformance suite")
def test_nothing_is_lost_between_opening_and_writing(write: Callable[[bytes], Any]) -> None:
    """Of the 206 models 28 bring a drawing; the other 178 get one, with each step and arrow of the first process."""
    changed, unseen, arranged = [], [], 0
    for name, source in sources().items():
        before = read(source, source)
        if not before:
            continue
        written = write(source)
        after = read(written["xml"].encode(), source)
        if before != after:
            changed.append((name, difference(before, after)))
        if written["arranged"]:
            arranged += 1
            process = readers.read(written["xml"].encode())[0][0]
            steps = {each.id for each in (*process.nodes.values(), *arrows(process))} - {process.id}
            unseen += [(name, each) for each in steps - set(written["shown"])]
    assert not changed, "\n".join(f"{name}: {what}" for name, what in changed)
    assert not unseen
    assert arranged == 178


def test_a_file_whose_drawing_was_taken_away_gets_one_with_all_that_is_in_it(write: Callable[[bytes], Any]) -> None:
    source = shelf.files("evenementenvergunning")["process.bpmn"]
    written = write(DRAWING.sub("", source.decode()).encode())
    assert written["arranged"] and not written["warnings"]
    assert set(write(source)["shown"]) <= {*written["shown"]}
    assert read(written["xml"].encode(), source) == read(source, source)


def difference(before: Any, after: Any, at: str = "") -> str:
    """The first place where two plain values differ."""
    if isinstance(before, dict) and isinstance(after, dict) and before.keys() == after.keys():
        pairs = [(f"{at}.{key}", before[key], after[key]) for key in before]
    elif isinstance(before, list) and isinstance(after, list) and len(before) == len(after):
        pairs = [(f"{at}[{index}]", one, other) for index, (one, other) in enumerate(zip(before, after, strict=True))]
    else:
        return f"{at}: {before!r} became {after!r}"
    return next(difference(one, other, place) for place, one, other in pairs if one != other)
