import type { StepBudget } from './step-budget.js';

/** A value as FEEL sees it. JSON values map one to one; temporal values and ranges have classes of their own. */
export type FeelValue = unknown;

/** Reads the variables that an expression names. A missing name is `undefined` here and `null` plus a warning in FEEL. */
export interface FeelScope {
  get(name: string): FeelValue | undefined;
  has(name: string): boolean;
}

/** Everything an evaluation may know of the world; FEEL never reads the wall clock. */
export interface EvaluationContext {
  /** Epoch milliseconds that `now()` and `today()` show. */
  readonly now: number;
  /** IANA name, such as `Asia/Shanghai`. */
  readonly timeZone: string;
  /** Extra functions by name (working-day functions of the calendar, for instance). */
  readonly functions?: Readonly<Record<string, FeelFunction>>;
  /** A number from 0 up to and without 1, for `random number()` and `uuid()`; where it is absent they give null. */
  readonly random?: () => number;
  /** Steps one evaluation may take; default 100,000. Past it the evaluation fails with code `budgetExceeded`. */
  readonly maxSteps?: number;
  /** Shared by several evaluations that may take `budget.max` steps together; `maxSteps` does not count then. */
  readonly budget?: StepBudget;
}

export interface FeelFunction {
  readonly parameters: readonly string[];
  invoke(args: readonly FeelValue[], context: EvaluationContext): FeelValue;
}

export interface FeelWarning {
  readonly code: string;
  /** What was expected and what was found, in English. */
  readonly message: string;
  /** The same in Chinese, where it is known. */
  readonly messageZh?: string;
  /** Character offsets in the source. */
  readonly start: number;
  readonly end: number;
  /** Of the start, counted from 1. */
  readonly line: number;
  readonly column: number;
}

/** `failed` is set only where no value can be given at all (budget, depth); a FEEL null with warnings is not a failure. */
export interface Evaluation {
  readonly value: FeelValue;
  readonly warnings: readonly FeelWarning[];
  readonly failed?: FeelWarning;
}

export interface CompiledExpression {
  readonly source: string;
  /** True for a literal without `=` in a zeebe attribute: evaluates to the text itself. */
  readonly isStatic: boolean;
  /** Free names, as dotted paths (`case.no`), so that a linker can tell what is read. */
  readonly reads: readonly string[];
  evaluate(scope: FeelScope, context: EvaluationContext): Evaluation;
}

export interface FeelProblem {
  readonly code: string;
  /** What was expected and what was found, in English. */
  readonly message: string;
  /** The same in Chinese, where it is known. */
  readonly messageZh?: string;
  readonly start: number;
  readonly end: number;
  readonly line: number;
  readonly column: number;
}

export type CompileResult =
  | { readonly ok: true; readonly expression: CompiledExpression }
  | { readonly ok: false; readonly problems: readonly FeelProblem[] };

export interface CompileOptions {
  /** Names with spaces or operators in them that are known in this scope, longest match first. */
  readonly names?: readonly string[];
  /** Types of the host for `instance of`: says whether a value has the type; undefined for an unknown name. */
  readonly types?: (name: string) => ((value: FeelValue) => boolean) | undefined;
}
