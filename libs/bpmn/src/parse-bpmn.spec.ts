import { parseBpmn } from './parse-bpmn.js';

const definitions = (content: string) =>
  `<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:zeebe="http://camunda.org/schema/zeebe/1.0"
  xmlns:camunda="http://camunda.org/schema/1.0/bpmn" xmlns:flowable="http://flowable.org/bpmn" id="d" targetNamespace="t">${content}</bpmn:definitions>`;
const process = (content: string) =>
  definitions(`<bpmn:process id="p" isExecutable="true">\n${content}\n</bpmn:process>`);
const start = '<bpmn:startEvent id="s"/>';
const extended = (content: string) => `<bpmn:extensionElements>${content}</bpmn:extensionElements>`;
const flow = (id: string, source: string, target: string, condition = '') =>
  `<bpmn:sequenceFlow id="${id}" sourceRef="${source}" targetRef="${target}">${condition && `<bpmn:conditionExpression>${condition}</bpmn:conditionExpression>`}</bpmn:sequenceFlow>`;

describe('a file that can be executed', () => {
  it('becomes an indexed definition', async () => {
    const form = extended(
      '<zeebe:formDefinition formId="F01" bindingType="deployment"/><zeebe:assignmentDefinition candidateGroups="clerks, leaders"/>',
    );
    const xml = process(
      `${start}<bpmn:userTask id="u" name="Check">${form}</bpmn:userTask><bpmn:endEvent id="e"/>${flow('f1', 's', 'u')}${flow('f2', 'u', 'e')}`,
    );

    const { processes, problems, info } = await parseBpmn(xml);

    expect(problems).toEqual([]);
    expect(processes[0]?.elements.map(({ id, type, flowScope }) => [id, type, flowScope])).toEqual([
      ['p', 'process', -1],
      ['s', 'startEvent', 0],
      ['u', 'userTask', 0],
      ['e', 'endEvent', 0],
    ]);
    expect(processes[0]?.flows).toEqual([
      { id: 'f1', source: 1, target: 2 },
      { id: 'f2', source: 2, target: 3 },
    ]);
    expect(processes[0]?.elements[2]?.userTask).toMatchObject({ formId: 'F01', formBinding: 'deployment' });
    expect(info.forms).toEqual([{ name: 'F01', elementId: 'u', elementName: 'Check', bpmnProcessId: 'p' }]);
    expect(info.candidateGroups.map(({ name }) => name)).toEqual(['clerks', 'leaders']);
  });

  it('keeps lanes, properties and the version tag', async () => {
    const lanes =
      '<bpmn:laneSet id="ls"><bpmn:lane id="l" name="Office"><bpmn:flowNodeRef>s</bpmn:flowNodeRef></bpmn:lane></bpmn:laneSet>';
    const own =
      '<zeebe:versionTag value="v7"/><zeebe:properties><zeebe:property name="ct.case" value="true"/></zeebe:properties>';

    const { processes } = await parseBpmn(process(extended(own) + lanes + start));

    expect(processes[0]).toMatchObject({ versionTag: 'v7', properties: { 'ct.case': 'true' } });
    expect(processes[0]?.elements[1]?.lane).toBe('Office');
  });

  it('puts what stands in a sub-process into its lane, or into a lane of its own', async () => {
    const lanes = (id: string, name: string, node: string) =>
      `<bpmn:laneSet id="${id}s"><bpmn:lane id="${id}" name="${name}"><bpmn:flowNodeRef>${node}</bpmn:flowNodeRef></bpmn:lane></bpmn:laneSet>`;
    const inner = `${lanes('m', 'Leader', 'y')}<bpmn:task id="x"/><bpmn:subProcess id="deep"><bpmn:task id="z"/></bpmn:subProcess><bpmn:task id="y"/>`;

    const { processes } = await parseBpmn(
      process(`${lanes('l', 'Office', 'sub')}<bpmn:subProcess id="sub">${inner}</bpmn:subProcess><bpmn:task id="o"/>`),
    );

    const found = processes[0]?.elements.map(({ id, laneRole }) => `${id} ${laneRole ?? ''}`.trim());
    expect(found).toEqual(['p', 'sub Office', 'x Office', 'deep Office', 'z Office', 'y Leader', 'o']);
  });

  it('reads events with what they wait for', async () => {
    const message = definitions(
      `<bpmn:message id="m" name="paid">${extended('<zeebe:subscription correlationKey="=caseNo"/>')}</bpmn:message>
       <bpmn:process id="p" isExecutable="true">${start}<bpmn:task id="t"/>${flow('f', 's', 't')}
       <bpmn:boundaryEvent id="b" attachedToRef="t" cancelActivity="false"><bpmn:messageEventDefinition messageRef="m"/></bpmn:boundaryEvent></bpmn:process>`,
    );

    const { processes } = await parseBpmn(message);

    const boundary = processes[0]?.elements[3];
    expect(boundary).toMatchObject({ type: 'boundaryEvent', attachedTo: 2, isInterrupting: false });
    expect(boundary?.event).toMatchObject({ kind: 'message', messageName: 'paid' });
    expect(processes[0]?.elements[2]?.boundaryEvents).toEqual([3]);
  });
});

