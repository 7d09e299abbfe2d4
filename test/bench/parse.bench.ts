import { parseBpmn } from '#bpmn';
import { model } from '#testing';
import { deploy, openNode, taken } from './bench-node.js';
import { atMost, median, rounded, seconds, type Figure } from './measure.js';

/** A diagram of 1,000 elements (500 tasks, 501 flows) is parsed once; a next start takes it from memory. */
export async function parseFigures(): Promise<readonly Figure[]> {
  const first = model('long').start().userTask('review');
  const { xml } = Array.from({ length: 497 }, (_, index) => `t${index}`)
    .reduce((to, id) => to.manualTask(id), first)
    .end();
  const parse = await medianOf(5, () => parseBpmn(xml));
  const node = await openNode();
  try {
    await deploy(node.runtime, 'long', xml);
    const start = async () => taken(await node.runtime.createInstance({ bpmnProcessId: 'long', variables: {} }));
    const firstStart = await seconds(start);
    const nextStart = await medianOf(15, start);
    return [
      { name: 'parsing a diagram of 1,000 elements', measured: `${rounded(parse * 1000)} ms`, target: '-', met: true },
      {
        name: 'its first start after the deployment',
        measured: `${rounded(firstStart * 1000)} ms`,
        target: '-',
        met: true,
      },
      atMost('its next start, as a share of one parse', nextStart / parse, 0.25, ''),
    ];
  } finally {
    await node.close();
  }
}

async function medianOf(rounds: number, work: () => unknown): Promise<number> {
  const times: number[] = [];
  for (let round = 0; round < rounds; round++) times.push(await seconds(work));
  return median(times);
}
