import { describe, expect, it } from '@jest/globals';
import { parseBpmn } from './parse-bpmn.js';

async function problemsOf(content: string, namespaces = '') {
  const { processes, problems } = await parseBpmn(`<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"
    xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" xmlns:acme="http://acme" ${namespaces} id="d" targetNamespace="t">
    <process id="p" isExecutable="true">${content}</process></definitions>`);
  const named = problems.map(({ severity, code, elementId }) => [severity, code.replace('bpmn.', ''), elementId]);
  return { named, processes };
}
const extended = (content: string) => `<extensionElements>${content}</extensionElements>`;

describe('what a file says beyond the standard', () => {
  it('is named once for each name of another tool', async () => {
    const task = (id: string) =>
      `<task id="${id}" acme:cost="1">${extended('<acme:retry><acme:max/></acme:retry>')}</task>`;

    const { named, processes } = await problemsOf(task('a') + task('b'));

    expect(named).toEqual([
      ['warning', 'unknownExtension', 'a'],
      ['warning', 'unknownExtension', 'a'],
    ]);
    expect(processes).toHaveLength(1);
  });

  it('is silent where it only says who drew the diagram', async () => {
    const drawn = `xmlns:modeler="http://camunda.org/schema/modeler/1.0" modeler:executionPlatform="Camunda Cloud" exporter="Modeler"`;

    const { named } = await problemsOf('<task id="a"/>', drawn);

    expect(named).toEqual([]);
  });

  it('is read as that of another engine by its namespace, whatever its prefix', async () => {
    const prefix = 'xmlns:c7="http://camunda.org/schema/1.0/bpmn"';

    const { named, processes } = await problemsOf('<userTask id="u" c7:assignee="${boss}"/>', prefix);

    expect(named).toEqual([['warning', 'translatedExtension', 'u']]);
    expect(processes[0]?.elements[1]?.userTask?.assignee?.source).toBe('=boss');
  });

  it.each([
    [
      'misplacedExtension',
      'warning',
      `<endEvent id="x">${extended('<zeebe:script expression="=1" resultVariable="r"/>')}</endEvent>`,
    ],
    [
      'misplacedExtension',
      'warning',
      `<sequenceFlow id="x" sourceRef="s" targetRef="t">${extended('<zeebe:executionListeners/>')}</sequenceFlow>`,
    ],
    [
      'unsupportedExtension',
      'error',
      `<manualTask id="x">${extended('<zeebe:taskDefinition type="t"/>')}</manualTask>`,
    ],
    [
      'doubledContent',
      'error',
      `<serviceTask id="x">${extended('<zeebe:taskDefinition type="a"/><zeebe:taskDefinition type="b"/>')}</serviceTask>`,
    ],
    [
      'doubledContent',
      'error',
      '<task id="x"><standardLoopCharacteristics loopMaximum="2"/><multiInstanceLoopCharacteristics/></task>',
    ],
    ['doubledContent', 'error', `<task id="x">${extended('')}${extended('')}</task>`],
  ])('is named where it has no effect or stands twice: %s as %s', async (code, severity, content) => {
    const { named } = await problemsOf(`<task id="s"/><task id="t"/>${content}`);

    expect(named).toContainEqual([severity, code, 'x']);
  });

  it('is found where a prefix has the name of a property that every object has', async () => {
    const { named } = await problemsOf('<task id="a" constructor:b="1"/>');

    expect(named).toContainEqual(['warning', 'unknownExtension', 'a']);
  });
});

describe('what stands beside the executable process', () => {
  it.each([
    ['q', '<process id="q"><task id="qt"/></process>'],
    [
      'ct',
      '<choreography id="c"><participant id="a"/><participant id="b"/><choreographyTask id="ct" initiatingParticipantRef="a"><participantRef>a</participantRef><participantRef>b</participantRef></choreographyTask></choreography>',
    ],
    ['cn', '<collaboration id="c"><conversation id="cn"/></collaboration>'],
  ])('is named as not executed: %s', async (elementId, root) => {
    const xml = `<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" id="d" targetNamespace="t">${root}<process id="p" isExecutable="true"><task id="t"/></process></definitions>`;

    const { problems, processes } = await parseBpmn(xml);

    expect(problems).toContainEqual(
      expect.objectContaining({ code: 'bpmn.notExecuted', elementId, severity: 'warning' }),
    );
    expect(processes).toHaveLength(1);
  });
});
