import type { Problem } from '../api.js';
import { shapesOf } from '../../../ui/diagram/planes.js';
import type { Canvas, ElementRegistry, Modeler, Overlays } from './bpmn-types.js';

const MARK = 'studio-problem';

/** Outlines the elements with problems, also the collapsed shapes around them, and pins a badge with the sentence on each; gives the way to take it off. */
export function markProblems(modeler: Modeler, problems: readonly Problem[], textOf: (problem: Problem) => string) {
  const canvas = modeler.get<Canvas>('canvas');
  const overlays = modeler.get<Overlays>('overlays');
  const registry = modeler.get<ElementRegistry>('elementRegistry');
  const marked: [string, string][] = [];
  for (const [id, own] of problemsByShape(modeler, problems)) {
    const marker = `ct-problem-${worst(own)}`;
    canvas.addMarker(id, marker);
    marked.push([id, marker]);
    overlays.add(id, MARK, { position: { top: -12, right: 12 }, html: badge(own.map(textOf), marker) });
  }
  return () => {
    overlays.remove({ type: MARK });
    for (const [id, marker] of marked) if (registry.get(id)) canvas.removeMarker(id, marker);
  };
}

function worst(problems: readonly Problem[]): Problem['severity'] {
  const severities = new Set(problems.map(({ severity }) => severity));
  if (severities.has('error')) return 'error';
  return severities.has('warning') ? 'warning' : 'information';
}

function problemsByShape(modeler: Modeler, problems: readonly Problem[]): Map<string, Problem[]> {
  const byShape = new Map<string, Problem[]>();
  for (const problem of problems)
    for (const id of shapesOf(modeler, problem.elementId ?? '')) byShape.set(id, [...(byShape.get(id) ?? []), problem]);
  return byShape;
}

function badge(sentences: string[], marker: string): HTMLElement {
  const element = document.createElement('div');
  element.className = `ct-problem-badge ${marker}`;
  element.textContent = sentences.length > 1 ? String(sentences.length) : '!';
  element.title = sentences.join('\n');
  element.setAttribute('role', 'img');
  element.setAttribute('aria-label', sentences.join(';'));
  return element;
}
