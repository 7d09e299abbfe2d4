import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { drawingOf } from './diagram.js';
import { faultsOf } from './legibility.js';

const files = readdirSync('workflows', { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('.bpmn'));

describe('diagrams of the configuration', () => {
  it.each(files)('%s has no words that something lies on, and no flow through a shape', (path) => {
    const drawing = drawingOf(readFileSync(join('workflows', path), 'utf8'));

    expect(drawing.shapes.length).toBeGreaterThan(2);
    expect(faultsOf(drawing)).toEqual([]);
  });
});
