import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { BpmnModdle } from 'bpmn-moddle';
import zeebe from 'zeebe-bpmn-moddle/resources/zeebe.json' with { type: 'json' };

interface Element {
  readonly $type: string;
  readonly $attrs?: Readonly<Record<string, string>>;
  readonly id?: string;
  readonly $descriptor?: { readonly properties: readonly { readonly name: string; readonly isReference?: boolean }[] };
  readonly [name: string]: unknown;
}

interface Library {
  fromXML(xml: string): Promise<{ readonly rootElement: Element; readonly warnings: readonly unknown[] }>;
  toXML(element: Element, options: { readonly format: boolean }): Promise<{ readonly xml: string }>;
}

const moddle = () => new BpmnModdle({ zeebe }) as unknown as Library;
const folders = ['workflows', 'examples'].map((folder) => resolve(process.cwd(), folder));
const diagrams = folders.flatMap((folder) =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.bpmn'))
    .map((path) => [path, join(folder, path)] as const),
);

/** Everything that a file says, with references as ids and without the way back to what holds an element. */
function said(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(said);
  if (typeof value !== 'object' || value === null) return value;
  const element = value as Element;
  const properties = element.$descriptor?.properties ?? [];
  const references = new Set(properties.filter(({ isReference }) => isReference).map(({ name }) => name));
  const names = new Set([...properties.map(({ name }) => name), ...Object.keys(element)]);
  const entries = [...names]
    .filter((name) => !name.startsWith('$') && element[name.replace(/^\w+:/, '')] !== undefined)
    .map((name) => [name, element[name.replace(/^\w+:/, '')]] as const)
    .map(([name, of]) => [name, references.has(name) ? idsOf(of) : said(of)]);
  return { $type: element.$type, $attrs: element.$attrs ?? {}, ...Object.fromEntries(entries) };
}

const idsOf = (value: unknown): unknown => [value].flat().map((one) => (one as Element).id ?? one);

describe('a diagram that the library of the studio reads and writes', () => {
  it.each(diagrams)('%s keeps all elements, extensions and bounds', async (_, path) => {
    const read = await moddle().fromXML(readFileSync(path, 'utf8'));
    const written = await moddle().toXML(read.rootElement, { format: true });
    const again = await moddle().fromXML(written.xml);

    expect([...read.warnings, ...again.warnings]).toEqual([]);
    expect(said(again.rootElement)).toEqual(said(read.rootElement));
    expect(JSON.stringify(said(again.rootElement))).toContain('"dc:Bounds"');
  });
});
