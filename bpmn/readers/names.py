"""Namespaces and small looks at XML elements that every reader needs."""

from typing import Final, TypeAlias, cast

from lxml import etree

from bpmn.model import ACTIVITIES, EVENTS, GATEWAYS

Element: TypeAlias = etree._Element

BPMN: Final = "http://www.omg.org/spec/BPMN/20100524/MODEL"
BPMN_DI: Final = "http://www.omg.org/spec/BPMN/20100524/DI"
ZEEBE: Final = "http://camunda.org/schema/zeebe/1.0"
CAMUNDA7: Final = ("http://camunda.org/schema/1.0/bpmn", "http://operaton.org/schema/1.0/bpmn")
FLOWABLE: Final = ("http://flowable.org/bpmn", "http://activiti.org/bpmn")

KINDS: Final = (ACTIVITIES | EVENTS | GATEWAYS) - {"process", "eventSubProcess"}


def local(element: Element) -> str:
    """The tag without its namespace."""
    return str(element.tag).rsplit("}", 1)[-1]


def space(name: str) -> str:
    """The namespace of a tag or attribute name, `""` when it has none."""
    return str(name)[1:].split("}", 1)[0] if str(name).startswith("{") else ""


def is_plus1(name: str) -> bool:
    """Whether a tag or attribute belongs to our own vocabulary, whatever its version."""
    return "plus1" in space(name) or "plus-1" in space(name)


def attributes(element: Element) -> list[tuple[str, str]]:
    """Names (with namespace) and values of all attributes."""
    return [(str(name), str(value)) for name, value in element.attrib.items()]


def base(name: str) -> str:
    """A tag or attribute name without its namespace."""
    return name.rsplit("}", 1)[-1]


def ref(text: str | None) -> str | None:
    """A reference by id; a prefix (`tns:order`) is dropped, as QName references allow one."""
    return text.strip().rsplit(":", 1)[-1] if text else None


def line(element: Element) -> int:
    """Line of the element in its file, 0 when unknown."""
    return cast(int | None, element.sourceline) or 0


def child(element: Element, tag: str) -> Element | None:
    """The first BPMN child of that name."""
    return element.find(f"{{{BPMN}}}{tag}")


def text(element: Element, tag: str) -> str | None:
    """The stripped text of a BPMN child; None when it is absent or empty."""
    found = child(element, tag)
    return ((found.text or "").strip() or None) if found is not None else None


def extensions(element: Element) -> list[Element]:
    """What stands in the element's `extensionElements`."""
    box = child(element, "extensionElements")
    return list(box) if box is not None else []


def extension(element: Element, namespace: str, tag: str) -> Element | None:
    """The first extension element of that namespace and name."""
    return next((e for e in extensions(element) if e.tag == f"{{{namespace}}}{tag}"), None)


def flag(element: Element, attribute: str, default: bool = False) -> bool:
    """A boolean attribute."""
    value = element.get(attribute)
    return default if value is None else value.strip() in ("true", "1")
