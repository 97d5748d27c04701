"""The readers: what is read, what is said about the rest, with which line."""

from pathlib import Path

import pytest

from bpmn import readers
from bpmn.model import Expression, Finding, Process

BPMN = 'xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"'
ZEEBE = BPMN + ' xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" xmlns:plus1="https://plus-1.nl/schema/bpmn/1.0"'
CAMUNDA = BPMN + ' xmlns:camunda="http://camunda.org/schema/1.0/bpmn"'
MODELS = Path(__file__).parents[4] / "shared" / "conformance" / "models"

ZEEBE_FILE = f"""<definitions {ZEEBE}>
<message id="m" name="came"><extensionElements><zeebe:subscription correlationKey="=nr"/></extensionElements></message>
<process id="p" isExecutable="true">
 <extensionElements><plus1:parameter id="fee" type="number"/></extensionElements><laneSet>
 <lane id="L"><extensionElements><plus1:role id="clerk"/></extensionElements><flowNodeRef>u</flowNodeRef></lane>
</laneSet> <startEvent id="s"/>
 <userTask id="u" name="Check">
  <extensionElements>
   <zeebe:assignmentDefinition assignee="=who" candidateGroups="a, b"/><zeebe:formDefinition formId="f"/>
   <zeebe:taskSchedule dueDate="=due"/><zeebe:priorityDefinition priority="70"/>
   <zeebe:ioMapping><zeebe:input source="=x" target="y"/><zeebe:output source="=z" target="a.b"/></zeebe:ioMapping>
   <plus1:fourEyes other="v"/>
  </extensionElements>
 </userTask>
 <boundaryEvent id="b" attachedToRef="u" cancelActivity="false"><messageEventDefinition messageRef="m"/></boundaryEvent>
 <serviceTask id="j"><extensionElements><zeebe:taskDefinition type="send" retries="5"/>
  <zeebe:taskHeaders><zeebe:header key="k" value="v"/></zeebe:taskHeaders></extensionElements></serviceTask>
 <endEvent id="e"/> <sequenceFlow id="f1" sourceRef="s" targetRef="u">
  <extensionElements><plus1:stepPoint id="vp"/></extensionElements></sequenceFlow>
 <sequenceFlow id="f2" sourceRef="u" targetRef="j"><conditionExpression>=ok</conditionExpression></sequenceFlow>
 <sequenceFlow id="f3" sourceRef="j" targetRef="e"/>
</process></definitions>"""


def read(source: str) -> tuple[Process, tuple[Finding, ...]]:
    processes, findings = readers.read(source.encode())
    return processes[0], findings


def zeebe(body: str, top: str = "") -> tuple[Process, tuple[Finding, ...]]:
    return read(f'<definitions {ZEEBE}>{top}<process id="p" isExecutable="true">{body}</process></definitions>')


def codes(findings: tuple[Finding, ...], severity: str = "error") -> list[str]:
    return [f.code for f in findings if f.severity == severity]


def test_the_zeebe_dialect_is_read_in_full() -> None:
    process, findings = read(ZEEBE_FILE)
    assert findings == ()
    task, job = process.nodes["u"], process.nodes["j"]
    assert (task.name, task.lane, task.boundary, task.line) == ("Check", "L", ("b",), 7)
    assert task.work.assignee == Expression("who", True, 9)
    assert task.work.groups == Expression("a, b", False, 9)
    assert (task.work.form, task.work.due, task.work.priority) == (
        "f",
        Expression("due", True, 10),
        Expression("70", False, 10),
    )
    assert task.inputs[0].target == "y" and task.outputs[0].target == "a.b"
    assert task.declared[0].tag == "fourEyes" and task.declared[0].attributes["other"] == "v"
    assert process.declared[0].attributes["id"] == "fee" and process.lanes[0].role == "clerk"
    assert process.lanes[0].declared[0].tag == "role"
    assert task.incoming == ("f1",) and process.nodes["s"].outgoing[0].declared[0].tag == "stepPoint"
    assert task.outgoing[0].condition == Expression("ok", True, 20)
    assert job.work.type == Expression("send", False, 16) and job.work.headers == {"k": "v"}
    boundary = process.nodes["b"]
    assert not boundary.interrupting and boundary.triggers[0].name == Expression("came", False, 15)
    assert boundary.triggers[0].value == Expression("nr", True, 2)
    assert process.root.starts == ("s",)


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ('<callChoreography id="x"/>', "unsupported-element"),
        ('<startEvent id="s"><fancyEventDefinition/></startEvent>', "unsupported-event"),
        ('<startEvent id="s"/><sequenceFlow id="f" sourceRef="s" targetRef="gone"/>', "dangling-flow"),
        ('<startEvent id="s"/><task id="s"/>', "duplicate-id"),
        ('<boundaryEvent id="b" attachedToRef="gone"/>', "dangling-boundary"),
        ('<startEvent id="s"><messageEventDefinition messageRef="gone"/></startEvent>', "unknown-reference"),
        ('<intermediateCatchEvent id="s"><timerEventDefinition/></intermediateCatchEvent>', "timer-empty"),
        ('<task id="t" startQuantity="2"/>', "unsupported-quantity"),
        ("<task/>", "no-id"),
        (
            '<startEvent id="s"/><endEvent id="e"/><sequenceFlow id="f" sourceRef="s" targetRef="e">'
            '<conditionExpression language="groovy">a</conditionExpression></sequenceFlow>',
            "unsupported-language",
        ),
        (
            '<task id="t"><extensionElements><zeebe:executionListeners/></extensionElements></task>',
            "unsupported-extension",
        ),
        (
            '<startEvent id="s"/><subProcess id="q"><task id="t"/></subProcess>'
            '<sequenceFlow id="f" sourceRef="s" targetRef="t"/>',
            "flow-crosses-scope",
        ),
    ],
)
def test_what_cannot_run_is_an_error_with_id_or_line(body: str, code: str) -> None:
    _, findings = zeebe(body)
    found = [f for f in findings if f.code == code]
    assert found and found[0].severity == "error" and (found[0].element or found[0].line)
    assert found[0].nl and found[0].en and found[0].nl != found[0].en


