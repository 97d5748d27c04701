"""What SpiffWorkflow makes of a package's scenarios: each is played here, replayed there, and compared."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from bpmn.package import Package
from engine.runtime import Definition, Refused, compile_process
from engine.runtime.second_opinion import Verdict, second_opinion
from engine.usecases.effective_model import local_day
from engine.usecases.play_scenario import Failed, play_scenario
from engine.usecases.played_case import Play
from tenants import apply


@dataclass(frozen=True, slots=True)
class ScenarioOpinion:
    """`scenario`: its name; a scenario that fails has no second opinion, a finding tells of it."""

    scenario: str
    verdict: Verdict


def second_opinions(package: Package, now: int) -> tuple[ScenarioOpinion, ...]:
    """Of each scenario that can be played on the base. `now`: epoch ms of the scenarios; () for what cannot run."""
    try:
        definitions = {id_: compile_process(one, package.decisions) for id_, one in package.processes.items()}
    except Refused:
        return ()
    base = apply.apply(package, None, local_day(datetime.fromtimestamp(now / 1000, UTC)))
    found = played(base, definitions, now)
    return tuple(ScenarioOpinion(name, opinion(base, play)) for name, play in found if isinstance(play, Play))


def played(
    effective: apply.Effective, definitions: Mapping[str, Definition], now: int
) -> Iterator[tuple[str, Play | Failed]]:
    """Every scenario that the choices do not make void, by name."""
    for name, scenario in sorted(effective.package.scenarios.items()):
        if name not in effective.voids:
            try:
                yield name, play_scenario(effective, definitions, scenario, now)
            except Failed as failed:
                yield name, failed


def opinion(effective: apply.Effective, play: Play) -> Verdict:
    """Of one played scenario."""
    package = effective.package
    return second_opinion(package.process, package.decisions, play.parameters, play.record())
