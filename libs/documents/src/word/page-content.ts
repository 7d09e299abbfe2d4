import {
  MAX_COLUMNS,
  type Align,
  type ListItem,
  type Look,
  type PageBlock,
  type PageCell,
  type PageContent,
  type PageRun,
} from './page-blocks.js';
import { readPage, type PageElement, type PageNode } from './page-tree.js';

/**
 * What a rendered page says, in order: headings, paragraphs, lists, tables, the place of the seal. The text is that of the
 * page as a browser shows it: white space closed up, references resolved.
 */
export function pageContent(html: string): PageContent {
  const state: Reading = { blocks: [], runs: [], lists: 0, isDrill: false };
  readAll(readPage(html).children, {}, state);
  endParagraph({}, state);
  return { blocks: state.blocks, isDrill: state.isDrill };
}

interface Reading {
  blocks: PageBlock[];
  runs: PageRun[];
  lists: number;
  isDrill: boolean;
}

/** What an element hands down to what is in it. */
interface Context {
  readonly look?: Look;
  readonly align?: Align;
  readonly role?: 'title' | 'heading';
  readonly isIndented?: true;
  readonly isFramed?: true;
  readonly item?: ListItem;
}

const BLOCKS = new Set(
  'p div h1 h2 h3 h4 h5 h6 section article header footer main blockquote hr html body head caption li'.split(' '),
);

function readAll(nodes: readonly PageNode[], context: Context, state: Reading): void {
  for (const node of nodes) {
    if (typeof node === 'string') addText(node, context, state);
    else readElement(node, context, state);
  }
}

function readElement(element: PageElement, context: Context, state: Reading): void {
  const { name } = element;
  const classes = new Set((element.attributes.get('class') ?? '').split(/\s+/));
  if (name === 'br') return addBreak(state);
  if (classes.has('seal')) return readSeal(element, context, state);
  if (name === 'div' && classes.has('drill')) return void (state.isDrill = true);
  if (name === 'header' && classes.has('document')) return readHead(element, context, state);
  if (name === 'svg') return readCode(element, state);
  if (name === 'table') return readTable(element, context, state);
  if (name === 'ul' || name === 'ol') return readList(element, context, state);
  if (BLOCKS.has(name)) return readBlock(element, { ...context, ...blockContext(element, classes, context) }, state);
  readAll(element.children, { ...context, look: { ...context.look, ...lookOf(element) } }, state);
}

function readBlock(element: PageElement, context: Context, state: Reading): void {
  endParagraph(context, state);
  const before = state.blocks.length;
  readAll(element.children, context, state);
  endParagraph(context, state);
  const room = Number(/min-height:\s*([\d.]+)mm/.exec(styleOf(element))?.[1] ?? 0);
  if (room > 0) leaveRoom(room, before, state);
}

/** A place to write by hand: as much room below what stands there, or an empty paragraph with it. */
function leaveRoom(room: number, before: number, state: Reading): void {
  const last = state.blocks.length > before ? state.blocks.at(-1) : undefined;
  if (last?.kind === 'paragraph') state.blocks.splice(-1, 1, { ...last, roomBelow: room });
  else state.blocks.push({ kind: 'paragraph', role: 'text', runs: [], roomBelow: room });
}

function blockContext({ name, attributes }: PageElement, classes: ReadonlySet<string>, outer: Context): Context {
  const style = attributes.get('style') ?? '';
  const align = alignOf(classes, style);
  return {
    ...(align && { align }),
    ...(name === 'h1' && { role: 'title' as const }),
    ...(/^h[2-6]$/.test(name) && { role: 'heading' as const }),
    ...(classes.has('indent') && { isIndented: true as const }),
    ...(/\bborder:/.test(style) && { isFramed: true as const }),
    look: { ...outer.look, ...styledLook(style) },
  };
}

function alignOf(classes: ReadonlySet<string>, style: string): Align | undefined {
  const styled = /text-align:\s*(center|right)/.exec(style)?.[1];
  if (styled === 'center' || classes.has('center')) return 'center';
  return styled === 'right' || classes.has('right') || classes.has('sign') ? 'right' : undefined;
}

const styleOf = ({ attributes }: PageElement): string => attributes.get('style') ?? '';

function styledLook(style: string): Look {
  const size = Number(/font-size:\s*([\d.]+)pt/.exec(style)?.[1] ?? 0);
  return {
    ...(size >= 1 && size <= 200 && { size }),
    ...(/font-weight:\s*(bold|[6-9]00)/.test(style) && { bold: true as const }),
  };
}

function lookOf(element: PageElement): Look {
  const { name } = element;
  return {
    ...styledLook(styleOf(element)),
    ...((name === 'strong' || name === 'b') && { bold: true as const }),
    ...((name === 'em' || name === 'i') && { italic: true as const }),
    ...(name === 'u' && { underline: true as const }),
  };
}

function addText(text: string, { look = {} }: Context, state: Reading): void {
  const closed = text.replace(/[ \t\r\n\f]+/g, ' ');
  if (closed !== '') state.runs.push({ kind: 'text', text: closed, look });
}

/** The break behind a seal ends the line of the seal, which stands on one of its own anyway. */
function addBreak(state: Reading): void {
  const isBehindSeal = state.runs.length === 0 && state.blocks.at(-1)?.kind === 'seal';
  if (!isBehindSeal) state.runs.push({ kind: 'break' });
}

