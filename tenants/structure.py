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


def with_steps(source: bytes, points: Iterable[VariationPoint], switched: Mapping[str, bool]) -> bytes:
    """The process file with `default` of each step point as chosen; the same bytes when nothing differs."""
    changed = {p.id: switched[p.id] for p in points if p.id in switched and switched[p.id] != p.default_on}
    if not changed:
        return source
    root = xml.parse(source)
    for element in root.iter("{*}stepPoint"):
        point = element.get("id") or ""
        if point in changed:
            element.set("default", "on" if changed[point] else "off")
    return etree.tostring(root, encoding="UTF-8", xml_declaration=True)


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
