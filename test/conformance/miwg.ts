import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { decodeXml, newModdle, parseBpmn } from '#bpmn';
import type { ConformanceResult, ConformanceRow } from './betsy.js';
import { factsOf, lostFacts } from './xml-facts.js';

interface Tree {
  readonly $type: string;
  readonly $parent?: Tree;
  readonly id?: string;
  readonly [property: string]: unknown;
}

/** What carries meaning at run time and is not executed; where it stands, the deployment has to name the element. */
const unexecuted: ReadonlySet<string> = new Set([
  'bpmn:CallChoreography',
  'bpmn:ChoreographyTask',
  'bpmn:SubChoreography',
]);

/** Reads, writes and reads again every diagram of `folder`: a file passes when nothing is lost and nothing unexecuted is silent. */
export async function runMiwg(folder: string): Promise<ConformanceResult> {
  const rows: ConformanceRow[] = [];
  for (const name of readdirSync(folder).toSorted()) {
    if (name.endsWith('.bpmn')) rows.push(await judge(name, decodeXml(readFileSync(join(folder, name)))));
  }
  const count = (outcome: ConformanceRow['outcome']) => rows.filter((row) => row.outcome === outcome).length;
  const [passed, failed, refused, skipped] = [count('passed'), count('failed'), count('refused'), count('skipped')];
  return { attempted: passed + failed + refused, passed, failed, refused, skipped, rows };
}

async function judge(id: string, xml: string): Promise<ConformanceRow> {
  try {
    const { rootElement } = await read(xml);
    const lost = differences(xml, (await newModdle().toXML(rootElement)).xml);
    const silent = await unnamed(xml, rootElement);
    const faults = [...lost, ...silent.map((elementId) => `${elementId} is not executed and no problem names it`)];
    if (faults.length === 0) return { id, outcome: 'passed' };
    return { id, outcome: 'failed', reason: `${faults.length} differences, first: ${faults[0]}` };
  } catch (error) {
    return { id, outcome: 'refused', reason: error instanceof Error ? error.message : String(error) };
  }
}

async function read(xml: string): Promise<{ readonly rootElement: Tree }> {
  return (await newModdle().fromXML(xml)) as { readonly rootElement: Tree };
}

/** What the export lacks, and what it has made up. */
function differences(before: string, after: string): readonly string[] {
  const [imported, exported] = [factsOf(before), factsOf(after)];
  return [
    ...lostFacts(imported, exported).map((fact) => `lost: ${fact}`),
    ...lostFacts(exported, imported).map((fact) => `made up: ${fact}`),
  ];
}

/** Ids of elements that would be deployed, are not executed and are named by no problem. */
async function unnamed(xml: string, root: Tree): Promise<readonly string[]> {
  const { problems } = await parseBpmn(xml);
  const named = new Set(problems.map(({ elementId }) => elementId));
  return deployed(root)
    .flatMap((process) => [...everything(process)])
    .filter(({ $type }) => unexecuted.has($type))
    .map(flowNode)
    .flatMap(({ id }) => (id !== undefined && !named.has(id) ? [id] : []));
}

/** The executable processes; where none is marked so, all, as the parser reads them. */
function deployed(root: Tree): readonly Tree[] {
  const processes = ((root['rootElements'] as readonly Tree[] | undefined) ?? []).filter(
    ({ $type }) => $type === 'bpmn:Process',
  );
  const executable = processes.filter((process) => process['isExecutable'] === true);
  return executable.length > 0 ? executable : processes;
}

function* everything(node: Tree): Generator<Tree> {
  yield node;
  const lists = ['flowElements', 'eventDefinitions'].flatMap((name) => (node[name] as readonly Tree[]) ?? []);
  const loop = node['loopCharacteristics'] as Tree | undefined;
  for (const child of loop ? [...lists, loop] : lists) yield* everything(child);
}

/** An event definition or a loop is named by the element that bears it. */
function flowNode(node: Tree): Tree {
  return /(EventDefinition|LoopCharacteristics)$/.test(node.$type) && node.$parent ? node.$parent : node;
}