/** Makes a paragraph of the runs since the last; nothing where they are empty. */
function endParagraph(context: Context, state: Reading): void {
  const runs = trimmed(state.runs);
  state.runs = [];
  if (runs.length === 0) return;
  const { align, role = 'text', isIndented, isFramed, item } = context;
  state.blocks.push({
    kind: 'paragraph',
    role,
    runs,
    ...(align && { align }),
    ...(isIndented && { isIndented }),
    ...(isFramed && { isFramed }),
    ...(item && { item }),
  });
}

/** As a browser shows a line: no space at its ends, one between words, also where two runs meet. */
function trimmed(runs: readonly PageRun[]): readonly PageRun[] {
  const kept: PageRun[] = [];
  for (const run of runs) {
    const before = kept.at(-1);
    const isAtStart =
      before === undefined || before.kind === 'break' || (before.kind === 'text' && before.text.endsWith(' '));
    if (run.kind === 'break') trimEnd(kept);
    const text = run.kind === 'text' && isAtStart ? run.text.replace(/^ /, '') : undefined;
    if (text === undefined) kept.push(run);
    else if (text !== '' && run.kind === 'text') kept.push({ ...run, text });
  }
  trimEnd(kept);
  while (kept.at(-1)?.kind === 'break') {
    kept.pop();
    trimEnd(kept);
  }
  return kept;
}

function trimEnd(runs: PageRun[]): void {
  const last = runs.at(-1);
  if (last?.kind !== 'text') return;
  const text = last.text.replace(/ $/, '');
  if (text === '') runs.pop();
  else runs.splice(-1, 1, { ...last, text });
}

function readSeal(element: PageElement, context: Context, state: Reading): void {
  endParagraph(context, state);
  const lines = linesOf(element);
  const { align } = context;
  state.blocks.push({ kind: 'seal', lines, ...(align && { align }) });
}

function readHead({ children }: PageElement, context: Context, state: Reading): void {
  endParagraph(context, state);
  const [left = '', right = ''] = children.flatMap((child) => (typeof child === 'string' ? [] : [textOf(child)]));
  state.blocks.push({ kind: 'head', left, right });
}

/** The platform draws codes as one path of squares; other pictures are none of a page for Word. */
function readCode(element: PageElement, state: Reading): void {
  const size = Number(/^0 0 (\d{1,3}) /.exec(element.attributes.get('viewbox') ?? '')?.[1] ?? 0);
  const path = element.children.find((child) => typeof child !== 'string' && child.name === 'path');
  if (size === 0 || path === undefined || typeof path === 'string') return;
  const squares = (path.attributes.get('d') ?? '').matchAll(/M(\d{1,3}) (\d{1,3})h1v1h-1z/g);
  const dark = [...squares].map(([, column, row]) => [Number(column), Number(row)] as const);
  state.runs.push({ kind: 'code', modules: { size, dark } });
}

function readList(list: PageElement, context: Context, state: Reading): void {
  endParagraph(context, state);
  const item: ListItem = {
    list: ++state.lists,
    isNumbered: list.name === 'ol',
    level: context.item ? Math.min(context.item.level + 1, 8) : 0,
  };
  readAll(
    list.children.filter((child) => typeof child !== 'string'),
    { ...context, item },
    state,
  );
}

function readTable(table: PageElement, context: Context, state: Reading): void {
  endParagraph(context, state);
  const rows = rowsOf(table).map((row) =>
    row.children
      .filter((child) => typeof child !== 'string')
      .filter(({ name }) => name === 'td' || name === 'th')
      .map((cell) => cellOf(cell, state)),
  );
  const filled = rows.filter((row) => row.length > 0);
  if (filled.length > 0) state.blocks.push({ kind: 'table', rows: filled });
}

function rowsOf(element: PageElement): readonly PageElement[] {
  return element.children.flatMap((child) => {
    if (typeof child === 'string') return [];
    if (child.name === 'tr') return [child];
    return ['thead', 'tbody', 'tfoot'].includes(child.name) ? rowsOf(child) : [];
  });
}

function cellOf(cell: PageElement, state: Reading): PageCell {
  const inner: Reading = { blocks: [], runs: [], lists: state.lists, isDrill: false };
  const classes = new Set((cell.attributes.get('class') ?? '').split(/\s+/));
  const align = alignOf(classes, styleOf(cell));
  readBlock(cell, align ? { align } : {}, inner);
  state.lists = inner.lists;
  return { blocks: inner.blocks, columns: spanOf(cell, 'colspan'), rows: spanOf(cell, 'rowspan') };
}

function spanOf({ attributes }: PageElement, name: string): number {
  const span = Math.floor(Number(attributes.get(name) ?? 1));
  return span >= 1 ? Math.min(span, MAX_COLUMNS) : 1;
}

function textOf(element: PageElement): string {
  const text = element.children.map((child) => (typeof child === 'string' ? child : textOf(child))).join('');
  return text.replace(/[ \t\r\n\f]+/g, ' ').trim();
}

function linesOf(element: PageElement): readonly string[] {
  const lines = [''];
  const read = (nodes: readonly PageNode[]): void => {
    for (const node of nodes) {
      if (typeof node === 'string') lines.push(`${lines.pop() ?? ''}${node.replace(/[ \t\r\n\f]+/g, ' ')}`);
      else if (node.name === 'br') lines.push('');
      else read(node.children);
    }
  };
  read(element.children);
  return lines.map((line) => line.trim()).filter((line) => line !== '');
}
