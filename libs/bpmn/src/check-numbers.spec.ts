import { parseBpmn } from './parse-bpmn.js';

const start = '<bpmn:startEvent id="s"/>';
const read = (content: string) =>
  parseBpmn(`<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" id="d" targetNamespace="t">
<bpmn:process id="p" isExecutable="true">${start}<bpmn:sequenceFlow id="f" sourceRef="s" targetRef="x"/>${content}</bpmn:process></bpmn:definitions>`);

const extended = (tag: string, content: string) =>
  `<bpmn:${tag} id="x"><bpmn:extensionElements>${content}</bpmn:extensionElements></bpmn:${tag}>`;
const task = (attribute: string) => `<bpmn:task id="x" ${attribute}/>`;
const looped = (maximum: string) =>
  `<bpmn:task id="x"><bpmn:standardLoopCharacteristics loopMaximum="${maximum}"/></bpmn:task>`;
const counted = (cardinality: string) =>
  `<bpmn:task id="x"><bpmn:multiInstanceLoopCharacteristics><bpmn:loopCardinality>${cardinality}</bpmn:loopCardinality></bpmn:multiInstanceLoopCharacteristics></bpmn:task>`;
const tried = (retries: string) => extended('serviceTask', `<zeebe:taskDefinition type="t" retries="${retries}"/>`);
const listened = (retries: string) =>
  extended(
    'task',
    `<zeebe:executionListeners><zeebe:executionListener eventType="start" type="t" retries="${retries}"/></zeebe:executionListeners>`,
  );
const urgent = (priority: string) =>
  extended('userTask', `<zeebe:userTask/><zeebe:priorityDefinition priority="${priority}"/>`);

describe('a number that is written out', () => {
  it.each([
    ['start quantity 1.5', task('startQuantity="1.5"'), 'invalidQuantity', '1.5'],
    ['completion quantity 0x2', task('completionQuantity="0x2"'), 'invalidQuantity', '0x2'],
    ['loop maximum 2.5', looped('2.5'), 'invalidNumber', '2.5'],
    ['loop maximum -1', looped('-1'), 'invalidNumber', '-1'],
    ['loop cardinality 1.5', counted('1.5'), 'invalidNumber', '1.5'],
    ['loop cardinality of text', counted('"many"'), 'invalidNumber', 'many'],
    ['retries 1.5', tried('1.5'), 'invalidNumber', '1.5'],
    ['retries of text', tried('many'), 'invalidNumber', 'many'],
    ['retries 0, which no worker could take', tried('0'), 'invalidNumber', '0'],
    ['retries of a listener beyond 32 bits', listened('3000000000'), 'invalidNumber', '3000000000'],
    ['priority 50.5', urgent('50.5'), 'invalidNumber', '50.5'],
    ['priority 101 by expression', urgent('=100 + 1'), 'invalidNumber', '100 + 1'],
  ])('is refused with its name: %s', async (_name, content, code, found) => {
    const { processes, problems } = await read(content);

    expect(problems).toMatchObject([{ severity: 'error', code: `bpmn.${code}`, elementId: 'x' }]);
    expect(problems[0]?.message).toContain(found);
    expect(problems[0]?.messageZh).toContain(found);
    expect(processes).toEqual([]);
  });

  it.each([
    ['quantities', task('startQuantity="2" completionQuantity=" 3 "')],
    ['a loop maximum', looped('3')],
    ['a loop maximum by expression', looped('=limit')],
    ['a cardinality by expression', counted('= count(persons)')],
    ['a cardinality of a constant', counted('1 + 1')],
    ['retries by expression', tried('=attempts')],
    ['a priority by a function of the platform', urgent('=level of(3)')],
  ])('is read where it is whole, or computed: %s', async (_name, content) => {
    const { processes, problems } = await read(content);

    expect(problems).toEqual([]);
    expect(processes).toHaveLength(1);
  });

  it('keeps its text for the engine', async () => {
    const { processes } = await read(task('startQuantity="2" completionQuantity=" 3 "'));

    expect(processes[0]?.elements[2]).toMatchObject({ startQuantity: 2, completionQuantity: 3 });
  });
});

describe('an attribute that is true or false', () => {
  it.each(['1', 'yes', 'TRUE'])('is refused as %s, not read as false', async (value) => {
    const boundary = `<bpmn:boundaryEvent id="b" attachedToRef="x" cancelActivity="${value}"><bpmn:timerEventDefinition><bpmn:timeDuration>PT1S</bpmn:timeDuration></bpmn:timerEventDefinition></bpmn:boundaryEvent>`;

    const { processes, problems } = await read(`${task('')}${boundary}`);

    expect(problems).toMatchObject([{ severity: 'error', code: 'bpmn.invalidBoolean', elementId: 'b', line: 3 }]);
    expect(problems[0]?.message).toContain(`cancelActivity to be "true" or "false" but found "${value}"`);
    expect(processes).toEqual([]);
  });
});

describe('a moment that is written out', () => {
  const due = (attributes: string) => extended('userTask', `<zeebe:userTask/><zeebe:taskSchedule ${attributes}/>`);

  it.each([
    ['a due date that is a word', due('dueDate="tomorrow"'), 'dueDate'],
    ['a due date that is a duration', due('dueDate="P3D"'), 'dueDate'],
    ['a follow-up date without a day', due('followUpDate="2026-03"'), 'followUpDate'],
  ])('is refused with its name where it is none: %s', async (_name, content, place) => {
    const { processes, problems } = await read(content);

    expect(processes).toEqual([]);
    expect(problems).toEqual([
      expect.objectContaining({
        code: 'bpmn.invalidMoment',
        elementId: 'x',
        place,
        message: expect.stringContaining(place),
      }),
    ]);
  });

  it.each([
    'dueDate="2026-03-01T09:00:00+08:00"',
    'dueDate="2026-03-01T09:00:00Z" followUpDate="2026-02-28T09:00:00"',
    'dueDate="=now() + duration(&quot;P3D&quot;)"',
    'dueDate=""',
  ])('is taken where it is one, or an expression: %s', async (attributes) => {
    expect((await read(due(attributes))).problems).toEqual([]);
  });
});
