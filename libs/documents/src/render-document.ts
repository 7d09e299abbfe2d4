import type { CompiledTemplate } from './compile-template.js';
import { handlesIn, placeholderOf, withoutBrackets } from './handles.js';
import type { HandleToken } from './handles.js';
import { helpersFor } from './helpers.js';
import type { DocumentServices } from './helpers.js';
import { DocumentTooLarge, expectLength, expectTime, newBudget } from './render-budget.js';
import type { RenderBudget } from './render-budget.js';

const MAX_DEPTH = 40;

export interface RenderServices extends DocumentServices {
  /** Mark of a handle's placeholder, letters and digits; keyed by document, or empty when absent. */
  readonly token?: HandleToken;
  /** Milliseconds of a clock that only goes forward; default: that of the computer. */
  readonly clock?: () => number;
}

export interface RenderedDocument {
  /** Escaped HTML with placeholders where protected values belong; see `resolveHandles`. */
  readonly html: string;
  /** Sealed keys of the placeholders in it. */
  readonly handles: readonly string[];
}

/**
 * Renders a template over the open variables. A variable that the template reads and the process does not have prints
 * as nothing. Throws `DocumentTooLarge` with the line of the template when a limit of size or time is passed, any other
 * `Error` with the template's id.
 */
export function renderDocument(
  template: CompiledTemplate,
  context: Readonly<Record<string, unknown>>,
  services: RenderServices,
): RenderedDocument {
  const budget = newBudget(services.clock ?? (() => performance.now()));
  try {
    const values = plainCopy(context, services.token ?? (() => ''), 0) as Record<string, unknown>;
    for (const { path } of template.names.reads) fillMissing(budget, values, path);
    const html = template.render(values, { helpers: helpersFor(services, budget) });
    expectLength({ ...budget, line: undefined }, html);
    return { html, handles: handlesIn(html) };
  } catch (cause) {
    if (cause instanceof DocumentTooLarge) throw cause;
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new Error(`Document ${template.id} cannot be rendered: ${why}`, { cause });
  }
}

/** Own values only, without functions or prototypes; handles become placeholders. */
function plainCopy(value: unknown, token: HandleToken, depth: number): unknown {
  if (typeof value === 'string') return withoutBrackets(value);
  if (typeof value === 'number' || typeof value === 'boolean') return value;
  if (typeof value !== 'object' || value === null || depth > MAX_DEPTH) return null;
  if (Array.isArray(value)) return value.map((row: unknown) => plainCopy(row, token, depth + 1));
  const sealedKey = sealedKeyOf(value);
  if (sealedKey !== undefined) return placeholderOf(sealedKey, token);
  const entries = Object.entries(value).map(([name, member]) => [name, plainCopy(member, token, depth + 1)] as const);
  return Object.fromEntries(entries);
}

function sealedKeyOf(value: object): string | undefined {
  const key = Object.hasOwn(value, '$sealed') ? (value as { $sealed: unknown }).$sealed : undefined;
  return typeof key === 'string' && /^\d{1,20}$/.test(key) ? key : undefined;
}

/** Strict mode refuses names that do not exist; one that merely was not filled in is null, a group of such is empty. */
function fillMissing(budget: RenderBudget, value: unknown, path: readonly string[]): void {
  const [name, ...rest] = path;
  if (name === undefined || typeof value !== 'object' || value === null) return;
  expectTime(budget);
  if (Array.isArray(value)) return value.forEach((row) => fillMissing(budget, row, path));
  const members = value as Record<string, unknown>;
  const member = Object.hasOwn(members, name) ? members[name] : null;
  if (member === null) define(members, name, rest.length > 0 ? {} : null);
  fillMissing(budget, members[name], rest);
}

function define(members: Record<string, unknown>, name: string, value: unknown): void {
  Object.defineProperty(members, name, { value, enumerable: true, writable: true, configurable: true });
}
