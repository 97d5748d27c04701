"""Checks a package as publishing does: read, rules, compiled, job types, and its scenarios played on the runtime."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime

from bpmn import checks
from bpmn import package as packages
from bpmn.model import Finding, Process
from engine.connectors.registry import KNOWN
from engine.runtime import Definition, Refused, compile_process
from engine.usecases.effective_model import local_day
from engine.usecases.play_scenario import Failed
from engine.usecases.played_case import Play
from engine.usecases.second_opinions import opinion, played
from tenants import apply

TOLD_BY_READING = ("unknown-form", "unknown-decision")
Definitions = Mapping[str, Definition]


def check_package(
    files: Mapping[str, bytes], now: int, key: str | None = None
) -> tuple[packages.Package | None, tuple[Finding, ...]]:
    """Read a package and apply every check of publishing, without storing anything. `now`: epoch ms of the scenarios;
    `key`: how the model must be called, when that is known.

    Scenarios are played only when nothing else is an error, and on the base, as a municipality without choices has
    it."""
    package, findings = packages.read(files, key)
    if package is None:
        return None, findings
    # A form or decision that does not exist is told by reading; told again by the rules it would stand there twice.
    told = {finding.element for finding in findings if finding.code == "package-tie"}
    ruled = checks.run(tuple(package.processes.values()), package.decisions, package.forms)
    found = [*findings, *(one for one in ruled if one.code not in TOLD_BY_READING or one.element not in told)]
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
        for name, play in played(base, definitions, now):
            found += [_failure(name, play)] if isinstance(play, Failed) else _opinion(name, base, play)
    return package, tuple(dict.fromkeys(package.located(found)))


def check_scenarios(effective: apply.Effective, definitions: Definitions, now: int) -> tuple[Finding, ...]:
    """Every scenario of an effective model that its choices do not make void, played: an error finding for each that
    fails (overrides.md, "What is checked", 5). `definitions`: its processes, compiled; `now`: epoch ms."""
    results = played(effective, definitions, now)
    return tuple(_failure(name, result) for name, result in results if isinstance(result, Failed))


def _failure(name: str, failed: Failed) -> Finding:
    nl = f"Scenario '{name}' mislukt bij {failed.nl}"
    en = f"Scenario '{name}' fails at {failed.en}"
    return Finding("scenario-failed", "error", nl, en, failed.node, path=f"scenarios/{name}.json")


def _opinion(name: str, effective: apply.Effective, play: Play) -> list[Finding]:
    """What SpiffWorkflow thinks of a played scenario; that it has no say is told once for the whole package."""
    path = f"scenarios/{name}.json"
    return [
        replace(one, nl=f"Scenario '{name}': {one.nl}", en=f"Scenario '{name}': {one.en}", path=path)
        if one.severity == "warning"
        else one
        for one in opinion(effective, play).findings
    ]


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
