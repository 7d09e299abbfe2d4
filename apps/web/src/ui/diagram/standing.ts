import type { Diagram } from '../../lib/api-types.js';
import { isInside, shapesOf, type Drawn, type Viewer } from './planes.js';

export type Canvas = {
  zoom: (level?: string | number, center?: 'auto') => number;
  addMarker: (id: string, marker: string) => void;
  scrollToElement: (element: Drawn) => void;
  findRoot: (element: Drawn) => Drawn;
  getRootElement: () => Drawn;
  setRootElement: (plane: Drawn) => void;
};
type Overlays = { add: (id: string, overlay: object) => void };
type Registry = { get: (id: string) => Drawn | undefined };

/** Below this zoom nobody can read the names of the steps. */
const READABLE_ZOOM = 0.7;

/** Marks where the case stands and has been; a collapsed sub-process tells what goes on inside. */
export function markStanding(viewer: Viewer, diagram: Diagram, words: { here: string; incident: string }): void {
  const canvas = viewer.get<Canvas>('canvas');
  const overlays = viewer.get<Overlays>('overlays');
  const shapes = (ids: string[]) => new Set(ids.flatMap((id) => shapesOf(viewer, id)));
  const token = (id: string, className: string, text: string) =>
    overlays.add(id, { position: { top: -14, left: 8 }, html: `<div class="ct-token ${className}">${text}</div>` });
  const incidents = shapes(diagram.incidents);
  for (const id of diagram.completed.filter((id) => shapesOf(viewer, id).length > 0))
    canvas.addMarker(id, 'ct-completed');
  for (const id of shapes(diagram.active)) {
    canvas.addMarker(id, 'ct-active');
    if (!incidents.has(id)) token(id, '', words.here);
  }
  for (const id of incidents) {
    canvas.addMarker(id, 'ct-incident');
    token(id, 'ct-token-incident', words.incident);
  }
}

/** The whole plane where it is readable so, else the part around where the case stands. */
export function showStanding(viewer: Viewer, diagram: Diagram, main: Drawn): void {
  const canvas = viewer.get<Canvas>('canvas');
  const here = standsAt(viewer, diagram);
  canvas.setRootElement(here ? canvas.findRoot(here) : main);
  const whole = canvas.zoom('fit-viewport', 'auto');
  if (whole >= READABLE_ZOOM || !here) return;
  canvas.zoom(READABLE_ZOOM);
  canvas.scrollToElement(here);
}

/** What is active and holds nothing else that is; on the main plane rather than on one further down. */
function standsAt(viewer: Viewer, { active }: Diagram): Drawn | undefined {
  const registry = viewer.get<Registry>('elementRegistry');
  const depth = (id: string) => shapesOf(viewer, id).length;
  const drawn = active.filter((id) => depth(id) > 0).map((id) => registry.get(id)!);
  const innermost = drawn.filter((outer) => !drawn.some((inner) => isInside(inner, outer)));
  return innermost.sort((one, other) => depth(one.id) - depth(other.id))[0];
}
