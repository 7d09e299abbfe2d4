import type { Bounds, Point } from './bpmn-types.js';

/** Size of a new step and the clear length of flow kept on both sides of it, in diagram pixels. */
export const TASK = { width: 100, height: 80, gap: 40 };

type Segment = { axis: 'x' | 'y'; length: number; center: Point };
/** A line across a flow where space is added: all beyond `at` moves away; `length` is the room there already. */
export type Cut = { axis: 'x' | 'y'; at: number; center: Point; length: number };

/** The middle of the longest straight piece of a flow where a step fits without touching anything. */
export function freeSpotOn(waypoints: readonly Point[], obstacles: readonly Bounds[]): Point | undefined {
  return segmentsOf(waypoints)
    .filter(({ axis, length }) => length >= sizeAlong(axis) + 2 * TASK.gap)
    .map(({ center }) => center)
    .find((center) => !obstacles.some((obstacle) => touches(obstacle, center)));
}

/** Where to push the diagram apart: across the longest horizontal piece, else across the longest vertical one. */
export function widestCut(waypoints: readonly Point[]): Cut {
  const segments = segmentsOf(waypoints);
  const segment = segments.find(({ axis }) => axis === 'x') ?? segments[0];
  if (segment)
    return { axis: segment.axis, at: segment.center[segment.axis], center: segment.center, length: segment.length };
  const center = between(waypoints[0] ?? { x: 0, y: 0 }, waypoints.at(-1) ?? { x: 0, y: 0 });
  return { axis: 'x', at: center.x, center, length: 0 };
}

function segmentsOf(waypoints: readonly Point[]): Segment[] {
  const segments = waypoints.slice(1).flatMap((end, index) => segmentBetween(waypoints[index]!, end));
  return segments.sort((one, other) => other.length - one.length);
}

/** Slanted pieces give none: a step on them would bend the flow. */
function segmentBetween(start: Point, end: Point): Segment[] {
  const [dx, dy] = [Math.abs(end.x - start.x), Math.abs(end.y - start.y)];
  const center = between(start, end);
  if (dy <= 2 && dx > 2) return [{ axis: 'x', length: dx, center }];
  if (dx <= 2 && dy > 2) return [{ axis: 'y', length: dy, center }];
  return [];
}

function sizeAlong(axis: 'x' | 'y'): number {
  return axis === 'x' ? TASK.width : TASK.height;
}

function between(one: Point, other: Point): Point {
  return { x: Math.round((one.x + other.x) / 2), y: Math.round((one.y + other.y) / 2) };
}

function touches(obstacle: Bounds, center: Point): boolean {
  const margin = 10;
  return (
    Math.abs(center.x - (obstacle.x + obstacle.width / 2)) < (TASK.width + obstacle.width) / 2 + margin &&
    Math.abs(center.y - (obstacle.y + obstacle.height / 2)) < (TASK.height + obstacle.height) / 2 + margin
  );
}
