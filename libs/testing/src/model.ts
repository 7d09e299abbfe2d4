import { parseBpmn, type ProcessDefinition } from '#bpmn';
import {
  definitionsXml,
  escapeXml,
  eventDefinition,
  extensions,
  loop,
  quantities,
  RootElements,
  tag,
  type ElementOptions,
  type EventOptions,
} from './model-xml.js';
import { flowId } from './trace.js';

export interface UserTaskOptions extends ElementOptions {
  readonly form?: string;
  readonly assignee?: string;
  readonly groups?: string;
  readonly users?: string;
  readonly due?: string;
  readonly followUp?: string;
  readonly priority?: string;
  /** `zeebe:property` by name. */
  readonly extensionProperties?: Readonly<Record<string, string>>;
  /** Job types by event type. */
  readonly taskListeners?: Readonly<Record<string, readonly string[]>>;
}

export interface CallOptions extends ElementOptions {
  readonly process: string;
  readonly allParentVariables?: boolean;
  readonly allChildVariables?: boolean;
}

export interface AdHocOptions extends ElementOptions {
  readonly sequential?: boolean;
  /** FEEL */
  readonly completionCondition?: string;
  readonly cancelRemaining?: boolean;
  readonly activeElements?: string;
  readonly outputCollection?: string;
  readonly outputElement?: string;
  /** Job type of the worker that decides what is done. */
  readonly worker?: string;
}

type Attributes = Readonly<Record<string, string | boolean | undefined>>;
type Branches = Readonly<Record<string, string>> | readonly string[];

/** Begins a model; steps follow one another along one sequence flow each until `branch`, `boundary` or `at` goes elsewhere. */
export function model(id: string): ModelBuilder {
  return new ModelBuilder(id, new RootElements());
}

function extensionProperties(properties: Readonly<Record<string, string>> = {}): string {
  const entries = Object.entries(properties).map(([name, value]) => tag('zeebe:property', { name, value }));
  return entries.length === 0 ? '' : tag('zeebe:properties', {}, entries.join(''));
}

interface OpenFlow {
  readonly id: string;
  readonly source: string;
  readonly condition?: string;
}

/** Builds BPMN XML without a diagram; a flow from a to b is shown as `a->b`, one of a gateway the name of its branch. */
export class ModelBuilder {
  readonly #parts: string[] = [];
  readonly #openFlows = new Map<string, OpenFlow>();
  #current: string | undefined;
  #flow: OpenFlow | undefined;

  constructor(
    private readonly id: string,
    private readonly roots: RootElements,
  ) {}

  start(id = 'start', options: EventOptions = {}): this {
    const content = extensions(options) + eventDefinition(options, this.roots);
    const { interrupting: isInterrupting, parallelMultiple } = options;
    this.#parts.push(tag('bpmn:startEvent', { id, isInterrupting, parallelMultiple }, content));
    return this.at(id);
  }

  end(id = 'end', options: EventOptions = {}): this {
    this.#add('bpmn:endEvent', id, {}, extensions(options, job(options.job)) + eventDefinition(options, this.roots));
    this.#current = undefined;
    return this;
  }

  userTask(id: string, options: UserTaskOptions = {}): this {
    const {
      form = 'form',
      assignee,
      groups: candidateGroups,
      users: candidateUsers,
      due: dueDate,
      followUp: followUpDate,
      priority,
    } = options;
    const own = [
      tag('zeebe:userTask', {}),
      form === '' ? '' : tag('zeebe:formDefinition', { formId: form }),
      tag('zeebe:assignmentDefinition', { assignee, candidateGroups, candidateUsers }),
      tag('zeebe:taskSchedule', { dueDate, followUpDate }),
      priority === undefined ? '' : tag('zeebe:priorityDefinition', { priority }),
      taskListeners(options.taskListeners),
      extensionProperties(options.extensionProperties),
    ].join('');
    return this.#activity('bpmn:userTask', id, options, own);
  }

