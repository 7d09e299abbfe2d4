import { BpmnModdle } from 'bpmn-moddle';
import zeebe from 'zeebe-bpmn-moddle/resources/zeebe.json' with { type: 'json' };
import { keepWholeStandard } from './whole-standard.js';

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
  /** Of content that could not be read. */
  readonly error?: Error;
}

export interface ModdleTree {
  readonly rootElement: ModdleElement;
  readonly warnings: readonly ModdleWarning[];
}

/** Reads BPMN XML with the `zeebe` extension namespace. Rejects where the text is not XML at all, or with `TooManyFaults`. */
export async function readModdle(xml: string): Promise<ModdleTree> {
  reader ??= newModdle();
  return (await reader.fromXML(withoutEncoding(xml), { handler: stoppingHandler(xml) })) as ModdleTree;
}

/** What it knows of types it builds as it meets them, and it keeps nothing of a file: one reads all files. */
let reader: BpmnModdle | undefined;

/** More content than is worth listing is unreadable; `warnings` are those that were found before reading stopped. */
export class TooManyFaults extends Error {
  constructor(readonly warnings: readonly ModdleWarning[]) {
    super('too many faults');
  }
}

/** At most this many pieces of unreadable content are listed. */
const maxFaults = 200;
/** The library counts the lines before each piece anew, so that reading stops after so many lines counted. */
const maxLinesCounted = 200_000;

/** Parts of the reader of moddle-xml: whoever starts to read, and what is collected. */
interface RootHandler {
  context?: { readonly warnings: readonly ModdleWarning[]; addWarning: (warning: ModdleWarning) => void };
}
interface Reader {
  handler(this: Reader, type: string): RootHandler;
}

/** Takes the place of the reader's own way to start, so that reading ends where the faults are too many. */
function stoppingHandler(xml: string): Reader['handler'] {
  const lines = xml.split('\n').length;
  const most = Math.max(1, Math.min(maxFaults, Math.floor(maxLinesCounted / lines)));
  return function (type) {
    const handler = (Object.getPrototypeOf(this) as Reader).handler.call(this, type);
    let found = 0;
    let context: RootHandler['context'];
    const stopping = (given: RootHandler['context']) => {
      context = given;
      const add = context?.addWarning;
      if (!context || !add) return;
      const { warnings } = context;
      context.addWarning = function (warning) {
        if (warning.error && ++found > most) throw new TooManyFaults(warnings);
        add.call(this, warning);
      };
    };
    return Object.defineProperty(handler, 'context', { get: () => context, set: stopping });
  };
}

/** A reader and writer that keeps all that the standard's schema knows, and the `zeebe` extensions. */
export function newModdle(): BpmnModdle {
  const moddle = new BpmnModdle({ zeebe });
  keepWholeStandard(moddle);
  return moddle;
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
