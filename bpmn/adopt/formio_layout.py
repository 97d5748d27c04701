"""What arranges a Form.io form (panels, columns, lists, texts, buttons) → form-js."""

import re
from collections.abc import Mapping

from bpmn.adopt.formio_parts import (
    Converting,
    Made,
    Raw,
    builds,
    condition,
    convert,
    key_of,
    label_of,
    leave,
    missing,
    name_of,
)
from bpmn.adopt.markdown import markdown

_FIELD = re.compile(r"\{\{\s*data\.")


def _inside(parts: object, work: Converting, depth: int) -> list[Made]:
    return [made for raw in (parts if isinstance(parts, list) else []) for made in convert(raw, work, depth + 1)]


@builds("panel", "fieldset", "well", "container")
def group(raw: Raw, work: Converting, depth: int) -> list[Made]:
    """Panel, fieldset and well: a group without a variable; a container gives its fields a common path."""
    made: Made = {"type": "group", "id": work.id(f"groep-{name_of(raw)}"), "label": label_of(raw), "showOutline": True}
    if raw["type"] == "container":
        made["path"] = key_of(raw, work)
    if raw["type"] == "well" or raw.get("hideLabel") is True:
        made.pop("label")
    condition(raw, made, work)
    made["components"] = _inside(raw.get("components"), work, depth)
    return [made]


@builds("datagrid", "editgrid")
def rows(raw: Raw, work: Converting, depth: int) -> list[Made]:
    """A list whose rows people add and remove."""
    made: Made = {"type": "dynamiclist", "id": work.id(f"lijst-{name_of(raw)}"), "label": label_of(raw)}
    made |= {"path": key_of(raw, work), "isRepeating": True, "allowAddRemove": True, "defaultRepetitions": 1}
    condition(raw, made, work)
    made["components"] = _inside(raw.get("components"), work, depth)
    return [made]


@builds("columns")
def columns(raw: Raw, work: Converting, depth: int) -> list[Made]:
    """Side by side: the fields of one row share the sixteen columns of form-js."""
    given = raw.get("columns")
    across = [one for one in (given if isinstance(given, list) else []) if isinstance(one, Mapping)]
    made: list[Made] = []
    row = work.id("rij")
    for column in across:
        width = column.get("width")
        for part in _inside(column.get("components"), work, depth):
            wide = round(width * 4 / 3) if isinstance(width, int) and 0 < width <= 12 else 16 // max(len(across), 1)
            made.append({**part, "layout": {"row": row, "columns": max(wide, 2)}})
    return made


@builds("table")
def table(raw: Raw, work: Converting, depth: int) -> list[Made]:
    """A table only arranges: its cells stand below each other."""
    cells: list[object] = []
    rows = raw.get("rows")
    for line in rows if isinstance(rows, list) else ():
        for cell in line if isinstance(line, list) else ():
            cells += cell.get("components", []) if isinstance(cell, Mapping) else []
    return _inside(cells, work, depth)


@builds("tabs")
def tabs(raw: Raw, work: Converting, depth: int) -> list[Made]:
    """Each tab is a group."""
    pages = raw.get("components")
    return [
        made
        for page in (pages if isinstance(pages, list) else [])
        if isinstance(page, Mapping)
        for made in group({"type": "panel", **page}, work, depth)
    ]


@builds("content", "htmlelement")
def text(raw: Raw, work: Converting, depth: int) -> list[Made]:
    """HTML as Markdown; `{{ data.x }}` is a merge field here too, other template code is told."""
    source = str(raw.get("content") or raw.get("html") or "")
    tag = str(raw.get("tag") or "p")
    made: Made = {"type": "text", "id": work.id(f"tekst-{name_of(raw)}"), "text": ""}
    if "{%" in source:
        leave(raw, made, work, "logic", source)
    else:
        made["text"] = _FIELD.sub("{{", markdown(source, tag))
    condition(raw, made, work)
    return [made]


@builds("button")
def button(raw: Raw, work: Converting, depth: int) -> list[Made]:
    """Sending is what the page itself does; any other button is work that has to be made."""
    if raw.get("action", "submit") not in ("submit", "saveState", "reset"):
        return missing(raw, "button", work)
    return []
