import {
  StepBudget,
  type CompiledExpression,
  type EvaluationContext,
  type FeelFunction,
  type FeelScope,
  type FeelWarning,
} from '#feel';
import type { Text } from './compiler.js';
import type { DecisionFailureCode, RuleOutputs } from './model.js';

/** Steps of all expressions of one evaluation together, values that are checked against a type among them. */
const MAX_STEPS = 200_000;
const MAX_CALL_DEPTH = 100;
const MAX_WARNINGS = 50;

/** Ends the evaluation of a decision. Thrown inside the library only. */
export class DecisionFailure extends Error {
  constructor(
    readonly code: DecisionFailureCode,
    message: string,
  ) {
    super(message);
  }
}

/** A call whose arguments do not fit; it gives null. */
export class ArgumentMisfit extends Error {
  constructor(readonly text: Text) {
    super(text.en);
  }
}

/** A fault of the model stands at no place of a text. */
const NO_TEXT = { start: 0, end: 0, line: 1, column: 1 } as const;

/** One evaluation of a decision with all that it requires. */
export class DecisionRun {
  readonly matchedRules: Record<string, string[]> = {};
  readonly inputsByDecision = new Map<string, Record<string, unknown>>();
  /** By decision: what the rules that were taken gave. */
  readonly ruleOutputs = new Map<string, readonly RuleOutputs[]>();
  readonly warnings: FeelWarning[] = [];
  readonly context: EvaluationContext;
  private readonly budget: StepBudget;
  private callDepth = 0;

  constructor(context: EvaluationContext) {
    this.budget = context.budget ?? new StepBudget(MAX_STEPS);
    this.context = { ...context, budget: this.budget };
  }

  /** Takes steps; throws `DecisionFailure` when none are left. */
  charge(steps: number): void {
    if (this.budget.take(steps)) return;
    const message = `Expected the evaluation to end within ${this.budget.max} steps but it takes more.`;
    throw new DecisionFailure('budgetExceeded', message);
  }

  /** Notes why a value is not what the model says. */
  warn(code: string, { en: message, zh: messageZh }: Text): void {
    if (this.warnings.length < MAX_WARNINGS) this.warnings.push({ code, message, messageZh, ...NO_TEXT });
  }

  /** Runs the body of a knowledge model or service one call deeper. */
  enter<T>(body: () => T): T {
    if (this.callDepth >= MAX_CALL_DEPTH)
      throw new DecisionFailure('depthExceeded', `Expected at most ${MAX_CALL_DEPTH} nested calls.`);
    this.callDepth += 1;
    try {
      return body();
    } finally {
      this.callDepth -= 1;
    }
  }

  /** The value of an expression; throws `DecisionFailure` when FEEL stopped it. */
  value(expression: CompiledExpression, scope: FeelScope): unknown {
    const { value, warnings, failed } = expression.evaluate(scope, this.context);
    this.warnings.push(...warnings.slice(0, MAX_WARNINGS - this.warnings.length));
    if (failed)
      throw new DecisionFailure(failed.code === 'depthExceeded' ? 'depthExceeded' : 'budgetExceeded', failed.message);
    return value;
  }
}

/** The compiled logic of a decision or of a part of it. */
export interface Logic {
  /** Free names, as dotted paths. */
  readonly reads: readonly string[];
  evaluate(scope: FeelScope, run: DecisionRun): unknown;
}

export const NULL_LOGIC: Logic = { reads: [], evaluate: () => null };

/** A function value that FEEL can call. */
export function functionValue(
  parameters: readonly string[],
  body: (args: readonly unknown[]) => unknown,
): FeelFunction {
  const invoke = (args: readonly unknown[]): unknown => {
    if (args.length !== parameters.length)
      throw new ArgumentMisfit({
        en: `Expected ${parameters.length} arguments but found ${args.length}; the call gives null.`,
        zh: `应有 ${parameters.length} 个参数，实际有 ${args.length} 个，调用结果为 null。`,
      });
    return body(args);
  };
  return { parameters, invoke };
}

/** Reads that are not bound by any of the names. */
export function unbound(reads: readonly string[], names: readonly string[]): string[] {
  return reads.filter((read) => !names.some((name) => read === name || read.startsWith(`${name}.`)));
}
