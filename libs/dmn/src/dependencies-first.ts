/** Nodes in an order in which each stands behind all that it depends on, or a cycle that makes this impossible. */
export type DependencyOrder<T> = { readonly order: readonly T[] } | { readonly cycle: readonly T[] };

/** Orders all that can be reached from `starts`. Iterative, so that a long chain needs no stack. */
export function dependenciesFirst<T>(starts: Iterable<T>, next: (node: T) => readonly T[]): DependencyOrder<T> {
  const order = new Set<T>();
  const open = new Set<T>();
  const path: { readonly node: T; readonly rest: T[] }[] = [];
  const enter = (node: T): void => {
    open.add(node);
    path.push({ node, rest: [...next(node)].reverse() });
  };
  for (const start of starts) {
    if (!order.has(start)) enter(start);
    for (let top = path.at(-1); top; top = path.at(-1)) {
      const node = top.rest.pop();
      if (node === undefined) {
        path.pop();
        open.delete(top.node);
        order.add(top.node);
      } else if (open.has(node)) {
        return { cycle: [...path.slice(path.findIndex((each) => each.node === node)).map((each) => each.node), node] };
      } else if (!order.has(node)) enter(node);
    }
  }
  return { order: [...order] };
}

const SHOWN = 6;

/** A chain of names for a message, cut where it is long. */
export function chainText(names: readonly string[]): string {
  if (names.length <= SHOWN) return names.join(' -> ');
  return `${names.slice(0, SHOWN).join(' -> ')} -> … (${names.length - 1} in all)`;
}
