import { describe, expect, it } from '@jest/globals';
import type { Problem } from '#bpmn';
import { paths, tinyConfiguration } from '../../test/tiny-configuration.js';
import { compileConfiguration } from '../compile-configuration.js';
import { hasErrors } from '../format-problem.js';
import { camundaFindings } from './compatibility.js';
import { reasonInChinese } from './reasons.js';

const BPMN = 'http://www.omg.org/spec/BPMN/20100524/MODEL';
const path = 'workflows/quorum/quorum.bpmn';

const diagram = (
  gateway: string,
) => `<definitions xmlns="${BPMN}" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" id="d" targetNamespace="urn:d">
<process id="quorum" name="会签" isExecutable="true">
<startEvent id="start"><outgoing>in</outgoing></startEvent>
<sequenceFlow id="in" sourceRef="start" targetRef="gather"/>
${gateway}
<sequenceFlow id="out" sourceRef="gather" targetRef="end"/>
<endEvent id="end"><incoming>out</incoming></endEvent>
</process></definitions>`;
const flows = '<incoming>in</incoming><outgoing>out</outgoing>';
const complex = diagram(
  `<complexGateway id="gather" name="满两票即过">${flows}<activationCondition xsi:type="tFormalExpression">=activationCount &gt;= 1</activationCondition></complexGateway>`,
);
const exclusive = diagram(`<exclusiveGateway id="gather" name="分支">${flows}</exclusiveGateway>`);

const setWith = (xml: string) => ({ files: new Map([...tinyConfiguration().files, [path, xml]]) });
const findingsIn = async (xml: string, problems: readonly Problem[] = []) =>
  (await camundaFindings(setWith(xml), problems)).filter(({ file }) => file === path);

describe('what a Camunda 8.8 cluster would not run', () => {
  it('is named with element, line and both languages', async () => {
    expect(await findingsIn(complex)).toEqual([
      {
        severity: 'information',
        code: 'camunda.notExecutable',
        file: path,
        elementId: 'gather',
        elementName: '满两票即过',
        line: 5,
        message: 'Does not run on a Camunda 8.8 cluster: Element of type <bpmn:ComplexGateway> not allowed.',
        messageZh: '在 Camunda 8.8 集群上不能运行：不支持元素 <bpmn:ComplexGateway>。',
      },
    ]);
  });

  it('does not hinder that the set is used here', async () => {
    const { set, problems } = await compileConfiguration(setWith(complex));

    expect(hasErrors([...problems, ...(await findingsIn(complex))])).toBe(false);
    expect(set?.processes.map(({ id }) => id)).toContain('quorum');
  });

  it('is nothing in a diagram of elements that both know', async () => {
    expect(await findingsIn(exclusive)).toEqual([]);
  });

  it('follows the file when that is changed', async () => {
    await findingsIn(complex);

    expect(await findingsIn(exclusive)).toEqual([]);
    expect(await findingsIn(complex)).toHaveLength(1);
  });

  it('is not asked of a file that does not run here either', async () => {
    const broken: Problem = { severity: 'error', code: 'bpmn.x', message: 'x', file: path };

    expect(await findingsIn(complex, [broken])).toEqual([]);
    expect(await camundaFindings(tinyConfiguration(), [{ ...broken, file: paths.process }])).toEqual([]);
  });

  it.each([
    [
      'Element of type <bpmn:EndEvent> must have one extension element of type <zeebe:TaskDefinition>',
      '元素 <bpmn:EndEvent> 需要扩展元素 <zeebe:TaskDefinition>（须由作业处理程序执行）',
    ],
    [
      'Element of type <bpmn:IntermediateCatchEvent> with event definition of type <bpmn:ConditionalEventDefinition> only allowed by Camunda 8.9 or newer',
      '带有事件定义 <bpmn:ConditionalEventDefinition> 的元素 <bpmn:IntermediateCatchEvent> 要到 Camunda 8.9 才支持',
    ],
    ['A sentence of a rule to come', 'A sentence of a rule to come'],
  ])('gives the reason in Chinese: %s', (reason, zh) => {
    expect(reasonInChinese(reason)).toBe(zh);
  });
});