describe('an element that the engine does not execute', () => {
  const event = (tag: string, definition: string) =>
    `<bpmn:${tag} id="x"><bpmn:${definition}EventDefinition/></bpmn:${tag}>`;
  const both = (tag: string, ...definitions: readonly string[]) =>
    `<bpmn:${tag} id="x">${definitions.map((each) => `<bpmn:${each}EventDefinition/>`).join('')}</bpmn:${tag}>`;

  it.each([
    ['error start', event('startEvent', 'error'), 'error'],
    ['compensation catch', event('intermediateCatchEvent', 'compensate'), 'compensation'],
    ['cancel throw', event('intermediateThrowEvent', 'cancel'), 'cancel'],
    ['terminate throw', event('intermediateThrowEvent', 'terminate'), 'terminate'],
    ['cancel beside others', both('boundaryEvent', 'cancel', 'timer'), 'beside others'],
    ['two ends at once', both('endEvent', 'cancel', 'terminate'), 'beside others'],
    ['choreography task', '<bpmn:choreographyTask id="x"/>', 'ChoreographyTask'],
  ])('is refused by name: %s', async (_name, element, named) => {
    const { processes, problems } = await parseBpmn(process(start + element));

    const problem = problems.find(({ code }) => code === 'bpmn.unsupportedElement');
    expect(problem).toMatchObject({ severity: 'error', elementId: 'x', line: 4 });
    expect(problem?.message).toContain(named);
    expect(problem?.messageZh).toMatch(/[\u4e00-\u9fff]/);
    expect(processes).toEqual([]);
  });
});

