"""The event permit with a slot and two mappings, and what a municipality may put there."""

from tests.unit.tenants.versions import PROCESS, base

SLOT, STATUS = "vp-extra", "vp-status"
CONTRACT = """<plus1:slotPoint id="vp-extra" variable="uitslag" owner="municipality">
  <plus1:question>Wilt u een eigen stap toevoegen?</plus1:question>
  <plus1:input name="locatie" type="string"/><plus1:output name="uitslag" type="string"/>
  <plus1:output name="toelichting" type="string"/>
  <plus1:result value="akkoord" class="door"/><plus1:result value="bezwaar" class="stop"/></plus1:slotPoint>"""
EMPTY = """<zeebe:ioMapping><zeebe:output source='="akkoord"' target="uitslag"/>
  <zeebe:output source="=null" target="toelichting"/></zeebe:ioMapping>"""
FIELD = {"type": "textfield", "key": "toelichting", "label": "Toelichting"}
STEP = {
    "name": "Advies dorpsraad",
    "role": "adviseur",
    "form": [FIELD],
    "answers": [{"result": "akkoord", "label": "Eens"}, {"result": "bezwaar", "label": "Niet eens"}],
}


def slotted(*more, contract=CONTRACT, empty=EMPTY):
    """The event permit with the slot just before the decision is prepared; `more`: (path, old, new)."""
    return base(*changes(contract, empty), *more)


def changes(contract=CONTRACT, empty=EMPTY):
    """What of the event permit's files becomes otherwise: (path, old, new)."""
    call = f"""<callActivity id="Call_Extra" name="Eigen stap"><extensionElements>{empty}{contract}</extensionElements>
      <incoming>Flow_Voorbereiden</incoming><outgoing>Flow_NaExtra</outgoing></callActivity>
      <sequenceFlow id="Flow_NaExtra" sourceRef="Call_Extra" targetRef="Task_Voorbereiden"/>"""
    task = '<userTask id="Task_Voorbereiden"'
    flow = 'sourceRef="Gateway_Voorbereiden" targetRef='
    return (
        (PROCESS, "<incoming>Flow_Voorbereiden</incoming>", "<incoming>Flow_NaExtra</incoming>"),
        (PROCESS, task, call + task),
        (PROCESS, f'{flow}"Task_Voorbereiden"', f'{flow}"Call_Extra"'),
    )


PROCESS_XML = """<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:zeebe="http://camunda.org/schema/zeebe/1.0"
  xmlns:plus1="http://plus-1.nl/schema/bpmn/1.0" id="Eigen_Definities" targetNamespace="http://plus-1.nl/processen">
  <error id="F" errorCode="mis"/><signal id="S" name="sein"/>
  <process id="eigen" name="Dorpsraad" isExecutable="true">
    <startEvent id="Eigen_Start"/>
    <sequenceFlow id="Eigen_F1" sourceRef="Eigen_Start" targetRef="Eigen_Taak"/>
    <userTask id="Eigen_Taak" name="Dorpsraad vragen"><extensionElements><zeebe:userTask/>
      <zeebe:ioMapping><zeebe:input source="=locatie" target="waar"/>
      <zeebe:output source="=waar" target="toelichting"/><zeebe:output source="=waar" target="uitslag2"/>
      </zeebe:ioMapping><zeebe:assignmentDefinition candidateGroups="politie"/></extensionElements></userTask>
    <sequenceFlow id="Eigen_F2" sourceRef="Eigen_Taak" targetRef="Eigen_Poort"/>
    <exclusiveGateway id="Eigen_Poort" name="Eens?" default="Eigen_Nee"/>
    <sequenceFlow id="Eigen_Ja" sourceRef="Eigen_Poort" targetRef="Eigen_E1">
      <conditionExpression>=uitslag2 = "ja"</conditionExpression></sequenceFlow>
    <sequenceFlow id="Eigen_Nee" sourceRef="Eigen_Poort" targetRef="Eigen_E2"/>
    <endEvent id="Eigen_E1" name="akkoord"/>
    <endEvent id="Eigen_E2" name="bezwaar"/>
  </process>
</definitions>
"""
