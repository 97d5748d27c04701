"""What becomes of each choice of a tenant when its base gets a new version: one status per choice, never silent."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from bpmn import feel
from bpmn.compare.words import Words
from bpmn.model import Finding
from bpmn.package import Package
from tenants import apply, contracts, describe, limits, slots
from tenants.contracts import Side
from tenants.describe import words
from tenants.override import Choice, Override
from tenants.variation import READY, VariationPoint

BLOCKING = frozenset({"needs-attention", "void", "new-point"})


@dataclass(frozen=True, slots=True)
class Status:
    """One choice, or one new question, under the new version. `status`: fits, fits-base-changed, needs-attention,
    void, redundant or new-point; `nl` and `en` say what and why, the remedies what to do; `start`: ISO first day of
    the choice, "" when it has none."""

    point: str
    status: str
    nl: str
    en: str
    remedy_nl: str
    remedy_en: str
    start: str = ""


def blocking(status: Status) -> bool:
    """Whether somebody must decide before the tenant can go to the new version."""
    return status.status in BLOCKING


def rebase(
    old: Package, new: Package, override: Override, on: date, before: Override | None = None
) -> tuple[Status, ...]:
    """A status for every choice of `override` that is not over before `on`, by point and first day; then one for every
    point of `new` that asks for a choice: it has no safe default, and had one, was not there in `old`, or loses the
    choice that was made there.

    `override`: the choices that count for `new`; `before`: those that count for `old`, when they are not the same. What
    counts for `old` alone is settled; what counts for `new` alone is judged on `new` alone."""
    was, now = contracts.side(old), contracts.side(new)
    earlier = override.choices if before is None else before.choices
    lasting = sorted((c for c in override.choices if not c.over(on)), key=lambda c: (c.point, c.valid_from or date.min))
    days = sorted({_first(c, on) for c in lasting})
    base = new.once(("findings", on), lambda: frozenset(apply.apply(new, None, on).findings))
    applied = {day: _applied(now, override, day, base) for day in days}
    found = [_status(was if c in earlier else now, now, c, applied[_first(c, on)]) for c in lasting]
    chosen = {c.point for c in override.on(on)}
    lost = {c.point for c in earlier if c.holds(on)} - chosen
    found.extend(_asked(p) for p in now.points.values() if p.id not in chosen and _asks(was, p, lost))
    return tuple(found)


def _first(choice: Choice, on: date) -> date:
    """The first day from `on` that the choice counts."""
    return max(on, choice.valid_from or on)


@dataclass(frozen=True, slots=True)
class _Applied:
    """The new base with the choices of one day: the package, and point → what is wrong with the choice."""

    package: Package
    faults: Mapping[str, tuple[Finding, ...]]


def _applied(now: Side, override: Override, day: date, base: frozenset[Finding]) -> _Applied:
    chosen = override.on(day)
    effective = apply.apply(now.package, Override(override.key, chosen), day)
    faults: dict[str, tuple[Finding, ...]] = {}
    for finding in effective.findings:
        if finding.severity == "error" and finding not in base:
            for point in sorted(_concerned(now, chosen, finding)):
                faults[point] = (*faults.get(point, ()), finding)
    return _Applied(effective.package, faults)


def _concerned(now: Side, chosen: Iterable[Choice], finding: Finding) -> set[str]:
    """The chosen points that a finding is about; all of them when it names none, for it must not get lost."""
    points = {c.point for c in chosen}
    if finding.element in points:
        return {finding.element}
    own = [now.points[p] for p in points if p in now.points]
    node = now.package.process.nodes.get(finding.element)
    if node is not None:
        others = {d.attributes.get("other") for d in node.declared if d.tag == "fourEyes"}
        found = {p.id for p in own if p.element in others}
    else:
        read = _constraint(now, finding)
        found = {p.id for p in own if (p.id.replace("-", "_") if p.kind == "step" else p.target) in read}
    return found or points


def _constraint(now: Side, finding: Finding) -> frozenset[str]:
    """The names that the constraint of a finding reads."""
    for one in now.package.declared("constraint"):
        text = one.attributes.get("expression", "").removeprefix("=")
        message = one.attributes.get("message") or text
        if one.line == finding.line and finding.nl.startswith(message):
            try:
                return feel.compile(text, dialect="camunda8").reads
            except feel.FeelSyntaxError:
                break
    return frozenset()


def _status(was: Side, now: Side, choice: Choice, applied: _Applied) -> Status:
    gone = contracts.gone(was, now, choice)
    if gone is not None:
        heir = contracts.heir(was, now, choice)
        return _void(was, now, choice, gone, heir)
    wrong = [*contracts.breaks(was, now, choice), *(_plain(f) for f in applied.faults.get(choice.point, ()))]
    if wrong:
        reason = Words("; ".join(w.nl for w in wrong), "; ".join(w.en for w in wrong))
        return _said(was, now, choice, "needs-attention", reason)
    # Where the base has no safe default, a choice that says the same as the base is still an answer.
    if now.points[choice.point].safe and contracts.equal(now, choice, applied.package):
        same = Words("de basis doet dit nu zelf ook zo", "the base does the same by itself now")
        return _said(was, now, choice, "redundant", same)
    changed = contracts.changed(was, now, choice)
    if changed is not None:
        return _said(was, now, choice, "fits-base-changed", changed)
    return _said(was, now, choice, "fits", Words("", ""))


def _void(was: Side, now: Side, choice: Choice, gone: Words, heir: VariationPoint | None) -> Status:
    if heir is None:
        return _said(was, now, choice, "void", gone)
    called = heir.target or heir.id
    gone = Words(f"{gone.nl}; die heet nu '{called}'", f"{gone.en}; it is called '{called}' now")
    asked = heir.question or contracts.name(now, heir)
    nl = f"Laat deze keuze vervallen en kies voor de nieuwe versie opnieuw bij '{asked}'."
    return _said(
        was, now, choice, "void", gone, Words(nl, f"Drop this choice and choose anew at '{asked}' for the new version.")
    )


def _plain(finding: Finding) -> Words:
    """A finding as the reason in a sentence: without its point in front and its stop at the end."""
    prefix = f"{finding.element}: "
    nl, en = (t.removeprefix(prefix).removesuffix(".") for t in (finding.nl, finding.en))
    return Words(nl, en)


_SAYS: Mapping[str, Words] = {
    "fits": Words("past in de nieuwe versie", "fits the new version"),
    "fits-base-changed": Words("past nog, maar de basis is veranderd", "still fits, but the base has changed"),
    "needs-attention": Words("past niet meer", "no longer fits"),
    "redundant": Words("is niet meer nodig", "is no longer needed"),
    "void": Words("vervalt", "is void"),
}
_REMEDIES: Mapping[str, Words] = {
    "fits": Words("U hoeft niets te doen.", "Nothing has to be done."),
    "fits-base-changed": Words(
        "U hoeft niets te doen; kijk of de keuze nog is wat u wilt.",
        "Nothing has to be done; see whether the choice is still what you want.",
    ),
    "needs-attention": Words(
        "Kies opnieuw voor de nieuwe versie, of laat deze keuze vervallen.",
        "Choose anew for the new version, or drop this choice.",
    ),
    "redundant": Words("U kunt deze keuze laten vervallen.", "You may drop this choice."),
    "void": Words(
        "Laat deze keuze vervallen, of kies opnieuw voor de nieuwe versie.",
        "Drop this choice, or choose anew for the new version.",
    ),
}


def _said(was: Side, now: Side, choice: Choice, status: str, reason: Words, remedy: Words | None = None) -> Status:
    subject, says, todo = _subject(was, now, choice), _SAYS[status], remedy or _REMEDIES[status]
    nl = f"{subject.nl} {says.nl}{': ' + reason.nl if reason.nl else ''}."
    en = f"{subject.en} {says.en}{': ' + reason.en if reason.en else ''}."
    start = choice.valid_from.isoformat() if choice.valid_from else ""
    return Status(choice.point, status, nl, en, todo.nl, todo.en, start)


def _subject(was: Side, now: Side, choice: Choice) -> Words:
    """The choice in people's words."""
    one = was if choice.point in was.points else now
    point = one.points.get(choice.point)
    if point is None:
        return Words(f"De keuze bij punt '{choice.point}'", f"The choice at point '{choice.point}'")
    called = contracts.name(one, point)
    if point.kind in {"value", "list"} and point.target in one.parameters:
        try:
            value = words(one.parameters[point.target], limits.plain(one.parameters[point.target], choice.chosen))
        except limits.Wrong:
            return Words(f"De keuze bij '{called}'", f"The choice at '{called}'")
        return Words(f"De keuze '{called}: {value.nl}'", f"The choice '{called}: {value.en}'")
    if point.kind == "step":
        nl, en = ("aan", "on") if choice.chosen is True else ("uit", "off")
        return Words(f"De keuze om '{called}' {nl} te zetten", f"The choice to switch '{called}' {en}")
    if point.kind == "alternative":
        chosen = describe.option(one.package, point, choice.chosen)
        return Words(f"De keuze voor '{chosen}' bij '{called}'", f"The choice of '{chosen}' at '{called}'")
    if point.kind == "text":
        return Words(f"De eigen tekst bij '{called}'", f"The text of one's own at '{called}'")
    if point.kind == "rule":
        return Words(f"De eigen tabel bij '{called}'", f"The table of one's own at '{called}'")
    if point.kind == "form":
        return Words(f"Het aangepaste formulier bij '{called}'", f"The changed form at '{called}'")
    if point.kind == "slot":
        step = slots.called(choice.chosen)
        return Words(f"De eigen stap '{step}' bij '{called}'", f"The step '{step}' at '{called}'")
    if point.kind == "mapping":
        return Words(f"De koppeling bij '{called}'", f"The tie to the catalogue at '{called}'")
    return Words(f"De keuze bij '{called}'", f"The choice at '{called}'")


def _asks(was: Side, point: VariationPoint, lost: Collection[str]) -> bool:
    before = was.points.get(point.id)
    asks = before is None or before.safe or point.id in lost
    return asks and not point.safe and point.kind in READY and point.owner == "municipality"


def _asked(point: VariationPoint) -> Status:
    asked = point.question or point.element_name
    return Status(
        point.id,
        "new-point",
        f"De nieuwe versie vraagt een keuze bij '{asked}'; de basis heeft daarvoor geen veilige standaard.",
        f"The new version asks for a choice at '{asked}'; the base has no safe default for it.",
        "Maak deze keuze voor de nieuwe versie.",
        "Make this choice for the new version.",
    )
