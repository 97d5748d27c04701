"""Tasks, work, calls, scripts and listeners of other engines become canonical steps."""

from pathlib import Path

import pytest

from bpmn import readers
from bpmn.model import Expression, IoMapping
from tests.unit.adopt.adopting import adopted, codes, file, finding, line, node, process

SUBSIDIE = Path(__file__).with_name("subsidie.bpmn").read_bytes()


def feel(text):
    return text, True


def shown(expression: Expression | None):
    return (expression.text, expression.feel) if expression is not None else None


def lines(mappings: tuple[IoMapping, ...]):
    return {m.target: shown(m.source) for m in mappings}


def test_a_user_task_keeps_who_and_when():
    work = process(adopted(SUBSIDIE)).nodes["Beoordelen"].work
    assert shown(work.assignee) == feel("behandelaar")
    assert shown(work.groups) == feel('"subsidies," + string(extraGroep)')
    assert shown(work.due) == feel('now() + duration("P42D")')
    assert shown(work.follow_up) == ("P5D", False)
    assert shown(work.priority) == feel("if spoed then 80 else 50")
    assert shown(work.title) == feel('"Aanvraag " + string(zaaknummer) + " beoordelen"')
    assert work.form == "beoordelen"


def test_mappings_with_lists_and_maps_are_feel():
    task = process(adopted(SUBSIDIE)).nodes["Beoordelen"]
    assert lines(task.inputs) == {
        "grens": feel("bedrag * 2"),
        "keuzes": feel('["ja", anders]'),
        "kop": feel('{"Accept": "json"}'),
    }
    assert lines(task.outputs) == {"advies": feel("oordeel")}


def test_a_class_becomes_a_named_job_with_its_fields_and_retries():
    found = adopted(SUBSIDIE)
    task = process(found).nodes["Zaak"]
    assert shown(task.work.type) == ("zaak-aanmaken", False) and shown(task.work.retries) == ("3", False)
    assert task.work.headers == {"class": "nl.gemeente.zgw.ZaakAanmakenDelegate"}
    assert lines(task.inputs) == {
        "zaaktype": ("SUB-01", False),
        "omschrijving": feel('"Subsidie " + string(aanvrager.naam)'),
    }
    assert [f.element for f in found.findings if f.code == "implement-me"][:2] == ["Zaak", "Brief"]


def test_a_call_of_a_bean_becomes_a_job_with_its_arguments_and_its_result():
    task = process(adopted(SUBSIDIE)).nodes["Brief"]
    assert shown(task.work.type) == ("brief-service-maak", False)
    assert lines(task.inputs) == {"zaaknummer": feel("zaaknummer"), "argument2": feel('"afwijzing"')}
    assert lines(task.outputs) == {"brief": feel("result")}


def test_listeners_are_steps_in_the_flow_and_drawn():
    found = adopted(SUBSIDIE)
    nodes = process(found).nodes
    before = next(n for n in nodes.values() if n.name == "Termijn opschorten")
    behind = next(n for n in nodes.values() if n.name == "Gegevens zetten")
    assert [f.target for f in nodes["Zaak"].outgoing] == [before.id]
    assert [f.target for f in before.outgoing] == ["Beoordelen"]
    assert [f.target for f in nodes["Beoordelen"].outgoing] == [behind.id]
    assert [f.target for f in behind.outgoing] == ["Keuze"]
    assert shown(before.work.type) == ("plus1:term-suspend", False)
    assert (shown(behind.work.script), behind.work.result) == (feel("true"), "beoordeeld")
    assert f'bpmnElement="{before.id}"'.encode() in (found.content or b"")
    assert codes(found).count("listener-left") == 2


def test_a_script_of_another_language_stays_as_text_and_is_refused():
    found = adopted(SUBSIDIE)
    one = finding(found, "script-refused")
    assert (one.severity, one.element, one.line) == ("error", "Script", 38)
    assert b"bedrag.collect { it * 2 }" in (found.content or b"")
    assert process(found).nodes["Script"].work.script is None


def test_a_call_activity_passes_only_what_it_passed():
    call = process(adopted(SUBSIDIE)).nodes["Betalen"]
    assert shown(call.work.called) == ("betaling", False)
    assert (call.work.all_in, call.work.all_out) == (False, True)
    assert lines(call.inputs) == {"bedrag": feel("uitkomst"), "rekening": feel("aanvrager.iban")}


