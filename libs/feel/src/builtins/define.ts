import { RunnableFunction, runnable } from '../compile/callable.js';
import type { Position, Run } from '../compile/run.js';
import { kindOf } from '../values/kinds.js';
import { shownKinds } from '../values/shown.js';
import { midnightOf } from '../values/parse-temporal.js';
import { FeelDate } from '../values/temporal.js';

/** What a built-in may use: the run (budget, warnings, clock) and a way to say why there is no result. */
export interface Call {
  readonly run: Run;
  readonly at: Position;
  /** Warns `Expected <expected> but found <found>.` and gives null. */
  fail(expected: string, found: string): null;
}

/** A result that is no number for being too large gives null with a warning. */
export function inRange<T>(call: Call, result: T | null): T | null {
  return result ?? call.fail('a result in the range of values', 'one beyond it');
}

const ITEMS_PER_STEP = 8;
const CHARACTERS_PER_STEP = 64;

/** Most built-ins go through a list or a text from end to end. */
function payFor(run: Run, arg: unknown): void {
  if (Array.isArray(arg)) run.charge(Math.ceil(arg.length / ITEMS_PER_STEP));
  else if (typeof arg === 'string') run.charge(Math.floor(arg.length / CHARACTERS_PER_STEP));
}

// Arguments arrive checked against the signature, so that each built-in may name their types itself.
type Implementation = (call: Call, ...args: never[]) => unknown;

interface Parameter {
  readonly name: string;
  readonly kinds: readonly string[];
  readonly isOptional: boolean;
  readonly isVariadic: boolean;
}

interface Overload {
  readonly parameters: readonly Parameter[];
  readonly implementation: Implementation;
}

const MISFIT = Symbol('misfit');

/** A built-in function: the first signature that fits the arguments is taken. */
export class Builtin extends RunnableFunction {
  readonly parameters: readonly string[];

  constructor(
    readonly name: string,
    private readonly overloads: readonly Overload[],
  ) {
    super();
    this.parameters = (overloads[0] as Overload).parameters.map((parameter) => parameter.name);
  }

  call(run: Run, args: readonly unknown[], at: Position): unknown {
    for (const arg of args) payFor(run, arg);
    for (const overload of this.overloads) {
      const bound = bind(overload.parameters, args);
      if (bound !== MISFIT)
        return this.run(
          overload,
          { run, at, fail: (expected, found) => this.#failed(run, at, `${expected} but found ${found}`) },
          bound,
        );
    }
    const signatures = this.overloads.map(({ parameters }) => `${this.name}(${parameters.map(textOf).join(', ')})`);
    return run.warn('arguments', `Expected ${signatures.join(' or ')} but found (${shownKinds(args)}).`, at);
  }

  #failed(run: Run, at: Position, message: string): null {
    return run.warn('functionFailed', `Expected ${message} (${this.name}).`, at);
  }

  /** `before(range, point)` and `before(point, range)` have the same names: the order written decides. */
  override order(named: ReadonlyMap<string, unknown>): readonly unknown[] | null {
    const names = [...named.keys()];
    const fitting =
      this.overloads.find(({ parameters }) => names.every((name, index) => parameters[index]?.name === name)) ??
      this.overloads.find(({ parameters }) => names.every((name) => parameters.some((each) => each.name === name)));
    if (fitting === undefined) return null;
    const ordered = fitting.parameters.map(({ name }) => named.get(name));
    while (ordered.length > 0 && ordered.at(-1) === undefined) ordered.pop();
    return ordered;
  }

  private run(overload: Overload, call: Call, bound: readonly unknown[]): unknown {
    const value = overload.implementation(call, ...(bound as never[]));
    return typeof value === 'number' && !Number.isFinite(value) ? null : (value ?? null);
  }
}

/**
 * Defines a built-in by pairs of signature and implementation. A signature is written `name:kind|kind, optional?:kind, ...rest:kind`;
 * the kinds are those of `kindOf`, `any` (also null) or `value` (all but null).
 */
export function define(name: string, ...pairs: readonly (readonly [string, Implementation])[]): Builtin {
  return new Builtin(
    name,
    pairs.map(([signature, implementation]) => ({
      parameters: signature === '' ? [] : signature.split(', ').map(parameterOf),
      implementation,
    })),
  );
}

function parameterOf(text: string): Parameter {
  const [written = '', kinds = 'any'] = text.split(':');
  const name = written.replace('...', '').replace('?', '');
  return { name, kinds: kinds.split('|'), isOptional: written.endsWith('?'), isVariadic: written.startsWith('...') };
}

function textOf({ name, kinds, isOptional, isVariadic }: Parameter): string {
  return `${isVariadic ? '...' : ''}${name}${isOptional ? '?' : ''}: ${kinds.join(' | ')}`;
}

function bind(parameters: readonly Parameter[], args: readonly unknown[]): readonly unknown[] | typeof MISFIT {
  const last = parameters.at(-1);
  const isVariadic = last?.isVariadic === true;
  if (!isVariadic && args.length > parameters.length) return MISFIT;
  if (parameters.slice(args.length).some((parameter) => !parameter.isOptional && !parameter.isVariadic)) return MISFIT;
  const bound: unknown[] = [];
  for (const [index, arg] of args.entries()) {
    const parameter = (parameters[index] ?? last) as Parameter;
    const value = fit(parameter, arg);
    if (value === MISFIT) return MISFIT;
    bound.push(value);
  }
  return bound;
}

/** Implicit conversions of DMN 1.5, 10.3.2.9.4: a list of one item is the item, a date is its midnight. */
function fit(parameter: Parameter, arg: unknown): unknown {
  if (arg === undefined) return parameter.isOptional ? undefined : MISFIT;
  const { kinds } = parameter;
  if (kinds.includes('any')) return arg;
  const kind = kindOf(arg);
  if (kind === 'function' && kinds.includes('function')) return runnable('function', arg);
  if (kinds.includes(kind) || (kinds.includes('value') && kind !== 'null')) return arg;
  if (kind === 'null') return MISFIT;
  if (kind === 'list' && (arg as unknown[]).length === 1)
    return fit({ ...parameter, isOptional: false }, (arg as unknown[])[0]);
  if (kinds.includes('list')) return [arg];
  return kind === 'date' && kinds.includes('date and time') ? midnightOf(arg as FeelDate) : MISFIT;
}
