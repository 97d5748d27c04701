"""The structure of an effective model as one hash: same structure, same hash; values and layout do not count."""

import hashlib
from collections.abc import Iterable, Mapping

from lxml import etree

from bpmn import xml
from bpmn.package import Package, content_hash
from tenants.variation import VariationPoint

_DIAGRAMS = frozenset({"BPMNDiagram", "DMNDI"})
_STRUCTURAL = (".bpmn", ".dmn", ".json")


def structure_hash(package: Package) -> str:
    """sha256 (hex) over the processes, decisions and forms without diagrams; scenarios and texts do not count."""
    files = {
        path: _bare(content) if path.endswith((".bpmn", ".dmn")) else content
        for path, content in package.files.items()
        if path.endswith(_STRUCTURAL) and not path.startswith("scenarios/")
    }
    return hashlib.sha256(content_hash(files).encode()).hexdigest()


def content_key(package: Package) -> str:
    """sha256 (hex) over the structure and the texts: what a case keeps from its start, apart from its values."""
    texts = {path: content for path, content in package.files.items() if path.startswith("texts/")}
    return hashlib.sha256(f"{structure_hash(package)} {content_hash(texts)}".encode()).hexdigest()


def with_choices(
    source: bytes, points: Iterable[VariationPoint], switched: Mapping[str, bool], picked: Mapping[str, str]
) -> bytes:
    """The process file with `default` of each step point as chosen, and with each gateway of an alternative going to
    the flow that was picked (point → flow); the same bytes when nothing differs."""
    known = list(points)
    changed = {p.id: switched[p.id] for p in known if p.id in switched and switched[p.id] != p.default_on}
    taken = [p for p in known if p.id in picked]
    if not changed and not taken:
        return source
    root = xml.parse(source)
    for element in root.iter("{*}stepPoint"):
        point = element.get("id") or ""
        if point in changed:
            element.set("default", "on" if changed[point] else "off")
    named = {element.get("id"): element for element in root.iter() if element.get("id")}
    for one in taken:
        _take(named, one, picked[one.id])
    return etree.tostring(root, encoding="UTF-8", xml_declaration=True)


def _take(named: Mapping[str | None, etree._Element], point: VariationPoint, flow: str) -> None:
    """The picked flow is the default, without a condition; the other options are never open."""
    named[point.element].set("default", flow)
    for option in point.options:
        element = named[option]
        for condition in element.findall("{*}conditionExpression"):
            element.remove(condition)
        if option != flow:
            space = etree.QName(element).namespace
            etree.SubElement(element, f"{{{space}}}conditionExpression").text = "=false"


def bare(source: bytes) -> bytes:
    """A BPMN or DMN file without its diagrams, canonical; the source itself when it cannot be read."""
    try:
        return xml.canonical(_bare(source))
    except xml.Unreadable:
        return source


def _bare(source: bytes) -> bytes:
    root = xml.parse(source)
    for child in list(root):
        if etree.QName(child).localname in _DIAGRAMS:
            root.remove(child)
    return etree.tostring(root)
