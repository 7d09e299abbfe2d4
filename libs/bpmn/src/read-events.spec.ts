import { parseBpmn } from './parse-bpmn.js';

const event = (kind: string, of: string) => `<bpmn:${kind}EventDefinition ${kind}Ref="${of}"/>`;
const started = (definitions: string) =>
  parseBpmn(`<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" id="d" targetNamespace="t">
<bpmn:signal id="alarm" name="alarm"/><bpmn:message id="paid" name="paid"/><bpmn:message id="same" name="paid"/>
<bpmn:message id="computed" name="=kind"/>
<bpmn:process id="p" isExecutable="true"><bpmn:startEvent id="s" parallelMultiple="true">${definitions}</bpmn:startEvent></bpmn:process></bpmn:definitions>`);

describe('a parallel multiple start event', () => {
  it('is read with all its definitions', async () => {
    const { processes, problems } = await started(event('message', 'paid') + event('signal', 'alarm'));

    expect(problems).toEqual([]);
    expect(processes[0]?.elements[1]?.event).toMatchObject({
      kind: 'multiple',
      isParallel: true,
      events: [{ kind: 'message' }, { kind: 'signal' }],
    });
  });

  it.each([
    ['waits for one message twice', event('message', 'paid') + event('message', 'same')],
    ['computes what it waits for', event('message', 'computed') + event('signal', 'alarm')],
  ])('is refused by name where it %s', async (_case, definitions) => {
    const { problems } = await started(definitions);

    expect(problems).toMatchObject([{ code: 'bpmn.unsupportedElement', elementId: 's' }]);
  });
});
