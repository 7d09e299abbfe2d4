import { parseBpmn } from './parse-bpmn.js';

const asked = (condition: string, filter = '') =>
  `<bpmn:conditionalEventDefinition>${filter && `<bpmn:extensionElements><zeebe:conditionalFilter ${filter}/></bpmn:extensionElements>`}${condition}</bpmn:conditionalEventDefinition>`;
const condition = '<bpmn:condition>level &gt; 9</bpmn:condition>';
const started = (definitions: string) =>
  parseBpmn(`<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" id="d" targetNamespace="t">
<bpmn:signal id="alarm" name="alarm"/><bpmn:process id="p" isExecutable="true"><bpmn:startEvent id="s">${definitions}</bpmn:startEvent></bpmn:process></bpmn:definitions>`);

describe('a conditional start event', () => {
  it('is read with its condition and the variables of its filter', async () => {
    const { processes, problems } = await started(asked(condition, 'variableNames="level, place"'));

    expect(problems).toEqual([]);
    expect(processes[0]?.elements[1]?.event).toMatchObject({
      kind: 'conditional',
      condition: { reads: ['level'] },
      variableNames: ['level', 'place'],
    });
    expect(processes[0]?.startEvents).toEqual([1]);
    expect(processes[0]?.elements[0]?.startEvent).toBeUndefined();
  });

  it('may be one of several definitions', async () => {
    const { processes, problems } = await started(
      `<bpmn:signalEventDefinition signalRef="alarm"/>${asked(condition)}${asked(condition)}`,
    );

    expect(problems).toEqual([]);
    expect(processes[0]?.elements[1]?.event).toMatchObject({
      kind: 'multiple',
      events: [{ kind: 'signal' }, { kind: 'conditional' }, { kind: 'conditional' }],
    });
  });

  it.each([
    ['no condition', asked(''), 'missingDefinition'],
    ['no FEEL', asked('<bpmn:condition>level &gt;</bpmn:condition>'), 'invalidExpression'],
    [
      'another language',
      asked('<bpmn:condition xsi:type="bpmn:tFormalExpression" language="groovy">level</bpmn:condition>'),
      'foreignExpression',
    ],
  ])('is refused with %s', async (_name, definition, code) => {
    const { processes, problems } = await started(definition);

    expect(problems).toMatchObject([{ severity: 'error', code: `bpmn.${code}`, elementId: 's' }]);
    expect(processes).toEqual([]);
  });

  it('has no use for kinds of change, and says so', async () => {
    const { processes, problems } = await started(asked(condition, 'variableEvents="update"'));

    expect(problems).toMatchObject([{ severity: 'warning', code: 'bpmn.filterWithoutEffect', elementId: 's' }]);
    expect(processes[0]?.elements[1]?.event).not.toHaveProperty('variableEvents');
  });
});
