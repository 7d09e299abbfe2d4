import { Parser } from 'saxen';

/** An XML element of the DMN namespace (by local name) or of another one (`foreign:name`). */
export interface XmlElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: XmlElement[];
  text: string;
  /** Counts from 1. */
  readonly line: number;
}

/** Why a text is no readable XML. */
export interface XmlFault {
  readonly code: 'tooLarge' | 'malformedXml' | 'doctype' | 'tooDeep' | 'tooManyElements' | 'duplicateId';
  readonly message: string;
  readonly line: number;
}

/** Limits of one file: characters of text, nesting, number of XML elements. */
export const xmlLimits = { characters: 2 * 1024 * 1024, depth: 100, elements: 20_000 } as const;

type Position = () => { readonly line: number };
type Decode = (text: string) => string;

interface SaxParser {
  ns(prefixes: Readonly<Record<string, string>>): SaxParser;
  on(
    event: 'openTag',
    callback: (name: string, attributes: () => Record<string, string>, decode: Decode) => void,
  ): SaxParser;
  on(event: 'closeTag', callback: () => void): SaxParser;
  on(event: 'text', callback: (text: string, decode: Decode) => void): SaxParser;
  on(event: 'cdata', callback: (text: string) => void): SaxParser;
  on(event: 'attention', callback: (text: string, decode: Decode, position: Position) => void): SaxParser;
  on(event: 'error' | 'warn', callback: (error: Error, position: Position) => void): SaxParser;
  parse(xml: string): void;
  stop(): void;
}

/** Model namespaces of DMN 1.1 to 1.6. */
const MODEL_NAMESPACES = [
  'http://www.omg.org/spec/DMN/20151101/dmn.xsd',
  'http://www.omg.org/spec/DMN/20180521/MODEL/',
  'https://www.omg.org/spec/DMN/20191111/MODEL/',
  'https://www.omg.org/spec/DMN/20211108/MODEL/',
  'https://www.omg.org/spec/DMN/20230324/MODEL/',
  'https://www.omg.org/spec/DMN/20240513/MODEL/',
];
const PREFIX = 'dmnmodel';

/** Reads XML into a tree within `xmlLimits`. DOCTYPE is refused, so no entity can be declared. */
export function readXml(xml: string): { root: XmlElement } | { fault: XmlFault } {
  if (xml.length > xmlLimits.characters)
    return { fault: { code: 'tooLarge', message: 'Expected a file of at most 2 MB.', line: 1 } };
  return new TreeReader(xml).read();
}

/** A live resource: one pass over the text. */
class TreeReader {
  private readonly parser = new Parser() as unknown as SaxParser;
  private readonly open: XmlElement[] = [];
  private readonly ids = new Map<string, number>();
  private root: XmlElement | undefined;
  private fault: XmlFault | undefined;
  private elements = 0;
  private readonly lines: TagLines;

  constructor(private readonly xml: string) {
    this.lines = new TagLines(xml);
  }

  read(): { root: XmlElement } | { fault: XmlFault } {
    this.parser.ns(Object.fromEntries(MODEL_NAMESPACES.map((uri) => [uri, PREFIX])));
    this.parser
      .on('openTag', (name, attributes, decode) => this.enter(name, attributes(), decode, this.lines.next()))
      .on('closeTag', () => void this.open.pop())
      .on('text', (text, decode) => this.append(decode(text)))
      .on('cdata', (text) => this.append(text))
      .on('attention', (_text, _decode, position) =>
        this.stop('doctype', 'Expected no DOCTYPE or entity declaration.', position().line + 1),
      )
      .on('error', (error, position) =>
        this.stop('malformedXml', `Expected well-formed XML: ${error.message}.`, position().line + 1),
      )
      .on('warn', (error, position) =>
        this.stop('malformedXml', `Expected well-formed XML: ${error.message}.`, position().line + 1),
      );
    this.parser.parse(this.xml);
    if (this.fault) return { fault: this.fault };
    return this.root
      ? { root: this.root }
      : { fault: { code: 'malformedXml', message: 'Expected an XML element.', line: 1 } };
  }

  private enter(written: string, raw: Readonly<Record<string, string>>, decode: Decode, line: number): void {
    if (++this.elements > xmlLimits.elements)
      return this.stop('tooManyElements', `Expected at most ${xmlLimits.elements} elements.`, line);
    if (this.open.length >= xmlLimits.depth)
      return this.stop('tooDeep', `Expected at most ${xmlLimits.depth} nested elements.`, line);
    const name = written.startsWith(`${PREFIX}:`)
      ? written.slice(PREFIX.length + 1)
      : written.includes(':')
        ? written
        : `foreign:${written}`;
    const attributes = Object.fromEntries(
      Object.entries(raw).map(([key, value]) => [key.replace(`${PREFIX}:`, ''), decode(value)]),
    );
    const element: XmlElement = { name, attributes, children: [], text: '', line };
    this.noteId(element);
    this.open.at(-1)?.children.push(element);
    this.root ??= element;
    this.open.push(element);
  }

  private noteId({ name, attributes, line }: XmlElement): void {
    const { id } = attributes;
    if (id === undefined || name.includes(':')) return;
    const first = this.ids.get(id);
    if (first !== undefined)
      this.stop('duplicateId', `Expected id "${id}" once but it stands on lines ${first} and ${line}.`, line);
    this.ids.set(id, line);
  }

  private append(text: string): void {
    const element = this.open.at(-1);
    if (element) element.text += text;
  }

  private stop(code: XmlFault['code'], message: string, line: number): void {
    this.fault ??= { code, message, line };
    this.parser.stop();
  }
}

const SKIPPED: readonly (readonly [string, string])[] = [
  ['<!--', '-->'],
  ['<![CDATA[', ']]>'],
  ['<?', '?>'],
];

/** Lines of the opening tags of a text, in order. The parser would count from the top for each of them. */
class TagLines {
  private at = 0;
  private line = 1;

  constructor(private readonly xml: string) {}

  next(): number {
    for (;;) {
      this.moveTo(this.xml.indexOf('<', this.at));
      const skipped = SKIPPED.find(([start]) => this.xml.startsWith(start, this.at));
      if (skipped) this.moveTo(this.xml.indexOf(skipped[1], this.at));
      const isTag = !skipped && this.xml[this.at + 1] !== '/';
      this.at += 1;
      if (isTag || this.at >= this.xml.length) return this.line;
    }
  }

  private moveTo(target: number): void {
    const end = target < 0 ? this.xml.length : target;
    for (let at = this.xml.indexOf('\n', this.at); at >= 0 && at < end; at = this.xml.indexOf('\n', at + 1))
      this.line += 1;
    this.at = end;
  }
}

export function child(element: XmlElement | undefined, name: string): XmlElement | undefined {
  return element?.children.find((each) => each.name === name);
}

export function childrenOf(element: XmlElement | undefined, name: string): XmlElement[] {
  return element?.children.filter((each) => each.name === name) ?? [];
}

/** The trimmed text of a child such as `text` or `typeRef`. */
export function textOf(element: XmlElement | undefined, name: string): string | undefined {
  return child(element, name)?.text.trim();
}

/** `typeRef` stands in an attribute or in a child element. */
export function typeRefOf(element: XmlElement | undefined): string | undefined {
  return element?.attributes['typeRef'] ?? textOf(element, 'typeRef');
}
