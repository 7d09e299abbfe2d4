import { compileExpression, type CompiledExpression } from '#feel';

/** The expression of a form keyword or setting that begins with `=`; undefined for plain values and for faulty FEEL. */
export function formExpression(keyword: unknown): CompiledExpression | undefined {
  if (typeof keyword !== 'string' || !keyword.startsWith('=')) return undefined;
  const result = compileExpression(keyword.slice(1));
  return result.ok ? result.expression : undefined;
}
