import type { EvaluationContext, FeelFunction } from '../types.js';
import { FeelCallable, isHostFunction } from '../values/kinds.js';
import type { Position, Run } from './run.js';

/** A function that a run can call. `undefined` stands for an argument that was not given. */
export abstract class RunnableFunction extends FeelCallable {
  abstract call(run: Run, args: readonly unknown[], at: Position): unknown;

  /** Brings named arguments into order; null if a name is unknown. */
  order(named: ReadonlyMap<string, unknown>): readonly unknown[] | null {
    if ([...named.keys()].some((name) => !this.parameters.includes(name))) return null;
    return this.parameters.map((name) => named.get(name));
  }
}

/** A function written in FEEL. */
export class Lambda extends RunnableFunction {
  readonly name = 'function';

  constructor(
    readonly parameters: readonly string[],
    private readonly body: (run: Run, args: readonly unknown[], at: Position) => unknown,
    override readonly parameterTypes?: readonly (string | undefined)[],
  ) {
    super();
  }

  call(run: Run, args: readonly unknown[], at: Position): unknown {
    if (args.length !== this.parameters.length) {
      return run.warn('arguments', `Expected ${this.parameters.length} arguments but found ${args.length}.`, at);
    }
    return run.enter(() =>
      this.body(
        run,
        args.map((arg) => arg ?? null),
        at,
      ),
    );
  }
}

/** A function that the host gave in `context.functions` or in the scope. */
export class HostFunction extends RunnableFunction {
  readonly parameters: readonly string[];

  constructor(
    readonly name: string,
    private readonly target: FeelFunction,
  ) {
    super();
    this.parameters = target.parameters;
  }

  call(run: Run, args: readonly unknown[], at: Position): unknown {
    try {
      return (
        run.enter(() =>
          this.target.invoke(
            args.map((arg) => arg ?? null),
            run.context,
          ),
        ) ?? null
      );
    } catch (error) {
      if (isStackOverflow(error) || isStop(error)) throw error;
      const why = error instanceof Error ? error.message : String(error);
      return run.warn('functionFailed', `Expected a result of "${this.name}" but it failed: ${why}`, at);
    }
  }
}

/** Any other `RangeError` is a complaint of the function about its arguments. */
function isStackOverflow(error: unknown): boolean {
  return error instanceof RangeError && error.message.includes('call stack');
}

function isStop(error: unknown): boolean {
  return (
    error instanceof Error && 'code' in error && (error.code === 'budgetExceeded' || error.code === 'depthExceeded')
  );
}

/** Gives a runnable function for a function value of FEEL or of the host; undefined for anything else. */
export function runnable(name: string, value: unknown): RunnableFunction | undefined {
  if (value instanceof RunnableFunction) return value;
  return typeof value === 'object' && value !== null && isHostFunction(value)
    ? new HostFunction(name, value)
    : undefined;
}

/** Function of the host by name, own entries only. */
export function hostFunction(context: EvaluationContext, name: string): RunnableFunction | undefined {
  const functions = context.functions;
  return functions && Object.hasOwn(functions, name) ? runnable(name, functions[name]) : undefined;
}
