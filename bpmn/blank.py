"""A new process to begin with: one task between start and end, drawn, and ready to run."""

from xml.sax.saxutils import quoteattr

_TEXT = """<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:bpmndi="http://www.omg.org/spec/BPMN/20100524/DI"
  xmlns:dc="http://www.omg.org/spec/DD/20100524/DC" xmlns:di="http://www.omg.org/spec/DD/20100524/DI"
  xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" xmlns:modeler="http://camunda.org/schema/modeler/1.0"
  xmlns:plus1="http://plus-1.nl/schema/bpmn/1.0" id="Definities" targetNamespace="http://plus-1.nl/processen"
  modeler:executionPlatform="Camunda Cloud" modeler:executionPlatformVersion="8.8.0">
  <process id={key} name={name} isExecutable="true">
    <extensionElements>
      <plus1:package key={key}/>
    </extensionElements>
    <startEvent id="Start" name="Begonnen">
      <outgoing>Flow_Behandelen</outgoing>
    </startEvent>
    <userTask id="Taak_Behandelen" name="Behandelen">
      <extensionElements>
        <zeebe:userTask/>
      </extensionElements>
      <incoming>Flow_Behandelen</incoming>
      <outgoing>Flow_Afgehandeld</outgoing>
    </userTask>
    <endEvent id="Einde" name="Afgehandeld">
      <incoming>Flow_Afgehandeld</incoming>
    </endEvent>
    <sequenceFlow id="Flow_Behandelen" sourceRef="Start" targetRef="Taak_Behandelen"/>
    <sequenceFlow id="Flow_Afgehandeld" sourceRef="Taak_Behandelen" targetRef="Einde"/>
  </process>
  <bpmndi:BPMNDiagram id="Diagram">
    <bpmndi:BPMNPlane id="Vlak" bpmnElement={key}>
      <bpmndi:BPMNShape id="Start_di" bpmnElement="Start">
        <dc:Bounds x="160" y="102" width="36" height="36"/>
      </bpmndi:BPMNShape>
      <bpmndi:BPMNShape id="Taak_Behandelen_di" bpmnElement="Taak_Behandelen">
        <dc:Bounds x="250" y="80" width="100" height="80"/>
      </bpmndi:BPMNShape>
      <bpmndi:BPMNShape id="Einde_di" bpmnElement="Einde">
        <dc:Bounds x="404" y="102" width="36" height="36"/>
      </bpmndi:BPMNShape>
      <bpmndi:BPMNEdge id="Flow_Behandelen_di" bpmnElement="Flow_Behandelen">
        <di:waypoint x="196" y="120"/>
        <di:waypoint x="250" y="120"/>
      </bpmndi:BPMNEdge>
      <bpmndi:BPMNEdge id="Flow_Afgehandeld_di" bpmnElement="Flow_Afgehandeld">
        <di:waypoint x="350" y="120"/>
        <di:waypoint x="404" y="120"/>
      </bpmndi:BPMNEdge>
    </bpmndi:BPMNPlane>
  </bpmndi:BPMNDiagram>
</definitions>
"""


def process(key: str, name: str) -> bytes:
    """A BPMN file with one executable process. `key`: its id, an XML name; `name`: for people, printable."""
    return _TEXT.format(key=quoteattr(key), name=quoteattr(name)).encode()
