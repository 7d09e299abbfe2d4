import { builtinNames } from './builtins/index.js';
import { compileNode } from './compile/compile-node.js';
import { EvaluationStopped, Run, type Code } from './compile/run.js';
import { FeelSyntaxError, type Origin, placedIn } from './lexer.js';
import { parseExpression, parseUnaryTests } from './parser/parser.js';
import type { Node } from './parser/syntax.js';
import type {
  CompiledExpression,
  CompileOptions,
  CompileResult,
  Evaluation,
  EvaluationContext,
  FeelScope,
  FeelWarning,
} from './types.js';
import { toPlainNumbers, ValueTooDeep, ValueTooLarge } from './values/json.js';

/** Longest text that is compiled, in characters. */
export const MAX_SOURCE_LENGTH = 4_000;

/** Names with a keyword inside; plain words that follow each other are one name anyway. */
export const KEYWORD_NAMES = [...builtinNames.filter((name) => / (?:and|or|in) /.test(name)), 'days and time duration'];

const INEXACT =
  'Expected whole numbers within 2^53, which JSON says exactly, but a larger one loses its last digits; keep it as text.';
const BEYOND_RANGE = 'Expected a result within 1.8e308, the range of JSON numbers, but found a larger number.';
const NONE: readonly FeelWarning[] = [];

type Parse = (source: string, names: readonly string[]) => Node;

/** Compiles a full FEEL expression. Never throws: faults come back as problems with positions. */
export function compileExpression(source: string, options: CompileOptions = {}): CompileResult {
  return compileWith(parseExpression, source, options);
}

/** Compiles unary tests (`-`, `< 5`, `[1..3], 7`, `not("a")`); the value under test is the variable `?`. */
export function compileUnaryTests(source: string, options: CompileOptions = {}): CompileResult {
  return compileWith(parseUnaryTests, source, options);
}

/** Compiles a zeebe attribute: text that begins with `=` is an expression, any other text stands for itself. */
export function compileAttribute(source: string, options: CompileOptions = {}): CompileResult {
  const start = source.search(/\S/);
  if (source[start] === '=') {
    const offset = start + 1;
    return compileWith(parseExpression, source.slice(offset), options, { source, offset });
  }
  const evaluation: Evaluation = { value: source, warnings: [] };
  return { ok: true, expression: { source, isStatic: true, reads: [], evaluate: () => evaluation } };
}

function compileWith(
  parse: Parse,
  source: string,
  options: CompileOptions,
  origin: Origin = { source, offset: 0 },
): CompileResult {
  try {
    if (source.length > MAX_SOURCE_LENGTH) {
      const message = `Expected at most ${MAX_SOURCE_LENGTH} characters but found ${source.length}.`;
      throw new FeelSyntaxError('tooLong', message, MAX_SOURCE_LENGTH, source.length);
    }
    const names = options.names ?? [];
    const tree = parse(source, [...KEYWORD_NAMES, ...names]);
    const reads = new Set<string>();
    const code = compileNode(tree, {
      reads,
      declared: new Set(names),
      scope: undefined,
      types: options.types ?? (() => undefined),
    });
    return {
      ok: true,
      expression: compiled(
        origin,
        code,
        [...reads].filter((name) => name !== '?'),
      ),
    };
  } catch (error) {
    return { ok: false, problems: [placedIn(origin, syntaxError(error, source))] };
  }
}

function syntaxError(error: unknown, source: string): FeelSyntaxError {
  if (error instanceof FeelSyntaxError) return error;
  if (error instanceof RangeError)
    return new FeelSyntaxError('tooDeep', 'Expected less nesting but found more than can be read.', 0, source.length);
  throw error;
}

function compiled(origin: Origin, code: Code, reads: readonly string[]): CompiledExpression {
  const { source } = origin;
  return { source, isStatic: false, reads, evaluate: (scope, context) => evaluate(code, origin, scope, context) };
}

function evaluate(code: Code, origin: Origin, scope: FeelScope, context: EvaluationContext): Evaluation {
  const run = Run.start(scope, context, origin.source);
  try {
    run.charge(1);
    const value = toPlainNumbers(code({ run, values: [], up: undefined }) ?? null, {
      charge: () => run.charge(1),
      beyondRange: () =>
        run.warn('numberTooLarge', BEYOND_RANGE, { start: 0, end: origin.source.length - origin.offset }),
      inexact: () => run.warn('numberInexact', INEXACT, { start: 0, end: origin.source.length - origin.offset }),
    });
    return { value, warnings: placed(run, origin) };
  } catch (error) {
    const { code: reason, message } = stopOf(error);
    const failed = placedIn(origin, { code: reason, message, start: 0, end: origin.source.length - origin.offset });
    return { value: null, warnings: placed(run, origin), failed };
  }
}

function placed({ warnings }: Run, origin: Origin): readonly FeelWarning[] {
  return warnings.length === 0 ? NONE : warnings.map((warning) => placedIn(origin, warning));
}

/** A stack overflow is the last guard behind the limits on nesting. */
function stopOf(error: unknown): EvaluationStopped {
  if (error instanceof EvaluationStopped) return error;
  if (error instanceof ValueTooLarge) return new EvaluationStopped('budgetExceeded', error.message);
  if (error instanceof RangeError || error instanceof ValueTooDeep)
    return new EvaluationStopped('depthExceeded', 'Expected less nesting but a value or function goes deeper.');
  throw error;
}
