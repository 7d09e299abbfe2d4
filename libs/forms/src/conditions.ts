import { compileAttribute, toJson } from '#feel';
import type { CompileResult, Evaluation, FeelScope } from '#feel';
import { containsHandle, isObject, ownValue } from './json.js';
import type { JsonObject } from './json.js';
import type { FieldSchema, FormContext } from './types.js';

const COMPILED_LIMIT = 2_000;
const compiled = new Map<string, CompileResult>();

/** One level of the scope: the declared fields of an object or row, and what is filled in there. */
export interface ScopeLevel {
  readonly schema: FieldSchema;
  readonly data: JsonObject;
}

/** A keyword is FEEL when it is text that starts with `=`; everything else is a plain value. */
export function isExpression(keyword: unknown): keyword is string {
  return typeof keyword === 'string' && keyword.startsWith('=');
}

/** Compiles the FEEL of a keyword (`=...`), once per text. */
export function compileKeyword(text: string): CompileResult {
  const known = compiled.get(text);
  if (known) return known;
  const result = compileAttribute(text);
  if (compiled.size >= COMPILED_LIMIT) compiled.clear();
  compiled.set(text, result);
  return result;
}

export interface KeywordValue {
  readonly value: unknown;
  /** The expression reads a value that is stored encrypted, so its result says little. */
  readonly touchesSealed: boolean;
  /** Why no value can be given at all. */
  readonly failure?: string;
}

/** Evaluates a keyword in the scope row, form, process variables. Never throws. */
export function evaluateKeyword(keyword: unknown, levels: readonly ScopeLevel[], context: FormContext): KeywordValue {
  if (!isExpression(keyword)) return { value: keyword, touchesSealed: false };
  const result = compileKeyword(keyword);
  if (!result.ok) return failed(result.problems[0]?.message ?? 'The expression does not compile.');
  const scope = scopeOf(levels, context);
  const touchesSealed = result.expression.reads.some((path) => containsHandle(readPath(scope, path)));
  const evaluation: Evaluation = result.expression.evaluate(scope, context.evaluation);
  if (evaluation.failed) return { ...failed(evaluation.failed.message), touchesSealed };
  return { value: toJson(evaluation.value), touchesSealed };
}

function failed(failure: string): KeywordValue {
  return { value: null, touchesSealed: false, failure };
}

/** A declared field shadows what stands outside, also while it is empty: a hidden field never reads as an old variable. */
function scopeOf(levels: readonly ScopeLevel[], context: FormContext): FeelScope {
  const holder = (name: string) => levels.findLast((level) => Object.hasOwn(level.schema.properties ?? {}, name));
  const facts: Readonly<Record<string, unknown>> = { parameters: context.parameters, signedIn: context.signedIn };
  const outer = (name: string): unknown =>
    Object.hasOwn(context.variables, name) ? context.variables[name] : ownValue(facts, name);
  const get = (name: string): unknown => {
    const level = holder(name);
    if (!level) return outer(name);
    return ownValue(level.data, name) ?? untouchedValue(level.schema.properties?.[name]);
  };
  return { get, has: (name) => holder(name) !== undefined || outer(name) !== undefined };
}

/** A checkbox nobody touched is what its default says. */
function untouchedValue(schema: FieldSchema | undefined): unknown {
  return schema?.type === 'boolean' && typeof schema.default === 'boolean' ? schema.default : null;
}

function readPath(scope: FeelScope, path: string): unknown {
  const [first = '', ...rest] = path.split('.');
  return rest.reduce<unknown>(readMember, scope.get(first));
}

/** A member of a list means that member of each row, as in FEEL. */
function readMember(value: unknown, name: string): unknown {
  if (Array.isArray(value)) return value.map((row) => readMember(row, name));
  return isObject(value) ? ownValue(value, name) : undefined;
}
