/** Namespaces of other engines whose files are read, by what they are called here. */
const engines: ReadonlyMap<string, string> = new Map([
  ['http://camunda.org/schema/1.0/bpmn', 'camunda'],
  ['http://operaton.org/schema/1.0/bpmn', 'operaton'],
  ['http://flowable.org/bpmn', 'flowable'],
  ['http://activiti.org/bpmn', 'activiti'],
  ['http://www.jboss.org/drools', 'drools'],
]);

const bpmn = 'http://www.omg.org/spec/BPMN/20100524/MODEL';

/** Namespaces that say nothing about what is executed: the standard's own, zeebe, and how modelers draw and color. */
const silent: ReadonlySet<string> = new Set([
  bpmn,
  'http://www.omg.org/spec/BPMN/20100524/DI',
  'http://www.omg.org/spec/DD/20100524/DI',
  'http://www.omg.org/spec/DD/20100524/DC',
  'http://www.omg.org/spec/BPMN/non-normative/color/1.0',
  'http://www.w3.org/2001/XMLSchema-instance',
  'http://www.w3.org/XML/1998/namespace',
  'http://camunda.org/schema/zeebe/1.0',
  'http://camunda.org/schema/modeler/1.0',
  'http://bpmn.io/schema/bpmn/biocolor/1.0',
  'http://bpmn.io/schema/bpmn',
]);

/** What stands once in its element; a reader that keeps one value would silently lose the other. BPMN 2.0.2, XML schema. */
const single: ReadonlySet<string> = new Set([
  'activationCondition',
  'childLaneSet',
  'completionCondition',
  'condition',
  'conditionExpression',
  'extensionElements',
  'ioSpecification',
  'loopCardinality',
  'loopCondition',
  'multiInstanceLoopCharacteristics',
  'script',
  'standardLoopCharacteristics',
  'timeCycle',
  'timeDate',
  'timeDuration',
]);

/** Attributes that are executed and are true or false. The schema also writes 1 and 0, which the library reads as false. */
const booleans: ReadonlySet<string> = new Set([
  'cancelActivity',
  'cancelRemainingInstances',
  'instantiate',
  'isExecutable',
  'isForCompensation',
  'isInterrupting',
  'isSequential',
  'parallelMultiple',
  'testBefore',
  'triggeredByEvent',
  'waitForCompletion',
]);

const isNeither = (name: string, value: string | undefined) =>
  booleans.has(name) && value !== 'true' && value !== 'false';

interface ForeignName {
  readonly engine: string;
  readonly local: string;
  /** As it is written. */
  readonly qualified: string;
  /** Of an attribute: the local name of its element. */
  readonly element?: string;
}

export interface OpenedNames {
  readonly foreign: readonly ForeignName[];
  /** Names of unknown namespaces, each told once. */
  readonly unknown: readonly string[];
  /** Attributes of the standard that are neither true nor false. */
  readonly neither: readonly string[];
  /** It stands in its element a second time and may stand there once. */
  readonly isTwice: boolean;
}

interface Level {
  readonly namespaces: ReadonlyMap<string, string>;
  readonly isUnknown: boolean;
  readonly children: Set<string>;
}

/** Unknown names that are told one by one; a file of another tool has few kinds. */
const maxUnknown = 50;

/** A live resource: which namespace each name stands in while a file is read as a stream. */
export class Names {
  readonly foreignPrefixes = new Set<string>();
  readonly #levels: Level[] = [];
  readonly #told = new Set<string>();

  get depth(): number {
    return this.#levels.length;
  }

  open(element: string, attributes: Readonly<Record<string, string>>): OpenedNames {
    const around = this.#levels.at(-1);
    const namespaces = this.#declared(attributes, around?.namespaces ?? new Map());
    const [uri, local] = resolve(element, namespaces);
    const isTwice = uri === bpmn && this.#isTwice(around, local);
    const isUnknown = (around?.isUnknown ?? false) || !isKnown(uri);
    this.#levels.push({ namespaces, isUnknown, children: new Set() });
    if (around?.isUnknown) return { foreign: [], unknown: [], neither: [], isTwice };
    const names = [element, ...Object.keys(attributes).filter(isNamespaced)];
    return {
      foreign: names.flatMap((name) => foreignName(name, element, namespaces) ?? []),
      unknown: names.filter((name) => this.#isNews(name, namespaces)),
      neither: uri === bpmn ? Object.keys(attributes).filter((name) => isNeither(name, attributes[name])) : [],
      isTwice,
    };
  }

  close(): void {
    this.#levels.pop();
  }

  #declared(
    attributes: Readonly<Record<string, string>>,
    outer: ReadonlyMap<string, string>,
  ): ReadonlyMap<string, string> {
    const own = Object.entries(attributes).filter(([name]) => name === 'xmlns' || name.startsWith('xmlns:'));
    for (const [name, uri] of own) if (engines.has(uri)) this.foreignPrefixes.add(name.slice('xmlns:'.length));
    return own.length === 0
      ? outer
      : new Map([...outer, ...own.map(([name, uri]) => [name.slice('xmlns:'.length), uri] as const)]);
  }

  #isTwice(around: Level | undefined, local: string): boolean {
    if (!around || !single.has(local)) return false;
    const part = local.endsWith('LoopCharacteristics') ? 'loopCharacteristics' : local;
    const isTwice = around.children.has(part);
    around.children.add(part);
    return isTwice;
  }

  #isNews(name: string, namespaces: ReadonlyMap<string, string>): boolean {
    const [uri, local] = resolve(name, namespaces);
    const full = `${uri} ${local}`;
    if (isKnown(uri) || this.#told.has(full) || this.#told.size >= maxUnknown) return false;
    this.#told.add(full);
    return true;
  }
}

const isNamespaced = (name: string) => name.includes(':') && !name.startsWith('xmlns:') && !name.startsWith('xml:');

const isKnown = (uri: string) => silent.has(uri) || engines.has(uri);

/** Namespace and local name; a prefix that is not declared stands for itself. */
function resolve(name: string, namespaces: ReadonlyMap<string, string>): readonly [string, string] {
  const colon = name.indexOf(':');
  if (colon < 0) return [namespaces.get('') ?? bpmn, name];
  const prefix = name.slice(0, colon);
  return [namespaces.get(prefix) ?? prefix, name.slice(colon + 1)];
}

function foreignName(name: string, element: string, namespaces: ReadonlyMap<string, string>): ForeignName | undefined {
  const [uri, local] = resolve(name, namespaces);
  const engine = engines.get(uri);
  if (engine === undefined) return undefined;
  return { engine, local, qualified: name, ...(name !== element && { element: element.replace(/^.*:/, '') }) };
}
