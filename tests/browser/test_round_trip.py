"""What the modeller opens and writes again means the same to the product's own reader; layout and lines aside."""

from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from typing import Any

import pytest
from playwright.sync_api import Page

from bpmn import readers
from bpmn.library import shelf
from tests.browser.modelling import begin
from tests.browser.test_clerk import log_in
from tests.conformance import cases

Open = Callable[..., Page]
MODELS = cases.FOLDER / "models"
WRITE = """async (text) => {
  const editor = document.querySelector('[data-plus1-modeller]').modeller.stage.process;
  const {modeler} = editor;
  try {
    await editor.open(text);
  } catch (problem) {
    if (problem.message !== 'no diagram to display') throw problem;
    return (await modeler.get('moddle').toXML(modeler.getDefinitions(), {format: true})).xml;
  }
  return (await modeler.saveXML({format: true})).xml;
}"""


def sources() -> dict[str, bytes]:
    """Every model of the conformance suite and every shared process, by name."""
    found = {path.relative_to(MODELS).as_posix(): path.read_bytes() for path in MODELS.rglob("*") if path.is_file()}
    return found | {key: shelf.files(key)["process.bpmn"] for key in shelf.shipped()}


def meaning(value: object) -> Any:
    """A typed model as plain values, without the lines of the file."""
    if is_dataclass(value) and not isinstance(value, type):
        return {each.name: meaning(getattr(value, each.name)) for each in fields(value) if each.name != "line"}
    if isinstance(value, Mapping):
        return {key: meaning(each) for key, each in value.items()}
    if isinstance(value, tuple | list):
        return [meaning(each) for each in value]
    return value


def read(source: bytes) -> Any:
    processes, _ = readers.read(source)
    return meaning(processes)


@pytest.mark.skipif(not MODELS.exists(), reason="needs the models of the conformance suite")
def test_nothing_is_lost_between_opening_and_writing(open_page: Open, product: Any) -> None:
    page = open_page(product.address)
    log_in(page, "Bram Visser")
    begin(page, product)
    changed = []
    for name, source in sources().items():
        before = read(source)
        if not before:
            continue
        after = read(page.evaluate(WRITE, source.decode("utf-8-sig")).encode())
        if before != after:
            changed.append((name, difference(before, after)))
    assert not changed, "\n".join(f"{name}: {what}" for name, what in changed)


def difference(before: Any, after: Any, at: str = "") -> str:
    """The first place where two plain values differ."""
    if isinstance(before, dict) and isinstance(after, dict) and before.keys() == after.keys():
        pairs = [(f"{at}.{key}", before[key], after[key]) for key in before]
    elif isinstance(before, list) and isinstance(after, list) and len(before) == len(after):
        pairs = [(f"{at}[{index}]", one, other) for index, (one, other) in enumerate(zip(before, after, strict=True))]
    else:
        return f"{at}: {before!r} became {after!r}"
    return next(difference(one, other, place) for place, one, other in pairs if one != other)
