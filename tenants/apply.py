"""The effective model: base ⊕ the choices of one tenant on a day. Deterministic; the order of choices means nothing."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

import msgspec

from bpmn import dmn, feel
from bpmn.forms import Form
from bpmn.model import Finding, Process
from bpmn.package import MANIFEST, Package, content_hash
from tenants import adapt, alternatives, catalogue, declarations, letters, limits, reads, rules, slots, steps, variation
from tenants.limits import Bound
from tenants.override import CONTENTS, Choice, Override
from tenants.structure import content_key, structure_hash, with_choices
from tenants.variation import READY, Parameter, VariationPoint

_JSON = msgspec.json.Encoder(decimal_format="number")
_PATIENCE = 60.0  # seconds

__all__ = ["Bound", "Effective", "apply", "content_key", "structure_hash"]


@dataclass(frozen=True, slots=True)
class Effective:
    """What a tenant runs. `package`: with its rules, forms and steps; `parameters` by id; `choices`: those that count
    on the day; `switched`: step point → on; `voids`: scenarios that no longer apply; `mapping`: element → what of the
    tenant's catalogue belongs to it, by kind; `unfilled`: the same with its slots empty; errors make it unusable."""

    package: Package
    parameters: Mapping[str, Bound]
    findings: tuple[Finding, ...]
    choices: tuple[Choice, ...] = ()
    switched: Mapping[str, bool] = field(default_factory=dict)
    voids: frozenset[str] = frozenset()
    mapping: catalogue.Mapped = field(default_factory=dict)
    unfilled: Package | None = None

    @property
    def played(self) -> Package:
        """What the base's scenarios are played on: they know nothing of what stands in the tenant's slots."""
        return self.unfilled or self.package

    @property
    def usable(self) -> bool:
        """Whether no finding is an error."""
        return not any(f.severity == "error" for f in self.findings)


@dataclass(slots=True)
class _Applying:
    base: Package
    points: Mapping[str, VariationPoint]
    parameters: Mapping[str, Parameter]
    evaluation: feel.Evaluation
    findings: list[Finding] = field(default_factory=list)

    def fault(self, code: str, nl: str, en: str, element: str = "") -> None:
        self.findings.append(Finding(code, "error", nl, en, element))


def apply(package: Package, override: Override | None, on: date) -> Effective:
    """`package` ⊕ the choices of `override` that count on `on`; never raises for wrong choices, but gives findings.

    Every choice that is not over by then is checked against its point; constraints are checked for `on`. A choice that
    is over says nothing any more, so the base may have moved on without it."""
    chosen = override or Override(package.key)
    points = {p.id: p for p in variation.points(package)}
    # The defaults of a base know no clock: an expression in them gives the same value on any day. Its steps bound the
    # work; a machine that is busy while all this goes on is no fault of the choices.
    work = _Applying(package, points, variation.parameters(package), feel.Evaluation(0, seconds=_PATIENCE))
    work.findings.extend(declarations.check(package))
    if chosen.key != package.key:
        nl = f"Deze keuzes horen bij '{chosen.key}', niet bij '{package.key}'."
        work.fault("override-key", nl, f"These choices belong to '{chosen.key}', not to '{package.key}'.")
    lasting = sorted((c for c in chosen.choices if not c.over(on)), key=lambda c: (c.point, c.valid_from or date.min))
    usable = [c for c in lasting if _fits(work, c)]
    now = tuple(c for c in usable if c.holds(on))
    bound = _parameters(work, now)
    switched = _switched(work, now)
    unfilled = _package(work, now, usable, switched)
    effective = _slots(work, now, usable, unfilled)
    _constraints(work, bound, switched)
    mapped = catalogue.mapped((work.points[c.point], c.chosen) for c in now)
    work.findings.extend(catalogue.incomplete(points.values(), mapped))
    voids = {s for p in points.values() if p.id in switched and not switched[p.id] for s in p.voids}
    return Effective(effective, bound, tuple(work.findings), now, switched, frozenset(voids), mapped, unfilled)


