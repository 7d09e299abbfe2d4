import { StepBudget } from '../step-budget.js';
import type { EvaluationContext, FeelScope, FeelWarning } from '../types.js';

const MAX_WARNINGS = 50;
const MAX_CALL_DEPTH = 100;
const DEFAULT_MAX_STEPS = 100_000;

/** Ends an evaluation that can give no value. Thrown inside the library only. */
export class EvaluationStopped extends Error {
  constructor(
    readonly code: 'budgetExceeded' | 'depthExceeded',
    message: string,
  ) {
    super(message);
  }
}

export interface Position {
  readonly start: number;
  readonly end: number;
}

interface Spent {
  readonly budget: StepBudget;
  callDepth: number;
  readonly warnings: FeelWarning[];
}

/** One evaluation: what it may see, what it may spend, what it warned of. */
export class Run {
  readonly warnings: FeelWarning[];

  constructor(
    readonly scope: FeelScope,
    readonly context: EvaluationContext,
    private readonly spent: Spent = {
      budget: context.budget ?? new StepBudget(context.maxSteps ?? DEFAULT_MAX_STEPS),
      callDepth: 0,
      warnings: [],
    },
  ) {
    this.warnings = spent.warnings;
  }

  /** The same evaluation seen from another scope: a function sees the variables of the place that made it. */
  within(scope: FeelScope): Run {
    return scope === this.scope ? this : new Run(scope, this.context, this.spent);
  }

  /** Spends steps; throws `EvaluationStopped` when none are left. */
  charge(steps: number): void {
    const { budget } = this.spent;
    if (budget.take(steps)) return;
    throw new EvaluationStopped('budgetExceeded', `Expected the evaluation to end within ${budget.max} steps.`);
  }

  /** Notes a warning and gives null, the value of everything that went wrong. */
  warn(code: string, message: string, at: Position): null {
    if (this.warnings.length < MAX_WARNINGS) this.warnings.push({ code, message, start: at.start, end: at.end });
    return null;
  }

  /** Runs the body of a function one call deeper. */
  enter<T>(body: () => T): T {
    this.charge(1);
    if (++this.spent.callDepth > MAX_CALL_DEPTH) {
      throw new EvaluationStopped('depthExceeded', `Expected at most ${MAX_CALL_DEPTH} nested function calls.`);
    }
    const result = body();
    this.spent.callDepth--;
    return result;
  }
}

/** Local values of one lexical scope, and the scope around it. */
export interface Env {
  readonly run: Run;
  readonly values: unknown[];
  readonly up: Env | undefined;
}

/** A compiled piece of an expression. */
export type Code = (env: Env) => unknown;
