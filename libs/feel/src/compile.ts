import { builtinNames } from './builtins/index.js';
import { compileNode } from './compile/compile-node.js';
import { EvaluationStopped, Run, type Code } from './compile/run.js';
import { FeelSyntaxError, problemAt } from './lexer.js';
import { parseExpression, parseUnaryTests } from './parser/parser.js';
import type { Node } from './parser/syntax.js';
import type {
  CompiledExpression,
  CompileOptions,
  CompileResult,
  Evaluation,
  EvaluationContext,
  FeelScope,
} from './types.js';
import { toPlainNumbers, ValueTooDeep, ValueTooLarge } from './values/json.js';

/** Longest text that is compiled, in characters. */
export const MAX_SOURCE_LENGTH = 4_000;

/** Names with a keyword inside; plain words that follow each other are one name anyway. */
const KEYWORD_NAMES = [...builtinNames.filter((name) => / (?:and|or|in) /.test(name)), 'days and time duration'];

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
  if (source[start] === '=') return shifted(compileExpression(source.slice(start + 1), options), source, start + 1);
  const evaluation: Evaluation = { value: source, warnings: [] };
  return { ok: true, expression: { source, isStatic: true, reads: [], evaluate: () => evaluation } };
}

function compileWith(parse: Parse, source: string, options: CompileOptions): CompileResult {
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
        source,
        code,
        [...reads].filter((name) => name !== '?'),
      ),
    };
  } catch (error) {
    return { ok: false, problems: [problemAt(source, syntaxError(error, source))] };
  }
}

function syntaxError(error: unknown, source: string): FeelSyntaxError {
  if (error instanceof FeelSyntaxError) return error;
  if (error instanceof RangeError) return new FeelSyntaxError('tooDeep', 'Expected less nesting.', 0, source.length);
  throw error;
}

function compiled(source: string, code: Code, reads: readonly string[]): CompiledExpression {
  return { source, isStatic: false, reads, evaluate: (scope, context) => evaluate(code, source, scope, context) };
}

function evaluate(code: Code, source: string, scope: FeelScope, context: EvaluationContext): Evaluation {
  const run = new Run(scope, context);
  try {
    run.charge(1);
    const value = toPlainNumbers(code({ run, values: [], up: undefined }) ?? null, () => run.charge(1));
    return { value, warnings: run.warnings };
  } catch (error) {
    const stop = stopOf(error);
    const failed = { code: stop.code, message: stop.message, start: 0, end: source.length };
    return { value: null, warnings: run.warnings, failed };
  }
}

/** A stack overflow is the last guard behind the limits on nesting. */
function stopOf(error: unknown): EvaluationStopped {
  if (error instanceof EvaluationStopped) return error;
  if (error instanceof ValueTooLarge) return new EvaluationStopped('budgetExceeded', error.message);
  if (error instanceof RangeError || error instanceof ValueTooDeep)
    return new EvaluationStopped('depthExceeded', error.message);
  throw error;
}

/** Moves positions from the text behind `=` to the whole attribute. */
function shifted(result: CompileResult, source: string, by: number): CompileResult {
  if (result.ok) return { ok: true, expression: { ...result.expression, source } };
  const problems = result.problems.map((problem) =>
    problemAt(source, new FeelSyntaxError(problem.code, problem.message, problem.start + by, problem.end + by)),
  );
  return { ok: false, problems };
}
