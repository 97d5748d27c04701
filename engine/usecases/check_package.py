"""Checks a package as publishing does: read, rules, compiled, job types, and its scenarios played on the runtime."""

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime

from bpmn import checks
from bpmn import package as packages
from bpmn.model import Finding, Process
from engine.connectors.registry import KNOWN
from engine.runtime import Definition, Refused, compile_process
from engine.usecases.effective_model import local_day
from engine.usecases.play_scenario import Failed, play_scenario
from tenants import apply

Definitions = Mapping[str, Definition]


def check_package(files: Mapping[str, bytes], now: int) -> tuple[packages.Package | None, tuple[Finding, ...]]:
    """Read a package and apply every check of publishing, without storing anything. `now`: epoch ms of the scenarios.

    Scenarios are played only when nothing else is an error, and on the base, as a municipality without choices has
    it."""
    package, findings = packages.read(files)
    if package is None:
        return None, findings
    found = list(findings) + list(checks.run(tuple(package.processes.values()), package.decisions, package.forms))
    definitions: dict[str, Definition] = {}
    for id_, process in package.processes.items():
        found += _job_types(process)
        try:
            definitions[id_] = compile_process(process, package.decisions)
        except Refused as error:
            found += error.findings
    base = apply.apply(package, None, local_day(datetime.fromtimestamp(now / 1000, UTC)))
    found += base.findings
    if not any(finding.severity == "error" for finding in found):
        found += check_scenarios(base, definitions, now)
    return package, tuple(dict.fromkeys(found))


def check_scenarios(effective: apply.Effective, definitions: Definitions, now: int) -> tuple[Finding, ...]:
    """Every scenario of an effective model that its choices do not make void, played: an error finding for each that
    fails (overrides.md, "What is checked", 5). `definitions`: its processes, compiled; `now`: epoch ms."""
    return tuple(_played(effective, definitions, now))


def _played(effective: apply.Effective, definitions: Definitions, now: int) -> Iterator[Finding]:
    for name, scenario in sorted(effective.package.scenarios.items()):
        if name in effective.voids:
            continue
        try:
            play_scenario(effective, definitions, scenario, now)
        except Failed as failed:
            nl = f"Scenario '{name}' mislukt bij {failed.nl}"
            en = f"Scenario '{name}' fails at {failed.en}"
            yield Finding("scenario-failed", "error", nl, en, failed.node, path=f"scenarios/{name}.json")


def _job_types(process: Process) -> list[Finding]:
    """A fixed job type that no connector knows would wait for ever."""
    found = []
    for node in process.nodes.values():
        asked = node.work.type
        if asked is not None and not asked.feel and asked.text not in KNOWN:
            known = ", ".join(sorted(KNOWN))
            nl = f"Het taaktype '{asked.text}' bestaat niet. Kies een van: {known}."
            en = f"No connector knows the job type '{asked.text}'. Choose one of: {known}."
            found.append(Finding("unknown-job-type", "error", nl, en, node.id, asked.line or node.line))
    return found