def test_unknown_attributes_are_named() -> None:
    _, findings = zeebe('<task id="t" colour="red"/>')
    assert codes(findings, "warning") == ["unknown-attribute"] and findings[0].element == "t"


def test_broken_and_foreign_files_give_no_process() -> None:
    assert readers.read(b"<a>")[0] == ()
    processes, findings = readers.read(b"<html/>", "x.bpmn")
    assert processes == () and findings[0].code == "not-bpmn" and findings[0].path == "x.bpmn"
    assert readers.read(f"<definitions {BPMN}/>".encode())[1][-1].code == "no-process"


def test_a_file_with_too_many_elements_is_not_read() -> None:
    body = "".join(f'<task id="t{i}"/>' for i in range(10_001))
    processes, findings = readers.read(f'<definitions {BPMN}><process id="p">{body}</process></definitions>'.encode())
    assert processes == () and [f.code for f in findings] == ["too-many-nodes"]


def test_lenient_dialects_say_what_they_filled_in() -> None:
    process, findings = read(
        f"""<definitions {CAMUNDA}><process id="p"><userTask id="a" name="Nr ${{loopCounter}}" camunda:assignee="ann"/>
        <sequenceFlow sourceRef="a" targetRef="e">
        <conditionExpression>${{x == 3 || !y}}</conditionExpression></sequenceFlow>
        <endEvent id="e"/></process></definitions>"""
    )
    assert codes(findings) == [] and set(codes(findings, "info")) == {
        "no-id",
        "no-is-executable",
        "implicit-start",
        "juel-translated",
    }
    task = process.nodes["a"]
    assert process.root.starts == ("a",) and task.work.assignee == Expression("ann", False, 1)
    assert task.work.title == Expression('"Nr " + string(loopCounter)', True, 1)
    assert task.outgoing[0].condition == Expression("(x = 3) or not(y)", True, 3)


def test_flows_with_the_same_id_are_told_apart() -> None:
    process, findings = read(
        f"""<definitions {CAMUNDA}><process id="p" isExecutable="true"><startEvent id="s"/><exclusiveGateway id="x"
        default="f"/><endEvent id="e"/><sequenceFlow id="f" sourceRef="s" targetRef="x"/>
        <sequenceFlow id="f" sourceRef="x" targetRef="e"/></process></definitions>"""
    )
    assert codes(findings, "info") == ["renamed-flow"] and codes(findings) == []
    gate = process.nodes["x"]
    assert gate.incoming == ("f",) and gate.default == gate.outgoing[0].id != "f"


def test_java_and_hard_expressions_are_not_run_silently() -> None:
    _, findings = read(
        f"""<definitions {CAMUNDA}><process id="p"><startEvent id="s"/><serviceTask id="a"/><endEvent id="e"/>
        <sequenceFlow id="f" sourceRef="s" targetRef="a">
        <conditionExpression>${{bean.call(1)}}</conditionExpression></sequenceFlow>
        </process></definitions>"""
    )
    assert codes(findings) == ["no-job-type", "juel"] or codes(findings) == ["juel", "no-job-type"]


def test_every_model_of_the_conformance_suite_is_read_without_errors() -> None:
    files = sorted(p for p in MODELS.rglob("*") if p.suffix in (".bpmn", ".xml"))
    assert len(files) > 150
    for file in files:
        processes, findings = readers.read(file.read_bytes(), file.name)
        assert processes and codes(findings) == [], file.name


COMPOSITE = """<userTask id="a"><extensionElements><camunda:inputOutput>
<camunda:inputParameter name="l"><camunda:list><camunda:value>x</camunda:value><camunda:value>${b}</camunda:value>
</camunda:list></camunda:inputParameter>
<camunda:inputParameter name="m"><camunda:map><camunda:entry key="k"><camunda:list/></camunda:entry></camunda:map>
</camunda:inputParameter>{more}</camunda:inputOutput></extensionElements></userTask>"""


def test_lists_and_maps_are_values_and_a_script_is_an_error() -> None:
    whole = f'<definitions {CAMUNDA}><process id="p" isExecutable="true">{COMPOSITE}</process></definitions>'
    process, findings = read(whole.replace("{more}", ""))
    assert codes(findings) == []
    assert [(m.target, m.source.text) for m in process.nodes["a"].inputs] == [("l", '["x", b]'), ("m", '{"k": []}')]
    script = '<camunda:inputParameter name="s"><camunda:script scriptFormat="groovy">1</camunda:script>'
    _, findings = read(whole.replace("{more}", script + "</camunda:inputParameter>"))
    assert codes(findings) == ["mapping-script"]


def test_what_is_written_says_the_engine_before_what_is_only_declared() -> None:
    flowable = 'xmlns:flowable="http://flowable.org/bpmn"'
    task = '<userTask id="a" camunda:assignee="ann"{}/>'
    whole = f'<definitions {CAMUNDA} {flowable}><process id="p">{task}</process></definitions>'
    process, _ = read(whole.format(""))
    assert process.nodes["a"].work.assignee == Expression("ann", False, 1)
    process, _ = read(whole.format(' flowable:candidateGroups="team"'))
    work = process.nodes["a"].work
    assert (work.assignee, work.groups) == (Expression("ann", False, 1), Expression("team", False, 1))
