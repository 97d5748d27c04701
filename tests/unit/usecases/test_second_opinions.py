"""The second opinion on a package: one verdict for each scenario that can be played."""

import json
from typing import Any

from bpmn import package as packages
from engine.usecases.second_opinions import ScenarioOpinion, second_opinions
from tests.unit.runtime.drawing import boundary, end, flows, gateway, message, process, start, user

NOW = 1_780_300_800_000
CHOICE = (
    start(name="Aanvraag"), user("a", name="Beoordelen"), gateway("exclusive", "g", default="g__e"),
    user("b", name="Bezwaar"), end("e", ), flows("s>a a>g g>b{=no} g>e b>e"),
)  # fmt: skip


def asked(content: tuple[str, ...], **scenarios: dict[str, Any]) -> tuple[ScenarioOpinion, ...]:
    files = {"process.bpmn": process(*content).encode()}
    for name, scenario in scenarios.items():
        files[f"scenarios/{name}.json"] = json.dumps({"start": {}, **scenario}).encode()
    package, _ = packages.read(files)
    assert package is not None
    return second_opinions(package, NOW)


def done(node: str, **data: Any) -> dict[str, Any]:
    return {"complete": node, "data": data}


def test_each_scenario_has_its_verdict() -> None:
    found = asked(
        CHOICE,
        kort={"steps": [done("a", no=False)], "expect": {"end": "e"}},
        lang={"steps": [done("a", no=True), done("b")], "expect": {"end": "e"}},
    )
    assert [(one.scenario, one.verdict.outcome) for one in found] == [("kort", "agrees"), ("lang", "agrees")]
    assert found[0].verdict.ours == found[0].verdict.theirs == ("Aanvraag", "Beoordelen", "e")
    assert found[1].verdict.ours == ("Aanvraag", "Beoordelen", "Bezwaar", "e")


def test_what_is_outside_its_subset_says_why() -> None:
    content = (start(), user("a"), boundary("t", "a", message(), stays=True), end("e f"), flows("s>a a>e t>f"))
    (found,) = asked(content, een={"steps": [done("a")], "expect": {"end": "e"}})
    assert found.verdict.outcome == "outside" and found.verdict.findings[0].element == "t"


def test_a_scenario_that_fails_is_told_elsewhere() -> None:
    assert asked(CHOICE, fout={"steps": [done("b")], "expect": {}}, half={"steps": [], "expect": {}}) == ()


def test_what_cannot_run_has_no_opinion() -> None:
    content = (start(), user("a"), gateway("exclusive", "g"), end(), flows("s>a a>g g>e{=(}"))
    assert asked(content, een={"steps": [], "expect": {}}) == ()
