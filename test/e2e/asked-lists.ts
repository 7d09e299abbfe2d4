import type TestAgent from 'supertest/lib/agent.js';

const search = async (agent: TestAgent, path: string): Promise<string> =>
  (
    await agent
      .post(path)
      .send({ page: { limit: 200 } })
      .expect(200)
  ).text;
const get = async (agent: TestAgent, path: string): Promise<string> => (await agent.get(path).expect(200)).text;

/** Every list, count and notice that an overseer who also operates can ask for. */
export const askedLists: readonly (readonly [string, (agent: TestAgent) => Promise<string>])[] = [
  ['tasks that are visible', (agent) => get(agent, '/api/tasks?view=all')],
  ['tasks to claim', (agent) => get(agent, '/api/tasks?view=claimable')],
  ['tasks that are done', (agent) => get(agent, '/api/tasks?view=done')],
  ['supervision', (agent) => get(agent, '/api/supervision')],
  ['instances', (agent) => get(agent, '/api/instances')],
  ['notices', (agent) => get(agent, '/api/notices')],
  ['launchers', (agent) => get(agent, '/api/launchers')],
  ['ledgers', (agent) => get(agent, '/api/ledgers')],
  ['indicators', (agent) => get(agent, '/api/indicators')],
  ...[
    'user-tasks',
    'process-instances',
    'element-instances',
    'variables',
    'incidents',
    'jobs',
    'decision-instances',
  ].map((name) => [`/v2/${name}`, (agent: TestAgent) => search(agent, `/v2/${name}/search`)] as const),
];
