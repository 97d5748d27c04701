"""A municipality's process in a slot of the base: read, held against the contract, and put in its place."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

import msgspec
from lxml import etree

from bpmn import assigned, checks, forms, readers, ties, xml
from bpmn.forms import Form
from bpmn.model import Expression, Finding, IoMapping, Node, Process
from bpmn.package import Package
from tenants import reads, slot_step
from tenants.slot_contract import EXITS, Contract
from tenants.variation import VariationPoint

Told = tuple[str, str]
_JSON = msgspec.json.Encoder(decimal_format="number")
_GIVEN = frozenset({"loopCounter", "zaaknummer", "gemeente"})
_OWN = frozenset({"role", "fourEyes", "visibleTo", "laneRole"})
_ZEEBE = "http://camunda.org/schema/zeebe/1.0"


@dataclass(frozen=True, slots=True)
class Filled:
    """What fills a slot: the process, its forms by id, and the files that it adds to the package."""

    process: Process
    forms: Mapping[str, Form]
    files: Mapping[str, bytes]


def fill(base: Package, point: VariationPoint, chosen: object) -> tuple[Filled | None, tuple[Finding, ...]]:
    """The process that was chosen, ready to stand in the slot; None with findings when it breaks the contract or is no
    lawful model."""
    told = [*_step(base, point, chosen)]
    if told:
        return None, _findings(point, told)
    source, given = _sources(point, chosen)
    found, read = readers.read(source)
    told = [(f.nl, f.en) for f in read if f.severity == "error"] or [*_one(base, point, found)]
    own, wrong = _forms(base, given)
    told += wrong
    if told:
        return None, _findings(point, told)
    path = f"processes/{slot_step.key(point.id)}.bpmn"
    installed = _with_results(source, point.contract)
    process = readers.read(installed, path)[0][0]
    files = {path: installed, **{form.path: _JSON.encode(form.source) for form in own.values()}}
    filled = Filled(process, own, files)
    told = [*_lawful(base, filled)] or [*_contract(base, point.contract, filled)]
    return (None, _findings(point, told)) if told else (filled, ())


def called(chosen: object) -> str:
    """What people call a process that was chosen: the name of its step or process; its id when it has none."""
    step = chosen.get("step") if isinstance(chosen, Mapping) else None
    if isinstance(step, Mapping):
        return str(step["name"])
    source = str(chosen["bpmn"]) if isinstance(chosen, Mapping) else str(chosen)
    found = readers.read(source.encode())[0]
    return (found[0].name or found[0].id) if found else "?"


def put(node: Node, contract: Contract, process: str) -> Node:
    """The slot's node, calling the process: it gets the inputs of the contract and gives the outputs, nothing else."""
    mapped = {one.target: one for one in node.inputs}
    inputs = tuple(mapped.get(one.name, _same(one.name)) for one in contract.inputs)
    outputs = tuple(_same(one.name) for one in contract.outputs)
    work = replace(node.work, called=Expression(process, False), all_in=False, all_out=False)
    return replace(node, inputs=inputs, outputs=outputs, work=work)


def declared(process: Process, point: VariationPoint) -> Iterator[Told]:
    """What is wrong with the declaration of a slot."""
    node, contract = process.nodes.get(point.element), point.contract
    if node is None or node.kind != "callActivity":
        yield "staat niet op een aanroep (call activity); een slot kan alleen daar", "does not stand on a call activity"
        return
    if node.work.called is None:
        missing = sorted({one.name for one in contract.outputs} - {one.target for one in node.outputs})
        if missing:
            names = ", ".join(missing)
            nl = f"heeft geen waarde voor een leeg slot bij: {names}. Voeg een uitvoer (output) toe"
            yield nl, f"has no value for an empty slot for: {names}. Add an output mapping"
    elif not contract.replaces:
        yield (
            "staat op een gevulde aanroep; zet replace op true",
            "stands on a filled call activity; set replace to true",
        )
    if contract.results and contract.variable not in {one.name for one in contract.outputs}:
        nl = "noemt resultaten, maar niet in welke uitvoer die komen; zet variable"
        yield nl, "names results, but not the output that holds them; set variable"
    names_ = [one.name for one in (*contract.inputs, *contract.outputs)]
    if not all(names_) or any(not one.value for one in contract.results):
        yield "heeft een invoer, uitvoer of resultaat zonder naam", "has an input, output or result without a name"
    for one in contract.results:
        if one.exit not in EXITS:
            yield f"kent de soort '{one.exit}' niet; kies uit {', '.join(EXITS)}", f"has an unknown class '{one.exit}'"
        end = process.nodes.get(one.ends)
        if one.exit == "done" and (end is None or end.kind != "endEvent"):
            nl = f"zegt bij '{one.value}' niet met welk einde van de basis het klaar is; zet ends"
            yield nl, f"does not say with which end of the base '{one.value}' is done; set ends"


