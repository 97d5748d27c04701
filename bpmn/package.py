"""A process package: its files read together, tied by id, with one hash of their content."""

import hashlib
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import lru_cache
from typing import TypeVar, cast

import msgspec

from bpmn import archive, dmn, forms, readers, ties, xml
from bpmn.dmn import DecisionModel
from bpmn.forms import Form
from bpmn.model import Declared, Finding, Process

MANIFEST = "process.bpmn"
_SMALL = 128 * 1024
_DECODER: msgspec.json.Decoder[object] = msgspec.json.Decoder(float_hook=Decimal)
_ENCODER = msgspec.json.Encoder(order="sorted", decimal_format="number")

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Package:
    """One package. `process`: the main process; `processes`, `forms`, `decisions` by id; `texts` by file name
    without ending; `scenarios` by file name; `sources`: id of a form or decision → its path; `uses`: packages
    that it calls; `hash`: sha256 of the content, layout of XML and JSON aside."""

    key: str
    files: Mapping[str, bytes]
    process: Process
    processes: Mapping[str, Process]
    decisions: Mapping[str, DecisionModel]
    forms: Mapping[str, Form]
    texts: Mapping[str, str]
    scenarios: Mapping[str, Mapping[str, object]]
    sources: Mapping[str, str]
    uses: tuple[str, ...]
    hash: str
    _derived: dict[Hashable, object] = field(default_factory=dict, init=False, repr=False, compare=False)

    def once(self, key: Hashable, make: Callable[[], T]) -> T:
        """What `make` gives, kept with the package under `key`: for what follows from its content alone."""
        if key not in self._derived:
            self._derived[key] = make()
        return cast(T, self._derived[key])

    def declared(self, tag: str) -> tuple[Declared, ...]:
        """The `plus1` elements of the main process with this tag."""
        return tuple(d for d in self.process.declared if d.tag == tag)

    def located(self, findings: Iterable[Finding]) -> tuple[Finding, ...]:
        """The findings, each with the file of its element: a rule knows a process, not where it stands."""
        files = {id_: process.path for process in self.processes.values() for id_ in _ids(process)}
        return tuple(replace(f, path=files.get(f.element, "")) if not f.path else f for f in findings)


def _ids(process: Process) -> Iterator[str]:
    for node in process.nodes.values():
        yield node.id
        yield from (flow.id for flow in node.outgoing)
    yield from (lane.id for lane in process.lanes)


@dataclass(slots=True)
class _Reading:
    files: Mapping[str, bytes]
    findings: list[Finding] = field(default_factory=list)
    processes: dict[str, Process] = field(default_factory=dict)
    main: list[Process] = field(default_factory=list)
    decisions: dict[str, DecisionModel] = field(default_factory=dict)
    forms: dict[str, Form] = field(default_factory=dict)
    texts: dict[str, str] = field(default_factory=dict)
    scenarios: dict[str, Mapping[str, object]] = field(default_factory=dict)
    sources: dict[str, str] = field(default_factory=dict)

    def fault(self, code: str, nl: str, en: str, path: str = "", severity: str = "error") -> None:
        self.findings.append(Finding(code, severity, nl, en, path=path))

    def keep(self, place: dict[str, T], id_: str, value: T, path: str) -> None:
        """Puts `value` under `id_`; a second one with that id is a fault."""
        if id_ in place:
            self.fault("package-double", f"Id '{id_}' bestaat al.", f"Id '{id_}' exists already.", path)
        place.setdefault(id_, value)


def read(files: Mapping[str, bytes], key: str | None = None) -> tuple[Package | None, tuple[Finding, ...]]:
    """A package from its files (relative path → bytes); None when it cannot be used, else findings say what is wrong.

    `key`: the expected key; a manifest that names another is refused. All errors come at once, each with its path."""
    reading = _Reading(files)
    if MANIFEST not in files:
        reading.fault("package-manifest", f"Het bestand {MANIFEST} ontbreekt.", f"The file {MANIFEST} is missing.")
        return None, tuple(reading.findings)
    if len(files) > archive.MAX_FILES:
        reading.fault("package-files", "Te veel bestanden.", "Too many files.")
        return None, tuple(reading.findings)
    for path in sorted(files):
        _file(path, reading)
    process = _main(reading)
    if process is None:
        if not any(f.severity == "error" for f in reading.findings):
            nl, en = "Er is geen uitvoerbaar proces.", "There is no executable process."
            reading.fault("package-process", nl, en, MANIFEST)
        return None, tuple(reading.findings)
    package = _assembled(reading, process, key)
    faults = ties.check(package.processes, package.decisions, package.forms, package.texts, package.uses)
    return package, package.located((*reading.findings, *faults))


