import { describe, expect, it } from '@jest/globals';
import { parseBpmn } from './parse-bpmn.js';
import { RecentlyRead } from './recently-read.js';

describe('what was read last', () => {
  it('is not read again', () => {
    const reads: string[] = [];
    const recent = new RecentlyRead<number>(100);
    const read = (text: string) => recent.get(text, () => reads.push(text));

    expect([read('a'), read('b'), read('a')]).toEqual([1, 2, 1]);
    expect(reads).toEqual(['a', 'b']);
  });

  it('gives way, the longest unused first, where all together are too long', () => {
    const reads: string[] = [];
    const recent = new RecentlyRead<number>(8);
    const read = (text: string) => recent.get(text, () => reads.push(text));
    ['aaaa', 'bbbb', 'aaaa', 'cccc', 'aaaa', 'bbbb'].forEach(read);

    expect(reads).toEqual(['aaaa', 'bbbb', 'cccc', 'bbbb']);
  });

  it('is read again where it alone is too long', () => {
    const reads: string[] = [];
    const recent = new RecentlyRead<number>(3);
    ['aaaa', 'b', 'aaaa', 'b'].forEach((text) => recent.get(text, () => reads.push(text)));

    expect(reads).toEqual(['aaaa', 'b', 'aaaa']);
  });
});

describe('a diagram that is read twice', () => {
  const xml = (id: string) =>
    `<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" id="d" targetNamespace="t"><bpmn:process id="${id}" isExecutable="true"><bpmn:startEvent id="start"/></bpmn:process></bpmn:definitions>`;

  it('gives the same definition', async () => {
    const [first, second] = [
      await parseBpmn(xml('p'), { file: 'p.bpmn' }),
      await parseBpmn(xml('p'), { file: 'p.bpmn' }),
    ];

    expect(first.processes[0]).toMatchObject({ bpmnProcessId: 'p' });
    expect(second.processes[0]).toBe(first.processes[0]);
  });

  it('is refused as a new file and goes on as a deployed one', async () => {
    const faulty = xml('q').replace('<bpmn:startEvent id="start"/>', '<bpmn:startEvent id="start"/><bpmn:wrong/>');
    const [refused, goesOn] = [await parseBpmn(faulty), await parseBpmn(faulty, { isDeployed: true })];

    expect([refused.processes.length, goesOn.processes.length]).toEqual([0, 1]);
    expect(refused.problems).toEqual(goesOn.problems);
  });

  it('tells its problems under the name of each file', async () => {
    const faulty = xml('r').replace('<bpmn:startEvent', '<bpmn:wrong');
    const [here, there] = [
      await parseBpmn(faulty, { file: 'here.bpmn' }),
      await parseBpmn(faulty, { file: 'there.bpmn' }),
    ];

    expect([here.problems[0]?.file, there.problems[0]?.file]).toEqual(['here.bpmn', 'there.bpmn']);
  });
});
