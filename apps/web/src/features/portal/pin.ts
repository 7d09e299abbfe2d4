import type { FormData } from '../../lib/api-types.js';

/**
 * Whether the person chooses a PIN with this report. Understands `=field` and `=not(field)`; anything richer is asked
 * of everyone, since a PIN too many does no harm.
 */
export function asksForPin(rule: string | undefined, data: FormData): boolean {
  if (!rule) return false;
  const text = rule.replace(/^=\s*/, '').trim();
  if (text === 'true' || text === 'false') return text === 'true';
  const match = /^(not\()?([\p{L}_][\p{L}\p{N}_]*)(?:\s*=\s*true)?\)?$/u.exec(text);
  if (!match) return true;
  const value = data[match[2] ?? ''] === true;
  return match[1] ? !value : value;
}

export function isPin(text: string): boolean {
  return /^\d{6}$/.test(text);
}
