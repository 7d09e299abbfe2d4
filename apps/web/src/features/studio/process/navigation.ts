import type { Canvas, DiagramElement, ElementRegistry, EventBus, Modeler, Selection } from './bpmn-types.js';

const READABLE = 0.7;

/** Shows the whole diagram, or its beginning where the whole would be too small to read. */
export function fitDiagram(modeler: Modeler): void {
  const canvas = modeler.get<Canvas>('canvas');
  canvas.zoom('fit-viewport');
  const { scale, inner, outer } = canvas.viewbox() as ReturnType<Canvas['viewbox']> & {
    inner: { x: number; y: number; height: number };
  };
  if (scale >= READABLE) return;
  const size = { width: outer.width / READABLE, height: outer.height / READABLE };
  const y = inner.height < size.height ? inner.y - (size.height - inner.height) / 2 : inner.y - 20;
  canvas.viewbox({ x: inner.x - 80, y, ...size });
}

const AFTER_ITS_OWN_PLACING = 500;

/** A sub-process that is opened for the first time is shown as the diagram was; gives the way to end that. */
export function fitOpenedPlanes(modeler: Modeler): () => void {
  const bus = modeler.get<EventBus>('eventBus');
  const seen = new Set([modeler.get<Canvas>('canvas').getRootElement()]);
  const fit = ({ element }: { element?: DiagramElement }) => {
    if (!element || seen.has(element)) return;
    seen.add(element);
    fitDiagram(modeler);
  };
  bus.on('root.set', AFTER_ITS_OWN_PLACING, fit);
  return () => bus.off('root.set', fit);
}

/** Selects an element and brings it to the middle of the canvas, at a readable size. */
export function goToElement(modeler: Modeler, id: string): void {
  const element = modeler.get<ElementRegistry>('elementRegistry').get(id);
  if (!element) return;
  const canvas = modeler.get<Canvas>('canvas');
  const root = canvas.findRoot(element);
  if (root) canvas.setRootElement(root);
  if (element !== root) center(canvas, element);
  modeler.get<Selection>('selection').select(element);
}

function center(canvas: Canvas, element: DiagramElement): void {
  if (canvas.zoom() < READABLE) canvas.zoom(1);
  const { width, height } = canvas.viewbox();
  const middle = middleOf(element);
  canvas.viewbox({ x: middle.x - width / 2, y: middle.y - height / 2, width, height });
}

function middleOf(element: DiagramElement): { x: number; y: number } {
  const points = element.waypoints;
  if (points && points.length > 0) {
    const [first, last] = [points[0]!, points.at(-1)!];
    return { x: (first.x + last.x) / 2, y: (first.y + last.y) / 2 };
  }
  return { x: element.x + element.width / 2, y: element.y + element.height / 2 };
}
