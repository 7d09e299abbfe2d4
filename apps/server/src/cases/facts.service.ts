import { Inject, Injectable } from '@nestjs/common';
import { type FieldSchema, type FormFile, recordTitle } from '#forms';
import type { Queries, UserTaskView } from '#persistence';
import { ConfigurationHolder } from '../configuration/configuration-holder.js';
import { isoTime } from '../iso-time.js';
import { QUERIES } from '../tokens.js';
import type { Named } from './names.service.js';
import { NamesService } from './names.service.js';
import { newestFirst } from './newest-first.js';

export interface Fact {
  readonly label: string;
  /** Plain value, list, or handle `{"$sealed": key}`. */
  readonly value: unknown;
}

export interface PreviousStep {
  readonly taskName: string;
  readonly by: Named | null;
  readonly at: string;
  readonly summary: readonly Fact[];
}

const SHOWN_STEPS = 6;

/** What is known of a case, under the labels that the forms which asked for it have for the record. */
@Injectable()
export class FactsService {
  constructor(
    private readonly configuration: ConfigurationHolder,
    private readonly names: NamesService,
    @Inject(QUERIES) private readonly queries: Queries,
  ) {}

  /** Values of all fields of the process' forms, each variable once, in the order of the forms. */
  async ofProcess(processId: string, variables: Readonly<Record<string, unknown>>): Promise<readonly Fact[]> {
    const { processes, forms } = this.configuration.current;
    const formIds = processes.find(({ id }) => id === processId)?.formIds ?? [];
    const seen = new Set<string>();
    const facts = formIds.map((id) => {
      const form = forms.get(id);
      return form ? this.ofForm(form, variables, seen) : [];
    });
    return (await Promise.all(facts)).flat();
  }

  /** What earlier steps of the case said, newest first; not what others say beside it. */
  async previousSteps(
    tasks: readonly UserTaskView[],
    current: UserTaskView,
    variables: Readonly<Record<string, unknown>>,
  ): Promise<readonly PreviousStep[]> {
    const done = tasks.filter((task) => task.state === 'COMPLETED' && !isBeside(task, current));
    const newest = newestFirst(done).slice(0, SHOWN_STEPS);
    const thenOf = await this.saidThen(newest, current, variables);
    return Promise.all(newest.map((task) => this.step(task, thenOf(task))));
  }

  /**
   * What each step said when it was done, where a later one of the same instance has said otherwise since. Only variables
   * that the current task has too: which answers go on from a step is for its process to say.
   */
  private async saidThen(
    tasks: readonly UserTaskView[],
    current: UserTaskView,
    variables: Readonly<Record<string, unknown>>,
  ): Promise<(task: UserTaskView) => Readonly<Record<string, unknown>>> {
    const own = tasks.filter((task) => task.processInstanceKey === current.processInstanceKey);
    const keys = own.map(({ elementInstanceKey }) => elementInstanceKey);
    const kept = new Map(
      await Promise.all(keys.map(async (key) => [key, await this.queries.variablesOf(key)] as const)),
    );
    return ({ elementInstanceKey }) => {
      const said = Object.entries(kept.get(elementInstanceKey) ?? {}).filter(([name]) => name in variables);
      return { ...variables, ...Object.fromEntries(said) };
    };
  }

  private async step(task: UserTaskView, variables: Readonly<Record<string, unknown>>): Promise<PreviousStep> {
    const stored =
      task.formId === null ? undefined : await this.queries.form(task.formId, task.formVersion ?? undefined);
    const form = stored && (JSON.parse(stored.content) as FormFile);
    return {
      taskName: task.name,
      by: await this.names.account(task.completedBy),
      at: isoTime(task.completionDate ?? task.creationDate),
      summary: form ? await this.ofStep(form, variables) : [],
    };
  }

  /** What the person said comes first, then what the form only showed. */
  private async ofStep(form: FormFile, variables: Readonly<Record<string, unknown>>): Promise<readonly Fact[]> {
    const shown = new Set(form.ui?.readonly);
    const said = new Set(Object.keys(form.schema.properties ?? {}).filter((name) => !shown.has(name)));
    return [...(await this.ofForm(form, variables, shown)), ...(await this.ofForm(form, variables, said))];
  }

  private ofForm(
    form: FormFile,
    variables: Readonly<Record<string, unknown>>,
    seen: Set<string>,
  ): Promise<readonly Fact[]> {
    const told = Object.entries(form.schema.properties ?? {}).filter(([name]) => {
      const value = variables[name];
      if (value === undefined || value === null || value === '' || seen.has(name)) return false;
      seen.add(name);
      return true;
    });
    const facts = told.map(async ([name, schema]) => ({
      label: recordTitle(schema) ?? name,
      value: await this.shown(schema, variables[name]),
    }));
    return Promise.all(facts);
  }

  /** Codes become their labels; rows keep their shape with labels as names. */
  private async shown(schema: FieldSchema, value: unknown): Promise<unknown> {
    if (Array.isArray(value)) return Promise.all(value.map((item: unknown) => this.shown(schema.items ?? {}, item)));
    if (typeof value === 'object' && value !== null) return '$sealed' in value ? value : this.shownGroup(schema, value);
    if (typeof value === 'boolean') return value ? '是' : '否';
    return (await this.labelOf(schema, String(value))) ?? value;
  }

  private async shownGroup(schema: FieldSchema, group: object): Promise<unknown> {
    if ('id' in group && 'name' in group && 'type' in group) return group;
    const entries = Object.entries(group).map(async ([name, value]) => {
      const field = schema.properties?.[name] ?? {};
      return [recordTitle(field) ?? name, await this.shown(field, value)] as const;
    });
    return Object.fromEntries(await Promise.all(entries));
  }

  private async labelOf(schema: FieldSchema, value: string): Promise<string | undefined> {
    const { dictionaries } = this.configuration.current;
    const dictionary = schema['x-dictionary'];
    if (dictionary !== undefined)
      return dictionaries[dictionary]?.find((entry) => String(entry.value) === value)?.label;
    if (schema['x-source'] === 'accounts') return (await this.names.account(value))?.name;
    if (schema['x-source'] === 'units') return this.names.unit(value)?.name;
    if (schema['x-source'] === 'roles') return this.names.role(value).name;
    return schema.oneOf?.find((choice) => choice.const === value)?.title;
  }
}

/** The task itself, and those that one step opened for several people at once: each decides without the others. */
const isBeside = (one: UserTaskView, other: UserTaskView): boolean =>
  one.processInstanceKey === other.processInstanceKey &&
  one.elementId === other.elementId &&
  one.creationDate === other.creationDate;