def _same(name: str) -> IoMapping:
    return IoMapping(name, Expression(name, True))


def _findings(point: VariationPoint, told: list[Told]) -> tuple[Finding, ...]:
    return tuple(
        Finding("choice-slot", "error", f"{point.id}: {nl}", f"{point.id}: {en}", point.id)
        for nl, en in dict.fromkeys(told)
    )


def _step(base: Package, point: VariationPoint, chosen: object) -> Iterator[Told]:
    """What is wrong with a step of the wizard, in words of its page."""
    step = chosen.get("step") if isinstance(chosen, Mapping) else None
    if not isinstance(step, Mapping):
        return
    if not str(step["name"]).strip():
        yield "Geef de stap een naam.", "Give the step a name."
    known = roles(base)
    if step["role"] not in known:
        names = ", ".join(known)
        yield f"De rol '{step['role']}' bestaat niet. Kies uit: {names}.", f"Unknown role; choose one of: {names}."
    results = [str(one["result"]) for one in step.get("answers", [])]
    for result in sorted(set(results) - set(point.contract.values)):
        names = ", ".join(point.contract.values) or "-"
        nl = f"'{result}' is geen resultaat van dit slot. Kies uit: {names}."
        yield nl, f"'{result}' is no result of this slot. Choose one of: {names}."
    if point.contract.results and not results:
        yield "Geef minstens een antwoord.", "Give at least one answer."
    if len(set(results)) < len(results):
        yield "Twee antwoorden hebben hetzelfde resultaat.", "Two answers have the same result."


def roles(base: Package) -> tuple[str, ...]:
    """The roles of the base, whose groups every municipality has chosen."""
    named = [one.attributes.get("id", "") for one in base.declared("role")]
    lanes = [lane.role for process in base.processes.values() for lane in process.lanes if lane.role]
    return tuple(sorted({*named, *lanes} - {""}))


def _sources(point: VariationPoint, chosen: object) -> tuple[bytes, Mapping[str, object]]:
    """The BPMN and the forms by id."""
    if isinstance(chosen, Mapping) and isinstance(chosen.get("step"), Mapping):
        form = slot_step.form(point.id, chosen["step"], point.contract)
        return slot_step.process(point.id, chosen["step"], point.contract).encode(), {slot_step.key(point.id): form}
    if isinstance(chosen, Mapping):
        return str(chosen["bpmn"]).encode(), chosen.get("forms", {})
    return str(chosen).encode(), {}


def _forms(base: Package, given: Mapping[str, object]) -> tuple[dict[str, Form], list[Told]]:
    found: dict[str, Form] = {}
    told: list[Told] = []
    for id_, source in sorted(given.items()):
        form, findings = forms.read(_JSON.encode(source), f"forms/{id_}.json")
        told += [(f"Formulier '{id_}': {f.nl}", f"Form '{id_}': {f.en}") for f in findings if f.severity == "error"]
        if form is None:
            continue
        if form.id != id_:
            told.append((f"Formulier '{id_}' heet zelf '{form.id}'.", f"Form '{id_}' calls itself '{form.id}'."))
        if id_ in base.forms:
            nl = f"De basis heeft al een formulier '{id_}'. Kies een andere naam."
            told.append((nl, f"The base has a form '{id_}' already. Choose another name."))
        found[id_] = form
    return found, told


def _one(base: Package, point: VariationPoint, found: tuple[Process, ...]) -> Iterator[Told]:
    """One process that can run, of its own names, without anything that only a base may say."""
    process = found[0] if found else None
    if process is None or len(found) != 1 or not process.executable or process.lenient:
        nl = "Het bestand moet een proces hebben dat kan worden uitgevoerd (Camunda 8)."
        yield nl, "The file must have one executable process (Camunda 8)."
        return
    taken = {*base.processes, *(i for other in base.processes.values() for i in _ids(other))}
    for id_ in sorted(taken & {process.id, *_ids(process)}):
        nl = f"Het kenmerk '{id_}' bestaat al in de basis. Kies een ander."
        yield nl, f"The id '{id_}' exists in the base. Choose another."
    said = [*process.declared, *(d for node in process.nodes.values() for d in node.declared)]
    for tag in sorted({one.tag for one in said} - _OWN):
        yield f"'plus1:{tag}' mag alleen in de basis staan.", f"Only the base may have 'plus1:{tag}'."
    for lane in process.lanes:
        if lane.role and lane.role not in roles(base):
            names = ", ".join(roles(base))
            yield f"De rol '{lane.role}' bestaat niet. Kies uit: {names}.", f"Unknown role; choose one of: {names}."
    statutory = {_called(n) for n in base.process.nodes.values() if any(d.tag == "statutory" for d in n.declared)}
    for node in process.nodes.values():
        if node.name and _called(node) in statutory:
            nl = f"'{node.name}' heet zoals een wettelijke stap van de basis. Kies een andere naam."
            yield nl, f"'{node.name}' is called like a statutory step of the base. Choose another name."


