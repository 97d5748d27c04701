"""A piece of HTML as Markdown: headings, paragraphs and list items; other markup goes, its words stay."""

import re
from collections.abc import Iterator

from lxml import etree, html

_MARKS = {"h1": "\n\n# ", "h2": "\n\n## ", "h3": "\n\n### ", "h4": "\n\n#### ", "li": "\n- ", "br": "\n", "tr": "\n"}
_BLOCKS = frozenset({"p", "div", "ul", "ol", "table"})
_BOLD, _ITALIC = frozenset({"b", "strong"}), frozenset({"i", "em"})


def markdown(source: str, tag: str = "p") -> str:
    """The Markdown of HTML that stands in an element `tag`; scripts and styles go with their content."""
    if not source.strip():
        return ""
    try:
        root = html.fragment_fromstring(source, create_parent=tag if tag in _MARKS else "div")
    except (etree.ParserError, ValueError):
        return source
    return re.sub(r"\n{3,}", "\n\n", "".join(_pieces(root))).strip()


def _pieces(element: etree._Element) -> Iterator[str]:
    tag = str(element.tag)
    if tag in ("script", "style") or isinstance(element, etree._Comment | etree._ProcessingInstruction):
        return
    around = "**" if tag in _BOLD else "*" if tag in _ITALIC else ""
    yield _MARKS.get(tag, "\n\n" if tag in _BLOCKS else "") + around
    yield _words(element.text)
    for child in element:
        yield from _pieces(child)
        yield _words(child.tail)
    target = element.get("href") if tag == "a" else None
    yield around + (f" ({target})" if target else "")
    if tag in _BLOCKS or tag in ("h1", "h2", "h3", "h4"):
        yield "\n\n"


def _words(text: str | None) -> str:
    return re.sub(r"\s+", " ", text or "")