def _fits(work: _Applying, choice: Choice) -> bool:
    """The choice points at a declared, open point of the right kind and keeps to its limits."""
    point = work.points.get(choice.point)
    if point is None:
        nl = f"Het model kent geen variatiepunt '{choice.point}'."
        work.fault("choice-unknown", nl, f"The model has no variation point '{choice.point}'.", choice.point)
        return False
    if point.kind not in READY:
        nl = f"{point.id}: variatiepunten van soort '{point.kind}' worden nog niet ondersteund."
        work.fault("choice-kind", nl, f"{point.id}: points of kind '{point.kind}' are not yet supported.", point.id)
        return False
    if point.kind not in CONTENTS[choice.content]:
        nl = f"{point.id} is een punt van soort '{point.kind}'; '{choice.content}' past daar niet bij."
        en = f"{point.id} is a point of kind '{point.kind}'; '{choice.content}' does not fit."
        work.fault("choice-kind", nl, en, point.id)
        return False
    if point.owner != "municipality":
        nl = f"{point.id}: alleen '{point.owner}' mag hier kiezen."
        work.fault("choice-owner", nl, f"{point.id}: only '{point.owner}' may choose here.", point.id)
        return False
    if point.kind in {"value", "list"}:
        if point.target not in work.parameters:
            return False
        return _told(work, tuple(limits.check(point, work.parameters[point.target], choice.chosen)))
    if point.kind == "alternative":
        return _told(work, alternatives.check(work.base.process, point, choice.chosen))
    if point.kind == "mapping":
        return _told(work, catalogue.check(point, choice.chosen))
    return True


def _told(work: _Applying, found: tuple[Finding, ...]) -> bool:
    work.findings.extend(found)
    return not found


def _parameters(work: _Applying, choices: Iterable[Choice]) -> dict[str, Bound]:
    own = {work.points[c.point].target: c.chosen for c in choices if work.points[c.point].kind in {"value", "list"}}
    bound: dict[str, Bound] = {}
    for parameter in work.parameters.values():
        try:
            # A wrong default is a fault of the base also where a choice covers it.
            value = limits.default(parameter, work.evaluation)
            if parameter.id in own:
                value = limits.plain(parameter, own[parameter.id])
            bound[parameter.id] = limits.bound(parameter, value, own=parameter.id in own)
        except limits.Wrong as wrong:
            name = parameter.id
            work.fault("parameter-default", f"Parameter '{name}' {wrong.nl}.", f"Parameter '{name}' {wrong.en}.", name)
    return bound


def _switched(work: _Applying, choices: Iterable[Choice]) -> dict[str, bool]:
    switched = {p.id: p.default_on for p in work.points.values() if p.kind == "step"}
    switched.update({c.point: c.chosen is True for c in choices if c.point in switched})
    return switched


def _package(work: _Applying, now: tuple[Choice, ...], usable: list[Choice], switched: Mapping[str, bool]) -> Package:
    files = dict(work.base.files)
    decisions, forms = dict(work.base.decisions), dict(work.base.forms)
    forms.update(_forms(work, now, usable, files))
    decisions.update(_decisions(work, now, usable, files, forms))
    picked = {c.point: str(c.chosen) for c in now if work.points[c.point].kind == "alternative"}
    gone = alternatives.gone(work.points.values(), picked)
    process, findings = steps.off(
        alternatives.straight(work.base.process, work.points.values(), picked) if picked else work.base.process,
        [work.points[i] for i, on in switched.items() if not on],
        gone,
    )
    work.findings.extend(findings)
    files[MANIFEST] = with_choices(files[MANIFEST], work.points.values(), switched, picked)
    texts = _texts(work, now, usable, files, forms)
    _four_eyes(work, process)
    if files == work.base.files and process is work.base.process:
        return work.base
    return replace(
        work.base,
        files=files,
        process=process,
        processes={**work.base.processes, process.id: process},
        decisions=decisions,
        forms=forms,
        texts=texts,
        hash=content_hash(files),
    )


def _slots(work: _Applying, now: tuple[Choice, ...], usable: list[Choice], unfilled: Package) -> Package:
    """The package with the tenant's processes in its slots; a slot that a step choice took away stays so."""
    nodes, processes = dict(unfilled.process.nodes), dict(unfilled.processes)
    forms, files = dict(unfilled.forms), dict(unfilled.files)
    for choice in usable:
        point = work.points[choice.point]
        filled, findings = slots.fill(work.base, point, choice.chosen) if point.kind == "slot" else (None, ())
        work.findings.extend(findings)
        node = nodes.get(point.element)
        if filled is not None and choice in now and node is not None and node.kind == "callActivity":
            nodes[node.id] = slots.put(node, point.contract, filled.process.id)
            processes[filled.process.id] = filled.process
            forms.update(filled.forms)
            files.update(filled.files)
    if files == unfilled.files:
        return unfilled
    process = replace(unfilled.process, nodes=nodes)
    processes[process.id] = process
    return replace(unfilled, process=process, processes=processes, forms=forms, files=files, hash=content_hash(files))


