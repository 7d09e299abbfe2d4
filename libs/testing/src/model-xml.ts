/** What every element of a model may carry besides its kind. */
export interface ElementOptions {
  readonly name?: string;
  /** target -> source */
  readonly inputs?: Readonly<Record<string, string>>;
  readonly outputs?: Readonly<Record<string, string>>;
  readonly multiInstance?: MultiInstanceOptions;
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
export function extensions({ inputs, outputs }: ElementOptions, own = ''): string {
  const mapping = (kind: string, entries: Readonly<Record<string, string>> = {}) =>
    Object.entries(entries)
      .map(([target, source]) => tag(`zeebe:${kind}`, { source, target }))
      .join('');
  const ioMapping =
    inputs || outputs ? tag('zeebe:ioMapping', {}, mapping('input', inputs) + mapping('output', outputs)) : '';
  return own + ioMapping === '' ? '' : tag('bpmn:extensionElements', {}, own + ioMapping);
}

export function loop({ multiInstance }: ElementOptions): string {
  if (!multiInstance) return '';
  const { collection, cardinality, element, outputCollection, outputElement, condition, sequential } = multiInstance;
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
    { isSequential: sequential },
    tag('bpmn:extensionElements', {}, zeebe) + times + completion,
  );
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
  const { message, timer, signal, error, escalation, link, terminate } = options;
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

export function definitionsXml(processId: string, content: string, roots: RootElements): string {
  const namespaces =
    'xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" targetNamespace="http://bpmn.io/schema/bpmn"';
  const process = tag('bpmn:process', { id: processId, name: processId, isExecutable: true }, content);
  return `<?xml version="1.0" encoding="UTF-8"?>\n<bpmn:definitions id="definitions" ${namespaces}>${process}${roots.xml}</bpmn:definitions>`;
}
