import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { drawingsOf, extentOf, stepsAndFlowsIn } from './diagram.js';
import { faultsOf } from './legibility.js';

const files = readdirSync('workflows', { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('.bpmn'));
const drawingsIn = (path: string) => drawingsOf(readFileSync(join('workflows', path), 'utf8'));

/** Beyond this a diagram cannot be read on one screen; a sub-process can be collapsed and have a plane of its own. */
const LARGEST = { width: 2600, height: 1450 };

describe('diagrams of the configuration', () => {
  it.each(files)('%s has no words that something lies on, and no flow through a shape', (path) => {
    const drawings = drawingsIn(path);

    expect(drawings.length).toBeGreaterThan(0);
    expect(drawings.flatMap(faultsOf)).toEqual([]);
  });

  it.each(files)('%s fits a screen, plane by plane', (path) => {
    const sizes = drawingsIn(path).map((drawing) => ({ plane: drawing.plane, ...extentOf(drawing) }));

    expect(sizes.filter(({ width, height }) => width > LARGEST.width || height > LARGEST.height)).toEqual([]);
  });

  it.each(files)('%s shows each step and each flow once', (path) => {
    const drawn = drawingsIn(path).flatMap(({ shapes, edges }) => [...shapes, ...edges].map(({ element }) => element));
    const expected = stepsAndFlowsIn(readFileSync(join('workflows', path), 'utf8'));

    expect(expected.length).toBeGreaterThan(0);
    expect(drawn.filter((element) => expected.includes(element)).toSorted()).toEqual(expected.toSorted());
  });
});
