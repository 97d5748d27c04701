"""The ties between the files of a package: every id that a step names must exist, every parameter stays unwritten."""

from collections.abc import Iterator, Mapping

from bpmn import feel
from bpmn.dmn import DecisionModel
from bpmn.forms import Form, merge_fields
from bpmn.model import Finding, Node, Process

_PROCESS_TAGS = {"parameter", "role"}


def check(
    processes: Mapping[str, Process],
    decisions: Mapping[str, DecisionModel],
    forms: Mapping[str, Form],
    texts: Mapping[str, str],
    uses: tuple[str, ...],
) -> tuple[Finding, ...]:
    """Findings for ties that lead nowhere, with element and line."""
    found: list[Finding] = []
    for process in processes.values():
        for node in process.nodes.values():
            found.extend(_node(node, process, decisions, forms, texts))
            found.extend(_called(node, processes, uses))
        found.extend(_parameters(process, forms))
        found.extend(_declared(process, decisions, forms, texts))
    found.extend(_texts(texts))
    return tuple(found)


def _node(
    node: Node,
    process: Process,
    decisions: Mapping[str, DecisionModel],
    forms: Mapping[str, Form],
    texts: Mapping[str, str],
) -> Iterator[Finding]:
    work = node.work
    if work.form is not None and work.form not in forms:
        yield _missing("form", "formulier", work.form, node)
    if work.decision is not None and not work.decision.feel and work.decision.text not in decisions:
        yield _missing("decision", "beslissing", work.decision.text, node)
    if work.type is not None and work.type.text == "document" and work.headers.get("text") not in texts:
        yield _missing("text", "tekst", work.headers.get("text", ""), node)
    for one in node.declared:
        other = one.attributes.get("other", "")
        if one.tag == "fourEyes" and (other not in process.nodes or process.nodes[other].kind != "userTask"):
            yield _missing("user task", "gebruikerstaak", other, node)


def _called(node: Node, processes: Mapping[str, Process], uses: tuple[str, ...]) -> Iterator[Finding]:
    called = node.work.called
    if node.kind != "callActivity" or called is None or called.feel or called.text in processes:
        return
    if called.text not in {u.split("@", 1)[0] for u in uses}:
        yield _missing("process", "proces", called.text, node)


def _parameters(process: Process, forms: Mapping[str, Form]) -> Iterator[Finding]:
    """A parameter is read-only: no form field, mapping or result may bear its name."""
    names = {d.attributes.get("id", "") for d in process.declared if d.tag == "parameter"}
    for node in process.nodes.values():
        form = forms.get(node.work.form or "")
        written = {m.target.split(".", 1)[0] for m in (*node.inputs, *node.outputs)}
        written |= {n for n in (node.work.result, node.loop.output if node.loop else None) if n}
        written |= form.writes() if form else frozenset()
        for name in sorted(written & names):
            nl = f"'{name}' is een parameter; '{node.id}' mag daar niet in schrijven. Kies een andere naam."
            en = f"'{name}' is a parameter; '{node.id}' must not write to it. Choose another name."
            yield Finding("package-parameter", "error", nl, en, node.id, node.line)


def _declared(
    process: Process, decisions: Mapping[str, DecisionModel], forms: Mapping[str, Form], texts: Mapping[str, str]
) -> Iterator[Finding]:
    """Points name what exists, and their ids are unique."""
    seen: set[tuple[str, str]] = set()
    for node in process.nodes.values():
        for one in node.declared if node.id != process.id else process.declared:
            id_ = one.attributes.get("id")
            kind = one.tag if one.tag in _PROCESS_TAGS else "point"
            if id_ is not None and (kind, id_) in seen:
                nl, en = f"Id '{id_}' komt twee keer voor.", f"Id '{id_}' is used twice."
                yield Finding("package-double", "error", nl, en, node.id, one.line)
            seen.add((kind, id_ or ""))
            for attribute, known, dutch in (
                ("form", forms, "formulier"),
                ("decision", decisions, "beslissing"),
                ("text", texts, "tekst"),
            ):
                name = one.attributes.get(attribute)
                if name is not None and one.tag.endswith("Point") and name not in known:
                    yield _missing(attribute, dutch, name, node)


def _texts(texts: Mapping[str, str]) -> Iterator[Finding]:
    for name, text in texts.items():
        for source in merge_fields(text):
            try:
                feel.compile(source, dialect="camunda8")
            except feel.FeelSyntaxError as error:
                nl = f"Het invulveld '{source}' klopt niet: {error.nl}"
                en = f"The merge field '{source}' is wrong: {error.en}"
                yield Finding("package-merge-field", "error", nl, en, path=f"texts/{name}.md")


def _missing(english: str, dutch: str, name: str, node: Node) -> Finding:
    nl = f"'{node.name or node.id}' verwijst naar {dutch} '{name}', maar die is niet in het pakket."
    en = f"'{node.name or node.id}' refers to {english} '{name}', which is not in the package."
    return Finding("package-tie", "error", nl, en, node.id, node.line)
