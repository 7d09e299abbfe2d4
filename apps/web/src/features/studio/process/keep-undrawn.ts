import type { ModdleElement } from './bpmn-types.js';

type Plane = { planeElement?: ModdleElement[] };
type Saving = { on: (event: 'saveXML.start', priority: number, listener: () => void) => void };
type Planes = { getRootElements: () => { di: Plane }[] };

/** The modeler orders the shapes of a plane by what it has drawn, at priority 2000, and forgets the others. */
const beforeOrdering = 2500;
const afterOrdering = 1500;

/**
 * Puts back what stands in the diagram and could not be drawn: of a process beside the pools, of a flow whose end has no
 * shape. What was deleted is not in the plane any more, or has no parent.
 */
export class UndrawnKeeper {
  static $inject = ['eventBus', 'canvas'];

  constructor(eventBus: Saving, canvas: Planes) {
    let before: (readonly [Plane, ModdleElement[]])[] = [];
    eventBus.on('saveXML.start', beforeOrdering, () => {
      before = canvas.getRootElements().map(({ di }) => [di, di.planeElement ?? []] as const);
    });
    eventBus.on('saveXML.start', afterOrdering, () => {
      for (const [plane, elements] of before) plane.planeElement = withUndrawn(plane.planeElement ?? [], elements);
    });
  }
}

function withUndrawn(drawn: ModdleElement[], before: ModdleElement[]): ModdleElement[] {
  const known = new Set(drawn);
  return [...drawn, ...before.filter((shape) => !known.has(shape) && isThere(shape.bpmnElement))];
}

const isThere = (element: unknown): boolean =>
  element === undefined || Boolean((element as { $parent?: unknown }).$parent);

export const keepUndrawnModule = {
  __init__: ['undrawnKeeper'],
  undrawnKeeper: ['type', UndrawnKeeper],
};
