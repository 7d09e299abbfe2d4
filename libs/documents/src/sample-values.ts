import { calleeOf, parseTemplate } from './ast.js';
import type { CompiledTemplate } from './compile-template.js';
import { usesOf } from './link-template.js';
import type { Call, Use } from './link-template.js';

/** What samples are made of. */
export interface SampleTerms {
  /** What people call a field; undefined for a variable that no form asks. */
  titleOf(name: string): string | undefined;
  /** A value of a dictionary; undefined where there is none. */
  valueOf(dictionary: string): string | undefined;
  /** Id of a unit. */
  readonly unit: string | undefined;
  /** Stands for every date, epoch ms. */
  readonly now: number;
}

interface Place {
  readonly name: string;
  readonly uses: Call[];
  isPrinted: boolean;
  readonly members: Map<string, Place>;
}

/** Rows that stand for a list. */
const ROWS = 2;

/**
 * Made-up values for all that a template reads, so that its page can be seen before any case has one: titles of fields
 * in brackets, and where a helper asks for a date, an amount, a unit or a value of a dictionary, such a one. Without
 * `isFilled` nobody has filled in anything.
 */
export function sampleValues(
  { source }: CompiledTemplate,
  { isFilled = true, ...terms }: SampleTerms & { readonly isFilled?: boolean },
): Readonly<Record<string, unknown>> {
  if (!isFilled) return {};
  const root = placeOf('');
  for (const use of usesOf(parseTemplate(source))) note(root, use);
  return groupOf(root, terms);
}

const placeOf = (name: string): Place => ({ name, uses: [], isPrinted: false, members: new Map() });

function note(root: Place, { path, by }: Use): void {
  let place = root;
  for (const name of path) {
    const next = place.members.get(name) ?? placeOf(name);
    place.members.set(name, next);
    place = next;
  }
  if (by) place.uses.push(by);
  else place.isPrinted = true;
}

function groupOf({ members }: Place, terms: SampleTerms): Record<string, unknown> {
  return Object.fromEntries([...members].map(([name, place]) => [name, valueAt(place, terms)]));
}

function valueAt(place: Place, terms: SampleTerms): unknown {
  const isList = place.uses.some((use) => calleeOf(use) === 'each');
  const value = place.members.size > 0 ? groupOf(place, terms) : leafOf(place, terms);
  return isList ? Array.from({ length: ROWS }, () => value) : value;
}

function leafOf({ name, uses, isPrinted }: Place, terms: SampleTerms): unknown {
  for (const use of uses) {
    const value = asked(use, terms);
    if (value !== undefined) return value;
  }
  const conditions = uses.filter((use) => ['if', 'unless'].includes(calleeOf(use)));
  if (!isPrinted && conditions.length > 0 && conditions.length === uses.length) return conditions.some(isBetterTrue);
  return `〔${terms.titleOf(name) ?? name}〕`;
}

/** What a helper can print; undefined where any text will do. */
function asked(use: Call, terms: SampleTerms): unknown {
  const [first, second] = use.params;
  switch (calleeOf(use)) {
    case 'dateCN':
    case 'dateTimeCN':
    case 'deadlineCN':
      return terms.now;
    case 'ordinalCN':
    case 'moneyCN':
      return 1;
    case 'unit':
      return terms.unit;
    case 'dict':
      return terms.valueOf(literalOf(first) ?? '');
    case 'eq':
      return literalOf(second) ?? literalOf(first);
    default:
      return undefined;
  }
}

function literalOf(node: hbs.AST.Expression | undefined): string | undefined {
  return node?.type === 'StringLiteral' ? (node as hbs.AST.StringLiteral).value : undefined;
}

/** The branch with more values in it tells more. */
function isBetterTrue(use: Call): boolean {
  const { program, inverse } = use as hbs.AST.BlockStatement;
  const [then, otherwise] = [weightOf(program), weightOf(inverse)];
  return calleeOf(use) === 'if' ? then >= otherwise : otherwise > then;
}

function weightOf(program: hbs.AST.Program | undefined): number {
  return (program?.body ?? []).filter(({ type }) => type !== 'ContentStatement' && type !== 'CommentStatement').length;
}
