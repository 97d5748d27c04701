"""Elements of a DMN file, of any version from 1.1 to 1.5, and what is found wrong with them."""

import re
from collections.abc import Iterator
from typing import cast

from lxml import etree

from bpmn.feel import FeelSyntaxError
from bpmn.model import Finding

Element = etree._Element
EXPRESSIONS = (
    "literalExpression",
    "decisionTable",
    "context",
    "invocation",
    "functionDefinition",
    "list",
    "relation",
    "conditional",
    "filter",
    "for",
    "every",
    "some",
)
_NOTES = (etree._Comment, etree._ProcessingInstruction)
_BLANKS = re.compile(r"\s+")


def local(element: Element) -> str:
    """The tag without its namespace; nothing for a comment."""
    return "" if isinstance(element, _NOTES) else etree.QName(element).localname


def line(element: Element) -> int:
    """The line it stands on, 0 when unknown."""
    # lxml's stubs give this attribute no type of use.
    return cast(int | None, element.sourceline) or 0


def kids(element: Element, *names: str) -> list[Element]:
    """The children with one of these tags."""
    return [child for child in element if local(child) in names]


def kid(element: Element | None, name: str) -> Element | None:
    """The first child with that tag."""
    return None if element is None else next((child for child in element if local(child) == name), None)


def expression_in(element: Element | None) -> Element | None:
    """The boxed expression directly inside an element."""
    return None if element is None else next(iter(kids(element, *EXPRESSIONS)), None)


def text_in(element: Element | None, name: str = "text") -> str:
    """The text of a child, empty when there is none or it is blank."""
    child = kid(element, name)
    text = "" if child is None else child.text or ""
    return text if text.strip() else ""


def norm(name: str | None) -> str:
    """A name with each blank normalised to one."""
    return _BLANKS.sub(" ", name or "").strip()


def all_elements(root: Element) -> Iterator[Element]:
    """Every element of a file."""
    return root.iter()


class Broken(Exception):
    """A part cannot be compiled; the finding is already reported, and the part that holds it is null."""


class Report:
    """Collects findings, each with the nearest id and the line."""

    def __init__(self, path: str) -> None:
        self.path = path
        self.findings: list[Finding] = []

    def add(self, code: str, element: Element, nl: str, en: str, severity: str = "error") -> None:
        """Note one finding."""
        holder: Element | None = element
        while holder is not None and not holder.get("id"):
            holder = holder.getparent()
        identity = "" if holder is None else holder.get("id") or ""
        self.findings.append(Finding(code, severity, nl, en, identity, line(element), self.path))

    def syntax(self, element: Element, text: str, error: FeelSyntaxError) -> None:
        """Note that a text is not FEEL."""
        place = error.offset + 1
        self.add(
            "dmn-feel",
            element,
            f"In `{text.strip()[:80]}` staat een fout bij teken {place}: {error.nl} Verbeter de expressie.",
            f"`{text.strip()[:80]}` has an error at character {place}: {error.en} Correct the expression.",
        )
