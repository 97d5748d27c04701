"""Small changes of an XML or JSON file, one at a time: an attribute, a text, an element, or the order of two."""

import copy
import json

from lxml import etree

DRAWN = ("BPMNDiagram", "DMNDI")


def local(element):
    return etree.QName(element).localname


def meant(root):
    """The elements that are not about how things are drawn."""
    for child in root:
        if local(child) not in DRAWN:
            yield from child.iter(etree.Element)


def places(source):
    """Where an XML file can be changed: (number of the element, what, of which attribute)."""
    root = etree.fromstring(source, etree.XMLParser(remove_comments=True))
    found = []
    for number, element in enumerate(meant(root)):
        found += [(number, what, name) for name in sorted(element.attrib) for what in ("attribute", "without")]
        if (element.text or "").strip():
            found.append((number, "text", ""))
        if element.getparent() is not root:
            found.append((number, "element", ""))
        if element.getnext() is not None and element.getparent() is not root:
            found.append((number, "order", ""))
    return found


def mutant(source, place):
    """The file with one place changed."""
    number, what, name = place
    root = etree.fromstring(source, etree.XMLParser(remove_comments=True))
    element = list(meant(root))[number]
    if what == "attribute":
        flipped = {"true": "false", "false": "true"}.get(element.get(name))
        element.set(name, flipped or element.get(name) + "x")
    elif what == "without":
        del element.attrib[name]
    elif what == "text":
        element.text = element.text.strip() + " x"
    elif what == "element":
        element.getparent().remove(element)
    else:
        parent, after = element.getparent(), element.getnext()
        parent.remove(after)
        parent.insert(parent.index(element), after)
    return etree.tostring(root, encoding="UTF-8", xml_declaration=True)


def json_mutants(source):
    """Every file that differs in one value of a JSON file, its layout aside, or lacks one."""
    whole = json.loads(source)
    for path in list(_paths(whole, ())):
        for drop in (False, True):
            changed = copy.deepcopy(whole)
            holder = changed
            for step in path[:-1]:
                holder = holder[step]
            if drop:
                del holder[path[-1]]
            else:
                holder[path[-1]] = _other(holder[path[-1]])
            yield path, json.dumps(changed).encode()


def _paths(value, at):
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, one in items:
        if key != "layout":
            yield (*at, key)
            yield from _paths(one, (*at, key))


def _other(value):
    if isinstance(value, bool):
        return not value
    if isinstance(value, int):
        return value + 1
    return value + "x" if isinstance(value, str) else [] if isinstance(value, list) else {}