describe('standard attributes and those of other engines', () => {
  const boundaryOf = (definition: string) =>
    `<bpmn:boundaryEvent id="b" attachedToRef="x"><bpmn:${definition}EventDefinition/></bpmn:boundaryEvent>`;

  it('are read into one model', async () => {
    const { processes, problems } = await parseBpmn(
      process(
        `${start}<bpmn:dataObject id="do" name="申请 单"/><bpmn:dataObjectReference id="dr" dataObjectRef="do"/>
         <bpmn:userTask id="x" camunda:assignee="\${boss}" camunda:candidateGroups="a,b" startQuantity="2">
           <bpmn:property id="pr" name="note"/>
           <bpmn:dataInputAssociation id="in"><bpmn:sourceRef>dr</bpmn:sourceRef><bpmn:targetRef>pr</bpmn:targetRef></bpmn:dataInputAssociation>
           <bpmn:standardLoopCharacteristics testBefore="true" loopMaximum="3"><bpmn:loopCondition>n &lt; 2</bpmn:loopCondition></bpmn:standardLoopCharacteristics>
         </bpmn:userTask>${boundaryOf('compensate')}<bpmn:task id="undo" isForCompensation="true"/>
         <bpmn:exclusiveGateway id="g" default="f3"/><bpmn:task id="y"/><bpmn:task id="z"/>
         ${flow('f', 's', 'x')}${flow('f1', 'x', 'g')}${flow('f2', 'g', 'y', '${!late}')}${flow('f3', 'g', 'z')}
         <bpmn:association id="as" sourceRef="b" targetRef="undo"/>`,
      ),
    );

    const [definition] = processes;
    const byId = (id: string) => definition?.elements[definition.indexById.get(id) ?? -1];
    expect(problems.filter(({ severity }) => severity === 'error')).toEqual([]);
    expect(problems.map(({ code }) => code)).toEqual(['bpmn.translatedExtension', 'bpmn.translatedExtension']);
    expect(byId('p')?.localVariables).toEqual(['申请 单']);
    expect(byId('x')).toMatchObject({
      startQuantity: 2,
      compensationHandler: definition?.indexById.get('undo'),
      localVariables: ['note'],
      inputMappings: [{ source: { reads: ['申请 单'] }, target: 'note' }],
      standardLoop: { testBefore: true, condition: { reads: ['n'] }, maximum: { source: '=3' } },
      userTask: { assignee: { source: '=boss' }, candidateGroups: { source: 'a,b' } },
    });
    expect(definition?.flows.find(({ id }) => id === 'f2')?.condition?.source).toBe('=not(late)');
  });

  it('let a scope without start event begin where no flow leads to', async () => {
    const { processes } = await parseBpmn(
      process(`<bpmn:task id="x"/><bpmn:task id="y"/><bpmn:task id="z"/>${flow('f', 'x', 'y')}${boundaryOf('error')}`),
    );

    expect(processes[0]?.elements[0]?.implicitStarts).toEqual([1, 3]);
  });
});

describe('an event of the standard', () => {
  const boundary = (event: string) =>
    `${start}<bpmn:task id="x"/>${flow('f', 's', 'x')}<bpmn:boundaryEvent id="b" attachedToRef="x">${event}</bpmn:boundaryEvent>`;
  const eventOf = async (roots: string, content: string, elementId: string) => {
    const xml = definitions(`${roots}<bpmn:process id="p" isExecutable="true">${content}</bpmn:process>`);
    const { processes } = await parseBpmn(xml);
    return processes[0]?.elements.find(({ id }) => id === elementId);
  };

  it('catches every error where the one that it names has no code', async () => {
    const event = '<bpmn:errorEventDefinition errorRef="bad"/>';

    const element = await eventOf('<bpmn:error id="bad" name="Bad"/>', boundary(event), 'b');

    expect(element?.event).toEqual({ kind: 'error' });
  });

  it('catches every escalation where the one that it names has no code', async () => {
    const event = '<bpmn:escalationEventDefinition escalationRef="up"/>';

    const element = await eventOf('<bpmn:escalation id="up" name="Up"/>', boundary(event), 'b');

    expect(element?.event).toEqual({ kind: 'escalation' });
  });

  it('links to the definition that it refers to', async () => {
    const links = `<bpmn:intermediateThrowEvent id="t"><bpmn:linkEventDefinition id="l1" name="out"><bpmn:target>l2</bpmn:target></bpmn:linkEventDefinition></bpmn:intermediateThrowEvent>
      <bpmn:intermediateCatchEvent id="c"><bpmn:linkEventDefinition id="l2" name="in"/></bpmn:intermediateCatchEvent>`;

    const element = await eventOf('', `${start}${links}${flow('f', 's', 't')}`, 't');

    expect(element?.linkTarget).toBe(3);
  });
});

