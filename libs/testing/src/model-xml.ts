/** What every element of a model may carry besides its kind. */
export interface ElementOptions {
  readonly name?: string;
  /** target -> source */
  readonly inputs?: Readonly<Record<string, string>>;
  readonly outputs?: Readonly<Record<string, string>>;
  readonly multiInstance?: MultiInstanceOptions;
  readonly loop?: { readonly condition?: string; readonly testBefore?: boolean; readonly maximum?: string };
  readonly startQuantity?: number;
  readonly completionQuantity?: number;
  /** Job types. */
  readonly startListeners?: readonly string[];
  readonly endListeners?: readonly string[];
  /** Runs only when what it compensates is compensated. */
  readonly isForCompensation?: boolean;
  readonly properties?: readonly string[];
  /** Of an activity with several flows out of it: id of the one taken where no condition holds. */
  readonly defaultFlow?: string;
}

export interface MultiInstanceOptions {
  readonly collection?: string;
  /** FEEL; in place of a collection. */
  readonly cardinality?: string;
  readonly element?: string;
  readonly outputCollection?: string;
  readonly outputElement?: string;
  readonly condition?: string;
  readonly sequential?: boolean;
  /** Throws this escalation, or by its name this signal, when an instance completes: each, or only the first. */
  readonly behavior?:
    | { readonly kind: 'None' | 'One'; readonly signal: string }
    /** Throws it when the FEEL condition holds. */
    | { readonly kind: 'Complex'; readonly signal: string; readonly when: string };
}

export interface EventOptions extends ElementOptions {
  readonly message?: { readonly name: string; readonly key?: string };
  /** ISO 8601 or FEEL after `=`. */
  readonly timer?: { readonly duration: string } | { readonly date: string } | { readonly cycle: string };
  readonly signal?: string;
  /** An error code; empty: every error. */
  readonly error?: string;
  /** An escalation code; empty: every escalation. */
  readonly escalation?: string;
  readonly link?: string;
  readonly terminate?: boolean;
  /** FEEL; `variableNames` limits which changes are looked at. */
  readonly conditional?:
    string | { readonly condition: string; readonly variableNames?: string; readonly variableEvents?: string };
  /** Thrown: id of what is compensated; empty: all. Caught: empty. */
  readonly compensate?: string;
  readonly waitForCompletion?: boolean;
  readonly cancel?: boolean;
  /** Several definitions in one event. */
  readonly all?: readonly EventOptions[];
  readonly parallelMultiple?: boolean;
  readonly interrupting?: boolean;
  readonly job?: string;
}

export function escapeXml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}

export function attributes(values: Readonly<Record<string, string | boolean | undefined>>): string {
  return Object.entries(values)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => ` ${name}="${escapeXml(String(value))}"`)
    .join('');
}

export function tag(
  name: string,
  values: Readonly<Record<string, string | boolean | undefined>>,
  content = '',
): string {
  return `<${name}${attributes(values)}>${content}</${name}>`;
}

/** Extension elements with the mappings of the options and what the kind adds. */
export function extensions(options: ElementOptions, own = ''): string {
  const { inputs, outputs, properties = [] } = options;
  const mapping = (kind: string, entries: Readonly<Record<string, string>> = {}) =>
    Object.entries(entries)
      .map(([target, source]) => tag(`zeebe:${kind}`, { source, target }))
      .join('');
  const ioMapping =
    inputs || outputs ? tag('zeebe:ioMapping', {}, mapping('input', inputs) + mapping('output', outputs)) : '';
  const all = own + ioMapping + listeners(options);
  const declared = properties.map((name) => tag('bpmn:property', { id: `property-${name}`, name })).join('');
  return (all === '' ? '' : tag('bpmn:extensionElements', {}, all)) + declared;
}

function listeners({ startListeners = [], endListeners = [] }: ElementOptions): string {
  const of = (eventType: string, types: readonly string[]) =>
    types.map((type) => tag('zeebe:executionListener', { eventType, type })).join('');
  const all = of('start', startListeners) + of('end', endListeners);
  return all === '' ? '' : tag('zeebe:executionListeners', {}, all);
}

/** What an activity says in attributes of its own. */
export function quantities(options: ElementOptions) {
  const { name, startQuantity, completionQuantity, isForCompensation, defaultFlow } = options;
  return {
    name,
    default: defaultFlow,
    startQuantity: startQuantity?.toString(),
    completionQuantity: completionQuantity?.toString(),
    isForCompensation,
  };
}

export function loop(options: ElementOptions, roots: RootElements): string {
  const { multiInstance, loop: standard } = options;
  if (standard) return standardLoop(standard);
  if (!multiInstance) return '';
  const { collection, cardinality, element, outputCollection, outputElement, condition, sequential, behavior } =
    multiInstance;
  const zeebe = tag('zeebe:loopCharacteristics', {
    inputCollection: collection,
    inputElement: element,
    outputCollection,
    outputElement,
  });
  const times = cardinality === undefined ? '' : tag('bpmn:loopCardinality', {}, escapeXml(cardinality));
  const completion = condition === undefined ? '' : tag('bpmn:completionCondition', {}, escapeXml(condition));
  return tag(
    'bpmn:multiInstanceLoopCharacteristics',
    {
      isSequential: sequential,
      behavior: behavior?.kind,
      noneBehaviorEventRef: behavior?.kind === 'None' ? roots.signalEvent(behavior.signal) : undefined,
      oneBehaviorEventRef: behavior?.kind === 'One' ? roots.signalEvent(behavior.signal) : undefined,
    },
    tag('bpmn:extensionElements', {}, zeebe) + times + completion + complexBehavior(behavior, roots),
  );
}

