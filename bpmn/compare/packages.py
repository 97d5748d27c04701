"""Two versions of a package, file by file: what people must know, and at the end whatever no reader knows."""

from collections.abc import Iterable, Iterator

from bpmn import xml
from bpmn.compare import decisions, extensions, forms, layout, notes, processes, tables, texts
from bpmn.compare.changes import Change, Comparison, added, greatest, removed
from bpmn.compare.facts import paired
from bpmn.model import Process
from bpmn.package import Package, content_hash


def compare(old: Package, new: Package) -> Comparison:
    """All differences of two versions of a package, in sentences, heaviest kinds first as people look for them.

    Files with equal bytes are not looked into. What differs in a file that no reader knows is told as such."""
    if old.hash == new.hash:
        return Comparison((), "none")
    paths = [p for p in sorted({*old.files, *new.files}) if old.files.get(p) != new.files.get(p)]
    broken = {p for p in paths if p in new.files and not _read(new, p)}
    found = [c for c in _known(old, new, paths) if c.kind != "removed" or c.path not in broken]
    found.extend(_broken(path) for path in sorted(broken))
    told = {c.path for c in found}
    for path in paths:
        found.extend(_rest(old, new, path, path in told))
    return Comparison(tuple(found), greatest(c.impact for c in found))


def _known(old: Package, new: Package, paths: list[str]) -> Iterator[Change]:
    yield from _processes(old, new, paths)
    yield from _forms(old, new, paths)
    relied = _pointed(old, "rulePoint", "decision") | _pointed(new, "rulePoint", "decision")
    yield from decisions.changes(tables.parts(old.files, paths), tables.parts(new.files, paths), relied)
    for path in paths:
        if path.endswith(".bpmn") and path in old.files and path in new.files:
            yield from notes.changes(path, old.files[path], new.files[path])
    yield from texts.letters(_letters(old, paths), _letters(new, paths))
    yield from texts.scenarios(old.scenarios, new.scenarios)


def _processes(old: Package, new: Package, paths: list[str]) -> Iterator[Change]:
    def form(before: str | None, after: str | None) -> str:
        return forms.impact(old.forms.get(before or ""), new.forms.get(after or ""))

    if _touched(old.process, new.process, paths):
        yield from processes.changes(old.process, new.process, form)
    others = [{i: p for i, p in one.processes.items() if p is not one.process} for one in (old, new)]
    gone, came, stayed = paired(*others)
    for id_ in gone:
        yield removed(processes.about(others[0][id_]), "major")
    for id_ in came:
        yield added(processes.about(others[1][id_]), "minor")
    for id_ in stayed:
        if _touched(others[0][id_], others[1][id_], paths):
            yield from processes.changes(others[0][id_], others[1][id_], form)


def _touched(old: Process, new: Process, paths: Iterable[str]) -> bool:
    return old.path != new.path or new.path in paths


def _forms(old: Package, new: Package, paths: list[str]) -> Iterator[Change]:
    gone, came, stayed = paired(old.forms, new.forms)
    relied = _pointed(old, "formPoint", "form") | _used(old, starts=True) | _used(new, starts=False)
    for id_ in gone:
        yield removed(forms.about(old.forms[id_]), "major" if id_ in relied else "minor")
    for id_ in came:
        yield added(forms.about(new.forms[id_]), "minor")
    for id_ in stayed:
        if new.forms[id_].path in paths:
            yield from forms.changes(old.forms[id_], new.forms[id_])


def _used(package: Package, starts: bool) -> frozenset[str]:
    """The forms that the steps of a package ask for; those of start events only, when others fill them in."""
    nodes = [n for p in package.processes.values() for n in p.nodes.values()]
    return frozenset(n.work.form for n in nodes if n.work.form and (n.kind == "startEvent" or not starts))


def _pointed(package: Package, tag: str, attribute: str) -> frozenset[str]:
    """What the variation points of one kind are about."""
    found = extensions.places(package.process).values()
    return frozenset(p.declared.attributes.get(attribute, "") for p in found if p.tag == tag)


def _letters(package: Package, paths: Iterable[str]) -> dict[str, str]:
    found = {f"texts/{name}.md": text for name, text in package.texts.items()}
    if "README.md" in package.files:
        found["README.md"] = package.files["README.md"].decode("utf-8", "replace").replace("\r\n", "\n")
    return {path: text for path, text in found.items() if path in paths}


def _read(package: Package, path: str) -> bool:
    """Whether the package holds what stands in one of its files."""
    folder, _, name = path.rpartition("/")
    if folder == "forms" and path.endswith(".json"):
        return any(f.path == path for f in package.forms.values())
    if folder in {"", "processes"} and path.endswith(".bpmn"):
        return any(p.path == path for p in package.processes.values())
    if folder == "texts" and path.endswith(".md"):
        return name.removesuffix(".md") in package.texts
    if folder == "scenarios" and path.endswith(".json"):
        return name.removesuffix(".json") in package.scenarios
    try:
        return not path.endswith(".dmn") or xml.parse(package.files[path]) is not None
    except xml.Unreadable:
        return False


def _broken(path: str) -> Change:
    nl = f"Bestand '{path}' kan niet worden gelezen; wat erin staat telt niet mee."
    en = f"File '{path}' cannot be read; what stands in it does not count."
    return Change("changed", "file", path, nl, en, path, "major")


def _rest(old: Package, new: Package, path: str, told: bool) -> Iterator[Change]:
    """What of a file is not yet told: how it is drawn, and what no reader knows."""
    before, after = old.files.get(path), new.files.get(path)
    if before is None or after is None:
        if not told:
            yield texts.file(path, "added" if before is None else "removed")
        return
    if content_hash({path: before}) == content_hash({path: after}):
        return
    number, same = layout.drawn(path, before, after)
    if number or (same and not told):
        yield layout.moved(path, number)
    if not same and not told:
        yield _unknown(path)


def _unknown(path: str) -> Change:
    nl = f"In {path} is iets veranderd dat de engine niet gebruikt, zoals een opmerking bij de tekening."
    en = f"In {path} something changed that the engine does not use, such as a note in the drawing."
    return Change("changed", "other", path, nl, en, path, "patch")
