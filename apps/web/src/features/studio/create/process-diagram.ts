import { escapeXml } from './escape-xml.js';

type Facts = {
  id: string;
  title: string;
  /** Role that may do the step. */
  role: string;
  formId: string;
  names: { start: string; step: string; end: string };
};

/** The smallest process that runs: it starts, somebody fills in a form, it ends. Lists show its cases by its title. */
export function processDiagram({ id, title, role, formId, names }: Facts): string {
  const name = escapeXml(title);
  return `<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:bpmndi="http://www.omg.org/spec/BPMN/20100524/DI" xmlns:dc="http://www.omg.org/spec/DD/20100524/DC" xmlns:di="http://www.omg.org/spec/DD/20100524/DI" xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" xmlns:modeler="http://camunda.org/schema/modeler/1.0" id="definitions_${id}" targetNamespace="http://bpmn.io/schema/bpmn" modeler:executionPlatform="Camunda Cloud" modeler:executionPlatformVersion="8.8.0">
  <bpmn:process id="${id}" name="${name}" isExecutable="true">
    <bpmn:extensionElements>
      <zeebe:properties>
        <zeebe:property name="ct.title" value="${escapeXml(`=${JSON.stringify(title)}`)}" />
      </zeebe:properties>
    </bpmn:extensionElements>
    <bpmn:startEvent id="started" name="${escapeXml(names.start)}">
      <bpmn:outgoing>started_firstStep</bpmn:outgoing>
    </bpmn:startEvent>
    <bpmn:userTask id="firstStep" name="${escapeXml(names.step)}">
      <bpmn:extensionElements>
        <zeebe:userTask />
        <zeebe:formDefinition formId="${escapeXml(formId)}" bindingType="deployment" />
        <zeebe:assignmentDefinition candidateGroups="${escapeXml(role)}" />
      </bpmn:extensionElements>
      <bpmn:incoming>started_firstStep</bpmn:incoming>
      <bpmn:outgoing>firstStep_ended</bpmn:outgoing>
    </bpmn:userTask>
    <bpmn:endEvent id="ended" name="${escapeXml(names.end)}">
      <bpmn:incoming>firstStep_ended</bpmn:incoming>
    </bpmn:endEvent>
    <bpmn:sequenceFlow id="started_firstStep" sourceRef="started" targetRef="firstStep" />
    <bpmn:sequenceFlow id="firstStep_ended" sourceRef="firstStep" targetRef="ended" />
  </bpmn:process>
  <bpmndi:BPMNDiagram id="diagram_${id}">
    <bpmndi:BPMNPlane id="plane_${id}" bpmnElement="${id}">
      <bpmndi:BPMNShape id="started_di" bpmnElement="started">
        <dc:Bounds x="160" y="162" width="36" height="36" />
        <bpmndi:BPMNLabel>
          <dc:Bounds x="167" y="205" width="22" height="14" />
        </bpmndi:BPMNLabel>
      </bpmndi:BPMNShape>
      <bpmndi:BPMNShape id="firstStep_di" bpmnElement="firstStep">
        <dc:Bounds x="260" y="140" width="100" height="80" />
      </bpmndi:BPMNShape>
      <bpmndi:BPMNShape id="ended_di" bpmnElement="ended">
        <dc:Bounds x="424" y="162" width="36" height="36" />
        <bpmndi:BPMNLabel>
          <dc:Bounds x="431" y="205" width="22" height="14" />
        </bpmndi:BPMNLabel>
      </bpmndi:BPMNShape>
      <bpmndi:BPMNEdge id="started_firstStep_di" bpmnElement="started_firstStep">
        <di:waypoint x="196" y="180" />
        <di:waypoint x="260" y="180" />
      </bpmndi:BPMNEdge>
      <bpmndi:BPMNEdge id="firstStep_ended_di" bpmnElement="firstStep_ended">
        <di:waypoint x="360" y="180" />
        <di:waypoint x="424" y="180" />
      </bpmndi:BPMNEdge>
    </bpmndi:BPMNPlane>
  </bpmndi:BPMNDiagram>
</bpmn:definitions>
`;
}
