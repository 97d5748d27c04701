"""A DMN file taken apart: its decisions with their columns and rules, and the other elements that they need."""

from collections import Counter
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass, replace

from bpmn import xml
from bpmn.compare.content import tree
from bpmn.dmn.elements import Element, expression_in, kid, kids, local, norm, text_in

_NO_LOGIC = frozenset({"DMNDI", "extensionElements", "description"})
_IDS = frozenset({"id"})


@dataclass(frozen=True, slots=True)
class Column:
    """An input or output of a table: `text` its expression or name, `allowed` and `default` as written."""

    label: str
    text: str
    type: str
    allowed: str
    default: str

    @property
    def called(self) -> str:
        """What people call it."""
        return self.label or self.text


@dataclass(frozen=True, slots=True)
class Rule:
    """A row. `width`: how many cells and outputs it has more than the table has columns; `cells` by column, those that
    let everything pass left out."""

    number: int
    width: tuple[int, int]
    cells: Mapping[str, str]
    outputs: Mapping[str, str]
    notes: str


@dataclass(frozen=True, slots=True)
class Part:
    """An element of a DMN file. `logic`: its content, to compare, None for a table, of which the rest tells;
    `said`: the texts in that content."""

    id: str
    tag: str
    name: str
    path: str
    notes: str
    needs: tuple[str, ...]
    gives: str
    logic: Hashable
    said: str
    policy: str = ""
    inputs: Mapping[str, Column] | None = None
    outputs: Mapping[str, Column] | None = None
    rules: Mapping[str, Rule] | None = None


def parts(files: Mapping[str, bytes], paths: Iterable[str]) -> dict[str, Part]:
    """The elements of the DMN files at `paths`, by id; a file that is not there or not readable has none."""
    found: dict[str, Part] = {}
    for path in paths:
        if not path.endswith(".dmn") or path not in files:
            continue
        try:
            root = xml.parse(files[path], path)
        except xml.Unreadable:
            continue
        for element in root:
            if local(element) not in _NO_LOGIC:
                part = _part(element, path)
                found.setdefault(part.id, part)
    return found


def _part(element: Element, path: str) -> Part:
    name, variable = norm(element.get("name")), kid(element, "variable")
    is_decision = local(element) == "decision"
    table = kid(element, "decisionTable") if is_decision else None
    logic = expression_in(element) if is_decision else element
    part = Part(
        id=element.get("id") or f"{local(element)} {name}",
        tag=local(element),
        name=name,
        path=path,
        notes=text_in(element, "description"),
        needs=tuple(e.get("href") or "" for e in _requirements(element)),
        gives="" if variable is None else f"{variable.get('name') or ''} {variable.get('typeRef') or ''}".strip(),
        logic=None if logic is None or table is not None else tree(logic, _IDS),
        said="" if logic is None or table is not None else " ".join(norm(str(t)) for t in logic.itertext()).strip(),
    )
    if table is None:
        return part
    inputs, outputs = _columns(kids(table, "input"), True), _columns(kids(table, "output"), False)
    return replace(
        part,
        policy=" ".join(filter(None, (table.get("hitPolicy") or "UNIQUE", table.get("aggregation")))),
        inputs=inputs,
        outputs=outputs,
        rules=_rules(kids(table, "rule"), list(inputs), list(outputs)),
    )


def _requirements(element: Element) -> list[Element]:
    boxes = kids(element, "informationRequirement", "knowledgeRequirement", "authorityRequirement")
    return [reference for box in boxes for reference in box]


def _columns(elements: list[Element], inputs: bool) -> dict[str, Column]:
    keys: Counter[str] = Counter()
    found = {}
    for element in elements:
        expression = kid(element, "inputExpression") if inputs else element
        text = text_in(expression).strip() if inputs else norm(element.get("name"))
        typed = "" if expression is None else expression.get("typeRef") or ""
        allowed = text_in(kid(element, "inputValues" if inputs else "outputValues"))
        default = text_in(kid(element, "defaultOutputEntry"))
        key = element.get("id") or text
        keys[key] += 1
        found[f"{key} {keys[key]}"] = Column(element.get("label") or "", text, typed, allowed, default)
    return found


def _rules(elements: list[Element], inputs: list[str], outputs: list[str]) -> dict[str, Rule]:
    keys: Counter[str] = Counter()
    found = {}
    for number, element in enumerate(elements, 1):
        cells = [text_in(e).strip() for e in kids(element, "inputEntry")]
        results = [text_in(e).strip() for e in kids(element, "outputEntry")]
        notes = [text_in(element, "description"), *(text_in(e) for e in kids(element, "annotationEntry"))]
        key = element.get("id") or " | ".join((*cells, *results))
        keys[key] += 1
        found[f"{key} {keys[key]}"] = Rule(
            number,
            (len(cells) - len(inputs), len(results) - len(outputs)),
            {k: c for k, c in zip(_all(inputs, cells), cells, strict=True) if c not in {"", "-"}},
            dict(zip(_all(outputs, results), results, strict=True)),
            "\n".join(filter(None, notes)),
        )
    return found


def _all(columns: list[str], cells: list[str]) -> list[str]:
    """A column for every cell: a broken table may have more of them than columns."""
    return [columns[n] if n < len(columns) else f"{n + 1}" for n in range(len(cells))]
