import { parseBpmn } from '#bpmn';
import { model } from '#testing';
import { deploy, openNode, taken } from './bench-node.js';
import { atMost, median, seconds, shown, spread, type Figure } from './measure.js';

/** A diagram of 1,000 elements (500 tasks, 501 flows) is parsed once; a next start takes it from memory. */
export async function parseFigures(): Promise<readonly Figure[]> {
  const first = model('long').start().userTask('review');
  const { xml } = Array.from({ length: 497 }, (_, index) => `t${index}`)
    .reduce((to, id) => to.manualTask(id), first)
    .end();
  let texts = 0;
  // Another text each time: what was read lately is not read again.
  const parse = await timesOf(5, () => parseBpmn(`${xml}<!-- ${(texts += 1)} -->`));
  const node = await openNode();
  try {
    await deploy(node.runtime, 'long', xml);
    const start = async () => taken(await node.runtime.createInstance({ bpmnProcessId: 'long', variables: {} }));
    const [firstStart = NaN] = await timesOf(1, start);
    const next = await timesOf(15, start);
    const share = median(next) / median(parse);
    return [
      inMilliseconds('parsing a diagram of 1,000 elements', parse, 'parse.once'),
      inMilliseconds('its first start after the deployment', [firstStart], 'parse.firstStart'),
      atMost('its next start, as a share of one parse', share, 0.25, '', {
        key: 'parse.nextStart.share',
        beside: spread(milliseconds(next), 'ms'),
      }),
    ];
  } finally {
    await node.close();
  }
}

const milliseconds = (times: readonly number[]) => times.map((time) => time * 1000);

function inMilliseconds(name: string, times: readonly number[], key: string): Figure {
  const figure = shown(name, median(times) * 1000, 'ms', { key });
  return times.length > 1 ? { ...figure, measured: spread(milliseconds(times), 'ms') } : figure;
}

async function timesOf(rounds: number, work: () => unknown): Promise<readonly number[]> {
  const times: number[] = [];
  for (let round = 0; round < rounds; round++) times.push(await seconds(work));
  return times;
}
