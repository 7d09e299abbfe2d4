import type { CompiledExpression, EvaluationContext, FeelFunction, FeelScope, FeelWarning } from '#feel';
import type { DecisionFailureCode } from './model.js';

const MAX_EVALUATIONS = 10_000;
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
export class ArgumentMisfit extends Error {}

/** One evaluation of a decision with all that it requires. */
export class DecisionRun {
  readonly matchedRules: Record<string, string[]> = {};
  readonly inputsByDecision = new Map<string, Record<string, unknown>>();
  readonly warnings: FeelWarning[] = [];
  private evaluations = 0;

  constructor(readonly context: EvaluationContext) {}

  /** The value of an expression; throws `DecisionFailure` when FEEL stopped it. */
  value(expression: CompiledExpression, scope: FeelScope): unknown {
    if (++this.evaluations > MAX_EVALUATIONS) {
      throw new DecisionFailure('budgetExceeded', `Expected at most ${MAX_EVALUATIONS} expressions in one evaluation.`);
    }
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

/** A function value that FEEL can call. */
export function functionValue(
  parameters: readonly string[],
  body: (args: readonly unknown[]) => unknown,
): FeelFunction {
  const invoke = (args: readonly unknown[]): unknown => {
    if (args.length !== parameters.length)
      throw new ArgumentMisfit(`Expected ${parameters.length} arguments but found ${args.length}.`);
    return body(args);
  };
  return { parameters, invoke };
}

/** Reads that are not bound by any of the names. */
export function unbound(reads: readonly string[], names: readonly string[]): string[] {
  return reads.filter((read) => !names.some((name) => read === name || read.startsWith(`${name}.`)));
}
