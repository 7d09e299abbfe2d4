import { Inject, Injectable } from '@nestjs/common';
import { compileAttribute, scopeOf, toJson } from '#feel';
import type { Variables } from '#engine';
import type { Queries, UserTaskView } from '#persistence';
import type { Runtime } from '#runtime';
import { QUERIES, RUNTIME } from '../tokens.js';
import { unitOfTask } from './attendance.js';

/** Groups that the formulas of `fallback` give for a task: FEEL over its open variables and `task.unit`. */
@Injectable()
export class FallbackGroups {
  constructor(
    @Inject(QUERIES) private readonly queries: Queries,
    @Inject(RUNTIME) private readonly runtime: Runtime,
  ) {}

  /** Reads the variables of the tasks once. */
  async of(tasks: readonly UserTaskView[]): Promise<(task: UserTaskView, formula: string) => readonly string[]> {
    const keys = tasks.map(({ elementInstanceKey }) => elementInstanceKey);
    const variables = keys.length === 0 ? new Map<string, Variables>() : await this.queries.visibleVariablesOf(keys);
    return (task, formula) => this.groups(formula, task, variables.get(task.elementInstanceKey) ?? {});
  }

  /** Nobody where the formula fails or yields anything but texts: the next group of the list is asked. */
  private groups(formula: string, task: UserTaskView, variables: Variables): readonly string[] {
    const compiled = compileAttribute(formula);
    if (!compiled.ok) return [];
    const scope = scopeOf({ ...variables, task: { unit: unitOfTask(task) } });
    const value = toJson(compiled.expression.evaluate(scope, this.runtime.evaluationContext()).value);
    const given: readonly unknown[] = Array.isArray(value) ? value : [value];
    return given.filter((one) => typeof one === 'string');
  }
}
