import { parseBpmn } from './parse-bpmn.js';

const flow = (id: string, source: string, target: string, condition = '') =>
  `<bpmn:sequenceFlow id="${id}" sourceRef="${source}" targetRef="${target}">${condition && `<bpmn:conditionExpression>${condition}</bpmn:conditionExpression>`}</bpmn:sequenceFlow>`;
const read = (content: string, roots = '') =>
  parseBpmn(
    `<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" id="d" targetNamespace="t">${roots}<bpmn:process id="p" isExecutable="true"><bpmn:startEvent id="s"/>${content}</bpmn:process></bpmn:definitions>`,
  );
const gateway = (direction: string, outgoing: readonly string[]) =>
  `<bpmn:parallelGateway id="x"${direction && ` gatewayDirection="${direction}"`}/>${flow('f', 's', 'x')}${outgoing.map((id) => `<bpmn:task id="${id}"/>${flow(`to-${id}`, 'x', id)}`).join('')}`;
const inputSet = (content: string) =>
  `<bpmn:task id="x"><bpmn:ioSpecification id="io"><bpmn:dataInput id="in" name="a"/><bpmn:inputSet id="set">${content}</bpmn:inputSet><bpmn:outputSet id="out"/></bpmn:ioSpecification></bpmn:task>${flow('f', 's', 'x')}`;

describe('what stands in a file without an effect', () => {
  it.each([
    ['ignoredPart', 'x', inputSet('<bpmn:dataInputRefs>in</bpmn:dataInputRefs>'), 'inputSets'],
    ['gatewayDirection', 'x', gateway('Converging', ['a', 'b']), 'gatewayDirection'],
    ['gatewayDirection', 'x', gateway('Diverging', ['a']), 'gatewayDirection'],
    ['gatewayDirection', 'x', gateway('Mixed', ['a', 'b']), 'gatewayDirection'],
    [
      'ignoredPart',
      'x',
      `<bpmn:userTask id="x" implementation="##WebService"/>${flow('f', 's', 'x')}`,
      'implementation',
    ],
    ['conditionAfterEvent', 'f', `<bpmn:task id="x"/>${flow('f', 's', 'x', '=a')}`, 'conditionExpression'],
  ])('is warned of by name and place: %s', async (code, elementId, content, place) => {
    const { processes, problems } = await read(content);

    expect(problems).toEqual([
      expect.objectContaining({
        severity: 'warning',
        code: `bpmn.${code}`,
        elementId,
        place,
        messageZh: expect.stringMatching(/[\u4e00-\u9fff]/),
      }),
    ]);
    expect(processes).toHaveLength(1);
  });

  it('is warned of: a web service that a service task names', async () => {
    const operation =
      '<bpmn:interface id="i" name="i"><bpmn:operation id="o" name="o"><bpmn:inMessageRef>m</bpmn:inMessageRef></bpmn:operation></bpmn:interface><bpmn:message id="m" name="m"/>';
    const { problems } = await read(`<bpmn:serviceTask id="x" operationRef="o"/>${flow('f', 's', 'x')}`, operation);

    expect(problems).toContainEqual(
      expect.objectContaining({ severity: 'warning', code: 'bpmn.ignoredPart', elementId: 'x', place: 'operationRef' }),
    );
  });

  it.each([
    ['a choice of input sets', '<bpmn:inputSet id="a"><bpmn:dataInputRefs>in</bpmn:dataInputRefs></bpmn:inputSet>'],
    [
      'an optional input',
      '<bpmn:inputSet id="a"><bpmn:dataInputRefs>in</bpmn:dataInputRefs><bpmn:optionalInputRefs>in</bpmn:optionalInputRefs></bpmn:inputSet>',
    ],
  ])('is refused: %s', async (_, sets) => {
    const set = inputSet('<bpmn:dataInputRefs>in</bpmn:dataInputRefs>').replace(
      '<bpmn:outputSet',
      `${sets}<bpmn:outputSet`,
    );
    const { processes, problems } = await read(set);

    expect(processes).toEqual([]);
    expect(problems).toEqual([
      expect.objectContaining({ severity: 'error', code: 'bpmn.unsupportedPart', elementId: 'x', place: 'inputSets' }),
    ]);
  });

  it('is refused: a flow that may be followed later', async () => {
    const late = flow('f', 's', 'x').replace('id="f"', 'id="f" isImmediate="false"');
    const { processes, problems } = await read(`<bpmn:task id="x"/>${late}`);

    expect(processes).toEqual([]);
    expect(problems).toEqual([
      expect.objectContaining({ code: 'bpmn.notImmediate', elementId: 'f', place: 'isImmediate' }),
    ]);
    expect((await read(`<bpmn:task id="x"/>${late.replace('false', 'true')}`)).problems).toEqual([]);
  });

  it('is warned of: a correlation subscription', async () => {
    const { problems } = await read(
      `<bpmn:task id="x"/>${flow('f', 's', 'x')}<bpmn:correlationSubscription id="c" correlationKeyRef="k"/>`,
    );

    expect(problems).toContainEqual(
      expect.objectContaining({ code: 'bpmn.ignoredPart', elementId: 'p', place: 'correlationSubscription' }),
    );
  });

  it.each([
    ['an input set without data', inputSet('')],
    ['a direction that fits', gateway('Diverging', ['a', 'b'])],
    ['no direction', gateway('', ['a'])],
    ['a direction that is none', gateway('__proto__', ['a'])],
  ])('is no reason for a warning: %s', async (_name, content) => {
    expect((await read(content)).problems).toEqual([]);
  });
});
