import { parseBpmn } from './parse-bpmn.js';

const read = (content: string) =>
  parseBpmn(
    `<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" id="d" targetNamespace="t"><bpmn:process id="p" isExecutable="true">\n<bpmn:startEvent id="s"/>${content}</bpmn:process></bpmn:definitions>`,
  );

describe('an attribute that nobody knows', () => {
  it.each([
    ['of an element', '\n<bpmn:userTask id="x" name="Check" bpmn:foo="1"/>', 'UserTask of "Check" (x) has "bpmn:foo"'],
    [
      'of a part without id',
      '\n<bpmn:userTask id="x" name="Check"><bpmn:extensionElements><zeebe:formDefinition formId="a" foo="1"/></bpmn:extensionElements></bpmn:userTask>',
      'FormDefinition of "Check" (x) has "foo"',
    ],
  ])('is refused with the element that has it: %s', async (_name, content, named) => {
    const { problems } = await read(content);

    expect(problems).toContainEqual(
      expect.objectContaining({
        code: 'bpmn.unreadableContent',
        elementId: 'x',
        line: 3,
        message: expect.stringContaining(named),
        messageZh: expect.stringContaining('"Check" (x)'),
      }),
    );
  });
});
