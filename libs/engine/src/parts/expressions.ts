import { toJson, type CompiledExpression, type FeelScope } from '#feel';
import type { IncidentErrorType } from '../events.js';
import type { Execution } from './execution.js';
import { failure, success, type Result } from './result.js';

/** Evaluates to a JSON value; a FEEL null is a value, a used-up budget is a problem. */
export function evaluate(execution: Execution, scope: FeelScope, expression: CompiledExpression): Result<unknown> {
  const { value, failed } = expression.evaluate(scope, execution.evaluation);
  if (failed)
    return failure(
      'EXTRACT_VALUE_ERROR',
      `Expected to evaluate "${expression.source}" but it failed: ${failed.message}`,
    );
  return success(toJson(value) ?? null);
}

/** A condition: anything but true and false is a problem, never "false". */
export function evaluateBoolean(
  execution: Execution,
  scope: FeelScope,
  expression: CompiledExpression,
): Result<boolean> {
  const { value, warnings, failed } = expression.evaluate(scope, execution.evaluation);
  if (typeof value === 'boolean' && !failed) return success(value);
  const why = failed ?? warnings[0];
  return mismatch('CONDITION_ERROR', expression, 'a boolean', value, why?.message);
}

export function evaluateText(execution: Execution, scope: FeelScope, expression: CompiledExpression): Result<string> {
  const result = evaluate(execution, scope, expression);
  if (!result.ok) return result;
  if (typeof result.value === 'string') return success(result.value);
  return mismatch('EXTRACT_VALUE_ERROR', expression, 'a text', result.value);
}

/** A correlation key: a text or a number. */
export function evaluateCorrelationKey(
  execution: Execution,
  scope: FeelScope,
  expression: CompiledExpression,
): Result<string> {
  const result = evaluate(execution, scope, expression);
  if (!result.ok) return result;
  if (typeof result.value === 'string' || typeof result.value === 'number') return success(String(result.value));
  return mismatch('EXTRACT_VALUE_ERROR', expression, 'a text or a number', result.value);
}

export function evaluateInteger(
  execution: Execution,
  scope: FeelScope,
  expression: CompiledExpression,
): Result<number> {
  const result = evaluate(execution, scope, expression);
  if (!result.ok) return result;
  const number = typeof result.value === 'string' && result.value.trim() !== '' ? Number(result.value) : result.value;
  if (typeof number === 'number' && Number.isInteger(number)) return success(number);
  return mismatch('EXTRACT_VALUE_ERROR', expression, 'an integer', result.value);
}

export function evaluateList(
  execution: Execution,
  scope: FeelScope,
  expression: CompiledExpression,
): Result<readonly unknown[]> {
  const result = evaluate(execution, scope, expression);
  if (!result.ok) return result;
  if (Array.isArray(result.value)) return success(result.value);
  return mismatch('EXTRACT_VALUE_ERROR', expression, 'a list', result.value);
}

/** A list of texts, or one text with commas between them; null is no text. */
export function evaluateTexts(
  execution: Execution,
  scope: FeelScope,
  expression: CompiledExpression,
): Result<readonly string[]> {
  const result = evaluate(execution, scope, expression);
  if (!result.ok) return result;
  const { value } = result;
  if (value === null) return success([]);
  if (typeof value === 'string')
    return success(
      value
        .split(',')
        .map((text) => text.trim())
        .filter((text) => text !== ''),
    );
  if (Array.isArray(value) && value.every((text): text is string => typeof text === 'string')) return success(value);
  return mismatch('EXTRACT_VALUE_ERROR', expression, 'a list of texts', value);
}

export function mismatch(
  errorType: IncidentErrorType,
  expression: CompiledExpression,
  wanted: string,
  found: unknown,
  why?: string,
) {
  const shown = found === undefined ? 'null' : JSON.stringify(toJson(found))?.slice(0, 200);
  return failure(
    errorType,
    `Expected "${expression.source}" to be ${wanted} but it is ${shown}.${why === undefined ? '' : ` ${why}`}`,
  );
}
