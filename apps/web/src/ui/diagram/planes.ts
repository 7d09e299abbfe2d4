/** What bpmn-js draws, as far as it matters on which plane. */
export type Drawn = { id: string; businessObject: { id?: string; $parent?: unknown } };
type Registry = { get: (id: string) => Drawn | undefined };
type Canvas = { findRoot: (element: Drawn) => Drawn | undefined };
export type Viewer = { get: <T>(name: string) => T };

/**
 * The shape of an element, and the collapsed shapes that stand for it on the planes above; none where it is not drawn
 * or is the plane itself, as a process without pools.
 * A plane of a sub-process is drawn under an id of its own, the collapsed shape that opens it under that of the element.
 */
export function shapesOf(viewer: Viewer, id: string): string[] {
  const shape = viewer.get<Registry>('elementRegistry').get(id);
  const plane = shape && viewer.get<Canvas>('canvas').findRoot(shape);
  if (!plane || plane === shape) return [];
  const opener = plane.businessObject.id;
  return opener === undefined || opener === plane.id ? [id] : [id, ...shapesOf(viewer, opener)];
}

export function isInside({ businessObject: inner }: Drawn, { businessObject: outer }: Drawn): boolean {
  for (let around = inner.$parent; around; around = (around as { $parent?: unknown }).$parent)
    if (around === outer) return true;
  return false;
}
