"""The event permit's scenarios, played on the runtime for every demo municipality, through its own forms."""

from collections import deque
from datetime import date
from pathlib import Path

import pytest

from bpmn import feel, forms, package
from bpmn.checks import run as check
from engine.domain import effects, events
from engine.runtime import advance, compile_process, new_state
from engine.runtime.look import variables_at
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


class Case:
    """One case of an effective model: jobs complete by themselves, everything else by a step of the scenario."""

    def __init__(self, model):
        self.model = model
        self.parameters = {n: b.value for n, b in model.parameters.items()}
        compiled = compile_process(model.package.process, model.package.decisions)
        self.definition = compiled.bind(self.parameters, seed="Z-1")
        self.state = new_state()
        self.tasks, self.waits, self.jobs, self.letters = [], [], deque(), {}
        self.ended = None

    def start(self, data):
        form = self.model.package.process.nodes["Start_Aanvraag"].work.form
        values = self._through_form(form, data, {})
        self._send(events.Start({**values, "zaaknummer": "Z-1"}))

    def complete(self, node, data):
        task = next(t for t in self.tasks if t.node == node)
        values = self._through_form(task.form, data, variables_at(self.state, task.token))
        self.tasks.remove(task)
        self._send(events.Complete(task.token, values))

    def message(self, name, data):
        wait = next(w for w in self.waits if (w.kind, w.name) == ("message", name))
        assert wait.key == "Z-1"
        self._send(events.Fire(wait.token, wait.node, "message", name, data))

    def timer(self, node):
        wait = next(w for w in self.waits if (w.kind, w.node) == ("timer", node))
        assert wait.due_at > NOW
        self._send(events.Fire(wait.token, wait.node, "timer"))

    def _through_form(self, form_id, data, variables):
        scope = {**self.parameters, **variables}
        form = self.model.package.forms[form_id]
        found = forms.from_json(form, data, lambda n: scope.get(n, feel.MISSING), feel.Evaluation(NOW))
        assert found.errors == ()
        return found.values

    def _send(self, event):
        step = advance(self.definition, self.state, event, NOW)
        self.state = step.state
        for effect in step.effects:
            self._take(effect)
        while self.jobs:
            job = self.jobs.popleft()
            if job.type == "document":
                self._write(job)
            self._send(events.Complete(job.token))

    def _take(self, effect):
        assert not isinstance(effect, effects.OpenIncident), effect
        if isinstance(effect, effects.OpenTask):
            self.tasks.append(effect)
        elif isinstance(effect, effects.OpenJob):
            self.jobs.append(effect)
        elif isinstance(effect, effects.OpenWait):
            self.waits.append(effect)
        elif isinstance(effect, effects.CloseWait):
            self.waits = [
                w for w in self.waits if (w.token, w.node, w.name) != (effect.token, effect.node, effect.name)
            ]
        elif isinstance(effect, effects.Close):
            self.tasks = [t for t in self.tasks if t.token != effect.token]
            self.waits = [w for w in self.waits if w.token != effect.token]
            self.jobs = deque(j for j in self.jobs if j.token != effect.token)
        elif isinstance(effect, effects.Completed):
            self.ended = effect

    def _write(self, job):
        """A letter with a hole must not leave the house: every merge field has a value."""
        scope = {**self.parameters, **variables_at(self.state, job.token)}
        source = self.model.package.texts[job.headers["text"]]
        for text in forms.merge_fields(source):
            value = feel.compile(text)(lambda n: scope.get(n, feel.MISSING), feel.Evaluation(NOW))
            assert value is not None, (job.headers["text"], text)
        self.letters[job.headers["text"]] = forms.merge(
            source, lambda n: scope.get(n, feel.MISSING), feel.Evaluation(NOW)
        )


def play(model, scenario):
    case = Case(model)
    case.start(scenario["start"])
    for step in scenario["steps"]:
        assert case.ended is None
        if "complete" in step:
            case.complete(step["complete"], step["data"])
        elif "message" in step:
            case.message(step["message"], step["data"])
        else:
            case.timer(step["timer"])
    return case


RUNS = [(t, s) for t in TENANTS for s in BASE.scenarios if s not in TENANTS[t].voids]


