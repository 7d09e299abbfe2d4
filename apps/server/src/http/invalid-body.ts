import type { ValidationError } from '@nestjs/common';
import { Refusal } from '../problems/refusal.js';

/** The refusal of a body that does not fit its DTO: every fault with the path of its field. */
export function invalidBody(errors: ValidationError[]): Refusal {
  const fields = errors.flatMap((error) => fieldsOf(error, ''));
  const text = fields.map(({ path, message }) => `${path}: ${message}`).join('; ');
  return new Refusal('invalidArgument', `Expected a body that fits the schema but found: ${text}.`, { fields });
}

function fieldsOf(error: ValidationError, above: string): { path: string; message: string }[] {
  const path = `${above}/${error.property}`;
  const own = Object.entries(error.constraints ?? {}).map(([rule, message]) => ({
    path,
    message: rule === 'whitelistValidation' ? 'expected no such field' : message,
  }));
  return [...own, ...(error.children ?? []).flatMap((child) => fieldsOf(child, path))];
}