def test_a_loop_counts_from_one_here():
    loop = process(adopted(SUBSIDIE)).nodes["Betalen"].loop
    assert loop is not None and loop.first == 1 and loop.element == "termijn"
    assert shown(loop.collection) == feel("termijnen")
    assert shown(loop.condition) == feel("(loopCounter - 1) = 2")


def test_drawing_documentation_colours_and_comments_stay():
    content = adopted(SUBSIDIE).content or b""
    for kept in (
        b"<!-- Gemaakt voor Camunda 7 -->",
        b"Behandelt een subsidieaanvraag.",
        b'color:background-color="#ffe0b2"',
    ):
        assert kept in content
    assert b'executionPlatform="Camunda Cloud"' in content


def test_the_draft_itself_says_what_is_open():
    _, findings = readers.read(adopted(SUBSIDIE).content or b"")
    left = {f.nl.split("'")[1] for f in findings if f.code == "left-over"}
    assert left >= {"camunda:candidateStarterGroups", "camunda:initiator", "camunda:taskListener"}


@pytest.mark.parametrize(
    ("task", "type_", "inputs", "outputs"),
    [
        ('<serviceTask id="t" camunda:type="external" camunda:topic="brp"/>', "brp", {}, {}),
        ('<serviceTask id="t" flowable:delegateExpression="#{zaakAfsluitenDelegate}"/>', "zaak-afsluiten", {}, {}),
        (
            '<serviceTask id="t" flowable:type="http"><extensionElements><flowable:field name="requestUrl">'
            "<flowable:string>https://x.nl/${nr}</flowable:string></flowable:field>"
            '<flowable:field name="responseVariableName" stringValue="antwoord"/></extensionElements></serviceTask>',
            "http",
            {"url": feel('"https://x.nl/" + string(nr)')},
            {"antwoord": feel("result.body")},
        ),
        (
            '<serviceTask id="t"><extensionElements><camunda:connector><camunda:inputOutput>'
            '<camunda:inputParameter name="payload">${brief}</camunda:inputParameter></camunda:inputOutput>'
            "<camunda:connectorId>http-connector</camunda:connectorId></camunda:connector></extensionElements></serviceTask>",
            "http",
            {"body": feel("brief")},
            {},
        ),
        ('<sendTask id="t" camunda:class="nl.x.MailVersturen"/>', "mail-versturen", {}, {}),
        ('<serviceTask id="t" camunda:class="TermijnVerlengen"/>', "plus1:term-extend", {}, {}),
        ('<serviceTask id="t" camunda:expression="${termen.resume(nu)}"/>', "termen-resume", {"nu": feel("nu")}, {}),
        ('<serviceTask id="t" camunda:expression="${term.resume(nu)}"/>', "plus1:term-resume", {"nu": feel("nu")}, {}),
    ],
)  # fmt: skip
def test_work_becomes_a_job(task, type_, inputs, outputs):
    found = node(file(line(task)), "t")
    assert shown(found.work.type) == (type_, False)
    assert (lines(found.inputs), lines(found.outputs)) == (inputs, outputs)


@pytest.mark.parametrize(
    ("task", "script", "result"),
    [
        ('<serviceTask id="t" camunda:expression="${a + b}" camunda:resultVariable="c"/>', "a + b", "c"),
        ('<serviceTask id="t" camunda:expression="${execution.setVariable(\'x\', a + 1)}"/>', "a + 1", "x"),
        (
            '<scriptTask id="t" scriptFormat="javascript"><script>'
            'execution.setVariable("x", execution.getVariable("y"));</script></scriptTask>',
            "y",
            "x",
        ),
        (
            '<scriptTask id="t" scriptFormat="juel" camunda:resultVariable="som">'
            "<script>${a * 2}</script></scriptTask>",
            "a * 2",
            "som",
        ),
    ],
)
def test_what_only_works_something_out_is_a_script_in_feel(task, script, result):
    found = node(file(line(task)), "t")
    assert (found.kind, shown(found.work.script), found.work.result) == ("scriptTask", feel(script), result)