@pytest.mark.parametrize(("tenant", "name"), RUNS)
def test_scenario(tenant, name):
    scenario = BASE.scenarios[name]
    case = play(TENANTS[tenant], scenario)
    assert case.ended.end == scenario["expect"]["end"]
    variables = {k: case.ended.variables.get(k) for k in scenario["expect"]["variables"]}
    assert variables == scenario["expect"]["variables"]
    assert case.tasks == []
    assert case.waits == []


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
    return {"start": start, "steps": scenario["steps"][:3]}


def test_the_same_application_goes_another_way_in_each_municipality():
    open_task = {t: [o.node for o in play(m, big(3000)).tasks] for t, m in TENANTS.items()}
    assert open_task == {
        "Utrecht": ["Task_Voorbereiden"],
        "Groningen": ["Task_Voorbereiden"],
        "Emmen": ["Task_Schouw"],
    }
    open_task = {t: [o.node for o in play(m, big(8000)).tasks] for t, m in TENANTS.items()}
    assert open_task == {"Utrecht": ["Task_Schouw"], "Groningen": ["Task_Voorbereiden"], "Emmen": ["Task_Schouw"]}


def test_who_gets_which_task_and_when_it_is_due():
    case = Case(TENANTS["Utrecht"])
    case.start(BASE.scenarios["verleend"]["start"])
    assert [(t.node, t.role, t.groups) for t in case.tasks] == [("Task_Volledigheid", "behandelaar", ())]
    case.complete("Task_Volledigheid", {"volledig": "ja"})
    assert sorted((t.node, t.groups) for t in case.tasks) == [
        ("Task_Advies", ("brandweer",)),
        ("Task_Advies", ("politie",)),
    ]
    assert {t.due_at for t in case.tasks} == {NOW + 14 * 86_400_000}
    for step in BASE.scenarios["verleend"]["steps"][1:4]:
        case.complete(step["complete"], step["data"])
    assert [(t.node, t.groups) for t in case.tasks] == [("Task_Besluiten", ("mandaathouders",))]
    # Eight weeks after 1 June 2026, at the end of that day: 27 July, 23:59:59 in Amsterdam.
    assert case.tasks[0].due_at == 1_785_189_599_000


@pytest.mark.parametrize(("tenant", "fee"), [("Utrecht", "125,50"), ("Groningen", "95"), ("Emmen", "125,50")])
def test_letters_are_whole_and_name_the_fee_of_the_municipality(tenant, fee):
    case = play(TENANTS[tenant], BASE.scenarios["verleend"])
    assert set(case.letters) == {"ontvangstbevestiging", "besluitbrief"}
    assert f"€ {fee}." in case.letters["besluitbrief"]
    assert "evenementenvergunning: verleend; wegafsluiting: geweigerd" in case.letters["besluitbrief"]


def test_withdrawal_is_possible_until_the_decision_is_out():
    for steps in range(6):
        scenario = BASE.scenarios["verleend"]
        case = play(TENANTS["Utrecht"], {**scenario, "steps": scenario["steps"][:steps]})
        if case.ended is None:
            case.message("intrekking", {})
        assert case.ended.end == ("End_Ingetrokken" if steps < 5 else "End_Verleend")


def test_publication_only_where_an_address_is_set():
    chosen, _ = override.read(
        {"key": BASE.key, "choices": [{"point": "vp-publicatie", "value": "https://voorbeeld.nl", "reason": "x"}]}
    )
    sent = []
    case = Case(apply.apply(BASE, chosen, ON))
    take = case._take
    case._take = lambda e: (sent.append(e) if isinstance(e, effects.OpenJob) and e.type == "http" else None, take(e))
    scenario = BASE.scenarios["verleend"]
    case.start(scenario["start"])
    for step in scenario["steps"]:
        case.complete(step["complete"], step["data"])
    (job,) = sent
    assert (job.variables["method"], job.variables["url"]) == ("POST", "https://voorbeeld.nl")
    assert job.variables["body"]["besluiten"] == scenario["expect"]["variables"]["besluiten"]
    assert case.ended.end == "End_Verleend"
