import { parseBpmn } from './parse-bpmn.js';

const flow = (id: string, source: string, target: string, condition = '') =>
  `<bpmn:sequenceFlow id="${id}" sourceRef="${source}" targetRef="${target}">${condition && `<bpmn:conditionExpression>${condition}</bpmn:conditionExpression>`}</bpmn:sequenceFlow>`;
const flows = (...pairs: readonly string[]) =>
  pairs.map((pair) => flow(`f-${pair.replace('>', '-')}`, pair.split('>')[0]!, pair.split('>')[1]!)).join('');
const process = (id: string, content: string) =>
  `<bpmn:process id="${id}" isExecutable="true"><bpmn:startEvent id="${id}-s"/>${content}</bpmn:process>`;
const read = async (...processes: readonly string[]) => {
  const root =
    'xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:zeebe="http://camunda.org/schema/zeebe/1.0"';
  const { problems } = await parseBpmn(
    `<bpmn:definitions ${root} id="file" targetNamespace="t">${processes.join('')}</bpmn:definitions>`,
  );
  return problems.filter(({ code }) => code === 'bpmn.endlessCircle');
};
const calls = (id: string, called: string, content = '') =>
  `<bpmn:callActivity id="${id}" calledElement="${called}">${content}</bpmn:callActivity>`;
const loop = (condition: string, more = '') =>
  `<bpmn:standardLoopCharacteristics ${more}><bpmn:loopCondition>${condition}</bpmn:loopCondition></bpmn:standardLoopCharacteristics>`;
const task = '<bpmn:manualTask id="a"/>';
const merge = '<bpmn:exclusiveGateway id="g"/>';

describe('a circle that nothing leads out of and nothing rests in', () => {
  it.each([
    ['one task', 'a', task + flows('p-s>a', 'a>a')],
    ['gateway and task', 'g', task + merge + flows('p-s>g', 'g>a', 'a>g')],
    ['a task that splits and comes back', 'a', task + '<bpmn:endEvent id="e"/>' + flows('p-s>a', 'a>a', 'a>e')],
    [
      'choices that all come back',
      'g',
      `${task}<bpmn:manualTask id="b"/>${merge}${flows('p-s>g', 'a>g', 'b>g')}${flow('f1', 'g', 'a', '=x')}${flow('f2', 'g', 'b', '=not(x)')}`,
    ],
    [
      'a message thrown for ever',
      'h',
      `<bpmn:intermediateThrowEvent id="t"/>${merge.replace('"g"', '"h"')}${flows('p-s>h', 'h>t', 't>h')}`,
    ],
    ['a loop whose condition is true', 'a', task.replace('/>', `>${loop('=true')}</bpmn:manualTask>`) + flows('p-s>a')],
    ['a process that calls itself', 'c', calls('c', 'p') + flows('p-s>c')],
    ['and does so several times', 'c', `${calls('c', 'p')}${calls('d', 'p')}${flows('p-s>c', 'p-s>d')}`],
  ])('is refused: %s', async (_, elementId, content) => {
    const found = await read(process('p', content));

    expect(found.slice(0, 1)).toEqual([
      expect.objectContaining({ elementId, severity: 'error', messageZh: expect.stringMatching(/[\u4e00-\u9fff]/) }),
    ]);
  });

  it('is refused where two processes of the file call one another', async () => {
    const found = await read(
      process('p', calls('c', 'q') + flows('p-s>c')),
      process('q', task + calls('d', 'p') + flows('q-s>a', 'a>d')),
    );

    expect(found.map(({ elementId }) => elementId)).toEqual(['c']);
  });
});

