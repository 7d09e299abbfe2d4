import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { drawingsOf } from './diagram.js';
import { faultsOf } from './legibility.js';

const xml = readFileSync('test/browser/planes.bpmn', 'utf8');

describe('what a file draws', () => {
  it('is read plane by plane', () => {
    const drawings = drawingsOf(xml);

    expect(drawings.map(({ plane }) => plane)).toEqual(['planes', 'survey', 'reminder']);
    expect(drawings.map(({ shapes }) => shapes.length)).toEqual([4, 3, 4]);
  });

  it('is judged on each plane alone: what has the same place on another is not in the way', () => {
    expect(drawingsOf(xml).map(faultsOf)).toEqual([[], [], []]);
  });

  it('has the fault of an inner plane', () => {
    const crossed = xml.replace('<di:waypoint x="280" y="200" />', '<di:waypoint x="380" y="120" />');

    expect(drawingsOf(crossed).map(faultsOf)).toEqual([[], [], ['flow toUrged goes through nothing']]);
  });

  it('has a collapsed sub-process as a box on the plane above', () => {
    const [main] = drawingsOf(xml);

    expect(main?.shapes.find(({ element }) => element === 'survey')?.kind).toBe('box');
  });
});