def _called(node: Node) -> str:
    return (node.name or node.id).strip().casefold()


def _ids(process: Process) -> Iterator[str]:
    for node in process.nodes.values():
        yield node.id
        yield from (flow.id for flow in node.outgoing)


def _with_results(source: bytes, contract: Contract) -> bytes:
    """The file with, at each end that is named after a result, that result written to the contract's variable."""
    if not contract.results:
        return source
    root = xml.parse(source)
    for element in root.iter("{*}endEvent"):
        result = (element.get("name") or "").strip()
        if result in contract.values:
            space = etree.QName(element).namespace
            box = element.find("{*}extensionElements")
            if box is None:
                box = etree.Element(f"{{{space}}}extensionElements")
                element.insert(len(element.findall("{*}documentation")), box)
            mapping = box.find(f"{{{_ZEEBE}}}ioMapping")
            mapping = etree.SubElement(box, f"{{{_ZEEBE}}}ioMapping") if mapping is None else mapping
            quoted = result.replace("\\", "\\\\").replace('"', '\\"')
            attributes = {"source": f'="{quoted}"', "target": contract.variable}
            etree.SubElement(mapping, f"{{{_ZEEBE}}}output", attributes)
    return etree.tostring(root, encoding="UTF-8", xml_declaration=True)


def _contract(base: Package, contract: Contract, filled: Filled) -> Iterator[Told]:
    """It begins by itself, reads only inputs, fills every output on every path, and its ends are results."""
    process = filled.process
    if any(process.nodes[s].triggers for s in process.root.starts) or not process.root.starts:
        yield "Begin met een gewone startgebeurtenis.", "Begin with a plain start event."
    yield from _reading(base, contract, filled)
    parameters = frozenset(one.attributes.get("id", "") for one in base.declared("parameter"))
    inputs = frozenset(one.name for one in contract.inputs)
    for id_, names in assigned.at_ends(process, {**base.forms, **filled.forms}, inputs | parameters).items():
        node = process.nodes[id_]
        called = node.name or node.id
        for name in sorted(contract.owed - names):
            nl = f"Bij het einde '{called}' is '{name}' niet altijd ingevuld. Vul dit gegeven op elke weg."
            yield nl, f"At the end '{called}' '{name}' is not always filled. Fill it on every path."
        if contract.results and (node.kind != "endEvent" or (node.name or "").strip() not in contract.values):
            known = ", ".join(contract.values)
            nl = f"Het einde '{called}' is geen resultaat van dit slot. Noem elk einde naar een resultaat: {known}."
            yield nl, f"The end '{called}' is no result of this slot. Name each end after a result: {known}."
        if any(one.kind in ("error", "escalation") for one in node.triggers):
            nl = f"Het einde '{called}' geeft een fout door; dat kent dit slot niet. Gebruik een gewoon einde."
            yield nl, f"The end '{called}' throws, which the slot does not know. Use a plain end."


def _reading(base: Package, contract: Contract, filled: Filled) -> Iterator[Told]:
    process = filled.process
    work = [node.work for node in process.nodes.values()]
    decisions = {w.decision.text for w in work if w.decision is not None and not w.decision.feel}
    letters = {w.headers.get("text", "") for w in work}
    used = {w.form for w in work if w.form}
    own = replace(
        base,
        process=process,
        processes={process.id: process},
        decisions={id_: one for id_, one in base.decisions.items() if id_ in decisions},
        forms={id_: one for id_, one in {**base.forms, **filled.forms}.items() if id_ in used},
        texts={id_: one for id_, one in base.texts.items() if id_ in letters},
    )
    parameters = {one.attributes.get("id", "") for one in base.declared("parameter")}
    allowed = {one.name for one in contract.inputs} | parameters | _GIVEN | reads.written(own)
    for name, place in sorted(reads.readers(own).items()):
        if name not in allowed:
            nl = f"'{place}' leest '{name}', maar het slot geeft dat niet. Gebruik alleen wat het slot geeft"
            given = ", ".join(one.name for one in contract.inputs) or "-"
            yield f"{nl}: {given}.", f"'{place}' reads '{name}', which the slot does not give ({given})."


def _lawful(base: Package, filled: Filled) -> Iterator[Told]:
    """The checks of every model, and the ties inside the package."""
    process, known = filled.process, {**base.forms, **filled.forms}
    processes = {**base.processes, process.id: process}
    found = [
        *checks.run((process,), base.decisions, known),
        *checks.calls.run(tuple(processes.values())),
        *ties.check(processes, base.decisions, known, base.texts, base.uses),
    ]
    faults = {(f.nl, f.en): f for f in found if f.severity == "error" and f.element in {*_ids(process), process.id}}
    for (nl, en), one in faults.items():
        node = process.nodes.get(one.element)
        place = f"'{node.name or node.id}': " if node is not None and node.id != process.id else ""
        yield f"{place}{nl}", f"{place}{en}"
