import { parseBpmn } from '#bpmn';
import type { BpmnElement, Problem, ProcessDefinition } from '#bpmn';
import { compileAttribute } from '#feel';
import type { CompiledExpression } from '#feel';
import type { EvaluableDecision, Key } from '#engine';
import { compileStored } from './read-decisions.js';
import type { RuntimeStore, StoredDefinition } from './ports.js';
import type { RuntimeLog } from './runtime.js';

/** A definition with everything that a step of its instances needs, parsed once. */
export interface LoadedDefinition {
  readonly stored: StoredDefinition;
  readonly process: ProcessDefinition;
  /** Decisions of its business rule tasks, as their binding says. */
  readonly decisions: ReadonlyMap<string, EvaluableDecision>;
  readonly forms: ReadonlyMap<string, { readonly key: Key; readonly version: number }>;
  /** `ct.title`. */
  readonly title: CompiledExpression | undefined;
  /** `ct.state`: name of the variable with the public state. */
  readonly stateVariable: string;
  /** `ct.case`: series of the case number; a process that has one is a case of its own. */
  readonly caseSeries: string | undefined;
}

/** A stored file that this version cannot read; its instances wait until one reads it. Nothing is wrong with the command. */
export class DefinitionUnreadable extends Error {
  override readonly name = 'DefinitionUnreadable';

  constructor({ resourceName, version, bpmnProcessId }: StoredDefinition, problems: readonly Problem[]) {
    const found = problems[0]?.message ?? 'it holds no such process.';
    super(
      `Expected ${resourceName} version ${version}, which is deployed, to hold the process ${bpmnProcessId} but: ${found} Its instances wait until the version of this program that deployed it, or a later one that reads it, goes on with them.`,
    );
  }
}

const CAPACITY = 200;

/** Definitions in memory, least recently used goes first. */
export class Definitions {
  private readonly loaded = new Map<Key, Promise<LoadedDefinition>>();
  /** Latest version by process id, where only this node deploys. */
  private readonly latestLoaded = new Map<string, Promise<LoadedDefinition | undefined>>();

  constructor(
    private readonly store: Pick<RuntimeStore, 'reads' | 'isOnlyNode'>,
    private readonly log: RuntimeLog,
  ) {}

  private get reads(): RuntimeStore['reads'] {
    return this.store.reads;
  }

  async byKey(key: Key): Promise<LoadedDefinition | undefined> {
    const known = this.loaded.get(key);
    if (known) {
      this.loaded.delete(key);
      this.loaded.set(key, known);
      return known;
    }
    const stored = await this.reads.definitionByKey(key);
    return stored && (this.loaded.get(key) ?? this.keep(stored));
  }

  /** What cannot be read is tried again by whoever asks next. */
  private keep(stored: StoredDefinition): Promise<LoadedDefinition> {
    const loading = this.load(stored);
    this.loaded.set(stored.key, loading);
    if (this.loaded.size > CAPACITY) this.loaded.delete(this.loaded.keys().next().value!);
    loading.catch(() => this.loaded.delete(stored.key));
    return loading;
  }

  /** The latest version of a process: read each time where another node may have deployed since. */
  async latest(bpmnProcessId: string): Promise<LoadedDefinition | undefined> {
    const known = this.latestLoaded.get(bpmnProcessId);
    if (known) return known;
    const loading = this.loadLatest(bpmnProcessId);
    if (!this.store.isOnlyNode) return loading;
    this.latestLoaded.set(bpmnProcessId, loading);
    const forget = (): void => {
      if (this.latestLoaded.get(bpmnProcessId) === loading) this.latestLoaded.delete(bpmnProcessId);
    };
    if (this.latestLoaded.size > CAPACITY) this.latestLoaded.delete(this.latestLoaded.keys().next().value!);
    loading.then((found) => found ?? forget(), forget);
    return loading;
  }

  /** After a deployment: what is bound to the latest version must be looked up again. */
  forget(): void {
    this.loaded.clear();
    this.latestLoaded.clear();
  }

  private async loadLatest(bpmnProcessId: string): Promise<LoadedDefinition | undefined> {
    const stored = await this.reads.latestDefinition(bpmnProcessId);
    return stored && (this.loaded.get(stored.key) ?? this.keep(stored));
  }

  private async load(stored: StoredDefinition): Promise<LoadedDefinition> {
    const { processes, problems } = await parseBpmn(stored.xml, { file: stored.resourceName, isDeployed: true });
    const process = processes.find((one) => one.bpmnProcessId === stored.bpmnProcessId);
    const refusals = problems.filter(({ severity }) => severity === 'error');
    if (!process) throw new DefinitionUnreadable(stored, refusals);
    if (refusals.length > 0) this.warn(stored, refusals);
    return {
      stored,
      process,
      decisions: await this.decisionsOf(process, stored),
      forms: await this.formsOf(process, stored),
      title: titleOf(process),
      stateVariable: process.properties['ct.state'] ?? 'caseState',
      caseSeries: process.properties['ct.case'],
    };
  }

  private warn({ key, bpmnProcessId, version }: StoredDefinition, refusals: readonly Problem[]): void {
    const problems = refusals.map(({ message, line }) => (line === undefined ? message : `line ${line}: ${message}`));
    this.log.warn(
      { processDefinitionKey: key, bpmnProcessId, version, problems },
      'a process definition that is deployed would be refused today; it goes on as far as it can be read',
    );
  }

  private async decisionsOf(
    process: ProcessDefinition,
    { setId }: StoredDefinition,
  ): Promise<Map<string, EvaluableDecision>> {
    const called = process.elements.flatMap((element) => element.calledDecision ?? []);
    const entries = await Promise.all(
      called.map(async ({ decisionId, bindingType }) => {
        const stored = await this.reads.decision(decisionId, bindingType === 'deployment' ? setId : undefined);
        const compiled = stored && (await compileStored(stored));
        return compiled ? ([[decisionId, compiled]] as const) : [];
      }),
    );
    return new Map(entries.flat());
  }

  private async formsOf(
    process: ProcessDefinition,
    { setId }: StoredDefinition,
  ): Promise<Map<string, { readonly key: Key; readonly version: number }>> {
    const tasks = process.elements.flatMap((element) => element.userTask ?? []);
    const entries = await Promise.all(
      tasks.map(async ({ formId, formBinding }) => {
        const stored =
          formId === undefined
            ? undefined
            : await this.reads.form(formId, formBinding === 'latest' ? undefined : setId);
        return stored ? ([[stored.formId, { key: stored.key, version: stored.version }]] as const) : [];
      }),
    );
    return new Map(entries.flat());
  }
}

function titleOf(process: ProcessDefinition): CompiledExpression | undefined {
  const source = process.properties['ct.title'];
  if (source === undefined) return undefined;
  const compiled = compileAttribute(source);
  return compiled.ok ? compiled.expression : undefined;
}

/** The start event that a message, signal or time starts. */
export function startEventOf(
  process: ProcessDefinition,
  fits: (element: BpmnElement) => boolean,
): BpmnElement | undefined {
  return process.startEvents.map((index) => process.elements[index]!).find(fits);
}
