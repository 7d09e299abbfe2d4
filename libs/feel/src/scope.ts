import type { FeelScope } from './types.js';

/** A scope over plain variables; names not found there are looked up in `parent`. Only own entries are seen. */
export function scopeOf(variables: Readonly<Record<string, unknown>>, parent?: FeelScope): FeelScope {
  return {
    get: (name) => (Object.hasOwn(variables, name) ? variables[name] : parent?.get(name)),
    has: (name) => Object.hasOwn(variables, name) || (parent?.has(name) ?? false),
  };
}
