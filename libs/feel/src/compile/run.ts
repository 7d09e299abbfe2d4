import { StepBudget } from '../step-budget.js';
import type { EvaluationContext, FeelScope, FeelWarning } from '../types.js';

const MAX_WARNINGS = 50;
const MAX_CALL_DEPTH = 100;
const DEFAULT_MAX_STEPS = 100_000;

/** Ends an evaluation that can give no value. Thrown inside the library only. */
export class EvaluationStopped extends Error {
  constructor(
    readonly code: 'budgetExceeded' | 'depthExceeded' | 'assertion',
    message: string,
  ) {
    super(message);
  }
}

export interface Position {
  readonly start: number;
  readonly end: number;
}

type Warning = Omit<FeelWarning, 'line' | 'column'>;

/** What all parts of one evaluation share. */
interface Shared {
  readonly budget: StepBudget;
  callDepth: number;
  readonly warnings: Warning[];
  /** The text that is evaluated. */
  readonly text: string;
}

/** One evaluation: what it may see, what it may spend, what it warned of. */
export class Run {
  readonly warnings: Warning[];

  private constructor(
    readonly scope: FeelScope,
    readonly context: EvaluationContext,
    private readonly shared: Shared,
    /** The text that this part was compiled from. */
    private readonly text: string,
    /** Where warnings stand if this part is from another text. */
    private readonly place?: Position,
  ) {
    this.warnings = shared.warnings;
  }

  static start(scope: FeelScope, context: EvaluationContext, text: string): Run {
    const budget = context.budget ?? new StepBudget(context.maxSteps ?? DEFAULT_MAX_STEPS);
    return new Run(scope, context, { budget, callDepth: 0, warnings: [], text }, text);
  }

  /**
   * The same evaluation inside of a function that was called at a place: it sees the variables of the run that made it. What a
   * function of another text warns of stands at the call.
   */
  inside(maker: Run, at: Position): Run {
    const place = maker.text === this.shared.text ? undefined : (this.place ?? at);
    if (maker.scope === this.scope && maker.text === this.text && place === this.place) return this;
    return new Run(maker.scope, this.context, this.shared, maker.text, place);
  }

  /** Spends steps; throws `EvaluationStopped` when none are left. */
  charge(steps: number): void {
    const { budget } = this.shared;
    if (budget.take(steps)) return;
    const message = `Expected the evaluation to end within ${budget.max} steps but it takes more.`;
    throw new EvaluationStopped('budgetExceeded', message);
  }

  /** Notes a warning and gives null, the value of everything that went wrong. */
  warn(code: string, message: string, at: Position): null {
    if (this.warnings.length < MAX_WARNINGS) this.#note(code, message, this.place ?? at);
    return null;
  }

  #note(code: string, message: string, { start, end }: Position): void {
    this.warnings.push({ code, message, start, end });
  }

  /** Runs the body of a function one call deeper. */
  enter<T>(body: () => T): T {
    this.charge(1);
    if (++this.shared.callDepth > MAX_CALL_DEPTH) {
      throw new EvaluationStopped(
        'depthExceeded',
        `Expected at most ${MAX_CALL_DEPTH} nested function calls but found more.`,
      );
    }
    const result = body();
    this.shared.callDepth--;
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
