/** The places where a process can die between doing and having done (ADR 17). */
export const edges = [
  'beforeBegin',
  'afterBegin',
  'betweenStatements',
  'beforeCommit',
  'afterCommit',
  'beforeReply',
  'beforeJobAcknowledgment',
  'afterJobAcknowledgment',
  'beforeDelivery',
  'beforeDeliveryAcknowledgment',
  'afterDeliveryAcknowledgment',
  'inMigration',
  'inDeployment',
] as const;

export type Edge = (typeof edges)[number];

let observer: ((edge: Edge) => void) | undefined;

/** Listens to every edge that this process passes. Nothing in the product does: it is there for tests that kill the process. */
export function observeEdges(listener: ((edge: Edge) => void) | undefined): void {
  observer = listener;
}

/** Says that the process is at an edge. */
export function passEdge(edge: Edge): void {
  observer?.(edge);
}
