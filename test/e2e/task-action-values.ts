import type TestAgent from 'supertest/lib/agent.js';
import { model, type ModelBuilder } from '#testing';
import type { TestApp } from './start-app.js';

/** Words that nobody but the readers of opinions may see. */
export const opinion = '金丝雀意见：此事应由他人办理。';
export const clerk = 'xf_clerk';
export const director = 'xf_office_director';
export const receptionist = 'xf_receptionist';

const plain = { form: '' };

export const passing = (id: string, extensionProperties: Readonly<Record<string, string>> = {}): ModelBuilder =>
  model(id)
    .start()
    .userTask('draft', {
      ...plain,
      assignee: clerk,
      extensionProperties,
    })
    .userTask('check', { ...plain, assignee: director })
    .userTask('close', { ...plain, assignee: director })
    .end();

let keys = 900_000;

/** Starts a case on a model that is deployed for it. */
export async function startCase(
  app: TestApp,
  source: ModelBuilder,
  joined?: string,
): Promise<{ instanceKey: string; caseKey: string }> {
  const { runtime } = app.running.platform;
  const id = /process id="([^"]+)"/.exec(source.xml)?.[1] ?? '';
  const files = [{ path: `${id}.bpmn`, content: source.xml, digest: id }];
  await runtime.deploy({ hash: id, source: 'api', files });
  keys += 1;
  const caseKey = joined ?? String(keys);
  const started = await runtime.createInstance({ bpmnProcessId: id, variables: {}, caseKey, caseNo: `XF-${caseKey}` });
  if (!started.ok) throw new Error(started.rejection.message);
  await runtime.idle();
  return { instanceKey: started.reply.processInstanceKey, caseKey };
}

/** Key of the open task at an element. */
export async function openTask(app: TestApp, instanceKey: string, elementId: string): Promise<string> {
  const tasks = await app.running.platform.queries.tasksOfInstances([instanceKey]);
  const found = tasks.find((task) => task.elementId === elementId && task.state === 'CREATED');
  if (!found) throw new Error(`Expected an open task at ${elementId} but there is none.`);
  return found.userTaskKey;
}

export async function elementsOpen(app: TestApp, instanceKey: string): Promise<readonly string[]> {
  const tasks = await app.running.platform.queries.tasksOfInstances([instanceKey]);
  return tasks.filter(({ state }) => state === 'CREATED').map(({ elementId }) => elementId);
}

/** Makes the case one that is about this account or unit. */
export async function excludeFrom(app: TestApp, caseKey: string, subject: string): Promise<void> {
  const { runtime, vault } = app.running.platform;
  const row = {
    sealed_key: `x${caseKey}${subject}`,
    case_key: caseKey,
    kind: 'excludes',
    hash: vault.matchHash('excludes', subject),
  };
  await runtime.write([{ insert: 'sealed_matches', rows: [row] }]);
}

export const complete = (agent: TestAgent, key: string) =>
  agent.post(`/api/tasks/${key}/completion`).send({ data: {} });
