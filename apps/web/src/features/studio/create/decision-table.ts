import { escapeXml } from './escape-xml.js';

type Facts = { id: string; title: string; input: string; output: string };

/** A decision table of one column and one row that holds for everything. */
export function decisionTable({ id, title, input, output }: Facts): string {
  const name = escapeXml(title);
  return `<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" xmlns:dmndi="https://www.omg.org/spec/DMN/20191111/DMNDI/" xmlns:dc="http://www.omg.org/spec/DMN/20180521/DC/" xmlns:modeler="http://camunda.org/schema/modeler/1.0" id="definitions_${id}" name="${name}" namespace="http://camunda.org/schema/1.0/dmn" modeler:executionPlatform="Camunda Cloud" modeler:executionPlatformVersion="8.8.0">
  <decision id="${id}" name="${name}">
    <variable id="${id}_var" name="${id}" />
    <decisionTable id="${id}_table" hitPolicy="FIRST">
      <input id="${id}_in1" label="${escapeXml(input)}">
        <inputExpression id="${id}_in1_expr" typeRef="string">
          <text>condition</text>
        </inputExpression>
      </input>
      <output id="${id}_out1" label="${escapeXml(output)}" name="result" typeRef="string" />
      <rule id="${id}_r1">
        <inputEntry id="${id}_r1_i1">
          <text>-</text>
        </inputEntry>
        <outputEntry id="${id}_r1_o1">
          <text>"${escapeXml(output)}"</text>
        </outputEntry>
      </rule>
    </decisionTable>
  </decision>
  <dmndi:DMNDI>
    <dmndi:DMNDiagram id="${id}_diagram">
      <dmndi:DMNShape id="${id}_di" dmnElementRef="${id}">
        <dc:Bounds height="80" width="200" x="160" y="100" />
      </dmndi:DMNShape>
    </dmndi:DMNDiagram>
  </dmndi:DMNDI>
</definitions>
`;
}
