import type { Box, Drawing, Edge, Label, Point, Shape } from './diagram.js';

/** What may touch without being hard to read. */
const SLACK = 1;
/** A flow this close along the border of a lane is taken for the border. */
const NEAR = 3;

/** What is hard to read in a diagram, one sentence each. */
export function faultsOf(drawing: Drawing): readonly string[] {
  return [
    ...drawing.labels.flatMap((label) => labelFaults(label, drawing)),
    ...drawing.edges.flatMap((edge) => edgeFaults(edge, drawing)),
  ];
}

export function labelFaults(label: Label, { shapes, edges, labels }: Drawing): readonly string[] {
  const box = shrunk(label.box);
  const say = (what: string) => `“${label.text}” (${label.element}) ${what}`;
  const faults: string[] = [];
  for (const { kind, box: other, element } of shapes) {
    if (liesOn(box, { kind, box: other })) faults.push(say(`lies on ${kind} ${element}`));
  }
  for (const { element, points } of edges)
    if (segmentsOf(points).some((segment) => crosses(segment, box))) faults.push(say(`is crossed by flow ${element}`));
  for (const other of labels)
    if (other.element > label.element && overlap(box, shrunk(other.box))) faults.push(say(`lies on “${other.text}”`));
  return faults;
}

function edgeFaults({ element, points }: Edge, { shapes }: Drawing): readonly string[] {
  const segments = segmentsOf(points);
  const ends = [points[0], points.at(-1)].filter((point) => point !== undefined);
  const isEnd = ({ box }: Shape) => ends.some((end) => overlap(grown(box), { ...end, width: 0, height: 0 }));
  const through = shapes.filter(
    (shape) => shape.kind !== 'lane' && !isEnd(shape) && segments.some((one) => crosses(one, shrunk(shape.box))),
  );
  const lanes = shapes.filter(({ kind }) => kind === 'lane');
  const along = lanes.filter(({ box }) =>
    bordersOf(box).some((border) => segments.some((one) => runsAlong(one, border))),
  );
  return [
    ...through.map((shape) => `flow ${element} goes through ${shape.element}`),
    ...along.map((lane) => `flow ${element} runs along the border of ${lane.element}`),
  ];
}

/** Others lie inside it. */
const isOpen = ({ kind }: Pick<Shape, 'kind'>): boolean => kind === 'lane' || kind === 'container';

function liesOn(label: Box, shape: Pick<Shape, 'kind' | 'box'>): boolean {
  const { kind, box } = shape;
  if (isOpen(shape)) return bordersOf(box).some((border) => crosses(border, label));
  if (kind === 'box') return overlap(label, box);
  const across = distance(box.x + box.width / 2, [label.x, label.x + label.width]) / (box.width / 2);
  const down = distance(box.y + box.height / 2, [label.y, label.y + label.height]) / (box.height / 2);
  return kind === 'circle' ? Math.hypot(across, down) < 1 : across + down < 1;
}

/** How far a place is from a stretch; 0 inside. */
const distance = (place: number, [from, to]: readonly [number, number]): number =>
  Math.max(from - place, place - to, 0);

type Segment = readonly [Point, Point];

const segmentsOf = (points: readonly Point[]): readonly Segment[] =>
  points.slice(1).map((point, index) => [points[index] ?? point, point]);

function bordersOf({ x, y, width, height }: Box): readonly Segment[] {
  const [left, right, top, bottom] = [x, x + width, y, y + height];
  const corners = [
    { x: left, y: top },
    { x: right, y: top },
    { x: right, y: bottom },
    { x: left, y: bottom },
    { x: left, y: top },
  ];
  return segmentsOf(corners);
}

const shrunk = ({ x, y, width, height }: Box): Box => ({
  x: x + SLACK,
  y: y + SLACK,
  width: width - 2 * SLACK,
  height: height - 2 * SLACK,
});

const grown = ({ x, y, width, height }: Box): Box => ({ x: x - 2, y: y - 2, width: width + 4, height: height + 4 });

const overlap = (one: Box, other: Box): boolean =>
  one.x < other.x + other.width &&
  other.x < one.x + one.width &&
  one.y < other.y + other.height &&
  other.y < one.y + one.height;

/** Clips the segment at the box. Source: Liang and Barsky, 1984. */
function crosses([from, to]: Segment, { x, y, width, height }: Box): boolean {
  const [dx, dy] = [to.x - from.x, to.y - from.y];
  const bounds = [
    [-dx, from.x - x],
    [dx, x + width - from.x],
    [-dy, from.y - y],
    [dy, y + height - from.y],
  ] as const;
  let [enter, leave] = [0, 1];
  for (const [slope, gap] of bounds) {
    if (slope === 0 && gap < 0) return false;
    if (slope < 0) enter = Math.max(enter, gap / slope);
    if (slope > 0) leave = Math.min(leave, gap / slope);
  }
  return enter < leave;
}

function runsAlong([from, to]: Segment, [start, end]: Segment): boolean {
  const isFlat = from.y === to.y && start.y === end.y && Math.abs(from.y - start.y) <= NEAR;
  const isSteep = from.x === to.x && start.x === end.x && Math.abs(from.x - start.x) <= NEAR;
  return (
    (isFlat && shared([from.x, to.x], [start.x, end.x]) > 0) ||
    (isSteep && shared([from.y, to.y], [start.y, end.y]) > 0)
  );
}

const shared = (one: readonly number[], other: readonly number[]): number =>
  Math.min(Math.max(...one), Math.max(...other)) - Math.max(Math.min(...one), Math.min(...other));