describe('a circle that may end or rest', () => {
  it.each([
    [
      'by a choice',
      `${task}${merge}<bpmn:endEvent id="e"/>${flows('p-s>g', 'a>g')}${flow('f1', 'g', 'a', '=x')}${flow('f2', 'g', 'e', '=y')}`,
    ],
    [
      'by a condition of a task',
      `${task}<bpmn:endEvent id="e"/>${flows('p-s>a')}${flow('f1', 'a', 'a', '=x')}${flow('f2', 'a', 'e', '=y')}`,
    ],
    ['at a user task', `<bpmn:userTask id="u"/>${merge}${flows('p-s>g', 'g>u', 'u>g')}`],
    ['at a join', `${task}<bpmn:parallelGateway id="j"/>${flows('p-s>j', 'j>a', 'a>j')}`],
    [
      'by an event at its scope',
      `<bpmn:subProcess id="x"><bpmn:startEvent id="xs"/>${task}${merge}${flows('xs>g', 'g>a', 'a>g')}</bpmn:subProcess><bpmn:boundaryEvent id="b" attachedToRef="x"><bpmn:conditionalEventDefinition id="ce"><bpmn:condition>=y</bpmn:condition></bpmn:conditionalEventDefinition></bpmn:boundaryEvent><bpmn:endEvent id="e"/>${flows('p-s>x', 'b>e')}`,
    ],
    ['by a maximum', task.replace('/>', `>${loop('=true', 'loopMaximum="3"')}</bpmn:manualTask>`) + flows('p-s>a')],
    ['by the condition of a loop', task.replace('/>', `>${loop('=x')}</bpmn:manualTask>`) + flows('p-s>a')],
    [
      'since the call is one of two ways',
      `${merge}${calls('c', 'p')}<bpmn:endEvent id="e"/>${flows('p-s>g')}${flow('f1', 'g', 'c', '=x')}${flow('f2', 'g', 'e', '=y')}`,
    ],
    [
      'since there may be nothing to call for',
      calls(
        'c',
        'p',
        '<bpmn:multiInstanceLoopCharacteristics><bpmn:loopCardinality>=n</bpmn:loopCardinality></bpmn:multiInstanceLoopCharacteristics>',
      ) + flows('p-s>c'),
    ],
  ])('is executed: %s', async (_, content) => {
    expect(await read(process('p', content))).toEqual([]);
  });
});

describe('a circle that something beside it ends', () => {
  const inside = (holder: string, more: string) =>
    `<bpmn:${holder} id="x">${more}${task}${merge}${flows('g>a', 'a>g')}</bpmn:${holder}>`;
  const timer = `<bpmn:boundaryEvent id="b" attachedToRef="x"><bpmn:timerEventDefinition id="td"><bpmn:timeDuration>PT1S</bpmn:timeDuration></bpmn:timerEventDefinition></bpmn:boundaryEvent>`;
  const terminate = (id: string) =>
    `<bpmn:endEvent id="${id}"><bpmn:terminateEventDefinition id="${id}-t"/></bpmn:endEvent>`;
  it.each([
    ['a terminate end event in another branch', task + terminate('e') + flows('p-s>a', 'a>a', 'a>e')],
    [
      'a terminate end event around its sub-process',
      `${inside('subProcess', '<bpmn:startEvent id="xs"/>' + flows('xs>g'))}${terminate('e')}${flows('p-s>x', 'p-s>e')}`,
    ],
    [
      'the completion condition of its ad-hoc sub-process',
      `${inside('adHocSubProcess', '<bpmn:completionCondition>=y</bpmn:completionCondition>')}${flows('p-s>x')}`,
    ],
    [
      'the completion condition of its multi-instance',
      `${inside('subProcess', `<bpmn:multiInstanceLoopCharacteristics><bpmn:loopCardinality>2</bpmn:loopCardinality><bpmn:completionCondition>=true</bpmn:completionCondition></bpmn:multiInstanceLoopCharacteristics><bpmn:startEvent id="xs"/>${flows('xs>g')}`)}${flows('p-s>x')}`,
    ],
    [
      'an event at the scope of a loop',
      `<bpmn:subProcess id="x"><bpmn:startEvent id="xs"/>${task.replace('/>', `>${loop('=true')}</bpmn:manualTask>`)}${flows('xs>a')}</bpmn:subProcess>${timer}<bpmn:endEvent id="e"/>${flows('p-s>x', 'b>e')}`,
    ],
    [
      'a variable that names the process to call',
      `<bpmn:callActivity id="c"><bpmn:extensionElements><zeebe:calledElement processId="=p"/></bpmn:extensionElements></bpmn:callActivity>${flows('p-s>c')}`,
    ],
  ])('is executed: %s', async (_, content) => {
    expect(await read(process('p', content))).toEqual([]);
  });
});
