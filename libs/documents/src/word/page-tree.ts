export type PageNode = PageElement | string;

export interface PageElement {
  /** In small letters. */
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: readonly PageNode[];
}

interface OpenElement extends PageElement {
  readonly children: PageNode[];
}

/** Elements inside one another; what lies deeper belongs to the deepest that is kept. */
const MAX_DEPTH = 60;

const VOID = new Set(['br', 'hr', 'img', 'meta', 'link', 'input', 'wbr', 'col', 'area', 'source', 'track']);
/** Their content is no text of the page. */
const SKIPPED = ['style', 'title', 'script'];
const BLOCKS = new Set('p div h1 h2 h3 h4 h5 h6 ul ol table section article header footer main hr'.split(' '));
const CELLS = ['td', 'th'];
/** Which open elements a start tag ends, as HTML lets authors leave their end tags out. */
const ENDED: Readonly<Record<string, readonly string[]>> = {
  li: ['li', 'p'],
  tr: ['tr', ...CELLS, 'p'],
  td: [...CELLS, 'p'],
  th: [...CELLS, 'p'],
};
/** Beyond any other element nothing is ended. */
const PASSED = new Set(['span', 'strong', 'b', 'em', 'i', 'u', 'p', 'li', 'tr', ...CELLS]);

/**
 * Reads the HTML that the templates of documents can yield: elements, attributes, text. Tolerant as a browser is with end
 * tags that are missing or do not fit; never throws; time grows with the length alone.
 */
export function readPage(html: string): PageElement {
  const root: OpenElement = { name: '#page', attributes: new Map(), children: [] };
  const open: OpenElement[] = [root];
  let at = 0;
  while (at < html.length) {
    const tagAt = html.indexOf('<', at);
    if (tagAt < 0) break;
    if (tagAt > at) addText(open, html.slice(at, tagAt));
    at = readMarkup(html, tagAt, open);
  }
  if (at < html.length) addText(open, html.slice(at));
  return root;
}

/** Index behind the tag, comment or declaration at `at`. A `<` that begins none of them is text. */
function readMarkup(html: string, at: number, open: OpenElement[]): number {
  if (html.startsWith('<!--', at)) return behind(html, '-->', at + 4);
  if (html.startsWith('<!', at) || html.startsWith('<?', at)) return behind(html, '>', at);
  const name = /^<(\/?)([a-zA-Z][\w-]*)/.exec(html.slice(at, at + 40));
  if (!name) {
    addText(open, '<');
    return at + 1;
  }
  const end = tagEnd(html, at);
  const tag = (name[2] ?? '').toLowerCase();
  if (name[1] === '/') closeElement(open, tag);
  else return openElement(open, { html, tag, from: at + name[0].length, end });
  return end;
}

const behind = (html: string, mark: string, from: number): number => {
  const index = html.indexOf(mark, from);
  return index < 0 ? html.length : index + mark.length;
};

/** Behind the `>` that ends a tag; one within quotes does not. */
function tagEnd(html: string, from: number): number {
  let quote = '';
  for (let at = from; at < html.length; at++) {
    const sign = html.charAt(at);
    if (quote !== '') quote = sign === quote ? '' : quote;
    else if (sign === '"' || sign === "'") quote = sign;
    else if (sign === '>') return at + 1;
  }
  return html.length;
}

interface StartTag {
  readonly html: string;
  readonly tag: string;
  /** Behind the name. */
  readonly from: number;
  readonly end: number;
}

function openElement(open: OpenElement[], { html, tag, from, end }: StartTag): number {
  if (SKIPPED.includes(tag)) return behind(html, '>', behind(html, `</${tag}`, end));
  if (BLOCKS.has(tag)) endOpen(open, ['p']);
  endOpen(open, ENDED[tag] ?? []);
  const text = html.slice(from, end).replace(/\/?>$/, '');
  const element: OpenElement = { name: tag, attributes: attributesOf(text), children: [] };
  open.at(-1)?.children.push(element);
  const isClosed = VOID.has(tag) || html.charAt(end - 2) === '/';
  if (!isClosed && open.length <= MAX_DEPTH) open.push(element);
  return end;
}

function attributesOf(text: string): ReadonlyMap<string, string> {
  const pairs = text.matchAll(/([\w:-]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+)))?/g);
  return new Map(
    [...pairs].map(([, name = '', double, single, bare]) => [
      name.toLowerCase(),
      plainText(double ?? single ?? bare ?? ''),
    ]),
  );
}

/** Ends the open elements of these names, and what is open inside them. */
function endOpen(open: OpenElement[], names: readonly string[]): void {
  for (let index = open.length - 1; index > 0; index--) {
    const name = open[index]?.name ?? '';
    if (!PASSED.has(name)) return;
    if (names.includes(name)) open.length = index;
  }
}

function closeElement(open: OpenElement[], tag: string): void {
  const index = open.findLastIndex(({ name }) => name === tag);
  if (index > 0) open.length = index;
}

function addText(open: OpenElement[], text: string): void {
  open.at(-1)?.children.push(plainText(text));
}

const NAMED: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: '\u00a0',
  emsp: '\u2003',
  ensp: '\u2002',
  middot: '·',
  hellip: '…',
  mdash: '—',
  ndash: '–',
  times: '×',
  divide: '÷',
  ldquo: '“',
  rdquo: '”',
  lsquo: '‘',
  rsquo: '’',
  deg: '°',
  yen: '¥',
  sect: '§',
  copy: '©',
};

/** A text with its character references resolved; an unknown one stays as it is written. */
function plainText(text: string): string {
  return text.replace(/&(?:#(\d{1,7})|#x([\da-f]{1,6})|([a-z]{2,8}));/gi, (whole, decimal, hex, name) => {
    if (name !== undefined) return NAMED[String(name).toLowerCase()] ?? whole;
    const code = decimal === undefined ? Number.parseInt(String(hex), 16) : Number(decimal);
    return code <= 0x10ffff ? String.fromCodePoint(code) : '';
  });
}
