"""The texts of a decision in JUEL, or in the notation of an older engine, as FEEL."""

import re
from dataclasses import dataclass, field

from bpmn import feel
from bpmn.dmn.elements import Element, kid, kids, line, local, norm, text_in
from bpmn.model import Finding
from bpmn.readers.juel import NotSimple, translate

_TEXTS = frozenset({"inputExpression", "inputEntry", "outputEntry", "literalExpression", "defaultOutputEntry"})
_WORDS = re.compile(r'("(?:[^"\\]|\\.)*")')
# Flowable writes the operator of its editor in front of the value.
_COMPARED = re.compile(r"(==|!=|<=|>=|<|>)\s*(.+)", re.DOTALL)
_DAY = re.compile(r"""date:toDate\(\s*['"](\d{4}-\d\d-\d\d)['"]\s*\)""")


@dataclass(slots=True)
class Rewriting:
    """One file being rewritten. `dialect`: camunda7 or flowable; `total` texts seen, `done` those now in FEEL."""

    path: str
    dialect: str
    findings: list[Finding] = field(default_factory=list)
    total: int = 0
    done: int = 0

    def say(self, code: str, element: Element, nl: str, en: str, severity: str = "error") -> None:
        """Add a finding at the nearest element with an id."""
        at: Element | None = element
        while at is not None and not at.get("id"):
            at = at.getparent()
        identity = "" if at is None else at.get("id") or ""
        self.findings.append(Finding(code, severity, nl, en, identity, line(element), self.path))


def rewrite(element: Element, work: Rewriting) -> None:
    """Put the text of an expression or cell into FEEL; where that cannot be, it keeps its language and is told."""
    if local(element) not in _TEXTS or not text_in(element):
        return
    work.total += 1
    found, source = kid(element, "text"), text_in(element).strip()
    language = _language(element, work)
    try:
        made = _translated(element, source, language, work)
        if local(element) == "inputEntry":
            made = _value(made, _variable(element))
        _compiles(made, local(element) == "inputEntry")
    except (NotSimple, feel.FeelSyntaxError):
        element.set("expressionLanguage", language)
        work.say(
            "adopt-dmn-text",
            element,
            f"`{source[:120]}` ({language}) kan niet worden omgezet. Schrijf het in FEEL en haal de taal weg.",
            f"`{source[:120]}` ({language}) cannot be translated. Write it in FEEL and remove the language.",
        )
        return
    work.done += 1
    element.attrib.pop("expressionLanguage", "")
    if found is not None and made != source:
        found.text = made


def _language(element: Element, work: Rewriting) -> str:
    """What the text is written in: it says so, or its file, or the engine: cells are FEEL, all else JUEL."""
    at: Element | None = element
    while at is not None and not at.get("expressionLanguage"):
        at = at.getparent()
    said = "" if at is None else at.get("expressionLanguage") or ""
    if said and (at is element or "feel" not in said.lower()):
        return "feel" if "feel" in said.lower() else said.lower()
    return "feel" if local(element) == "inputEntry" and work.dialect == "camunda7" else "juel"


def _translated(element: Element, source: str, language: str, work: Rewriting) -> str:
    if language == "feel" or source == "-":
        return source
    if language not in ("juel", "http://www.jcp.org/en/jsr/detail?id=245"):
        raise NotSimple(source)
    if local(element) == "inputEntry" and work.dialect == "flowable":
        return _cell(source)
    return _juel(source)


def _cell(source: str) -> str:
    """A cell of Flowable: an operator and a value."""
    found = _COMPARED.fullmatch(source)
    sign, value = found.groups() if found else ("==", source)
    day = _DAY.fullmatch(value.strip())
    made = f'date("{day[1]}")' if day else _juel(value)
    return {"==": made, "!=": f"not({made})"}.get(sign, f"{sign} {made}")


def _juel(source: str) -> str:
    """JUEL with or without its marks."""
    made = translate(source if "{" in source else "${" + source + "}")
    if made is None:
        raise NotSimple(source)
    return made


def _variable(cell: Element) -> str:
    """The name under which the cells of this column read its value in Camunda 7: cellInput, or the one given."""
    rule = cell.getparent()
    table = None if rule is None else rule.getparent()
    if rule is None or table is None:
        return "cellInput"
    at = kids(rule, "inputEntry").index(cell)
    columns = kids(table, "input")
    given = [v for k, v in columns[at].attrib.items() if str(k).endswith("}inputVariable")] if at < len(columns) else []
    return norm(str(given[0])) if given else "cellInput"


def _value(text: str, variable: str) -> str:
    """The same test with `?` for the value of its column."""
    parts = _WORDS.split(text)
    names = re.compile(rf"(?<![\w.])(?:{re.escape(variable)}|cellInput)(?!\w)")
    return "".join(part if at % 2 else names.sub("?", part) for at, part in enumerate(parts))


def _compiles(text: str, cell: bool) -> None:
    if not (cell and text == "-"):
        feel.compile(text, unary=cell)
