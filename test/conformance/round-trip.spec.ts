/// <reference path="../../libs/bpmn/src/untyped-packages.d.ts" />
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { BpmnModdle } from 'bpmn-moddle';
import { describe, expect, it } from '@jest/globals';
import zeebe from 'zeebe-bpmn-moddle/resources/zeebe.json' with { type: 'json' };
import { decodeXml, keepSchemaNames } from '#bpmn';
import { factsOf, lostFacts } from './xml-facts.js';

/** The description that the studio's modeler reads and writes with. */
const newModdle = () => keepSchemaNames(new BpmnModdle({ zeebe }));

/** As the studio opens and saves: written with line breaks. */
async function exported(xml: string): Promise<string> {
  const { rootElement } = (await newModdle().fromXML(xml)) as { readonly rootElement: unknown };
  return (await newModdle().toXML(rootElement, { format: true })).xml;
}

/** What the second file lacks and what it has made up. */
function difference(before: string, after: string) {
  const [first, second] = [factsOf(before), factsOf(after)];
  return { lost: lostFacts(first, second), madeUp: lostFacts(second, first) };
}

const none = { lost: [], madeUp: [] };
const folders = ['workflows', 'examples', 'test'];
const diagrams = folders
  .flatMap((folder) => readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => join(folder, name)))
  .filter((file) => file.endsWith('.bpmn'))
  .toSorted();

describe('a diagram that the studio opens and saves', () => {
  it('is looked for in all folders that hold some', () => {
    expect(new Set(diagrams.map((file) => file.split(/[\\/]/)[0]))).toEqual(new Set(folders));
  });

  it.each(diagrams)('keeps its elements, extensions and bounds: %s', async (file) => {
    const xml = decodeXml(readFileSync(file));

    const once = await exported(xml);
    const twice = await exported(once);

    expect(difference(xml, once)).toEqual(none);
    expect(twice).toBe(once);
  });

  it('keeps the element templates of its elements and of its messages', async () => {
    const xml = `<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:bpmndi="http://www.omg.org/spec/BPMN/20100524/DI" xmlns:dc="http://www.omg.org/spec/DD/20100524/DC" xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" id="d" targetNamespace="t">
      <bpmn:message id="m" name="paid" zeebe:modelerTemplate="ct.paid"/>
      <bpmn:process id="p" isExecutable="true" zeebe:modelerTemplate="ct.process" zeebe:modelerTemplateVersion="3">
        <bpmn:userTask id="u" zeebe:modelerTemplate="ct.approval" zeebe:modelerTemplateVersion="1" zeebe:modelerTemplateIcon="data:image/svg+xml,%3Csvg/%3E">
          <bpmn:extensionElements><zeebe:userTask/><zeebe:ioMapping><zeebe:input source="=a" target="b" modelerConfigurationTemplate="c" modelerConfigurationName="n"/></zeebe:ioMapping></bpmn:extensionElements>
        </bpmn:userTask>
      </bpmn:process>
      <bpmndi:BPMNDiagram id="g"><bpmndi:BPMNPlane id="pl" bpmnElement="p"><bpmndi:BPMNShape id="us" bpmnElement="u"><dc:Bounds x="10.5" y="-20" width="100" height="80"/></bpmndi:BPMNShape></bpmndi:BPMNPlane></bpmndi:BPMNDiagram>
    </bpmn:definitions>`;

    const once = await exported(xml);

    expect(difference(xml, once)).toEqual(none);
    expect(once).toContain('zeebe:modelerTemplate="ct.approval"');
    expect(difference(xml, once.replace('ct.approval', 'other')).lost).toHaveLength(1);
    expect(difference(xml, once.replace('10.5', '11')).lost).toHaveLength(1);
  });
});