def test_several_assignments_are_worked_out_together():
    text = "execution.setVariable('a', 1)\nexecution.setVariable('b', execution.getVariable('a') + 1) // teller"
    found = node(file(line(f'<scriptTask id="t" scriptFormat="groovy"><script>{text}</script></scriptTask>')), "t")
    assert shown(found.work.script) == feel("{a: 1, b: a + 1}")
    assert lines(found.outputs) == {"a": feel("gezet.a"), "b": feel("gezet.b")}


def test_a_decision_keeps_its_id_and_says_that_its_outcome_differs():
    named = 'camunda:decisionRef="leges" camunda:resultVariable="uit"'
    task = f'<businessRuleTask id="t" {named} camunda:mapDecisionResult="{{0}}"/>'
    single = adopted(file(line(task.format("singleEntry"))))
    listed = adopted(file(line(task.format("resultList"))))
    assert shown(process(single).nodes["t"].work.decision) == ("leges", False) and codes(single, "warning") == []
    assert codes(listed, "warning") == ["decision-outcome"] and listed.translated == listed.total - 1


def test_cases_of_cmmn_are_refused_with_advice():
    found = adopted(file(line('<callActivity id="t" camunda:caseRef="zaak"/>')))
    assert finding(found, "cmmn").severity == "error" and "ad-hoc" in finding(found, "cmmn").nl


def test_a_variable_that_code_works_out_gets_the_result_of_the_job():
    listener = '<camunda:executionListener event="start" expression="{0}"/>'
    text = "${execution.setVariable(&quot;omvang&quot;,docService.vind(&quot;/omvang&quot;,execution))}"
    found = adopted(
        file(line(f'<userTask id="t"><extensionElements>{listener.format(text)}</extensionElements></userTask>'))
    )
    step = next(n for n in process(found).nodes.values() if n.kind == "serviceTask")
    assert shown(step.work.type) == ("doc-service-vind", False)
    assert (lines(step.inputs), lines(step.outputs)) == ({"argument1": feel('"/omvang"')}, {"omvang": feel("result")})


def test_an_expression_that_does_nothing_is_named_after_its_step():
    found = node(file(line('<serviceTask id="t" name="Brief maken" camunda:expression="${null}"/>')), "t")
    assert shown(found.work.type) == ("brief-maken", False)


@pytest.mark.parametrize(
    ("key", "form"),
    [
        ("besluit", "besluit"),
        ("form:besluit-nemen", "besluit-nemen"),
        ("embedded:app:forms/besluit.html", "besluit"),
        ("camunda-forms:deployment:besluit.form", "besluit"),
        ("app:besluit.jsf", "besluit.jsf"),
    ],
)
def test_a_form_key_becomes_the_id_of_a_form(key, form):
    found = adopted(file(line(f'<userTask id="t" camunda:formKey="{key}"/>')))
    assert process(found).nodes["t"].work.form == form
    assert codes(found, "warning") == ([] if key == form else ["form-to-make"])


@pytest.mark.parametrize(
    ("expression", "attribute", "value"),
    [
        ("${task.setAssignee(behandelaar)}", "assignee", "behandelaar"),
        ("${task.addCandidateGroup('balie')}", "groups", '"balie"'),
        ("${delegateTask.setDueDate(dateTime().plusDays(5).toDate())}", "due", 'now() + duration("P5D")'),
        ("${task.setPriority(spoed ? 90 : 10)}", "priority", "if spoed then 90 else 10"),
    ],
)
def test_a_listener_that_only_arranges_the_task_becomes_part_of_it(expression, attribute, value):
    listener = f'<camunda:taskListener event="create" expression="{expression}"/>'
    found = adopted(file(line(f'<userTask id="t"><extensionElements>{listener}</extensionElements></userTask>')))
    assert shown(getattr(process(found).nodes["t"].work, attribute)) == feel(value)
    assert (found.translated, found.total) == (1, 1) and "implement-me" not in codes(found)


def test_a_listener_does_not_overrule_what_the_task_says():
    listener = '<camunda:taskListener event="create" expression="${task.setAssignee(b)}"/>'
    task = f'<userTask id="t" camunda:assignee="a"><extensionElements>{listener}</extensionElements></userTask>'
    found = adopted(file(line(task)))
    assert shown(process(found).nodes["t"].work.assignee) == ("a", False) and "implement-me" in codes(found)
