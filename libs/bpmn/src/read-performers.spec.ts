import { describe, expect, it } from '@jest/globals';
import { parseBpmn } from './parse-bpmn.js';

async function taskWith(resources: string) {
  const { processes, problems } = await parseBpmn(`<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"
    xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" id="d" targetNamespace="t">
    <resource id="r1" name="clerks"/><resource id="r2" name="leaders"/>
    <process id="p" isExecutable="true"><userTask id="u">${resources}</userTask></process></definitions>`);
  const userTask = processes[0]?.elements[1]?.userTask;
  const codes = problems.map(({ code }) => code);
  return { assignee: userTask?.assignee?.source, groups: userTask?.candidateGroups?.source, codes };
}
const assigned = (role: string, text: string) =>
  `<${role}><resourceAssignmentExpression><formalExpression>${text}</formalExpression></resourceAssignmentExpression></${role}>`;

describe('performers of a user task', () => {
  it('are the resources that it names', async () => {
    const owner = (ref: string) => `<potentialOwner id="o${ref}"><resourceRef>${ref}</resourceRef></potentialOwner>`;

    const task = await taskWith(owner('r1') + owner('r2'));

    expect(task).toEqual({ assignee: undefined, groups: 'clerks,leaders', codes: [] });
  });

  it('are what an expression assigns', async () => {
    const task = await taskWith(assigned('humanPerformer', '= boss') + assigned('potentialOwner', 'group(clerks)'));

    expect(task).toEqual({ assignee: '= boss', groups: 'clerks', codes: [] });
  });

  it('give way to the assignment of the extension', async () => {
    const own = '<extensionElements><zeebe:assignmentDefinition candidateGroups="mine"/></extensionElements>';

    const task = await taskWith(own + assigned('potentialOwner', 'clerks'));

    expect(task.groups).toBe('mine');
  });

  it('are named where they have no effect', async () => {
    const task = await taskWith('<performer id="o"><resourceRef>r1</resourceRef></performer>');

    expect(task).toEqual({ assignee: undefined, groups: undefined, codes: ['bpmn.notExecuted'] });
  });
});
