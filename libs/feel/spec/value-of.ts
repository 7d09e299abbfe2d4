import { compileExpression, compileUnaryTests, scopeOf, toJson, type CompileResult } from '../src/index.js';

type Variables = Readonly<Record<string, unknown>>;

/**
 * Expression, the JSON of its value (or `refused`), the variables it sees. Read by `(source, expected, ...[variables]) =>`:
 * a third parameter of its own would be Jest's `done` in rows of two.
 */
export type Row = [source: string, expected: unknown, variables?: Variables];

/** Tests, their result (or `refused`), the value under test, the variables they see. */
export type TestRow = [source: string, expected: unknown, input?: unknown, variables?: Variables];

/** 2026-02-01T00:30 in Shanghai. */
export const context = { now: Date.UTC(2026, 0, 31, 16, 30), timeZone: 'Asia/Shanghai' };

/** The JSON of what an expression gives, or `refused` if it does not compile. */
export function valueOf(source: string, variables: Variables = {}): unknown {
  return evaluated(compileExpression(source, { names: Object.keys(variables) }), variables);
}

/** What unary tests say of a value, or `refused` if they do not compile. */
export function testOf(source: string, input: unknown, variables: Variables = {}): unknown {
  return evaluated(compileUnaryTests(source, { names: Object.keys(variables) }), { ...variables, '?': input });
}

function evaluated(result: CompileResult, variables: Variables): unknown {
  if (!result.ok) return 'refused';
  return toJson(result.expression.evaluate(scopeOf(variables), context).value);
}
