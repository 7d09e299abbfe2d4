/** A box in the units of the diagram. */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface Shape {
  readonly element: string;
  readonly kind: 'lane' | 'container' | 'box' | 'circle' | 'diamond';
  readonly box: Box;
}

export interface Edge {
  readonly element: string;
  readonly points: readonly Point[];
}

/** Words beside a shape or a flow, as bpmn-js writes them: centered in their box, 90 wide at most. */
export interface Label {
  readonly element: string;
  readonly text: string;
  readonly box: Box;
}

/** What is drawn on one plane: that of the process, or of a collapsed sub-process. */
export interface Drawing {
  /** The element whose plane it is. */
  readonly plane: string;
  readonly shapes: readonly Shape[];
  readonly edges: readonly Edge[];
  readonly labels: readonly Label[];
}

const PLANE = /<bpmndi:BPMNPlane ([^>]*)>(.*?)<\/bpmndi:BPMNPlane>/gs;
const SHAPE = /<bpmndi:BPMNShape ([^>]*?)(?:\/>|>(.*?)<\/bpmndi:BPMNShape>)/gs;
const EDGE = /<bpmndi:BPMNEdge ([^>]*)>(.*?)<\/bpmndi:BPMNEdge>/gs;
const BOUNDS = /<dc:Bounds ([^>]*)\/>/;
const LABEL = /<bpmndi:BPMNLabel>(.*?)<\/bpmndi:BPMNLabel>/s;
const LINE_HEIGHT = 13;
const LINE_WIDTH = 90;

/** Reads what a BPMN file draws, plane by plane. */
export function drawingsOf(xml: string): readonly Drawing[] {
  const named = namesIn(xml);
  return [...xml.matchAll(PLANE)].map(([, attributes = '', content = '']) =>
    drawingOf(attribute(attributes, 'bpmnElement'), { content, named }),
  );
}

/** Around all that is drawn. */
export function extentOf({ shapes, edges }: Drawing): Pick<Box, 'width' | 'height'> {
  const corners = shapes.flatMap(({ box: { x, y, width, height } }) => [
    { x, y },
    { x: x + width, y: y + height },
  ]);
  const points = [...corners, ...edges.flatMap((edge) => edge.points)];
  const size = (places: readonly number[]) => Math.max(...places) - Math.min(...places);
  return { width: size(points.map(({ x }) => x)), height: size(points.map(({ y }) => y)) };
}

type Named = ReadonlyMap<string, { readonly tag: string; readonly name: string }>;

function drawingOf(plane: string, { content: drawn, named }: { content: string; named: Named }): Drawing {
  const shapes: Shape[] = [];
  const edges: Edge[] = [];
  const labels: Label[] = [];
  for (const [, attributes = '', content = ''] of drawn.matchAll(SHAPE)) {
    const element = attribute(attributes, 'bpmnElement');
    const { tag = '', name = '' } = named.get(element) ?? {};
    const box = boxIn(content.replace(LABEL, ''));
    if (!box) continue;
    shapes.push({ element, kind: kindOf(tag, attribute(attributes, 'isExpanded') === 'true'), box });
    labels.push(...labelIn(content, { element, text: name }));
  }
  for (const [, attributes = '', content = ''] of drawn.matchAll(EDGE)) {
    const element = attribute(attributes, 'bpmnElement');
    const points = [...content.matchAll(/<di:waypoint ([^>]*)\/>/g)].map(([, at = '']) => pointOf(at));
    edges.push({ element, points });
    labels.push(...labelIn(content, { element, text: named.get(element)?.name ?? '' }));
  }
  return { plane, shapes, edges, labels };
}

/** What a file has to draw. */
export const stepsAndFlowsIn = (xml: string): readonly string[] =>
  [...namesIn(xml)]
    .filter(([, { tag }]) => /^(sequenceFlow|callActivity|subProcess)$|(Task|task|Event|Gateway)$/.test(tag))
    .map(([id]) => id);

function namesIn(xml: string): Named {
  const found = [...xml.matchAll(/<bpmn:(\w+) ([^>]*\bid="[^>]*)>/g)];
  return new Map(
    found.map(([, tag = '', attributes = '']) => [
      attribute(attributes, 'id'),
      { tag, name: attribute(attributes, 'name') },
    ]),
  );
}

function kindOf(tag: string, isExpanded: boolean): Shape['kind'] {
  if (tag === 'lane' || tag === 'participant') return 'lane';
  if (tag === 'group' || (/^(subProcess|adHocSubProcess|transaction)$/.test(tag) && isExpanded)) return 'container';
  if (tag.endsWith('Event')) return 'circle';
  return tag.endsWith('Gateway') ? 'diamond' : 'box';
}

function labelIn(content: string, { element, text }: { element: string; text: string }): Label[] {
  const box = boxIn(LABEL.exec(content)?.[1] ?? '');
  if (!box || text === '') return [];
  const length = widthOf(text);
  const lines = Math.ceil(length / LINE_WIDTH);
  const width = Math.min(length, LINE_WIDTH);
  const x = box.x + box.width / 2 - width / 2;
  return [{ element, text, box: { x, y: box.y, width, height: lines * LINE_HEIGHT } }];
}

/** Chinese letters are as wide as they are high: 11. */
const widthOf = (text: string): number =>
  [...text].reduce((sum, letter) => sum + ((letter.codePointAt(0) ?? 0) > 0x2e80 ? 11 : 6.5), 0);

function boxIn(content: string): Box | undefined {
  const attributes = BOUNDS.exec(content)?.[1];
  if (attributes === undefined) return undefined;
  const [width, height] = [Number(attribute(attributes, 'width')), Number(attribute(attributes, 'height'))];
  return { ...pointOf(attributes), width, height };
}

const pointOf = (attributes: string): Point => ({
  x: Number(attribute(attributes, 'x')),
  y: Number(attribute(attributes, 'y')),
});

const attribute = (attributes: string, name: string): string =>
  new RegExp(`\\b${name}="([^"]*)"`).exec(attributes)?.[1] ?? '';
