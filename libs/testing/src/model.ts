import { parseBpmn, type ProcessDefinition } from '#bpmn';
import {
  definitionsXml,
  escapeXml,
  eventDefinition,
  extensions,
  loop,
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
}

export interface CallOptions extends ElementOptions {
  readonly process: string;
  readonly allParentVariables?: boolean;
  readonly allChildVariables?: boolean;
}

type Branches = Readonly<Record<string, string>> | readonly string[];

/** Begins a model; steps follow one another along one sequence flow each until `branch`, `boundary` or `at` goes elsewhere. */
export function model(id: string): ModelBuilder {
  return new ModelBuilder(id, new RootElements());
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
    this.#parts.push(tag('bpmn:startEvent', { id, isInterrupting: options.interrupting }, content));
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
      tag('zeebe:formDefinition', { formId: form }),
      tag('zeebe:assignmentDefinition', { assignee, candidateGroups, candidateUsers }),
      tag('zeebe:taskSchedule', { dueDate, followUpDate }),
      priority === undefined ? '' : tag('zeebe:priorityDefinition', { priority }),
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

  receiveTask(
    id: string,
    message: { readonly name: string; readonly key: string },
    options: ElementOptions = {},
  ): this {
    return this.#add(
      'bpmn:receiveTask',
      id,
      { messageRef: this.roots.message(message) },
      extensions(options) + loop(options),
    );
  }

  sendTask(id: string, message: { readonly name: string; readonly key?: string }, options: ElementOptions = {}): this {
    return this.#add(
      'bpmn:sendTask',
      id,
      { messageRef: this.roots.message(message) },
      extensions(options) + loop(options),
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
    const inner = build(new ModelBuilder(id, this.roots));
    return this.#add(
      'bpmn:subProcess',
      id,
      { name: options.name },
      extensions(options) + loop(options) + inner.content(),
    );
  }

  eventSubProcess(id: string, build: (inner: ModelBuilder) => ModelBuilder): this {
    const inner = build(new ModelBuilder(id, this.roots));
    this.#parts.push(tag('bpmn:subProcess', { id, triggeredByEvent: true }, inner.content()));
    return this;
  }

  catchEvent(id: string, options: EventOptions): this {
    return this.#add('bpmn:intermediateCatchEvent', id, {}, extensions(options) + eventDefinition(options, this.roots));
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
    this.#parts.push(tag('bpmn:boundaryEvent', { id, attachedToRef, cancelActivity: options.interrupting }, content));
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

  eventBasedGateway(id: string, branches: readonly string[]): this {
    return this.#gateway('bpmn:eventBasedGateway', id, branches);
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
    return this.#add(name, id, { name: options.name }, extensions(options, own) + loop(options));
  }

  #gateway(name: string, id: string, branches: Branches): this {
    const conditions = Array.isArray(branches)
      ? Object.fromEntries(branches.map((branch: string) => [branch, '']))
      : (branches as Record<string, string>);
    const entries = Object.entries(conditions);
    const isDefault = ([, condition]: readonly [string, string]) => condition === 'default';
    this.#add(name, id, { default: entries.find(isDefault)?.[0] });
    for (const entry of entries) {
      const [flowId, condition] = entry;
      this.#openFlows.set(flowId, {
        id: flowId,
        source: id,
        ...(condition !== '' && !isDefault(entry) && { condition }),
      });
    }
    return this;
  }

  #add(name: string, id: string, values: Readonly<Record<string, string | undefined>>, content = ''): this {
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

function job(type: string | undefined): string {
  return type === undefined ? '' : tag('zeebe:taskDefinition', { type });
}
