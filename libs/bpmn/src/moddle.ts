import { BpmnModdle } from 'bpmn-moddle';
import zeebe from 'zeebe-bpmn-moddle/resources/zeebe.json' with { type: 'json' };

/** An element of the tree that bpmn-moddle reads; references are resolved to elements. */
export interface ModdleElement {
  readonly $type: string;
  readonly $attrs?: Readonly<Record<string, string>>;
  readonly $parent?: ModdleElement;
  readonly id?: string;
  readonly name?: string;
  readonly [property: string]: unknown;
}

export interface ModdleWarning {
  readonly message: string;
  readonly element?: ModdleElement;
  readonly property?: string;
  readonly value?: string;
}

export interface ModdleTree {
  readonly rootElement: ModdleElement;
  readonly warnings: readonly ModdleWarning[];
}

/** Reads BPMN XML with the `zeebe` extension namespace. Rejects where the text is not XML at all. */
export async function readModdle(xml: string): Promise<ModdleTree> {
  return (await new BpmnModdle({ zeebe }).fromXML(withoutEncoding(xml))) as ModdleTree;
}

/** The text is decoded already; a declared encoding only matters where a letter beyond ASCII may have been decoded wrongly. */
function withoutEncoding(xml: string): string {
  return /\P{ASCII}/u.test(xml) ? xml : xml.replace(/^(<\?xml[^>]*?)\s+encoding=(["'])[^"']*\2/, '$1');
}

export function childrenOf(element: ModdleElement, property: string): readonly ModdleElement[] {
  const value = element[property];
  return Array.isArray(value) ? (value as ModdleElement[]) : [];
}

export function childOf(element: ModdleElement, property: string): ModdleElement | undefined {
  const value = element[property];
  return value !== null && typeof value === 'object' ? (value as ModdleElement) : undefined;
}

/** The text of a property, trimmed; an empty text counts as absent. */
export function textOf(element: ModdleElement | undefined, property: string): string | undefined {
  const value = element?.[property];
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined;
}

export function extensionsOf(element: ModdleElement): readonly ModdleElement[] {
  const extensionElements = childOf(element, 'extensionElements');
  return extensionElements ? childrenOf(extensionElements, 'values') : [];
}

export function extensionOf(element: ModdleElement, type: string): ModdleElement | undefined {
  return extensionsOf(element).find((extension) => extension.$type === type);
}