def _forms(work: _Applying, now: tuple[Choice, ...], usable: list[Choice], files: dict[str, bytes]) -> dict[str, Form]:
    chosen = [c for c in usable if work.points[c.point].kind == "form"]
    if not chosen:
        return {}
    readers, taken = reads.readers(work.base), reads.known(work.base)
    found: dict[str, Form] = {}
    for choice in chosen:
        point, content = work.points[choice.point], choice.chosen
        form = work.base.forms.get(point.target)
        if form is None or not isinstance(content, Mapping):
            continue
        adapted, findings = adapt.adapt(form, point, content, readers, taken)
        work.findings.extend(findings)
        if adapted is not None and choice in now:
            found[form.id] = adapted
            files[form.path] = _JSON.encode(adapted.source)
    return found


def _decisions(
    work: _Applying,
    now: tuple[Choice, ...],
    usable: list[Choice],
    files: dict[str, bytes],
    forms: Mapping[str, Form],
) -> dict[str, dmn.DecisionModel]:
    chosen = [c for c in usable if work.points[c.point].kind == "rule"]
    if not chosen:
        return {}
    known = reads.known(replace(work.base, forms=forms))
    found: dict[str, dmn.DecisionModel] = {}
    for choice in chosen:
        point = work.points[choice.point]
        model, findings = rules.replace(work.base, point, str(choice.chosen), known)
        work.findings.extend(findings)
        if model is not None and choice in now and not findings:
            found.update(dict.fromkeys(model.decisions, model))
            files[work.base.sources[point.target]] = str(choice.chosen).encode()
    return found


def _texts(
    work: _Applying,
    now: tuple[Choice, ...],
    usable: list[Choice],
    files: dict[str, bytes],
    forms: Mapping[str, Form],
) -> Mapping[str, str]:
    """The letters, with those of the tenant's own."""
    texts = dict(work.base.texts)
    chosen = [c for c in usable if work.points[c.point].kind == "text"]
    known = reads.known(replace(work.base, forms=forms)) if chosen else frozenset()
    for choice in chosen:
        point, own = work.points[choice.point], str(choice.chosen)
        if _told(work, letters.check(point, work.base.texts, own, known)) and choice in now:
            texts[point.target] = own
            files[f"texts/{point.target}.md"] = own.encode()
    return texts


def _four_eyes(work: _Applying, process: Process) -> None:
    """Four eyes need the other pair: the step that they refer to must still be a person's work."""
    for node in process.nodes.values():
        for one in (d for d in node.declared if d.tag == "fourEyes" and node.kind == "userTask"):
            other = process.nodes.get(one.attributes.get("other", ""))
            if other is None or other.kind != "userTask":
                name = node.name or node.id
                nl = f"'{name}' heeft vier ogen nodig, maar de andere stap staat uit."
                work.fault("choice-four-eyes", nl, f"'{name}' needs four eyes, but the other step is off.", node.id)


def _constraints(work: _Applying, bound: Mapping[str, Bound], switched: Mapping[str, bool]) -> None:
    """Constraints see parameters by id and steps by point id with `_` for `-`; null counts as violated."""
    names: dict[str, object] = {p.replace("-", "_"): on for p, on in switched.items()}
    names.update({name: one.value for name, one in bound.items()})
    for one in work.base.declared("constraint"):
        text = one.attributes.get("expression", "").removeprefix("=")
        message = one.attributes.get("message") or text
        try:
            holds = feel.compile(text, dialect="camunda8")(lambda n: names.get(n, feel.MISSING), work.evaluation)
        except (feel.FeelError, feel.FeelSyntaxError) as error:
            work.fault(
                "constraint", f"Voorwaarde '{text}' klopt niet: {error}", f"Constraint '{text}' is wrong: {error}"
            )
            continue
        if holds is not True:
            nl, en = (" (Niet te berekenen.)", " (It could not be computed.)") if holds is None else ("", "")
            en = f"Constraint violated: {text}{en}"
            work.findings.append(Finding("constraint", "error", message + nl, en, line=one.line, path=MANIFEST))