describe('a diagram with a fault', () => {
  const task = '<bpmn:task id="x"/>';
  const catching = (message: string) =>
    `<bpmn:intermediateCatchEvent id="x"><bpmn:messageEventDefinition ${message}/></bpmn:intermediateCatchEvent>`;
  const user = (content: string) => `<bpmn:userTask id="x">${extended(content)}</bpmn:userTask>`;
  const service = (content: string) => `<bpmn:serviceTask id="x">${extended(content)}</bpmn:serviceTask>`;
  const listener = (eventType: string) =>
    extended(
      `<zeebe:executionListeners><zeebe:executionListener eventType="${eventType}" type="t"/></zeebe:executionListeners>`,
    );
  const timer = '<bpmn:timerEventDefinition><bpmn:timeDuration>PT1S</bpmn:timeDuration></bpmn:timerEventDefinition>';
  const anyError = '<bpmn:errorEventDefinition/>';
  const onBoundary = (id: string, activity: string, event: string) =>
    `<bpmn:boundaryEvent id="${id}" attachedToRef="${activity}">${event}</bpmn:boundaryEvent>`;
  const eventSubProcess = (content: string) =>
    `<bpmn:subProcess id="sub" triggeredByEvent="true">${content}</bpmn:subProcess>`;
  const gateway = `<bpmn:exclusiveGateway id="x"/>${task.replace('x', 'y')}${task.replace('x', 'z')}`;

  const multi = (attributes: string, content: string) =>
    `<bpmn:task id="x"><bpmn:multiInstanceLoopCharacteristics ${attributes}>${content}<bpmn:loopCardinality>2</bpmn:loopCardinality></bpmn:multiInstanceLoopCharacteristics></bpmn:task>`;
  const afterGateway = (content: string, type = 'intermediateCatchEvent') =>
    `${start}<bpmn:eventBasedGateway id="g"/>${flow('f', 's', 'g')}${flow('f1', 'g', 'x')}
     <bpmn:${type} id="x">${content}${type === 'receiveTask' ? '' : timer}</bpmn:${type}>`;

  it('is refused: an end listener at an error end event, which leaves its scope at once', async () => {
    const thrown = `${listener('end')}<bpmn:errorEventDefinition errorRef="er"/>`;
    const { problems } = await parseBpmn(
      definitions(
        `<bpmn:error id="er" errorCode="E"/><bpmn:process id="p" isExecutable="true">${start}<bpmn:endEvent id="x">${thrown}</bpmn:endEvent>${flow('f', 's', 'x')}</bpmn:process>`,
      ),
    );

    expect(problems.map(({ code, elementId }) => `${code} ${elementId}`)).toEqual(['bpmn.unsupportedListener x']);
  });

  const byWorker = (zeebe: string, content = '', attributes = '') =>
    `<bpmn:adHocSubProcess id="x" ${attributes}>${extended(`<zeebe:taskDefinition type="t"/>${zeebe}`)}${task.replace('x', 'y')}${content}</bpmn:adHocSubProcess>`;

  it.each([
    ['missingStartEvent', 'p', ''],
    ['endlessLoop', 'x', `${start}<bpmn:task id="x"><bpmn:standardLoopCharacteristics/></bpmn:task>`],
    ['emptyAdHoc', 'x', `${start}<bpmn:adHocSubProcess id="x"/>`],
    ['eventInAdHoc', 'y', `${start}<bpmn:adHocSubProcess id="x"><bpmn:endEvent id="y"/></bpmn:adHocSubProcess>`],
    ['cancelNeedsTransaction', 'x', `${start}<bpmn:endEvent id="x"><bpmn:cancelEventDefinition/></bpmn:endEvent>`],
    [
      'missingCompensationHandler',
      'x',
      `${start}<bpmn:task id="t"/><bpmn:boundaryEvent id="x" attachedToRef="t"><bpmn:compensateEventDefinition/></bpmn:boundaryEvent>`,
    ],
    ['invalidEventGateway', 'x', `${start}<bpmn:eventBasedGateway id="x" eventGatewayType="Parallel"/>`],
    [
      'invalidTimer',
      'x',
      `${start}<bpmn:intermediateCatchEvent id="x"><bpmn:timerEventDefinition><bpmn:timeDuration>tomorrow</bpmn:timeDuration></bpmn:timerEventDefinition></bpmn:intermediateCatchEvent>`,
    ],
    [
      'unsupportedListener',
      'x',
      start + user('<zeebe:taskListeners><zeebe:taskListener eventType="reading" type="t"/></zeebe:taskListeners>'),
    ],
    [
      'unsupportedListener',
      'x',
      `${start}<bpmn:transaction id="tx"><bpmn:startEvent id="i"/>${user('<zeebe:taskListeners><zeebe:taskListener eventType="canceling" type="t"/></zeebe:taskListeners>')}</bpmn:transaction>`,
    ],
    [
      'unsupportedListener',
      'x',
      `${start}<bpmn:transaction id="tx"><bpmn:startEvent id="i"/><bpmn:endEvent id="x">${listener('end')}<bpmn:cancelEventDefinition/></bpmn:endEvent></bpmn:transaction>`,
    ],
    ...['start', 'end'].map((eventType): [string, string, string] => [
      'unsupportedListener',
      'x',
      `${start}<bpmn:task id="t"/><bpmn:boundaryEvent id="x" attachedToRef="t">${listener(eventType)}<bpmn:compensateEventDefinition/></bpmn:boundaryEvent>`,
    ]),
    ['tooManyStartEvents', 'p', `${start}<bpmn:startEvent id="s2"/>`],
    ['danglingFlow', 'f', `${start}<bpmn:sequenceFlow id="f" sourceRef="s"/>`],
    ['unknownReference', 'f', `${start}${flow('f', 's', 'nowhere')}`],
    ['flowOutOfEnd', 'x', `${start}${task.replace('x', 'y')}<bpmn:endEvent id="x"/>${flow('f', 'x', 'y')}`],
    ['flowIntoStart', 's', `${start}${task}${flow('f', 'x', 's')}`],
    [
      'flowCrossesScope',
      'f',
      `${start}<bpmn:subProcess id="sub"><bpmn:startEvent id="i"/>${task}</bpmn:subProcess>${flow('f', 's', 'x')}`,
    ],
    ['missingMessageName', 'x', start + catching('')],
    [
      'missingDefinition',
      'x',
      `${start}<bpmn:intermediateCatchEvent id="x"><bpmn:timerEventDefinition/></bpmn:intermediateCatchEvent>`,
    ],
    ['missingForm', 'x', start + user('<zeebe:formDefinition formKey="camunda-forms:bpmn:userTaskForm_1"/>')],
    ['missingDefinition', 'x', `${start}<bpmn:serviceTask id="x"/>`],
    ['missingDefinition', 'x', `${start}<bpmn:scriptTask id="x"/>`],
    ['missingDefinition', 'x', `${start}<bpmn:businessRuleTask id="x"/>`],
    ['missingDefinition', 'x', `${start}<bpmn:callActivity id="x"/>`],
    ['invalidExpression', 'x', start + service('<zeebe:taskDefinition type="=1 +"/>')],
    [
      'invalidMapping',
      'x',
      start + service('<zeebe:taskDefinition type="t"/><zeebe:ioMapping><zeebe:input source="=1"/></zeebe:ioMapping>'),
    ],
    ['unsupportedExtension', 'x', start + service('<zeebe:taskDefinition type="t"/><zeebe:linkedResources/>')],
    [
      'unsupportedListener',
      'x',
      `${start}<bpmn:exclusiveGateway id="x">${extended('<zeebe:executionListeners><zeebe:executionListener eventType="end" type="t"/></zeebe:executionListeners>')}</bpmn:exclusiveGateway>`,
    ],
    ['missingCondition', 'f2', `${start}${gateway}${flow('f1', 'x', 'y', '=a')}${flow('f2', 'x', 'z')}`],
    ['foreignExpression', 'f1', `${start}${gateway}${flow('f1', 'x', 'y', '${a.b()}')}${flow('f2', 'x', 'z', '=b')}`],
    ['conditionIgnored', 'x', `${start}${gateway.replace('exclusive', 'parallel')}${flow('f1', 'x', 'y', '=a')}`],
    [
      'boundaryNotAttached',
      'x',
      `${start}<bpmn:boundaryEvent id="x"><bpmn:errorEventDefinition/></bpmn:boundaryEvent>`,
    ],
    [
      'foreignExtension',
      'x',
      `${start}<bpmn:userTask id="x" camunda:formKey="f">${extended('<zeebe:formDefinition formId="f"/>')}</bpmn:userTask>`,
    ],
    ['foreignExtension', 'x', `${start}<bpmn:task id="x" flowable:class="a.B"/>`],
    ['boundaryNotAttached', 'b', `${start}<bpmn:exclusiveGateway id="x"/>${onBoundary('b', 'x', timer)}`],
    [
      'boundaryNotAttached',
      'b',
      `${start}<bpmn:subProcess id="sub">${task}</bpmn:subProcess>${onBoundary('b', 'x', timer)}`,
    ],
    [
      'errorMustInterrupt',
      'es',
      `${start}${eventSubProcess('<bpmn:startEvent id="es" isInterrupting="false"><bpmn:errorEventDefinition/></bpmn:startEvent>')}`,
    ],
    ['caughtTwice', 'b2', start + task + onBoundary('b1', 'x', anyError) + onBoundary('b2', 'x', anyError)],
    ['invalidDefaultFlow', 'x', `${start}<bpmn:task id="x" default="f1"/>${flow('f1', 's', 'x')}`],
    [
      'invalidDefaultFlow',
      'x',
      start + gateway.replace('"x"', '"x" default="f1"') + flow('f1', 'x', 'y', '=a') + flow('f2', 'x', 'z', '=b'),
    ],
    ['danglingFlow', 'f', `${start}<bpmn:dataObject id="x"/>${flow('f', 's', 'x')}`],
    [
      'ignoredPart',
      'x',
      afterGateway(extended(`<zeebe:ioMapping><zeebe:input source="=1" target="n"/></zeebe:ioMapping>`)),
    ],
    ['ignoredPart', 'x', afterGateway('<bpmn:standardLoopCharacteristics loopMaximum="2"/>', 'receiveTask')],
    ['invalidChoice', 'x', `${start}<bpmn:eventBasedGateway id="x" eventGatewayType="Both"/>`],
    [
      'invalidChoice',
      'x',
      `${start}<bpmn:adHocSubProcess id="x" ordering="Random">${task.replace('x', 'y')}</bpmn:adHocSubProcess>`,
    ],
    ['invalidChoice', 'x', start + multi('behavior="Some"', '')],
    [
      'invalidChoice',
      'x',
      `${start}<bpmn:callActivity id="x">${extended('<zeebe:calledElement processId="q" bindingType="newest"/>')}</bpmn:callActivity>`,
    ],
    [
      'forkInSequence',
      'x',
      `${start}<bpmn:adHocSubProcess id="a" ordering="Sequential">${gateway.replace('exclusiveGateway', 'task')}${flow('f1', 'x', 'y')}${flow('f2', 'x', 'z')}</bpmn:adHocSubProcess>`,
    ],
    [
      'unsupportedMethod',
      'x',
      `${start}<bpmn:transaction id="x" method="##Store">${task.replace('x', 'y')}</bpmn:transaction>`,
    ],
    ['invalidQuantity', 'x', `${start}<bpmn:task id="x" startQuantity="0"/>`],
    ['invalidQuantity', 'x', `${start}<bpmn:task id="x" completionQuantity="1000000000"/>`],
    ['invalidQuantity', 'x', `${start}<bpmn:task id="x" completionQuantity="many"/>`],
  ])('is refused: %s at %s', async (code, elementId, content) => {
    const { processes, problems } = await parseBpmn(process(content), { file: 'a.bpmn' });

    expect(problems).toContainEqual(
      expect.objectContaining({ code: `bpmn.${code}`, elementId, severity: 'error', file: 'a.bpmn' }),
    );
    expect(processes).toEqual([]);
  });

  it.each([
    ['ignoredPart', multi('', extended('<zeebe:loopCharacteristics inputCollection="=[1]"/>'))],
    ['ignoredPart', byWorker('<zeebe:adHoc activeElementsCollection="=[]"/>')],
    ['ignoredPart', byWorker('', '<bpmn:completionCondition>=true</bpmn:completionCondition>')],
    ['ignoredPart', byWorker('', '', 'cancelRemainingInstances="false"')],
    ['misplacedExtension', user('<zeebe:script expression="=1" resultVariable="a"/>')],
  ])('is warned of what has no effect: %s', async (code, content) => {
    const { processes, problems } = await parseBpmn(process(`${start}${content}${flow('f', 's', 'x')}`));

    expect(problems).toEqual([expect.objectContaining({ code: `bpmn.${code}`, elementId: 'x', severity: 'warning' })]);
    expect(processes).toHaveLength(1);
  });

  it('names a compensation activity that no compensation event leads to', async () => {
    const { processes, problems } = await parseBpmn(process(`${start}<bpmn:task id="x" isForCompensation="true"/>`));

    expect(problems).toEqual([
      expect.objectContaining({ code: 'bpmn.unreachable', elementId: 'x', severity: 'warning' }),
    ]);
    expect(processes).toHaveLength(1);
  });

  it('names the position of a FEEL fault', async () => {
    const { problems } = await parseBpmn(process(start + service('<zeebe:taskDefinition type="=1 + * 2"/>')));

    expect(problems[0]).toMatchObject({ code: 'bpmn.invalidExpression', place: 'taskDefinition type', line: 4 });
    expect(problems[0]?.message).toMatch(/at 1:\d+/);
  });

  it('asks for a correlation key where an instance waits for a message', async () => {
    const xml = definitions(
      `<bpmn:message id="m" name="paid"/><bpmn:process id="p" isExecutable="true">${start}${catching('messageRef="m"')}</bpmn:process>`,
    );

    const { problems } = await parseBpmn(xml);

    expect(problems).toContainEqual(expect.objectContaining({ code: 'bpmn.missingCorrelationKey', elementId: 'x' }));
  });

  it('asks for no correlation key where a message starts the process', async () => {
    const begin = '<bpmn:startEvent id="s"><bpmn:messageEventDefinition messageRef="m"/></bpmn:startEvent>';
    const xml = definitions(
      `<bpmn:message id="m" name="paid"/><bpmn:process id="p" isExecutable="true">${begin}</bpmn:process>`,
    );

    const { problems } = await parseBpmn(xml);

    expect(problems).toEqual([]);
  });

  it('is reported with all its faults at once', async () => {
    const { problems } = await parseBpmn(
      process(
        `<bpmn:userTask id="a">${extended('<zeebe:formDefinition formKey="old"/>')}</bpmn:userTask><bpmn:callChoreography id="b"/><bpmn:serviceTask id="c"/>`,
      ),
    );

    const errors = problems.filter(({ severity }) => severity === 'error').map(({ code }) => code);
    expect(errors.toSorted()).toEqual(['bpmn.missingDefinition', 'bpmn.missingForm', 'bpmn.unsupportedElement']);
  });
});

describe('a file that is not what it should be', () => {
  const nested = (depth: number) =>
    process(`${'<bpmn:subProcess>'.repeat(depth)}${'</bpmn:subProcess>'.repeat(depth)}`);

  it.each([
    ['fileTooLarge', process(`<!-- ${'x'.repeat(2_100_000)} -->`)],
    ['tooDeep', nested(120)],
    ['tooManyElements', process('<bpmn:task/>'.repeat(20_001))],
    ['doctype', `<!DOCTYPE d [<!ENTITY a "b">]>${process(start)}`],
    ['duplicateId', process(`${start}<bpmn:task id="s"/>`)],
    ['malformedXml', '<bpmn:definitions'],
    ['malformedXml', 'no xml at all'],
    ['malformedXml', ''],
    ['notBpmn', '<html></html>'],
    ['unreadableContent', process(`${start}<bpmn:bogus id="x"/>`)],
    ['noExecutableProcess', definitions('<bpmn:process id="p"><bpmn:startEvent id="s"/></bpmn:process>')],
  ])('is refused: %s', async (code, xml) => {
    const { processes, problems } = await parseBpmn(xml);

    expect(problems.map((problem) => problem.code)).toContain(`bpmn.${code}`);
    expect(processes).toEqual([]);
  });
});
