"""A letter as a tagged PDF, so that a screen reader can read it: Markdown → Typst → PDF (the wheel needs no program).

Every text goes into Typst as a string literal, so that nothing that a resident typed is ever read as markup."""

import json
from datetime import datetime

import typst
from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode

_READER = MarkdownIt("commonmark", {"html": False}).enable("table")
_WRAPPED = {
    "strong": "strong",
    "em": "emph",
    "blockquote": "quote(block: true)",
    "paragraph": "par",
    "link": "underline",
}


def letter(title: str, author: str, text: str, made_at: datetime) -> bytes:
    """The PDF of a Markdown text. `author`: in whose name; `made_at`: its date, so that one letter is one file."""
    body = _children(SyntaxTreeNode(_READER.parse(text)))
    head = [
        f"#set document(title: {_literal(title)}, author: {_literal(author)}, date: {_date(made_at)})",
        '#set text(lang: "nl", size: 11pt)',
        '#set page(paper: "a4", margin: (x: 25mm, y: 28mm))',
        "#set par(justify: false, leading: 0.75em)",
        "#show heading: set block(below: 1em, above: 1.4em)",
    ]
    return bytes(typst.compile("\n".join([*head, body]).encode()))


def _literal(text: str) -> str:
    """A Typst string: JSON's escapes of quotes and backslashes are Typst's too; other characters stand as they are."""
    plain = "".join(c for c in text if c.isprintable() or c in "\n\t")
    return json.dumps(plain, ensure_ascii=False).replace("\\n", " ").replace("\\t", " ")


def _date(at: datetime) -> str:
    return f"datetime(year: {at.year}, month: {at.month}, day: {at.day})"


def _children(node: SyntaxTreeNode) -> str:
    return "".join(_one(child) for child in node.children)


def _one(node: SyntaxTreeNode) -> str:
    kind = node.type
    if kind in ("text", "code_inline", "code_block", "fence"):
        return f"#{_literal(node.content)}"
    if kind == "softbreak":
        return '#" "'
    if kind == "hardbreak":
        return "#linebreak()"
    if kind == "hr":
        return "\n#line(length: 100%)\n"
    if kind == "heading":
        return f"\n#heading(level: {node.tag[1]})[{_children(node)}]\n"
    if kind in ("bullet_list", "ordered_list"):
        items = "".join(f"[{_children(item)}]," for item in node.children)
        return f"\n#{'list' if kind == 'bullet_list' else 'enum'}({items})\n"
    if kind == "table":
        return _table(node)
    inner = _children(node)
    return f"#{_WRAPPED[kind]}[{inner}]" if kind in _WRAPPED else inner


def _table(node: SyntaxTreeNode) -> str:
    rows = [row for part in node.children for row in part.children]
    cells = "".join(f"[{_children(cell)}]," for row in rows for cell in row.children)
    return f"\n#table(columns: {len(rows[0].children)}, stroke: 0.5pt, {cells})\n"
