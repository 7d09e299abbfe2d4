import { claimProcess, paths, problemsOf } from '../../test/tiny-configuration.js';

const condition = (name: string, text: string) => `<bpmn:${name}>=${text}</bpmn:${name}>`;

/** Each place where a condition stands that is none of a flow or an event. */
const places: Readonly<Record<string, (text: string) => string>> = {
  'of a standard loop': (text) =>
    `<bpmn:manualTask id="more"><bpmn:standardLoopCharacteristics loopMaximum="3">${condition('loopCondition', text)}</bpmn:standardLoopCharacteristics></bpmn:manualTask>`,
  'that completes an ad-hoc sub-process': (text) =>
    `<bpmn:adHocSubProcess id="more"><bpmn:manualTask id="inside"/>${condition('completionCondition', text)}</bpmn:adHocSubProcess>`,
  'that activates a complex gateway': (text) =>
    `<bpmn:complexGateway id="more">${condition('activationCondition', text)}</bpmn:complexGateway>`,
  'that completes a multi-instance task': (text) =>
    `<bpmn:manualTask id="more"><bpmn:multiInstanceLoopCharacteristics><bpmn:loopCardinality>=2</bpmn:loopCardinality>${condition('completionCondition', text)}</bpmn:multiInstanceLoopCharacteristics></bpmn:manualTask>`,
};

/** The claim process with one more element between its last task and its end. */
function processWith(element: string): string {
  const flow = '<bpmn:sequenceFlow id="toMore" sourceRef="print" targetRef="more" />';
  return claimProcess()
    .replace(
      '<bpmn:sequenceFlow id="f6" sourceRef="print"',
      `${element}${flow}<bpmn:sequenceFlow id="f6" sourceRef="more"`,
    )
    .replace('<bpmn:outgoing>f6</bpmn:outgoing>', '<bpmn:outgoing>toMore</bpmn:outgoing>');
}

const problemsIn = (element: string) => problemsOf({ [paths.process]: processWith(element) });

describe.each(Object.entries(places))('a condition %s', (_place, element) => {
  it('may read what a form or a decision sets', async () => {
    expect(await problemsIn(element('urgency = "high" and amount > 1'))).toEqual([]);
  });

  it('is warned of where it reads what nothing sets', async () => {
    const problems = await problemsIn(element('urgencie = "high"'));

    expect(problems).toEqual([
      expect.objectContaining({ code: 'link.unknownVariable', severity: 'warning', elementId: 'more' }),
    ]);
    expect(problems[0]?.message).toContain('"urgencie"');
  });

  it('is refused where it reads protected content', async () => {
    expect(await problemsIn(element('anonymous = true'))).toContainEqual(
      expect.objectContaining({ code: 'link.protectedVariable', severity: 'error', elementId: 'more' }),
    );
  });

  it('is refused where it names a parameter that does not exist', async () => {
    const problems = await problemsIn(element('amount > parameter("dayz")'));

    expect(problems).toContainEqual(expect.objectContaining({ severity: 'error', elementId: 'more' }));
  });
});

describe('who acts from the page of a running case', () => {
  const reading = processWith(places['of a standard loop']!('actor = "clerk" and actedAt = null'));

  it('may be read, with the moment, where the message of the action is caught', async () => {
    expect(await problemsOf({ [paths.process]: reading })).toEqual([]);
  });

  it('is warned of where no action has such a message', async () => {
    const problems = await problemsOf({ [paths.process]: reading, [paths.rooms]: {} });

    expect(problems.filter(({ code }) => code === 'link.unknownVariable')).toHaveLength(2);
  });
});
