"""Markdown of a model as safe HTML: no raw HTML in, and only harmless tags out."""

import nh3
from markdown_it import MarkdownIt
from markupsafe import Markup

_READER = MarkdownIt("commonmark", {"html": False, "linkify": False}).enable("table")
_TAGS = {"p", "br", "strong", "em", "ul", "ol", "li", "h2", "h3", "h4", "blockquote", "code", "a", "hr"}
_TAGS |= {"table", "thead", "tbody", "tr", "th", "td"}


def html(text: str, level: int = 2) -> Markup:
    """The text as HTML; its first heading becomes one of `level`, so that a page keeps one h1."""
    tokens = _READER.parse(text)
    for token in tokens:
        if token.type in ("heading_open", "heading_close"):
            token.tag = f"h{min(4, int(token.tag[1]) + level - 1)}"
    made = _READER.renderer.render(tokens, _READER.options, {})
    return Markup(nh3.clean(made, tags=_TAGS, attributes={"a": {"href"}}, url_schemes={"https", "mailto", "tel"}))
