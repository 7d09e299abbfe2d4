import { describe, expect, it, jest } from '@jest/globals';
import type { ConfigurationSet } from '#configuration';
import type { Queries, UserTaskView } from '#persistence';
import type { InstanceDefinitions } from '../cases/instance-definitions.service.js';
import { ConfigurationHolder } from '../configuration/configuration-holder.js';
import { OtherHandsService } from './other-hands.service.js';

const completed = (elementId: string): UserTaskView =>
  ({
    processDefinitionId: 'intake',
    processDefinitionKey: '1',
    processInstanceKey: '2',
    caseKey: '3',
    elementId,
  }) as UserTaskView;

/** A configuration with one task, and how often its elements were read. */
function configurationNaming(otherThan: string): { set: ConfigurationSet; read: jest.Mock } {
  const read = jest.fn(() => [{ properties: { 'ct.otherThan': otherThan } }]);
  const definition = Object.defineProperty({}, 'elements', { get: read });
  return { set: { processes: [{ definition }] } as unknown as ConfigurationSet, read };
}

describe('OtherHandsService', () => {
  const tasksOfCases = jest.fn<Queries['tasksOfCases']>().mockResolvedValue([]);
  const holder = new ConfigurationHolder();
  const hands = new OtherHandsService(
    { of: () => Promise.resolve({ elements: [] }) } as unknown as InstanceDefinitions,
    holder,
    { tasksOfCases, tasksOfInstances: () => Promise.resolve([]) } as unknown as Queries,
  );

  it('reads what a configuration names once, however many tasks are completed, and anew after a publication', async () => {
    const before = configurationNaming('intake/register');
    holder.switchTo(before.set);

    await hands.after([completed('register'), completed('assess')]);
    await hands.after([completed('register')]);

    expect(before.read).toHaveBeenCalledTimes(1);
    expect(tasksOfCases).toHaveBeenLastCalledWith(['3']);

    holder.switchTo(configurationNaming('intake/assess').set);
    await hands.after([completed('register')]);

    expect(tasksOfCases).toHaveBeenLastCalledWith([]);
  });
});