  serviceTask(id: string, options: ElementOptions & { readonly type?: string; readonly retries?: string } = {}): this {
    return this.#activity(
      'bpmn:serviceTask',
      id,
      options,
      tag('zeebe:taskDefinition', { type: options.type ?? id, retries: options.retries }),
    );
  }

  scriptTask(id: string, expression: string, resultVariable: string, options: ElementOptions = {}): this {
    return this.#activity('bpmn:scriptTask', id, options, tag('zeebe:script', { expression, resultVariable }));
  }

  businessRuleTask(id: string, decisionId: string, resultVariable: string, options: ElementOptions = {}): this {
    return this.#activity(
      'bpmn:businessRuleTask',
      id,
      options,
      tag('zeebe:calledDecision', { decisionId, resultVariable }),
    );
  }

  manualTask(id: string, options: ElementOptions = {}): this {
    return this.#activity('bpmn:manualTask', id, options);
  }

  /** A task of no kind. */
  task(id: string, options: ElementOptions = {}): this {
    return this.#activity('bpmn:task', id, options);
  }

  receiveTask(
    id: string,
    message: { readonly name: string; readonly key?: string },
    options: ElementOptions & { readonly instantiate?: boolean } = {},
  ): this {
    return this.#add(
      'bpmn:receiveTask',
      id,
      { messageRef: this.roots.message(message), instantiate: options.instantiate },
      extensions(options) + loop(options, this.roots),
    );
  }

  sendTask(id: string, message: { readonly name: string; readonly key?: string }, options: ElementOptions = {}): this {
    return this.#add(
      'bpmn:sendTask',
      id,
      { messageRef: this.roots.message(message) },
      extensions(options) + loop(options, this.roots),
    );
  }

  callActivity(id: string, options: CallOptions): this {
    const { process: processId, allParentVariables, allChildVariables } = options;
    const called = {
      processId,
      propagateAllParentVariables: allParentVariables,
      propagateAllChildVariables: allChildVariables,
    };
    return this.#activity('bpmn:callActivity', id, options, tag('zeebe:calledElement', called));
  }

  subProcess(id: string, build: (inner: ModelBuilder) => ModelBuilder, options: ElementOptions = {}): this {
    return this.#scope('bpmn:subProcess', id, build, options);
  }

  transaction(id: string, build: (inner: ModelBuilder) => ModelBuilder, options: ElementOptions = {}): this {
    return this.#scope('bpmn:transaction', id, build, options);
  }

  /** What no flow leads to can be chosen; `task` and the others begin new paths after `apart`. */
  adHoc(id: string, build: (inner: ModelBuilder) => ModelBuilder, options: AdHocOptions = {}): this {
    const {
      sequential,
      completionCondition,
      cancelRemaining,
      activeElements,
      outputCollection,
      outputElement,
      worker,
    } = options;
    const inner = build(new ModelBuilder(id, this.roots));
    const zeebe = tag('zeebe:adHoc', { activeElementsCollection: activeElements, outputCollection, outputElement });
    const condition =
      completionCondition === undefined ? '' : tag('bpmn:completionCondition', {}, escapeXml(completionCondition));
    return this.#add(
      'bpmn:adHocSubProcess',
      id,
      { ordering: sequential ? 'Sequential' : undefined, cancelRemainingInstances: cancelRemaining },
      extensions(options, zeebe + job(worker)) + loop(options, this.roots) + inner.content() + condition,
    );
  }

  /** Begins a path that no flow leads to. */
  apart(): this {
    this.#current = undefined;
    this.#flow = undefined;
    return this;
  }

  /** The activity beside it that compensates an activity. */
  compensation(activity: string, handler: string): this {
    const event = `compensate-${activity}`;
    this.boundary(event, activity, { compensate: '' });
    this.#parts.push(tag('bpmn:association', { id: `${event}.by`, sourceRef: event, targetRef: handler }));
    return this.apart();
  }

  dataObject(name: string): this {
    this.#parts.push(tag('bpmn:dataObject', { id: `data-${name}`, name }));
    return this;
  }

  complexGateway(id: string, condition: string | undefined, branches: Branches = {}): this {
    const content = condition === undefined ? '' : tag('bpmn:activationCondition', {}, escapeXml(condition));
    return this.#gateway('bpmn:complexGateway', id, branches, content);
  }

  eventSubProcess(id: string, build: (inner: ModelBuilder) => ModelBuilder): this {
    const inner = build(new ModelBuilder(id, this.roots));
    this.#parts.push(tag('bpmn:subProcess', { id, triggeredByEvent: true }, inner.content()));
    return this;
  }

  catchEvent(id: string, options: EventOptions): this {
    const content = extensions(options) + eventDefinition(options, this.roots);
    return this.#add('bpmn:intermediateCatchEvent', id, { parallelMultiple: options.parallelMultiple }, content);
  }

  /** A link ends its path; `catchEvent` with the same link begins the next one. */
  throwEvent(id: string, options: EventOptions = {}): this {
    const content = extensions(options, job(options.job)) + eventDefinition(options, this.roots);
    this.#add('bpmn:intermediateThrowEvent', id, {}, content);
    if (options.link !== undefined) this.#current = undefined;
    return this;
  }

  /** Attaches an event to an activity and goes on from there. */
  boundary(id: string, attachedToRef: string, options: EventOptions): this {
    const content = extensions(options) + eventDefinition(options, this.roots);
    const { interrupting: cancelActivity, parallelMultiple } = options;
    this.#parts.push(tag('bpmn:boundaryEvent', { id, attachedToRef, cancelActivity, parallelMultiple }, content));
    return this.at(id);
  }

  /** Branches by name: a FEEL condition, or `default`. One that no `branch` goes on from leads to an end of its own. */
  exclusiveGateway(id: string, branches: Branches = {}): this {
    return this.#gateway('bpmn:exclusiveGateway', id, branches);
  }

  inclusiveGateway(id: string, branches: Branches = {}): this {
    return this.#gateway('bpmn:inclusiveGateway', id, branches);
  }

  parallelGateway(id: string, branches: readonly string[] = []): this {
    return this.#gateway('bpmn:parallelGateway', id, branches);
  }

  eventBasedGateway(
    id: string,
    branches: readonly string[],
    options: { readonly instantiate?: boolean; readonly eventGatewayType?: 'Parallel' } = {},
  ): this {
    return this.#gateway('bpmn:eventBasedGateway', id, branches, '', options);
  }

  branch(name: string): this {
    const flow = this.#openFlows.get(name);
    if (!flow) throw new Error(`Expected an open branch "${name}" but there is none.`);
    this.#openFlows.delete(name);
    this.#flow = flow;
    this.#current = flow.source;
    return this;
  }

  /** Goes on from an element that stands already. */
  at(id: string): this {
    this.#flow = undefined;
    this.#current = id;
    return this;
  }

  /** Joins the current path to an element, which may stand already or come later. */
  connectTo(target: string): this {
    this.#connect(target);
    this.#current = undefined;
    return this;
  }

  get xml(): string {
    return definitionsXml(this.id, this.content(), this.roots);
  }

  /** The definition, read from the XML as a deployed file is. */
  async build(): Promise<ProcessDefinition> {
    const { processes, problems } = await parseBpmn(this.xml);
    const [definition] = processes;
    if (!definition)
      throw new Error(
        `Expected a model without problems but found:\n${problems.map(({ message }) => message).join('\n')}`,
      );
    return definition;
  }

  content(): string {
    for (const name of this.#openFlows.keys()) this.branch(name).end(`${name}-end`);
    return this.#parts.join('');
  }

  #activity(name: string, id: string, options: ElementOptions, own = ''): this {
    return this.#add(name, id, quantities(options), extensions(options, own) + loop(options, this.roots));
  }

  #scope(name: string, id: string, build: (inner: ModelBuilder) => ModelBuilder, options: ElementOptions): this {
    const inner = build(new ModelBuilder(id, this.roots));
    const content = extensions(options) + loop(options, this.roots) + inner.content();
    return this.#add(name, id, quantities(options), content);
  }

  /** Flows out of the activity or event that stands last, without a gateway. */
  flows(branches: Branches): this {
    const source = this.#current;
    if (source !== undefined) this.#open(source, conditionsOf(branches));
    return this;
  }

  #gateway(name: string, id: string, branches: Branches, content = '', more: Attributes = {}): this {
    const conditions = conditionsOf(branches);
    const [byDefault] = Object.keys(conditions).filter((branch) => conditions[branch] === 'default');
    this.#add(name, id, { default: byDefault, ...more }, content);
    this.#open(id, conditions);
    return this;
  }

  #open(source: string, conditions: Readonly<Record<string, string>>): void {
    for (const [id, condition] of Object.entries(conditions)) {
      const isConditional = condition !== '' && condition !== 'default';
      this.#openFlows.set(id, { id, source, ...(isConditional && { condition }) });
    }
  }

  #add(name: string, id: string, values: Attributes, content = ''): this {
    this.#parts.push(tag(name, { id, ...values }, content));
    this.#connect(id);
    return this.at(id);
  }

  #connect(target: string): void {
    const source = this.#current;
    if (source === undefined) return;
    const { id, condition } = this.#flow ?? { id: flowId(source, target), condition: undefined };
    const content = condition === undefined ? '' : tag('bpmn:conditionExpression', {}, escapeXml(condition));
    this.#parts.push(tag('bpmn:sequenceFlow', { id, sourceRef: source, targetRef: target }, content));
    this.#flow = undefined;
  }
}

function conditionsOf(branches: Branches): Readonly<Record<string, string>> {
  const isList = (value: Branches): value is readonly string[] => Array.isArray(value);
  return isList(branches) ? Object.fromEntries(branches.map((branch) => [branch, ''])) : branches;
}

function taskListeners(listeners: UserTaskOptions['taskListeners'] = {}): string {
  const all = Object.entries(listeners).flatMap(([eventType, types]) =>
    types.map((type) => tag('zeebe:taskListener', { eventType, type })),
  );
  return all.length === 0 ? '' : tag('zeebe:taskListeners', {}, all.join(''));
}

function job(type: string | undefined): string {
  return type === undefined ? '' : tag('zeebe:taskDefinition', { type });
}
