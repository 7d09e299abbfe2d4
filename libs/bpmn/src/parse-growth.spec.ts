import { parseBpmn } from './parse-bpmn.js';

const file = (content: string) =>
  `<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" id="d" targetNamespace="t">
<bpmn:process id="p" isExecutable="true">
<bpmn:startEvent id="t0"/>
${content}
</bpmn:process>
</bpmn:definitions>`;
const times = (count: number, text: (index: number) => string) =>
  Array.from({ length: count }, (_, index) => text(index)).join('\n');
const chain = (elements: number) =>
  file(
    times(
      elements / 2,
      (n) => `<bpmn:task id="t${n + 1}"/>\n<bpmn:sequenceFlow id="f${n}" sourceRef="t${n}" targetRef="t${n + 1}"/>`,
    ),
  );
const unknown = (elements: number) => file(times(elements, (n) => `<bpmn:unheardOf id="u${n}"/>`));
const undeclared = (elements: number) => file(times(elements, (n) => `<bpmn:task id="u${n}" other:of="x"/>`));

/** The least of three measurements of user and system time, microseconds: others on the machine only ever add. */
async function cpuOf(xml: string): Promise<number> {
  const times: number[] = [];
  for (let round = 0; round < 3; round++) {
    const before = process.cpuUsage();
    // Under a new name each time: what was read last would not be read again.
    await parseBpmn(xml, { file: `round-${round}.bpmn` });
    const { user, system } = process.cpuUsage(before);
    times.push(user + system);
  }
  return Math.min(...times);
}

describe('reading a diagram', () => {
  it('finds the line of each of 15,000 elements', async () => {
    const { problems } = await parseBpmn(
      chain(15_000).replace('<bpmn:task id="t7500"/>', '<bpmn:callActivity id="t7500"/>'),
    );

    expect(problems).toMatchObject([{ elementId: 't7500', line: 3 + 2 * 7499 + 1 }]);
  });

  it.each([
    ['of a chain of tasks', chain],
    ['of elements that BPMN does not know', unknown],
    ['of attributes whose prefix is not declared', undeclared],
  ])('costs in proportion to its size: %s', async (_name, ofSize) => {
    await parseBpmn(ofSize(3_000));

    const growth = (await cpuOf(ofSize(15_000))) / (await cpuOf(ofSize(3_000)));

    // Five times the elements: 5 where the cost is in proportion, 25 where it grows with the square.
    expect(growth).toBeLessThan(10);
  });

  it('lists the first faults where they are very many, and says that there are more', async () => {
    const { problems } = await parseBpmn(unknown(2_000));

    expect(problems.length).toBeLessThan(201);
    expect(problems[0]).toMatchObject({ code: 'bpmn.unreadableContent', line: 4 });
    expect(problems.at(-1)).toMatchObject({ code: 'bpmn.tooManyFaults' });
  });
});
