import type { ConfigurationSet } from './configuration-set.js';
import type { ProtectiveChange } from './protective-changes.js';

type Comparable = Pick<ConfigurationSet, 'processes'>;
type Process = ConfigurationSet['processes'][number];

/** Changes of how long the history of a process is kept, and of where its tasks send something to outside. */
export function processChanges(before: Comparable, after: Comparable): readonly ProtectiveChange[] {
  const old = new Map(before.processes.map((process) => [process.id, process]));
  return after.processes.flatMap((process) => {
    const was = old.get(process.id);
    return [...retentionChanges(was, process), ...targetChanges(was, process)];
  });
}

/** A new process keeps its history as long as it says; there is nothing yet that could be lost. */
function retentionChanges(was: Process | undefined, is: Process): readonly ProtectiveChange[] {
  if (!was) return [];
  const [from, to] = [was, is].map(({ definition }) => definition.properties['ct.historyTimeToLive'] ?? '系统默认');
  if (from === to) return [];
  const messageZh = `流程“${is.definition.name}”办结记录的保存期由“${from}”改为“${to}”。`;
  return [{ code: 'retention', file: is.path, place: is.id, messageZh }];
}

function targetChanges(was: Process | undefined, is: Process): readonly ProtectiveChange[] {
  const known = new Set(was ? targetsOf(was).map(({ url }) => url) : []);
  return targetsOf(is)
    .filter(({ url }) => !known.has(url))
    .map(({ url, id, name }) => ({
      code: 'target' as const,
      file: is.path,
      place: id,
      messageZh: `流程“${is.definition.name}”的任务“${name}”将向新的地址发送数据：${url}。`,
    }));
}

/**
 * Addresses that tasks send to: by the header `url`, or by the input `url`, of which an expression counts as it is
 * written.
 */
const targetsOf = ({ definition }: Process) =>
  definition.elements.flatMap(({ id, name, job, inputMappings }) => {
    if (!job) return [];
    const mapped = inputMappings.find(({ target }) => target === 'url')?.source.source;
    return [job.headers['url'], mapped].flatMap((url) => (url === undefined ? [] : [{ url, id, name: name || id }]));
  });
