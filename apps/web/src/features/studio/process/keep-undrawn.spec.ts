import type { ModdleElement } from './bpmn-types.js';
import { UndrawnKeeper } from './keep-undrawn.js';

const shape = (id: string, bpmnElement?: object): ModdleElement =>
  ({ $type: 'bpmndi:BPMNShape', id, bpmnElement }) as ModdleElement;
const held = { $parent: {} };

/** Saves as the modeler does: its own ordering at 2000 leaves what it has drawn. */
function saved(inFile: ModdleElement[], drawn: ModdleElement[]): (string | undefined)[] {
  const listeners: [number, () => void][] = [];
  const plane: { planeElement?: ModdleElement[] } = { planeElement: inFile };
  const on = (_event: string, priority: number, listener: () => void) => void listeners.push([priority, listener]);
  new UndrawnKeeper({ on }, { getRootElements: () => [{ di: plane }] });
  on('saveXML.start', 2000, () => (plane.planeElement = drawn));

  for (const [, listener] of listeners.toSorted(([one], [other]) => other - one)) listener();

  return (plane.planeElement ?? []).map(({ id }) => id);
}

describe('a diagram that is saved', () => {
  it('keeps the shapes that could not be drawn', () => {
    const [drawn, undrawn] = [shape('drawn', held), shape('undrawn', held)];

    expect(saved([undrawn, drawn], [drawn])).toEqual(['drawn', 'undrawn']);
  });

  it('has what was drawn since, once', () => {
    const [drawn, made] = [shape('drawn', held), shape('made', held)];

    expect(saved([drawn], [drawn, made])).toEqual(['drawn', 'made']);
  });

  it('lacks the shape of an element that was deleted', () => {
    const gone = shape('gone', { $parent: undefined });

    expect(saved([gone], [])).toEqual([]);
  });
});
