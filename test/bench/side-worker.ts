import { once } from 'node:events';
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';
import { parseBpmn } from '#bpmn';
import { bpmnElementsSide } from './bpmn-elements-side.js';
import { ourSide, type Side } from './engine-side.js';
import { cpuSeconds } from './measure.js';

/** An engine in a thread of its own: the garbage of the other one never falls into its time. */
export interface RemoteSide {
  /** Processor seconds that so many instances take. */
  seconds(times: number): Promise<number>;
  completed(): Promise<ReadonlyMap<string, number>>;
  close(): Promise<unknown>;
}

interface Place {
  readonly engine: 'ours' | 'theirs';
  readonly xml: string;
}

export function openSide(place: Place): RemoteSide {
  const worker = new Worker(new URL(import.meta.url), { workerData: place });
  const ask = async (times: number): Promise<unknown> => {
    worker.postMessage(times);
    const answers: readonly unknown[] = await once(worker, 'message');
    return answers[0];
  };
  return {
    seconds: async (times) => (await ask(times)) as number,
    completed: async () => (await ask(0)) as ReadonlyMap<string, number>,
    close: () => worker.terminate(),
  };
}

function serve(side: Side): void {
  parentPort?.on('message', (times: number) => {
    parentPort?.postMessage(times === 0 ? side.completed() : cpuSeconds(() => repeat(times, side)));
  });
}

function repeat(times: number, side: Side): void {
  for (let index = 0; index < times; index++) side.run();
}

async function sideAt({ engine, xml }: Place): Promise<Side> {
  if (engine === 'theirs') return bpmnElementsSide(xml);
  const [definition] = (await parseBpmn(xml)).processes;
  if (!definition) throw new Error('Expected a model without problems.');
  return ourSide(definition);
}

if (!isMainThread) serve(await sideAt(workerData as Place));