def _assembled(reading: _Reading, process: Process, key: str | None) -> Package:
    own = next((d.attributes for d in process.declared if d.tag == "package"), {})
    name = own.get("key") or key or process.id
    if key is not None and name != key:
        nl, en = f"Dit pakket heet '{name}', niet '{key}'.", f"This package is called '{name}', not '{key}'."
        reading.fault("package-key", nl, en, MANIFEST)
    return Package(
        key=name,
        files=reading.files,
        process=process,
        processes=reading.processes,
        decisions=reading.decisions,
        forms=reading.forms,
        texts=reading.texts,
        scenarios=reading.scenarios,
        sources=reading.sources,
        uses=tuple(own.get("uses", "").split()),
        hash=content_hash(reading.files),
    )


def content_hash(files: Mapping[str, bytes]) -> str:
    """sha256 (hex) over sorted (path, sha256 of canonical XML, JSON or text)."""
    lines = (f"{path}\0{_file_hash(path.rpartition('.')[2], files[path])}\n" for path in sorted(files))
    return hashlib.sha256("".join(lines).encode()).hexdigest()


def _file_hash(kind: str, content: bytes) -> str:
    # A tenant's choices change one or two files of a package; the rest is hashed once.
    return (_kept_hash if len(content) < _SMALL else _hashed)(kind, content)


def _hashed(kind: str, content: bytes) -> str:
    return hashlib.sha256(_canonical(kind, content)).hexdigest()


_kept_hash = lru_cache(1024)(_hashed)


def _canonical(kind: str, content: bytes) -> bytes:
    try:
        if kind in ("bpmn", "dmn"):
            return xml.canonical(content)
        if kind == "json":
            return _ENCODER.encode(_DECODER.decode(content))
    except (xml.Unreadable, msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return content
    return content.replace(b"\r\n", b"\n")


def _file(path: str, reading: _Reading) -> None:
    content = reading.files[path]
    if not archive.safe(path):
        name = ascii(path[:100])
        reading.fault("package-path", f"Bestandsnaam {name} mag niet.", f"File name {name} is not allowed.")
        return
    folder, ending = path.rsplit("/", 1)[0] if "/" in path else "", path.rsplit(".", 1)[-1]
    reader = _READERS.get((folder, ending))
    if len(content) > archive.MAX_FILE:
        reading.fault("package-size", "Het bestand is groter dan 5 MB.", "The file is larger than 5 MB.", path)
    elif reader is not None:
        reader(path, content, reading)
    elif path != "README.md":
        nl, en = "Dit bestand hoort niet in een pakket.", "This file does not belong in a package."
        reading.fault("package-file", nl, en, path, "warning")


def _bpmn(path: str, content: bytes, reading: _Reading) -> None:
    processes, findings = readers.read(content, path)
    reading.findings.extend(findings)
    for process in processes:
        reading.keep(reading.processes, process.id, process, path)
        if path == MANIFEST:
            reading.main.append(process)


def _dmn(path: str, content: bytes, reading: _Reading) -> None:
    model, findings = dmn.read(content, path=path)
    reading.findings.extend(findings)
    if model is None:
        return
    for decision_id in model.decisions:
        reading.keep(reading.decisions, decision_id, model, path)
        reading.sources.setdefault(decision_id, path)


def _form(path: str, content: bytes, reading: _Reading) -> None:
    form, findings = forms.read(content, path)
    reading.findings.extend(findings)
    if form is not None:
        reading.keep(reading.forms, form.id, form, path)
        reading.sources.setdefault(form.id, path)


def _text(path: str, content: bytes, reading: _Reading) -> None:
    try:
        reading.texts[_stem(path)] = content.decode("utf-8").replace("\r\n", "\n")
    except UnicodeDecodeError:
        reading.fault("package-text", "Deze tekst is geen UTF-8.", "This text is not UTF-8.", path)


def _scenario(path: str, content: bytes, reading: _Reading) -> None:
    try:
        scenario = _DECODER.decode(content)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        reading.fault("package-scenario", f"Geen geldige JSON: {error}", f"Not valid JSON: {error}", path)
        return
    wanted = {"start": dict, "steps": list, "expect": dict}
    if not isinstance(scenario, dict) or not all(isinstance(scenario.get(k), t) for k, t in wanted.items()):
        nl, en = "Een scenario heeft start, steps en expect.", "A scenario has start, steps and expect."
        reading.fault("package-scenario", nl, en, path)
        return
    reading.scenarios[_stem(path)] = scenario


def _stem(path: str) -> str:
    return path.rsplit("/", 1)[-1].rsplit(".", 1)[0]


def _main(reading: _Reading) -> Process | None:
    """The process that carries `plus1:package`, else the only or first executable one of the manifest."""
    runnable = [p for p in reading.main if p.executable]
    named = [p for p in runnable if any(d.tag == "package" for d in p.declared)]
    return next(iter(named or runnable), None)


_READERS: Mapping[tuple[str, str], Callable[[str, bytes, _Reading], None]] = {
    ("", "bpmn"): _bpmn,
    ("processes", "bpmn"): _bpmn,
    ("decisions", "dmn"): _dmn,
    ("forms", "json"): _form,
    ("texts", "md"): _text,
    ("scenarios", "json"): _scenario,
}
