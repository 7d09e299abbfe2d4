/// <reference path="../../libs/bpmn/src/untyped-packages.d.ts" />
import { Parser } from 'saxen';

type Decode = (text: string) => string;

/** The events of saxen that are heard here; its types lie beside the library that uses it most. */
interface TextParser {
  on(event: 'openTag', heard: (name: string, attributes: () => Record<string, string>, decode: Decode) => void): this;
  on(event: 'closeTag', heard: () => void): this;
  on(event: 'text', heard: (text: string, decode: Decode) => void): this;
  on(event: 'cdata', heard: (text: string) => void): this;
  parse(xml: string): void;
}

/** Values that BPMN 2.0.2 gives to an attribute that is not there; an export may leave them out. */
const defaults: Readonly<Record<string, string>> = {
  associationDirection: 'None',
  behavior: 'All',
  cancelActivity: 'true',
  completionQuantity: '1',
  eventGatewayType: 'Exclusive',
  expressionLanguage: 'http://www.w3.org/1999/XPath',
  gatewayDirection: 'Unspecified',
  instantiate: 'false',
  isClosed: 'false',
  isCollection: 'false',
  isForCompensation: 'false',
  isInterrupting: 'true',
  isSequential: 'false',
  isUnlimited: 'true',
  itemKind: 'Information',
  messageVisibleKind: 'initiating',
  parallelMultiple: 'false',
  processType: 'None',
  startQuantity: '1',
  testBefore: 'false',
  textFormat: 'text/plain',
  triggeredByEvent: 'false',
  typeLanguage: 'http://www.w3.org/2001/XMLSchema',
  waitForCompletion: 'true',
  // A way point is a point by the schema of the diagram.
  '{http://www.w3.org/2001/XMLSchema-instance}type': 'Point',
};

/** An element of an XML file, as far as a loss could be told: where it stands, what it is and what it says. */
interface Fact {
  readonly place: string;
  readonly name: string;
  readonly attributes: Map<string, string>;
  text: string;
}

interface Open {
  readonly fact: Fact;
  readonly namespaces: ReadonlyMap<string, string>;
  /** Id of the nearest element with one, and the names from there down. */
  readonly path: string;
  /** Way points so far; their order is the shape of the edge. */
  wayPoints: number;
}

/**
 * Every element of the text as a sentence that does not depend on prefixes, order, white space around a text or
 * the spelling of the diagram's numbers, so that two files say the same when their sentences are the same multiset.
 */
export function factsOf(xml: string): readonly string[] {
  const facts: Fact[] = [];
  const stack: Open[] = [];
  const parser = new Parser() as unknown as TextParser;
  parser.on('openTag', (name, attributes, decode) => {
    const open = openElement(stack.at(-1), name, decoded(attributes(), decode));
    stack.push(open);
    facts.push(open.fact);
  });
  parser.on('closeTag', () => void stack.pop());
  parser.on('text', (text, decode) => addText(stack.at(-1), decode(text)));
  parser.on('cdata', (text) => addText(stack.at(-1), text));
  parser.parse(xml);
  return facts.map(sentence);
}

/** Sentences of `before` that `after` does not have (often enough). */
export function lostFacts(before: readonly string[], after: readonly string[]): readonly string[] {
  const left = new Map<string, number>();
  for (const fact of after) left.set(fact, (left.get(fact) ?? 0) + 1);
  return before.filter((fact) => {
    const count = left.get(fact) ?? 0;
    left.set(fact, count - 1);
    return count <= 0;
  });
}

function decoded(attributes: Readonly<Record<string, string>>, decode: Decode) {
  return Object.entries(attributes).map(([name, value]) => [name, decode(value)] as const);
}

function openElement(around: Open | undefined, name: string, attributes: readonly (readonly [string, string])[]): Open {
  const namespaces = new Map(around?.namespaces);
  for (const [key, value] of attributes) {
    if (key === 'xmlns') namespaces.set('', value);
    if (key.startsWith('xmlns:')) namespaces.set(key.slice('xmlns:'.length), value);
  }
  const said = attributes
    .filter(([key]) => !key.startsWith('xmlns'))
    .map(([key, value]) => [key.includes(':') ? resolved(key, namespaces) : key, plain(key, value)] as const);
  const own = new Map(said.filter(([key, value]) => defaults[key] !== value));
  const fact = inItsPlace({ place: around?.path ?? '', name: resolved(name, namespaces), attributes: own, text: '' });
  const id = own.get('id');
  if (around && fact.name.endsWith('}waypoint')) own.set('its number', String((around.wayPoints += 1)));
  return { fact, namespaces, path: id === undefined ? `${fact.place}/${fact.name}` : `#${id}`, wayPoints: 0 };
}

/**
 * `formalExpression` is in the substitution group of `expression` and of the type `tFormalExpression` (BPMN 2.0.2,
 * Semantic.xsd), so that it says the same as an `expression` with that `xsi:type`.
 */
function inItsPlace(fact: Fact): Fact {
  if (fact.name !== `{${bpmn}}formalExpression`) return fact;
  const attributes = new Map([[xsiType, 'tFormalExpression'], ...fact.attributes]);
  return { ...fact, attributes, name: `{${bpmn}}expression` };
}

const bpmn = 'http://www.omg.org/spec/BPMN/20100524/MODEL';
const xsiType = '{http://www.w3.org/2001/XMLSchema-instance}type';
/** Numbers by the schemas of the diagram; their spelling says nothing. Elsewhere a text of digits is a text. */
const numbers: ReadonlySet<string> = new Set(['x', 'y', 'width', 'height', 'size', 'resolution']);

function resolved(name: string, namespaces: ReadonlyMap<string, string>): string {
  const [first = '', second] = name.split(':');
  return second === undefined
    ? `{${namespaces.get('') ?? ''}}${first}`
    : `{${namespaces.get(first) ?? first}}${second}`;
}

/** Types lose their prefix, numbers of the diagram their spelling, line ends their carriage return. */
function plain(key: string, value: string): string {
  if (key.endsWith(':type')) return value.replace(/^.*:/, '');
  return numbers.has(key) && value.trim() !== '' ? String(Number(value)) : value.replaceAll('\r\n', '\n');
}

function addText(open: Open | undefined, text: string): void {
  if (open) open.fact.text += text;
}

function sentence({ place, name, attributes, text }: Fact): string {
  const said = [...attributes].map(([key, value]) => `${key}=${JSON.stringify(value)}`).toSorted();
  return [place, name, ...said, text.trim().replaceAll('\r\n', '\n')].filter((part) => part !== '').join(' ');
}
