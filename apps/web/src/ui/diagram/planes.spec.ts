import { isInside, shapesOf, type Drawn, type Viewer } from './planes.js';

const process = { id: 'process' };
const outer = { id: 'outer', $parent: process };
const inner = { id: 'inner', $parent: outer };
const task = { id: 'task', $parent: inner };

/** A process in a pool; `outer` and, on its plane, `inner` are collapsed. */
const planeOf: Record<string, Drawn> = {
  collaboration: { id: 'collaboration', businessObject: { id: 'collaboration' } },
  outer: { id: 'collaboration', businessObject: { id: 'collaboration' } },
  inner: { id: 'outer_plane', businessObject: outer },
  task: { id: 'inner_plane', businessObject: inner },
};
const services: Record<string, unknown> = {
  elementRegistry: {
    get: (id: string) => (id === 'collaboration' ? planeOf[id] : planeOf[id] && { id, businessObject: { id } }),
  },
  canvas: { findRoot: ({ id }: Drawn) => planeOf[id] },
};
const viewer: Viewer = { get: <T>(name: string) => services[name] as T };

describe('what shows an element on the planes of a diagram', () => {
  it('is its own shape on the main plane', () => {
    expect(shapesOf(viewer, 'outer')).toEqual(['outer']);
  });

  it('is also each collapsed shape that leads to it', () => {
    expect(shapesOf(viewer, 'task')).toEqual(['task', 'inner', 'outer']);
  });

  it('is nothing for what is not drawn, and for the plane itself', () => {
    expect(shapesOf(viewer, 'process')).toEqual([]);
    expect(shapesOf(viewer, 'collaboration')).toEqual([]);
  });

  it('holds what is in it, however deep, and not itself', () => {
    const drawn = (businessObject: Drawn['businessObject']): Drawn => ({ id: 'shape', businessObject });

    expect(isInside(drawn(task), drawn(outer))).toBe(true);
    expect(isInside(drawn(outer), drawn(task))).toBe(false);
    expect(isInside(drawn(outer), drawn(outer))).toBe(false);
  });
});