function complexBehavior(behavior: MultiInstanceOptions['behavior'], roots: RootElements): string {
  if (behavior?.kind !== 'Complex') return '';
  const { signal, when } = behavior;
  const thrown = tag('bpmn:signalEventDefinition', { signalRef: roots.signal(signal) });
  const condition = tag('bpmn:condition', { 'xsi:type': 'bpmn:tFormalExpression' }, escapeXml(when));
  return tag('bpmn:complexBehaviorDefinition', {}, condition + tag('bpmn:event', {}, thrown));
}

function standardLoop({ condition, testBefore, maximum }: NonNullable<ElementOptions['loop']>): string {
  const content = condition === undefined ? '' : tag('bpmn:loopCondition', {}, escapeXml(condition));
  return tag('bpmn:standardLoopCharacteristics', { testBefore, loopMaximum: maximum }, content);
}

/** Collects the messages, signals and errors that events refer to. */
export class RootElements {
  readonly #xml = new Map<string, string>();

  message({ name, key }: { readonly name: string; readonly key?: string }): string {
    const subscription =
      key === undefined ? '' : tag('bpmn:extensionElements', {}, tag('zeebe:subscription', { correlationKey: key }));
    return this.#add(`message-${name}-${key ?? ''}`, (id) => tag('bpmn:message', { id, name }, subscription));
  }

  signal(name: string): string {
    return this.#add(`signal-${name}`, (id) => tag('bpmn:signal', { id, name }));
  }

  /** A signal event definition outside an event. */
  signalEvent(name: string): string {
    const signalRef = this.signal(name);
    return this.#add(`signalEvent-${name}`, (id) => tag('bpmn:signalEventDefinition', { id, signalRef }));
  }

  error(errorCode: string): string {
    return this.#add(`error-${errorCode}`, (id) => tag('bpmn:error', { id, errorCode, name: errorCode }));
  }

  escalation(escalationCode: string): string {
    return this.#add(`escalation-${escalationCode}`, (id) =>
      tag('bpmn:escalation', { id, escalationCode, name: escalationCode }),
    );
  }

  get xml(): string {
    return [...this.#xml.values()].join('');
  }

  #add(key: string, make: (id: string) => string): string {
    const id = `root-${[...key].map((letter) => letter.codePointAt(0)?.toString(36)).join('')}`;
    if (!this.#xml.has(key)) this.#xml.set(key, make(id));
    return id;
  }
}

export function eventDefinition(options: EventOptions, roots: RootElements): string {
  const { message, timer, signal, error, escalation, link, terminate, conditional, compensate, cancel, all } = options;
  if (all) return all.map((each) => eventDefinition(each, roots)).join('');
  if (cancel) return tag('bpmn:cancelEventDefinition', {});
  if (conditional !== undefined) return conditionalDefinition(conditional);
  if (compensate !== undefined)
    return tag('bpmn:compensateEventDefinition', {
      activityRef: compensate === '' ? undefined : compensate,
      waitForCompletion: options.waitForCompletion,
    });
  if (message) return tag('bpmn:messageEventDefinition', { messageRef: roots.message(message) });
  if (signal !== undefined) return tag('bpmn:signalEventDefinition', { signalRef: roots.signal(signal) });
  if (error !== undefined)
    return tag('bpmn:errorEventDefinition', { errorRef: error === '' ? undefined : roots.error(error) });
  if (escalation !== undefined) {
    const escalationRef = escalation === '' ? undefined : roots.escalation(escalation);
    return tag('bpmn:escalationEventDefinition', { escalationRef });
  }
  if (link !== undefined) return tag('bpmn:linkEventDefinition', { name: link });
  if (terminate) return tag('bpmn:terminateEventDefinition', {});
  if (!timer) return '';
  const [[kind, text] = ['duration', '']] = Object.entries(timer);
  const name = `bpmn:time${kind.charAt(0).toUpperCase()}${kind.slice(1)}`;
  return tag('bpmn:timerEventDefinition', {}, tag(name, {}, escapeXml(String(text))));
}

function conditionalDefinition(conditional: NonNullable<EventOptions['conditional']>): string {
  const { condition, ...filter } = typeof conditional === 'string' ? { condition: conditional } : conditional;
  const extension = Object.keys(filter).length > 0 ? tag('zeebe:conditionalFilter', filter) : '';
  const own = extension === '' ? '' : tag('bpmn:extensionElements', {}, extension);
  return tag('bpmn:conditionalEventDefinition', {}, own + tag('bpmn:condition', {}, escapeXml(condition)));
}

export function definitionsXml(processId: string, content: string, roots: RootElements): string {
  const namespaces =
    'xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" targetNamespace="http://bpmn.io/schema/bpmn"';
  const process = tag('bpmn:process', { id: processId, name: processId, isExecutable: true }, content);
  return `<?xml version="1.0" encoding="UTF-8"?>\n<bpmn:definitions id="definitions" ${namespaces}>${process}${roots.xml}</bpmn:definitions>`;
}
