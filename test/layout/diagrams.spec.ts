import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { drawingsOf } from './diagram.js';
import { faultsOf } from './legibility.js';

const files = readdirSync('workflows', { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('.bpmn'));
const drawingsIn = (path: string) => drawingsOf(readFileSync(join('workflows', path), 'utf8'));

describe('diagrams of the configuration', () => {
  it.each(files)('%s has no words that something lies on, and no flow through a shape', (path) => {
    const drawings = drawingsIn(path);

    expect(drawings.map(({ shapes }) => shapes.length > 1)).not.toContain(false);
    expect(drawings.flatMap(faultsOf)).toEqual([]);
  });
});
