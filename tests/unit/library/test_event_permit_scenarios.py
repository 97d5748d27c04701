"""The event permit's scenarios, played on the runtime for every demo municipality, through its own forms."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from bpmn import package
from bpmn.checks import run as check
from engine.runtime import compile_process
from engine.usecases.check_package import check_scenarios
from engine.usecases.play_scenario import play_scenario
from engine.usecases.played_case import Play
from tenants import apply, override
from tenants.demo import load

FOLDER = Path(__file__).parents[3] / "bpmn/library/evenementenvergunning"
FILES = {str(p.relative_to(FOLDER)): p.read_bytes() for p in sorted(FOLDER.rglob("*")) if p.is_file()}
BASE, _ = package.read(FILES)
ON = date(2026, 6, 1)
NOW = 1_780_300_800_000  # noon on that day, local time


def effective(tenant):
    choices = [c for d in load.overrides() if d.tenant == tenant for c in d.choices]
    chosen, _ = override.read({"key": BASE.key, "choices": choices})
    return apply.apply(BASE, chosen, ON)


TENANTS = {
    "Utrecht": effective(load.UTRECHT),
    "Groningen": effective(load.GRONINGEN),
    "Emmen": effective(load.EMMEN),
}


DEFINITIONS = {
    name: {id: compile_process(each, model.package.decisions) for id, each in model.package.processes.items()}
    for name, model in TENANTS.items()
}


def new(tenant):
    return Play(TENANTS[tenant], DEFINITIONS[tenant], NOW)


def play(tenant, start, steps):
    case = new(tenant)
    case.start(start)
    for step in steps:
        case.complete(step["complete"], step["data"], step.get("each", False))
    return case


RUNS = [(t, s) for t in TENANTS for s in BASE.scenarios if s not in TENANTS[t].voids]


@pytest.mark.parametrize(("tenant", "name"), RUNS)
def test_scenario(tenant, name):
    scenario = BASE.scenarios[name]
    case = play_scenario(TENANTS[tenant], DEFINITIONS[tenant], scenario, NOW)
    assert case.ended.end == scenario["expect"]["end"]
    assert case.tasks == []
    assert case.waits == []


@pytest.mark.parametrize("tenant", TENANTS)
def test_what_a_choice_makes_void_is_not_played(tenant):
    assert check_scenarios(TENANTS[tenant], DEFINITIONS[tenant], NOW) == ()
    everything = replace(TENANTS[tenant], voids=frozenset())
    failed = {f.path for f in check_scenarios(everything, DEFINITIONS[tenant], NOW)}
    assert failed == {f"scenarios/{name}.json" for name in TENANTS[tenant].voids}


def test_scenarios_reach_every_end_and_only_the_switched_off_one_is_void():
    ends = {n.id for n in BASE.process.nodes.values() if n.kind == "endEvent" and n.scope == BASE.process.id}
    assert {s["expect"]["end"] for s in BASE.scenarios.values()} == ends
    assert {n for n in TENANTS for s in BASE.scenarios if (n, s) not in RUNS} == {"Groningen"}


@pytest.mark.parametrize("tenant", TENANTS)
def test_nothing_is_found_in_the_effective_models(tenant):
    found = TENANTS[tenant].package
    wrong = check(tuple(found.processes.values()), found.decisions, found.forms)
    assert [f for f in wrong if f.severity == "error"] == []


def big(visitors):
    """A permit application that only differs in its size, up to the advice."""
    scenario = BASE.scenarios["verleend"]
    start = {**scenario["start"], "aantalBezoekers": visitors, "versterktGeluid": False}
    return start, scenario["steps"][:2]


def test_the_same_application_goes_another_way_in_each_municipality():
    open_task = {t: [o.node for o in play(t, *big(3000)).tasks] for t in TENANTS}
    assert open_task == {
        "Utrecht": ["Task_Voorbereiden"],
        "Groningen": ["Task_Voorbereiden"],
        "Emmen": ["Task_Schouw"],
    }
    open_task = {t: [o.node for o in play(t, *big(8000)).tasks] for t in TENANTS}
    assert open_task == {"Utrecht": ["Task_Schouw"], "Groningen": ["Task_Voorbereiden"], "Emmen": ["Task_Schouw"]}


def test_who_gets_which_task_and_when_it_is_due():
    case = new("Utrecht")
    case.start(BASE.scenarios["verleend"]["start"])
    assert [(t.node, t.role, t.groups) for t in case.tasks] == [("Task_Volledigheid", "behandelaar", ())]
    case.complete("Task_Volledigheid", {"volledig": "ja"})
    assert sorted((t.node, t.groups) for t in case.tasks) == [
        ("Task_Advies", ("brandweer",)),
        ("Task_Advies", ("politie",)),
    ]
    assert {t.due_at for t in case.tasks} == {NOW + 14 * 86_400_000}
    for step in BASE.scenarios["verleend"]["steps"][1:3]:
        case.complete(step["complete"], step["data"], step.get("each", False))
    assert [(t.node, t.groups) for t in case.tasks] == [("Task_Besluiten", ("mandaathouders",))]
    # Eight weeks after 1 June 2026, at the end of that day: 27 July, 23:59:59 in Amsterdam.
    assert case.tasks[0].due_at == 1_785_189_599_000


@pytest.mark.parametrize(("tenant", "fee"), [("Utrecht", "125,50"), ("Groningen", "95"), ("Emmen", "125,50")])
def test_letters_are_whole_and_name_the_fee_of_the_municipality(tenant, fee):
    scenario = BASE.scenarios["verleend"]
    case = play(tenant, scenario["start"], scenario["steps"])
    assert set(case.letters) == {"ontvangstbevestiging", "besluitbrief"}
    assert f"€ {fee}." in case.letters["besluitbrief"]
    assert "evenementenvergunning: verleend; wegafsluiting: geweigerd" in case.letters["besluitbrief"]


def test_withdrawal_is_possible_until_the_decision_is_out():
    for steps in range(5):
        scenario = BASE.scenarios["verleend"]
        case = play("Utrecht", scenario["start"], scenario["steps"][:steps])
        if case.ended is None:
            case.message("intrekking", {})
        assert case.ended.end == ("End_Ingetrokken" if steps < 4 else "End_Verleend")


def test_publication_only_where_an_address_is_set():
    chosen, _ = override.read(
        {"key": BASE.key, "choices": [{"point": "vp-publicatie", "value": "https://voorbeeld.nl", "reason": "x"}]}
    )
    model = apply.apply(BASE, chosen, ON)
    scenario = BASE.scenarios["verleend"]
    case = play_scenario(model, DEFINITIONS["Utrecht"], scenario, NOW)
    (job,) = (job for job in case.jobs if job.type == "http")
    assert (job.variables["method"], job.variables["url"]) == ("POST", "https://voorbeeld.nl")
    assert job.variables["body"]["besluiten"] == scenario["expect"]["variables"]["besluiten"]
    assert case.ended.end == "End_Verleend"


@pytest.mark.parametrize("advisers", [["politie"], ["politie", "brandweer", "ghor"]])
def test_scenarios_run_with_any_number_of_advisers(advisers):
    chosen, _ = override.read(
        {"key": BASE.key, "choices": [{"point": "vp-adviseurs", "items": advisers, "reason": "x"}]}
    )
    model = apply.apply(BASE, chosen, ON)
    assert model.usable and check_scenarios(model, DEFINITIONS["Utrecht"], NOW) == ()
