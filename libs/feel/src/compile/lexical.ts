import type { CompileOptions } from '../types.js';

/** Names that the compiler knows at a place, and the free names it met. */
export interface LexicalScope {
  /** `names`: local names by slot. `filter`: slot 0 is the item, whose entries hide outer names. */
  readonly kind: 'names' | 'filter';
  readonly names: readonly string[];
  readonly up: LexicalScope | undefined;
}

export interface CompileState {
  readonly reads: Set<string>;
  /** Names that the caller declared: they hide built-in functions. */
  readonly declared: ReadonlySet<string>;
  readonly scope: LexicalScope | undefined;
  /** Types of the host, by name. */
  readonly types: NonNullable<CompileOptions['types']>;
}

export function enterScope(
  state: CompileState,
  names: readonly string[],
  kind: LexicalScope['kind'] = 'names',
): CompileState {
  return { ...state, scope: { kind, names, up: state.scope } };
}

/** Where a name may be found, from the inside out. */
export interface Resolution {
  /** How many scopes up each filter stands that may hide the name. */
  readonly filters: readonly number[];
  /** The local slot, if the name is local. */
  /** True for `item` of a filter. */
  readonly isItem?: boolean;
  readonly local?: { readonly depth: number; readonly slot: number };
}

export function resolve(state: CompileState, name: string): Resolution {
  const filters: number[] = [];
  let depth = 0;
  for (let scope = state.scope; scope !== undefined; scope = scope.up, depth++) {
    const slot = scope.names.lastIndexOf(name);
    if (slot >= 0) return { filters, local: { depth, slot }, isItem: scope.kind === 'filter' };
    if (scope.kind === 'filter') filters.push(depth);
  }
  return { filters };
}
